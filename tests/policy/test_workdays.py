"""Working days by country. What a reminder does with them stands in test_reminders."""

import datetime as dt

import pytest

from tracker.policy.workdays import is_working_day, working_day_after, working_day_before

FRIDAY, SATURDAY, SUNDAY, MONDAY = (dt.date(2008, 1, day) for day in (11, 12, 13, 14))


def test_without_a_country_only_the_weekend_is_free():
    assert [is_working_day(day) for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)] == [
        True,
        False,
        False,
        True,
    ]
    assert is_working_day(dt.date(2008, 12, 25))


def test_a_country_nobody_knows_has_weekends_only():
    assert is_working_day(dt.date(2008, 12, 25), "XX")
    assert not is_working_day(SUNDAY, "XX")


def test_the_united_states_have_their_federal_holidays():
    assert not is_working_day(dt.date(2007, 10, 8), "US")
    assert not is_working_day(dt.date(2026, 7, 3), "us"), "4 July 2026 is a Saturday"
    assert is_working_day(dt.date(2009, 1, 20), "US"), "inauguration is free in the District only"
    assert not is_working_day(dt.date(2021, 12, 31), "US"), "observed in the year before"


def test_a_weekend_is_the_countrys_own():
    assert is_working_day(SUNDAY, "SA")
    assert not is_working_day(FRIDAY, "SA")


def test_a_weekend_that_is_worked_for_a_holiday_is_a_working_day():
    assert is_working_day(dt.date(2007, 12, 29), "CN")


@pytest.mark.parametrize("country", ["IN", "AZ", "NP"])
@pytest.mark.parametrize("year", [1900, 2100, 9999])
def test_a_year_without_a_calendar_still_has_weekends(country: str, year: int):
    days = [dt.date(year, 6, day) for day in range(1, 29)]
    assert {day.weekday() for day in days if not is_working_day(day, country)} & {4, 5, 6}


def test_the_working_day_before_and_after_skip_holidays_and_weekends():
    labor_day = dt.date(2007, 9, 3)
    assert working_day_before(labor_day, "US") == dt.date(2007, 8, 31)
    assert working_day_after(dt.date(2007, 9, 1), "US") == dt.date(2007, 9, 4)
    assert working_day_before(FRIDAY, "US") == FRIDAY == working_day_after(FRIDAY, "US")
