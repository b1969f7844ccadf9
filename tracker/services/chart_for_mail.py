"""The two charts of a report for a mail, which holds no pictures: bars by agenda item and by day.

The same numbers as the drawings of the other formats.
"""

from __future__ import annotations

from tracker.mail.bars import Bar, Bars, make_pieces
from tracker.policy.statuses import date_in_words
from tracker.reports.chart import ORDER, list_counts
from tracker.reports.sections import group_by_agenda
from tracker.reports.summary import Summary, TrendPoint

MOST_BARS = 30
MOST_DAYS = 6


def charts_for_mail(summary: Summary) -> tuple[Bars, ...]:
    """Status by agenda item and progress over time, each left out where it has nothing to show."""
    return tuple(chart for chart in (_by_agenda(summary), _over_time(summary)) if chart)


def _by_agenda(summary: Summary) -> Bars | None:
    sections = [s for s in group_by_agenda(summary) if s.tasks]
    if not sections:
        return None
    most = max(len(section.tasks) for section in sections)
    late = {task.label for task in summary.overdue}
    bars = tuple(
        Bar(
            section.heading,
            _with_late(
                list_counts(section.item.totals), sum(t.label in late for t in section.tasks)
            ),
            make_pieces([(key, section.item.totals[key]) for key in ORDER], most),
        )
        for section in sections[:MOST_BARS]
    )
    left = len(sections) - len(bars)
    return Bars(
        "Status by agenda item",
        bars,
        f"{left} more in the report." if left else "",
    )


def _with_late(words: str, late: int) -> str:
    return f"{words}; {late} overdue" if late else words


def _over_time(summary: Summary) -> Bars | None:
    points = sorted({point.on: point for point in summary.trend}.values(), key=lambda p: p.on)
    if len(points) < 2:
        return None
    points = _some_of(points)
    most = max(1, *(point.open + point.done for point in points))
    bars = tuple(
        Bar(
            date_in_words(point.on),
            f"{point.done} done, {point.open} open, {point.due} due by then",
            make_pieces([("done", point.done), ("open", point.open)], most),
        )
        for point in points
    )
    return Bars("Progress over time", bars)


def _some_of(points: list[TrendPoint]) -> list[TrendPoint]:
    """The first, the last and a few between them, evenly."""
    if len(points) <= MOST_DAYS:
        return points
    last = len(points) - 1
    return [points[round(n * last / (MOST_DAYS - 1))] for n in range(MOST_DAYS)]
