"""The two charts of a report as SVG: status by agenda item, and progress over time.

Geometry only; what is drawn stands in templates/reports/*.svg. Patterns and numbers tell what
colour tells, sizes are chosen so that the letters can still be read on a phone 390 px wide.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

from markupsafe import Markup

from tracker.policy.counts import count_tasks
from tracker.policy.statuses import OPEN, STATUS_WORDS, date_in_words
from tracker.reports.sections import Section, group_by_agenda
from tracker.reports.summary import Summary, TrendPoint
from tracker.reports.templating import fill_template

WIDTH = 420
ORDER = ("done", "in_progress", "agreed", "proposed", "deferred", "declined")
"""Left to right along a bar: the furthest first."""
_ROW = 23
_TOP = 52
_BAR_LEFT, _BAR_RIGHT = 186, 368
_TITLE_COLUMNS = 28
_PLOT_LEFT, _PLOT_RIGHT, _PLOT_TOP, _PLOT_BOTTOM = 30, 330, 16, 176
_LABEL_GAP = 17


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar."""

    status: str
    count: int
    x: float
    width: float

    @property
    def has_room(self) -> bool:
        """Whether the count fits inside the segment."""
        return self.width >= 9 + 8 * len(str(self.count))


@dataclass(frozen=True, slots=True)
class Bar:
    """One agenda item: its title, the bar beside it, and at its end what is late."""

    y: int
    title: str
    words: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One curve of the progress chart with the label at its end."""

    key: str
    points: str
    end_y: float
    label: str
    label_y: float
    last_x: float


def draw_status_chart(summary: Summary, bars_at_most: int | None = None) -> Markup | None:
    """Bars by agenda item, their length the number of tasks; None where there are no tasks. Where
    there is room for fewer bars, the items with most overdue, then most open tasks are drawn."""
    late = frozenset(task.label for task in summary.overdue)
    sections = _choose_sections(group_by_agenda(summary), late, bars_at_most)
    most = max((len(section.tasks) for section in sections), default=0)
    if most == 0:
        return None
    bars = tuple(_make_bar(index, s, most, late) for index, s in enumerate(sections))
    legend = [(key, STATUS_WORDS[key], summary.totals[key]) for key in ORDER]
    return fill_template(
        "status-chart.svg",
        width=WIDTH,
        height=_TOP + _ROW * len(bars),
        bar_left=_BAR_LEFT,
        bars=bars,
        legend=legend,
        description=describe_status_chart(summary),
    )


def has_more_bars(summary: Summary, bars_at_most: int) -> bool:
    """Whether the chart cut to so many bars leaves out an agenda item."""
    return len(group_by_agenda(summary)) > bars_at_most


def caption_status_chart(summary: Summary, bars_at_most: int) -> str:
    """ "Status by agenda item", and how many of them the chart cut to so many bars shows."""
    if not has_more_bars(summary, bars_at_most):
        return "Status by agenda item"
    count = len(group_by_agenda(summary))
    return f"Status of {bars_at_most} of {count} agenda items, those with most overdue"


def _choose_sections(
    sections: tuple[Section, ...], late: frozenset[str], bars_at_most: int | None
) -> tuple[Section, ...]:
    if bars_at_most is None or len(sections) <= bars_at_most:
        return sections
    worst = sorted(sections, key=lambda s: (-_count_late(s, late), -_count_open(s)))
    chosen = {section.item.label for section in worst[:bars_at_most]}
    return tuple(section for section in sections if section.item.label in chosen)


def _count_late(section: Section, late: frozenset[str]) -> int:
    return sum(1 for task in section.tasks if task.label in late)


def _count_open(section: Section) -> int:
    return sum(section.item.totals[status] for status in OPEN)


def describe_status_chart(summary: Summary) -> str:
    """The text alternative: the totals, then each agenda item in words."""
    totals = list_counts(summary.totals)
    items = "; ".join(
        f"{s.heading}: {list_counts(s.item.totals)}" for s in group_by_agenda(summary)
    )
    return f"Of {count_tasks(len(summary.tasks))}: {totals}. By agenda item: {items}."


def draw_progress_chart(summary: Summary) -> Markup | None:
    """Curves of open, done and due over time; None where there are not two days to join."""
    points = sorted({p.on: p for p in summary.trend}.values(), key=lambda p: p.on)
    if len(points) < 2:
        return None
    top = _round_up(max(max(p.open, p.done, p.due) for p in points))
    lines = _place_labels([_make_line(key, points, top) for key in ("done", "open", "due")])
    ticks = [(value, _scale_y(value, top)) for value in sorted({0, top // 2, top})]
    return fill_template(
        "progress-chart.svg",
        width=WIDTH,
        lines=lines,
        ticks=ticks,
        left=_PLOT_LEFT,
        right=_PLOT_RIGHT,
        bottom=_PLOT_BOTTOM,
        first=date_in_words(points[0].on),
        last=date_in_words(points[-1].on),
        description=describe_progress_chart(summary),
    )


def describe_progress_chart(summary: Summary) -> str:
    """The text alternative: where the curves began and where they stand."""
    points = sorted(summary.trend, key=lambda p: p.on)
    if not points:
        return ""
    said = [
        f"On {date_in_words(p.on)}: {p.open} open, {p.done} done, {p.due} due by then."
        for p in (points[0], points[-1])
    ]
    return " ".join(said)


def _make_bar(index: int, section: Section, most: int, late: frozenset[str]) -> Bar:
    segments, x = [], float(_BAR_LEFT)
    for key in ORDER:
        count = section.item.totals[key]
        if count:
            width = (_BAR_RIGHT - _BAR_LEFT) * count / most
            segments.append(Segment(key, count, round(x, 1), round(width, 1)))
            x += width
    overdue = _count_late(section, late)
    words = f"{overdue} late" if overdue else "" if section.tasks else "no tasks"
    return Bar(_TOP + _ROW * index, _clip(section.heading), words, tuple(segments))


def list_counts(totals: dict[str, int]) -> str:
    """ "3 done, 1 agreed", in the order of the bars."""
    counts = [f"{totals[key]} {STATUS_WORDS[key].lower()}" for key in ORDER if totals[key]]
    return ", ".join(counts) or "no tasks"


def _clip(text: str) -> str:
    """As much of the text as fits on the line; wide characters count double."""
    room, kept = _TITLE_COLUMNS, ""
    for character in text:
        room -= 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if room < 0:
            return kept.rstrip() + "…"
        kept += character
    return kept


def _round_up(value: int) -> int:
    """The top of the scale: an even number a little above the highest value."""
    step = 2 if value <= 20 else 10 if value <= 100 else 10 ** (len(str(value)) - 1)
    return max(2, -(-value // step) * step)


def _scale_y(value: int, top: int) -> float:
    return round(_PLOT_BOTTOM - (_PLOT_BOTTOM - _PLOT_TOP) * value / top, 1)


def _make_line(key: str, points: list[TrendPoint], top: int) -> Line:
    first, span = points[0].on, (points[-1].on - points[0].on) // dt.timedelta(days=1)
    places = [
        (
            round(_PLOT_LEFT + (_PLOT_RIGHT - _PLOT_LEFT) * (p.on - first).days / span, 1),
            _scale_y(getattr(p, key), top),
        )
        for p in points
    ]
    last_x, end_y = places[-1]
    joined = " ".join(f"{x},{y}" for x, y in places)
    return Line(key, joined, end_y, f"{getattr(points[-1], key)} {key}", end_y, last_x)


def _place_labels(lines: list[Line]) -> list[Line]:
    """Labels moved apart where the curves end close together, and kept inside the picture."""
    ordered = sorted(lines, key=lambda line: line.end_y)
    heights: list[float] = []
    for line in ordered:
        heights.append(max(line.end_y, heights[-1] + _LABEL_GAP if heights else 0))
    excess = max(0.0, heights[-1] - _PLOT_BOTTOM)
    return [
        Line(n.key, n.points, n.end_y, n.label, round(y - excess, 1), n.last_x)
        for n, y in zip(ordered, heights, strict=True)
    ]
