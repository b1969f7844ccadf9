"""Classification markings as a lattice: a level, and a set of caveats that only grows.

Source of the rules: Executive Order 13526 and its implementing directive (32 CFR 2001),
section on portion marks and overall marking. Nothing here reads a cable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LEVELS = ("U", "SBU", "R", "C", "S", "TS")
"""Short forms, lowest first. "R" is RESTRICTED, as other governments mark."""

LONGEST = 120
"""Characters of a marking's short form, as it is stored."""

_NAMES = {
    "U": "UNCLASSIFIED",
    "SBU": "SENSITIVE BUT UNCLASSIFIED",
    "R": "RESTRICTED",
    "C": "CONFIDENTIAL",
    "S": "SECRET",
    "TS": "TOP SECRET",
}
_LEVEL_WORDS = {
    "UNCLAS": "U",
    "FOUO": "SBU",
    "U//FOUO": "SBU",
    "FOR OFFICIAL USE ONLY": "SBU",
    "LIMITED OFFICIAL USE": "SBU",
    "LOU": "SBU",
    "SENSITIVE": "SBU",
    **{name: short for short, name in _NAMES.items()},
    **{short: short for short in LEVELS},
}
_CAVEAT_NAMES = {"NF": "NOFORN", "NOFORN": "NOFORN", "NC": "NOCONTRACT", "OC": "ORCON"}
_CAVEAT_SHORT = {"NOFORN": "NF", "ORCON": "OC", "NOCONTRACT": "NC"}
_REL = re.compile(r"^REL(?:\s+TO)?\s+(?P<countries>[A-Z, ]+)$")  # "REL TO USA, GBR"


@dataclass(frozen=True, slots=True)
class Marking:
    """A level ("C"), caveats in long form ("NOFORN") and, where the text is releasable, to whom.

    ``rel_to`` is None where nothing is said of release.
    """

    level: str = "U"
    caveats: frozenset[str] = frozenset()
    rel_to: frozenset[str] | None = None

    @property
    def short(self) -> str:
        """As a portion mark without brackets: "C", "S//NF", "C//REL TO GBR, USA". At most
        ``LONGEST`` characters: what would be longer is said to be releasable to nobody."""
        parts = [self.level, *sorted(_CAVEAT_SHORT.get(c, c) for c in self.caveats)]
        if self.rel_to:
            parts.append("REL TO " + ", ".join(sorted(self.rel_to)))
        text = "//".join(parts)
        return text if len(text) <= LONGEST else f"{self.level}//NF"

    @property
    def banner(self) -> str:
        """As it stands at the top and bottom of a page: "SECRET//NOFORN"."""
        parts = [_NAMES[self.level], *sorted(self.caveats)]
        if self.rel_to:
            parts.append("REL TO " + ", ".join(sorted(self.rel_to)))
        return "//".join(parts)

    def is_within(self, ceiling: Marking) -> bool:
        """Whether text so marked may go where ``ceiling`` is the most that may be said."""
        return (
            LEVELS.index(self.level) <= LEVELS.index(ceiling.level)
            and self.caveats <= ceiling.caveats
        )


UNCLASSIFIED = Marking()


def parse_marking(text: str | None) -> Marking:
    """Reads a short or long marking ("S/NF", "SECRET//NOFORN", "C-REL"). What is not known is
    kept as a caveat, so that nothing is ever lowered by being misread; None or "" is U."""
    parts = [p for p in re.split(r"\s*/{1,2}\s*|-(?=REL)", (text or "").upper().strip(" ()")) if p]
    level, caveats, rel_to = "U", set(), None
    for part in parts:
        if part in _LEVEL_WORDS:
            level = max(level, _LEVEL_WORDS[part], key=LEVELS.index)
        elif match := _REL.match(part):
            rel_to = frozenset(re.findall(r"[A-Z]+", match["countries"]))
        else:
            caveats.add(_CAVEAT_NAMES.get(part, part))
    return Marking(level, frozenset(caveats), rel_to)


def join_markings(markings: Iterable[Marking]) -> Marking:
    """The marking of a page that shows all of these: the higher level, all caveats, REL TO
    intersected. A classified part that says nothing of release leaves none."""
    joined: Marking | None = None
    for marking in markings:
        joined = marking if joined is None else _join(joined, marking)
    return joined or UNCLASSIFIED


def _join(one: Marking, other: Marking) -> Marking:
    level = max(one.level, other.level, key=LEVELS.index)
    classified = [m for m in (one, other) if m.level not in ("U", "SBU")]
    releases = [m.rel_to for m in classified]
    rel_to = None
    if releases and None not in releases:
        rel_to = frozenset.intersection(*(r for r in releases if r is not None)) or None
    return Marking(level, one.caveats | other.caveats, rel_to)
