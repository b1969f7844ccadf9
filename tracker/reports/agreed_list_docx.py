"""An agreed list as a Word document to be signed: real headings and tables, marked on each page.

Looks and low-level parts are docx_parts.py's.
"""

from __future__ import annotations

import io
from typing import Any

import docx

from tracker.policy.statuses import date_in_words
from tracker.reports import docx_parts as parts
from tracker.reports.agreed_list import SignedList
from tracker.reports.guard import clean_line

_WIDTHS = (1.0, 7.2, 2.9, 3.4, 2.9)


def render_list(signed: SignedList) -> bytes:
    """An A4 document: the items, a signature block for each side, and the hash."""
    content = signed.content
    document = docx.Document()
    title = f"Agreed list, version {content.version}"
    parts.set_up_page(document, signed.marking.banner, f"{title} · SHA-256 {signed.sha256[:16]}…")
    parts.set_up_styles(document)
    _set_properties(document, signed, title)
    document.add_paragraph(_clean(content.dialogue), style="Report aside")
    document.add_heading(title, level=1)
    document.add_paragraph(
        f"{signed.meeting_words} · {_clean(' and '.join(content.parties))}", style="Report aside"
    )
    document.add_paragraph(signed.state_words, style="Report lead")
    _add_items(document, signed)
    _add_signatures(document, signed)
    _add_annex(document, signed)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_properties(document: Any, signed: SignedList, title: str) -> None:
    properties = document.core_properties
    properties.title = f"{title}: {_clean(signed.content.dialogue)}"[:255]
    properties.category = signed.marking.banner[:255]
    properties.language = "en"
    properties.author = properties.comments = ""
    properties.created = properties.modified = signed.made_at.replace(tzinfo=None)


def _add_items(document: Any, signed: SignedList) -> None:
    rows: list[list[parts.Cell]] = [
        [
            [parts.Run(str(item.number), "bold")],
            [
                parts.Run(_clean(item.text)),
                *(
                    [parts.Run(f"Agenda item {_clean(item.agenda)}", "aside", True)]
                    if item.agenda
                    else []
                ),
            ],
            _clean(", ".join(item.responsible)) or "not said",
            _clean(", ".join(item.owners)) or "to be named",
            date_in_words(item.due_on),
        ]
        for item in signed.content.items
    ]
    names = ("No.", "What was agreed", "Must act", "Owner", "Due")
    parts.add_table(document, names, _WIDTHS, rows)


def _add_signatures(document: Any, signed: SignedList) -> None:
    document.add_heading("Approval", level=2)
    document.add_paragraph("Each side approves exactly this text, identified by the hash below.")
    for signature in signed.signatures:
        document.add_paragraph().add_run(f"For {_clean(signature.party)}").bold = True
        if signature.words:
            document.add_paragraph(_clean(signature.words))
        document.add_paragraph("\n" + "_" * 44)
        document.add_paragraph("Name, date, signature", style="Report aside")
    document.add_paragraph("SHA-256 of the list in canonical JSON (RFC 8785)", style="Report aside")
    document.add_paragraph(signed.sha256)


def _add_annex(document: Any, signed: SignedList) -> None:
    if not signed.annex:
        return
    document.add_heading("Annex: our own tasks behind these items", level=2)
    rows: list[list[parts.Cell]] = [
        [str(a.number), str(a.task), parts.mark(f"({a.marking})", _clean(a.title))]
        for a in signed.annex
    ]
    parts.add_table(document, ("Item", "Task", "Title"), (1.6, 1.8, 14.0), rows)


def _clean(text: str) -> str:
    return clean_line(text) or ""
