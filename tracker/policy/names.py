"""Comparing names of people and offices as texts give them with those in the directory.

No database: the directory's names are passed in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")

_TITLE_WORDS = """
adm admiral amb ambassador ambs assistant capt captain cda chairman chairwoman charge chargé
chief col colonel counsellor counselor das dasd dcm defence defense deputy dfm director dr e
envoy excellency finance fm foreign gen general h her his hon honorable honourable interior
lord lt ltg madam maj major min minister miss mr mrs ms pm president prime prof professor
rep representative sec secretary sir special trade undersecretary vice
"""
_TITLES = frozenset(_TITLE_WORDS.split())
"""Ranks, courtesies and posts that stand before a person's name or after it."""

_LINKING = frozenset({"the", "of", "for", "and"})
_SPELLINGS = {"defence": "defense", "centre": "center", "programme": "program"}
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Categories of Unicode that hold what is no letter, sign or space: controls, marks of direction,
characters without width, ends of lines."""
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_JOINERS = frozenset("\u200c\u200d")
_LAST_LATIN = "\u024f"


def fold_name(name: str) -> tuple[str, ...]:
    """A name's words without case, accents and punctuation: "Köhler, A." is ("kohler", "a")."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(re.findall(r"\w+", plain))


@dataclass(frozen=True, slots=True)
class Known(Generic[Key]):
    """An entry of the directory that a text may mean: all its names, and whether it is a
    person."""

    key: Key
    names: Sequence[str]
    is_person: bool


def match_name(name: str, directory: Iterable[Known[Key]]) -> Key | None:
    """The one entry that ``name`` means: by an equal name or alias; else an office by all its
    words in any order, or a person without titles; else a person by a last name that only one
    has. None where none or several fit: somebody links it by hand."""
    entries = list(directory)
    wanted = fold_name(name)
    for fits in (_is_equal, _is_same_name, _may_be_same_person):
        found = {
            known.key: None
            for known in entries
            if any(fits(wanted, fold_name(other), known.is_person) for other in known.names)
        }
        if found:
            return next(iter(found)) if len(found) == 1 else None
    return None


def _is_equal(wanted: tuple[str, ...], other: tuple[str, ...], is_person: bool) -> bool:
    return bool(wanted) and wanted == other


def _is_same_name(wanted: tuple[str, ...], other: tuple[str, ...], is_person: bool) -> bool:
    if is_person:
        core = _without_titles(wanted)
        return bool(core) and core == _without_titles(other)
    words = _words_of_office(wanted)
    return bool(words) and words == _words_of_office(other)


def _may_be_same_person(wanted: tuple[str, ...], other: tuple[str, ...], is_person: bool) -> bool:
    one, two = _without_titles(wanted), _without_titles(other)
    return is_person and bool(one and two) and _is_same_person(one, two)


def _words_of_office(words: tuple[str, ...]) -> frozenset[str]:
    """No word is left out that tells one office from another: "Ministry" alone is none of them."""
    return frozenset(_SPELLINGS.get(word, word) for word in words if word not in _LINKING)


def _without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    """What remains of a person's name without ranks before and posts after it."""
    start, end = 0, len(words)
    while start < end and (words[start] in _TITLES or words[start] in _LINKING):
        start += 1
    while end > start and (words[end - 1] in _TITLES or words[end - 1] in _LINKING):
        end -= 1
    return words[start:end]


def _is_same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter name's words end the longer one, initials counted as first names."""
    short, long = sorted((one, other), key=len)
    if short[-1] != long[-1]:
        return False
    given = short[:-1]
    rest = long[:-1]
    return all(
        any(r == g or (min(len(r), len(g)) == 1 and r[0] == g[0]) for r in rest) for g in given
    )


def has_control_characters(text: str) -> bool:
    """Whether a one-line text holds line breaks, controls or characters that nobody sees, or
    nothing but these: they could forge a mail header, or make two names look like one. Joiners
    stay where Persian, Hindi and emoji need them, between two characters that are not Latin."""
    if text.isascii() and text.isprintable():
        return False
    padded = f" {text} "
    for before, one, after in zip(padded, padded[1:], padded[2:], strict=False):
        is_joiner = one in _JOINERS and min(before, after) > _LAST_LATIN
        if unicodedata.category(one) in _UNSEEN and not is_joiner:
            return True
    return bool(text.strip()) and not any(map(_is_seen, text))


def _is_seen(one: str) -> bool:
    return unicodedata.category(one)[0] in "LNPS" and one not in _BLANK_LETTERS


def breaks_a_line(text: str) -> bool:
    """Whether a text holds what could end a header's line or turn its direction; names that were
    entered before more was refused are still written to."""
    return bool(_BREAKS.search(text))


def has_nul(text: str) -> bool:
    """Whether a text of any length holds NUL, which no keyboard writes and PostgreSQL refuses."""
    return "\x00" in text
