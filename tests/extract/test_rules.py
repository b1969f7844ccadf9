"""Each rule picks its example and leaves its counter-example; ids are told apart."""

from __future__ import annotations

import pytest

from tests.extract.own_cables import FOLDER, NAMES, lexicon
from tests.extract.samples import LEXICON, sentence
from tests.world import shipped_cable
from tracker.cable import parse_cable
from tracker.extract.candidates import LISTED_IDS, find_candidate
from tracker.extract.cast import read_cast
from tracker.extract.match import WORD, best_match
from tracker.extract.rules import LIKELY, RULES, VETOES, Rule, Veto
from tracker.extract.sentences import split_sentences
from tracker.extract.skeleton import Skeleton, read_skeletons


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


def _sentences() -> list[Skeleton]:
    """The sentences of the cables that ship with the project."""
    found: list[Skeleton] = []
    texts = [(FOLDER / f"{name}.txt").read_text(encoding="utf-8") for name in NAMES]
    for text in [shipped_cable().decode("utf-8"), *texts]:
        cable = parse_cable(text)
        spans = [s for block in cable.blocks for s in split_sentences(cable.masked, block.span)]
        found += read_skeletons(cable.masked, spans, read_cast(cable, lexicon()), lexicon())
    return found


def test_places_where_a_rule_is_looked_for_miss_no_match_of_it() -> None:
    """Each rule names words and places without which it is not tried, for speed alone."""
    for skeleton in _sentences():
        found = {m.rule for m in find_candidate(skeleton, LEXICON, is_listed=False).matches}
        words = frozenset(WORD.findall(skeleton.text))
        for rule in RULES:
            if not rule.pattern or rule.id in LISTED_IDS or rule.cue_words.isdisjoint(words):
                continue
            matches = [*rule.regex.finditer(skeleton.text)][:8]
            if matches and best_match(rule, matches, skeleton) is not None:
                assert rule in found, (rule.id, skeleton.text)
