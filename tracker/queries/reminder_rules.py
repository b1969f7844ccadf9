"""The rules of reminders that dialogues have set, and the defaults for all others.

Session first; no writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import StoredRules
from tracker.policy.reminder_rules import DEFAULT_RULES, ReminderRules


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of every dialogue."""

    stored: Mapping[int, ReminderRules] = field(default_factory=dict)

    def of(self, dialogue_id: int) -> ReminderRules:
        """A dialogue's rules; the defaults where it has set none."""
        return self.stored.get(dialogue_id, DEFAULT_RULES)

    @property
    def longest_lead(self) -> int:
        """The most days before a due date on which anybody is reminded."""
        return max((max(r.lead_days, default=0) for r in self._all()), default=0)

    @property
    def shortest_stale(self) -> int | None:
        """The fewest days without an update after which anybody is asked; None for nobody."""
        return min((r.stale_after for r in self._all() if r.stale_after), default=None)

    def _all(self) -> list[ReminderRules]:
        return [DEFAULT_RULES, *self.stored.values()]


def read_rulebook(session: Session) -> Rulebook:
    """All rules, in one SELECT."""
    rows = session.scalars(select(StoredRules))
    return Rulebook({row.dialogue_id: rules_from(row) for row in rows})


def find_stored_rules(session: Session, dialogue_id: int) -> StoredRules | None:
    """What a dialogue has stored; None while it has the defaults."""
    return session.get(StoredRules, dialogue_id)


def rules_from(row: StoredRules | None) -> ReminderRules:
    """A stored row as rules; the defaults for none."""
    if row is None:
        return DEFAULT_RULES
    return ReminderRules(
        tuple(row.lead_days),
        row.overdue_every,
        row.head_after,
        row.chair_after,
        row.stale_after,
        row.approval_every,
    )
