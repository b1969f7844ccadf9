"""The life of a task: what is open, overdue and due soon, and how dates read."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.policy.statuses import (
    OPEN,
    STATUS_WORDS,
    STATUSES,
    date_in_words,
    due_in_words,
    is_due_soon,
    is_open,
    is_overdue,
)

TODAY = dt.date(2008, 1, 10)
days = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))


def test_the_first_three_statuses_are_open() -> None:
    assert [status for status in STATUSES if is_open(status)] == list(OPEN)
    assert STATUSES[:3] == OPEN
    assert set(STATUS_WORDS) == set(STATUSES)


def test_a_task_is_not_late_on_its_day() -> None:
    assert not is_overdue("agreed", TODAY, TODAY)
    assert is_overdue("agreed", TODAY - dt.timedelta(days=1), TODAY)


def test_due_soon_is_today_to_thirty_days_from_now() -> None:
    near = [n for n in range(-3, 40) if is_due_soon("agreed", TODAY + dt.timedelta(days=n), TODAY)]
    assert near == list(range(31))


@pytest.mark.parametrize("status", ["done", "deferred", "declined"])
def test_what_is_closed_is_never_late_or_due(status: str) -> None:
    assert not is_overdue(status, dt.date(1999, 1, 1), TODAY)
    assert not is_due_soon(status, TODAY, TODAY)


def test_without_a_date_nothing_is_late() -> None:
    assert not is_overdue("agreed", None, TODAY)
    assert not is_due_soon("agreed", None, TODAY)
    assert due_in_words(None, TODAY) == ""
    assert date_in_words(None) == "no date"


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (0, "today"),
        (1, "in 1 day"),
        (12, "in 12 days"),
        (-1, "1 day late"),
        (-41, "41 days late"),
        (-6894, "6,894 days late"),
    ],
)
def test_distances_are_said_in_words(offset: int, words: str) -> None:
    assert due_in_words(TODAY + dt.timedelta(days=offset), TODAY) == words


def test_dates_are_said_in_words() -> None:
    assert date_in_words(TODAY) == "10 January 2008"


@given(st.sampled_from(STATUSES), days, days)
def test_nothing_is_both_late_and_due_soon(status: str, due_on: dt.date, today: dt.date) -> None:
    assert not (is_overdue(status, due_on, today) and is_due_soon(status, due_on, today))
    assert is_overdue(status, due_on, today) == (is_open(status) and due_on < today)
