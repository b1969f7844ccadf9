"""An agreed list as it is printed and exported: what was approved, by whom, and the hash of it.

Plain values and the two formats that programs read; PDF and Word stand in files of their own. No
database.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from tracker.policy.agreed_list import AgreedContent, to_json
from tracker.policy.errors import NotFound
from tracker.policy.markings import Marking, join_markings, parse_marking
from tracker.policy.statuses import date_in_words, days_in_words
from tracker.reports.to_csv import as_text

_OFFICE = "application/vnd.openxmlformats-officedocument"
LIST_FORMATS = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
LIST_FORMAT_WORDS = {"pdf": "PDF", "docx": "Word", "csv": "CSV", "json": "JSON with hash"}


@dataclass(frozen=True, slots=True)
class Signature:
    """One party's approval of the version, or the empty block for it: ``on`` is None then."""

    party: str
    by: str = ""
    on: dt.date | None = None
    how: str = ""
    sha256: str = ""

    @property
    def words(self) -> str:
        """ "Approved by Edda Holt on 12 July 2007, signed in with password"; "" for none yet."""
        if self.on is None:
            return ""
        return f"Approved by {self.by} on {date_in_words(self.on)}, {self.how}"


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """Our own task behind an item, for the internal edition."""

    number: int
    task: int
    title: str
    marking: str


@dataclass(frozen=True, slots=True)
class SignedList:
    """A version with its signatures. ``annex`` is empty in the shared edition."""

    content: AgreedContent
    sha256: str
    state: str
    signatures: tuple[Signature, ...]
    made_at: dt.datetime
    annex: tuple[AnnexLine, ...] = ()

    @property
    def marking(self) -> Marking:
        """The join of all it shows."""
        return join_markings(
            parse_marking(text)
            for text in (self.content.marking, *(line.marking for line in self.annex))
        )

    @property
    def state_words(self) -> str:
        """How it stands, in a sentence."""
        days = [s.on for s in self.signatures if s.on is not None]
        if self.state == "draft":
            return "Draft: not offered to the other side yet."
        if self.state == "offered":
            return "On offer: not approved by both sides yet."
        if self.state == "frozen":
            return f"Approved by both sides on {date_in_words(max(days))}."
        return "Replaced by a later version."

    @property
    def meeting_words(self) -> str:
        """ "Meeting 1, 9–10 July 2007"."""
        content = self.content
        if content.starts_on is None or content.ends_on is None:
            return f"Meeting {content.meeting}"
        return f"Meeting {content.meeting}, {days_in_words(content.starts_on, content.ends_on)}"


def render_list(signed: SignedList, format_: str) -> bytes:
    """The list as a file in one of LIST_FORMATS; raises NotFound for another."""
    if format_ == "csv":
        return render_list_csv(signed)
    if format_ == "json":
        return render_list_json(signed)
    if format_ not in LIST_FORMATS:
        raise NotFound(f"There is no such format. Choose one of: {', '.join(LIST_FORMATS)}.")
    module = import_module(f"tracker.reports.agreed_list_{format_}")
    return cast("Callable[[SignedList], bytes]", module.render_list)(signed)


def render_list_json(signed: SignedList) -> bytes:
    """What ``python -m tracker list verify`` reads: the list as it is hashed, its hash, and the
    approvals. The internal annex is never in it."""
    exported: dict[str, Any] = {
        "list": to_json(signed.content),
        "sha256": signed.sha256,
        "state": signed.state,
        "approvals": [
            {
                "party": signature.party,
                "by": signature.by,
                "on": signature.on.isoformat(),
                "how": signature.how,
                "sha256": signature.sha256,
            }
            for signature in signed.signatures
            if signature.on is not None
        ],
    }
    return (json.dumps(exported, ensure_ascii=False, indent=2) + "\n").encode()


def render_list_csv(signed: SignedList) -> bytes:
    """UTF-8, CRLF (RFC 4180), one line an item; no cell is taken for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(("number", "text", "agenda", "responsible", "owners", "due_on", "marking"))
    for item in signed.content.items:
        cells = (
            item.number,
            item.text,
            item.agenda,
            "; ".join(item.responsible),
            "; ".join(item.owners),
            item.due_on,
            signed.content.marking,
        )
        writer.writerow([as_text(cell) for cell in cells])
    return buffer.getvalue().encode()
