"""Takes a sentence apart where it holds several acts of different doers.

Only finds the cuts; each part is then read as a unit of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from tracker.cable import Span
from tracker.extract.candidates import Candidate, Match, find_candidate
from tracker.extract.lexicon import Lexicon
from tracker.extract.lexicon.words import ACTS
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
_TO_ACT = re.compile(r"\bto ([a-z-]+)")

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
    if not cuts and not unit.is_element and " and " in text:
        return _second_act(skeleton, candidate, unit, lexicon) or whole
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


# "and offered to help", "and suggest that": the same subject goes on to do something else.
_SECOND = re.compile(
    r",? and (?=(?:also |then |further |in turn )?(?:agreed|promised|pledged|undertook|offered|"
    r"committed|volunteered|asked|requested|urged|encouraged|proposed|suggested|recommended|"
    r"invited|appealed|called (?:on|for)|recommend|suggest|propose|request|ask|urge|encourage|"
    r"(?:is|are) (?:seeking|requesting|asking|hoping|planning)|(?:plans?|intends?|hopes?) to) )"
)
# "to thank the minister and to press him", "should ask them and should report": the same mood.
# Without a mood only verbs of asking count, since "send and discuss" is one act.
_AGAIN = re.compile(
    r",? and (?:(?P<mood>to|should|must|will|would|shall) (?:also |then |\w+ly )?"
    r"(?P<act>[a-z-]{2,20})|(?:also |then )?(?P<bare>urge|ask|press|encourage|suggest|propose|"
    r"request|recommend|invite|seek|raise|solicit))\b"
)
# A verb between the two acts on which the second may depend.
_INNER = re.compile(r"\bto [a-z]|\b(?:that|which|who) ")


def _second_act(
    skeleton: Skeleton, candidate: Candidate, unit: Unit, lexicon: Lexicon
) -> list[Part] | None:
    """Two acts of one subject, where they are of different sorts or the mood is said again."""
    text, best = skeleton.text, candidate.best
    if best.weight < LIKELY:
        return None
    for found in _SECOND.finditer(text, best.start + 1):
        if parts := _with_subject(skeleton, candidate, unit, found, lexicon):
            return parts
    if best.act is None or best.act_at is None:
        return None
    again = _AGAIN.search(text, best.act_at)
    if again is None or not _is_same_mood(text, best, again):
        return None
    name = "act" if again["act"] else "bare"
    start = again.start("mood" if again["mood"] else "bare")
    second = replace(
        best, act=again[name], act_at=again.start(name), start=start, end=again.end(name),
        asked=None, done_at=None,
    )  # fmt: skip
    left = (unit.span[0], skeleton.source_span(0, again.start())[1])
    right = (skeleton.source_start(start), unit.span[1])
    return [(left, candidate), (right, Candidate([second], candidate.vetoes, candidate.words))]


def _with_subject(
    skeleton: Skeleton, candidate: Candidate, unit: Unit, cut: re.Match[str], lexicon: Lexicon
) -> list[Part] | None:
    """The part from ``cut`` on, read with the subject of the sentence before it."""
    first = next((k for k, m in sorted(skeleton.mentions.items()) if not m.is_oblique), None)
    if first is None or first >= candidate.best.end:
        return None
    start = cut.end() - 2
    mentions = {0: skeleton.mentions[first]}
    mentions |= {k - start: m for k, m in skeleton.mentions.items() if k >= cut.end()}
    text = f"{skeleton.text[first]} {skeleton.text[cut.end() :]}"
    found = find_candidate(skeleton.with_text(text, mentions), lexicon, is_listed=False)
    if not found.matches or found.best.weight < LIKELY or found.best.start > 2:
        return None
    for match in found.matches:
        match.shift(start)
        match.start = max(match.start, cut.end())
    left = (unit.span[0], skeleton.source_span(0, cut.start())[1])
    return [(left, candidate), ((skeleton.source_start(cut.end()), unit.span[1]), found)]


def _is_same_mood(text: str, best: Match, again: re.Match[str]) -> bool:
    """Whether the word before the first act is the one before the second."""
    if (again["act"] or again["bare"]) not in ACTS:
        return False
    before = text[: best.act_at].split()
    between = text[best.act_at : again.start()]
    if again["mood"] and before[-1:] != [again["mood"]]:
        return False
    return again["mood"] not in {"to", None} or not _INNER.search(between)


def _source(skeleton: Skeleton, start: int, end: int) -> Span:
    text = skeleton.text[start:end]
    trimmed = re.sub(
        r"[,;]? (?:and|but|while|whereas)?\s*\Z|(?<=,) (?:and|but|while|whereas)\s*\Z", "", text
    )
    return skeleton.source_span(start, start + max(1, len(trimmed.rstrip())))


def _cut(skeleton: Skeleton, start: int, end: int) -> Skeleton:
    mentions = {k - start: m for k, m in skeleton.mentions.items() if start <= k < end}
    return skeleton.with_text(skeleton.text[start:end].rstrip(), mentions)


def _halves(
    skeleton: Skeleton, candidate: Candidate, unit: Unit, first: int, middle: re.Match[str]
) -> list[Part]:
    """Both halves under the mood of the whole; the second has the doer that it names."""
    left = skeleton.source_span(first, middle.start())
    right = (skeleton.source_span(middle.end(), middle.end() + 1)[0], unit.span[1])
    best = candidate.best
    act = _TO_ACT.search(skeleton.text, middle.end())
    named = next((m for k, m in skeleton.mentions.items() if k >= middle.end()), None)
    second = Candidate(
        [
            replace(
                best, act=act[1] if act else None, act_at=act.start(1) if act else None,
                doer=named, doer_at=None, asked=None, speaker=None, done_at=None,
            )
        ],
        candidate.vetoes,
    )  # fmt: skip
    return [(left, candidate), (right, second)]
