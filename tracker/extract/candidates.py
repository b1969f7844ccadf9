"""Applies the rules to units: what matched, who is to do it, and how much speaks for it.

The rules are data of `rules`; what follows from a match is decided in `resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.extract.lexicon import Lexicon
from tracker.extract.lexicon.words import ACTS
from tracker.extract.mention import Mention
from tracker.extract.rules import RULES, VETOES, Rule, Veto
from tracker.extract.rules.listed import LISTED
from tracker.extract.rules.model import group
from tracker.extract.rules.vetoes import PREDICTED, PREDICTION_COSTS, PREDICTIONS
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

    def shift(self, by: int) -> None:
        """Move all positions on, where the match was found in a part of a skeleton."""
        self.start, self.end = self.start + by, self.end + by
        self.doer_at = None if self.doer_at is None else self.doer_at + by
        self.done_at = None if self.done_at is None else self.done_at + by
        self.act_at = None if self.act_at is None else self.act_at + by


@dataclass(slots=True)
class Candidate:
    """All that was found in one passage: matches, strongest first, and vetoes."""

    matches: list[Match] = field(default_factory=list)
    vetoes: list[Veto] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    """The words of the passage, in lower case."""

    @property
    def best(self) -> Match:
        """The match that governs: the strongest, of equals the first in the text."""
        return self.matches[0]


_WORD = re.compile(r"[a-z][a-z'-]*")


def _forms_in_ing() -> dict[str, str]:
    forms: dict[str, str] = {}
    for act in ACTS:
        stem = act[:-1] if act.endswith("e") and not act.endswith(("ee", "oe")) else act
        forms[stem + "ing"] = act
        forms[act + act[-1] + "ing"] = act
    return forms


def _participles() -> dict[str, str]:
    forms = dict(_IRREGULAR)
    for act in ACTS:
        forms[act + ("d" if act.endswith("e") else "ed")] = act
        forms[act + act[-1] + "ed"] = act
        if act.endswith("y"):
            forms[act[:-1] + "ied"] = act
    return forms


_IRREGULAR = {
    "done": "do", "made": "make", "held": "hold", "given": "give", "taken": "take",
    "begun": "begin", "brought": "bring", "built": "build", "chosen": "choose", "drawn": "draw",
    "found": "find", "kept": "keep", "led": "lead", "met": "meet", "paid": "pay", "put": "put",
    "sent": "send", "set": "set", "sought": "seek", "spent": "spend", "told": "tell",
    "written": "write", "undertaken": "undertake", "dealt": "deal", "cut": "cut", "shown": "show",
}  # fmt: skip
DONE = _participles()
ACTING = _forms_in_ing()
LISTED_IDS = frozenset(rule.id for rule in LISTED)


def _index_by_cue() -> dict[str, tuple[Rule, ...]]:
    index: dict[str, list[Rule]] = {}
    for rule in RULES:
        for cue in rule.cue_words:
            index.setdefault(cue, []).append(rule)
    return {cue: tuple(rules) for cue, rules in index.items()}


Places = dict[str, list[int]]
"""Word ─► where it stands in a skeleton."""

_BY_CUE = _index_by_cue()
_ORDER = {rule.id: number for number, rule in enumerate(RULES)}
CUES = frozenset(_BY_CUE)


def has_cue(text: str, lexicon: Lexicon) -> bool:
    """Whether any rule could pick a passage, by its words alone."""
    lowered = text.lower()
    return not CUES.isdisjoint(_WORD.findall(lowered)) or any(
        phrase in lowered for phrase in lexicon.phrases
    )


def find_candidate(skeleton: Skeleton, lexicon: Lexicon, *, is_listed: bool) -> Candidate:
    """Everything that the rules find in one unit."""
    text = skeleton.text
    candidate = Candidate()
    places: Places = {}
    words = frozenset(_WORD.findall(text))
    cues = words & CUES
    for word in _WORD.finditer(text) if cues else ():
        if word[0] in cues:
            places.setdefault(word[0], []).append(word.start())
    rules = set().union(*map(_BY_CUE.__getitem__, cues), LISTED if is_listed else ())
    for rule in rules:
        if rule.id in lexicon.disabled:
            continue
        # Most rules match nothing: that must cost no more than one search.
        if rule.pattern and not rule.is_anchored and rule.regex.search(text) is None:
            continue
        find = _try if rule.pattern else _by_cue
        found = find(rule, text, skeleton, places)
        if found is not None:
            candidate.matches.append(found)
    candidate.words = frozenset(" ".join(words).replace("-", " ").split())
    candidate.matches.sort(key=lambda m: (-m.weight, m.start, _ORDER[m.rule.id]))
    _prefer_main_clause(candidate)
    if candidate.matches:
        best = candidate.best
        candidate.vetoes = [
            v
            for v in VETOES
            if not v.cue_words.isdisjoint(words)
            and v.regex.search(text, *v.window(text, best.start, best.end))
        ]
    return candidate


_SLACK = 0.2
_MAIN = 0.65


def _prefer_main_clause(candidate: Candidate) -> None:
    """Let the first of the strong matches govern: what follows it depends on it."""
    strong = [m for m in candidate.matches if m.weight >= _MAIN and m.rule.id not in LISTED_IDS]
    if not strong:
        return
    first = min(strong, key=lambda m: m.start)
    if first.weight >= candidate.best.weight - _SLACK:
        candidate.matches.remove(first)
        candidate.matches.insert(0, first)


def _by_cue(rule: Rule, text: str, skeleton: Skeleton, places: Places) -> Match:
    """A match of a rule that is content with one of its cues: at the first of them."""
    at, cue = min((at[0], cue) for cue, at in places.items() if cue in rule.cue_words)
    return Match(rule, at, at + len(cue), None, None, None, None, None, rule.weight)


def _try(rule: Rule, text: str, skeleton: Skeleton, places: Places) -> Match | None:
    """The best place where a rule matches: an act of the lexicon before any other verb."""
    best: Match | None = None
    for match in _matches(rule, text, places):
        found = _act(match)
        act = found[0] if found else None
        weight = rule.weight
        if act is not None and act not in ACTS:
            if rule.needs_act:
                weight = rule.weight_otherwise
            elif rule.id == "listed-doing":
                weight = 0.0
        if rule.id in PREDICTIONS and act in PREDICTED:
            weight -= PREDICTION_COSTS
        if weight > 0 and (best is None or weight > best.weight):
            best = _match(rule, match, found, weight, skeleton)
            if weight == rule.weight:
                break
    return best


_MOST_PLACES = 8


def _matches(rule: Rule, text: str, places: Places) -> Iterator[re.Match[str]]:
    """The first few matches: those of an anchored rule are only looked for at its cues."""
    if rule.is_anchored:
        at = sorted(p for cue, found in places.items() if cue in rule.cue_words for p in found)
        for position in at[:_MOST_PLACES]:
            if match := rule.regex.match(text, position):
                yield match
        return
    position = 0
    for _ in range(_MOST_PLACES):
        match = rule.regex.search(text, position)
        if match is None:
            return
        yield match
        position = max(match.end(), match.start() + 1)


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


def _act(match: re.Match[str]) -> tuple[str, int] | None:
    """The act of a match in its base form, and where it stands."""
    for name, forms in (("act", None), ("done", DONE), ("acting", ACTING)):
        position = group(match, name)
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
    def actor(name: str) -> Mention | None:
        position = group(match, name)
        return skeleton.mentions.get(position) if position is not None else None

    return Match(
        rule,
        match.start(),
        match.end(),
        act[0] if act else None,
        actor("doer"),
        group(match, "doer"),
        actor("asked"),
        actor("speaker"),
        weight,
        match.string.startswith(_NOUN_FOLLOWS, match.end()),
        group(match, "done"),
        act[1] if act else None,
    )
