"""What a person may answer from a mail, for how long, and how far a pause of reminders may go.

No clock, no database; who has the right to change a task is policy/visibility.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from tracker.policy.errors import InvalidInput
from tracker.policy.statuses import date_in_words

Kind = Literal["done", "on_track", "new_date", "not_mine", "snooze", "remark"]
LINKS_LAST = dt.timedelta(days=60)
LONGEST_SNOOZE = dt.timedelta(days=14)
MOST_WORDS = 4_000
"""Characters of a remark: a page of text, which is more than a phone sends."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was chosen, with the words typed beside it; ``day`` is the date asked for, or until
    when reminders are to pause."""

    kind: Kind
    remark: str = ""
    day: dt.date | None = None


def last_snooze_day(due_on: dt.date | None, today: dt.date) -> dt.date:
    """The latest day until which reminders of a task may pause: its due date or 14 days from
    today, whichever is first; 14 days where the due date is no day to come."""
    latest = today + LONGEST_SNOOZE
    return min(latest, due_on) if due_on is not None and due_on > today else latest


def check_answer(answer: Answer, due_on: dt.date | None, today: dt.date) -> None:
    """Raises InvalidInput, naming the field, for an answer that says too little or too much."""
    if len(answer.remark) > MOST_WORDS:
        raise InvalidInput(f"Use at most {MOST_WORDS:,} characters.", "remark")
    if answer.kind == "new_date":
        if answer.day is None:
            raise InvalidInput("Give the date that you ask for.", "day")
        if answer.day < today:
            raise InvalidInput("Give a date that is still to come.", "day")
        if not answer.remark.strip():
            raise InvalidInput("Say why; whoever decides will want to know.", "remark")
    if answer.kind == "snooze":
        _check_snooze(answer.day, last_snooze_day(due_on, today), today)
    if answer.kind == "remark" and not answer.remark.strip():
        raise InvalidInput("Write a remark.", "remark")


def _check_snooze(day: dt.date | None, latest: dt.date, today: dt.date) -> None:
    if day is None or day <= today:
        raise InvalidInput("Give a day after today.", "day")
    if day > latest:
        raise InvalidInput(
            f"Reminders of this task can pause until {date_in_words(latest)} at most.", "day"
        )
