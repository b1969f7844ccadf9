"""What the lines of a log leave open before a list can be drawn from them, and their marking.

Session first; no writes. The caller has asked for the meeting within a person's scope.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.extract.typed_line import unread_dates
from tracker.models import CableRecord, LogEntry, Meeting, Task
from tracker.policy.agreed_list import from_json
from tracker.policy.markings import join_markings, parse_marking
from tracker.queries.agreed_lists import find_in_state
from tracker.queries.meetings import item_numbers, log_of


def lines_to_settle(session: Session, meeting: Meeting) -> list[LogEntry]:
    """The open lines that do not say who must act, or hold a `!` that is no date, in their order.
    What both sides have agreed on already is not asked about."""
    frozen = find_in_state(session, meeting.id, "frozen")
    agreed = {item.number for item in from_json(frozen.content).items} if frozen else set()
    numbers = item_numbers(session, meeting)
    return [
        entry
        for entry in log_of(session, meeting)
        if entry.state == "open"
        and numbers.get(entry.id) not in agreed
        and (not entry.responsible or unread_dates(entry.text))
    ]


def level_of_typed(session: Session, meeting: Meeting) -> str:
    """The level that a text typed in the room has until a person sets another: the highest of the
    dialogue's cables and of the meeting's tasks and topics, since it is about the same."""
    cables = select(CableRecord.marking).where(CableRecord.dialogue_id == meeting.dialogue_id)
    tasks = select(Task.marking).where(Task.meeting_id == meeting.id)
    found = {*session.scalars(cables), *session.scalars(tasks)}
    found |= {item.marking for item in meeting.agenda}
    return join_markings(map(parse_marking, found)).level
