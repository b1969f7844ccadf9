"""What a person would most likely confirm of a cable: the dialogue's name and its parties.

Suggestions from the extraction only; nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extract import Extraction

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_LEAD_IN = re.compile(
    r"""^\s*(?:                                   # "SCENESETTER FOR THE …"
        (?:scene[-\s]?setter|update|read-?out|report|agenda|preview|guidance|follow-?up)
        (?:\s+(?:for|on|of|from|to))?
      )\s+(?:the\s+)?""",
    re.VERBOSE | re.IGNORECASE,
)
_DATES = re.compile(
    rf"""[,;:(]?\s*(?:\bon\s+)?                   # ", JULY 9-10", "23 to 25 June 2008"
        \b(?:(?:{_MONTHS})\b\.?\s+\d{{1,2}}(?:\s*(?:-|–|to|and|&)\s*(?:(?:{_MONTHS})\s+)?\d{{1,2}})?
          |\d{{1,2}}(?:\s*(?:-|–|to|and|&)\s*\d{{1,2}})?\s+(?:{_MONTHS})\b\.?)
        (?:,?\s+\d{{4}})?\)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SMALL = {"for", "the", "of", "on", "and", "in", "to", "at", "with", "between", "by"}
_KEEP_UPPER = 4
"""Words in capitals no longer than this may be abbreviations ("U.S.", "NATO")."""


def suggest_name(extraction: Extraction) -> str:
    """A name for the dialogue from the subject line, without dates and "scenesetter for"."""
    subject = " ".join((extraction.header.subject or "").split())
    name = _DATES.sub(" ", _LEAD_IN.sub("", subject))
    name = " ".join(name.split()).strip(" ,;:-–")
    if not name:
        parties = suggest_parties(extraction)
        return f"{'–'.join(parties[:2])} dialogue" if parties else "Dialogue"
    return _in_title_case(name)[:200] if name.isupper() else name[:200]


def suggest_parties(extraction: Extraction) -> Sequence[str]:
    """The parties by name, the author's own first."""
    ordered = sorted(extraction.parties, key=lambda party: not party.is_own)
    return [party.name for party in ordered]


def _in_title_case(text: str) -> str:
    words = []
    for number, word in enumerate(text.split(" ")):
        lower = word.lower()
        if number and lower in _SMALL:
            words.append(lower)
        elif "." in word or (word.isalpha() and len(word) <= _KEEP_UPPER and not _has_vowels(word)):
            words.append("-".join(_part(part) for part in word.split("-")))
        else:
            words.append("-".join(part.capitalize() for part in word.split("-")))
    return " ".join(words)


def _part(part: str) -> str:
    return part if "." in part or len(part) <= _KEEP_UPPER else part.capitalize()


def _has_vowels(word: str) -> bool:
    return any(letter in "AEIOUY" for letter in word[:2])
