"""What either side does to an agreed item on the shared list: its status, and shared remarks.

The other side changes its own side's items only; a remark written here reaches both sides.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import Contact, Meeting, Task
from tracker.policy.agreed_list import from_json, has_hidden_characters
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tracker.policy.visibility import Actor
from tracker.queries.agreed_lists import find_in_state
from tracker.queries.shared import find_task_behind
from tracker.services.approve_list import side_of
from tracker.services.change_task import TaskUpdate, change_task

SHARED_STATUSES = ("agreed", "in_progress", "done", "deferred", "declined")
LONGEST_REMARK = 5000


def update_shared(
    session: Session,
    meeting: Meeting,
    number: int,
    *,
    status: str | None,
    deferred_until: dt.date | None,
    remark: str,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
    seen: str | None = None,
) -> list[str]:
    """Changes the status, adds a shared remark, or both; returns what changed.

    ``seen`` is the status as the person saw it, in the words of ``state_of``; None where nothing
    was seen. A status that they left as they saw it stays as it is by now. Raises NotFound for
    what is no agreed item, NotAllowed for people who only read and for the status of an item that
    is not theirs to set, InvalidInput with the field, Conflict where somebody else has set
    another status since it was seen; nothing is changed then.
    """
    task = find_task_behind(session, meeting, number, to_change=True)
    if task is None:
        raise NotFound("There is no such item on the list, or it is not agreed yet.")
    if not actor.scope.may_speak(meeting.dialogue_id):
        raise NotAllowed("You can read this list; those who act for their side change it.")
    wanted = None if status is None else state_of(status, deferred_until)
    is_changed = wanted not in (None, state_of(task.status, task.deferred_until), seen)
    _check(status, remark, is_changed)
    if is_changed and not may_set_status(session, meeting, number, actor):
        raise NotAllowed("This item is not yours to set; you can add a remark for both to read.")
    if is_changed:
        _check_status(task, status, deferred_until, seen)
    update = TaskUpdate(
        status=status if is_changed else None,
        deferred_until=deferred_until if status == "deferred" else None,
        remark=_one_paragraph(remark),
        remark_is_shared=True,
    )
    return change_task(
        session, task, update, seen_version=None, actor=actor.as_system(), now=now, today=today
    )


def _check_status(
    task: Task, status: str | None, deferred_until: dt.date | None, seen: str | None
) -> None:
    """Raises InvalidInput for a deferral without a day, Conflict where somebody else was first."""
    if status == "deferred" and deferred_until is None:
        raise InvalidInput("Say until when it is deferred.", "deferred_until")
    if seen is not None and seen != state_of(task.status, task.deferred_until):
        raise Conflict(
            "Somebody else set another status while you were writing. Nothing was saved yet; your "
            "own status and remark stand below."
        )


def state_of(status: str, deferred_until: dt.date | None) -> str:
    """A status with its day, as a form keeps what its reader saw; holds nothing else of a task."""
    day = deferred_until.isoformat() if deferred_until and status == "deferred" else ""
    return f"{status} {day}".strip()


def may_set_status(session: Session, meeting: Meeting, number: int, actor: Actor) -> bool:
    """Whether the item is one of the actor's side: it is responsible, alone or with the other.
    Of our own side it takes the right to update the task behind it as well: editors any, owners
    what they own."""
    if not actor.scope.may_speak(meeting.dialogue_id) or actor.contact_id is None:
        return False
    if actor.scope.may_read(meeting.dialogue_id):
        task = find_task_behind(session, meeting, number)
        owners = [owner.contact_id for owner in task.owners] if task else []
        if task is None or not actor.scope.may_update(meeting.dialogue_id, owners):
            return False
    contact = session.get_one(Contact, actor.contact_id)
    party = side_of(session, meeting.dialogue, contact, actor.scope)
    frozen = find_in_state(session, meeting.id, "frozen")
    item = from_json(frozen.content).find_item(number) if frozen else None
    return party is not None and item is not None and party.name in item.responsible


def _check(status: str | None, remark: str, is_changed: bool) -> None:
    if status is not None and is_changed and status not in SHARED_STATUSES:
        raise InvalidInput("Choose one of the listed statuses.", "status")
    if not is_changed and not remark.strip():
        raise InvalidInput("Change the status or write a remark; nothing differs yet.")
    if len(remark) > LONGEST_REMARK or has_hidden_characters(_one_paragraph(remark)):
        raise InvalidInput(
            f"A shared remark has at most {LONGEST_REMARK:,} characters that can be seen.", "remark"
        )


def _one_paragraph(text: str) -> str:
    return " ".join(text.split())
