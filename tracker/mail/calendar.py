"""Due dates as a calendar (RFC 5545): what a person's feed and the file beside a digest hold.

Plain facts to bytes; no database, and who may see which task is decided elsewhere.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

from tracker.mail.wording import shorten

MEDIA_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
_PRODUCT = "-//Dialogue Tracker//Due dates//EN"
_SPACE = uuid.UUID("5d9c9a0e-3c0b-5b0e-9a52-6a3f0f6f7a11")
_DAY = dt.timedelta(days=1)
_LONGEST = {"summary": 200, "words": 1_000}


@dataclass(frozen=True, slots=True)
class Due:
    """One task's due date. ``title`` and ``words`` are None where its marking is above the
    ceiling: then only number and link are said, and ``due_on`` has to be a day that tells nothing
    of the task. ``revision`` grows with each change, made last at ``changed_at``."""

    task_id: int
    number: int
    due_on: dt.date
    url: str
    revision: int
    changed_at: dt.datetime
    title: str | None = None
    words: str | None = None


def write_calendar(dues: Iterable[Due], name: str, host: str) -> bytes:
    """All-day events, which Outlook, Apple and Google show alike (to-dos they do not): DATE and
    never an instant, so that a due date is the same everywhere; free, not busy. The UID is the
    task's for good, so that a moved date moves the entry (RFC 7986, 5.3 and 5.6 to 5.8)."""
    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    for due in sorted(dues, key=lambda due: (due.due_on, due.task_id)):
        calendar.add_component(_event(due, host))
    content: bytes = calendar.to_ical()
    return content


def _event(due: Due, host: str) -> Event:
    event = Event()
    event.add("UID", f"{uuid.uuid5(_SPACE, f'{host} task {due.task_id}')}@{host}")
    event.add("DTSTAMP", due.changed_at.astimezone(dt.UTC))
    event.add("LAST-MODIFIED", due.changed_at.astimezone(dt.UTC))
    event.add("SEQUENCE", due.revision)
    event.add("DTSTART", due.due_on)
    event.add("DTEND", due.due_on + _DAY)
    event.add("SUMMARY", _summary(due))
    words = shorten(due.words, _LONGEST["words"]) if due.words else ""
    event.add("DESCRIPTION", f"{words}\n{due.url}".strip())
    event.add("URL", due.url)
    event.add("TRANSP", "TRANSPARENT")
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    return event


def _summary(due: Due) -> str:
    if due.title is None:
        return f"Task {due.number}"
    return f"Due: {due.number}. {shorten(due.title, _LONGEST['summary'])}"
