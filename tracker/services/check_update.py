"""What no change of a task may hold, and who may make which.

The change itself is made in change_task.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tracker.models import Task
from tracker.policy.days import is_plausible
from tracker.policy.errors import InvalidInput, NotAllowed
from tracker.policy.names import has_control_characters
from tracker.policy.statuses import KINDS, STATUSES
from tracker.policy.visibility import Actor

if TYPE_CHECKING:  # For its name alone: change_task imports this module.
    from tracker.services.change_task import TaskUpdate

MAX_REMARK = 50_000


def check_update(task: Task, update: TaskUpdate, actor: Actor, today: dt.date) -> None:
    """Raises NotAllowed, or InvalidInput with the field."""
    _require_right(task, update, actor)
    _check(task, update)
    _check_deferral(task, update, today)


def _require_right(task: Task, update: TaskUpdate, actor: Actor) -> None:
    owner_ids = [owner.contact_id for owner in task.owners]
    if not actor.scope.may_update(task.dialogue_id, owner_ids):
        raise NotAllowed("You can read this task; its owners, editors and leads change it.")
    rewrites = (update.title, update.text, update.kind, update.responsible)
    is_editor = actor.scope.may_edit(task.dialogue_id)
    if any(part is not None for part in rewrites) and not is_editor:
        raise NotAllowed("Only an editor or lead of the dialogue changes the wording of a task.")
    if update.status == "agreed" != task.status and not is_editor:
        words = "“Agreed” says that both sides have agreed; an editor or lead records that."
        raise InvalidInput(words, "status")


def _check(task: Task, update: TaskUpdate) -> None:
    if update.status is not None and update.status not in STATUSES:
        raise InvalidInput("Choose one of the listed statuses.", "status")
    if update.kind is not None and update.kind not in KINDS:
        raise InvalidInput("Choose one of the listed kinds.", "kind")
    if update.title is not None and not 0 < len(update.title.strip()) <= 200:
        raise InvalidInput("Give the task a title of at most 200 characters.", "title")
    if has_control_characters(update.title or "") or any(
        has_control_characters(owner.name) for owner in update.owners or ()
    ):
        raise InvalidInput("Titles and names stand on one line, without control characters.")
    if not is_plausible(update.due_on) or not is_plausible(update.deferred_until):
        field = "due_on" if not is_plausible(update.due_on) else "deferred_until"
        raise InvalidInput("Give a date between 1900 and 2199.", field)
    is_moved = update.due_on is not None and update.due_on != task.due_on
    if is_moved and task.due_on is not None and not update.reason.strip():
        raise InvalidInput("Say why the due date moves; it stays in the history.", "reason")
    if len(update.remark) > MAX_REMARK:
        raise InvalidInput(f"A remark has at most {MAX_REMARK:,} characters.", "remark")


def _check_deferral(task: Task, update: TaskUpdate, today: dt.date) -> None:
    """What is put off comes back: on a day, and on one that is still to come."""
    wanted = (update.status, update.deferred_until)
    if update.status != "deferred" or wanted == (task.status, task.deferred_until):
        return
    if update.deferred_until is None:
        raise InvalidInput("Say until when it is deferred.", "deferred_until")
    if update.deferred_until <= today:
        raise InvalidInput("Give a day that is still to come.", "deferred_until")
