"""Whether a passage is dated, year and all, well before the meeting."""

from __future__ import annotations

import datetime as dt
import re

from tracker.cable import Span
from tracker.cable.blanks import over_line_ends
from tracker.extract.date_forms import MONTH, month_of

# "In November 2009", "in 2005", "since May 2007": when something was done.
_DATED = re.compile(
    over_line_ends(
        rf"\b(?:in|on|since|during)\s(?:the\s)?(?:(?P<month>{MONTH})\s)?(?P<year>(?:19|20)\d\d)\b"
    ),
    re.IGNORECASE,
)


def is_past(masked: str, span: Span, earliest: dt.date | None) -> bool:
    """Whether it names a month or year that was over before ``earliest``, the first day that the
    cable is about."""
    if earliest is None or (masked.find("19", *span) < 0 and masked.find("20", *span) < 0):
        return False
    return any(
        (int(m["year"]), month_of(m["month"]) if m["month"] else 12)
        < ((earliest.year, earliest.month - 1))
        for m in _DATED.finditer(masked, *span)
    )
