"""Applies the rules to units: what matched, who is to do it, and how much speaks for it.

The rules are data of `rules`; what follows from a match is decided in `resolve`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from tracker.extract.lexicon import Lexicon
from tracker.extract.lexicon.forms import ACTING, DONE
from tracker.extract.lexicon.words import ACTS, STATES
from tracker.extract.mention import Mention
from tracker.extract.rules import LIKELY, RULES, Rule, Veto
from tracker.extract.rules.index import OPENING, RuleIndex
from tracker.extract.rules.listed import LISTED
from tracker.extract.rules.vetoes import PREDICTED, PREDICTION_COSTS, PREDICTIONS, against
from tracker.extract.skeleton import Skeleton


@dataclass(slots=True)
class Match:
    """A rule that picked a passage. Positions are in the skeleton."""

    rule: Rule
    start: int
    end: int
    act: str | None
    doer: Mention | None
    doer_at: int | None
    asked: Mention | None
    speaker: Mention | None
    weight: float
    leads_to_noun: bool = False
    """Whether an article follows: "be the point of contact"."""
    done_at: int | None = None
    """Where the participle of a passive stands."""
    act_at: int | None = None

    floor: int = 0
    """Where the clause begins before which no doer is looked for."""


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


_WORD = re.compile(r"[a-z][a-z'-]*")
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
        or not _TELLING.isdisjoint(_WORD.findall(lowered))
        or " to " in lowered[:_OPENING]
        or ":" in lowered[:_OPENING]
        or any(phrase in lowered for phrase in lexicon.phrases)
    )


Cues = list[tuple[int, str]]
"""Where the cues of a passage stand, in order."""


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


def find_candidate(skeleton: Skeleton, lexicon: Lexicon, *, is_listed: bool) -> Candidate:
    """Everything that the rules find in one unit."""
    text = skeleton.text
    in_order = _WORD.findall(text)
    words = frozenset(in_order)
    cues_at = _places(text, words & _PLACED)
    parts = words
    if "-" in text:
        parts = words.union(*(word.split("-") for word in words if "-" in word))
    begun, actors = _beginnings(skeleton)
    rules = _INDEX.rules_for(words, parts, in_order[:OPENING], begun)
    if is_listed:
        rules += LISTED
    elif ":" in text and "to" not in words:
        rules += _NOTED
    disabled = lexicon.disabled
    found: list[Match] = []
    for rule in rules:
        if disabled and rule.id in disabled:
            continue
        if not rule.pattern:
            found.append(_by_cue(rule, cues_at))
        elif (matches := _matches(rule, text, cues_at, actors)) and (
            best := _best(rule, matches, skeleton)
        ):
            found.append(best)
    if len(found) > 1:
        found.sort(key=lambda m: (-m.weight, m.start, _ORDER[m.rule.id]))
    _prefer_main_clause(found, text)
    vetoes = against(text, words, found[0].start, found[0].end) if found else []
    return Candidate(found, vetoes, parts)


_FOLLOWING = re.compile(r".(?: ?(\w+|[,(]))?")


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
_LEAST = 0.2
"""A match of less weight is none: the verb of an order may as well be any other word."""
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


def _by_cue(rule: Rule, cues_at: Cues) -> Match:
    """A match of a rule that is content with one of its cues: at the first of them."""
    at, cue = next(found for found in cues_at if found[1] in rule.cue_words)
    return Match(rule, at, at + len(cue), None, None, None, None, None, rule.weight)


def _best(rule: Rule, matches: list[re.Match[str]], skeleton: Skeleton) -> Match | None:
    """The best place where a rule matches: an act of the lexicon before any other verb."""
    best: Match | None = None
    for match in matches:
        found = _act(rule, match)
        act = found[0] if found else None
        weight = rule.weight
        if act is not None and act not in ACTS:
            if rule.needs_act:
                weight = _weight_of_other(rule, act)
            elif rule.id == "listed-doing":
                weight = 0.0
        if rule.id in PREDICTIONS and act in PREDICTED:
            weight -= PREDICTION_COSTS
        if weight >= _LEAST and (best is None or weight > best.weight):
            best = _match(rule, match, found, weight, skeleton)
            if weight == rule.weight:
                break
    return best


_MOST_PLACES = 8


def _matches(rule: Rule, text: str, cues_at: Cues, actors: list[int]) -> list[re.Match[str]]:
    """The first few matches. Most rules have none, and that must cost next to nothing: where a
    match can only begin with a cue, an actor or the sentence itself, it is looked for there."""
    regex = rule.regex
    if rule.is_anchored:
        places = [at for at, cue in cues_at if cue in rule.cue_words][:_MOST_PLACES]
        return [match for at in places if (match := regex.match(text, at))]
    if rule.is_first:
        match = regex.match(text)
        return [match] if match else []
    if rule.first_marks:
        marks = rule.first_marks
        found = [
            match
            for at in actors
            if text[at] in marks and (match := regex.match(text, at))
        ]
        return _apart(found) if len(found) > 1 else found
    return [*islice(regex.finditer(text), _MOST_PLACES)] if regex.search(text) else []


def _apart(matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """The first few matches of which none begins within another."""
    kept = matches[:1]
    for match in matches[1:]:
        if match.start() >= kept[-1].end() and len(kept) < _MOST_PLACES:
            kept.append(match)
    return kept


_OPEN_TO_ANY = frozenset(
    {"will-own", "will-other", "will-third", "is-to", "said-would", "agreed-to"}
)
"""Rules whose frame tells an act apart, whatever the verb: "the office will moor them"."""
_ANY_VERB = 0.15


def _weight_of_other(rule: Rule, act: str) -> float:
    """The weight of a match with a verb that is not among the known acts."""
    if rule.id not in _OPEN_TO_ANY:
        return rule.weight_otherwise
    if act in STATES and (act != "have" or rule.id != "agreed-to"):
        return min(rule.weight_otherwise, 0.3)
    if act.endswith("ed"):
        return rule.weight_otherwise
    return min(rule.weight, rule.weight_otherwise + _ANY_VERB)


_HELPERS = frozenset({"use", "take", "seize"})
_TRIES = frozenset({"continue", "seek", "try", "aim", "attempt", "strive", "work"})
# "use the meetings to press": what is to be done is the pressing.
_PURPOSE = re.compile(r" (?:[^.;:,]{1,80}? )?to (?:\w+ly )?(?P<act>[a-z-]{2,20})\b")
_AT_ONCE = re.compile(r" to (?:\w+ly )?(?P<act>[a-z-]{2,20})\b")


def _behind_helper(word: re.Match[str]) -> tuple[str, int]:
    if word[0] in _HELPERS or word[0] in _TRIES:
        pattern = _PURPOSE if word[0] in _HELPERS else _AT_ONCE
        purpose = pattern.match(word.string, word.end())
        if purpose is not None and purpose["act"] in ACTS:
            return purpose["act"], purpose.start("act")
    return word[0], word.start()


def _act(rule: Rule, match: re.Match[str]) -> tuple[str, int] | None:
    """The act of a match in its base form, and where it stands."""
    for name, forms in (("act", None), ("done", DONE), ("acting", ACTING)):
        position = rule.group(match, name) if name in rule.group_names else None
        if position is None or (word := _WORD.match(match.string, position)) is None:
            continue
        if forms is None:
            return _behind_helper(word)
        return forms.get(word[0], word[0]), position
    return None


_NOUN_FOLLOWS = (" the ", " a ", " an ", " in charge", " responsible", " ready", " prepared")


def _match(
    rule: Rule,
    match: re.Match[str],
    act: tuple[str, int] | None,
    weight: float,
    skeleton: Skeleton,
) -> Match:
    mentions, names = skeleton.mentions, rule.group_names
    doer = rule.group(match, "doer") if "doer" in names else None
    asked = rule.group(match, "asked") if "asked" in names else None
    speaker = rule.group(match, "speaker") if "speaker" in names else None
    return Match(
        rule,
        match.start(),
        match.end(),
        act[0] if act else None,
        None if doer is None else mentions.get(doer),
        doer,
        None if asked is None else mentions.get(asked),
        None if speaker is None else mentions.get(speaker),
        weight,
        match.string.startswith(_NOUN_FOLLOWS, match.end()),
        rule.group(match, "done") if "done" in names else None,
        act[1] if act else None,
    )
