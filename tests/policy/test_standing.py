"""How a task stood on a day, and the counts over time, from its history alone."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tracker.policy.standing import PastChange, standing_after, trend
from tracker.policy.statuses import OPEN, STATUSES

MEETING = dt.date(2007, 7, 10)
FIRST = {
    "title": "Send the list",
    "text": "We suggest that a list be sent.",
    "kind": "action",
    "status": "proposed",
    "due_on": "2008-01-10",
    "due_basis": "default",
    "responsible": ["Northland"],
    "owners": [],
    "marking": "C",
}


def created(on: dt.date = MEETING) -> PastChange:
    return PastChange("created", FIRST, on)


def status(value: str, on: dt.date) -> PastChange:
    return PastChange("status", value, on)


def test_a_task_without_history_was_not_there_yet() -> None:
    assert standing_after([]) is None


def test_a_task_stands_as_it_was_created_until_something_changes() -> None:
    standing = standing_after([created()])
    assert standing is not None
    assert (standing.status, standing.due_on) == ("proposed", dt.date(2008, 1, 10))


def test_a_moved_due_date_keeps_the_first_one_and_its_reason() -> None:
    moved = PastChange(
        "due_on",
        {"due_on": "2008-03-01", "basis": "extended"},
        dt.date(2007, 12, 1),
        "the ministry's reply is outstanding",
    )
    standing = standing_after([created(), moved])
    assert standing is not None
    assert standing.due_on == dt.date(2008, 3, 1)
    assert standing.first_due_on == dt.date(2008, 1, 10)
    assert standing.due_basis == "extended"
    assert standing.extension_reason == "the ministry's reply is outstanding"


def test_a_task_that_is_taken_up_again_is_no_longer_done() -> None:
    standing = standing_after(
        [created(), status("done", dt.date(2007, 9, 1)), status("in_progress", dt.date(2007, 9, 2))]
    )
    assert standing is not None
    assert standing.done_on is None


def test_the_trend_ends_on_the_day_asked_for() -> None:
    standing = standing_after([created(), status("done", dt.date(2007, 9, 1))])
    assert standing is not None
    points = trend([standing], dt.date(2008, 2, 1))
    assert points[-1].on == dt.date(2008, 2, 1)
    assert (points[-1].open, points[-1].done, points[-1].due) == (0, 1, 1)
    assert (points[0].open, points[0].done, points[0].due) == (1, 0, 0)


def test_there_is_no_trend_before_the_first_task() -> None:
    standing = standing_after([created()])
    assert standing is not None
    assert trend([standing], MEETING - dt.timedelta(days=1)) == []
    assert trend([], MEETING) == []


@given(
    st.lists(st.tuples(st.sampled_from(STATUSES), st.integers(0, 400)), max_size=12),
    st.integers(0, 3000),
)
def test_the_last_point_counts_the_task_by_its_last_status(
    steps: list[tuple[str, int]], later: int
) -> None:
    ordered = sorted(steps, key=lambda step: step[1])
    changes = [created(), *(status(s, MEETING + dt.timedelta(days=d)) for s, d in ordered)]
    standing = standing_after(changes)
    assert standing is not None
    last_day = MEETING + dt.timedelta(days=(ordered[-1][1] if ordered else 0) + later)
    points = trend([standing], last_day)
    assert len(points) <= 27
    assert points[-1].open == (standing.status in OPEN)
    assert points[-1].done == (standing.status == "done")
