"""Named SELECTs about reminders as people see them: theirs, and those of dialogues they edit.

Session first; no writes. Every list and count takes a Scope and applies it in SQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, selectinload

from tracker.models import Contact, Membership, Reminder, ReminderLine, Task, TaskOwner
from tracker.policy.errors import NotFound
from tracker.policy.reminders import Occasion, latest_occasion, occasions
from tracker.policy.statuses import OPEN
from tracker.policy.visibility import Scope
from tracker.queries.recipients import recipients_of

PAGE_SIZE = 30
GROUPS = {
    "waiting": ("planned", "claimed"),
    "failed": ("failed",),
    "sent": ("sent",),
    "cancelled": ("cancelled",),
}
"""The states that a person tells apart, by the word in the URL."""
_AHEAD = dt.timedelta(days=400)
_MOST_TASKS = 200


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """One page of reminders, newest day first; ``number`` counts from 1."""

    reminders: Sequence[Reminder]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The position of the first reminder shown."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The position of the last reminder shown."""
        return min(self.total, self.number * self.size)


@dataclass(frozen=True, slots=True)
class Coming:
    """A task that a person will next be told of, when, and why ("owner" or "unowned")."""

    task: Task
    occasion: Occasion
    why: str


def is_visible(scope: Scope) -> ColumnElement[bool]:
    """That a reminder has a line that this person may see: of a mail to themselves, about a
    dialogue they work in; of a mail to anybody, about one they edit."""
    if scope.is_system:
        return true()
    edited = [d for d in scope.dialogue_ids if scope.may_edit(d)]
    shown = or_(
        Task.dialogue_id.in_(edited),
        and_(Reminder.contact_id == scope.contact_id, Task.dialogue_id.in_(scope.dialogue_ids)),
    )
    lines = select(ReminderLine.id).join(Task, Task.id == ReminderLine.task_id)
    return lines.where(ReminderLine.reminder_id == Reminder.id, shown).exists()


def list_reminders(session: Session, scope: Scope, *, group: str = "", page: int = 1) -> OutboxPage:
    """One page of the reminders of a group of states, or of all."""
    where = [is_visible(scope)]
    if group:
        where.append(Reminder.state.in_(GROUPS[group]))
    total = session.scalar(select(func.count()).select_from(Reminder).where(*where)) or 0
    number = min(max(1, page), max(1, -(-total // PAGE_SIZE)))
    query = select(Reminder).where(*where).order_by(Reminder.day.desc(), Reminder.id.desc())
    query = query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    lines = selectinload(Reminder.lines).selectinload(ReminderLine.task)
    found = session.scalars(query.options(lines.selectinload(Task.dialogue))).all()
    return OutboxPage(found, number, total)


def counts_by_group(session: Session, scope: Scope) -> dict[str, int]:
    """How many reminders of each group this person may see."""
    query = select(Reminder.state, func.count()).where(is_visible(scope)).group_by(Reminder.state)
    found = {row[0]: row[1] for row in session.execute(query)}
    return {group: sum(found.get(s, 0) for s in states) for group, states in GROUPS.items()}


def get_reminder(session: Session, scope: Scope, reminder_id: int) -> Reminder:
    """The reminder; raises NotFound, alike for what does not exist and what is not theirs."""
    query = select(Reminder).where(Reminder.id == reminder_id, is_visible(scope))
    lines = selectinload(Reminder.lines).selectinload(ReminderLine.task)
    reminder = session.scalar(query.options(lines.selectinload(Task.dialogue)))
    if reminder is None:
        raise NotFound("There is no such reminder, or it is not about one of your dialogues.")
    return reminder


def find_task_in_scope(session: Session, scope: Scope, task_id: int) -> Task | None:
    """The task with its dialogue; None for what does not exist and what is not theirs."""
    query = select(Task).where(Task.id == task_id)
    if not scope.is_system:
        query = query.where(Task.dialogue_id.in_(scope.dialogue_ids))
    return session.scalar(query.options(selectinload(Task.dialogue)))


def coming_reminders(
    session: Session, scope: Scope, today: dt.date, *, size: int = 10
) -> list[Coming]:
    """What this person will be told of after today, soonest first: tasks they own, and those
    that nobody who can be told owns in dialogues they lead."""
    contact = session.get(Contact, scope.contact_id) if scope.contact_id else None
    if contact is None:
        return []
    tasks = session.scalars(_tasks_of(contact.id, scope)).all()
    country = contact.party.code if contact.party else None
    found = []
    for task_id, recipients in recipients_of(session, tasks).items():
        why = next((w for c, w in recipients if c.id == contact.id), None)
        task = next(t for t in tasks if t.id == task_id)
        occasion = _next_occasion(task, today, country)
        if why and occasion:
            found.append(Coming(task, occasion, why))
    return sorted(found, key=lambda one: (one.occasion.falls_on, one.task.id))[:size]


def _tasks_of(contact_id: int, scope: Scope) -> Select[Task]:
    owned = select(TaskOwner.task_id).where(TaskOwner.contact_id == contact_id)
    led = select(Membership.dialogue_id).where(
        Membership.contact_id == contact_id, Membership.role == "lead"
    )
    return (
        select(Task)
        .where(
            Task.dialogue_id.in_(scope.dialogue_ids),
            Task.status.in_(OPEN),
            Task.due_on.is_not(None),
            or_(Task.id.in_(owned), Task.dialogue_id.in_(led)),
        )
        .order_by(Task.remind_on, Task.id)
        .limit(_MOST_TASKS)
        .options(selectinload(Task.owners), selectinload(Task.dialogue))
    )


def _next_occasion(task: Task, today: dt.date, country: str | None) -> Occasion | None:
    if task.due_on is None:
        return None
    until = max(task.due_on, today) + _AHEAD
    if task.due_on < today - _AHEAD:
        return latest_occasion(task.due_on, today + dt.timedelta(days=14), country=country)
    ahead = (o for o in occasions(task.due_on, until, country=country) if o.falls_on > today)
    return next(ahead, None)
