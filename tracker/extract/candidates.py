"""Applies the rules to units: what matched, who is to do it, and how much speaks for it.

The rules are data of `rules`; what follows from a match is decided in `resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from tracker.extract.lexicon import Lexicon
from tracker.extract.match import WORD, Cues, Match, best_match, match_by_cue
from tracker.extract.rules import LIKELY, RULES, Rule, Veto
from tracker.extract.rules.index import OPENING, RuleIndex
from tracker.extract.rules.listed import LISTED
from tracker.extract.rules.vetoes import against
from tracker.extract.skeleton import Skeleton


@dataclass(slots=True)
class Candidate:
    """All that was found in one passage: matches, strongest first, and vetoes."""

    matches: list[Match] = field(default_factory=list)
    vetoes: list[Veto] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    """The words of the passage in lower case and, of those with a hyphen, the parts."""

    @property
    def best(self) -> Match:
        """The match that governs: the strongest, of equals the first in the text."""
        return self.matches[0]


_INNER = "abcdefghijklmnopqrstuvwxyz'-"


LISTED_IDS = frozenset(rule.id for rule in LISTED)


_INDEX = RuleIndex(tuple(rule for rule in RULES if rule.id not in LISTED_IDS))
_ORDER = {rule.id: number for number, rule in enumerate(RULES)}
# A colon may stand for its cue.
_NOTED = tuple(rule for rule in RULES if rule.id == "named-doer")
# "To" stands in nearly every sentence: it only counts near the beginning, as a colon does.
_OPENING = 90
_TELLING = _INDEX.cues - {"to"}
# Cues of rules for which it matters where they stand.
_PLACED = frozenset(
    cue for rule in RULES if rule.is_anchored or not rule.pattern for cue in rule.cue_words
)


def has_cue(text: str, lexicon: Lexicon) -> bool:
    """Whether any rule could pick a passage, by its words alone."""
    lowered = text.lower()
    return (
        not _TELLING.isdisjoint(lowered.split())
        or not _TELLING.isdisjoint(WORD.findall(lowered))
        or " to " in lowered[:_OPENING]
        or ":" in lowered[:_OPENING]
        or any(phrase in lowered for phrase in lexicon.phrases)
    )


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether a word begins and ends here, with its hyphens."""
    if text[end : end + 1] in _INNER:
        return end == len(text)
    if start == 0 or text[start - 1] not in _INNER:
        return True
    return not "a" <= text[:start].rstrip("'-")[-1:] <= "z"


def _places(text: str, cues: frozenset[str]) -> Cues:
    """Where these words stand in a passage; each does at least once."""
    places: Cues = []
    for cue in cues:
        at = text.find(cue)
        while at >= 0:
            if _is_word(text, at, at + len(cue)):
                places.append((at, cue))
            at = text.find(cue, at + 1)
    places.sort()
    return places


@dataclass(slots=True)
class _Passage:
    """A passage that rules are tried on: its words, where cues stand and where the actors with
    which a rule could begin; and what was found."""

    skeleton: Skeleton
    words: frozenset[str]
    parts: frozenset[str]
    cues_at: Cues
    actors: list[int]
    found: list[Match] = field(default_factory=list)


def find_candidate(skeleton: Skeleton, lexicon: Lexicon, *, is_listed: bool) -> Candidate:
    """Everything that the rules find in one unit."""
    return find_candidates([(skeleton, is_listed)], lexicon)[0]


def find_candidates(units: list[tuple[Skeleton, bool]], lexicon: Lexicon) -> list[Candidate]:
    """Everything that the rules find in each unit, given with whether it is listed.

    A rule is tried on all of them before the next rule is, which is faster.
    """
    passages: list[_Passage] = []
    tried: dict[Rule, list[_Passage]] = {}
    for skeleton, is_listed in units:
        passage, rules = _prepare(skeleton, is_listed)
        passages.append(passage)
        for rule in rules:
            tried.setdefault(rule, []).append(passage)
    for rule, over in tried.items():
        if rule.id not in lexicon.disabled:
            _try(rule, over)
    return list(map(_candidate, passages))


def _prepare(skeleton: Skeleton, is_listed: bool) -> tuple[_Passage, list[Rule]]:
    """A passage with the rules that could match it."""
    text = skeleton.text
    in_order = WORD.findall(text)
    words = frozenset(in_order)
    parts = words
    if "-" in text:
        parts = words.union(*(word.split("-") for word in words if "-" in word))
    begun, actors = _beginnings(skeleton)
    beside = parts
    if ":" in text or "-" in text:
        beside = parts.union(sign for sign in ":-" if sign in text)
    rules = _INDEX.rules_for(words, beside, in_order[:OPENING], begun)
    if is_listed:
        rules += LISTED
    elif ":" in text and "to" not in words:
        rules += _NOTED
    return _Passage(skeleton, words, parts, _places(text, words & _PLACED), actors), rules


def _try(rule: Rule, passages: list[_Passage]) -> None:
    """Add what a rule finds to each of these passages."""
    look = _way_of(rule) if rule.pattern else None
    for passage in passages:
        if look is None:
            passage.found.append(match_by_cue(rule, passage.cues_at))
        elif (matches := look(rule, passage)) and (
            best := best_match(rule, matches, passage.skeleton)
        ):
            passage.found.append(best)


def _candidate(passage: _Passage) -> Candidate:
    found, text = passage.found, passage.skeleton.text
    if len(found) > 1:
        found.sort(key=lambda m: (-m.weight, m.start, _ORDER[m.rule.id]))
    _prefer_main_clause(found, text)
    vetoes = against(text, passage.words, found[0].start, found[0].end) if found else []
    return Candidate(found, vetoes, passage.parts)


_FOLLOWING = re.compile(r".(?: ?(\w+|[,(:]))?")


def _beginnings(skeleton: Skeleton) -> tuple[int, list[int]]:
    """The rules that the actors of a passage could begin, and where those stand that begin any:
    a verb must follow, and most actors are not the subject of one."""
    begun, places = 0, []
    for at in skeleton.mentions:
        match = _FOLLOWING.match(skeleton.text, at)
        if match is not None and match[1] and (rules := _INDEX.begun_by(match[0][0], match[1])):
            begun |= rules
            places.append(at)
    return begun, places


_SLACK = 0.2
_MAIN = 0.65
_SUBORDINATE = re.compile(r" (?:that|whether|which|who) ")


def _prefer_main_clause(found: list[Match], text: str) -> None:
    """Let the first of the strong matches govern: what follows it depends on it."""
    strong = [m for m in found if m.weight >= _MAIN and m.rule.id not in LISTED_IDS]
    if not strong:
        return
    main = [m for m in found if m.doer_at == 0 and m.weight >= LIKELY]
    if main and _SUBORDINATE.search(text, main[0].end, min(strong, key=lambda m: m.start).start):
        strong = main
    first = min(strong, key=lambda m: m.start)
    if first.weight >= found[0].weight - _SLACK:
        found.remove(first)
        found.insert(0, first)


_MOST_PLACES = 8


Look = Callable[[Rule, _Passage], list[re.Match[str]]]
"""How the first few matches of a rule are looked for."""


def _way_of(rule: Rule) -> Look:
    """Most rules have no match, and that must cost next to nothing: where one can only begin with
    a cue, an actor or the sentence itself, it is looked for there."""
    if rule.is_anchored:
        return _at_cues
    if rule.is_first:
        return _at_first
    if rule.first_marks:
        return _at_actors
    return _at_starts if rule.starts else _anywhere


def _at_cues(rule: Rule, passage: _Passage) -> list[re.Match[str]]:
    text, cues, find = passage.skeleton.text, rule.cue_words, rule.regex.match
    places = [at for at, cue in passage.cues_at if cue in cues][:_MOST_PLACES]
    return [match for at in places if (match := find(text, at))]


def _at_first(rule: Rule, passage: _Passage) -> list[re.Match[str]]:
    match = rule.regex.match(passage.skeleton.text)
    return [match] if match else []


def _at_actors(rule: Rule, passage: _Passage) -> list[re.Match[str]]:
    text, marks, find = passage.skeleton.text, rule.first_marks, rule.regex.match
    found = [match for at in passage.actors if text[at] in marks and (match := find(text, at))]
    return _apart(found) if len(found) > 1 else found


def _at_starts(rule: Rule, passage: _Passage) -> list[re.Match[str]]:
    text, find = passage.skeleton.text, rule.regex.match
    found = [match for at in _starts(rule, passage.skeleton) if (match := find(text, at))]
    return _apart(found) if len(found) > 1 else found


def _anywhere(rule: Rule, passage: _Passage) -> list[re.Match[str]]:
    text, regex = passage.skeleton.text, rule.regex
    return [*islice(regex.finditer(text), _MOST_PLACES)] if regex.search(text) else []


def _starts(rule: Rule, skeleton: Skeleton) -> list[int]:
    """Where a match of a rule that names its beginnings may begin, in order."""
    text = skeleton.text
    places = list(skeleton.mentions) if "<any>" in rule.starts else []
    if "<first>" in rule.starts:
        places.append(0)
    for start in rule.start_words:
        at, is_sign = text.find(start), not start[0].isalpha()
        while at >= 0:
            if is_sign or at == 0 or not text[at - 1].isalpha():
                places.append(at)
            at = text.find(start, at + 1)
    places.sort()
    return places


def _apart(matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """The first few matches of which none begins within another."""
    kept = matches[:1]
    for match in matches[1:]:
        if match.start() >= kept[-1].end() and len(kept) < _MOST_PLACES:
            kept.append(match)
    return kept
