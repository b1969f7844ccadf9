"""Named SELECTs for planning and sending reminders; what pages show of them is queries/outbox.

Session first; no writes. On PostgreSQL what is about to be changed is locked.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, lazyload, load_only, selectinload

from tracker.models import Fact, Reminder, ReminderLine, SentOccasion, Task, TaskOwner
from tracker.policy.statuses import OPEN
from tracker.queries.reminder_rules import Rulebook

EARLIEST_ZONE = dt.timedelta(hours=14)
"""Somewhere it is a day later already."""
LAST_SWEEP = "last_sweep"
_LONGEST_MOVE = dt.timedelta(days=14)
"""More than any run of days off moves a reminder forward."""
_WEIGHED = (
    Task.dialogue_id,
    Task.status,
    Task.due_on,
    Task.remind_on,
    Task.created_at,
    Task.updated_at,
)
_SAID = (
    *_WEIGHED,
    Task.number,
    Task.title,
    Task.due_basis,
    Task.marking,
    Task.last_remark,
    Task.history_length,
)
"""What planning and a mail need of a task; all of it would take twice the time to load."""
Told = dict[tuple[int, int, dt.date], dict[str, dt.date]]
"""By (contact, task, due date): what was told, and on which day."""


def due_task_ids(
    session: Session, now: dt.datetime, as_of: dt.date | None, rulebook: Rulebook
) -> list[int]:
    """The open tasks whose reminder day has come somewhere, by an index that holds no others;
    with ``as_of`` all that could call for something by that day, whatever was planned before."""
    if as_of is None:
        is_due = Task.remind_on <= (now + EARLIEST_ZONE).date()
    else:
        is_due = Task.due_on <= as_of + dt.timedelta(days=rulebook.longest_lead) + _LONGEST_MOVE
        if rulebook.shortest_stale is not None:
            quiet = dt.datetime.combine(as_of, dt.time(), dt.UTC)
            quiet -= dt.timedelta(days=rulebook.shortest_stale - 1)
            is_due = or_(is_due, Task.updated_at < quiet)
    return sorted(session.scalars(select(Task.id).where(is_due, Task.status.in_(OPEN))))


def tasks_for_planning(session: Session, ids: Sequence[int]) -> Sequence[Task]:
    """Those tasks by id, with owners and dialogue, without their long texts."""
    query = select(Task).where(Task.id.in_(ids)).order_by(Task.id)
    return session.scalars(
        query.options(
            load_only(*_WEIGHED),
            selectinload(Task.owners),
            selectinload(Task.dialogue),
        )
    ).all()


def told_occasions(session: Session, task_ids: Sequence[int]) -> Told:
    """The occasions that people were told of, or will be by a reminder that waits, by (contact,
    task, due date)."""
    sent = select(
        SentOccasion.contact_id,
        SentOccasion.task_id,
        SentOccasion.due_on,
        SentOccasion.occasion,
        SentOccasion.sent_at,
    ).where(SentOccasion.task_id.in_(task_ids))
    waiting = (
        select(
            Reminder.contact_id,
            ReminderLine.task_id,
            ReminderLine.due_on,
            ReminderLine.occasion,
            Reminder.day,
            # Sorted out below: asked for in SQL, SQLite begins with all reminders that wait.
            Reminder.state,
        )
        .join(Reminder, Reminder.id == ReminderLine.reminder_id)
        .where(ReminderLine.task_id.in_(task_ids))
    )
    told: Told = defaultdict(dict)
    for contact_id, task_id, due_on, occasion, sent_at in session.execute(sent):
        told[(contact_id, task_id, due_on)][occasion] = sent_at.date()
    for contact_id, task_id, due_on, occasion, day, state in session.execute(waiting):
        if state in ("planned", "claimed"):
            told[(contact_id, task_id, due_on)][occasion] = day
    return told


def reminders_to_add_to(
    session: Session, contact_ids: Collection[int], days: Collection[dt.date]
) -> Sequence[Reminder]:
    """The reminders of these people on these days, and those of other days that no sender has
    tried. Locked, so that none is claimed while lines are added to it."""
    is_untried = (Reminder.state == "planned") & (Reminder.attempts == 0)
    query = (
        select(Reminder)
        .where(Reminder.contact_id.in_(contact_ids), or_(Reminder.day.in_(days), is_untried))
        .order_by(Reminder.id)
        .options(
            lazyload(Reminder.contact),
            selectinload(Reminder.lines),
            selectinload(Reminder.approvals),
        )
        .with_for_update(of=Reminder)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).all()


def mailed_on(
    session: Session, contact_ids: Collection[int], days: Collection[dt.date]
) -> set[tuple[int, dt.date]]:
    """The people, each with the day, whose mail of that day can take no more lines."""
    query = select(Reminder.contact_id, Reminder.day).where(
        Reminder.contact_id.in_(contact_ids),
        Reminder.day.in_(days),
        Reminder.state.in_(("sent", "claimed", "failed")),
    )
    return {(contact_id, day) for contact_id, day in session.execute(query)}


def planned_until(session: Session, day: dt.date) -> Sequence[Reminder]:
    """The reminders that wait for ``day`` or one before it, by person, with their lines."""
    lines = selectinload(Reminder.lines).selectinload(ReminderLine.task)
    query = select(Reminder).where(Reminder.state == "planned", Reminder.day <= day)
    query = query.order_by(Reminder.contact_id, Reminder.day)
    return session.scalars(query.options(lines.selectinload(Task.dialogue))).all()


def is_claimable(now: dt.datetime) -> ColumnElement[bool]:
    """That a reminder waits to be sent, or its sender's lease has ended."""
    return or_(_waits(now), _is_abandoned(now))


def _waits(now: dt.datetime) -> ColumnElement[bool]:
    return (Reminder.state == "planned") & (Reminder.try_at <= now)


def _is_abandoned(now: dt.datetime) -> ColumnElement[bool]:
    return (Reminder.state == "claimed") & (Reminder.lease_until < now)


def claimable_ids(session: Session, now: dt.datetime, limit: int) -> list[int]:
    """The next reminders to send; on PostgreSQL those that no other sender looks at.

    One whose sender is gone comes first and alone: if it is what ends its senders, it takes no
    others with it. Each question is answered by the index on state and time.
    """
    for condition, most in ((_is_abandoned(now), 1), (_waits(now), limit)):
        query = select(Reminder.id).where(condition).order_by(Reminder.try_at, Reminder.id)
        found = list(session.scalars(query.limit(most).with_for_update(skip_locked=True)))
        if found:
            return found
    return []


def reminders_for_sending(session: Session, ids: Sequence[int]) -> Sequence[Reminder]:
    """Reminders with all that their mails say."""
    task = selectinload(Reminder.lines).joinedload(ReminderLine.task, innerjoin=True)
    query = select(Reminder).where(Reminder.id.in_(ids))
    return session.scalars(
        query.options(
            task.options(
                load_only(*_SAID),
                selectinload(Task.owners).options(selectinload(TaskOwner.contact)),
                selectinload(Task.dialogue),
            ),
            selectinload(Reminder.approvals),
        )
    ).all()


def oldest_unsent(session: Session, now: dt.datetime) -> dt.datetime | None:
    """Since when the longest-waiting reminder could have gone out; None where none waits."""
    query = select(func.min(Reminder.try_at)).where(
        Reminder.state.in_(("planned", "claimed")), Reminder.try_at <= now
    )
    return session.scalar(query)


def last_sweep_at(session: Session) -> dt.datetime | None:
    """When the last sweep ended; None where none ever did."""
    return session.scalar(select(Fact.at).where(Fact.name == LAST_SWEEP))
