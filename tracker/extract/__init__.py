"""Cable ─► candidates: agenda, meeting, items with parties, owners and deadlines.

Standard library, dateutil and holidays only; each item says which rule picked it and why.
"""

from tracker.extract.extraction import extract
from tracker.extract.json_form import from_json, to_json
from tracker.extract.lexicon import DEFAULT, Lexicon, LexiconError, read_lexicon
from tracker.extract.model import (
    AgendaItem,
    Extraction,
    Item,
    Meeting,
    MeetingDates,
    Party,
    Sentence,
)

__all__ = [
    "DEFAULT",
    "AgendaItem",
    "Extraction",
    "Item",
    "Lexicon",
    "LexiconError",
    "Meeting",
    "MeetingDates",
    "Party",
    "Sentence",
    "extract",
    "from_json",
    "read_lexicon",
    "to_json",
]
