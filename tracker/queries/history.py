"""Named SELECTs about what was: changes and remarks of a dialogue up to a day.

Session first; no writes.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.models import Change, Remark, Task
from tracker.policy.visibility import Scope
from tracker.queries.tasks import within


def changes_until(
    session: Session, scope: Scope, dialogue_id: int, as_of: dt.date
) -> dict[int, list[Change]]:
    """The changes that count by the end of a day, by task id, each task's oldest first."""
    query: Select[Change] = (
        select(Change)
        .join(Task, Task.id == Change.task_id)
        .where(Task.dialogue_id == dialogue_id, within(scope), Change.effective_on <= as_of)
        .order_by(Change.task_id, Change.sequence)
    )
    found: dict[int, list[Change]] = {}
    for change in session.scalars(query):
        found.setdefault(change.task_id, []).append(change)
    return found


def last_remarks(
    session: Session,
    scope: Scope,
    dialogue_id: int,
    as_of: dt.date,
    *,
    shared_only: bool = False,
) -> dict[int, Remark]:
    """The last remark made on each task by the end of a day, by task id."""
    query = (
        select(Remark)
        .join(Task, Task.id == Remark.task_id)
        .where(Task.dialogue_id == dialogue_id, within(scope), Remark.said_on <= as_of)
        .order_by(Remark.at, Remark.id)
    )
    if shared_only:
        query = query.where(Remark.is_shared)
    return {remark.task_id: remark for remark in session.scalars(query)}
