"""When reports are due: from the meeting's last day, in any rhythm, however late one looks."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tracker.policy.report_cycle import Cycle, cycle_of, due_step, next_report_on

MEETING = dt.date(2007, 7, 10)
NONE: frozenset[dt.date] = frozenset()
CYCLE = cycle_of(MEETING, 6, None, 28, 7)


def test_the_first_report_is_due_six_months_after_the_meeting() -> None:
    assert next_report_on(CYCLE, dt.date(2007, 7, 11), NONE) == dt.date(2008, 1, 10)


def test_a_stated_first_day_goes_before_the_meeting() -> None:
    cycle = cycle_of(MEETING, 3, dt.date(2007, 9, 30), 14, 7)
    assert next_report_on(cycle, dt.date(2007, 10, 1), frozenset([dt.date(2007, 9, 30)])) == (
        dt.date(2007, 12, 30)
    )


def test_a_month_that_is_shorter_does_not_shift_those_after_it() -> None:
    days = Cycle(dt.date(2007, 8, 31), 6, 28, 7).report_days()
    assert [next(days) for _ in range(3)] == [
        dt.date(2007, 8, 31),
        dt.date(2008, 2, 29),
        dt.date(2008, 8, 31),
    ]


def test_a_report_whose_day_has_passed_is_still_to_be_made() -> None:
    assert next_report_on(CYCLE, dt.date(2008, 2, 1), NONE) == dt.date(2008, 1, 10)


def test_years_of_downtime_leave_one_report_to_make_and_not_all() -> None:
    assert next_report_on(CYCLE, dt.date(2011, 1, 1), NONE) == dt.date(2010, 7, 10)


def test_what_fell_due_before_the_dialogue_was_kept_here_is_not_made_up_for() -> None:
    found = next_report_on(CYCLE, dt.date(2011, 1, 1), NONE, not_before=dt.date(2010, 12, 1))
    assert found == dt.date(2011, 1, 10)


def test_a_report_made_early_leads_to_the_one_after_it() -> None:
    made = frozenset([dt.date(2008, 1, 10)])
    assert next_report_on(CYCLE, dt.date(2007, 12, 1), made) == dt.date(2008, 7, 10)
    assert next_report_on(CYCLE, dt.date(2008, 2, 1), made) == dt.date(2008, 7, 10)


def test_a_report_of_a_later_day_makes_up_for_one_that_was_missed() -> None:
    made = frozenset([dt.date(2008, 1, 25)])
    assert next_report_on(CYCLE, dt.date(2008, 2, 1), made) == dt.date(2008, 7, 10)
    assert next_report_on(CYCLE, dt.date(2008, 7, 11), made) == dt.date(2008, 7, 10)


def test_without_any_day_to_count_from_nothing_is_due() -> None:
    assert next_report_on(cycle_of(None, 6, None, 28, 7), MEETING, NONE) is None


def test_the_steps_of_a_report_come_in_their_order() -> None:
    on = dt.date(2008, 1, 10)
    assert due_step(CYCLE, on, dt.date(2007, 12, 12)) is None
    assert due_step(CYCLE, on, dt.date(2007, 12, 13)) == "call"
    assert due_step(CYCLE, on, dt.date(2008, 1, 3)) == "draft"
    assert due_step(CYCLE, on, dt.date(2008, 3, 3)) == "draft"


@given(st.integers(1, 36), st.dates(dt.date(2007, 7, 10), dt.date(2030, 1, 1)))
def test_the_next_report_is_never_made_twice(months: int, today: dt.date) -> None:
    cycle = cycle_of(MEETING, months, None, 28, 7)
    first = next_report_on(cycle, today, NONE)
    assert first is not None
    second = next_report_on(cycle, today, frozenset([first]))
    assert second is not None
    assert second > first
    assert second > today
