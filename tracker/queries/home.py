"""Named SELECTs of the home page: what is late, due, unowned or new in a person's dialogues.

Session first; no writes. Each list is short and says how many there are in all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from tracker.models import (
    Account,
    CableRecord,
    Candidate,
    Change,
    Dialogue,
    Membership,
    Remark,
    Task,
)
from tracker.policy.statuses import OPEN
from tracker.policy.visibility import Scope
from tracker.queries.standings import count_if
from tracker.queries.task_filters import changed_since, due, for_lines, owned_by
from tracker.queries.tasks import within

SIZE = 6


@dataclass(frozen=True, slots=True)
class ShortList:
    """The first tasks of a kind, a person's own before the rest, how many there are, and how many
    of them stand in the sample."""

    tasks: Sequence[Task]
    total: int
    own: int = 0
    in_sample: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """A task that others changed, with what they did and said since."""

    task: Task
    changes: list[Change] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def due_list(
    session: Session, scope: Scope, choice: str, today: dt.date, *, size: int = SIZE
) -> ShortList:
    """Open tasks that are overdue or due soon, those the person owns first, then by date."""
    return _short_list(session, [within(scope), due(choice, today)], scope.contact_id, size)


def without_owner(session: Session, scope: Scope, *, size: int = SIZE) -> ShortList:
    """Open tasks that nobody owns in the dialogues that this person leads."""
    lead_of = [i for i in scope.dialogue_ids if scope.may_lead(i)]
    where = [Task.dialogue_id.in_(lead_of), Task.status.in_(OPEN), ~Task.owners.any()]
    return _short_list(session, where, None, size)


def _short_list(
    session: Session, where: Sequence[ColumnElement[bool]], contact_id: int | None, size: int
) -> ShortList:
    is_own = owned_by(contact_id)
    is_sample = Task.dialogue.has(Dialogue.is_sample)
    counts = select(func.count(), count_if(is_own), count_if(is_sample))
    total, own, in_sample = session.execute(counts.select_from(Task).where(*where)).one()
    query = for_lines(select(Task).where(*where))
    query = query.order_by(is_own.desc(), Task.due_on.is_(None), Task.due_on, Task.id)
    tasks = session.scalars(query.limit(size)).all() if total else []
    return ShortList(tasks, total, own, in_sample)


def news(
    session: Session, scope: Scope, since: dt.datetime, *, size: int = SIZE
) -> tuple[list[News], int]:
    """The tasks that others changed or remarked on after ``since``, last changed first, and how
    many there are."""
    where = [within(scope), changed_since(since, scope.contact_id)]
    total = session.scalar(select(func.count()).select_from(Task).where(*where)) or 0
    query = for_lines(select(Task).where(*where))
    query = query.order_by(Task.updated_at.desc(), Task.id).limit(size)
    found = {task.id: News(task) for task in session.scalars(query)} if total else {}
    changes = select(Change).where(
        Change.task_id.in_(found),
        Change.at > since,
        Change.actor_id.is_distinct_from(scope.contact_id),
    )
    remarks = select(Remark).where(
        Remark.task_id.in_(found),
        Remark.at > since,
        Remark.author_id.is_distinct_from(scope.contact_id),
    )
    for change in session.scalars(changes):
        found[change.task_id].changes.append(change)
    for remark in session.scalars(remarks):
        found[remark.task_id].remarks.append(remark)
    return list(found.values()), total


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Which of the three first steps are done in this person's real dialogues, the sample aside."""

    has_imported: bool
    has_reviewed: bool
    has_invited: bool

    @property
    def are_done(self) -> bool:
        """Whether nothing is left to be shown."""
        return self.has_imported and self.has_reviewed and self.has_invited


def first_steps(session: Session, scope: Scope) -> FirstSteps:
    """How far this person is: a cable imported, one of its candidates decided, and somebody
    else with an account in one of their dialogues."""
    ours = select(Dialogue.id).where(
        Dialogue.id.in_(scope.dialogue_ids), Dialogue.is_sample.is_(False)
    )
    is_ours = CableRecord.dialogue_id.in_(ours)
    decided = select(Candidate.id).join(CableRecord, CableRecord.id == Candidate.cable_id)
    invited = (
        select(Membership.id)
        .join(Account, Account.contact_id == Membership.contact_id)
        .where(Membership.dialogue_id.in_(ours), Membership.contact_id != scope.contact_id)
    )
    return FirstSteps(
        _is_any(session, select(CableRecord.id).where(is_ours)),
        _is_any(session, decided.where(is_ours, Candidate.decision != "pending")),
        _is_any(session, invited),
    )


def _is_any(session: Session, query: Select[int]) -> bool:
    return session.scalar(query.limit(1)) is not None
