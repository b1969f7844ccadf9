"""Changes many tasks at once, each as change_task would: same rights, same checks, same history.

What cannot be changed is left as it is and named; nothing else is lost by it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from tracker.models import Task
from tracker.policy.errors import Conflict, InvalidInput, NeedsAmendment, NotAllowed
from tracker.policy.visibility import Actor
from tracker.services.change_task import TaskUpdate, change_task


@dataclass(frozen=True, slots=True)
class Pick:
    """A task that was ticked, and the version that the person saw (None: whichever stands)."""

    task: Task
    seen_version: int | None


@dataclass(slots=True)
class Outcome:
    """What became of the picks, by the tasks' numbers; ``left`` says why a task was not changed."""

    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    left: dict[int, str] = field(default_factory=dict)


def change_many(
    session: Session,
    picks: Sequence[Pick],
    update: TaskUpdate,
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Outcome:
    """Makes one change to each pick and tells what became of it.

    Raises InvalidInput where nothing is to be changed, nothing is picked, or what is asked for
    fits no task at all; nothing is changed then.
    """
    _check(picks, update)
    outcome = Outcome()
    for pick in picks:
        number = pick.task.number
        try:
            changed = change_task(
                session,
                pick.task,
                update,
                seen_version=pick.seen_version,
                actor=actor,
                now=now,
                today=today,
            )
        except Conflict:
            outcome.left[number] = "somebody else changed it meanwhile"
        except NeedsAmendment:
            outcome.left[number] = "both sides have agreed on it; propose an amendment"
        except NotAllowed:
            outcome.left[number] = "it is not yours to change"
        else:
            (outcome.changed if changed else outcome.unchanged).append(number)
    return outcome


def _check(picks: Sequence[Pick], update: TaskUpdate) -> None:
    if not picks:
        raise InvalidInput("Tick the tasks to change.", "pick")
    asked = (update.status, update.due_on, update.owners, update.remark.strip() or None)
    if all(part is None for part in asked):
        raise InvalidInput("Say what to change: status, owner, due date or a remark.")
    if update.due_on is not None and not update.reason.strip():
        raise InvalidInput("Say why the due date moves; it stays in the history.", "reason")
