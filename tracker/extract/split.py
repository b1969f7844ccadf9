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
from tracker.extract.lexicon.words import ACTS, TALK
from tracker.extract.mention import SUBJECT
from tracker.extract.rules import LIKELY
from tracker.extract.skeleton import Skeleton
from tracker.extract.units import Unit

_ANY = "".join(SUBJECT.values())
# "; we ask you to", ", and the ministry will", "; the design is to be": a new subject with a verb
# of its own; ", at which the ministry will": the same in a clause that depends.
_CLAUSE = re.compile(
    rf"(?:;|, (?:and|but|while|whereas))(?: (?:and|but|that|thus|therefore|in turn))? (?=[{_ANY}] "
    rf"[a-z]|(?:the|a|an|this|these|its|their) [^,;.]{{1,50}}? (?:is|are|will|should|shall) "
    rf"(?:to )?be )| and (?=[{_ANY}] (?:will|would|shall|should|agreed|promised|undertook|pledged|"
    rf"offered|is to|are to) )|, (?:at|for|during|under|by|after|before) which (?=[{_ANY}] )"
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
    if parts := _that_clauses(skeleton, candidate, unit, lexicon):
        return parts
    cuts = [m for m in _CLAUSE.finditer(text) if not unit.is_element or m[0].startswith(";")]
    if cuts and (parts := _clauses(skeleton, cuts, lexicon)):
        return parts
    if " and " in text and (parts := _second_act(skeleton, candidate, unit, lexicon)):
        return parts
    return whole


def _clauses(skeleton: Skeleton, cuts: list[re.Match[str]], lexicon: Lexicon) -> list[Part] | None:
    """The clauses that are items, each with what stands between it and the next."""
    bounds = [0, *(m.end() for m in cuts), len(skeleton.text)]
    found: list[tuple[int, int, Candidate]] = []
    begun = 0
    for start, end in pairwise(bounds):
        read = find_candidate(_cut(skeleton, start, end), lexicon, is_listed=False)
        if not read.matches or read.best.weight < LIKELY:
            if found:
                found[-1] = (found[-1][0], end, found[-1][2])
            continue
        if found and found[-1][2].best.rule.sort == read.best.rule.sort == "want":
            return None
        for match in read.matches:
            match.shift(start)
        found.append((start if found else begun, end, read))
    if len(found) < 2:
        return None
    return [(_source(skeleton, start, end), read) for start, end, read in found]


# "agreed that the first will …, that the second will …, and that a list will …"
_MORE_THAT = re.compile(
    rf"(?:[,;] (?:and )?| and )(?=that (?:[{_ANY}]|the |a |an |each |all |both )[^,;]* [a-z])"
)


def _that_clauses(
    skeleton: Skeleton, candidate: Candidate, unit: Unit, lexicon: Lexicon
) -> list[Part] | None:
    """Several clauses behind one verb of agreeing or proposing, each as if it stood alone."""
    text, best = skeleton.text, candidate.best
    first = text.find(" that ", best.start, best.end + 6)
    if first < 0 or best.weight < LIKELY:
        return None
    cuts = list(_MORE_THAT.finditer(text, first + 6))
    if not cuts:
        return None
    lead = text[best.start : first + 1]
    leading = {k - best.start: m for k, m in skeleton.mentions.items() if best.start <= k <= first}
    parts: list[Part] = []
    for cut, end in zip(cuts, [*(m.start() for m in cuts[1:]), len(text)], strict=True):
        by = cut.end() - len(lead)
        mentions = leading | {
            k - by: m for k, m in skeleton.mentions.items() if cut.end() <= k < end
        }
        read = find_candidate(
            skeleton.with_text(lead + text[cut.end() : end], mentions), lexicon, is_listed=False
        )
        if not read.matches or read.best.weight < LIKELY:
            return None
        for match in read.matches:
            match.shift(by)
            match.start = max(match.start, cut.end())
        parts.append((_source(skeleton, cut.end(), end), read))
    return [((unit.span[0], skeleton.source_span(0, cuts[0].start())[1]), candidate), *parts]


# "and offered to help", "and suggest that": the same subject goes on to do something else.
_SECOND = re.compile(
    r",? and (?=(?:also |then |further |in turn )?(?:agreed|promised|pledged|undertook|offered|"
    r"committed|volunteered|asked|requested|urged|encouraged|proposed|suggested|recommended|"
    r"invited|appealed|called (?:on|for)|recommend|suggest|propose|request|ask|urge|encourage|"
    r"(?:is|are) (?:seeking|requesting|asking|hoping|planning)|(?:plans?|intends?|hopes?) to|"
    r"would (?:appreciate|welcome|be (?:grateful|glad|pleased))) )"
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
    for found in _SECOND.finditer(text):
        left = candidate
        if found.end() >= best.start:
            left = find_candidate(_cut(skeleton, 0, found.start()), lexicon, is_listed=False)
        if not left.matches or left.best.weight < LIKELY:
            continue
        if parts := _with_subject(skeleton, left, unit, found, lexicon):
            return parts
    if best.act is None or best.act_at is None:
        return None
    again = _AGAIN.search(text, best.act_at)
    if again is None or not _is_same_mood(text, best, again):
        return None
    if unit.is_element and again["mood"]:
        return None
    name = "act" if again["act"] else "bare"
    start = again.start("mood" if again["mood"] else "bare")
    second = replace(
        best, act=again[name], act_at=again.start(name), start=start, end=again.end(name),
        asked=None, done_at=None,
    )  # fmt: skip
    first = (unit.span[0], skeleton.source_span(0, again.start())[1])
    right = (skeleton.source_start(start), unit.span[1])
    return [(first, candidate), (right, Candidate([second], candidate.vetoes, candidate.words))]


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
    if again["mood"] not in {"to", None} or again[0].startswith(", and to "):
        return True
    return not _INNER.search(between) or (again["act"] or "") in TALK


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
