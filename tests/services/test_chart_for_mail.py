"""The charts of a report's mail have the numbers of the report."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.reports.factory import make_sample_summary, make_summary
from tracker.mail.bars import COLOURS, make_pieces
from tracker.services.chart_for_mail import charts_for_mail


def numbers(words: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", words)]


def test_the_bars_of_a_mail_count_the_tasks_of_the_report() -> None:
    summary = make_sample_summary()
    by_agenda, over_time = charts_for_mail(summary)
    counts = [numbers(bar.words.partition(";")[0]) for bar in by_agenda.bars]
    assert sum(map(sum, counts)) == len(summary.tasks)
    late = [numbers(bar.words.partition(";")[2]) for bar in by_agenda.bars]
    assert sum(map(sum, late)) == len(summary.overdue)
    last = max(summary.trend, key=lambda point: point.on)
    assert numbers(over_time.bars[-1].words) == [last.done, last.open, last.due]


def test_a_mail_about_no_tasks_has_no_chart() -> None:
    assert charts_for_mail(make_summary()) == ()


counted = st.lists(st.tuples(st.sampled_from(sorted(COLOURS)), st.integers(0, 500)), max_size=7)


@given(counted, st.integers(0, 4_000))
def test_no_bar_is_wider_than_its_row_and_none_hides_a_number(
    counts: list[tuple[str, int]], more: int
) -> None:
    most = max(1, sum(count for _, count in counts) + more)
    pieces = make_pieces(counts, most)
    assert [piece.key for piece in pieces] == [key for key, count in counts if count]
    assert sum(piece.share for piece in pieces) <= 100
    assert all(piece.share > 0 for piece in pieces)
