"""Tells what changed of a dialogue's tasks since an earlier day, or since the report of that day.

Nothing is written. The shared edition compares what both sides had agreed on, in its own words;
its reasons are those of amendments, which both sides read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from tracker.models import Dialogue
from tracker.policy.report_changes import (
    Stood,
    compare,
    reasons_since,
    stood_from_json,
    stood_to_json,
)
from tracker.policy.visibility import Scope
from tracker.reports.summary import Changes, Edition
from tracker.services.list_as_stood import Entry, as_agreed, by_id, list_as_stood, standing_of

_SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Since:
    """The day that changes are told from. ``stood`` is how each task stood in the report of that
    day, by its id, as ``stood_on`` gave it; None for any day, which the history tells.
    ``reference`` is how the report calls it."""

    on: dt.date
    stood: Mapping[int, Mapping[str, Any]] | None = None
    reference: str = ""


def tell_changes(
    session: Session,
    scope: Scope,
    dialogue: Dialogue,
    entries: Sequence[Entry],
    since: Since,
    edition: Edition,
) -> Changes:
    """What changed of the tasks that the edition lists, ``entries``, and of those that it lists no
    more."""
    before = _stood_then(session, scope, dialogue, entries, since, edition)
    after = {entry.task.id: entry.stood for entry in entries}
    reasons = {e.task.id: reasons_since(e.standing.past, since.on) for e in entries}
    named = {key: _named_as(stood, after.get(key)) for key, stood in before.items()}
    return Changes(since.on, compare(named, after, reasons), since.reference)


def stood_on(
    session: Session, scope: Scope, dialogue: Dialogue, as_of: dt.date
) -> dict[int, dict[str, Any]]:
    """How each task stood at the end of a day, by its id, as JSON values, and how it stood on the
    agreed list: what the next report is compared with."""
    entries = list_as_stood(session, scope, dialogue, as_of, "internal")
    agreed = by_id(as_agreed(session, dialogue, entries, as_of))
    return {
        entry.task.id: stood_to_json(entry.stood)
        | {_SHARED: stood_to_json(agreed[entry.task.id].stood) if entry.task.id in agreed else None}
        for entry in entries
    }


def _stood_then(
    session: Session,
    scope: Scope,
    dialogue: Dialogue,
    entries: Sequence[Entry],
    since: Since,
    edition: Edition,
) -> dict[int, Stood]:
    """How the tasks stood on the earlier day: as its report had them, else as the history has."""
    if since.stood is not None and edition == "internal":
        return {key: stood_from_json(stored) for key, stored in since.stood.items()}
    if since.stood is not None and all(_SHARED in stored for stored in since.stood.values()):
        shared = {key: stored[_SHARED] for key, stored in since.stood.items()}
        return {key: stood_from_json(stored) for key, stored in shared.items() if stored}
    if edition == "shared":
        earlier = list_as_stood(session, scope, dialogue, since.on, edition)
        return {entry.task.id: entry.stood for entry in earlier}
    found = {}
    for entry in entries:
        standing = standing_of([c for c in entry.past if c.effective_on <= since.on])
        if standing is not None:
            found[entry.task.id] = replace(entry, standing=standing).stood
    return found


def _named_as(before: Stood, after: Stood | None) -> Stood:
    """Under the number, title and marking that the task has now."""
    if after is None:
        return before
    return replace(
        before,
        number=after.number,
        title=after.title,
        marking=after.marking,
        reference=after.reference,
    )
