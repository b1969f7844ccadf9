"""References to other cables, in whatever style: letter to reference id.

What is referred to otherwise (a mail, a memorandum) keeps its words; nothing is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tracker.cable.posts import last_post, post_code

_TOKEN = re.compile(
    r"""
    (?P<date>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{6}Z\s?[A-Z]{3}\s?\d{2,4})    # 6/12/07: no number
    |(?P<id>\b\d{2}(?=[A-Z])[A-Z]{3,30}\d{1,7}\b)                           # 10CAIRO68
    |[(\[]\s?(?P<bracketed>[A-Z])\s?[)\]][.:,]?                             # (A)
    |(?P<skip>\([A-Z][A-Z /]{2,20}\))                                       # (NOTAL)
    |(?<![A-Z0-9])1?(?P<letter>[A-Z])\s?[.):\]](?![A-Z]\.)                  # A.  A)  A:  1A.
    |(?P<bare>\b[A-Z])(?=\s+(?:'?\d{2,4}\s+)?[A-Z]{3})                      # A BAKU 465
    |\(\s?(?P<after>(?:19|20)\d{2}|'\d{2}|\d{2})\s?\)                       # (2006)
    |'(?P<short>\d{2})\b                                                    # '06
    |(?P<number>\d{1,7})\b
    |(?P<word>(?:THE\s+HAGUE|PORT\s+OF\s+SPAIN)\b|[A-Z][A-Z.'&-]*[A-Z]|[A-Z][a-z][A-Za-z.'-]*[a-z]|[A-Za-z]+)
    |(?P<mark>[;,:/()&-])
    """,
    re.VERBOSE,
)
_NEVER_POST = frozenset(
    str.split(
        """
        MAIL EMAIL E-MAIL E-MAILS EMAILS OF ON DATED MEMO PARA PARAS PARAGRAPH SECTION AND
        JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC JANUARY FEBRUARY MARCH APRIL
        JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER DTG FAX IIR TD UNSCR RESOLUTION
        NO NUMBER PAGE REF REFS REFTEL NOTE TELCON CALL LETTER NOTAL FROM TO THE IN SEE ALSO
        OR BY FOR WITH AT ID PREVIOUS PREV SEPTEL E.O. EO ET AL TELEGRAM CABLE SUBJECT
        DIPNOTE CIRCULAR VERSION PART ANNEX BETWEEN FM MSG MESSAGE DAO A/S OPINS HR AIRGRAM
        DOC ARTICLE SERIES
        """
    )
)
_JOINS = {"AND", "THROUGH", "THRU", "TO", "ALSO", "OR"}
_COUNTED = re.compile(r"\(?1[.)]\s")  # "1. STATE 12 2. NORVALE 34"
_ORDINAL = re.compile(r"(?:^|(?<=\s))\(?\d[.)]\s+(?=[A-Z\d])")
Token = tuple[str, str, int]
Segment = tuple[str | None, list[Token], str]


@dataclass(frozen=True, slots=True)
class References:
    """Reference ids by letter, and the words of what is referred to otherwise, by letter."""

    cables: dict[str, str]
    others: dict[str, str]


def read_references(text: str, year: int | None) -> References:
    """The references of a field folded to one line. One without a year takes ``year`` (None: it
    stays without), one without a letter takes its position."""
    cables: dict[str, str] = {}
    others: dict[str, str] = {}
    if _COUNTED.match(text):
        text = _ORDINAL.sub("; ", text)
    for letter, tokens, words in _with_letters_behind(list(_segments(text))):
        found = list(dict.fromkeys(_identifiers(tokens, year)))
        for count, identifier in enumerate(found):
            if letter is None:
                cables[_by_position(len(cables))] = identifier
            else:
                cables.setdefault(letter if not count else f"{letter}{count + 1}", identifier)
        if not found and letter is not None and words:
            others.setdefault(letter, words)
    return References(cables, others)


def _with_letters_behind(segments: list[Segment]) -> list[Segment]:
    """Letters that stand behind what they name ("STATE 12 (A), PARIS 34 (B)") moved before it."""
    first, last = segments[0], segments[-1]
    is_behind = any(kind in ("number", "id") for kind, _, _ in first[1]) and not last[1]
    if len(segments) < 2 or not is_behind:
        return segments
    return [(after[0], one[1], one[2]) for one, after in pairwise(segments)]


def _by_position(position: int) -> str:
    return chr(ord("A") + position) if position < 26 else f"A{position - 25}"


def _segments(text: str) -> Iterator[Segment]:
    """The tokens of each lettered reference; those before the first letter go without."""
    letter: str | None = None
    tokens: list[Token] = []
    begin = 0
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind in ("bracketed", "letter", "bare"):
            yield letter, tokens, text[begin : found.start()].strip(" ;,.")
            letter, tokens, begin = found[kind], [], found.end()
        else:
            tokens.append((kind, found[kind], found.start()))
    yield letter, tokens, text[begin:].strip(" ;,.")


def _identifiers(tokens: list[Token], cable_year: int | None) -> Iterator[str]:
    """Reference ids in the tokens of one segment, in order."""
    words: list[str] = []
    stated: str | None = None
    post, post_year = "", stated
    for place, (kind, text, _) in enumerate(tokens):
        following = tokens[place + 1][0] if place + 1 < len(tokens) else ""
        if kind == "id":
            yield text[:2] + text[2:].rstrip("0123456789") + _number(text[2:])
        elif kind == "short":
            stated = text
        elif kind == "number" and words:
            longer = tokens[place + 1][1] if following == "number" else ""
            if _is_year(text) and len(longer) > 2:
                stated = text
                continue
            post, post_year = _post(words), stated or _year_after(tokens, place)
            if len(post) > 2:
                yield _identifier(post_year, post, text, cable_year)
            words, stated = [], None
        elif kind == "number" and _is_year(text) and _names_post(tokens, place + 1):
            stated = text
        elif kind == "number" and len(post) > 2:
            yield _identifier(_year_after(tokens, place) or post_year, post, text, cable_year)
        elif kind == "word":
            words, post = _with_word(words, text, post)
        elif kind == "date" or (kind == "mark" and text in ";:()"):
            words = []
            post = post if text in ";()" else ""


def _names_post(tokens: list[Token], place: int) -> bool:
    """What stands at ``place`` can be a post, so that a number before it is a year."""
    kind, text, _ = tokens[place] if place < len(tokens) else ("", "", 0)
    word = text.upper().strip(".")
    return kind == "word" and word not in _JOINS and word not in _NEVER_POST


def _with_word(words: list[str], text: str, post: str) -> tuple[list[str], str]:
    word = text.upper().strip(".")
    if word in _JOINS:
        return [], post
    if word in _NEVER_POST or text[0].islower():
        return [], ""
    return [*words[-5:], word], ""


def _post(words: list[str]) -> str:
    return post_code(" ".join(words if len(words) <= 3 else last_post(words)))


def _is_year(text: str) -> bool:
    return len(text) == 2 or (len(text) == 4 and text[:2] in ("19", "20"))


def _year_after(tokens: list[Token], place: int) -> str | None:
    """The year in brackets behind a number: "BAKU 465 (2006)"."""
    kind, text, _ = tokens[place + 1] if place + 1 < len(tokens) else ("", "", 0)
    return text.lstrip("'") if kind == "after" else None


def _number(text: str) -> str:
    digits = re.search(r"\d+$", text)
    return (digits.group().lstrip("0") or "0") if digits else ""


def _identifier(stated: str | None, post: str, number: str, cable_year: int | None) -> str:
    year = stated[-2:] if stated else ("" if cable_year is None else f"{cable_year % 100:02d}")
    return f"{year}{post}{_number(number)}"
