"""Takes a sentence apart where it holds several acts of different doers.

Only finds the cuts; each part is then read as a unit of its own.
"""

from __future__ import annotations

import re
from itertools import pairwise

from tracker.cable import Span
from tracker.extract.candidates import Candidate, find_candidate
from tracker.extract.lexicon import Lexicon
from tracker.extract.mention import SUBJECT
from tracker.extract.rules import LIKELY
from tracker.extract.skeleton import Skeleton
from tracker.extract.units import Unit

_ANY = "".join(SUBJECT.values())
# "; we ask you to", ", and the ministry will": a new subject with a verb of its own.
_CLAUSE = re.compile(
    rf"(?:;|, (?:and|but|while|whereas))(?: (?:and|but|that|thus|therefore|in turn))? (?=[{_ANY}] "
    rf"[a-z])"
)
# "to secure contributions and for the ministry to brief"
_FOR = re.compile(r" and (?=for . to [a-z])")
_TO = re.compile(r"\bto [a-z]")

Part = tuple[Span, Candidate]


def split_unit(
    skeleton: Skeleton, candidate: Candidate, unit: Unit, lexicon: Lexicon
) -> list[Part]:
    """The parts of a unit with what the rules find in each; mostly the unit itself."""
    whole = [(unit.span, candidate)]
    if not candidate.matches:
        return whole
    text = skeleton.text
    halves = _FOR.search(text)
    if halves is not None and (first := _TO.search(text, 0, halves.start())) is not None:
        return _halves(skeleton, candidate, unit, first.start(), halves)
    cuts = list(_CLAUSE.finditer(text))
    if not cuts or unit.is_element:
        return whole
    bounds = [0, *(m.end() for m in cuts), len(text)]
    parts: list[Part] = []
    sorts: list[str] = []
    for start, end in pairwise(bounds):
        found = find_candidate(_cut(skeleton, start, end), lexicon, is_listed=False)
        if not found.matches or found.best.weight < LIKELY:
            return whole
        if sorts and sorts[-1] == found.best.rule.sort == "want":
            return whole
        sorts.append(found.best.rule.sort)
        for match in found.matches:
            match.shift(start)
        parts.append((_source(skeleton, start, end), found))
    return parts


def _source(skeleton: Skeleton, start: int, end: int) -> Span:
    text = skeleton.text[start:end]
    trimmed = re.sub(
        r"[,;]? (?:and|but|while|whereas)?\s*\Z|(?<=,) (?:and|but|while|whereas)\s*\Z", "", text
    )
    return skeleton.source_span(start, start + max(1, len(trimmed.rstrip())))


def _cut(skeleton: Skeleton, start: int, end: int) -> Skeleton:
    mentions = {k - start: m for k, m in skeleton.mentions.items() if start <= k < end}
    return Skeleton(skeleton.text[start:end].rstrip(), skeleton.at, skeleton.spans, mentions)


def _halves(
    skeleton: Skeleton, candidate: Candidate, unit: Unit, first: int, middle: re.Match[str]
) -> list[Part]:
    """Both halves under the mood of the whole; the second has the doer that it names."""
    left = skeleton.source_span(first, middle.start())
    right = (skeleton.source_span(middle.end(), middle.end() + 1)[0], unit.span[1])
    best = candidate.best
    named = next((m for k, m in skeleton.mentions.items() if k >= middle.end()), None)
    second = Candidate(
        [type(best)(best.rule, best.start, best.end, None, named, None, None, None, best.weight)],
        candidate.vetoes,
    )
    return [(left, candidate), (right, second)]
