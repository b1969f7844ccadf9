"""Cuts a sentence into words that keep their place in the source.

Only the form of words matters here; what they mean is the business of the tagger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from tracker.cable import Span
from tracker.extract.lexicon.words import ACTS, DETERMINERS, HEADS, MODIFIERS, NO_NAME

# "U.S.-Egypt" is three tokens; "follow-up", "Armenia,s" (a damaged apostrophe) and a title with
# its point ("Gen.") are one. The blanks behind a word go with it, so that nothing lies between.
_TOKEN = re.compile(
    r"""
    [a-z]++ \s++ # Most words: the rest of the pattern says the same of them.
  | (?: (?= [MDGSRALCP] )
        (?: DR | MR | MRS | MS | GEN | COL | AMB
        | Mr | Mrs | Ms | Dr | Gen | Sen | Rep | Amb | Col | Lt | Maj | Capt | Prof | Min )
        \.(?![^\W_])
      | [^\W_]++ (?: ,s\b | [-'’./&][^\W_]++ )*+ (?: (?<=[A-Z]\.[A-Z]) \. | ['’](?=\s) )?
      | --+ | \S
    ) \s*
    """,
    re.VERBOSE,
)
# The same for a text of plain letters, where letters are told faster.
_PLAIN_TOKEN = re.compile(_TOKEN.pattern, re.VERBOSE | re.ASCII)
# "the GOAJ", "GORU": the government of somewhere, by its code or the beginning of its name.
_GOVERNMENT = re.compile(
    r"\b GO (?! AL\b | OD\b | LD\b | NE\b | ES\b | T\b ) [A-Z]{1,3} \b", re.VERBOSE
)
PRONOUNS = {
    "we": "we", "i": "we", "us": "we", "you": "you", "they": "who", "he": "who", "she": "who",
    "both": "both", "him": "who", "them": "who",
}  # fmt: skip
"""Pronouns that may be an actor, and of which class."""
_STARTS = DETERMINERS | HEADS | MODIFIERS | PRONOUNS.keys() | {"it"}
_PARTS = HEADS | MODIFIERS
# Names that are written small.
_LOWER = frozenset({"deskoff", "emboff", "poloff", "econoff"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sign: ``bare`` is without a possessive ending, ``low`` and ``bare_low`` are in
    lower case.

    ``shown`` is ``low``, with a blank where any follows.
    """

    text: str
    bare: str
    bare_low: str
    low: str
    shown: str
    is_possessive: bool
    is_capital: bool
    """Whether it begins with a capital."""
    is_small: bool
    """Whether it begins with a small letter."""
    is_upper: bool
    """Whether all of it is in capitals."""
    is_long: bool
    """Whether it has more than three letters."""
    may_start: bool
    """Whether an actor could go on with it behind a determiner."""
    opens: bool
    """Whether an actor could begin with it: a quick test, since most words are none."""
    opens_alone: bool
    """Whether that holds whatever follows."""
    is_act: bool
    """Whether it can be the verb of an act."""
    is_government: bool
    """Whether it is of the form "GOAJ"."""
    belongs: bool
    """Whether it could stand anywhere in an actor's phrase."""
    is_plain: bool
    """Whether it only tells the sort of what follows: "joint", "security"."""


def is_government(word: str) -> bool:
    """Whether a word is of the form "GOAJ"."""
    return word.startswith("GO") and _GOVERNMENT.fullmatch(word) is not None


def _word(piece: str) -> Word:
    """A word with the blanks behind it."""
    stripped = piece.rstrip()
    text = piece if stripped == piece else stripped
    bare, is_possessive = text, False
    if len(text) > 2 and text[-1] in "sS" and text[-2] in "'’,":
        bare, is_possessive = text[:-2], True
    elif text[-1] in "'’" and len(text) > 1:
        bare, is_possessive = text[:-1], True
    # Where these are equal they are one object, so that a vocabulary takes little memory: it is
    # gone through at random, and what a processor has at hand is small.
    low = text.lower()
    low = text if low == text else low
    bare_low = low if bare is text else bare.lower()
    shown = low if text is piece else f"{low} "
    shown = piece if shown == piece else shown
    is_capital = text[0].isupper()
    is_small = text[0].islower()
    opens = (
        low in _STARTS
        or (is_capital and (low not in NO_NAME or low == "state"))
        or (low[0].isdigit() and low.endswith(("st", "nd", "rd", "th")))
    )
    is_plain = is_small and low in MODIFIERS and low not in HEADS
    return Word(
        text, bare, bare_low, low, shown, is_possessive,
        is_capital=is_capital,
        is_small=is_small,
        is_upper=text.isupper(),
        is_long=len(text) > 3,
        may_start=is_capital or low in _STARTS,
        opens=opens,
        opens_alone=opens and (low not in DETERMINERS or low == "both") and not is_plain,
        is_act=low in ACTS,
        is_government=is_government(bare),
        belongs=not is_small
        or low in _PARTS
        or text in _LOWER
        or (is_possessive and bare in HEADS),
        is_plain=is_plain and not is_possessive,
    )  # fmt: skip


_MOST_WORDS = 8192


class _Words(dict[str, Word]):
    """Pieces of text with the words that they are, since the same ones come again and again."""

    def __missing__(self, piece: str) -> Word:
        if len(self) >= _MOST_WORDS:
            self.clear()
        word = self[piece] = _word(piece)
        return word


_WORDS = _Words()


@dataclass(slots=True)
class Tokens:
    """The words and signs of a passage, and where each begins."""

    words: list[Word]
    starts: list[int]

    def end(self, index: int) -> int:
        """Where a word ends."""
        return self.starts[index] + len(self.words[index].text)


def tokenise(masked: str, span: Span) -> Tokens:
    """The words and signs of a passage."""
    start, end = span
    while start < end and masked[start].isspace():
        start += 1
    pieces = (_PLAIN_TOKEN if masked.isascii() else _TOKEN).findall(masked, start, end)
    words = list(map(_WORDS.__getitem__, pieces))
    return Tokens(words, list(accumulate(map(len, pieces), initial=start)))
