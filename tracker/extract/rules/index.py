"""Which rules a passage could match at all, told from its words and its actors.

Most rules match nowhere, so what cannot match must cost next to nothing: each rule is one bit of
a number, and looking them up is a few operations on numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.extract.mention import OBLIQUE, SUBJECT
from tracker.extract.rules.model import Rule

# What may stand between an actor with which a rule begins and its cue: adverbs, by their first
# word (those in "-ly" beside them), auxiliaries, and forms of verbs that are no cues.
_BETWEEN = frozenset(
    """
    also again then now further still jointly even once in therefore both each as instead first
    soon always thus just too so meanwhile for henceforth hereafter thereafter nonetheless
    nevertheless however
    would will is are was were be been being remain remains remained has have had having continue
    continues do does did may might could can shall should must ought need needs
    advance encourage promote
    """.split()
)
OPENING = 4
"""Among so many words must the cue of a rule stand that only matches the opening."""


def _bits_by(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, bit in pairs:
        found[key] = found.get(key, 0) | bit
    return found


class RuleIndex:
    """Rules by cue, by further cue, and by the actors with which they begin: by their marks, and
    by the word that follows."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        bits = {rule: 1 << number for number, rule in enumerate(rules)}
        self._rules = {bit: rule for rule, bit in bits.items()}
        cues = [(cue, bit) for rule, bit in bits.items() for cue in rule.cue_words]
        opening = sum(bit for rule, bit in bits.items() if rule.is_opening)
        self._by_cue = _bits_by((cue, bit) for cue, bit in cues if not bit & opening)
        self._by_opening = _bits_by((cue, bit) for cue, bit in cues if bit & opening)
        self._by_further = _bits_by(
            (word, bit) for rule, bit in bits.items() for word in rule.further_words
        )
        self._by_mark = dict.fromkeys([*SUBJECT.values(), *OBLIQUE.values()], 0) | _bits_by(
            (mark, bit) for rule, bit in bits.items() for mark in rule.first_marks
        )
        begun = sum(bit for rule, bit in bits.items() if rule.first_marks)
        self._by_any_mark = sum(bit for rule, bit in bits.items() if rule.follows)
        self._by_following = dict.fromkeys(_BETWEEN, begun)
        for rule, bit in bits.items():
            begins = {*rule.cue_words, *rule.asides} if rule.first_marks else set()
            for word in begins.union(rule.follows.split()):
                self._by_following[word] = self._by_following.get(word, 0) | bit
        self._needs_no_further = sum(bit for rule, bit in bits.items() if not rule.further_words)
        self._needs_no_actor = (1 << len(rules)) - 1 - begun - self._by_any_mark
        self.cues = frozenset(self._by_cue) | frozenset(self._by_opening)
        self._cues = frozenset(self._by_cue)
        self._further = frozenset(self._by_further)

    def begun_by(self, mark: str, following: str) -> int:
        """The rules that could begin with an actor, before this word or sign, as a number."""
        if following.endswith("ly"):
            return self._by_mark[mark]
        known = self._by_following.get(following, 0)
        return known & (self._by_mark[mark] | self._by_any_mark) if known else 0

    def rules_for(
        self, words: frozenset[str], parts: frozenset[str], opening: list[str], begun: int
    ) -> list[Rule]:
        """The rules that a passage could match, in no order.

        ``words`` are its words, ``parts`` these, what hyphens join in them and
        signs, ``opening`` the first few words; ``begun`` joins what each of its actors could begin.
        """
        cued = 0
        for word in words & self._cues:
            cued |= self._by_cue[word]
        for word in opening:
            cued |= self._by_opening.get(word, 0)
        further = self._needs_no_further
        for word in parts & self._further:
            further |= self._by_further[word]
        cued &= further & (begun | self._needs_no_actor)
        found = []
        while cued:
            lowest = cued & -cued
            found.append(self._rules[lowest])
            cued ^= lowest
        return found
