"""What page, PDF and Word document share: shortlists, the annex, and the numbers behind a chart."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.reports.factory import AS_OF, make_sample_summary, make_summary, make_task
from tests.reports.test_formats import read_all_text
from tracker.reports.guard import guard
from tracker.reports.summary import SummaryTask, TrendPoint
from tracker.reports.view import EXCERPT, build_view, excerpt, view_task


def make_late_tasks(count: int) -> list[SummaryTask]:
    return [
        make_task(n, due_on=AS_OF - dt.timedelta(days=n), title=f"Late-{n:02}-")
        for n in range(1, count + 1)
    ]


def test_a_shortlist_names_the_ten_longest_overdue_and_counts_the_rest() -> None:
    view = build_view(guard(make_summary(*make_late_tasks(13))))
    assert [line.number for line in view.overdue.lines] == [str(n) for n in range(13, 3, -1)]
    assert view.overdue.total == 13
    assert view.overdue.more == "The other three stand under their agenda items."


@pytest.mark.parametrize(("count", "more"), [(10, ""), (11, "The other one stands under")])
def test_a_shortlist_that_fits_says_nothing_more(count: int, more: str) -> None:
    view = build_view(guard(make_summary(*make_late_tasks(count))))
    assert view.overdue.more.startswith(more)
    assert bool(view.overdue.more) == bool(more)


@pytest.mark.parametrize("format", ["html", "pdf", "docx", "cable"])
def test_what_a_shortlist_leaves_out_still_stands_under_its_agenda_item(format: str) -> None:
    text = read_all_text(make_summary(*make_late_tasks(13)), format)
    assert "overdue (13)" in text.lower()
    assert "The other three stand under their agenda items." in text
    assert text.count("Late-01-") == 1
    assert text.count("Late-04-") == 2
    # Those of the first page stand there, in the list of all that is late, and under their item.
    assert text.count("Late-13-") == (2 if format == "cable" else 3)


@pytest.mark.parametrize("format", ["html", "pdf", "docx"])
def test_without_any_remark_there_is_no_column_for_them(format: str) -> None:
    assert "Last remark" not in read_all_text(make_summary(make_task()), format)
    assert "Last remark" in read_all_text(make_summary(make_task(last_remark="x")), format)


def test_the_annex_is_in_the_order_of_the_numbers() -> None:
    tasks = [make_task(n, passage="text") for n in (7, 2, 5)]
    view = build_view(guard(make_summary(*tasks)))
    assert [entry.number for entry in view.annex] == ["2", "5", "7"]


def test_the_table_of_progress_leaves_out_days_on_which_nothing_changed() -> None:
    days = [AS_OF - dt.timedelta(days=n) for n in (40, 30, 20, 10, 0)]
    counts = [(5, 0, 0), (5, 0, 0), (4, 1, 0), (4, 1, 0), (4, 1, 0)]
    trend = tuple(TrendPoint(day, *c) for day, c in zip(days, counts, strict=True))
    view = build_view(guard(make_summary(make_task(), trend=trend)))
    assert [(row.on, row.open) for row in view.trend] == [
        ("1 December 2007", 5),
        ("21 December 2007", 4),
        ("10 January 2008", 4),
    ]


def test_the_three_figures_are_those_of_the_summary() -> None:
    view = build_view(guard(make_sample_summary()))
    assert [(f.value, f.words, f.is_alarm) for f in view.figures] == [
        ("10", "of 30 tasks done", False),
        ("4", "overdue", True),
        ("5", "due within 30 days", False),
    ]


def test_an_excerpt_ends_at_a_word_and_says_where_the_rest_is() -> None:
    assert excerpt("short\nremark") == "short remark"
    cut = excerpt("word " * 200)
    assert cut.endswith("word … (in full at the end)")
    assert len(cut) <= EXCERPT + 30


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        ({"due_on": None}, "due", "No date"),
        ({"due_on": AS_OF}, "lateness", "today"),
        ({"due_on": AS_OF - dt.timedelta(1)}, "lateness", "1 day late"),
        ({"due_on": AS_OF - dt.timedelta(1), "status": "done"}, "lateness", ""),
        ({"due_on": AS_OF - dt.timedelta(1), "status": "deferred"}, "is_late", False),
        ({"owners": ()}, "owners", "No owner yet"),
        ({"first_due_on": AS_OF}, "slip", "Moved from 10 January 2008"),
        ({"first_due_on": AS_OF, "due_on": AS_OF}, "slip", ""),
        ({"last_remark": "x", "last_remark_by": "A"}, "remark_source", "A"),
        ({"last_remark_by": "A"}, "remark_source", ""),
    ],
)
def test_a_task_in_words(changes: dict[str, object], field: str, expected: object) -> None:
    assert getattr(view_task(make_task(**changes), AS_OF), field) == expected
