"""Named SELECTs that say how dialogues stand: counts by status, what is late, what comes next.

Session first; no writes; a few statements for any number of dialogues.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from tracker.models import Meeting, Task
from tracker.policy.statuses import OPEN, STATUSES
from tracker.policy.visibility import Scope
from tracker.queries.dialogues import newest_first
from tracker.queries.task_filters import due
from tracker.queries.tasks import within


def no_totals() -> dict[str, int]:
    """Zero at each status."""
    return dict.fromkeys(STATUSES, 0)


@dataclass(slots=True)
class Standing:
    """How a dialogue stands on a day. ``totals`` counts by status; ``late``, ``soon`` and
    ``unowned`` count open tasks; ``next_due_on`` is the next date, today included, and ``next_due``
    how many fall on it; ``meeting`` the latest one."""

    totals: dict[str, int] = field(default_factory=no_totals)
    late: int = 0
    soon: int = 0
    unowned: int = 0
    next_due_on: dt.date | None = None
    meeting: Meeting | None = None

    @property
    def total(self) -> int:
        """How many tasks there are."""
        return sum(self.totals.values())

    @property
    def open(self) -> int:
        """How many are still followed up."""
        return sum(self.totals[status] for status in OPEN)


def count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a group meet the condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def standings(
    session: Session, scope: Scope, dialogue_ids: Sequence[int], today: dt.date
) -> dict[int, Standing]:
    """The standing of each of these dialogues that the person sees, by id."""
    to_come = and_(Task.status.in_(OPEN), Task.due_on >= today)
    query = (
        select(
            Task.dialogue_id,
            Task.status,
            func.count(),
            count_if(due("overdue", today)),
            count_if(due("soon", today)),
            count_if(and_(Task.status.in_(OPEN), ~Task.owners.any())),
            func.min(case((to_come, Task.due_on))),
        )
        .where(Task.dialogue_id.in_(dialogue_ids), within(scope))
        .group_by(Task.dialogue_id, Task.status)
    )
    found = {dialogue_id: Standing() for dialogue_id in dialogue_ids if scope.may_read(dialogue_id)}
    for dialogue_id, status, count, late, soon, unowned, next_on in session.execute(query):
        standing = found[dialogue_id]
        standing.totals[status] = count
        standing.late += late
        standing.soon += soon
        standing.unowned += unowned
        days = [day for day in (standing.next_due_on, next_on) if day is not None]
        standing.next_due_on = min(days, default=None)
    meetings = select(Meeting).where(Meeting.dialogue_id.in_(list(found)))
    for meeting in session.scalars(meetings.order_by(*newest_first())):
        standing = found[meeting.dialogue_id]
        standing.meeting = standing.meeting or meeting
    return found
