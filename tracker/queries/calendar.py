"""The tasks whose due dates stand in a person's calendar.

Session first; no writes.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, selectinload

from tracker.models import Task, TaskOwner
from tracker.policy.statuses import OPEN
from tracker.policy.visibility import Scope

MOST = 1_000
_KEPT = dt.timedelta(days=366)
"""An open task that is late by more than that is no entry of a calendar any more."""


def calendar_tasks(session: Session, scope: Scope, today: dt.date) -> list[Task]:
    """The open tasks with a date that this person owns, and those without any owner in dialogues
    that they lead; within what they may see now, soonest first, at most a thousand."""
    owned = select(TaskOwner.task_id).where(TaskOwner.contact_id == scope.contact_id)
    led = [dialogue_id for dialogue_id in scope.dialogue_ids if scope.may_lead(dialogue_id)]
    is_unowned = and_(Task.dialogue_id.in_(led), ~Task.owners.any())
    query = (
        select(Task)
        .where(
            Task.dialogue_id.in_(scope.dialogue_ids),
            Task.status.in_(OPEN),
            Task.due_on >= today - _KEPT,
            or_(Task.id.in_(owned), is_unowned),
        )
        .order_by(Task.due_on, Task.id)
        .limit(MOST)
        .options(selectinload(Task.dialogue))
    )
    return list(session.scalars(query))
