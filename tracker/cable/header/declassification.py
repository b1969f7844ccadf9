"""When a document is to be declassified, and who said so under older orders. No reasons."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tracker.cable.dates import find_date, has_date_shape

_ORDER = re.compile(r"^\s*(?:1\d{4}|\d{5})?\s*[:;,.-]*\s*")
_LABEL = re.compile(
    r"^(?:DECL(?:AS|ASSIFY|ASSIFIED|ASSIFICATION)?(?:\s+ON)?|DECLASS|DCL|DELC|DECI|D\s?E\s?C\s?L)\b\s*[:;.,-]*\s*(?:ON\b)?\s*",
    re.IGNORECASE,
)
_NOT_APPLICABLE = re.compile(
    r"^(?:N\s?/?\s?A|NOT APPLICABLE|NONE|UNCLASSIFIED)\b\.?", re.IGNORECASE
)
_OFFICER = re.compile(  # "GDS 12/31/85 (SMITH, JOHN A.) OR-M"
    r"\(([A-Z][A-Za-z'-]{1,30}),\s?([A-Z][A-Za-z. '-]{0,30})\)"
)
_STOP = re.compile(
    r"\b(?:TAGS|CLASSIFIED BY|REASON|SUBJECT|DERIVED FROM)\b|(?<=\S)\s+OR-[A-Z]\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Declassification:
    """The day, or the event where no day is given; both None where it does not apply."""

    on: dt.date | None = None
    event: str | None = None
    officer: str | None = None
    is_understood: bool = True


def read_declassification(text: str, cable_year: int | None) -> Declassification:
    """What follows "E.O.": "12958: DECL: 06/28/2017", "12065: GDS 12/31/85 (ROE, JANE)", "N/A"."""
    rest = _ORDER.sub("", text, count=1)
    rest = _LABEL.sub("", rest, count=1).strip()
    stop = _STOP.search(rest)
    rest = rest[: stop.start()].strip() if stop else rest
    if not rest or _NOT_APPLICABLE.match(rest):
        return Declassification()
    officer = _OFFICER.search(rest)
    name = f"{officer[2].strip()} {officer[1]}" if officer else None
    found = find_date(rest, cable_year)
    if found is not None:
        return Declassification(on=found[0], officer=name)
    event = _OFFICER.sub("", rest).strip(" .,;")
    return Declassification(
        event=event or None, officer=name, is_understood=not has_date_shape(rest)
    )
