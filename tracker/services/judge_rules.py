"""Puts beside each rule of extraction what people decided on what it picked.

Reads only; switching a rule off is change_lexicon.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.extract import Lexicon
from tracker.extract.rules import LIKELY, RULES, Rule
from tracker.queries.reviews import RuleCount
from tracker.services.add_missed import RULE as MISSED


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """A rule with its state and its counts; ``count`` is None where no database was asked."""

    rule: Rule
    is_enabled: bool
    count: RuleCount | None

    @property
    def is_likely(self) -> bool:
        """Whether what it picks is likely, where nothing speaks against it."""
        return self.rule.weight >= LIKELY

    @property
    def words(self) -> str:
        """Why it picks, as a sentence begins."""
        return self.rule.reason[:1].upper() + self.rule.reason[1:]

    @property
    def decided(self) -> int:
        """How many candidates it governed that somebody decided on."""
        return self.count.accepted + self.count.rejected if self.count else 0

    @property
    def share(self) -> float | None:
        """The accepted ones among the decided; None where nothing was decided."""
        return self.count.accepted / self.decided if self.count and self.decided else None


def judge_rules(lexicon: Lexicon, counts: Mapping[str, RuleCount] | None) -> list[RuleRecord]:
    """All rules: those that were decided on most first, then in the order in which they are
    tried. ``counts`` None means that there is no database to ask."""
    records = [
        RuleRecord(
            rule,
            rule.id not in lexicon.disabled,
            None if counts is None else counts.get(rule.id, RuleCount()),
        )
        for rule in RULES
    ]
    return sorted(records, key=lambda record: -record.decided)


def missed_passages(counts: Mapping[str, RuleCount]) -> int:
    """How many tasks people made of passages that no rule had picked."""
    return counts[MISSED].accepted if MISSED in counts else 0
