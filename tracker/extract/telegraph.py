"""Finds the verb of an order in few words: "MOND and the Observatory to complete the text".

Looks at the words before it only; who they are is read by ActorReader.
"""

from __future__ import annotations

import re

from tracker.extract.lexicon.words import (
    ACTS,
    DETERMINERS,
    HEADS,
    MODALS,
    MODIFIERS,
    NO_NAME,
    PREPOSITIONS,
)
from tracker.extract.tokens import Word

_LONGEST = 16
_JOINTS = frozenset({"and", "of", "for", "at", "&", ",", "-", "/", "(", ")", ".", "'"})
_FIRST_ONLY = frozenset({"both", "all", "each", "three", "two"})
_ALONE = HEADS | _FIRST_ONLY
_NO_FIRST = PREPOSITIONS | (NO_NAME - DETERMINERS)
_INSIDE = DETERMINERS | HEADS | MODIFIERS | _JOINTS
# "ACTION", "DUE-OUT (US)", "(ii)", "I-1.": what may stand before the doers.
_LABELS = frozenset(
    """action actions item due-out due-outs dueout deliverable tasking task follow-up to-do decision
    commitment outcome agreed next step""".split()
)
_NUMBER = re.compile(r"[IVXA-Z]{0,4}[-.]?\d{1,2}[a-z]?|[a-z]|[ivx]{1,4}|[A-Z]")


# Verbs of the past that in capitals would pass for a part of a name.
_CAME = frozenset(
    "came went met held led rose fell began made gave left stood spoke seemed".split()
)


def order_at(tokens: list[Word]) -> tuple[int, int]:
    """The index of the first doer and that of "to" or ":" behind the last; -1 twice where a
    sentence is no such order."""
    begun = k = _past_label(tokens)
    end = min(len(tokens) - 1, begun + _LONGEST)
    if begun < end and tokens[begun].is_act and tokens[begun].low not in HEADS:
        return -1, -1
    while k < end:
        token = tokens[k]
        if token.low == "to" or token.text == ":":
            is_order = _names(tokens[begun:k]) and _acts(tokens, k + 1)
            return (begun, k) if is_order else (-1, -1)
        if token.low in MODALS or token.low in _CAME or not _fits(token, k == begun):
            break
        k += 1
    return -1, -1


# "A.1", "III-2": the number of a point.
_POINT = re.compile(r"(?:[A-Z]\.|[IVX]{1,4}-)\d{1,2}[a-z]?")


def is_label(text: str) -> bool:
    """Whether a word numbers a point: "A.1"."""
    return ("." in text or "-" in text) and _POINT.fullmatch(text) is not None


def _past_label(tokens: list[Word]) -> int:
    """The index past "ACTION:", "DUE-OUT (PL):", "(ii)", "A.1", 0 where no label stands there."""
    k = 1 if tokens and is_label(tokens[0].text) else 0
    if k and len(tokens) > 1 and tokens[1].text in ".:)":
        k = 2
    if not k and len(tokens) > 2 and tokens[0].text == "(" and _NUMBER.fullmatch(tokens[1].text):
        k = 3 if tokens[2].text == ")" else 0
    n = k
    while n < len(tokens) and n < k + 6 and (tokens[n].low in _LABELS or n > k):
        if tokens[n].text == ":":
            return n + 1
        n += 1
    return k


def _fits(token: Word, is_first: bool) -> bool:
    if is_first and token.low in _NO_FIRST:
        return False
    return token.is_capital or token.low in _INSIDE or token.text[0].isdigit()


def _names(tokens: list[Word]) -> bool:
    """Whether these words can be doers: one alone must be short or an office."""
    if len(tokens) == 1:
        return tokens[0].is_upper or tokens[0].low in _ALONE
    return bool(tokens) and any(t.is_capital or t.low in HEADS for t in tokens)


def _acts(tokens: list[Word], n: int) -> bool:
    """Whether an act follows: "to consolidate", ": to submit", "to jointly draft"."""
    if n < len(tokens) and tokens[n].low == "to":
        n += 1
    if n < len(tokens) and tokens[n].low.endswith("ly"):
        n += 1
    if n >= len(tokens):
        return False
    following = tokens[n]
    return following.low in ACTS and (following.is_small or following.is_upper)
