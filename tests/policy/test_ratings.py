"""Ratings: the stated rules hold for any list of tasks, and reasons say the tasks' numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.test_narrative import find_count
from tracker.policy.errors import InvalidInput
from tracker.policy.ratings import LEVEL_SIGNS, LEVELS, LONG_LATE_DAYS, Rating, override, rate
from tracker.policy.statuses import OPEN, STATUSES, is_due_soon, is_overdue

TODAY = dt.date(2008, 1, 10)


@dataclass(frozen=True)
class Task:
    number: int
    status: str
    due_on: dt.date | None

    @property
    def label(self) -> str:
        return str(self.number)


def task(number: int, status: str = "agreed", days: int | None = 100) -> Task:
    return Task(number, status, None if days is None else TODAY + dt.timedelta(days=days))


rows = st.tuples(st.sampled_from(STATUSES), st.none() | st.integers(-100, 100))
lists = st.lists(rows, max_size=60).map(
    lambda found: [task(n, status, days) for n, (status, days) in enumerate(found, 1)]
)


@given(lists, st.booleans())
def test_the_level_is_what_the_rules_say(tasks: list[Task], is_overall: bool) -> None:
    counted = [t for t in tasks if t.status in (*OPEN, "done")]
    late = [t for t in counted if is_overdue(t.status, t.due_on, TODAY)]
    long_late = [t for t in late if t.due_on and (TODAY - t.due_on).days > LONG_LATE_DAYS]
    waiting = [t for t in counted if is_due_soon(t.status, t.due_on, TODAY)]
    waiting = [t for t in waiting if t.status != "in_progress"]
    level = rate(tasks, TODAY, is_overall=is_overall).level
    if late and (len(late) / len(counted) >= 0.25 or (long_late and not is_overall)):
        assert level == "off_track"
    elif late or waiting:
        assert level == "at_risk"
    else:
        assert level == ("on_track" if counted else "not_rated")


def test_nothing_is_not_called_on_track() -> None:
    assert rate([], TODAY).words == "Not rated"


@given(lists)
def test_the_reason_says_the_tasks_numbers(tasks: list[Task]) -> None:
    reason = rate(tasks, TODAY).reason
    late = [t for t in tasks if is_overdue(t.status, t.due_on, TODAY)]
    if late:
        oldest = min(late, key=lambda t: (t.due_on or TODAY, t.number))
        assert f"({oldest.number})" in reason or f"(task {oldest.number})" in reason
        assert f"by {(TODAY - (oldest.due_on or TODAY)).days} day" in reason
    assert reason[0] == reason[0].upper()
    assert reason.endswith(".")
    waiting = find_count("tasks? falls? due within 30 days", reason)
    soon = [t for t in tasks if is_due_soon(t.status, t.due_on, TODAY)]
    soon = [t for t in soon if t.status != "in_progress"]
    assert waiting == (0 if late else len(soon))


@pytest.mark.parametrize(
    ("tasks", "level", "reason"),
    [
        ([], "not_rated", "There is nothing to rate yet."),
        ([task(1, "done", -9)], "on_track", "Nothing is open."),
        ([task(1, "declined", -9)], "not_rated", "Every task is deferred or declined."),
        ([task(1)], "on_track", "Nothing is overdue, and what falls due is under way."),
        ([task(1, days=5)], "at_risk", "One task falls due within 30 days and has not begun."),
        ([task(7, days=-41)], "off_track", "Its one task (7) is overdue by 41 days."),
        (
            [task(7, days=-41), task(8, "deferred")],
            "off_track",
            "The one task not deferred (7) is overdue by 41 days.",
        ),
        (
            [task(1, days=-3), *(task(n) for n in range(2, 9)), task(9, "declined", -3)],
            "at_risk",
            "One of the eight tasks not declined is overdue (task 1), by 3 days.",
        ),
        (
            [task(3, days=-1), *(task(n) for n in range(4, 9))],
            "at_risk",
            "One of six tasks is overdue (task 3), by 1 day.",
        ),
        (
            [task(1, days=-41), task(2, days=-2), task(3), task(4), task(5, "done")],
            "off_track",
            "Two of five tasks are overdue, the longest (task 1) by 41 days.",
        ),
        (
            [task(1, days=-4), task(2, days=-2)],
            "off_track",
            "Both tasks are overdue, the longest (task 1) by 4 days.",
        ),
    ],
)
def test_ratings_read_as_a_person_would_write(tasks: list[Task], level: str, reason: str) -> None:
    rating = rate(tasks, TODAY)
    assert (rating.level, rating.reason) == (level, reason)


def test_a_person_sets_another_rating_with_a_reason() -> None:
    found = override(rate([task(1, days=-41)], TODAY), "at_risk", " The reply is in the post. ")
    assert found == Rating("at_risk", "The reply is in the post.", "off_track")
    assert found.is_overridden


def test_another_rating_without_a_reason_is_refused() -> None:
    computed = rate([task(1)], TODAY)
    with pytest.raises(InvalidInput, match="Say why"):
        override(computed, "off_track", "  ")
    with pytest.raises(InvalidInput, match="Choose on track"):
        override(computed, "splendid", "why not")
    assert override(computed, "on_track", "") == computed


def test_each_level_has_a_shape_of_its_own() -> None:
    assert len({LEVEL_SIGNS[level] for level in (*LEVELS, "not_rated")}) == 4
