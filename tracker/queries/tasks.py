"""Named SELECTs about tasks: the list with its filters, the board's counts, one task.

Session first; no writes. Every list and count takes a Scope and applies it in SQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session, selectinload

from tracker.models import (
    AgendaItem,
    Change,
    Contact,
    Dialogue,
    Meeting,
    Party,
    Remark,
    Task,
    TaskOwner,
    TaskParty,
)
from tracker.policy.errors import NotFound
from tracker.policy.statuses import DUE_SOON_DAYS, OPEN, STATUSES
from tracker.policy.visibility import Scope

PAGE_SIZE = 50
DUE_CHOICES = ("overdue", "soon", "later", "none")
ORDERS = ("due", "number", "agenda", "updated")


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a list shows, as it stands in the URL; empty means all.

    ``status`` is a status or "open"; ``due`` one of DUE_CHOICES ("soon" is within 30 days);
    ``owner``, ``responsible`` and ``text`` match a part, whatever the case; ``agenda`` is a label;
    ``owner`` "nobody" finds tasks without one.
    """

    status: str = ""
    owner: str = ""
    responsible: str = ""
    agenda: str = ""
    due: str = ""
    kind: str = ""
    text: str = ""
    order: str = "due"

    def as_query(self, **changes: str) -> dict[str, str]:
        """The filter's non-empty parts for a URL, with some changed."""
        changed = replace(self, **changes)
        parts = {f.name: getattr(changed, f.name) for f in fields(changed)}
        return {k: v for k, v in parts.items() if v and (k, v) != ("order", "due")}

    @property
    def is_empty(self) -> bool:
        """Whether it shows all tasks."""
        return not set(self.as_query()) - {"order"}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of tasks; ``number`` counts from 1."""

    tasks: Sequence[Task]
    number: int
    total: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def within(scope: Scope) -> ColumnElement[bool]:
    """The condition that a task's internal side is shown to this person."""
    return true() if scope.is_system else Task.dialogue_id.in_(scope.dialogue_ids)


def _conditions(filters: TaskFilter, today: dt.date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.status == "open":
        found.append(Task.status.in_(OPEN))
    elif filters.status:
        found.append(Task.status == filters.status)
    if filters.kind:
        found.append(Task.kind == filters.kind)
    if filters.owner:
        found.append(_owned_by(filters.owner))
    if filters.responsible:
        found.append(_responsibility_of(filters.responsible))
    if filters.agenda:
        found.append(Task.agenda_item.has(AgendaItem.label == filters.agenda))
    if filters.due:
        found.append(_due(filters.due, today))
    if filters.text:
        columns = (Task.title, Task.text, Task.agreed_text, Task.last_remark)
        found.append(or_(*(c.icontains(filters.text, autoescape=True) for c in columns)))
    return found


def _owned_by(name: str) -> ColumnElement[bool]:
    if name == "nobody":
        return ~Task.owners.any()
    named = or_(
        TaskOwner.name.icontains(name, autoescape=True),
        TaskOwner.contact.has(Contact.name.icontains(name, autoescape=True)),
    )
    return Task.id.in_(select(TaskOwner.task_id).where(named))


def _responsibility_of(name: str) -> ColumnElement[bool]:
    return Task.id.in_(
        select(TaskParty.task_id)
        .join(Party, Party.id == TaskParty.party_id)
        .where(func.lower(Party.name) == name.lower())
    )


def _due(choice: str, today: dt.date) -> ColumnElement[bool]:
    horizon = today + dt.timedelta(days=DUE_SOON_DAYS)
    is_open = Task.status.in_(OPEN)
    if choice == "overdue":
        return is_open & (Task.due_on < today)
    if choice == "soon":
        return is_open & Task.due_on.between(today, horizon)
    if choice == "later":
        return is_open & (Task.due_on > horizon)
    return Task.due_on.is_(None)


def _ordered(query: Select[Task], order: str) -> Select[Task]:
    if order == "number":
        return query.order_by(Task.number)
    if order == "updated":
        return query.order_by(Task.updated_at.desc(), Task.id)
    if order == "agenda":
        return query.outerjoin(AgendaItem, AgendaItem.id == Task.agenda_item_id).order_by(
            AgendaItem.position.is_(None), AgendaItem.position, Task.number
        )
    is_closed = Task.status.not_in(OPEN)
    return query.order_by(is_closed, Task.due_on.is_(None), Task.due_on, Task.number)


def _with_people(query: Select[Task]) -> Select[Task]:
    return query.options(
        selectinload(Task.owners),
        selectinload(Task.responsible),
        selectinload(Task.agenda_item),
        selectinload(Task.dialogue),
    )


def list_tasks(
    session: Session,
    scope: Scope,
    dialogue: Dialogue,
    filters: TaskFilter,
    today: dt.date,
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page:
    """One page of a dialogue's tasks; a page past the end gives the last one."""
    where = [Task.dialogue_id == dialogue.id, within(scope), *_conditions(filters, today)]
    total = session.scalar(select(func.count()).select_from(Task).where(*where)) or 0
    page = min(max(1, page), max(1, -(-total // size)))
    query = _ordered(_with_people(select(Task).where(*where)), filters.order)
    tasks = session.scalars(query.limit(size).offset((page - 1) * size)).all()
    return Page(tasks, page, total, size)


def all_tasks(session: Session, scope: Scope, dialogue: Dialogue) -> list[Task]:
    """Every task of a dialogue by agenda item, then number."""
    query = select(Task).where(Task.dialogue_id == dialogue.id, within(scope))
    return list(session.scalars(_ordered(_with_people(query), "agenda")))


def get_task(session: Session, scope: Scope, slug: str, number: int) -> Task:
    """The task with all that its page shows; raises NotFound, alike for what does not exist and
    what is not theirs."""
    query = (
        select(Task)
        .join(Dialogue, Dialogue.id == Task.dialogue_id)
        .where(Dialogue.slug == slug, Task.number == number, within(scope))
        .options(selectinload(Task.meeting))
    )
    task = session.scalar(_with_people(query))
    if task is None:
        raise NotFound("There is no such task, or it is not in one of your dialogues.")
    return task


def totals_by_status(session: Session, scope: Scope, dialogue_id: int) -> dict[str, int]:
    """How many tasks stand at each status, zero included."""
    query = (
        select(Task.status, func.count())
        .where(Task.dialogue_id == dialogue_id, within(scope))
        .group_by(Task.status)
    )
    found = {row[0]: row[1] for row in session.execute(query)}
    return {status: found.get(status, 0) for status in STATUSES}


def totals_by_agenda(
    session: Session, scope: Scope, dialogue_id: int
) -> list[tuple[AgendaItem | None, dict[str, int]]]:
    """Counts by status for each agenda item of a dialogue, newest meeting first, in the agenda's
    order; tasks under none come last. Items without tasks are left out."""
    query = (
        select(Task.agenda_item_id, Task.status, func.count())
        .where(Task.dialogue_id == dialogue_id, within(scope))
        .group_by(Task.agenda_item_id, Task.status)
    )
    counts: dict[int | None, dict[str, int]] = {}
    for item_id, status, number in session.execute(query):
        counts.setdefault(item_id, dict.fromkeys(STATUSES, 0))[status] = number
    items = session.scalars(
        select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Meeting.dialogue_id == dialogue_id, AgendaItem.id.in_([i for i in counts if i]))
        .order_by(Meeting.number.desc(), AgendaItem.position)
    )
    rows: list[tuple[AgendaItem | None, dict[str, int]]] = [(i, counts[i.id]) for i in items]
    return rows + ([(None, counts[None])] if None in counts else [])


def count_due(session: Session, scope: Scope, dialogue_id: int, today: dt.date) -> dict[str, int]:
    """How many open tasks are overdue, due soon, and due later."""
    counts = {}
    for choice in ("overdue", "soon", "later"):
        query = select(func.count()).select_from(Task)
        query = query.where(Task.dialogue_id == dialogue_id, within(scope), _due(choice, today))
        counts[choice] = session.scalar(query) or 0
    return counts


def next_due(session: Session, scope: Scope, dialogue_id: int, today: dt.date) -> Task | None:
    """The open task that falls due next, today included; None where there is none."""
    query = select(Task).where(
        Task.dialogue_id == dialogue_id, within(scope), Task.status.in_(OPEN), Task.due_on >= today
    )
    return session.scalars(query.order_by(Task.due_on, Task.number)).first()


@dataclass(frozen=True, slots=True)
class ShortList:
    """The first tasks of a kind, and how many there are in all."""

    tasks: Sequence[Task]
    total: int


def short_list(
    session: Session,
    scope: Scope,
    due: str,
    today: dt.date,
    *,
    contact_id: int | None = None,
    size: int = 8,
) -> ShortList:
    """Open tasks that are overdue or due soon over all of a person's dialogues; with
    ``contact_id`` only those they own."""
    where = [within(scope), _due(due, today)]
    if contact_id is not None:
        owned = select(TaskOwner.task_id).where(TaskOwner.contact_id == contact_id)
        where.append(Task.id.in_(owned))
    total = session.scalar(select(func.count()).select_from(Task).where(*where)) or 0
    query = _with_people(select(Task).where(*where)).order_by(Task.due_on, Task.id)
    return ShortList(session.scalars(query.limit(size)).all(), total)


def without_owner(session: Session, lead_of: Sequence[int], size: int = 8) -> ShortList:
    """Open tasks that nobody owns in the dialogues somebody leads."""
    where = [Task.dialogue_id.in_(lead_of), Task.status.in_(OPEN), ~Task.owners.any()]
    total = session.scalar(select(func.count()).select_from(Task).where(*where)) or 0
    query = _with_people(select(Task).where(*where)).order_by(Task.due_on, Task.id)
    return ShortList(session.scalars(query.limit(size)).all(), total)


def recent_changes(
    session: Session, scope: Scope, since: dt.datetime, size: int = 8
) -> tuple[list[tuple[Change, Task]], int]:
    """What changed after ``since`` in a person's dialogues, newest first, and how much in all."""
    query = select(Change, Task).join(Task, Task.id == Change.task_id)
    query = query.where(within(scope), Change.at > since)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.execute(query.order_by(Change.at.desc(), Change.id.desc()).limit(size))
    return [(row[0], row[1]) for row in rows], total


def changes_of(session: Session, task: Task) -> list[Change]:
    """A task's history, oldest first."""
    query = select(Change).where(Change.task_id == task.id).order_by(Change.sequence)
    return list(session.scalars(query))


def remarks_of(session: Session, task: Task) -> list[Remark]:
    """What was said about a task, oldest first."""
    query = select(Remark).where(Remark.task_id == task.id).order_by(Remark.at, Remark.id)
    return list(session.scalars(query))


def owner_choices(session: Session, scope: Scope, dialogue_id: int) -> list[str]:
    """The names of all who own tasks of a dialogue, for its filter."""
    query = (
        select(TaskOwner.name, Contact.name)
        .join(Task, Task.id == TaskOwner.task_id)
        .outerjoin(Contact, Contact.id == TaskOwner.contact_id)
        .where(Task.dialogue_id == dialogue_id, within(scope))
        .distinct()
    )
    return sorted({row[1] or row[0] for row in session.execute(query)}, key=str.casefold)
