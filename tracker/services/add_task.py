"""Makes a task, with its number and the first row of its history.

Called by review (from a candidate) and by people who write one themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.models import AgendaItem, Candidate, Dialogue, Meeting, Task
from tracker.policy.days import is_plausible
from tracker.policy.errors import InvalidInput, NotAllowed
from tracker.policy.markings import parse_marking
from tracker.policy.names import has_control_characters, has_nul
from tracker.policy.statuses import KINDS
from tracker.policy.visibility import Actor
from tracker.services.change_task import Owner, arm_reminder, set_owners, set_responsible
from tracker.services.record_history import record_change


@dataclass(frozen=True, slots=True)
class NewTask:
    """What a new task holds. ``agenda`` is a label of the meeting's agenda; ``due_on`` None means
    the meeting's last day plus the follow-up period is filled in by the caller or left open."""

    title: str
    kind: str
    text: str = ""
    responsible: Sequence[str] = ()
    owners: Sequence[Owner] = ()
    agenda: str | None = None
    due_on: dt.date | None = None
    due_basis: str = "stated"
    marking: str = "U"


def add_task(
    session: Session,
    dialogue: Dialogue,
    meeting: Meeting | None,
    new: NewTask,
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
    candidate: Candidate | None = None,
) -> Task:
    """Adds a task at status proposed. What an import creates counts from its meeting's last day
    (or from today while that is still to come). Raises InvalidInput or NotAllowed."""
    if not actor.scope.may_edit(dialogue.id):
        raise NotAllowed("Only an editor or lead of the dialogue adds tasks.")
    check_new_task(new)
    task = _row_of(session, dialogue, meeting, new, now)
    if candidate is not None:
        task.cable_id, task.candidate_id = candidate.cable_id, candidate.id
        task.span_start, task.span_end = candidate.span_start, candidate.span_end
    session.add(task)
    session.flush()
    set_responsible(session, task, new.responsible)
    set_owners(session, task, new.owners)
    arm_reminder(task, today)
    ends_on = meeting.ends_on if meeting and candidate is not None else None
    record_change(
        session,
        task,
        "created",
        None,
        first_values(task),
        actor=actor,
        now=now,
        effective_on=min(ends_on, today) if ends_on else today,
    )
    session.flush()
    return task


def _row_of(
    session: Session,
    dialogue: Dialogue,
    meeting: Meeting | None,
    new: NewTask,
    now: dt.datetime,
) -> Task:
    """The task as it begins, without owners, passage and history."""
    return Task(
        dialogue_id=dialogue.id,
        dialogue=dialogue,
        number=_next_number(session, dialogue),
        meeting_id=meeting.id if meeting else None,
        agenda_item=_agenda_item(session, meeting, new.agenda),
        kind=new.kind,
        title=new.title.strip(),
        text=new.text.strip(),
        status="proposed",
        due_on=new.due_on,
        first_due_on=new.due_on,
        due_basis=new.due_basis,
        marking=parse_marking(new.marking).short,
        history_length=0,
        history_hash="",
        created_at=now,
        updated_at=now,
    )


def first_values(task: Task) -> dict[str, object]:
    """All values of a new task, as the first row of its history keeps them."""
    return {
        "title": task.title,
        "text": task.text,
        "kind": task.kind,
        "status": task.status,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "due_basis": task.due_basis,
        "responsible": task.responsible_names,
        "owners": task.owner_names,
        "marking": task.marking,
        "agenda": task.agenda_item.label if task.agenda_item else None,
    }


def check_new_task(new: NewTask) -> None:
    """Raises InvalidInput, with the field, for what no task may hold."""
    if not new.title.strip() or len(new.title) > 200 or has_control_characters(new.title):
        raise InvalidInput("Give the task a title of at most 200 characters, on one line.", "title")
    if new.kind not in KINDS:
        raise InvalidInput("Choose one of the listed kinds.", "kind")
    if not is_plausible(new.due_on):
        raise InvalidInput("Give a due date between 1900 and 2199.", "due_on")
    if has_nul(new.text):
        raise InvalidInput("The text holds NUL characters; take them out.", "text")
    if any(has_control_characters(name) for name in new.responsible):
        raise InvalidInput("Names stand on one line, without control characters.", "responsible")
    if any(has_control_characters(owner.name) for owner in new.owners):
        raise InvalidInput("Names stand on one line, without control characters.", "owners")


def _next_number(session: Session, dialogue: Dialogue) -> int:
    """The next number, taken by an update so that two people never get the same."""
    session.execute(
        update(Dialogue)
        .where(Dialogue.id == dialogue.id)
        .values(last_task_number=Dialogue.last_task_number + 1)
        .execution_options(synchronize_session=False)
    )
    number = session.scalar(select(Dialogue.last_task_number).where(Dialogue.id == dialogue.id))
    return int(number or 1)


def _agenda_item(session: Session, meeting: Meeting | None, label: str | None) -> AgendaItem | None:
    if meeting is None or not label:
        return None
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.label == label)
    return session.scalar(query)
