"""Each rule picks its example and leaves its counter-example; ids are told apart."""

from __future__ import annotations

from functools import cache

import pytest

from tests.extract.samples import LEXICON, sentence
from tracker.extract.candidates import (
    LISTED_IDS,
    _at_actors,
    _at_starts,
    _prepare,
    find_candidate,
)
from tracker.extract.match import LEAST, best_match
from tracker.extract.rules import LIKELY, RULES, VETOES, Rule, Veto
from tracker.extract.skeleton import Skeleton


def weight(rule: Rule, text: str) -> float:
    """How much this rule alone speaks for a sentence, 0 where it does not pick it."""
    found = find_candidate(sentence(text), LEXICON, is_listed=rule.id in LISTED_IDS)
    return max((m.weight for m in found.matches if m.rule is rule), default=0.0)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_picks_its_example(rule: Rule) -> None:
    assert weight(rule, rule.example) == rule.weight


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_leaves_its_counter_example(rule: Rule) -> None:
    assert weight(rule, rule.counter) < min(rule.weight, LIKELY + 0.11)


@pytest.mark.parametrize("veto", VETOES, ids=lambda veto: veto.id)
def test_a_veto_speaks_against_its_example_alone(veto: Veto) -> None:
    assert veto.regex.search(sentence(veto.example).text)
    assert not veto.regex.search(sentence(veto.counter).text)


def test_rules_are_told_apart_by_their_ids() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_reason_completes_a_sentence_and_a_weight_is_a_share(rule: Rule) -> None:
    assert rule.reason[0].islower() or rule.reason.startswith("ongoing")
    assert not rule.reason.endswith(".")
    assert 0 < rule.weight <= 1


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.pattern], ids=lambda r: r.id)
def test_what_is_passed_over_for_speed_could_not_match(rule: Rule) -> None:
    for skeleton in _examples():
        passage, tried = _prepare(skeleton, rule.id in LISTED_IDS)
        if rule.starts or (rule.first_marks and not rule.is_first and not rule.is_anchored):
            found = {m.start() for m in rule.regex.finditer(skeleton.text)}
            looked = _at_starts if rule.starts else _at_actors
            assert found <= {m.start() for m in looked(rule, passage)}, skeleton.text
        if rule.is_opening and rule not in tried:
            assert _weight_of(rule, skeleton) < LEAST, skeleton.text


@cache
def _examples() -> list[Skeleton]:
    return [sentence(text) for rule in RULES for text in (rule.example, rule.counter)]


def _weight_of(rule: Rule, skeleton: Skeleton) -> float:
    """What a rule would weigh where it is tried in any case."""
    best = best_match(rule, list(rule.regex.finditer(skeleton.text)), skeleton)
    return best.weight if best else 0.0
