"""A match of a rule: what it read, who acts in it, and how much it weighs by its verb.

Where a rule is tried is decided in `candidates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.extract.lexicon.forms import ACTING, DONE
from tracker.extract.lexicon.words import ACTS, STATES
from tracker.extract.mention import MARKS, Mention
from tracker.extract.rules import Rule
from tracker.extract.rules.vetoes import PREDICTED, PREDICTION_COSTS, PREDICTIONS
from tracker.extract.skeleton import Skeleton

WORD = re.compile(r"[a-z][a-z'-]*")


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


LEAST = 0.2
"""A match of less weight is none: the verb of an order may as well be any other word."""


Cues = list[tuple[int, str]]
"""Where the cues of a passage stand, in order."""


def match_by_cue(rule: Rule, cues_at: Cues) -> Match:
    """A match of a rule that is content with one of its cues: at the first of them."""
    at, cue = next(found for found in cues_at if found[1] in rule.cue_words)
    return Match(rule, at, at + len(cue), None, None, None, None, None, rule.weight)


def best_match(rule: Rule, matches: list[re.Match[str]], skeleton: Skeleton) -> Match | None:
    """The best place where a rule matches: an act of the lexicon before any other verb."""
    best: Match | None = None
    for match in matches:
        found = _act(rule, match)
        act = found[0] if found else None
        weight = rule.weight
        if act is not None and act not in ACTS:
            if rule.needs_act:
                weight = rule.weight if _is_office(match, found) else _weight_of_other(rule, act)
            elif rule.id == "listed-doing":
                weight = 0.0
        if rule.id in PREDICTIONS and act in PREDICTED:
            weight -= PREDICTION_COSTS
        if rule.first_marks and _is_embedded(match):
            weight -= _EMBEDDED_COSTS
        if weight >= LEAST and (best is None or weight > best.weight):
            best = _match(rule, match, found, weight, skeleton)
            if weight == rule.weight:
                break
    return best


# "what we think you should try to bring home": a question, not what somebody is to do.
_EMBEDDED = re.compile(rf"\b(?:what|how|why) (?:{MARKS.pattern} (?:think|believe|feel|hope)s? )?\Z")
_EMBEDDED_COSTS = 0.4
_OPEN_TO_ANY = frozenset(
    {"will-own", "will-other", "will-third", "is-to", "said-would", "agreed-to"}
)
"""Rules whose frame tells an act apart, whatever the verb: "the office will moor them"."""
_ANY_VERB = 0.15


def _is_embedded(match: re.Match[str]) -> bool:
    start = match.start()
    if _EMBEDDED.search(match.string, max(0, start - 20), start) is None:
        return False
    # "What the delegation could do is to ask": the act stands behind.
    return match.string.find(" is ", match.end(), match.end() + 40) < 0


# "will be the sole point of contact"
_OFFICE = re.compile(
    r"be (?:the |a |an |its |our |their )?(?:sole |main |principal |primary |first |lead |new )?"
    r"(?:points? of contact|focal points?|contact points?|pocs?|coordinators?|hosts?|chair|"
    r"executive agent)\b"
)


def _is_office(match: re.Match[str], act: tuple[str, int] | None) -> bool:
    return act is not None and act[0] == "be" and (
        _OFFICE.match(match.string, act[1]) is not None
    )  # fmt: skip


def _weight_of_other(rule: Rule, act: str) -> float:
    """The weight of a match with a verb that is not among the known acts."""
    if rule.id not in _OPEN_TO_ANY:
        return rule.weight_otherwise
    if act in STATES and (act != "have" or rule.id not in {"agreed-to", "is-to"}):
        return min(rule.weight_otherwise, 0.3)
    if act.endswith("ed"):
        return rule.weight_otherwise
    return min(rule.weight, rule.weight_otherwise + _ANY_VERB)


_HELPERS = frozenset({"use", "take", "seize"})
_TRIES = frozenset({"continue", "seek", "try", "aim", "attempt", "strive", "work"})
# "use the meetings to press": what is to be done is the pressing.
_PURPOSE = re.compile(r" (?:[^.;:,]{1,80}? )?to (?:\w+ly )?(?P<act>[a-z-]{2,20})\b")
_AT_ONCE = re.compile(r" to (?:\w+ly )?(?P<act>[a-z-]{2,20})\b")


# "keep pressing"
_GOING_ON = re.compile(r" (?P<acting>[a-z-]{3,18}ing)\b")


# "go over the list", "look into it": the act is the reviewing.
_PHRASAL = (
    ("go", (" over ", " through "), "review"),
    ("go", (" ahead with ", " forward with "), "conduct"),
    ("look", (" into ", " at "), "examine"),
)


def _behind_helper(word: re.Match[str]) -> tuple[str, int]:
    for verb, particles, act in _PHRASAL:
        if word[0] == verb and word.string.startswith(particles, word.end()):
            return act, word.start()
    if word[0] == "keep":
        going_on = _GOING_ON.match(word.string, word.end())
        if going_on is not None and going_on["acting"] in ACTING:
            return ACTING[going_on["acting"]], going_on.start("acting")
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
        if position is None or (word := WORD.match(match.string, position)) is None:
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
