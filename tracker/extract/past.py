"""Whether a passage is dated, year and all, two months or more before the meeting."""

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
    """Whether it names a year before that of ``earliest``, the first day that the cable is about,
    or a month that was over a month before; what was done in the last month may still go on."""
    if earliest is None or (masked.find("19", *span) < 0 and masked.find("20", *span) < 0):
        return False
    return any(
        12 * int(m["year"]) + month_of(m["month"]) < 12 * earliest.year + earliest.month - 1
        if m["month"]
        else int(m["year"]) < earliest.year
        for m in _DATED.finditer(masked, *span)
    )
