"""The report as a Word document: real headings, real tables, the marking on every page.

Looks and low-level parts are in docx_parts.py, lists of tasks in docx_tasks.py; the order of
the content is the PDF's.
"""

from __future__ import annotations

import io
from typing import Any

import docx

from tracker.reports import docx_parts as parts
from tracker.reports.docx_tasks import (
    first_cells,
    write_all_bars,
    write_due_table,
    write_front,
    write_lists,
)
from tracker.reports.guard import guard
from tracker.reports.summary import Summary
from tracker.reports.view import SectionView, TaskLine, View, build_view
from tracker.reports.view_front import SHORT, build_front
from tracker.reports.view_more import RatingView

_FULL_WIDTHS = (1.1, 5.0, 3.2, 3.0, 2.1, 3.0)


def render_docx(summary: Summary) -> bytes:
    """An A4 document with headings, header rows that repeat, and page fields in its footer."""
    guarded = guard(summary)
    view = build_view(guarded)
    document = docx.Document()
    parts.set_up_page(document, view.banner, f"{view.dialogue} · status as of {view.as_of}")
    parts.set_up_styles(document)
    _set_properties(document, view, guarded)
    front = build_front(guarded)
    _write_head(document, view)
    write_front(document, guarded, front)
    with parts.on_a_new_page(document, unless=len(guarded.tasks) <= SHORT):
        write_lists(document, view, front)
        _write_changes(document, view)
        write_all_bars(document, guarded)
        _write_sections(document, view)
    _write_said(document, view)
    _write_numbers(document, view)
    _write_annex(document, view)
    _write_end(document, view)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_properties(document: Any, view: View, summary: Summary) -> None:
    properties = document.core_properties
    properties.title = f"{view.title}, {view.as_of}"[:255]
    properties.subject = view.edition
    properties.category = view.banner[:255]
    properties.language = "en"
    properties.author = ""
    properties.comments = ""
    properties.created = properties.modified = summary.generated_at.replace(tzinfo=None)


def _write_head(document: Any, view: View) -> None:
    document.add_paragraph(
        f"Status report as of {view.as_of} · {view.edition}", style="Report aside"
    )
    document.add_heading(view.dialogue, level=1)
    subtitle = " · ".join(part for part in (view.meeting, view.parties) if part)
    document.add_paragraph(subtitle, style="Report aside")
    if view.is_sample:
        notice = document.add_paragraph()
        notice.add_run("Sample data.").bold = True
        notice.add_run(" Nothing in this report is about real tasks.")
    _write_rating(document, view.more.rating)
    document.add_paragraph(" ".join(view.standing), style="Report lead")
    figures = " · ".join(f"{figure.value} {figure.words}" for figure in view.figures)
    document.add_paragraph(figures, style="Report figures")


def _write_rating(document: Any, rating: RatingView) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{rating.sign} {rating.words}. ").bold = True
    paragraph.add_run(" ".join(part for part in (rating.reason, rating.note) if part))
    paragraph.paragraph_format.keep_with_next = True


def _write_changes(document: Any, view: View) -> None:
    more = view.more
    if more.changes_heading:
        document.add_heading(more.changes_heading, level=2)
        document.add_paragraph(more.changes_sentence)
    for group in more.changes:
        document.add_heading(group.heading, level=3)
        rows: list[list[parts.Cell]] = [
            [str(line.number), parts.mark(line.portion, line.title), line.words]
            for line in group.lines
        ]
        parts.add_table(document, ("Task", "What", "Change"), (1.1, 8.9, 7.4), rows)


def _write_said(document: Any, view: View) -> None:
    """Each side's remarks, and the dates to come."""
    for said in view.more.remarks:
        document.add_heading(said.heading, level=2)
        for paragraph in said.paragraphs:
            document.add_paragraph(paragraph)
    if view.more.next_dates:
        document.add_heading("Next dates", level=2)
        for line in view.more.next_dates:
            document.add_paragraph(line, style="List Bullet")


def _write_sections(document: Any, view: View) -> None:
    if view.sections:
        document.add_heading("By agenda item", level=2)
    for section in view.sections:
        document.add_heading(section.heading, level=3)
        _write_rating(document, section.rating)
        document.add_paragraph(section.sentence).paragraph_format.keep_with_next = True
        for paragraph in section.narrative:
            document.add_paragraph(paragraph)
        if section.lines and view.has_remarks:
            _write_full_table(document, section)
        elif section.lines:
            write_due_table(document, section.lines)


def _write_full_table(document: Any, section: SectionView) -> None:
    names = ("Task", "What", "Owner", "Due", "Status", "Last remark")
    rows = [[*first_cells(t), t.status_words, _remark_cell(t)] for t in section.lines]
    parts.add_table(document, names, _FULL_WIDTHS, rows)


def _remark_cell(task: TaskLine) -> parts.Cell:
    if not task.remark:
        return [parts.Run("None", "aside")]
    return [parts.Run(task.remark), parts.Run(task.remark_source, "aside", is_new_line=True)]


def _write_numbers(document: Any, view: View) -> None:
    if view.sections:
        document.add_heading("Totals by status and agenda item", level=2)
        widths = (5.4, *(1.5,) * (len(view.matrix_head) - 1))
        look = {len(view.matrix) - 1: "bold"}
        rows: list[list[parts.Cell]] = [
            [[parts.Run(str(cell), look.get(index, ""))] for cell in row]
            for index, row in enumerate(view.matrix)
        ]
        parts.add_table(document, view.matrix_head, widths, rows, are_numbers=True)
    if len(view.trend) > 1:
        document.add_heading("Progress over time", level=2)
        days: list[list[parts.Cell]] = [
            [p.on, str(p.open), str(p.done), str(p.due)] for p in view.trend
        ]
        parts.add_table(
            document, ("Day", "Open", "Done", "Due"), (5.4, 2, 2, 2), days, are_numbers=True
        )


def _write_annex(document: Any, view: View) -> None:
    if not view.annex:
        return
    document.add_heading(view.annex_heading, level=2)
    for entry in view.annex:
        document.add_heading(f"Task {entry.number}: {entry.portion} {entry.title}", level=3)
        if entry.passage:
            document.add_paragraph(entry.passage, style="Quote")
        if entry.remark:
            document.add_paragraph(entry.remark)
            document.add_paragraph(entry.remark_source, style="Report aside")


def _write_end(document: Any, view: View) -> None:
    document.add_heading("How the ratings are made", level=2)
    for rule in view.more.rules:
        document.add_paragraph(rule, style="Report aside")
    if view.more.stamp:
        document.add_paragraph(view.more.stamp, style="Report aside")
    if view.sources:
        document.add_paragraph(f"Drawn from {view.sources}.", style="Report aside")
    document.add_paragraph(
        f"Made on {view.generated}. Tasks that are overdue or due soon are counted from "
        f"{view.as_of}.",
        style="Report aside",
    )
