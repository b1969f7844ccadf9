"""On which days a task's due date calls for a reminder, and how long to wait after a failure.

Dates only, without clock or database; planning and sending are services/send_reminders.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, takewhile

from tracker.policy.reminder_rules import LEAD_DAYS, OVERDUE_EVERY_DAYS
from tracker.policy.workdays import working_day_after, working_day_before

OVERDUE_FIRST_DAY = 1
"""Days after the due date on which the first reminder of an overdue task falls."""
PAUSES = tuple(dt.timedelta(minutes=m) for m in (1, 4, 15, 45, 120, 240, 480, 840, 1140))
"""Pauses between the tries of one message, about two days together. RFC 5321, 4.5.4.1, asks for
retries that go on long enough to outlast a server's trouble, at growing distance."""

_OVERDUE = "overdue+"
_LONGEST_MOVE = dt.timedelta(days=35)
"""More than any country's longest run of days off moves a reminder."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One reason to remind: ``offset_days`` from the due date (negative before it), and the day
    ``falls_on`` on which the message is to go out."""

    offset_days: int
    falls_on: dt.date

    @property
    def key(self) -> str:
        """What is remembered with person, task and due date once the reminder was sent: "30",
        "14", "7", "1", "0" for days before, "overdue+1", "overdue+8" … for days after."""
        return str(-self.offset_days) if self.offset_days <= 0 else f"{_OVERDUE}{self.offset_days}"


def is_overdue_key(key: str) -> bool:
    """Whether an occasion's key belongs to a task whose due date had passed."""
    return key.startswith("overdue")


def occasions(
    due_on: dt.date,
    until: dt.date,
    *,
    country: str | None = None,
    since: dt.date | None = None,
    lead_days: Sequence[int] = LEAD_DAYS,
    overdue_every: int | None = OVERDUE_EVERY_DAYS,
) -> list[Occasion]:
    """All occasions that fall on or before ``until``, in order; days may repeat.

    They are ``lead_days`` before the due date, then, while the task stays open, the day after
    it and every ``overdue_every`` days from there (+1, +8, +15 …; None is never). One that falls
    on a weekend or holiday of ``country`` (that of the person reminded) moves to the working day
    before, the due date itself staying where it is; that an overdue task is overdue is not said
    before it is, so there the move goes to the working day after where need be. ``since`` is the
    first day on which the person could be told (the task came to them, or its date was moved):
    what would fall earlier falls on that day.
    """
    offsets = _offsets(due_on, due_on, lead_days, overdue_every)
    every = (_occasion(due_on, offset, country, since) for offset in offsets)
    return list(takewhile(lambda occasion: occasion.falls_on <= until, every))


def latest_occasion(
    due_on: dt.date,
    today: dt.date,
    sent: Collection[str] = frozenset(),
    *,
    country: str | None = None,
    since: dt.date | None = None,
    lead_days: Sequence[int] = LEAD_DAYS,
    overdue_every: int | None = OVERDUE_EVERY_DAYS,
) -> Occasion | None:
    """The one occasion to remind of on ``today``, or None.

    It is the last that has fallen, and stands for all earlier ones that were missed: days of
    downtime yield one message. ``sent`` holds the keys remembered for this person, task and due
    date; once one is remembered, neither it nor any before it comes up again, even where the
    clock was set back. Whoever moves the due date starts with an empty set. The message is late
    where ``falls_on`` is before ``today``.
    """
    last = _last(due_on, today, country, since, tuple(lead_days), overdue_every)
    remembered = [_offset(key) for key in sent]
    if last is None or any(r is not None and r >= last.offset_days for r in remembered):
        return None
    return last


def next_reminder_on(
    due_on: dt.date | None,
    status_is_open: bool,
    after: dt.date,
    *,
    country: str | None = None,
    lead_days: Sequence[int] = LEAD_DAYS,
    overdue_every: int | None = OVERDUE_EVERY_DAYS,
) -> dt.date | None:
    """The first day after ``after`` on which an occasion falls; None where none is left, and for
    a task that is closed or has no date.

    To have what has fallen already sent at the next sweep (a new task, a moved date, a new
    owner), the day of that change is itself the next one.
    """
    if due_on is None or not status_is_open:
        return None
    return _next(due_on, after, country, tuple(lead_days), overdue_every)


def backoff(attempt: int) -> dt.timedelta | None:
    """How long to wait after ``attempt`` tries (1 is the first) that failed for the time being;
    None to give up, after nine pauses or about two days.

    Raises ValueError for an attempt below 1.
    """
    if attempt < 1:
        raise ValueError("attempts are counted from 1")
    return PAUSES[attempt - 1] if attempt <= len(PAUSES) else None


@lru_cache(maxsize=4096)
def _next(
    due_on: dt.date,
    after: dt.date,
    country: str | None,
    lead_days: tuple[int, ...],
    overdue_every: int | None,
) -> dt.date | None:
    """Kept, since many tasks of a meeting fall due on one day."""
    offsets = _offsets(due_on, after, lead_days, overdue_every)
    days = (_falls_on(due_on, offset, country) for offset in offsets)
    return next((day for day in days if day > after), None)


@lru_cache(maxsize=4096)
def _last(
    due_on: dt.date,
    today: dt.date,
    country: str | None,
    since: dt.date | None,
    lead_days: tuple[int, ...],
    overdue_every: int | None,
) -> Occasion | None:
    """Kept, since many tasks of a meeting fall due on one day."""
    last = None
    for offset in _offsets(due_on, today, lead_days, overdue_every):
        occasion = _occasion(due_on, offset, country, since)
        if occasion.falls_on > today:
            break
        last = occasion
    return last


def _offsets(
    due_on: dt.date, around: dt.date, lead_days: Sequence[int], overdue_every: int | None
) -> Iterator[int]:
    """Offsets in order, without the overdue ones that fell weeks before ``around``, so that a
    task years late costs no more than another. Nor with days before the calendar begins."""
    yield from sorted(-days for days in lead_days if due_on.toordinal() > days + 31)
    if overdue_every is not None:
        past = (around - due_on).days - _LONGEST_MOVE.days
        yield from count(
            OVERDUE_FIRST_DAY + overdue_every * max(0, past // overdue_every), overdue_every
        )


def _occasion(due_on: dt.date, offset: int, country: str | None, since: dt.date | None) -> Occasion:
    falls_on = _falls_on(due_on, offset, country)
    return Occasion(offset, max(falls_on, since) if since else falls_on)


def _falls_on(due_on: dt.date, offset: int, country: str | None) -> dt.date:
    day = due_on + dt.timedelta(days=offset)
    moved = working_day_before(day, country)
    return working_day_after(day, country) if offset > 0 and moved <= due_on else moved


def _offset(key: str) -> int | None:
    """The offset a key stands for; None for a key of another kind of reminder."""
    digits = key.removeprefix(_OVERDUE)
    if not digits.isdecimal():
        return None
    return int(digits) if is_overdue_key(key) else -int(digits)
