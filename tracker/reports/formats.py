"""The formats a report can be had in, and the one way to have it made.

A format's library is loaded when that format is first asked for, so that a server starts fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from tracker.policy.errors import InvalidInput
from tracker.reports.guard import guard
from tracker.reports.summary import Summary


@dataclass(frozen=True, slots=True)
class Format:
    """``title`` is what a person chooses from, ``extension`` has no dot."""

    name: str
    title: str
    media_type: str
    extension: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, Format] = {
    known.name: known
    for known in (
        Format("html", "Web page", "text/html; charset=utf-8", "html"),
        Format("pdf", "PDF", "application/pdf", "pdf"),
        Format("docx", "Word document", f"{_OFFICE}.wordprocessingml.document", "docx"),
        Format("xlsx", "Excel workbook", f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
        Format("csv", "CSV", "text/csv; charset=utf-8", "csv"),
        Format("json", "JSON", "application/json", "json"),
        Format("cable", "Cable text", "text/plain; charset=utf-8", "txt"),
    )
}


def render(summary: Summary, format: str) -> bytes:
    """The report as a file in one of FORMATS.

    Raises InvalidInput for a format that does not exist, with the list of those that do.
    """
    if format not in FORMATS:
        names = ", ".join(FORMATS)
        raise InvalidInput(
            f"There is no report format {format!r}. Choose one of: {names}.", "format"
        )
    module = import_module(f"tracker.reports.to_{format}")
    renderer = cast("Callable[[Summary], bytes]", getattr(module, f"render_{format}"))
    return renderer(guard(summary))


def name_file(summary: Summary, format: str) -> str:
    """What the file is called when saved: "tervania-solmark-2008-01-10-internal.pdf"."""
    extension = FORMATS[format].extension
    return f"{summary.slug}-{summary.as_of.isoformat()}-{summary.edition}.{extension}"
