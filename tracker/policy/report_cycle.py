"""When a dialogue reports, and which step of a report falls on a day.

Pure: the days are handed in. Who is written to, and what a report says, is decided elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tracker.policy.deadlines import add_days, add_months

Step = Literal["call", "draft"]
MOST_REPORTS = 400
"""Reports ahead that are looked at; more than thirty years of monthly ones."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A dialogue's reporting period. ``first_on`` is the day of its first report, None where no
    meeting day is known to count from; the lengths are days before a report's day."""

    first_on: dt.date | None
    months: int
    call_days: int
    draft_days: int

    def report_days(self) -> Iterator[dt.date]:
        """The days of all its reports. Months are counted from the first, so that a 31st does
        not wander."""
        if self.first_on is not None:
            for n in range(MOST_REPORTS):
                yield add_months(self.first_on, n * self.months)


def cycle_of(
    meeting_ends_on: dt.date | None,
    months: int,
    first_due_on: dt.date | None,
    call_days: int,
    draft_days: int,
) -> Cycle:
    """The cycle: from the stated first day, else from the meeting's last day plus the period."""
    start = first_due_on
    if start is None and meeting_ends_on is not None:
        start = add_months(meeting_ends_on, months)
    return Cycle(start, months, call_days, draft_days)


def next_report_on(
    cycle: Cycle, today: dt.date, made: frozenset[dt.date], *, not_before: dt.date = dt.date.min
) -> dt.date | None:
    """The day of the next report: the latest one that has come and was not made, else the first
    to come; None where there is none. One that was missed because another came due, or because
    people made one of a later day, is not made up for, and none from before ``not_before``, when
    nobody kept the dialogue here yet."""
    last_made = max(made, default=dt.date.min)
    passed: dt.date | None = None
    for day in cycle.report_days():
        if day < not_before:
            continue
        if day > today:
            is_missed = passed is not None and passed > last_made
            return passed if is_missed else _first(cycle, day, made)
        passed = day
    return None


def _first(cycle: Cycle, day: dt.date, made: frozenset[dt.date]) -> dt.date | None:
    """``day``, or the first report day after it that was not made yet."""
    return next((d for d in cycle.report_days() if d >= day and d not in made), None)


def due_step(cycle: Cycle, report_on: dt.date, today: dt.date) -> Step | None:
    """The furthest step of that report whose day has come; None before the first."""
    if today >= add_days(report_on, -cycle.draft_days):
        return "draft"
    if today >= add_days(report_on, -cycle.call_days):
        return "call"
    return None
