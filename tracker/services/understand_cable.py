"""Reads a stored cable again to show what was understood of it; nothing is written.

Imports and confirmations keep their reading with the record; this is for pages that ask questions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.cable import Cable, Span, parse_cable
from tracker.extract import DEFAULT, Extraction, Lexicon, extract, from_json
from tracker.extract.model import MeetingDates, Sentence
from tracker.models import CableRecord
from tracker.policy.markings import join_markings, parse_marking


@dataclass(frozen=True, slots=True)
class Understanding:
    """A cable as read, and all that was drawn from it."""

    cable: Cable
    extraction: Extraction

    @property
    def dates(self) -> dict[tuple[dt.date, dt.date], list[MeetingDates]]:
        """Each different pair of days that the text gives for the meeting, with its passages. More
        than one is a conflict that only a person can settle."""
        found: dict[tuple[dt.date, dt.date], list[MeetingDates]] = {}
        for statement in self.extraction.meeting.statements:
            found.setdefault((statement.starts_on, statement.ends_on), []).append(statement)
        return found

    @property
    def is_marked(self) -> bool:
        """Whether the text itself states its classification."""
        return self.cable.header.classification is not None


def is_marking_open(record: CableRecord) -> bool:
    """Whether a person has still to say how the whole is marked, and no part of it says more than
    UNCLASSIFIED. Until then nobody may take it for that."""
    is_stated = record.reading["document"]["classification"] is not None
    return (
        record.dialogue_id is None and not is_stated and parse_marking(record.marking).level == "U"
    )


def understand(record: CableRecord, *, lexicon: Lexicon = DEFAULT) -> Understanding:
    """What was understood of a stored cable. Years that the text leaves out count from the day of
    its import, so that it reads the same on every later day."""
    cable = parse_cable(record.text)
    today = record.imported_at.date()
    return Understanding(cable, extract(cable, today=today, lexicon=lexicon))


def recall(record: CableRecord) -> Understanding:
    """What was understood of a stored cable when it was imported, from the reading kept with it;
    nothing is drawn from the text anew."""
    cable = parse_cable(record.text)
    return Understanding(cable, from_json(record.reading, cable.header))


def readable_text(record: CableRecord) -> str:
    """The text with page lines and mark-up turned into spaces; spans hold in it as in the text."""
    return parse_cable(record.text).masked


def unpicked_sentences(record: CableRecord) -> list[Sentence]:
    """The sentences that no rule picked, from the reading kept with the record, in their order."""
    return [
        Sentence(span=(int(kept["span"][0]), int(kept["span"][1])), agenda=kept["agenda"])
        for kept in record.reading.get("unpicked", [])
    ]


def agenda_titles(record: CableRecord) -> dict[str, str]:
    """The topics of the cable by label, in its order, from the reading kept with the record."""
    return {item["label"]: item["title"] for item in record.reading.get("agenda", [])}


def passage_marking(record: CableRecord, span: Span) -> str:
    """The join of the markings of all paragraphs that a passage touches; for one that the text
    does not mark, that of the document, which a person may have given."""
    return passages_marking(record, [span])


def passages_marking(record: CableRecord, spans: Sequence[Span]) -> str:
    """The same for several passages together."""
    document = parse_marking(record.marking)
    cable = parse_cable(record.text)
    found = [
        parse_marking(block.marking)
        if block.is_marked or cable.header.classification is not None
        else document
        for block in cable.blocks
        if any(block.span[0] < end and start < block.span[1] for start, end in spans)
    ]
    return join_markings(found).short if found else document.short
