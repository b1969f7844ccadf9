"""Each rule picks its example and leaves its counter-example; ids are told apart."""

from __future__ import annotations

import pytest

from tests.extract.samples import LEXICON, sentence
from tracker.extract.candidates import LISTED_IDS, find_candidate
from tracker.extract.rules import LIKELY, RULES, VETOES, Rule, Veto


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
