"""Named SELECTs about reminders: what is to be planned, sent, and shown in the outbox.

Session first; no writes.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from tracker.models import Contact, Reminder, ReminderLine, SentOccasion, Task, TaskOwner
from tracker.policy.errors import NotFound
from tracker.policy.reminders import LEAD_DAYS
from tracker.policy.statuses import OPEN
from tracker.policy.visibility import Scope
from tracker.queries.people import leads_of

EARLIEST_ZONE = dt.timedelta(hours=14)
"""Somewhere it is a day later already."""
_LONGEST_MOVE = dt.timedelta(days=14)
"""More than any run of days off moves a reminder forward."""


def tasks_to_plan(
    session: Session, now: dt.datetime, as_of: dt.date | None, *, after_id: int, limit: int
) -> Sequence[Task]:
    """The next open tasks by id whose reminder day has come somewhere; with ``as_of`` all that
    could have an occasion by that day, whatever was planned of them before."""
    if as_of is None:
        is_due = Task.remind_on <= (now + EARLIEST_ZONE).date()
    else:
        is_due = Task.due_on <= as_of + dt.timedelta(days=max(LEAD_DAYS)) + _LONGEST_MOVE
    query = select(Task).where(Task.status.in_(OPEN), is_due, Task.id > after_id)
    query = query.order_by(Task.id).limit(limit)
    return session.scalars(_for_planning(query)).all()


def _for_planning(query: Select[Task]) -> Select[Task]:
    owner = selectinload(Task.owners).selectinload(TaskOwner.contact)
    return query.options(owner, selectinload(Task.dialogue))


def leads_with_address(session: Session, dialogue_id: int) -> list[Contact]:
    """The leads of a dialogue who can be told something."""
    known: dict[int, list[Contact]] = session.info.setdefault("leads_with_address", {})
    if dialogue_id not in known:
        known[dialogue_id] = [c for c in leads_of(session, dialogue_id) if c.email]
    return known[dialogue_id]


def told_occasions(
    session: Session, task_ids: Sequence[int]
) -> dict[tuple[int, int, dt.date], set[str]]:
    """The occasions that people were told of, or will be by a reminder that waits, by (contact,
    task, due date)."""
    told: dict[tuple[int, int, dt.date], set[str]] = defaultdict(set)
    sent = select(
        SentOccasion.contact_id, SentOccasion.task_id, SentOccasion.due_on, SentOccasion.occasion
    ).where(SentOccasion.task_id.in_(task_ids))
    waiting = (
        select(
            Reminder.contact_id, ReminderLine.task_id, ReminderLine.due_on, ReminderLine.occasion
        )
        .join(Reminder, Reminder.id == ReminderLine.reminder_id)
        .where(ReminderLine.task_id.in_(task_ids), Reminder.state.in_(("planned", "claimed")))
    )
    for query in (sent, waiting):
        for contact_id, task_id, due_on, occasion in session.execute(query):
            told[(contact_id, task_id, due_on)].add(occasion)
    return told


def find_reminder(session: Session, contact_id: int, day: dt.date) -> Reminder | None:
    """The reminder of a person and day; None where there is none yet."""
    query = select(Reminder).where(Reminder.contact_id == contact_id, Reminder.day == day)
    return session.scalar(query.options(selectinload(Reminder.lines)))


def untried_before(session: Session, contact_id: int, day: dt.date) -> Sequence[Reminder]:
    """A person's reminders of earlier days that no sender has tried."""
    query = select(Reminder).where(
        Reminder.contact_id == contact_id,
        Reminder.day < day,
        Reminder.state == "planned",
        Reminder.attempts == 0,
    )
    return session.scalars(query.options(selectinload(Reminder.lines))).all()


def is_claimable(now: dt.datetime) -> ColumnElement[bool]:
    """That a reminder waits to be sent, or its sender's lease has ended."""
    waits = (Reminder.state == "planned") & (Reminder.try_at <= now)
    abandoned = (Reminder.state == "claimed") & (Reminder.lease_until < now)
    return or_(waits, abandoned)


def claimable_ids(session: Session, now: dt.datetime, limit: int) -> list[int]:
    """The next reminders to send; on PostgreSQL those that no other sender looks at."""
    query = select(Reminder.id).where(is_claimable(now)).order_by(Reminder.try_at, Reminder.id)
    if session.get_bind().dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True)
    return list(session.scalars(query.limit(limit)))


def get_for_sending(session: Session, reminder_id: int) -> Reminder:
    """A reminder with all that its mail says; raises NotFound."""
    query = (
        select(Reminder)
        .where(Reminder.id == reminder_id)
        .options(
            selectinload(Reminder.lines)
            .selectinload(ReminderLine.task)
            .options(
                selectinload(Task.owners).selectinload(TaskOwner.contact),
                selectinload(Task.dialogue),
            )
        )
    )
    reminder = session.scalar(query)
    if reminder is None:
        raise NotFound("There is no such reminder.")
    return reminder


def list_reminders(
    session: Session, scope: Scope, *, state: str = "", limit: int = 200
) -> list[Reminder]:
    """Reminders, newest day first: a person's own, and those about tasks of dialogues they
    edit; all of them for the system."""
    query = select(Reminder).order_by(Reminder.day.desc(), Reminder.id.desc()).limit(limit)
    if state:
        query = query.where(Reminder.state == state)
    if not scope.is_system:
        edited = [d for d in scope.dialogue_ids if scope.may_edit(d)]
        about = (
            select(ReminderLine.reminder_id)
            .join(Task, Task.id == ReminderLine.task_id)
            .where(Task.dialogue_id.in_(edited))
        )
        query = query.where(or_(Reminder.contact_id == scope.contact_id, Reminder.id.in_(about)))
    lines = selectinload(Reminder.lines).selectinload(ReminderLine.task)
    return list(session.scalars(query.options(lines.selectinload(Task.dialogue))))


def counts_by_state(session: Session) -> dict[str, int]:
    """How many reminders stand at each state."""
    query = select(Reminder.state, func.count()).group_by(Reminder.state)
    return {row[0]: row[1] for row in session.execute(query)}


def oldest_unsent(session: Session, now: dt.datetime) -> dt.datetime | None:
    """Since when the longest-waiting reminder could have gone out; None where none waits."""
    query = select(func.min(Reminder.try_at)).where(
        Reminder.state.in_(("planned", "claimed")), Reminder.try_at <= now
    )
    return session.scalar(query)
