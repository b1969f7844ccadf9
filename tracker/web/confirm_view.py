"""What the confirmation page shows: the header as a list, and each doubt with its passages.

Pure functions over what was understood; the questions themselves are forms/cables.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.extract import Extraction
from tracker.models import CableRecord, Dialogue
from tracker.policy.markings import parse_marking
from tracker.policy.statuses import date_in_words, days_in_words
from tracker.services.import_cable import FILE_WARNINGS
from tracker.services.understand_cable import Understanding, is_marking_open
from tracker.web.source_text import Excerpt, excerpt


@dataclass(frozen=True, slots=True)
class DateChoice:
    """One pair of days that the text gives: the value of its radio button, in words, and where
    the text says so."""

    value: str
    words: str
    passages: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning of the reader with its place, None where it has none."""

    message: str
    place: Excerpt | None


def date_choices(understood: Understanding) -> list[DateChoice]:
    """Each different pair of days in the order of the text's weight, with all its passages."""
    text = understood.cable.masked
    return [
        DateChoice(
            value=f"{starts_on.isoformat()}/{ends_on.isoformat()}",
            words=days_in_words(starts_on, ends_on),
            passages=tuple(excerpt(text, statement.span) for statement in statements),
        )
        for (starts_on, ends_on), statements in understood.dates.items()
    ]


def marking_shown(cable: CableRecord) -> dict[str, Any]:
    """What a page that shows the cable passes to its frame: the marking, or that it is open."""
    return {
        "marking": parse_marking(cable.marking),
        "is_marking_open": is_marking_open(cable),
    }


def follow_up_passage(understood: Understanding) -> Excerpt | None:
    """Where the text states its follow-up period; None where it states none."""
    span = understood.extraction.meeting.follow_up_span
    return excerpt(understood.cable.masked, span) if span else None


def header_facts(understood: Understanding) -> list[tuple[str, str]]:
    """The header as (what, words); what the text does not state is left out."""
    header = understood.cable.header
    sent = header.date_time_group
    pairs = [
        ("Reference", header.reference_id),
        ("From", header.origin),
        ("To", ", ".join(header.addressees_action)),
        ("Copies to", ", ".join(header.addressees_info)),
        ("Sent", f"{date_in_words(sent.date())}, {sent:%H:%M} UTC" if sent else ""),
        ("Precedence", (header.precedence or "").capitalize()),
        ("Classification", header.classification),
        ("Captions", ", ".join(header.captions)),
        ("Classified by", header.classified_by),
        ("Declassify on", date_in_words(header.declassify_on) if header.declassify_on else ""),
        ("Tags", ", ".join(header.tags)),
        ("References", ", ".join(f"{k}: {v}" for k, v in header.references.items())),
        ("Signed by", header.signed_by),
    ]
    return [(name, words) for name, words in pairs if words]


def notices(cable: CableRecord, understood: Understanding, today: dt.date) -> list[Notice]:
    """What was noticed about the file, that items are late already, then the reader's warnings
    with their places. Conflicting dates are left out: they are asked."""
    text = understood.cable.masked
    about_file = [Notice(words, None) for words in cable.reading.get(FILE_WARNINGS, [])]
    about_file += [Notice(words, None) for words in late_at_once(understood.extraction, today)]
    return about_file + [
        Notice(warning.message, excerpt(text, warning.span, 40) if warning.span else None)
        for warning in understood.extraction.warnings
        if warning.code != "conflicting_meeting_dates"
    ]


def late_at_once(extraction: Extraction, today: dt.date) -> list[str]:
    """That likely items fall due before today, and what that comes to; nothing where none does."""
    likely = [item for item in extraction.items if item.tier == "likely"]
    past = [item.due_on for item in likely if item.due_on is not None and item.due_on < today]
    if not past:
        return []
    which = f"{'All' if len(past) == len(likely) else len(past)} likely items fall"
    if len(past) == 1:
        which = "One likely item falls"
    return [
        f"{which} due before today, the last on {date_in_words(max(past))}. What is accepted so is "
        "late at once, and its owners are told. Reject what is settled, or set new dates for many "
        "at once in the review."
    ]


def suggested_dialogue(dialogues: Sequence[Dialogue], extraction: Extraction) -> Dialogue | None:
    """The one dialogue between the parties of the cable; None where none or several fit."""
    wanted = {party.name.casefold() for party in extraction.parties}
    fitting = [
        dialogue
        for dialogue in dialogues
        if not dialogue.is_sample
        and {entry.party.name.casefold() for entry in dialogue.parties} == wanted
    ]
    return fitting[0] if len(fitting) == 1 else None


def suggested_sides(names: Sequence[str], own: str | None) -> tuple[str, str]:
    """Own and other side: ``own`` is what the directory says of the person who is signed in,
    which is better known than what the text suggests."""
    first = own or (names[0] if names else "")
    others = [name for name in names if name.casefold() != first.casefold()]
    return first, others[0] if others else ""
