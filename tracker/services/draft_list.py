"""Draws the agreed list from the log, and offers it to the other side, who sees nothing before.

A draft is redrawn in place, so that the numbers of versions tell nothing; what was offered once
never changes again. Approving is approve_list, changing a frozen list amend_list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import AgreedList, ListItem, LogEntry, Meeting
from tracker.policy.agreed_list import (
    AgreedContent,
    AgreedItem,
    agreed_name_of,
    agreed_text_of,
    from_json,
    hash_of,
    to_json,
)
from tracker.policy.deadlines import default_due_on
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.visibility import Actor
from tracker.queries.agreed_lists import find_in_state, items_of
from tracker.queries.lines import level_of_typed, lines_to_settle
from tracker.queries.meetings import log_of


def draft_list(session: Session, meeting: Meeting, *, actor: Actor, now: dt.datetime) -> AgreedList:
    """The draft of the meeting's list as the log now stands: its open lines in their order, after
    what is frozen already. Numbers that the other side knows stay.

    Raises NotAllowed, and InvalidInput for an empty log, one that says nothing new, or a line that
    cannot be shared as it is, or leaves open who must act or when (``lines_to_settle``).
    """
    require_editor(meeting, actor)
    hold(session, meeting)
    _require_settled(session, meeting)
    entries = [entry for entry in log_of(session, meeting) if entry.state == "open"]
    frozen = _frozen_or_amended(session, meeting)
    kept = from_json(frozen.content).items if frozen else ()
    _renumber(session, meeting, entries)
    numbers = {i.log_entry_id: i.number for i in items_of(session, meeting.id).values()}
    frozen_numbers = {item.number for item in kept}
    items = [*kept, *(_item(e, numbers[e.id]) for e in entries
                      if numbers[e.id] not in frozen_numbers)]  # fmt: skip
    if not items:
        raise InvalidInput("The log has no agreed line yet. Write one, then draw up the list.")
    if frozen is not None and tuple(items) == kept:
        raise InvalidInput(f"Nothing new stands in the log since version {frozen.number}.")
    is_typed = any(e.task is None and numbers[e.id] not in frozen_numbers for e in entries)
    typed = [level_of_typed(session, meeting)] if is_typed else []
    marking = _marking(entries, frozen, typed)
    return store_version(session, meeting, items, marking, actor=actor, now=now)


def store_version(
    session: Session,
    meeting: Meeting,
    items: Iterable[AgreedItem],
    marking: str,
    *,
    actor: Actor,
    now: dt.datetime,
    reason: str = "",
) -> AgreedList:
    """Writes the meeting's draft, the one there is or a new one with the next number."""
    draft = find_in_state(session, meeting.id, "draft")
    if draft is None:
        draft = AgreedList(
            meeting_id=meeting.id,
            meeting=meeting,
            number=_next_version(session, meeting),
            state="draft",
        )
    draft.marking, draft.reason = marking, reason
    draft.drafted_at, draft.drafted_by = now, actor.name
    _fill(draft, meeting, sorted(items, key=lambda item: item.number))
    session.add(draft)
    session.flush()
    return draft


def offer_list(
    session: Session, version: AgreedList, marking: str, *, actor: Actor, now: dt.datetime
) -> None:
    """Shows the draft to both sides and asks for their approval; ``marking`` is what a person
    gives its texts at sharing, higher or lower than the sources'.

    An earlier offer that was not frozen is withdrawn by it, with the approvals it had. Raises
    NotAllowed, InvalidInput, or Conflict where it is no draft any more.
    """
    require_editor(version.meeting, actor)
    hold(session, version.meeting)
    session.refresh(version)
    if version.state != "draft":
        raise Conflict("This version has been offered already, and no longer changes.")
    before = find_in_state(session, version.meeting_id, "offered")
    if before is not None:
        before.state = "superseded"
    content = from_json(version.content)
    _require_same_meeting(version.meeting, content)
    version.marking = parse_marking(marking).short
    _fill(version, version.meeting, content.items)
    version.state, version.offered_at = "offered", now
    for item in items_of(session, version.meeting_id).values():
        item.is_shared = True
    session.flush()


def discard_draft(session: Session, version: AgreedList, *, actor: Actor) -> None:
    """Takes back a draft that was never offered; its numbers are free again."""
    require_editor(version.meeting, actor)
    hold(session, version.meeting)
    session.refresh(version)
    if version.state != "draft":
        raise Conflict("This version has been offered already; it can only be replaced.")
    session.delete(version)
    for item in items_of(session, version.meeting_id).values():
        if not item.is_shared:
            session.delete(item)
    session.flush()


def require_editor(meeting: Meeting, actor: Actor) -> None:
    """Raises NotAllowed for whoever does not edit the dialogue."""
    if not actor.scope.may_edit(meeting.dialogue_id):
        raise NotAllowed("Only an editor or lead of the dialogue draws up and offers its list.")


def hold(session: Session, meeting: Meeting) -> None:
    """Lets one person at a time work on a meeting's list, until their transaction ends."""
    session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())


def _frozen_or_amended(session: Session, meeting: Meeting) -> AgreedList | None:
    """The frozen version, or the amended one on offer that is to follow it."""
    frozen = find_in_state(session, meeting.id, "frozen")
    return (find_in_state(session, meeting.id, "offered") or frozen) if frozen else None


def _renumber(session: Session, meeting: Meeting, entries: Sequence[LogEntry]) -> None:
    """Gives the lines numbers of the list: those that were never shared are given anew, so that
    a line dropped from a draft leaves no gap."""
    known = items_of(session, meeting.id)
    for item in known.values():
        if not item.is_shared:
            session.delete(item)
    session.flush()
    shared = {item.log_entry_id: item for item in known.values() if item.is_shared}
    number = max((item.number for item in shared.values()), default=0)
    taken = {item.task_id for item in shared.values()}
    for entry in entries:
        if entry.id in shared:
            continue
        number += 1
        # One task is one item: a second line about it becomes a task of its own.
        task_id = entry.task_id if entry.task_id not in taken else None
        taken.add(task_id)
        session.add(
            ListItem(
                meeting_id=meeting.id,
                number=number,
                is_shared=False,
                log_entry_id=entry.id,
                task_id=task_id,
            )
        )
    session.flush()


def _item(entry: LogEntry, number: int) -> AgreedItem:
    try:
        text = agreed_text_of(entry.text)
        owners = tuple(dict.fromkeys(agreed_name_of(owner) for owner in entry.owners))
    except InvalidInput as error:
        raise InvalidInput(f"Line {entry.number} of the log cannot be shared: {error}") from error
    return AgreedItem(
        number=number,
        text=text,
        responsible=tuple(entry.responsible),
        owners=owners,
        due_on=_due_on(entry),
        agenda=entry.agenda_item.label if entry.agenda_item else None,
    )


def _require_settled(session: Session, meeting: Meeting) -> None:
    """Neither a side nor a date is put into the mouth of those who were in the room."""
    open_lines = lines_to_settle(session, meeting)
    if open_lines:
        numbers = ", ".join(str(entry.number) for entry in open_lines)
        raise InvalidInput(
            f"The log leaves open who must act, or by when, in line {numbers}. Say it first."
        )


def _due_on(entry: LogEntry) -> dt.date | None:
    """As was said in the room, else as the objective has it, else by the follow-up period."""
    meeting = entry.meeting
    stated = entry.due_on or (entry.task.due_on if entry.task else None)
    return stated or default_due_on(meeting.ends_on, None, meeting.dialogue.follow_up_months)


def _marking(entries: Sequence[LogEntry], frozen: AgreedList | None, typed: Sequence[str]) -> str:
    """The sources' until a person sets another at sharing, that of a shared text the one which it
    was shared with; a frozen list keeps the one it has. ``typed`` is what texts without a source
    are presumed to have."""
    tasks = [entry.task for entry in entries if entry.task is not None]
    sources = [
        (task.agreed_marking if task.agreed_text else None) or task.marking for task in tasks
    ]
    kept = [frozen.marking] if frozen else []
    return join_markings(map(parse_marking, [*sources, *kept, *typed])).short


def _require_same_meeting(meeting: Meeting, content: AgreedContent) -> None:
    """Both sides approve what the editor has read, and not what was changed since."""
    parties = tuple(entry.party.name for entry in meeting.dialogue.parties)
    now = (meeting.dialogue.name, parties, meeting.starts_on, meeting.ends_on)
    if now != (content.dialogue, content.parties, content.starts_on, content.ends_on):
        raise Conflict(
            "The meeting's days, or the dialogue's name or parties, have changed since this "
            "version was drawn up. Draw it up again, and offer what it says then."
        )


def _fill(version: AgreedList, meeting: Meeting, items: Sequence[AgreedItem]) -> None:
    content = AgreedContent(
        dialogue=meeting.dialogue.name,
        parties=tuple(entry.party.name for entry in meeting.dialogue.parties),
        meeting=meeting.number,
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        version=version.number,
        marking=version.marking,
        items=tuple(items),
    )
    version.content = to_json(content)
    version.sha256 = hash_of(version.content)


def _next_version(session: Session, meeting: Meeting) -> int:
    query = select(func.max(AgreedList.number)).where(AgreedList.meeting_id == meeting.id)
    return (session.scalar(query) or 0) + 1
