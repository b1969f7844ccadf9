"""The life of a task: its kinds and statuses, in words, and which are open. Any status
may follow any; who may say so, services decide.

Overdue and due soon are computed here from a date that is passed in, never stored.
"""

from __future__ import annotations

import datetime as dt

KINDS = ("objective", "action", "commitment", "request")
STATUSES = ("proposed", "agreed", "in_progress", "done", "deferred", "declined")
OPEN = ("proposed", "agreed", "in_progress")
STATUS_WORDS = {
    "proposed": "Proposed",
    "agreed": "Agreed",
    "in_progress": "In progress",
    "done": "Done",
    "deferred": "Deferred",
    "declined": "Declined",
}
DUE_SOON_DAYS = 30


def is_open(status: str) -> bool:
    """Whether a task so marked is still followed up and reminded of."""
    return status in OPEN


def is_overdue(status: str, due_on: dt.date | None, today: dt.date) -> bool:
    """Whether an open task's due date has passed; on the day itself it has not."""
    return is_open(status) and due_on is not None and due_on < today


def is_due_soon(status: str, due_on: dt.date | None, today: dt.date) -> bool:
    """Whether an open task falls due today or within the next 30 days."""
    return (
        is_open(status)
        and due_on is not None
        and today <= due_on <= today + dt.timedelta(days=DUE_SOON_DAYS)
    )


def due_in_words(due_on: dt.date | None, today: dt.date) -> str:
    """ "in 12 days", "today", "41 days late", or "" where there is no date."""
    if due_on is None:
        return ""
    days = (due_on - today).days
    if days == 0:
        return "today"
    unit = "day" if abs(days) == 1 else "days"
    return f"in {days:,} {unit}" if days > 0 else f"{-days:,} {unit} late"


def date_in_words(day: dt.date | None) -> str:
    """ "10 January 2008", the same in every page, mail and report; "no date" for None."""
    return f"{day.day} {day:%B %Y}" if day else "no date"


def days_in_words(starts_on: dt.date | None, ends_on: dt.date | None) -> str:
    """ "9–10 July 2007", "30 June – 2 July 2007", "9 July 2007", or "no date"."""
    if starts_on is None or ends_on is None or starts_on == ends_on:
        return date_in_words(starts_on)
    if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
        return f"{starts_on.day}–{date_in_words(ends_on)}"
    if starts_on.year == ends_on.year:
        return f"{starts_on.day} {starts_on:%B} – {date_in_words(ends_on)}"
    return f"{date_in_words(starts_on)} – {date_in_words(ends_on)}"
