"""What a dialogue sets about its reminders: which there are, after how many days, in words.

Days only, without clock or database; on which days they fall is policy/reminders.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.policy.errors import InvalidInput

LEAD_DAYS = (30, 14, 7, 1, 0)
"""Days before the due date, first reminder first."""
OVERDUE_EVERY_DAYS = 7
LONGEST_LEAD, MOST_LEADS, LONGEST_DAYS = 180, 8, 366
SHORTEST = {
    "overdue_every": 2,
    "head_after": 1,
    "chair_after": 1,
    "stale_after": 14,
    "approval_every": 2,
}
"""Fewest days of each rule: below these, mail becomes what nobody reads any more."""


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """Days before a due date; days between reminders of an overdue task; days overdue after
    which the head of the owner's office is told, and the co-chair of their side; days without
    an update after which the owner is asked for one; days between reminders of an approval that
    is missing. No lead days, and None elsewhere, is off."""

    lead_days: tuple[int, ...] = LEAD_DAYS
    overdue_every: int | None = OVERDUE_EVERY_DAYS
    head_after: int | None = 14
    chair_after: int | None = 28
    stale_after: int | None = 60
    approval_every: int | None = 7

    @property
    def escalates_after(self) -> tuple[int, ...]:
        """Days overdue on which a task may be raised to somebody."""
        return tuple(days for days in (self.head_after, self.chair_after) if days is not None)


DEFAULT_RULES = ReminderRules()


def read_lead_days(text: str) -> tuple[int, ...]:
    """ "30, 14, 7" as days, the first reminder first; "" is none. Raises InvalidInput."""
    parts = [part for part in text.replace(";", ",").replace(" ", ",").split(",") if part]
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        words = "Write whole days with commas between them: 30, 14, 7, 1, 0."
        raise InvalidInput(words, "lead_days")
    return tuple(sorted({int(part) for part in parts}, reverse=True))


def check_rules(rules: ReminderRules) -> None:
    """Raises InvalidInput, naming the field, for what cannot be set."""
    if len(rules.lead_days) > MOST_LEADS:
        raise InvalidInput(f"Give at most {MOST_LEADS} days.", "lead_days")
    if not all(0 <= days <= LONGEST_LEAD for days in rules.lead_days):
        raise InvalidInput(f"Give days from 0 to {LONGEST_LEAD}.", "lead_days")
    for field, fewest in SHORTEST.items():
        days = getattr(rules, field)
        if days is not None and not fewest <= days <= LONGEST_DAYS:
            raise InvalidInput(
                f"Give {fewest} to {LONGEST_DAYS} days, or nothing to switch it off.", field
            )
    head, chair = rules.head_after, rules.chair_after
    if head is not None and chair is not None and chair <= head:
        raise InvalidInput(
            f"The co-chair comes after the head of the office: give more than {head} days.",
            "chair_after",
        )


def rules_in_words(rules: ReminderRules) -> list[str]:
    """What the rules do, a sentence each; what is off says so."""
    return [
        _leads(rules.lead_days),
        (
            "While a task is overdue, they are reminded the day after it was due and then "
            f"{every(rules.overdue_every)}."
            if rules.overdue_every
            else "Nobody is reminded of their own overdue tasks."
        ),
        _raised(rules.head_after, "the head of its owner's office", "is"),
        _raised(rules.chair_after, "the co-chairs of our side", "are"),
        (
            f"When nothing was heard of an open task for {in_days(rules.stale_after)}, and it is "
            "not due yet, its owner is asked for an update."
            if rules.stale_after
            else "Owners are not asked about tasks of which nothing was heard."
        ),
        (
            "Who has an agreed list or a report to approve is reminded of it "
            f"{every(rules.approval_every)} until their side has approved it."
            if rules.approval_every
            else "Nobody is reminded of approvals that are missing."
        ),
    ]


def in_days(days: int) -> str:
    """ "1 day", "14 days"."""
    return "1 day" if days == 1 else f"{days} days"


def every(days: int) -> str:
    """ "every week", "every 2 weeks", "every 10 days"."""
    weeks, rest = divmod(days, 7)
    if rest:
        return f"every {in_days(days)}"
    return "every week" if weeks == 1 else f"every {weeks} weeks"


def _leads(lead_days: tuple[int, ...]) -> str:
    if not lead_days:
        return "Nobody is reminded before a task is due."
    before = [str(days) for days in lead_days if days]
    parts = []
    if before:
        parts.append(
            f"{_listed(before)} {'day' if before == ['1'] else 'days'} before a task is due"
        )
    if 0 in lead_days:
        parts.append("on the day itself" if before else "on the day that a task is due")
    return f"Owners are reminded {' and '.join(parts)}."


def _raised(after: int | None, whom: str, verb: str) -> str:
    if after is None:
        return f"Overdue tasks are not raised to {whom}."
    return f"When a task has been overdue for {in_days(after)}, {whom} {verb} told of it, once."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
