"""A Summary as JSON values and back without loss: how a frozen report is kept and hashed.

Not the report format for scripts (to_json.py): nothing is worded here, and nothing left out.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from tracker.policy.markings import Marking
from tracker.policy.ratings import Rating
from tracker.policy.report_changes import TaskChange
from tracker.reports.summary import (
    Changes,
    SideRemark,
    Summary,
    SummaryAgendaItem,
    SummaryTask,
    TrendPoint,
)

FORMAT = "status-report/1"


def to_stored(summary: Summary) -> dict[str, Any]:
    """The Summary as JSON values: days and instants in ISO 8601, no fractions, fit for
    policy.agreed_list.canonical_json."""
    stored: dict[str, Any] = _store(summary)
    return {"format": FORMAT, **stored}


def from_stored(stored: Mapping[str, Any]) -> Summary:
    """The Summary again, equal to what ``to_stored`` was given."""
    values = {name: stored[name] for name in _names(Summary) if name in stored}
    return Summary(
        **values
        | {
            "parties": tuple(stored["parties"]),
            "as_of": dt.date.fromisoformat(stored["as_of"]),
            "marking": _marking(stored["marking"]),
            "agenda": tuple(_agenda_item(item) for item in stored["agenda"]),
            "tasks": tuple(_task(task) for task in stored["tasks"]),
            "generated_at": dt.datetime.fromisoformat(stored["generated_at"]),
            "trend": tuple(TrendPoint(**p | {"on": _day(p["on"])}) for p in stored["trend"]),
            "sources": tuple(stored["sources"]),
            "tags": tuple(stored["tags"]),
            "rating": _rating(stored["rating"]),
            "decisions": tuple(stored["decisions"]),
            "remarks": tuple(SideRemark(**remark) for remark in stored["remarks"]),
            "changes": _changes(stored["changes"]),
            "next_dates": tuple((_day(day), words) for day, words in stored["next_dates"]),
        }
    )


def _store(value: Any) -> Any:
    if isinstance(value, Marking):
        return {
            "level": value.level,
            "caveats": sorted(value.caveats),
            "rel_to": None if value.rel_to is None else sorted(value.rel_to),
        }
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _store(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _store(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_store(entry) for entry in value]
    return value


def _names(kind: type) -> list[str]:
    return [f.name for f in dataclasses.fields(kind)]


def _marking(stored: Mapping[str, Any]) -> Marking:
    rel_to = stored["rel_to"]
    return Marking(
        stored["level"],
        frozenset(stored["caveats"]),
        None if rel_to is None else frozenset(rel_to),
    )


def _rating(stored: Mapping[str, Any] | None) -> Rating | None:
    return None if stored is None else Rating(**stored)


def _agenda_item(stored: Mapping[str, Any]) -> SummaryAgendaItem:
    return SummaryAgendaItem(**{**stored, "rating": _rating(stored["rating"])})


def _task(stored: Mapping[str, Any]) -> SummaryTask:
    days = ("due_on", "last_remark_on", "done_on", "first_due_on")
    return SummaryTask(
        **{
            **stored,
            "responsible": tuple(stored["responsible"]),
            "owners": tuple(stored["owners"]),
            "marking": _marking(stored["marking"]),
            **{name: _day(stored[name]) for name in days},
        }
    )


def _changes(stored: Mapping[str, Any] | None) -> Changes | None:
    if stored is None:
        return None
    tasks = tuple(_change(change) for change in stored["tasks"])
    return Changes(dt.date.fromisoformat(stored["since"]), tasks, stored["reference"])


def _change(stored: Mapping[str, Any]) -> TaskChange:
    return TaskChange(
        **{
            **stored,
            "marking": _marking(stored["marking"]),
            "owners_before": tuple(stored["owners_before"]),
            "owners_after": tuple(stored["owners_after"]),
            **{name: _day(stored[name]) for name in ("on", "due_before", "due_after")},
        }
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
