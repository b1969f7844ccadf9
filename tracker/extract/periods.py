"""Parts of months and years, and times counted from another day: "within 60 days".

Part of the grammar of dates; it knows nothing of the sentence around a time.
"""

from __future__ import annotations

import datetime as dt
import re

from dateutil.easter import easter

from tracker.cable import Span
from tracker.cable.blanks import over_line_ends
from tracker.policy.deadlines import add_days, add_months, last_of_month

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_NUMBERS = {word: number for number, word in enumerate(_WORDS)} | {
    "a": 1, "an": 1, "couple": 2, "couple of": 2, "few": 3, "several": 3, "fifteen": 15,
    "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30, "forty-five": 45,
    "sixty": 60, "ninety": 90,
}  # fmt: skip
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

# "within 60 days", "in six months", "in the next two weeks", "six months after the meeting",
# "by COB Friday", "next week", "by the end of the year", "the week of October 5" is in WEEK_OF.
RELATIVE = re.compile(
    over_line_ends(
        rf"""\b(?:
      (?:within|in|over|inside(?:\sof)?)\s(?:about\s|approximately\s|roughly\s|at\smost\s)?
        (?:the\s(?:next|coming|following)\s|a\s(?:further\s)?)?
        (?P<n>\d{{1,3}}|{"|".join(sorted(_NUMBERS, key=len, reverse=True))})
        \s?(?:\(\d{{1,3}}\)\s)?-?(?P<kind>working\s|business\s|calendar\s)?(?P<unit>day|week|month|
        year)s?\b
        (?!['’]|\s(?:ago|old|earlier|before|history|periods?)|\s(?:of|from|after)\s(?:an?|any|each|
        every|signature|completion|application|its|their|such|receipt(?!\sof\sthis)|receiving)\b)
    | (?P<n3>one|two|three|four|six|nine|twelve)\s(?P<unit3>week|month|year)s?\s
        (?:later|hence|thereafter|from\snow)\b
    | (?P<n2>\d{{1,3}}|one|two|three|four|six|nine|twelve|thirty|sixty|ninety)\s(?:\(\d{{1,3}}\)\s)?
        (?P<unit2>day|week|month|year)s?\s(?:after|from|following|of)\s(?:the|this|today|now|
        receipt\sof\sthis)
    | (?:by|before|no\slater\sthan|nlt|until|on|this|next|coming)\s(?:cob\s|
    close\sof\sbusiness\s(?:on\s)?|
        this\s|next\s|the\s)?(?P<weekday>{"|".join(_WEEKDAYS)})\b
    | (?P<next>next|this|within\sthe(?=\s(?:week|month)\b)|
        before\sthe(?=\s\w{{4,5}}\sis\sout\b)|the\scoming|the\sfollowing|later\sthis|by\sthe\send\sof\s(?:the|this|next)|
        by\sthe\send\sof\sthe\snext|before\sthe\send\sof\s(?:the|this)|by|end\sof\s(?:the|this)|
        by\send\sof)\s
        (?P<what>week|month|quarter|year(?:-|\s)end|end-year|year(?!(?:-|\s)end)|calendar\syear|fiscal\syear|
        spring|summer|autumn|fall|winter)\b
        (?!['’]|\s(?:long|round|old))
    | (?:in|by|during|before)\s(?:the\s)?(?:end\sof\s(?:the\s)?)?(?P<nth>first|second|third|fourth|
        last)\squarter\b(?!\sof|,?\s(?:19|20)\d\d|\s(?:fy|results|figures))
    | in\s(?:the\s)?(?:early\s|late\s)?(?P<season>spring|summer|autumn|fall|winter)\b
        (?!\sof|\s(?:19|20)\d\d)
    | (?P<soon>tomorrow|today|end-year|year-end|(?:this\s|the\s)?year['’]?s\send|cob\stoday)\b
        (?!['’,]s)
    )"""
    ),
    re.VERBOSE | re.IGNORECASE,
)

# "in 2010", "early 2008", "the third quarter of 2009", "FY 2010", "by the end of 2009"
YEARS = re.compile(
    over_line_ends(
        r"""\b(?:(?:in|by|during|before|until|through|for|of)\s|(?=(?:first|second|third|fourth)\s[qh]))
    (?:the\s)?(?:(?P<part>end|early|mid|late|first\shalf|second\shalf|first\squarter|
    second\squarter|
      third\squarter|fourth\squarter|q[1-4]|spring|summer|fall|autumn|winter|beginning|middle)
      (?:(?:-|\s)(?:of\s)?(?:the\s)?))?(?:fy\s?|fiscal\syear\s|calendar\syear\s|cy\s?)?
    (?P<y>(?:19|20)\d\d)\b(?!['’]s|s\b|[-/]\d)"""
    ),
    re.VERBOSE | re.IGNORECASE,
)

# "in FY09", "by FY 2010": it ends with September.
FISCAL = re.compile(r"\bFY[ -]?(?:'|’)?(?P<y>(?:19|20)\d\d|\d\d)\b(?![-/]\d)", re.IGNORECASE)

# "before Thanksgiving", "by Christmas": feasts by which the trade reckons.
FEASTS = re.compile(
    r"\b(?:Thanksgiving|Christmas|Easter|New Year(?:'s|’s)?(?: Day)?(?= |[.,;)]|$)|Labor Day|"
    r"Memorial Day|Independence Day)\b(?!['’]s| (?:Island|dinner|reception|party|Eve))",
    re.IGNORECASE,
)
FEAST_WORDS = frozenset({"thanksgiving", "christmas", "easter", "labor", "memorial",
                         "independence", "new"})  # fmt: skip
FEAST_ENDS = frozenset({"thanksgiving", "christmas", "easter", "day", "year"})
"""The last words of their names: "new" and "labor" alone are none."""

# "the week of October 5": the date that follows is read by the grammar, then moved to Friday.
WEEK_OF = re.compile(r"\bweek\s(?:of|beginning|starting)\s\Z", re.IGNORECASE)

_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_SEASONS = {"spring": 5, "summer": 8, "fall": 11, "autumn": 11, "winter": 2}


# So far before and behind the name of a month or a day a time that has it may reach.
_REACH = 60


def around(low: str, words: set[str], span: Span) -> Span:
    """The stretch of a passage, ``low`` in small letters, in which all times with these words
    stand."""
    if len(low) != span[1] - span[0]:
        return span
    first = min(map(low.find, words)) - _REACH
    last = max(map(low.rfind, words)) + _REACH
    return span[0] + max(0, first), span[0] + min(len(low), last)


def friday_of(day: dt.date) -> dt.date:
    """The Friday of a day's week."""
    return add_days(day, 4 - day.weekday())


def feast(name: str, earliest: dt.date | None) -> dt.date | None:
    """The next day of that name from ``earliest`` on, None where nothing is known to count from."""
    if earliest is None or not 1584 < earliest.year < 4000:
        return None
    days = (_feast_of(name.lower(), year) for year in (earliest.year, earliest.year + 1))
    return next(day for day in days if day >= earliest or day.year > earliest.year)


def _feast_of(name: str, year: int) -> dt.date:
    if name.startswith("thanks"):
        first = dt.date(year, 11, 1)
        return add_days(first, (3 - first.weekday()) % 7 + 21)
    if name.startswith("labor"):
        first = dt.date(year, 9, 1)
        return add_days(first, -first.weekday() % 7)
    if name.startswith("memorial"):
        last = dt.date(year, 5, 31)
        return add_days(last, -last.weekday())
    if name.startswith("easter"):
        return easter(year)
    month, day = {"c": (12, 25), "i": (7, 4), "n": (1, 1)}[name[0]]
    return dt.date(year, month, day)


def part_of_month(year: int, month: int, part: str) -> tuple[dt.date, dt.date]:
    """First and last day of a month or its part: early ends on the 10th, mid is the 15th."""
    first, last = dt.date(year, month, 1), last_of_month(year, month)
    if part in {"early", "beginning", "start"}:
        return first, dt.date(year, month, 10)
    if part in {"mid", "middle", "first half"}:
        return first, dt.date(year, month, 15)
    return first, last


def part_of_year(year: int, part: str) -> tuple[dt.date, dt.date]:
    """First and last day of a year or the part of it that is named."""
    ends = {"first half": 6, "early": 3, "beginning": 3, "mid": 6, "middle": 6,
            "first quarter": 3, "second quarter": 6, "third quarter": 9, "q1": 3, "q2": 6,
            "q3": 9} | _SEASONS  # fmt: skip
    return dt.date(year, 1, 1), last_of_month(year, ends.get(part, 12))


def count(text: str) -> int:
    """A number in figures or words."""
    return int(text) if text.isdigit() else _NUMBERS[" ".join(text.lower().split())]


def read_relative(
    match: re.Match[str], base: dt.date | None, written_on: dt.date | None
) -> tuple[dt.date, dt.date] | None:
    """The days that a match of RELATIVE means, None where nothing is known to count from.

    Periods count from ``base`` (the meeting's last day), "next week" from the day of writing.
    """
    if match["n"] or match["n2"] or match["n3"]:
        if base is None:
            return None
        unit = (match["unit"] or match["unit2"] or match["unit3"]).lower()
        if unit == "year" and match[0].lower().startswith("over"):
            return None  # "over the next five years" is a span and no deadline
        number = count(match["n"] or match["n2"] or match["n3"])
        if (match["kind"] or "").lower().startswith(("working", "business")):
            day = _working_days_on(base, number)
        else:
            day = _shift(base, number, unit)
        return day, day
    start = written_on or base
    if start is None:
        return None
    if match["weekday"]:
        ahead = (_WEEKDAYS.index(match["weekday"].lower()) - start.weekday()) % 7
        day = add_days(start, ahead or 7)
        return day, day
    return _named_period(match, start)


def _working_days_on(day: dt.date, number: int) -> dt.date:
    """The day so many working days later; weekends are none, holidays differ by country."""
    weeks, rest = divmod(number, 5)
    day = add_days(day, weeks * 7)
    while rest or day.weekday() > 4:
        day = add_days(day, 1)
        rest -= rest > 0 and day.weekday() < 5
    return day


def _shift(day: dt.date, number: int, unit: str) -> dt.date:
    if unit in {"day", "week"}:
        return add_days(day, number * (7 if unit == "week" else 1))
    return add_months(day, number * (12 if unit == "year" else 1))


def _named_period(match: re.Match[str], start: dt.date) -> tuple[dt.date, dt.date] | None:
    soon = (match["soon"] or "").lower()
    if soon in {"tomorrow", "today"} or soon.startswith("cob"):
        day = add_days(start, 1 if soon == "tomorrow" else 0)
        return day, day
    if match["nth"]:
        month = 3 * _QUARTERS[match["nth"].lower()]
        last = last_of_month(min(start.year + (month < start.month), 9999), month)
        return dt.date(last.year, last.month - 2, 1), last
    what, which = (match["what"] or match["season"] or soon).lower(), (match["next"] or "").lower()
    is_next = "next" in which or "following" in which or "coming" in which
    if what == "week":
        day = friday_of(add_days(start, 7 if is_next else 0))
        return (day, day)
    if what == "month":
        day = add_months(start, 1 if is_next else 0)
        return dt.date(day.year, day.month, 1), last_of_month(day.year, day.month)
    if what == "quarter":
        last = add_months(start, 3 * is_next - start.month % -3)
        return dt.date(last.year, last.month, 1), last_of_month(last.year, last.month)
    if what in _SEASONS:
        month = _SEASONS[what]
        year = start.year + (month < start.month)
        return last_of_month(min(year, 9999), month), last_of_month(min(year, 9999), month)
    if "fiscal" in what:
        year = min(start.year + (start.month > 9) + is_next, 9999)
        return dt.date(year - 1, 10, 1), dt.date(year, 9, 30)
    if "year" in what:
        if which == "by" and what == "year":
            return None
        year = min(start.year + is_next, 9999)
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    return None
