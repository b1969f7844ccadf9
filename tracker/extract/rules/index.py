"""Which rules a passage could match at all, told from its words and its actors.

Most rules match nowhere, so what cannot match must cost next to nothing: each rule is one bit of
a number, and looking them up is a few operations on numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from tracker.extract.mention import OBLIQUE, SUBJECT
from tracker.extract.rules.model import Rule


def _bits_by(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, bit in pairs:
        found[key] = found.get(key, 0) | bit
    return found


class RuleIndex:
    """Rules by cue, by further cue and by the marks of the actors with which they begin."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        bits = {rule: 1 << number for number, rule in enumerate(rules)}
        self._rules = {bit: rule for rule, bit in bits.items()}
        self._by_cue = _bits_by((cue, bit) for rule, bit in bits.items() for cue in rule.cue_words)
        self._by_further = _bits_by(
            (word, bit) for rule, bit in bits.items() for word in rule.further_words
        )
        self._by_mark = dict.fromkeys([*SUBJECT.values(), *OBLIQUE.values()], 0) | _bits_by(
            (mark, bit) for rule, bit in bits.items() for mark in rule.first_marks
        )
        self._needs_no_further = sum(bit for rule, bit in bits.items() if not rule.further_words)
        self._needs_no_mark = sum(bit for rule, bit in bits.items() if not rule.first_marks)
        self.cues = frozenset(self._by_cue)
        self._further = frozenset(self._by_further)

    def rules_for(
        self, words: frozenset[str], parts: frozenset[str], marks: Iterable[str]
    ) -> Iterator[Rule]:
        """The rules that a passage of these words and actors could match, in no order.

        ``parts`` are the words and what hyphens join in them.
        """
        cued = reduce(or_, map(self._by_cue.__getitem__, words & self.cues), 0)
        further = map(self._by_further.__getitem__, parts & self._further)
        begun = map(self._by_mark.__getitem__, marks)
        cued &= reduce(or_, further, self._needs_no_further)
        cued &= reduce(or_, begun, self._needs_no_mark)
        while cued:
            lowest = cued & -cued
            yield self._rules[lowest]
            cued ^= lowest
