"""Writes a remark on a task; who may, change_task has asked.

The only writer of remarks.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import Remark, Task
from tracker.policy.visibility import Actor


def add_remark(
    session: Session,
    task: Task,
    text: str,
    is_shared: bool,
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> None:
    """Adds what was said, without the space around it, as said on the day where the actor is."""
    said = text.strip()
    session.add(
        Remark(
            task_id=task.id,
            author_id=actor.contact_id,
            author_name=actor.name,
            text=said,
            is_shared=is_shared,
            at=now,
            said_on=today,
        )
    )
    task.last_remark = said
