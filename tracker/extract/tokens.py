"""Cuts a sentence into words that keep their place in the source.

Only the form of words matters here; what they mean is the business of the tagger.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tracker.cable import Span
from tracker.extract.lexicon.words import DETERMINERS, HEADS, MODIFIERS

# "U.S.-Egypt" is three tokens; "follow-up", "Armenia,s" (a damaged apostrophe) and a title with
# its point ("Gen.") are one.
_TOKEN = re.compile(
    r"""
      (?: Mr | Mrs | Ms | Dr | Gen | Sen | Rep | Amb | Col | Lt | Maj | Capt | Prof | Min )
        \.(?![^\W_])
    | [^\W_]+ (?: ,s\b | [-'’./&][^\W_]+ )* (?: (?<=[A-Z]\.[A-Z]) \. | ['’](?=\s) )?
    | --+ | \S
    """,
    re.VERBOSE,
)
PRONOUNS = {
    "we": "we", "i": "we", "us": "we", "you": "you", "they": "who", "he": "who", "she": "who",
    "both": "both", "him": "who", "them": "who",
}  # fmt: skip
"""Pronouns that may be an actor, and of which class."""
STARTS = DETERMINERS | HEADS | MODIFIERS | PRONOUNS.keys() | {"it"}


class Token(NamedTuple):
    """A word or sign: ``bare`` is without a possessive ending, ``low`` in lower case.

    ``may_start`` tells whether an actor could begin here: a quick test, since most words are none.
    """

    start: int
    end: int
    text: str
    bare: str
    low: str
    is_possessive: bool
    may_start: bool


@lru_cache(maxsize=8192)
def _form(text: str) -> tuple[str, str, bool, bool]:
    """What a word looks like: bare, low, is_possessive, may_start."""
    bare, possessive = text, False
    if len(text) > 2 and text[-1] in "sS" and text[-2] in "'’,":
        bare, possessive = text[:-2], True
    elif text[-1] in "'’" and len(text) > 1:
        bare, possessive = text[:-1], True
    low = text.lower()
    return bare, low, possessive, low in STARTS or text[0].isupper()


def tokenise(masked: str, span: Span) -> list[Token]:
    """The words and signs of a passage."""
    return [
        _make((*match.span(), text := match[0], *_form(text)))
        for match in _TOKEN.finditer(masked, *span)
    ]


_make = Token._make
