"""Makes the line that a person would put on a list: imperative, at most 90 characters.

Words only; which passage and who is decided elsewhere.
"""

from __future__ import annotations

import re

from tracker.extract.candidates import ACTING, Match
from tracker.extract.lexicon.words import ACTS
from tracker.extract.model import Kind
from tracker.extract.skeleton import Skeleton

LONGEST = 90
_TRAIL = re.compile(
    r"""[\s,;:.\-–—(]+\Z|[,;]?\s+(?:and|or|to|of|for|the|a|an|in|on|with|by|that|which|as|at|from|
    its|their|our|is|be)\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_NOTE = re.compile(r"\s*\((?:refs?|septel|para|note|see)\b[^)]{0,80}\)", re.IGNORECASE)
_PAST = {
    "agreed": "agree", "undertook": "undertake", "sought": "seek", "asked": "ask",
    "requested": "request", "urged": "urge", "proposed": "propose", "suggested": "suggest",
}  # fmt: skip
_PREFIX: dict[str, str] = {"request": "Respond to request: ", "commitment": "", "action": "",
                           "objective": ""}  # fmt: skip
_MARKER = re.compile(r"^\s*(?:\(?(?:[a-h]|\d{1,2}|[ivx]{1,4})\)|[-•*–—]+)\s*", re.IGNORECASE)


def make_title(masked: str, end: int, match: Match, skeleton: Skeleton, kind: Kind) -> str:
    """The act with its objects, as an order; the passage itself where no act was found."""
    start, verb = _act_place(match, skeleton)
    text = " ".join(masked[start:end].split())
    text = _NOTE.sub("", _MARKER.sub("", text))
    if verb is not None:
        rest = text.split(" ", 1)
        text = verb + (f" {rest[1]}" if len(rest) > 1 else "")
    elif kind == "request":
        text = f"Respond: {text}"
    return shorten(text[:1].upper() + text[1:])


def _act_place(match: Match, skeleton: Skeleton) -> tuple[int, str | None]:
    """Where the act begins in the source, and its base form; the passage where there is none."""
    text = skeleton.text
    if match.act is not None:
        position = _find_word(text, match)
        if position is not None:
            return skeleton.source_start(position), match.act
    for found in _AFTER.finditer(text, match.start):
        if found["act"] in ACTS:
            return skeleton.source_start(found.start("act")), found["act"]
    for found in re.finditer(r"\b[a-z-]{3,20}ing\b", text[match.start :]):
        if found[0] in ACTING:
            return skeleton.source_start(match.start + found.start()), ACTING[found[0]]
    return skeleton.spans[0][0], None


_AFTER = re.compile(r"\b(?:to|will|would) (?:\w+ly |also )?(?P<act>[a-z-]{2,20})\b")
_FORMS: dict[str, list[str]] = {}
for _ing, _base in ACTING.items():
    _FORMS.setdefault(_base, []).append(_ing)


def _find_word(text: str, match: Match) -> int | None:
    forms = [match.act, *_FORMS.get(match.act or "", ())]
    best = None
    for form in forms:
        position = text.find(form or "", match.start)
        if position >= 0 and position <= match.end + 2 and (best is None or position < best):
            best = position
    return best


def shorten(text: str) -> str:
    """At most LONGEST characters, cut at the end of a phrase where there is one."""
    text = text.strip().rstrip(".;:,")
    if len(text) <= LONGEST:
        return text
    clause = text[:LONGEST]
    cut = max(clause.rfind(", "), clause.rfind("; "), clause.rfind(" ("), clause.rfind(" -- "))
    if cut < 45:
        cut = clause[: LONGEST - 1].rfind(" ")
        clause = clause[:cut] if cut > 20 else clause[: LONGEST - 1]
        while (shorter := _TRAIL.sub("", clause)) != clause and len(shorter) > 20:
            clause = shorter
        return clause + "…"
    return clause[:cut].rstrip(" ,;:(-")
