"""Keeps the notetaker's log of a meeting: adds lines, each once however often it is sent, and
changes what became of them. The agreed list is drawn from it in draft_list.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.extract.typed_line import TypedLine
from tracker.models import AgendaItem, LogEntry, Meeting, Task
from tracker.policy.agreed_list import has_hidden_characters
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.names import has_control_characters
from tracker.policy.statuses import KINDS
from tracker.policy.visibility import Actor
from tracker.queries.meetings import find_open_line
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.read_line import Directory, read_line, responsible_parties, storable

LONGEST_LINE = 10_000
STATES = ("open", "deferred", "dropped")
_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,40}")


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as it was typed. ``agenda`` is a label of the meeting's agenda; ``responsible`` are
    parties, empty for those that the owners belong to; ``task_number`` is the objective that the
    line is about. Deferring or dropping it needs a ``reason``."""

    client_id: str
    typed: str
    agenda: str | None = None
    responsible: tuple[str, ...] = ()
    kind: str = "action"
    task_number: int | None = None
    state: str = "open"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A stored line, whether this call stored it, and what in it was not understood."""

    entry: LogEntry
    is_new: bool
    doubts: tuple[str, ...] = ()


def write_log(
    session: Session,
    meeting: Meeting,
    lines: Sequence[NewLine],
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> list[Written]:
    """Stores the lines in their order; one that is there already stays as it is.

    Takes whatever can be stored, since a line that is refused in the room is lost: what is not
    understood stays in the text and is told. Raises NotAllowed, and InvalidInput for what no page
    of ours sends or a reason that is missing.
    """
    _require_notetaker(meeting, actor)
    for line in lines:
        _check(line)
    # Two browsers that send the same line wait here for each other; SQLite has one writer anyway.
    session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    return [_write(session, meeting, line, actor, now, today) for line in lines]


def _write(
    session: Session,
    meeting: Meeting,
    line: NewLine,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Written:
    is_same = (LogEntry.meeting_id == meeting.id) & (LogEntry.client_id == line.client_id)
    known = session.scalar(select(LogEntry).where(is_same))
    if known is not None:
        return Written(known, is_new=False)
    directory = Directory(session, meeting.dialogue_id)
    read = read_line(line.typed, meeting, directory, today)
    item = _agenda_item(session, meeting, line.agenda)
    task, taken = _find_task(session, meeting, line.task_number), None
    if task is not None and (taken := find_open_line(session, meeting, task)) is not None:
        task = None
    entry = LogEntry(
        meeting_id=meeting.id,
        meeting=meeting,
        client_id=line.client_id,
        number=_next_number(session, meeting),
        agenda_item=item,
        agenda_item_id=item.id if item else None,
        kind=read.kind or (line.kind if line.kind in KINDS else "action"),
        typed=storable(line.typed),
        responsible=responsible_parties(meeting, line.responsible, read.owners, directory),
        state="open",
        reason="",
        task=task,
        author_id=actor.contact_id,
        author_name=actor.name,
        at=now,
        **_read_values(read, line.typed),
    )
    session.add(entry)
    session.flush()
    if line.state != "open":
        _set_state(session, entry, line.state, line.reason, actor, now, today)
    doubts = [*read.doubts, *_doubts_of(entry)]
    if taken is not None:
        doubts.append(f"task {line.task_number} stands in line {taken} already, not in this one")
    return Written(entry, True, tuple(doubts))


@dataclass(frozen=True, slots=True)
class LineUpdate:
    """What is changed on a line; None leaves it. ``typed`` is read again as a whole."""

    typed: str | None = None
    agenda: str | None = None
    responsible: tuple[str, ...] | None = None
    state: str | None = None
    reason: str = ""


def change_line(
    session: Session,
    entry: LogEntry,
    update: LineUpdate,
    *,
    seen_version: int,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> tuple[str, ...]:
    """Changes a line and returns what was not understood. ``agenda`` "" takes the item away.

    Raises NotAllowed, InvalidInput, or Conflict where somebody else changed the line since it
    was seen.
    """
    _require_notetaker(entry.meeting, actor)
    session.refresh(entry)
    if seen_version != entry.version:
        raise Conflict(
            "Somebody else changed this line while you were writing. Nothing of yours was lost.",
            {"text": entry.typed},
        )
    doubts: tuple[str, ...] = ()
    before = entry.state, entry.due_on
    if update.typed is not None and update.typed.strip() != entry.typed:
        doubts = _read_again(session, entry, update.typed, today)
    if update.agenda is not None:
        item = _agenda_item(session, entry.meeting, update.agenda)
        entry.agenda_item, entry.agenda_item_id = item, item.id if item else None
    if update.responsible is not None:
        entry.responsible = responsible_parties(
            entry.meeting,
            update.responsible,
            tuple(entry.owners),
            Directory(session, entry.meeting.dialogue_id),
        )
    if update.state is not None:
        # A typo mended changes nothing of a task that somebody has decided on since.
        is_new = (update.state, entry.due_on) != before
        _set_state(session, entry, update.state, update.reason, actor, now, today, follows=is_new)
    session.flush()
    return doubts


def _read_again(session: Session, entry: LogEntry, typed: str, today: dt.date) -> tuple[str, ...]:
    if not typed.strip() or len(typed) > LONGEST_LINE:
        raise InvalidInput("Write what was agreed.", "typed")
    read = read_line(typed, entry.meeting, Directory(session, entry.meeting.dialogue_id), today)
    entry.typed, entry.kind = storable(typed), read.kind or entry.kind
    for name, value in _read_values(read, typed).items():
        setattr(entry, name, value)
    return (*read.doubts, *_doubts_of(entry))


def _doubts_of(entry: LogEntry) -> tuple[str, ...]:
    """What would keep the line off a list for both sides; better told now than at its drawing."""
    if any(has_hidden_characters(text) for text in (entry.text, *entry.owners)):
        return ("the line holds characters that cannot be seen, and cannot be shared like this",)
    return ()


def _read_values(read: TypedLine, typed: str) -> dict[str, object]:
    return {
        "text": storable(read.text) or storable(typed),
        "owners": list(read.owners),
        "due_on": read.due_on,
        "due_words": read.due_words,
    }


def _require_notetaker(meeting: Meeting, actor: Actor) -> None:
    if not actor.scope.may_log(meeting.dialogue_id):
        raise NotAllowed("The log is kept by the dialogue's notetakers, editors and leads.")


def _check(line: NewLine) -> None:
    if not _CLIENT_ID.fullmatch(line.client_id):
        raise InvalidInput("The line came without its mark. Reload the page and send it again.")
    if not line.typed.strip():
        raise InvalidInput("Write what was agreed.", "typed")
    if len(line.typed) > LONGEST_LINE:
        raise InvalidInput(f"A line has at most {LONGEST_LINE:,} characters.", "typed")
    _check_state(line.state, line.reason)


def _check_state(state: str, reason: str) -> None:
    if state not in STATES:
        raise InvalidInput("Choose whether the item is agreed, deferred or dropped.", "state")
    if state != "open" and not reason.strip():
        raise InvalidInput("Say why it is deferred or dropped; it stays in the log.", "reason")


def _set_state(
    session: Session,
    entry: LogEntry,
    state: str,
    reason: str,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
    *,
    follows: bool = True,
) -> None:
    """The objective behind a line follows it: what the room drops is declined, what it defers
    to a day to come is deferred to it, and what it takes up again is open."""
    _check_state(state, reason)
    entry.state, entry.reason = state, storable(reason)[:2000] if state != "open" else ""
    task = entry.task
    if not follows or task is None or task.agreed_text is not None:
        return
    update = TaskUpdate(
        reason=entry.reason or "taken up again in the room", status=_follow(entry, today)
    )
    if update.status == "deferred":
        update = TaskUpdate(status="deferred", deferred_until=entry.due_on, reason=entry.reason)
    stands = task.status, task.deferred_until if task.status == "deferred" else None
    if update.status is not None and (update.status, update.deferred_until) != stands:
        change_task(
            session,
            task,
            update,
            seen_version=None,
            actor=actor.as_system(),
            now=now,
            today=today,
        )


def _follow(entry: LogEntry, today: dt.date) -> str | None:
    if entry.state == "dropped":
        return "declined"
    if entry.state == "deferred":
        return "deferred" if entry.due_on and entry.due_on > today else None
    is_set_aside = entry.task is not None and entry.task.status in ("declined", "deferred")
    return "proposed" if is_set_aside else None


def _next_number(session: Session, meeting: Meeting) -> int:
    query = select(func.max(LogEntry.number)).where(LogEntry.meeting_id == meeting.id)
    return (session.scalar(query) or 0) + 1


def _agenda_item(session: Session, meeting: Meeting, label: str | None) -> AgendaItem | None:
    if not label or has_control_characters(label):
        return None
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.label == label)
    return session.scalar(query)


def _find_task(session: Session, meeting: Meeting, number: int | None) -> Task | None:
    if number is None:
        return None
    query = select(Task).where(Task.dialogue_id == meeting.dialogue_id, Task.number == number)
    return session.scalar(query)
