"""On which days a due date reminds: nothing lost, nothing twice, whatever days a sweep runs."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.policy.reminders import (
    LEAD_DAYS,
    Occasion,
    backoff,
    is_overdue_key,
    latest_occasion,
    next_reminder_on,
    occasions,
)
from tracker.policy.workdays import is_working_day

DAY = dt.timedelta(days=1)
THURSDAY = dt.date(2008, 1, 10)

due_dates = st.dates(dt.date(2005, 1, 1), dt.date(2030, 12, 31))
countries = st.sampled_from([None, "US", "AZ", "SA", "CN", "IL", "RU", "XX"])
distances = st.integers(-60, 90)


def keys_until(due_on: dt.date, until: dt.date, **rest) -> list[str]:
    return [occasion.key for occasion in occasions(due_on, until, **rest)]


# The days.


def test_a_due_date_reminds_30_14_7_1_and_0_days_before():
    days = [(o.key, (THURSDAY - o.falls_on).days) for o in occasions(THURSDAY, THURSDAY)]
    assert days == [("30", 30), ("14", 14), ("7", 7), ("1", 1), ("0", 0)]


def test_an_overdue_task_reminds_the_day_after_and_then_every_week():
    late = [o for o in occasions(THURSDAY, THURSDAY + 30 * DAY) if is_overdue_key(o.key)]
    assert [o.key for o in late] == [f"overdue+{n}" for n in (1, 8, 15, 22, 29)]
    assert [(o.falls_on - THURSDAY).days for o in late] == [1, 8, 15, 22, 29]


def test_a_reminder_on_a_weekend_moves_to_the_friday_before():
    due_on = dt.date(2008, 1, 12)  # A Saturday; so is the day a week before.
    by_key = {o.key: o.falls_on for o in occasions(due_on, due_on)}
    assert by_key["7"] == dt.date(2008, 1, 4)
    assert by_key["1"] == by_key["0"] == dt.date(2008, 1, 11)


def test_a_reminder_on_a_holiday_of_the_owners_country_moves_and_the_due_date_stays():
    due_on = dt.date(2007, 11, 29)  # A week after Thanksgiving.
    week_before = {c: occasions(due_on, due_on, country=c)[2] for c in ("US", "AZ")}
    assert week_before["US"] == Occasion(-7, dt.date(2007, 11, 21))
    assert week_before["AZ"] == Occasion(-7, dt.date(2007, 11, 22))
    assert occasions(due_on, due_on, country="US")[-1].falls_on == due_on


def test_a_task_due_on_friday_is_called_overdue_on_monday_not_before():
    friday = dt.date(2008, 1, 11)
    first = occasions(friday, friday + 5 * DAY)[-1]
    assert (first.key, first.falls_on) == ("overdue+1", dt.date(2008, 1, 14))


def test_a_reminder_whose_working_day_is_past_falls_on_the_day_the_task_came():
    sunday = dt.date(2008, 1, 13)
    saturday = sunday - DAY
    found = latest_occasion(sunday, saturday, since=saturday)
    assert found == Occasion(0, saturday)


def test_a_task_that_came_late_to_a_person_does_not_call_its_reminder_late():
    came_on = THURSDAY - 20 * DAY
    found = latest_occasion(THURSDAY, came_on, since=came_on)
    assert found == Occasion(-30, came_on)
    assert latest_occasion(THURSDAY, came_on - DAY, since=came_on) is None


def test_lead_days_can_be_a_dialogues_own():
    assert keys_until(THURSDAY, THURSDAY, lead_days=(3, 10)) == ["10", "3"]


def test_a_date_at_the_beginning_of_the_calendar_raises_nothing():
    assert latest_occasion(dt.date.min, dt.date(2008, 1, 1)) is not None
    assert next_reminder_on(dt.date.min, True, dt.date.min) is not None


@given(due_dates, countries, distances, st.none() | distances)
def test_occasions_are_in_order_and_never_call_a_task_overdue_before_it_is(
    due_on: dt.date, country: str | None, until: int, since: int | None
):
    start = due_on + since * DAY if since is not None else None
    found = occasions(due_on, due_on + until * DAY, country=country, since=start)
    assert found == sorted(found, key=lambda o: (o.falls_on, o.offset_days))
    assert len({o.key for o in found}) == len(found)
    assert all((o.falls_on > due_on) for o in found if is_overdue_key(o.key))


@given(due_dates, countries, distances)
def test_a_reminder_falls_on_a_working_day(due_on: dt.date, country: str | None, until: int):
    found = occasions(due_on, due_on + until * DAY, country=country)
    assert all(is_working_day(o.falls_on, country) for o in found)


# What a sweep finds.


def test_three_days_of_downtime_yield_one_late_message():
    found = latest_occasion(THURSDAY, THURSDAY + 2 * DAY, sent={"30", "14", "7"})
    assert found == Occasion(1, THURSDAY + DAY)
    assert latest_occasion(THURSDAY, THURSDAY + 2 * DAY, {"30", "14", "7", found.key}) is None


def test_a_clock_set_back_does_not_bring_up_what_a_later_message_stood_for():
    assert latest_occasion(THURSDAY, THURSDAY - 8 * DAY, sent={"7"}) is None


def test_a_moved_date_arms_again():
    remembered = {THURSDAY: {"30", "14", "7"}}
    moved = THURSDAY + 90 * DAY
    today = moved - 30 * DAY
    found = latest_occasion(moved, today, remembered.get(moved, set()))
    assert found is not None
    assert found.key == "30"


def test_the_key_of_another_kind_of_reminder_counts_for_nothing():
    assert latest_occasion(THURSDAY, THURSDAY, {"stale", "approval", ""}) == Occasion(0, THURSDAY)


@given(due_dates, countries, st.lists(distances, min_size=1, max_size=40))
def test_nothing_is_sent_twice_and_nothing_is_lost_on_any_days_of_sweeping(
    due_on: dt.date, country: str | None, days: list[int]
):
    """The days may stand still, jump, or run backwards, as clocks do."""
    sent: list[Occasion] = []
    for today in (due_on + day * DAY for day in days):
        found = latest_occasion(due_on, today, {o.key for o in sent}, country=country)
        if found:
            sent.append(found)
        fallen = occasions(due_on, today, country=country)
        assert all(any(s.offset_days >= o.offset_days for s in sent) for o in fallen)
    assert [o.offset_days for o in sent] == sorted({o.offset_days for o in sent})


@given(due_dates, countries)
def test_a_sweep_every_day_sends_the_last_occasion_of_each_day_on_that_day(
    due_on: dt.date, country: str | None
):
    sent: set[str] = set()
    for number in range(-40, 60):
        today = due_on + number * DAY
        found = latest_occasion(due_on, today, sent, country=country)
        falling = [o for o in occasions(due_on, today, country=country) if o.falls_on == today]
        assert found == (falling[-1] if falling else None)
        sent |= {found.key} if found else set()


@given(due_dates, countries, st.lists(distances, max_size=10), st.lists(distances, max_size=10))
def test_a_date_moved_there_and_back_reminds_for_each_date_once(
    due_on: dt.date, country: str | None, before: list[int], after: list[int]
):
    moved = due_on + 17 * DAY
    sent: set[tuple[dt.date, str]] = set()
    for date, days in ((due_on, before), (moved, after), (due_on, before)):
        for today in (due_on + day * DAY for day in days):
            remembered = {key for day, key in sent if day == date}
            found = latest_occasion(date, today, remembered, country=country)
            if found:
                assert (date, found.key) not in sent
                sent.add((date, found.key))


def test_a_task_years_late_is_weighed_without_counting_every_week():
    today = dt.date(2026, 11, 24)
    found = latest_occasion(dt.date(1990, 1, 2), today)
    assert found is not None
    assert today - found.falls_on < 9 * DAY
    assert latest_occasion(dt.date(1990, 1, 2), today, {found.key}) is None


# The day kept with the task.


def test_the_next_reminder_is_the_first_occasion_after_a_day():
    assert next_reminder_on(THURSDAY, True, THURSDAY - 31 * DAY) == THURSDAY - 30 * DAY
    assert next_reminder_on(THURSDAY, True, THURSDAY - 7 * DAY) == THURSDAY - DAY
    assert next_reminder_on(THURSDAY, True, THURSDAY) == THURSDAY + DAY
    assert next_reminder_on(THURSDAY, True, THURSDAY + DAY) == THURSDAY + 8 * DAY


def test_a_closed_task_or_one_without_a_date_has_no_next_reminder():
    assert next_reminder_on(THURSDAY, False, THURSDAY) is None
    assert next_reminder_on(None, True, THURSDAY) is None


@given(due_dates, countries, st.integers(-60, 900))
def test_sweeping_only_on_the_days_kept_sends_what_sweeping_daily_would(
    due_on: dt.date, country: str | None, after: int
):
    start = due_on + after * DAY
    kept = next_reminder_on(due_on, True, start, country=country)
    assert kept is not None
    falls = [o.falls_on for o in occasions(due_on, kept, country=country)]
    assert kept > start
    assert falls[-1] == kept
    assert not any(start < day < kept for day in falls)


# Pauses.


def test_pauses_grow_and_end_after_about_two_days():
    pauses = [backoff(attempt) for attempt in range(1, 12)]
    waits = [pause for pause in pauses if pause]
    assert waits == sorted(set(waits))
    assert dt.timedelta(hours=47) < sum(waits, dt.timedelta()) < dt.timedelta(hours=50)
    assert pauses[len(waits) :] == [None] * (11 - len(waits))


def test_attempts_are_counted_from_one():
    with pytest.raises(ValueError, match="counted from 1"):
        backoff(0)


def test_the_first_lead_time_is_the_longest():
    assert sorted(LEAD_DAYS, reverse=True) == list(LEAD_DAYS) == [30, 14, 7, 1, 0]
