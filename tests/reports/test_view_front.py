"""The first page's lists: what they show, what they leave out, and that they say so."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from tests.reports.factory import (
    AS_OF,
    CHANGES,
    CONFIDENTIAL,
    make_full_summary,
    make_summary,
    make_task,
)
from tracker.policy.report_changes import TaskChange
from tracker.reports.guard import guard
from tracker.reports.summary import Changes, Summary, SummaryTask
from tracker.reports.view_front import Front, build_front, cut


def front_of(*tasks: SummaryTask, **changes: object) -> Front:
    return build_front(guard(make_summary(*tasks, **changes)))


def late(number: int) -> SummaryTask:
    return make_task(number, due_on=AS_OF - dt.timedelta(days=number))


def slipped(number: int, days: int = 10) -> SummaryTask:
    due = AS_OF + dt.timedelta(days=40)
    return make_task(number, due_on=due, first_due_on=due - dt.timedelta(days=days))


def said(front: Front, name: str) -> list[str]:
    return [rest.words for rest in front.rests[name]]


def test_what_is_overdue_stands_first_and_one_place_is_kept_for_what_slipped() -> None:
    front = front_of(*map(late, range(1, 7)), slipped(7), slipped(8, days=30))
    assert [task.number for task in front.late] == ["6", "5", "4", "8"]
    assert front.late_heading == "Overdue (6) and slipped (2)"
    assert said(front, "late") == ["Three more overdue", "One more slipped"]
    assert front.left_out == {"overdue", "items"}


def test_places_that_nothing_overdue_takes_go_to_what_slipped() -> None:
    front = front_of(slipped(1), slipped(2), late(3))
    assert [task.number for task in front.late] == ["3", "1", "2"]
    assert front.left_out == frozenset()


def test_where_changes_are_told_only_what_slipped_since_then_is_called_slipped() -> None:
    change = TaskChange("slipped", 2, "Task", CONFIDENTIAL, due_before=AS_OF, due_after=AS_OF)
    changes = Changes(AS_OF - dt.timedelta(days=180), (change,))
    front = front_of(slipped(1), slipped(2), changes=changes)
    assert [task.number for task in front.late] == ["2"]
    assert front.late_heading == "Slipped (1)"


@pytest.mark.parametrize("changes", [{"status": "done"}, {"status": "deferred"}])
def test_what_is_closed_or_put_off_has_not_slipped(changes: dict[str, str]) -> None:
    front = front_of(dataclasses.replace(slipped(1), **changes))
    assert front.late == ()
    assert front.late_heading == ""


def test_a_date_that_was_moved_forward_has_not_slipped() -> None:
    assert front_of(slipped(1, days=-10)).late == ()


def test_achievements_are_the_latest_that_were_done() -> None:
    done = [make_task(n, status="done", done_on=AS_OF - dt.timedelta(days=n)) for n in range(1, 6)]
    front = front_of(*done)
    assert [task.number for task in front.done] == ["1", "2", "3"]
    assert said(front, "done") == ["Two more done"]
    assert front.done_heading == "Achievements (5)"


def test_next_dates_are_days_on_which_something_falls_due_and_those_of_the_report() -> None:
    days = [AS_OF, *[AS_OF + dt.timedelta(days=5)] * 2, *[AS_OF + dt.timedelta(days=9)] * 5]
    tasks = [make_task(n, due_on=day) for n, day in enumerate(days, 1)]
    report = (AS_OF + dt.timedelta(days=7), "Next report")
    assert front_of(*tasks, next_dates=(report,)).dates == (
        "10 January 2008: task 1 falls due",
        "15 January 2008: tasks 2 and 3 fall due",
        "17 January 2008: Next report",
    )
    assert front_of(*tasks[3:]).dates == ("19 January 2008: five tasks fall due",)


def test_no_date_of_the_report_itself_is_left_out() -> None:
    dates = tuple((AS_OF + dt.timedelta(days=n), f"Event {n}") for n in range(6))
    front = front_of(make_task(due_on=AS_OF), next_dates=dates)
    assert [line.split(": ")[1] for line in front.dates] == [f"Event {n}" for n in range(6)]


def test_what_a_person_wrote_at_length_is_cut_and_said_to_be() -> None:
    long = "Both ministries agree on the next step. " * 30
    front = front_of(make_task(), narrative=long, decisions=(long, "b", "c", "d"))
    assert front.narrative[0].endswith("…")
    assert said(front, "narrative") == ["The narrative in full"]
    assert len(front.decisions) == 3
    assert said(front, "decisions") == ["One more to decide"]
    assert said(front_of(decisions=(long,)), "decisions") == ["The decisions in full"]


def test_what_is_short_is_told_whole() -> None:
    front = build_front(guard(make_full_summary()))
    assert front.narrative == ("The talks keep their pace.", "Two ministries are to meet in March.")
    assert front.decisions == ("Whether to fund the second phase", "Who hosts the next round")
    assert front.left_out == {"done"}


def test_a_report_without_tasks_has_an_empty_first_page() -> None:
    front = front_of()
    assert (front.late, front.done, front.dates, front.left_out) == ((), (), (), frozenset())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("one two three", "one two…"),
        ("one two, three", "one two…"),
        ("x" * 20, "x" * 9 + "…"),
    ],
)
def test_a_text_is_cut_at_a_word_where_it_has_one(text: str, expected: str) -> None:
    assert cut(text, 10) == expected


def test_the_sample_of_changes_tells_of_a_task_that_is_overdue_and_so_not_of_slipping() -> None:
    summary: Summary = guard(make_full_summary())
    assert [c.number for c in CHANGES.tasks if c.kind == "slipped"] == [15]
    assert build_front(summary).late_heading == "Overdue (4)"
