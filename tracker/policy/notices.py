"""Which mails a person may do without, and how they may set those that they get.

Reminders of one's own tasks, questions and approvals are obligatory: they are what the tracker is
for. No clock, no database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.policy.errors import InvalidInput
from tracker.policy.reminder_rules import LEAD_DAYS
from tracker.policy.statuses import date_in_words

OPTIONAL: Mapping[str, str] = {
    "call": "Calls for an update before a status report",
    "draft": "That a draft of a report was made",
    "answer": "Answers to my questions about tasks",
}
"""Kinds of mail that can be declined, in words; their order is that of ``number_of``."""
CHOSEN_LEADS = tuple(days for days in LEAD_DAYS if days)
"""The day itself and what is overdue always remind."""
LONGEST_ABSENCE = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Notices:
    """What a person sets: days before a due date, the hour (None for the installation's), the
    last day of an absence, and the kinds of mail they do not want."""

    lead_days: tuple[int, ...] = LEAD_DAYS
    hour: int | None = None
    away_until: dt.date | None = None
    declined: tuple[str, ...] = ()


def check_notices(notices: Notices, today: dt.date) -> None:
    """Raises InvalidInput, naming the field, for what cannot be set."""
    if not set(notices.lead_days) <= set(LEAD_DAYS):
        raise InvalidInput("Choose among the days that are listed.", "lead_days")
    if notices.hour is not None and not 0 <= notices.hour <= 23:
        raise InvalidInput("Choose one of the hours that are listed.", "hour")
    if not set(notices.declined) <= set(OPTIONAL):
        raise InvalidInput("Choose among the mails that are listed.", "wanted")
    latest = today + LONGEST_ABSENCE
    if notices.away_until is not None and not today <= notices.away_until <= latest:
        raise InvalidInput(
            f"Give a day from today to {date_in_words(latest)}; hand your tasks over for longer.",
            "away_until",
        )


def number_of(kind: str) -> int:
    """The number that stands for a kind of mail in a link; raises ValueError for others."""
    return list(OPTIONAL).index(kind)


def kind_of(number: int) -> str | None:
    """The kind of mail that a number stands for; None for no such number."""
    kinds = list(OPTIONAL)
    return kinds[number] if 0 <= number < len(kinds) else None
