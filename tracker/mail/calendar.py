"""Due dates as a calendar (RFC 5545): what a person's feed and the file beside a digest hold.

Plain facts to bytes; no database, and who may see which task is decided elsewhere. Written here,
since a library took half as long again as all the rest of a mail; the tests read it with one.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.mail.one_line import shorten

MEDIA_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
_PRODUCT = "-//Dialogue Tracker//Due dates//EN"
_SPACE = uuid.UUID("5d9c9a0e-3c0b-5b0e-9a52-6a3f0f6f7a11")
_DAY = dt.timedelta(days=1)
_BREAK = "\n"
_OCTETS = 75
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
    task's for good, so that a moved date moves the entry (RFC 5545; RFC 7986, 5.1 and 5.7)."""
    title = _escape(shorten(name, _LONGEST["summary"]))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{title}",
        f"X-WR-CALNAME:{title}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for due in sorted(dues, key=lambda due: (due.due_on, due.task_id)):
        lines += _event(due, host)
    lines.append("END:VCALENDAR")
    return b"".join(_fold(line) for line in lines)


def _event(due: Due, host: str) -> list[str]:
    words = shorten(due.words, _LONGEST["words"]) if due.words else ""
    changed_at = f"{due.changed_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    return [
        "BEGIN:VEVENT",
        f"UID:{uuid.uuid5(_SPACE, f'{host} task {due.task_id}')}@{host}",
        f"DTSTAMP:{changed_at}",
        f"LAST-MODIFIED:{changed_at}",
        f"SEQUENCE:{due.revision}",
        f"DTSTART;VALUE=DATE:{_date(due.due_on)}",
        f"DTEND;VALUE=DATE:{_date(due.due_on + _DAY)}",
        f"SUMMARY:{_escape(_summary(due))}",
        f"DESCRIPTION:{_escape(f'{words}{_BREAK}{due.url}'.strip())}",
        f"URL:{due.url}",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "END:VEVENT",
    ]


def _summary(due: Due) -> str:
    if due.title is None:
        return f"Task {due.number}"
    return f"Due: {due.number}. {shorten(due.title, _LONGEST['summary'])}"


def _date(day: dt.date) -> str:
    """ "20080110": strftime would drop the zeros of a year before 1000."""
    return day.isoformat().replace("-", "")


def _escape(text: str) -> str:
    """A value of the type TEXT (RFC 5545, 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace(_BREAK, "\\n")


def _fold(line: str) -> bytes:
    """A content line, broken so that none is longer than 75 octets (RFC 5545, 3.1) and no
    character is cut in two."""
    data = line.encode("utf-8")
    if len(data) <= _OCTETS:
        return data + b"\r\n"
    pieces, start, room = [], 0, _OCTETS
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end])
        start, room = end, _OCTETS - 1
    return b"\r\n ".join(pieces) + b"\r\n"
