"""What changed between two reports: tasks new, done, slipped, handed over, put off or dropped.

Pure: how each task stood then and stands now is handed in; nothing here knows of reports.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from tracker.policy.markings import UNCLASSIFIED, Marking, parse_marking
from tracker.policy.standing import Past, Standing

ChangeKind = Literal["new", "done", "slipped", "handed_over", "reopened", "deferred", "dropped"]
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
CHANGE_WORDS = {
    "new": "New",
    "done": "Done",
    "slipped": "Slipped",
    "handed_over": "Handed over",
    "reopened": "Taken up again",
    "deferred": "Deferred",
    "dropped": "Dropped",
}


@dataclass(frozen=True, slots=True)
class Stood:
    """How a task stood on the day of a report; ``title`` is the one that the edition shows."""

    number: int
    title: str
    status: str
    due_on: dt.date | None
    owners: tuple[str, ...]
    done_on: dt.date | None = None
    marking: Marking = UNCLASSIFIED
    reference: str = ""


@dataclass(frozen=True, slots=True)
class TaskChange:
    """One thing that changed of one task. ``due_before`` and ``due_after`` are said of what
    slipped, ``owners_before`` and ``owners_after`` of what was handed over, ``on`` of what was
    done; ``reason`` is "" where none was given."""

    kind: ChangeKind
    number: int
    title: str
    marking: Marking = UNCLASSIFIED
    on: dt.date | None = None
    due_before: dt.date | None = None
    due_after: dt.date | None = None
    owners_before: tuple[str, ...] = ()
    owners_after: tuple[str, ...] = ()
    reason: str = ""
    reference: str = ""
    """As the list of tasks has it, where numbers alone do not tell tasks apart ("2.3")."""

    @property
    def label(self) -> str:
        """How people refer to the task."""
        return self.reference or str(self.number)


def stood(number: int, title: str, standing: Standing, reference: str = "") -> Stood:
    """What of a standing is compared."""
    return Stood(
        number,
        title,
        standing.status,
        standing.due_on,
        standing.owners,
        standing.done_on,
        parse_marking(standing.marking),
        reference,
    )


def stood_to_json(one: Stood) -> dict[str, Any]:
    """As JSON values."""
    return {
        "number": one.number,
        "title": one.title,
        "status": one.status,
        "marking": one.marking.short,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "done_on": one.done_on.isoformat() if one.done_on else None,
        "owners": list(one.owners),
        "reference": one.reference,
    }


def stood_from_json(stored: Mapping[str, Any]) -> Stood:
    """From what ``stood_to_json`` gave."""
    days = {
        name: dt.date.fromisoformat(stored[name]) if stored[name] else None
        for name in ("due_on", "done_on")
    }
    return Stood(
        number=stored["number"],
        title=stored["title"],
        status=stored["status"],
        owners=tuple(stored["owners"]),
        marking=parse_marking(stored["marking"]),
        reference=stored.get("reference", ""),
        **days,
    )


def compare(
    before: Mapping[int, Stood],
    after: Mapping[int, Stood],
    reasons: Mapping[int, Mapping[str, str]],
) -> tuple[TaskChange, ...]:
    """What changed, in the order of CHANGE_KINDS and then by number. Tasks go by a key of their
    own (their id), since numbers differ between editions. ``reasons`` are by key and field
    ("due_on", "owners", "status").

    A task that was not there before is new, and besides done where it is; what it was between
    the two days is not told. One that is there no more, or was declined, is dropped. Only a
    later due date of a task that is still open is a slip.
    """
    found: list[TaskChange] = []
    for key in before.keys() | after.keys():
        found.extend(_compare_one(before.get(key), after.get(key), reasons.get(key, {})))
    return tuple(sorted(found, key=lambda c: (CHANGE_KINDS.index(c.kind), c.number)))


def _compare_one(
    old: Stood | None, new: Stood | None, reasons: Mapping[str, str]
) -> Iterable[TaskChange]:
    if new is None:
        if old is not None and old.status != "declined":
            yield replace(_of("dropped", old), reason="no longer on the list")
        return
    if old is None:
        yield _of("new", new)
    if kind := _status_change(old.status if old else None, new.status):
        on = new.done_on if kind == "done" else None
        yield replace(_of(kind, new), on=on, reason=reasons.get("status", ""))
    if old is None:
        return
    if _is_slip(old, new):
        yield replace(
            _of("slipped", new),
            due_before=old.due_on,
            due_after=new.due_on,
            reason=reasons.get("due_on", ""),
        )
    if old.owners != new.owners:
        yield replace(
            _of("handed_over", new),
            owners_before=old.owners,
            owners_after=new.owners,
            reason=reasons.get("owners", ""),
        )


def _of(kind: ChangeKind, task: Stood) -> TaskChange:
    return TaskChange(kind, task.number, task.title, task.marking, reference=task.reference)


_CLOSED: dict[str, ChangeKind] = {"done": "done", "deferred": "deferred", "declined": "dropped"}


def _status_change(before: str | None, after: str) -> ChangeKind | None:
    """What a change of status is called; None for steps between open ones."""
    if before == after:
        return None
    if after in _CLOSED:
        return _CLOSED[after]
    return "reopened" if before in _CLOSED else None


def _is_slip(old: Stood, new: Stood) -> bool:
    is_closed = new.status in ("done", "declined")
    if is_closed or old.due_on is None or new.due_on is None:
        return False
    return new.due_on > old.due_on


def reasons_since(past: Iterable[Past], since: dt.date) -> dict[str, str]:
    """The reasons given after a day, by field; where a field changed more than once, each reason
    once, in their order."""
    found: dict[str, list[str]] = {}
    for entry in past:
        if entry.on > since and entry.reason:
            given = found.setdefault(entry.field, [])
            if entry.reason not in given:
                given.append(entry.reason)
    return {field: "; ".join(given) for field, given in found.items()}
