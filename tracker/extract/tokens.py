"""Cuts a sentence into words that keep their place in the source.

Only the form of words matters here; what they mean is the business of the tagger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.cable import Span

# "U.S.-Egypt" is three tokens, "follow-up" and "Armenia,s" (a damaged apostrophe) are one.
_TOKEN = re.compile(
    r"""
      [^\W_]+ (?: ,s\b | [-'’./&][^\W_]+ )* (?: (?<=[A-Z]\.[A-Z]) \. | ['’](?=\s) )?
    | --+ | \S
    """,
    re.VERBOSE,
)
# Titles that take their point along.
_POINTED = frozenset(
    {"Mr", "Mrs", "Ms", "Dr", "Gen", "Sen", "Rep", "Amb", "Col", "Lt", "Maj", "Capt", "Prof", "Min"}
)


@dataclass(slots=True)
class Token:
    """A word or sign: ``bare`` is without a possessive ending, ``low`` in lower case."""

    start: int
    end: int
    text: str
    bare: str
    low: str
    is_possessive: bool


def tokenise(masked: str, span: Span) -> list[Token]:
    """The words and signs of a passage."""
    found: list[Token] = []
    for match in _TOKEN.finditer(masked, *span):
        text, end = match[0], match.end()
        if len(text) < 5 and text in _POINTED and masked[end : end + 1] == ".":
            text, end = text + ".", end + 1
        elif text == "." and found and found[-1].end > match.start():
            continue
        bare, possessive = text, False
        if len(text) > 2 and text[-1] in "sS" and text[-2] in "'’,":
            bare, possessive = text[:-2], True
        elif text[-1] in "'’" and len(text) > 1:
            bare, possessive = text[:-1], True
        found.append(Token(match.start(), end, text, bare, text.lower(), possessive))
    return found
