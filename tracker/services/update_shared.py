"""What either side does to an agreed item on the shared list: its status, and shared remarks.

The other side changes its own side's items only; a remark written here reaches both sides.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import Contact, Meeting, Task
from tracker.policy.agreed_list import from_json
from tracker.policy.errors import InvalidInput, NotAllowed, NotFound
from tracker.policy.names import has_control_characters
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
) -> list[str]:
    """Changes the status, adds a shared remark, or both; returns what changed.

    Raises NotFound for what is no agreed item, NotAllowed for people who only read and for the
    status of an item that is not their side's, InvalidInput with the field.
    """
    task = find_task_behind(session, meeting, number)
    if task is None:
        raise NotFound("There is no such item on the list, or it is not agreed yet.")
    if not actor.scope.may_speak(meeting.dialogue_id):
        raise NotAllowed("You can read this list; those who act for their side change it.")
    is_changed = status is not None and (status, deferred_until) != (
        task.status,
        task.deferred_until,
    )
    if is_changed and not may_set_status(session, meeting, number, actor):
        raise NotAllowed("This item is the other side's; you can add a remark for both to read.")
    _check(status, remark, is_changed)
    return change_task(
        session,
        task,
        TaskUpdate(
            status=status if is_changed else None,
            deferred_until=deferred_until if status == "deferred" else None,
            remark=_one_paragraph(remark),
            remark_is_shared=True,
        ),
        seen_version=None,
        actor=actor.as_system(),
        now=now,
        today=today,
    )


def may_set_status(session: Session, meeting: Meeting, number: int, actor: Actor) -> bool:
    """Whether the item is one of the actor's side: it is responsible, alone or with the other."""
    if not actor.scope.may_speak(meeting.dialogue_id) or actor.contact_id is None:
        return False
    contact = session.get_one(Contact, actor.contact_id)
    party = side_of(session, meeting.dialogue, contact, actor.scope)
    frozen = find_in_state(session, meeting.id, "frozen")
    item = from_json(frozen.content).find_item(number) if frozen else None
    return party is not None and item is not None and party.name in item.responsible


def share_remark(
    session: Session, task: Task, text: str, *, actor: Actor, now: dt.datetime, today: dt.date
) -> None:
    """Adds a remark that both sides read, from the task's own page."""
    if task.agreed_text is None:
        raise InvalidInput("Only what both sides have agreed on has shared remarks.", "remark")
    _check(None, text, False)
    update = TaskUpdate(remark=_one_paragraph(text), remark_is_shared=True)
    change_task(session, task, update, seen_version=None, actor=actor, now=now, today=today)


def _check(status: str | None, remark: str, is_changed: bool) -> None:
    if status is not None and is_changed and status not in SHARED_STATUSES:
        raise InvalidInput("Choose one of the listed statuses.", "status")
    if not is_changed and not remark.strip():
        raise InvalidInput("Change the status or write a remark; nothing differs yet.")
    if len(remark) > LONGEST_REMARK or has_control_characters(_one_paragraph(remark)):
        raise InvalidInput(
            f"A shared remark has at most {LONGEST_REMARK:,} characters that can be seen.", "remark"
        )


def _one_paragraph(text: str) -> str:
    return " ".join(text.split())
