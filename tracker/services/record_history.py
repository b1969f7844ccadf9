"""Adds to a task's history, and checks that a history is whole.

The only writer of changes; each row's hash covers the row before it, and the task keeps the
last one, so that an edited, deleted or cut-off row shows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Change, Task
from tracker.policy.visibility import Actor


def record_change(
    session: Session,
    task: Task,
    field: str,
    before: Any,
    after: Any,
    *,
    actor: Actor,
    now: dt.datetime,
    effective_on: dt.date,
    reason: str = "",
) -> Change:
    """Appends one change of one field; ``before`` and ``after`` are JSON values. It counts from
    ``effective_on``, the day where the actor is, but not from before the row it follows: somebody
    further west may still have the day before."""
    change = Change(
        task_id=task.id,
        sequence=task.history_length + 1,
        field=field,
        before=before,
        after=after,
        actor_id=actor.contact_id,
        actor_name=actor.name,
        reason=reason,
        at=now,
        effective_on=max(effective_on, _last_day(session, task) or effective_on),
        hash="",
    )
    change.hash = _hash(change, task.history_hash)
    task.history_length, task.history_hash = change.sequence, change.hash
    session.add(change)
    return change


def _last_day(session: Session, task: Task) -> dt.date | None:
    if not task.history_length:
        return None
    query = select(Change.effective_on).where(
        Change.task_id == task.id, Change.sequence == task.history_length
    )
    return session.scalar(query)


def find_broken_history(session: Session) -> Iterator[str]:
    """What is wrong with the history, a sentence a fault: the task and row, and how. Nothing
    where it is whole. Reads in chunks, so that any length fits in memory."""
    tasks = session.execute(
        select(Task.id, Task.number, Task.history_length, Task.history_hash).order_by(Task.id)
    ).yield_per(1000)
    rows = session.scalars(
        select(Change).order_by(Change.task_id, Change.sequence).execution_options(yield_per=1000)
    )
    pending = next(rows, None)
    for task_id, number, length, last_hash in tasks:
        previous, count, fault = "", 0, ""
        while pending is not None and pending.task_id <= task_id:
            if pending.task_id == task_id:
                count += 1
                fault = fault or _fault(pending, count, previous)
                previous = pending.hash
            pending = next(rows, None)
        if not fault and count != length:
            fault = f"{length - count} rows are missing at the end, after row {count}"
        elif not fault and previous != last_hash:
            fault = f"row {count} is not the one that was written last"
        if fault:
            yield f"Task {number} (id {task_id}): {fault}."


def _fault(change: Change, expected: int, previous: str) -> str:
    if change.sequence != expected:
        return f"row {expected} is missing (row {change.sequence} follows instead)"
    if change.hash != _hash(change, previous):
        return f"row {change.sequence} (id {change.id}) was edited"
    return ""


def _hash(change: Change, previous: str) -> str:
    content = [
        change.task_id,
        change.sequence,
        change.field,
        change.before,
        change.after,
        change.actor_id,
        change.actor_name,
        change.reason,
        change.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        change.effective_on.isoformat(),
        previous,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
