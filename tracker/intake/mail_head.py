"""The lines that a mail's own fields put above its text: marking, date and subject, as the header
of a cable has them. Nothing is read from the bytes here.
"""

from __future__ import annotations

import datetime as dt

from tracker.cable import parse_cable
from tracker.cable.header.outside import split_subject

_HEAD = 20_000
"""Characters in which a header stands, where a text has one."""
_LONGEST = 500


def head_of_mail(subject: str, sent: dt.datetime | None, text: str) -> str:
    """Lines to put above ``text``, with an empty one after them; "" where there is nothing to say.

    Date and subject count where the text has none of its own; a marking in the subject always
    does, since of two markings the higher holds.
    """
    header = parse_cable(text[:_HEAD]).header
    marking, rest = split_subject(subject[: 4 * _LONGEST])
    lines = [marking] if marking else []
    moment = _in_utc(sent) if sent is not None and header.date_time_group is None else None
    if moment is not None:
        lines.append(f"DATE: {moment.day} {moment:%B} {moment.year:04d} {moment:%H:%M}")
    if rest and header.subject is None:
        lines.append(f"SUBJECT: {rest[:_LONGEST]}")
    return "\n".join([*lines, "", ""]) if lines else ""


def _in_utc(sent: dt.datetime) -> dt.datetime | None:
    try:
        return sent.replace(tzinfo=dt.UTC) if sent.tzinfo is None else sent.astimezone(dt.UTC)
    except OverflowError:
        return None  # A zone that leads out of the calendar.
