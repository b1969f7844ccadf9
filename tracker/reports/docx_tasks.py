"""Tables of tasks in the Word document, and the first page's shorter lists of them.

What is said stands in view.py and view_front.py; styles and low-level parts are docx_parts.py's.
"""

from __future__ import annotations

from typing import Any

from docx.shared import Cm

from tracker.reports import docx_parts as parts
from tracker.reports.chart import (
    caption_status_chart,
    describe_progress_chart,
    describe_status_chart,
    draw_progress_chart,
    draw_status_chart,
    has_more_bars,
)
from tracker.reports.summary import Summary
from tracker.reports.to_pdf import render_chart_png
from tracker.reports.view import Shortlist, TaskLine, View
from tracker.reports.view_front import BARS, Front

_DUE_WIDTHS = (1.1, 6.6, 4.2, 3.3, 2.2)
_LATE_WIDTHS = (1.1, 8.3, 4.7, 3.3)
_HALF, _CHART = 8.8, 7.3
PROGRESS = "Progress over time: open, done, due by the day"


def write_front(document: Any, summary: Summary, front: Front) -> None:
    """The first page under its opening: decisions, what is late, what was achieved, what comes
    next, and both charts."""
    for paragraph in front.narrative:
        document.add_paragraph(paragraph)
    _write_rests(document, front, "narrative")
    _write_points(document, "Decisions wanted", front.decisions)
    _write_rests(document, front, "decisions")
    if front.late:
        document.add_heading(front.late_heading, level=2)
        rows = [first_cells(task) for task in front.late]
        names = ("Task", "What", "Owner", "Due")
        parts.add_table(document, names, _LATE_WIDTHS, rows, has_space_after=False)
        _write_rests(document, front, "late")
    _write_points(document, front.done_heading, tuple(map(_describe_done, front.done)))
    _write_rests(document, front, "done")
    _write_points(document, "Next dates", front.dates)
    _write_charts(document, summary)


def _write_points(document: Any, heading: str, points: tuple[str, ...]) -> None:
    if points:
        document.add_heading(heading, level=2)
    for point in points:
        document.add_paragraph(point, style="List Bullet").paragraph_format.space_after = 0


def _write_rests(document: Any, front: Front, name: str) -> None:
    if rests := front.rests[name]:
        said = "; ".join(f"{rest.words}, under “{_PARTS[rest.part]}”" for rest in rests)
        document.add_paragraph(f"{said}.", style="Report aside")


_PARTS = {
    "narrative": "The narrative in full",
    "decisions": "All decisions wanted",
    "overdue": "All overdue tasks",
    "changes": "What changed",
    "items": "By agenda item",
    "done": "Done",
}


def _describe_done(task: TaskLine) -> str:
    when = f", {task.done}" if task.done else ""
    return f"{task.number} {task.portion} {task.title}{when}"


def _write_charts(document: Any, summary: Summary) -> None:
    """Side by side in one line, each with its text alternative."""
    status = draw_status_chart(summary, BARS)
    if status is None:
        return
    document.add_heading("At a glance", level=2)
    titles = [caption_status_chart(summary, BARS)]
    charts = [(status, describe_status_chart(summary))]
    if progress := draw_progress_chart(summary):
        titles.append(PROGRESS)
        charts.append((progress, describe_progress_chart(summary)))
    pictures = document.add_paragraph()
    for index, (title, (svg, alternative)) in enumerate(zip(titles, charts, strict=True)):
        if index:
            pictures.add_run("\t")
        parts.add_picture(pictures, render_chart_png(svg), Cm(_CHART), title, alternative)
    # Pictures in a line stand on its foot, so their captions stand under them.
    captions = document.add_paragraph("\t".join(titles), style="Report aside")
    pictures.paragraph_format.keep_with_next = True
    pictures.paragraph_format.space_after = 0
    for line in (pictures, captions):
        line.paragraph_format.tab_stops.add_tab_stop(Cm(_HALF))


def write_lists(document: Any, view: View, front: Front) -> None:
    """What the first page had no room for, whole or in longer lists."""
    if "narrative" in front.left_out:
        document.add_heading("The narrative in full", level=2)
        for paragraph in view.more.narrative:
            document.add_paragraph(paragraph)
    if "decisions" in front.left_out:
        _write_points(
            document, f"All decisions wanted ({len(view.more.decisions)})", view.more.decisions
        )
    if "overdue" in front.left_out:
        _write_due_list(document, "All overdue tasks", view.overdue)
    if view.due_soon.total:
        _write_due_list(document, "Due within 30 days", view.due_soon)
    if "done" in front.left_out:
        document.add_heading(f"Done ({view.done.total})", level=2)
        rows: list[list[parts.Cell]] = [
            [task.number, parts.mark(task.portion, task.title), task.done]
            for task in view.done.lines
        ]
        parts.add_table(document, ("Task", "What", "Done on"), (1.1, 12.9, 3.4), rows)
        _write_more(document, view.done)


def write_all_bars(document: Any, summary: Summary) -> None:
    """The chart with every agenda item, where the first page had room for some of them."""
    if has_more_bars(summary, BARS) and (svg := draw_status_chart(summary)):
        document.add_heading("Status of every agenda item", level=2)
        line, title = document.add_paragraph(), "Status by agenda item"
        picture = render_chart_png(svg)
        parts.add_picture(line, picture, Cm(11.5), title, describe_status_chart(summary))


def _write_due_list(document: Any, title: str, found: Shortlist) -> None:
    document.add_heading(f"{title} ({found.total})", level=2)
    write_due_table(document, found.lines)
    _write_more(document, found)


def _write_more(document: Any, found: Shortlist) -> None:
    if found.more:
        document.add_paragraph(found.more, style="Report aside")


def write_due_table(document: Any, tasks: tuple[TaskLine, ...]) -> None:
    """Tasks without their remarks."""
    rows = [[*first_cells(task), task.status_words] for task in tasks]
    parts.add_table(document, ("Task", "What", "Owner", "Due", "Status"), _DUE_WIDTHS, rows)


def first_cells(task: TaskLine) -> list[parts.Cell]:
    """Number, title with what slipped, owner, and the date with what it means."""
    lateness = parts.Run(task.lateness, "late" if task.is_late else "aside")
    done = parts.Run(f"done {task.done}" if task.done else "", "aside")
    return [
        str(task.number),
        [*parts.mark(task.portion, task.title), parts.Run(task.slip, "aside", is_new_line=True)],
        [parts.Run(task.owners), parts.Run(task.responsible, "aside", is_new_line=True)],
        [parts.Run(task.due), (lateness if task.lateness else done).on_new_line()],
    ]
