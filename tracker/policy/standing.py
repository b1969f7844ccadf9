"""Rebuilds how a task stood on a day from the changes of its history, and counts over time.

Pure: changes are handed in as plain data, oldest first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.policy.statuses import is_open

MOST_POINTS = 27
"""Points of a trend: half a year by weeks, or as many longer steps."""


@dataclass(frozen=True, slots=True)
class PastChange:
    """A change as the history keeps it: field, JSON value after it, the day it counts from, why."""

    field: str
    after: Any
    effective_on: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """That a field ("status", "due_on", "owners") changed on a day, and why."""

    on: dt.date
    field: str
    reason: str


@dataclass(slots=True)
class Standing:
    """How one task stood. ``statuses`` are the days from which each status held,
    ``due_dates`` those from which each due date held, and ``past`` what changed and why."""

    title: str = ""
    text: str = ""
    kind: str = "action"
    status: str = "proposed"
    due_on: dt.date | None = None
    due_basis: str = "default"
    first_due_on: dt.date | None = None
    extension_reason: str | None = None
    done_on: dt.date | None = None
    responsible: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    marking: str = "U"
    statuses: list[tuple[dt.date, str]] = field(default_factory=list)
    due_dates: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)
    past: list[Past] = field(default_factory=list)


def standing_after(changes: Iterable[PastChange]) -> Standing | None:
    """The standing after these changes; None where the task was not there yet."""
    standing: Standing | None = None
    for change in changes:
        if change.field == "created":
            standing = _first(change)
        elif standing is not None:
            _apply(standing, change)
    return standing


def _first(change: PastChange) -> Standing:
    values = change.after
    due_on = _date(values.get("due_on"))
    standing = Standing(
        title=values["title"],
        text=values.get("text", ""),
        kind=values["kind"],
        due_on=due_on,
        due_basis=values.get("due_basis", "default"),
        first_due_on=due_on,
        responsible=tuple(values.get("responsible", ())),
        owners=tuple(values.get("owners", ())),
        marking=values.get("marking", "U"),
    )
    standing.due_dates.append((change.effective_on, due_on))
    _set_status(standing, values["status"], change.effective_on)
    return standing


def _apply(standing: Standing, change: PastChange) -> None:
    if change.reason:
        standing.past.append(Past(change.effective_on, change.field, change.reason))
    if change.field == "status":
        status = change.after["status"] if isinstance(change.after, dict) else change.after
        _set_status(standing, status, change.effective_on)
    elif change.field == "due_on":
        standing.due_on = _date(change.after["due_on"])
        standing.due_basis = change.after["basis"]
        standing.extension_reason = change.reason or None
        standing.due_dates.append((change.effective_on, standing.due_on))
    elif change.field in ("owners", "responsible"):
        setattr(standing, change.field, tuple(change.after))
    elif change.field in ("title", "text", "kind", "marking"):
        setattr(standing, change.field, change.after)


def _set_status(standing: Standing, status: str, on: dt.date) -> None:
    standing.status = status
    standing.done_on = on if status == "done" else None
    standing.statuses.append((on, status))


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Count:
    """Tasks at the end of a day: open, done, and those whose due date had come by then."""

    on: dt.date
    open: int
    done: int
    due: int


def trend(standings: Sequence[Standing], as_of: dt.date) -> list[Count]:
    """Counts from the first task to ``as_of``, by weeks or, where that gives more than 27
    points, by longer equal steps; the last point is ``as_of`` itself. Empty without tasks."""
    starts = [s.statuses[0][0] for s in standings if s.statuses]
    if not starts or min(starts) > as_of:
        return []
    first = min(starts)
    step = max(7, -(-(as_of - first).days // (MOST_POINTS - 1)))
    days = [as_of - dt.timedelta(days=step * n) for n in range(MOST_POINTS)]
    return [_count(standings, day) for day in reversed(days) if day >= first]


def _count(standings: Sequence[Standing], day: dt.date) -> Count:
    open_, done, due = 0, 0, 0
    for standing in standings:
        status = _value_on(standing.statuses, day)
        if status is None:
            continue
        open_ += is_open(status)
        done += status == "done"
        due_on = _value_on(standing.due_dates, day)
        due += due_on is not None and due_on <= day
    return Count(day, open_, done, due)


def _value_on(entries: Sequence[tuple[dt.date, Any]], day: dt.date) -> Any:
    held = None
    for since, value in entries:
        if since > day:
            break
        held = value
    return held
