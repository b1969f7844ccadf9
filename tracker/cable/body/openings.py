"""How a line of the body begins: bullet sign, number or letter, portion mark.

One line at a time; what it follows is not known here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.cable.markings import PORTION, join, lookalike_portion, read_portion

_SIGN = re.compile(
    r"(-{1,3}(?!-)|\u2022|\*(?!\*)|>|\+(?=\s)|o(?=\s{1,4}[A-Z]))\s{0,8}(?=\S)"
)  # "-- "
_NUMBER = re.compile(  # "1.", "1)", "(1)", "1 (C)"
    r"(?P<plain>\d{1,3})\s?(?P<mark>[.)])(?!\d)\s{0,8}|\((?P<bracketed>\d{1,2})\)\s{0,8}"
    r"|(?P<bare>\d{1,3})\s{1,4}(?=\([A-Z])"
)
_LETTER = re.compile(  # "1A.", "A.", "(A)", "a)", "IV."
    r"1?(?P<upper>[A-Z])[.)](?:\s{1,8}|(?=\())|\((?P<bracketed>[A-Za-z]|[ivx]{1,4}|[IVX]{2,4})\)\s{0,8}"
    r"|(?P<lower>[a-z]|[ivx]{2,4})[.)]\s{1,8}|(?P<roman>[IVX]{2,5})[.)]\s{1,8}"
)
_ITEM = re.compile(  # "Agenda item 3:", "TOPIC 2 -"
    r"(?:agenda\s+item|item|topic|session|issue|point|working\s+group|basket|pillar|panel|chapter|"
    r"theme|cluster|track)\s+(?:no\.?\s*)?(?P<label>\d{1,2}|[A-Z]|[IVX]{1,4})\s*[:.)–-]{1,2}\s*",
    re.IGNORECASE,
)
# How a word may begin that is a label: "item", "Basket", "iv)".
_LABEL_BEGINS = frozenset("abcistpvwxABCISTPVWX\u017f\u0130\u0131")
_BRACKETS = frozenset("([{")


class Opening(NamedTuple):
    """``skipped`` counts the characters before the content. ``is_bracketed`` is true of "(1)"."""

    sign: str | None = None
    number: int | None = None
    label: str | None = None
    portion: str | None = None
    skipped: int = 0
    lookalike: str | None = None
    is_bracketed: bool = False


_NOTHING = Opening()


def read_opening(text: str) -> Opening:
    """Take sign, number, letter and portion mark off the head of a line, in any usual order."""
    # Most lines begin with a word: that must cost little.
    if text[:2].isalpha() and not (
        text[0] in _LABEL_BEGINS and (_ITEM.match(text) or _LETTER.match(text))
    ):
        return _NOTHING
    place, sign, number, label, bracketed = 0, None, None, None, False
    portion, lookalike, place = _read_portion(text, place, is_first=True)
    found = _SIGN.match(text, place)
    if found is not None and portion is None:
        sign, place = found[1], found.end()
    found = _NUMBER.match(text, place)
    if found is not None:
        digits = found["plain"] or found["bracketed"] or found["bare"]
        number, place, bracketed = int(digits), found.end(), found["bracketed"] is not None
    found = _ITEM.match(text, place) or _LETTER.match(text, place)
    if found is not None and not _is_portion(text, place, is_numbered=number is not None):
        label, place = next(value for value in found.groups() if value), found.end()
    if portion is None:
        portion, lookalike, place = _read_portion(text, place, is_first=number is None)
    return Opening(sign, number, label, portion, place, lookalike, bracketed)


def _is_portion(text: str, place: int, *, is_numbered: bool) -> bool:
    found = PORTION.match(text, place)
    if found is None or not (is_numbered or found[1].isupper()):
        return False
    return read_portion(found[1]) is not None


def _read_portion(text: str, place: int, *, is_first: bool) -> tuple[str | None, str | None, int]:
    """The mark at ``place``, joined with a second one right behind it, so that none lowers it.

    Small letters count behind a number only, since "(c)" alone is the third of a list."""
    if text[place : place + 1] not in _BRACKETS:
        return None, None, place
    portion: str | None = None
    while True:
        found = PORTION.match(text, place)
        if found is None or (is_first and not found[1].isupper() and len(found[1]) == 1):
            break
        read = read_portion(found[1])
        if read is None:
            break
        portion = read if portion is None else join(portion, read)
        place = found.end()
        while place < len(text) and text[place] in " :":
            place += 1
    return portion, lookalike_portion(text[place : place + 20]), place
