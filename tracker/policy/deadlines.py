"""When something is due: month arithmetic and the default after the follow-up period.

Decisions only; what a text says about dates is read in extract/.
"""

from __future__ import annotations

import calendar
import datetime as dt

from dateutil.relativedelta import relativedelta

FOLLOW_UP_MONTHS = 6
"""The follow-up period of a dialogue that states no other."""


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the last one of a shorter month.

    31 August + 6 months is 28 or 29 February. A result outside the calendar is its first or
    last day.
    """
    try:
        return day + relativedelta(months=months)
    except (OverflowError, ValueError):
        return dt.date.max if months > 0 else dt.date.min


def add_days(day: dt.date, days: int) -> dt.date:
    """So many days on; a result outside the calendar is its first or last day."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min


def last_of_month(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def default_due_on(
    meeting_ends_on: dt.date | None,
    written_on: dt.date | None,
    follow_up_months: int = FOLLOW_UP_MONTHS,
) -> dt.date | None:
    """The meeting's last day plus the follow-up period; the cable's own date where no meeting
    date is known; None where neither is."""
    start = meeting_ends_on or written_on
    return add_months(start, follow_up_months) if start else None
