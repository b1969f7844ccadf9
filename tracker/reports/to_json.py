"""The report as one JSON object, for scripts; its keys are promised in the design.

No words for people beyond the standing; dates are ISO 8601, markings in their short form.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tracker.policy.ratings import Rating
from tracker.reports.narrative import draft_changes, draft_standing
from tracker.reports.summary import Changes, Summary, SummaryTask


def render_json(summary: Summary) -> bytes:
    """UTF-8, indented. ``overdue`` and ``due_soon`` are task numbers; ``passage`` is there in the
    internal edition only."""
    report: dict[str, Any] = {
        "dialogue": summary.dialogue,
        "slug": summary.slug,
        "parties": summary.parties,
        "meeting": summary.meeting,
        "as_of": summary.as_of.isoformat(),
        "edition": summary.edition,
        "marking": summary.marking.short,
        "is_sample": summary.is_sample,
        "generated_at": summary.generated_at.isoformat(),
        "standing": draft_standing(summary),
        "totals": summary.totals,
        "agenda": [
            {
                "label": item.label,
                "title": item.title,
                "totals": item.totals,
                "rating": _describe_rating(item.rating),
                "narrative": item.narrative,
            }
            for item in summary.agenda
        ],
        "rating": _describe_rating(summary.rating),
        "narrative": summary.narrative,
        "decisions": summary.decisions,
        "remarks": [{"party": said.party, "text": said.text} for said in summary.remarks],
        "next_dates": [{"on": day.isoformat(), "what": words} for day, words in summary.next_dates],
        "changes": _describe_changes(summary.changes),
        "overdue": [task.reference or task.number for task in summary.overdue],
        "due_soon": [task.reference or task.number for task in summary.due_soon],
        "tasks": [_describe_task(task, summary) for task in summary.tasks],
        "trend": [
            {"on": p.on.isoformat(), "open": p.open, "done": p.done, "due": p.due}
            for p in summary.trend
        ],
    }
    if summary.edition == "internal":
        report |= {"sources": summary.sources, "tags": summary.tags}
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def _describe_rating(rating: Rating | None) -> dict[str, Any] | None:
    """``computed`` differs from ``level`` where a person set another one."""
    if rating is None:
        return None
    return {"level": rating.level, "reason": rating.reason, "computed": rating.computed}


def _describe_changes(changes: Changes | None) -> dict[str, Any] | None:
    """None where none are told; ``tasks`` has a task once a kind of change."""
    if changes is None:
        return None
    return {
        "since": changes.since.isoformat(),
        "reference": changes.reference,
        "sentence": draft_changes(changes),
        "tasks": [
            {
                "kind": change.kind,
                "number": change.number,
                "reference": change.label,
                "title": change.title,
                "marking": change.marking.short,
                "on": _iso(change.on),
                "due_before": _iso(change.due_before),
                "due_after": _iso(change.due_after),
                "owners_before": change.owners_before,
                "owners_after": change.owners_after,
                "reason": change.reason,
            }
            for change in changes.tasks
        ],
    }


def _describe_task(task: SummaryTask, summary: Summary) -> dict[str, Any]:
    described: dict[str, Any] = {
        "number": task.number,
        "reference": task.label,
        "title": task.title,
        "agenda": task.agenda,
        "kind": task.kind or None,
        "responsible": task.responsible,
        "owners": task.owners,
        "status": task.status,
        "due_on": _iso(task.due_on),
        "due_basis": task.due_basis,
        "first_due_on": _iso(task.first_due_on),
        "extension_reason": task.extension_reason,
        "done_on": _iso(task.done_on),
        "marking": task.marking.short,
        "last_remark": task.last_remark,
        "last_remark_on": _iso(task.last_remark_on),
        "last_remark_by": task.last_remark_by,
    }
    if summary.edition == "internal":
        described |= {"passage": task.passage, "url": task.url}
    else:
        described |= {"meeting": task.meeting}
    return described


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
