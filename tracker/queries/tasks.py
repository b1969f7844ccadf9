"""Named SELECTs about tasks: the list with its filters, one task, and what was said and done.

Session first; no writes. Every list and count takes a Scope and applies it in SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session, selectinload

from tracker.models import Change, Contact, Dialogue, Remark, Task, TaskOwner
from tracker.policy.errors import NotFound
from tracker.policy.visibility import Scope
from tracker.queries.task_filters import (
    Asked,
    TaskFilter,
    conditions,
    for_lines,
    ordered,
    with_people,
)

PAGE_SIZE = 50


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

    @property
    def first(self) -> int:
        """The position of its first task among all, from 1; 0 where there is none."""
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last(self) -> int:
        """The position of its last task among all."""
        return min(self.total, self.number * self.size)


def within(scope: Scope) -> ColumnElement[bool]:
    """The condition that a task's internal side is shown to this person."""
    return true() if scope.is_system else Task.dialogue_id.in_(scope.dialogue_ids)


def list_tasks(
    session: Session,
    scope: Scope,
    dialogue: Dialogue | None,
    filters: TaskFilter,
    asked: Asked,
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page:
    """One page of a dialogue's tasks, or of all of a person's dialogues where it is None; a page
    past the end gives the last one."""
    among = within(scope)
    if dialogue is not None:
        among = and_(among, Task.dialogue_id == dialogue.id)
    where = [among, *conditions(filters, asked)]
    total = session.scalar(select(func.count()).select_from(Task).where(*where)) or 0
    page = min(max(1, page), max(1, -(-total // size)))
    query = ordered(for_lines(select(Task).where(*where)), filters.order)
    tasks = session.scalars(query.limit(size).offset((page - 1) * size)).all()
    return Page(tasks, page, total, size)


def all_tasks(session: Session, scope: Scope, dialogue: Dialogue) -> list[Task]:
    """Every task of a dialogue by agenda item, then number."""
    query = select(Task).where(Task.dialogue_id == dialogue.id, within(scope))
    return list(session.scalars(ordered(with_people(query), "agenda")))


def get_task(
    session: Session, scope: Scope, slug: str, number: int, *, to_change: bool = False
) -> Task:
    """The task with all that its page shows; raises NotFound, alike for what does not exist and
    what is not theirs. ``to_change`` waits for whoever is changing it just now, so that the
    version read is the one that stands."""
    query = (
        select(Task)
        .join(Dialogue, Dialogue.id == Task.dialogue_id)
        .where(Dialogue.slug == slug, Task.number == number, within(scope))
        .options(selectinload(Task.meeting), selectinload(Task.cable))
    )
    if to_change:
        query = query.with_for_update(of=Task)
    task = session.scalar(with_people(query))
    if task is None:
        raise NotFound("There is no such task, or it is not in one of your dialogues.")
    return task


def tasks_to_change(
    session: Session, scope: Scope, dialogue: Dialogue, numbers: Sequence[int]
) -> list[Task]:
    """The tasks with these numbers, by number, held until the transaction ends; numbers that do
    not exist are left out."""
    query = (
        select(Task)
        .where(Task.dialogue_id == dialogue.id, Task.number.in_(numbers), within(scope))
        .order_by(Task.number)
        .with_for_update(of=Task)
    )
    return list(session.scalars(with_people(query)))


def changes_of(session: Session, task: Task) -> list[Change]:
    """A task's history, oldest first."""
    query = select(Change).where(Change.task_id == task.id).order_by(Change.sequence)
    return list(session.scalars(query))


def remarks_of(session: Session, task: Task) -> list[Remark]:
    """What was said about a task, oldest first."""
    query = select(Remark).where(Remark.task_id == task.id).order_by(Remark.at, Remark.id)
    return list(session.scalars(query))


def owner_choices(session: Session, scope: Scope, dialogue_id: int | None) -> list[str]:
    """The names of all who own tasks of a dialogue, or of all of a person's, for the filter."""
    query = (
        select(TaskOwner.name, Contact.name)
        .join(Task, Task.id == TaskOwner.task_id)
        .outerjoin(Contact, Contact.id == TaskOwner.contact_id)
        .where(within(scope))
        .distinct()
    )
    if dialogue_id is not None:
        query = query.where(Task.dialogue_id == dialogue_id)
    return sorted({row[1] or row[0] for row in session.execute(query)}, key=str.casefold)
