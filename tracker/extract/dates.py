"""The grammar of dates that cables use: "July 9-10", "NLT 15 DEC", "by end-January".

Finds times and says what day each means; whether one is a deadline is decided in `due`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.cable import Span
from tracker.extract import periods
from tracker.extract.date_forms import (
    DAY_FIRST,
    MILITARY,
    MONTH_FIRST,
    MONTH_ONLY,
    MONTHS_RANGE,
    NUMERIC,
    ORDINAL,
    ORDINAL_SIGN,
    month_of,
)
from tracker.policy.deadlines import add_days, add_months, last_of_month


@dataclass(frozen=True, slots=True)
class Anchor:
    """The days that a text's dates are counted from; each None where unknown.

    ``written_on`` is the cable's date, ``starts_on`` and ``ends_on`` those of its meeting.
    """

    written_on: dt.date | None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None

    @property
    def earliest(self) -> dt.date | None:
        """The day before which nothing is still ahead."""
        days = [day for day in (self.written_on, self.starts_on) if day]
        return min(days) if days else None

    @property
    def base(self) -> dt.date | None:
        """What a period counts from: the meeting's last day, else the cable's date."""
        return self.ends_on or self.written_on


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a text names: first and last day it covers, and its place.

    ``sort`` is "day", "month", "year", "fiscal", "period" or "relative"; ``has_year`` whether the
    text gives the year.
    """

    span: Span
    first: dt.date
    last: dt.date
    sort: str
    has_year: bool = False


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def choose_year(month: int, day: int, anchor: Anchor, *, is_near: bool = False) -> int | None:
    """The year that a date without one means: the first that is not before the anchor.

    With ``is_near`` the year in which it comes nearest to the day of writing, for a meeting.
    """
    start = anchor.written_on if is_near else anchor.earliest
    if start is None:
        return None
    days = [d for y in (start.year - 1, start.year, start.year + 1)
            if 1 <= y <= 9999 and (d := _date(y, month, min(day, 28)))]  # fmt: skip
    if is_near:
        return min(days, key=lambda d: abs((d - start).days)).year
    slack = add_days(start, -3)
    return next((d.year for d in days if d >= slack), start.year)


def find_times(text: str, span: Span, anchor: Anchor, *, is_near: bool = False) -> list[Time]:
    """Every time in a passage in order; the longer of two that overlap.

    ``is_near`` reads dates without a year as near the day of writing, before or after.
    """
    found: list[Time] = []
    for time in _all_times(text, span, anchor, is_near):
        if not any(t.span[0] < time.span[1] and time.span[0] < t.span[1] for t in found):
            found.append(time)
    return sorted(found, key=lambda time: time.span)


def find_days(text: str, span: Span, anchor: Anchor) -> list[Time]:
    """Every day or range of days in a long passage, near the day of writing.

    Looks only around the names of months, so that a whole cable costs little.
    """
    low = text[span[0] : span[1]].lower()
    places: list[int] = []
    for stem in _STEMS:
        at = low.find(stem)
        while at >= 0:
            if at == 0 or not low[at - 1].isalpha():
                places.append(at + span[0])
            at = low.find(stem, at + 3)
    found: dict[Span, Time] = {}
    for at in sorted(places):
        window = (max(span[0], at - 24), min(span[1], at + 44))
        for pattern in (DAY_FIRST, MONTH_FIRST) if _FIGURE.search(text, *window) else ():
            for match in pattern.finditer(text, *window):
                if match.start("m") == at and (time := _read_days(match, anchor, True)):
                    found.setdefault(time.span, time)
    return _longest(sorted(found.values(), key=lambda t: (t.span[0], -t.span[1])))


def _longest(times: list[Time]) -> list[Time]:
    kept: list[Time] = []
    for time in times:
        if not kept or time.span[0] >= kept[-1].span[1]:
            kept.append(time)
    return kept


_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD = re.compile(r"[a-z]+")
_FIGURE = re.compile(r"\d")
_JOINED_FIGURES = re.compile(r"\d[-/.]\d")
_YEAR_WORD = re.compile(r"(?:19|20)\d\d")
_MONTH_WORDS = frozenset(
    """jan january feb february mar march apr april may jun june jul july aug august sep sept
    september oct october nov november dec december""".split()
)
_PERIOD_WORDS = frozenset(
    """day days year's week weeks month months quarter year years tomorrow
    today spring summer autumn fall winter
    monday tuesday wednesday thursday friday saturday sunday""".split()
)

TIME_WORDS = _MONTH_WORDS | _PERIOD_WORDS | periods.FEAST_WORDS
"""Words of which one, or a figure, stands in every passage that names a time."""


def _all_times(text: str, span: Span, anchor: Anchor, is_near: bool) -> Iterator[Time]:
    """Only those patterns are tried of which a word stands in the passage, and around it."""
    low = text[span[0] : span[1]].lower()
    words = set(_WORD.findall(low))
    months = words & _MONTH_WORDS
    # "May" as a verb is written small.
    has_month = bool(months) and (len(months) > 1 or "may" not in months or _is_named(text, span))
    has_figure = _FIGURE.search(low) is not None
    near = periods.around(low, months, span) if months else span
    if has_figure and _JOINED_FIGURES.search(low):
        for match in NUMERIC.finditer(text, *span):
            if day := _in_figures(match):
                yield Time(match.span(), day, day, "day", True)
    if has_figure and months and anchor.written_on is not None:
        for match in MILITARY.finditer(text, *near):
            if day := _military(match, anchor.written_on):
                yield Time(match.span(), day, day, "day", True)
    for pattern in (DAY_FIRST, MONTH_FIRST) if has_month and has_figure else ():
        for match in pattern.finditer(text, *near):
            if time := _read_days(match, anchor, is_near):
                yield time
    if not words.isdisjoint(periods.FEAST_WORDS) and not words.isdisjoint(periods.FEAST_ENDS):
        for match in periods.FEASTS.finditer(text, *span):
            if day := periods.feast(match[0], anchor.earliest):
                yield Time(match.span(), day, day, "day")
    if period_words := words & _PERIOD_WORDS:
        for match in periods.RELATIVE.finditer(text, *periods.around(low, period_words, span)):
            if days := periods.read_relative(match, anchor.base, anchor.written_on):
                yield Time(match.span(), *days, "relative")
    if "fy" in low and anchor.written_on is not None:
        yield from _read_fiscal_years(text, span, anchor.written_on.year // 100 * 100)
    if has_figure and _YEAR_WORD.search(low):
        yield from _read_years(text, span)
    for match in ORDINAL.finditer(text, *span) if has_figure and ORDINAL_SIGN.search(low) else ():
        if time := _read_ordinal(match, anchor):
            yield time
    for match in MONTHS_RANGE.finditer(text, *near) if len(months) > 1 else ():
        if time := _read_months(match, anchor, is_near):
            yield time
    for match in MONTH_ONLY.finditer(text, *near) if has_month else ():
        if time := _read_month(match, anchor, is_near):
            yield time


def _is_named(text: str, span: Span) -> bool:
    """Whether May is written as a name."""
    return text.find("May", *span) >= 0 or text.find("MAY", *span) >= 0


def _in_figures(match: re.Match[str]) -> dt.date | None:
    """The day of a date in figures. With strokes the month stands first, as the trade's own posts
    write it, unless there is no such month; with points the day does."""
    if match["y"]:
        return _date(int(match["y"]), int(match["m"]), int(match["d"]))
    first, second = int(match["first"]), int(match["second"])
    month, day = (second, first) if match["sign"] == "." or first > 12 else (first, second)
    return _date(int(match["y2"]), month, day)


def _military(match: re.Match[str], written_on: dt.date) -> dt.date | None:
    """The day, in the century of the cable; None where the figures are too far from it."""
    year = written_on.year // 100 * 100 + int(match["y"])
    if abs(year - written_on.year) > 5:
        return None
    return _date(year, month_of(match["m"]), int(match["d"]))


def _read_years(text: str, span: Span) -> Iterator[Time]:
    for match in periods.YEARS.finditer(text, *span):
        days = periods.part_of_year(int(match["y"]), (match["part"] or "").lower())
        yield Time(match.span(), *days, "year", True)


def _read_fiscal_years(text: str, span: Span, century: int) -> Iterator[Time]:
    for match in periods.FISCAL.finditer(text, *span):
        year = int(match["y"]) + (century if len(match["y"]) == 2 else 0)
        yield Time(match.span(), dt.date(year - 1, 10, 1), dt.date(year, 9, 30), "fiscal", True)


def _read_days(match: re.Match[str], anchor: Anchor, is_near: bool) -> Time | None:
    groups = match.groupdict()
    one, other = groups.get("m1") or match["m"], groups.get("m2") or match["m"]
    if match["m"].lower() == "may" and match["m"] == "may":
        return None
    first_month, last_month = month_of(one), month_of(other)
    first_day = _number(match["d"])
    last_day = _number(match["d2"]) if match["d2"] else first_day
    year = (
        int(match["y"])
        if match["y"]
        else choose_year(first_month, first_day, anchor, is_near=is_near)
    )
    if year is None or not 1 <= year < 9999:
        return None
    first = _date(year, first_month, first_day)
    last = _date(year + (last_month < first_month), last_month, last_day)
    if first is None or last is None or last < first:
        return None
    return Time(match.span(), first, last, "day", bool(match["y"]))


def _read_ordinal(match: re.Match[str], anchor: Anchor) -> Time | None:
    """The next day of that number, from the first of the meeting or of writing on."""
    earliest = anchor.earliest
    if earliest is None:
        return None
    for month in (earliest.replace(day=1), add_months(earliest.replace(day=1), 1)):
        day = _date(month.year, month.month, int(match["d"]))
        if day is not None and day >= earliest:
            return Time((match.start("d"), match.end()), day, day, "day")
    return None


def _read_months(match: re.Match[str], anchor: Anchor, is_near: bool) -> Time | None:
    """From the first day of a month to the last of another, or of the same year's end."""
    if match["m"].islower() or match["m2"].islower():
        return None
    first, last = month_of(match["m"]), month_of(match["m2"])
    year = int(match["y"]) if match["y"] else choose_year(last, 28, anchor, is_near=is_near)
    if year is None or not 2 <= year <= 9998:
        return None
    begun = dt.date(year - (first > last), first, 1)
    return Time(match.span(), begun, last_of_month(year, last), "month", bool(match["y"]))


def _read_month(match: re.Match[str], anchor: Anchor, is_near: bool) -> Time | None:
    name = match["m"]
    if name.islower() or (name.lower() in {"may", "mar", "march"} and not name[0].isupper()):
        return None
    if name.lower().rstrip(".") == "may" and not _may_is_month(match):
        return None
    month = month_of(name)
    year = int(match["y"]) if match["y"] else choose_year(month, 28, anchor, is_near=is_near)
    if year is None or not 1 <= year <= 9999:
        return None
    first, last = periods.part_of_month(year, month, (match["part"] or "").lower())
    return Time(match.span(), first, last, "month", bool(match["y"]))


# "in May", "by May", "of May 2008": otherwise "may" is a verb.
_BEFORE_MAY = re.compile(r"(?:in|by|of|until|since|late|early|mid|end|during|this|next|last|before|"
                         r"through|the)[\s-]{1,3}(?:the\s)?\Z", re.IGNORECASE)  # fmt: skip


def _may_is_month(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 14) : match.start()]
    return bool(match["part"] or match["y"]) or _BEFORE_MAY.search(before) is not None
