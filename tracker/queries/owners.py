"""Named SELECTs about who owns which tasks, and names in texts that nobody is linked to.

Session first; no writes. What is shown keeps to a Scope.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from tracker.models import Dialogue, Task, TaskOwner
from tracker.policy.statuses import OPEN
from tracker.policy.visibility import Scope
from tracker.queries.tasks import within


@dataclass(frozen=True, slots=True)
class UnlinkedName:
    """An owner's name as texts give it, in how many tasks, and in which dialogues."""

    name: str
    tasks: int
    dialogues: tuple[Dialogue, ...]


def owned_tasks(session: Session, scope: Scope, contact_id: int, *, most: int = 50) -> list[Task]:
    """The open tasks that a person or office owns, those due first first."""
    query = (
        select(Task)
        .join(TaskOwner, TaskOwner.task_id == Task.id)
        .where(TaskOwner.contact_id == contact_id, within(scope), Task.status.in_(OPEN))
        .order_by(Task.due_on.is_(None), Task.due_on, Task.id)
        .options(selectinload(Task.dialogue), selectinload(Task.owners))
        .limit(most)
    )
    return list(session.scalars(query))


def open_task_counts(session: Session, scope: Scope, contact_id: int) -> list[tuple[Dialogue, int]]:
    """How many open tasks a person or office owns in each dialogue, by its name."""
    query = (
        select(Dialogue, func.count(Task.id.distinct()))
        .join(Task, Task.dialogue_id == Dialogue.id)
        .join(TaskOwner, TaskOwner.task_id == Task.id)
        .where(TaskOwner.contact_id == contact_id, within(scope), Task.status.in_(OPEN))
        .group_by(Dialogue.id)
    )
    rows = [(row[0], row[1]) for row in session.execute(query).unique()]
    return sorted(rows, key=lambda row: row[0].name.casefold())


def unlinked_names(session: Session, dialogue_ids: Collection[int]) -> list[UnlinkedName]:
    """The owners' names of these dialogues that no entry of the directory stands behind, those
    with most tasks first."""
    query = (
        select(TaskOwner.name, Task.dialogue_id, func.count(Task.id.distinct()))
        .join(Task, Task.id == TaskOwner.task_id)
        .where(TaskOwner.contact_id.is_(None), Task.dialogue_id.in_(dialogue_ids))
        .group_by(TaskOwner.name, Task.dialogue_id)
    )
    counts: dict[str, dict[int, int]] = {}
    for name, dialogue_id, number in session.execute(query):
        counts.setdefault(name, {})[dialogue_id] = number
    asked = select(Dialogue).where(Dialogue.id.in_(dialogue_ids))
    dialogues = {dialogue.id: dialogue for dialogue in session.scalars(asked)}
    names = [
        UnlinkedName(name, sum(found.values()), tuple(dialogues[i] for i in sorted(found)))
        for name, found in counts.items()
    ]
    return sorted(names, key=lambda entry: (-entry.tasks, entry.name.casefold()))


def tasks_naming(session: Session, name: str, dialogue_ids: Collection[int]) -> list[Task]:
    """The tasks of these dialogues with an owner of that name whom nobody is linked to, held until
    the transaction ends, as they are about to be changed."""
    naming = select(TaskOwner.task_id).where(TaskOwner.contact_id.is_(None), TaskOwner.name == name)
    query = (
        select(Task)
        .where(Task.id.in_(naming), Task.dialogue_id.in_(dialogue_ids))
        .order_by(Task.id)
        .with_for_update(of=Task)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))
