"""The grammar of dates: what cables write, and the days that they mean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extract.dates import Anchor, find_days, find_times
from tracker.policy.deadlines import add_days, add_months, default_due_on, last_of_month

# A Thursday; the meeting is ahead.
BEFORE = Anchor(dt.date(2008, 4, 10), dt.date(2008, 4, 21), dt.date(2008, 4, 22))


def last_day(text: str, anchor: Anchor = BEFORE) -> str | None:
    times = find_times(text, (0, len(text)), anchor)
    return times[0].last.isoformat() if times else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by June 15", "2008-06-15"),
        ("NLT 15 DEC", "2008-12-15"),
        ("NLT 15 Dec 2009", "2009-12-15"),
        ("July 9-10", "2008-07-10"),
        ("8 and 9 September", "2008-09-09"),
        ("JUNE 23-25, 2009", "2009-06-25"),
        ("December 30 to January 2", "2009-01-02"),
        ("30 June - 2 July", "2008-07-02"),
        ("the 3rd of May", "2008-05-03"),
        ("2008-11-05", "2008-11-05"),
        ("11/05/2008", "2008-11-05"),
        ("by end-January", "2009-01-31"),
        ("by the end of February", "2009-02-28"),
        ("mid-March", "2009-03-15"),
        ("in early June", "2008-06-10"),
        ("in the March timeframe", "2009-03-31"),
        ("in May", "2008-05-31"),
        ("in 2010", "2010-12-31"),
        ("in the first half of 2010", "2010-06-30"),
        ("by the third quarter of 2009", "2009-09-30"),
        ("within 60 days", "2008-06-21"),
        ("within six months of the dialogue", "2008-10-22"),
        ("in two weeks", "2008-05-06"),
        ("over the next three months", "2008-07-22"),
        ("by COB Friday", "2008-04-11"),
        ("next week", "2008-04-18"),
        ("next month", "2008-05-31"),
        ("this quarter", "2008-06-30"),
        ("next quarter", "2008-09-30"),
        ("by the end of the year", "2008-12-31"),
        ("by year-end", "2008-12-31"),
        ("next year", "2009-12-31"),
        ("tomorrow", "2008-04-11"),
        ("12 JUN 08", "2008-06-12"),
        ("03SEP08", "2008-09-03"),
        ("during February-March 2009", "2009-03-31"),
        ("in November or December", "2008-12-31"),
        ("in spring 2009", "2009-05-31"),
        ("in this fiscal year", "2008-09-30"),
        ("by year's end", "2008-12-31"),
        ("in FY09", "2009-09-30"),
        ("before Thanksgiving", "2008-11-27"),
        ("by Labor Day", "2008-09-01"),
        ("before Easter", "2009-04-12"),
        ("by the New Year.", "2009-01-01"),
        ("before the year's end", "2008-12-31"),
        ("within ten working days", "2008-05-06"),
    ],
)
def test_a_time_means_its_last_day(text: str, day: str) -> None:
    assert last_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "they may agree",
        "we march on",
        "Article 5",
        "UNSCR 1540",
        "ten years ago",
        "February 30",
        "in the ten year history",
        "a 10-15 percent share",
        "",
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert last_day(text) is None


def test_a_year_left_out_is_the_first_that_is_still_ahead() -> None:
    december = Anchor(dt.date(2007, 12, 13))
    assert last_day("by January 15", december) == "2008-01-15"
    assert last_day("by December 20", december) == "2007-12-20"


def test_a_meeting_is_near_the_day_of_writing_before_or_after() -> None:
    text = "the December 10 session and the May 3 talks"
    days = find_days(text, (0, len(text)), Anchor(dt.date(2008, 1, 5)))
    assert [day.first.isoformat() for day in days] == ["2007-12-10", "2008-05-03"]


def test_without_any_anchor_only_full_dates_are_read() -> None:
    assert last_day("by June 15", Anchor(None)) is None
    assert last_day("by June 15, 2008", Anchor(None)) == "2008-06-15"


def test_months_end_where_the_shorter_month_ends() -> None:
    assert add_months(dt.date(2007, 8, 31), 6) == dt.date(2008, 2, 29)
    assert add_months(dt.date(2006, 8, 31), 6) == dt.date(2007, 2, 28)
    assert default_due_on(dt.date(2007, 7, 10), dt.date(2007, 7, 2)) == dt.date(2008, 1, 10)
    assert default_due_on(None, dt.date(2010, 2, 25)) == dt.date(2010, 8, 25)
    assert default_due_on(None, None) is None


@given(st.dates(), st.integers(-30000, 30000))
def test_month_arithmetic_stays_in_the_calendar(day: dt.date, months: int) -> None:
    assert dt.date.min <= add_months(day, months) <= dt.date.max
    assert dt.date.min <= add_days(day, months * 1000) <= dt.date.max
    assert last_of_month(day.year, day.month).month == day.month


@given(st.text(alphabet="0123456789 -/.,JanuaryMayDecNLTbyinthewkof", max_size=60), st.dates())
def test_any_text_is_read_without_an_error(text: str, day: dt.date) -> None:
    for time in find_times(text, (0, len(text)), Anchor(day, day, day)):
        assert time.first <= time.last
        assert 0 <= time.span[0] < time.span[1] <= len(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on the 25th", "2008-04-25"),
        ("on the morning of the 3rd, before lunch", "2008-05-03"),
        ("three months later", "2008-07-22"),
        ("in the third quarter", "2008-09-30"),
        ("in the first quarter", "2009-03-31"),
        ("inside of two weeks", "2008-05-06"),
        ("within the month", "2008-04-30"),
        ("before the month is out", "2008-04-30"),
    ],
)
def test_a_day_or_quarter_without_a_month_or_year_is_the_next_one(text: str, day: str) -> None:
    assert last_day(text) == day


@pytest.mark.parametrize(
    "text", ["the 3rd floor", "the 19th century", "the 10th Mountain Division"]
)
def test_a_number_with_an_ending_is_no_day_before_a_noun(text: str) -> None:
    assert last_day(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by 2008-05-20", "2008-05-20"),
        ("by 05/06/2008", "2008-05-06"),
        ("by 20/05/2008", "2008-05-20"),
        ("by 06.05.2008", "2008-05-06"),
        ("by 13/13/2008", None),
        ("section 1.2.3.2008", None),
    ],
)
def test_a_date_in_figures_is_read_month_first_with_strokes_and_day_first_with_points(
    text: str, day: str | None
) -> None:
    assert last_day(text) == day
