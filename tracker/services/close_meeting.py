"""Closes a meeting, saying what is still open, and starts the next one of the series with it.

Nothing is finished by closing: what is open stays open and is followed up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.models import AgreedList, Amendment, LogEntry, Meeting, Party, Task
from tracker.policy.errors import Conflict
from tracker.policy.statuses import is_open
from tracker.policy.visibility import Actor
from tracker.queries.agreed_lists import amendments_of, find_in_state, parties_without_approval
from tracker.queries.meetings import carried_into, item_numbers, log_of, tasks_of_meeting
from tracker.services.prepare_meeting import add_meeting, require_preparer


@dataclass(frozen=True, slots=True)
class OpenEnds:
    """What a meeting leaves open. ``unlisted`` are agreed lines of the log that stand on no list,
    ``waiting`` is the version on offer and ``missing`` whose approval it lacks."""

    tasks: Sequence[Task]
    unlisted: Sequence[LogEntry]
    draft: AgreedList | None
    waiting: AgreedList | None
    missing: Sequence[Party]
    amendments: Sequence[Amendment]
    is_agreed: bool

    @property
    def is_nothing(self) -> bool:
        """Whether all is done."""
        return not (self.tasks or self.unlisted or self.draft or self.waiting or self.amendments)


def find_open_ends(session: Session, meeting: Meeting) -> OpenEnds:
    """What is still open of a meeting, its carried tasks included."""
    waiting = find_in_state(session, meeting.id, "offered")
    listed = item_numbers(session, meeting)
    own = tasks_of_meeting(session, meeting)
    carried = [entry.task for entry in carried_into(session, meeting)]
    tasks = {task.id: task for task in [*own, *carried] if is_open(task.status)}
    return OpenEnds(
        tasks=sorted(tasks.values(), key=lambda task: task.number),
        unlisted=[e for e in log_of(session, meeting) if e.state == "open" and e.id not in listed],
        draft=find_in_state(session, meeting.id, "draft"),
        waiting=waiting,
        missing=parties_without_approval(session, waiting) if waiting else (),
        amendments=[a for a in amendments_of(session, meeting.id) if a.state == "proposed"],
        is_agreed=find_in_state(session, meeting.id, "frozen") is not None,
    )


def close_meeting(
    session: Session, meeting: Meeting, *, with_next: bool, actor: Actor, now: dt.datetime
) -> Meeting | None:
    """Closes the meeting; with ``with_next`` makes the next one of the series, with its agenda
    and all that is open, and returns it. Raises NotAllowed, or Conflict where it is closed."""
    require_preparer(meeting.dialogue_id, actor)
    session.refresh(meeting)
    if meeting.closed_at is not None:
        raise Conflict("This meeting has been closed already.")
    meeting.closed_at = now
    session.flush()
    return add_meeting(session, meeting.dialogue, actor=actor) if with_next else None


def reopen_meeting(session: Session, meeting: Meeting, *, actor: Actor) -> None:
    """Takes the closing back."""
    require_preparer(meeting.dialogue_id, actor)
    meeting.closed_at = None
    session.flush()
