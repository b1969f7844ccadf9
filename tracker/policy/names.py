"""Comparing names of people and offices as texts give them with those in the directory.

No database: the directory's names are passed in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeVar

Key = TypeVar("Key")

_TITLES = frozenset(
    [
        "ambassador",
        "amb",
        "ambs",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "professor",
        "general",
        "gen",
        "lt",
        "ltg",
        "col",
        "colonel",
        "major",
        "maj",
        "captain",
        "capt",
        "admiral",
        "adm",
        "minister",
        "min",
        "deputy",
        "assistant",
        "secretary",
        "sec",
        "undersecretary",
        "director",
        "president",
        "vice",
        "prime",
        "chief",
        "chairman",
        "chairwoman",
        "counselor",
        "counsellor",
        "charge",
        "chargé",
        "cda",
        "dcm",
        "dfm",
        "fm",
        "pm",
        "dasd",
        "das",
        "foreign",
        "defense",
        "defence",
        "interior",
        "the",
        "of",
        "for",
        "h",
        "e",
        "his",
        "her",
        "excellency",
        "sir",
        "lord",
        "madam",
        "honourable",
        "honorable",
        "hon",
        "representative",
        "rep",
        "special",
        "envoy",
    ]
)
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def fold_name(name: str) -> tuple[str, ...]:
    """A name's words without case, accents and punctuation: "Köhler, A." is ("kohler", "a")."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(re.findall(r"\w+", plain))


def match_name(name: str, directory: Iterable[tuple[Key, Sequence[str]]]) -> Key | None:
    """The one entry that ``name`` means: first by an equal name or alias, then by a last name
    that only one entry has. None where none or several fit: a person links it by hand."""
    wanted = fold_name(name)
    core = tuple(word for word in wanted if word not in _TITLES)
    by_last_name: list[Key] = []
    for key, names in directory:
        for other in map(fold_name, names):
            other_core = tuple(word for word in other if word not in _TITLES)
            if wanted == other or (core and core == other_core):
                return key
            if core and other_core and _is_same_person(core, other_core):
                by_last_name.append(key)
                break
    return by_last_name[0] if len(by_last_name) == 1 else None


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
    """Whether a one-line text holds line breaks, controls or direction overrides, which could
    forge a mail header or hide what a name says."""
    return bool(_FORBIDDEN.search(text))


def has_nul(text: str) -> bool:
    """Whether a text of any length holds NUL, which no keyboard writes and PostgreSQL refuses."""
    return "\x00" in text
