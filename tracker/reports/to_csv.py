"""The tasks as a CSV file: one header line, the marking as a column, no banner.

Dates are ISO 8601 and statuses the words of the code, since programs read this.
"""

from __future__ import annotations

import csv
import io

from tracker.policy.statuses import is_overdue
from tracker.reports.summary import Summary, SummaryTask

COLUMNS = (
    "number",
    "title",
    "agenda",
    "kind",
    "responsible",
    "owners",
    "status",
    "due_on",
    "due_basis",
    "marking",
    "last_remark",
    "last_remark_on",
    "last_remark_by",
    "done_on",
    "first_due_on",
    "extension_reason",
    "is_overdue",
    "changes",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""OWASP's list for CSV injection, the full-width forms included."""


def render_csv(summary: Summary) -> bytes:
    """UTF-8 without a byte order mark, CRLF line ends (RFC 4180). Several owners or parties stand
    in one cell, separated by "; ". ``changes`` are kinds of change since the last report. The
    internal edition has a column ``passage`` besides, the shared one the ``meeting`` whose list
    has the number."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    internal = summary.edition == "internal"
    changes = _changes_by_task(summary)
    writer.writerow((*COLUMNS, "passage" if internal else "meeting"))
    for task in summary.tasks:
        cells = _list_cells(task, summary, changes.get(task.label, ""))
        writer.writerow((*cells, as_text(task.passage if internal else task.meeting)))
    return buffer.getvalue().encode()


def as_text(value: object) -> str:
    """The cell as text that no spreadsheet takes for a formula; None is an empty cell."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _changes_by_task(summary: Summary) -> dict[str, str]:
    """What changed since the last report, by task: "new", "slipped; handed_over"."""
    found: dict[str, list[str]] = {}
    for change in summary.changes.tasks if summary.changes else ():
        found.setdefault(change.label, []).append(change.kind)
    return {label: "; ".join(kinds) for label, kinds in found.items()}


def _list_cells(task: SummaryTask, summary: Summary, changes: str) -> list[str]:
    values = (
        task.number,
        task.title,
        task.agenda,
        task.kind,
        "; ".join(task.responsible),
        "; ".join(task.owners),
        task.status,
        task.due_on,
        task.due_basis,
        task.marking.short,
        task.last_remark,
        task.last_remark_on,
        task.last_remark_by,
        task.done_on,
        task.first_due_on,
        task.extension_reason,
        "yes" if is_overdue(task.status, task.due_on, summary.as_of) else "no",
        changes,
    )
    return [as_text(value) for value in values]
