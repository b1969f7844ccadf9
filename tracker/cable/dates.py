"""Dates as headers write them: date-time groups and days of declassification. No deadlines."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "JAN JANUARY", "FEB FEBRUARY", "MAR MARCH", "APR APRIL", "MAY", "JUN JUNE",
            "JUL JULY", "AUG AUGUST", "SEP SEPT SEPTEMBER", "OCT OCTOBER", "NOV NOVEMBER",
            "DEC DECEMBER",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_MONTH = (
    r"JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?"
    r"|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?"
)

DATE_TIME_GROUP = re.compile(
    rf"""(?<![A-Z0-9])
    (?P<day>\d{{2}})(?P<hour>\d{{2}})(?P<minute>\d{{2}})\s?Z   # 021240Z
    (?:\s*-?\s*FDK)?
    \s*(?P<month>{_MONTH})\s*
    (?P<year>(?:19|20)\d{{2}}|\d{{2}})(?!\d)                   # JUL 07
    """,
    re.VERBOSE | re.IGNORECASE,
)

_DATE = re.compile(
    rf"""
    # 2017/06/28
    (?P<y1>(?:19|20)\d{{2}})\s?[/.-]\s?(?P<m1>\d{{1,2}})\s?[/.-]\s?(?P<d1>\d{{1,2}})(?!\d)
    # 06/28/2017, 6-28-17, O6/28/2017
    |(?<!\d)(?P<m2>[\dO]{{1,2}})\s?[/.-]\s?(?P<d2>[\dO]{{1,2}})\s?[/.-]\s?
        (?P<y2>[\dO]{{4}}|[\dO]{{2}})(?![\d/])
    # 28 JUN 2017
    |(?<!\d)(?P<d3>\d{{1,2}})(?:ST|ND|RD|TH)?[\s-]*(?P<m3>{_MONTH})\.?[\s,-]*
        (?P<y3>\d{{4}}|\d{{2}})(?!\d)
    # June 28, 2017
    |\b(?P<m4>{_MONTH})\.?\s*(?P<d4>\d{{1,2}})(?:ST|ND|RD|TH)?\s*,?\s*
        (?P<y4>\d{{4}}|\d{{2}})(?!\d)
    # 20170628
    |(?<!\d)(?P<y5>(?:19|20)\d{{2}})(?P<m5>\d{{2}})(?P<d5>\d{{2}})(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def read_date_time_group(found: re.Match[str]) -> dt.datetime | None:
    """The instant of a match of ``DATE_TIME_GROUP`` in UTC, None where no such instant exists."""
    try:
        return dt.datetime(
            full_year(int(found["year"])),
            MONTHS[found["month"].upper()],
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            tzinfo=dt.UTC,
        )
    except ValueError:
        return None


def full_year(year: int, not_before: int | None = None) -> int:
    """Two digits as a year between 1945 and 2044, or as the first not before another."""
    if year > 99:
        return year
    if not_before is None:
        return 1900 + year if year >= 45 else 2000 + year
    century = not_before // 100 * 100
    return century + year if century + year >= not_before - 1 else century + 100 + year


def find_date(text: str, not_before: int | None = None) -> tuple[dt.date, int, int] | None:
    """The first possible date in ``text`` with its place there, None where there is none."""
    for found in _DATE.finditer(text):
        groups = {key[0]: value for key, value in found.groupdict().items() if value}
        date = _date(groups, not_before)
        if date is not None:
            return date, found.start(), found.end()
    return None


def has_date_shape(text: str) -> bool:
    """Something looks like a date, whether or not the calendar has it."""
    return _DATE.search(text) is not None


def _date(groups: dict[str, str], not_before: int | None) -> dt.date | None:
    try:
        year = full_year(int(_digits(groups["y"])), not_before)
        month = MONTHS.get(groups["m"].upper()) or int(_digits(groups["m"]))
        day = int(_digits(groups["d"]))
        if month > 12 >= day:
            month, day = day, month
        return dt.date(year, month, day)
    except ValueError:
        return None


def _digits(text: str) -> str:
    return text.upper().replace("O", "0")
