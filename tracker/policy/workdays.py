"""Working days of a country, from the holidays package; the weekend is the country's own.

Dates only: what day it is now is passed in by whoever asks.
"""

from __future__ import annotations

import datetime as dt
import warnings
from functools import lru_cache

import holidays
from holidays.registry import COUNTRIES

_OTHER_NAMES = {
    "russia": "RU",
    "turkey": "TR",
    "ivory coast": "CI",
    "burma": "MM",
    "swaziland": "SZ",
}
"""Names in use that the holidays package does not list."""
DAY = dt.timedelta(days=1)
_SATURDAY_SUNDAY = frozenset({5, 6})


def country_code(name: str) -> str | None:
    """The ISO 3166 code of a country by its English name ("Azerbaijan" is "AZ"); None for what
    is no country or has no calendar."""
    folded = name.strip().lower()
    if folded in _OTHER_NAMES:
        return _OTHER_NAMES[folded]
    entry = COUNTRIES.get(folded.replace(" ", "_").replace("-", "_"))
    return entry[1] if entry else None


def is_working_day(day: dt.date, country: str | None = None) -> bool:
    """Whether people work on ``day`` in ``country``, an ISO 3166 code such as "AZ".

    For "US" the holidays are the federal ones (5 U.S.C. 6103), with those observed on another
    day. None, or a country that the holidays package does not know, has weekends only.
    """
    days_off, days_on, weekend = _calendar((country or "").strip().upper(), day.year)
    return day in days_on or (day not in days_off and day.weekday() not in weekend)


@lru_cache(maxsize=4096)
def working_day_before(day: dt.date, country: str | None = None) -> dt.date:
    """``day`` itself where it is a working day, else the last one before it."""
    while not is_working_day(day, country):
        day -= DAY
    return day


@lru_cache(maxsize=4096)
def working_day_after(day: dt.date, country: str | None = None) -> dt.date:
    """``day`` itself where it is a working day, else the first one after it."""
    while not is_working_day(day, country):
        day += DAY
    return day


@lru_cache(maxsize=1024)
def _calendar(
    country: str, year: int
) -> tuple[frozenset[dt.date], frozenset[dt.date], frozenset[int]]:
    """Holidays, weekend days that are worked, and weekend of one year.

    A calendar of the package fills itself while it is read, which two threads must not do at
    once; so each year is taken out of one of its own.
    """
    if not country:
        return frozenset(), frozenset(), _SATURDAY_SUNDAY
    try:
        with warnings.catch_warnings():
            # Some calendars warn that they know no lunar dates that far ahead; fewer is enough.
            warnings.simplefilter("ignore")
            calendar = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return frozenset(), frozenset(), _SATURDAY_SUNDAY
    worked = frozenset(day for day in calendar.weekend_workdays if day.year == year)
    return frozenset(calendar), worked, frozenset(calendar.weekend)
