"""The report as a workbook: a sheet to read, and a sheet of tasks to sort and filter.

Text stays text: nothing that was typed becomes a formula or a link. Dates are real dates.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlsxwriter

from tracker.policy.report_changes import CHANGE_WORDS
from tracker.policy.statuses import STATUS_WORDS, is_overdue
from tracker.reports.summary import Changes, Summary, SummaryTask
from tracker.reports.view import View, build_view
from tracker.reports.view_more import RatingView

_DATE_FORMAT = "d mmmm yyyy"
_CELL_LIMIT = 32_767
"""Excel's own; what is longer is cut there, with a word where the rest is."""
_CUT = " … (cut; in full in the other formats)"
_COLUMNS: tuple[tuple[str, float], ...] = (
    ("Task", 7),
    ("Title", 48),
    ("Agenda", 9),
    ("Kind", 12),
    ("Responsible", 18),
    ("Owners", 26),
    ("Status", 12),
    ("Overdue", 9),
    ("Due on", 18),
    ("Due basis", 11),
    ("First due on", 18),
    ("Reason for the change", 26),
    ("Done on", 18),
    ("Marking", 9),
    ("Last remark", 48),
    ("Remark on", 18),
    ("Remark by", 18),
)

_CHANGE_COLUMNS: tuple[tuple[str, float], ...] = (
    ("Task", 7),
    ("Title", 48),
    ("Change", 16),
    ("On", 18),
    ("Due before", 18),
    ("Due now", 18),
    ("Owners before", 26),
    ("Owners now", 26),
    ("Reason", 48),
    ("Marking", 9),
)


def render_xlsx(summary: Summary) -> bytes:
    """Sheets "Summary", "Tasks" and, where there is any, "Changes" and "Progress". On "Tasks" the
    banner is in row 1, the headings in row 2, both frozen; the banner stands again at the end."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        view = build_view(summary)
        book.set_properties(
            {
                "title": view.title,
                "subject": f"As of {view.as_of}",
                "category": view.banner,
                "created": summary.generated_at.replace(tzinfo=None),
            }
        )
        looks = _make_looks(book)
        _write_summary_sheet(book.add_worksheet("Summary"), view, looks)
        _write_task_sheet(book.add_worksheet("Tasks"), summary, view, looks)
        if summary.changes:
            _write_change_sheet(book.add_worksheet("Changes"), summary.changes, view, looks)
        if summary.trend:
            _write_progress_sheet(book.add_worksheet("Progress"), summary, view, looks)
    return buffer.getvalue()


def _make_looks(book: Any) -> dict[str, Any]:
    """The cell formats by name."""
    navy = "#162e51"
    text = {"valign": "top", "text_wrap": True}
    looks = {
        "banner": {"bold": True, "font_size": 12},
        "title": {"bold": True, "font_size": 18, "font_color": navy},
        "lead": {**text, "font_size": 12},
        "head": {**text, "bold": True, "font_color": "#ffffff", "bg_color": navy, "border": 1},
        "text": text,
        "count": {"valign": "top", "num_format": "0"},
        "bold": {**text, "bold": True},
        "sum": {"bold": True, "top": 2},
        "date": {"valign": "top", "num_format": _DATE_FORMAT, "align": "left"},
        "late": {**text, "bold": True, "font_color": "#8b0a03"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _set_page(sheet: Any, view: View) -> None:
    """A4 across, the marking at top and bottom of each page, page x of y."""
    banner = view.banner.replace("&", "&&")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&C&B{banner}"[:255])
    sheet.set_footer(f"&C&B{banner}&RPage &P of &N"[:255])


def _write_summary_sheet(sheet: Any, view: View, looks: dict[str, Any]) -> None:
    _set_page(sheet, view)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(view.matrix_head) - 1, 11)
    sheet.set_column(len(view.matrix_head), len(view.matrix_head), 60)
    sheet.write_string(0, 0, view.banner, looks["banner"])
    sheet.write_string(1, 0, _fit(view.dialogue), looks["title"])
    sheet.write_string(2, 0, _fit(f"Status report as of {view.as_of} · {view.edition}"))
    sheet.write_string(3, 0, _fit(" · ".join(p for p in (view.meeting, view.parties) if p)))
    if view.is_sample:
        sheet.write_string(4, 0, "Sample data: nothing here is about real tasks.", looks["bold"])
    last = len(view.matrix_head) - 1
    sheet.merge_range(5, 0, 5, last, " ".join(view.standing), looks["lead"])
    sheet.set_row(5, 36)
    rating = view.more.rating
    sheet.write_string(6, 0, _fit(_in_words(rating)), looks["bold"])
    row = 7
    for column, name in enumerate((*view.matrix_head, "Rating")):
        sheet.write_string(row, column, name, looks["head"])
    ratings = [_in_words(section.rating) for section in view.sections]
    for counts, words in zip(view.matrix, [*ratings, _in_words(rating)], strict=True):
        row += 1
        sheet.write_string(row, last + 1, _fit(words), looks["text"])
        is_sum = counts is view.matrix[-1]
        sheet.write_string(row, 0, _fit(str(counts[0])), looks["sum" if is_sum else "text"])
        for column, count in enumerate(counts[1:], 1):
            sheet.write_number(row, column, int(count), looks["sum" if is_sum else "count"])
    row += 1
    for text in _list_words(view):
        row += 1
        sheet.merge_range(row, 0, row, last, _fit(text), looks["text"])
        sheet.set_row(row, 15 * (1 + len(text) // 110))
    sheet.write_string(row + 2, 0, view.banner, looks["banner"])


def _in_words(rating: RatingView) -> str:
    return " ".join(p for p in (f"{rating.words}.", rating.reason, rating.note) if p)


def _list_words(view: View) -> list[str]:
    """What was written by people, a paragraph a row, and where the report is drawn from."""
    more = view.more
    words = [*more.narrative, *(f"Decision wanted: {decision}" for decision in more.decisions)]
    for section in view.sections:
        words += [f"{section.heading}: {paragraph}" for paragraph in section.narrative]
    for said in more.remarks:
        words += [f"{said.heading}: {paragraph}" for paragraph in said.paragraphs]
    words += more.next_dates
    if more.changes_sentence:
        words.append(more.changes_sentence)
    if view.sources:
        words.append(f"Drawn from {view.sources}.")
    if more.stamp:
        words.append(more.stamp)
    return words


def _write_task_sheet(sheet: Any, summary: Summary, view: View, looks: dict[str, Any]) -> None:
    internal = summary.edition == "internal"
    columns = (*_COLUMNS, ("Passage", 60.0) if internal else ("Meeting", 9.0))
    _set_page(sheet, view)
    sheet.write_string(0, 0, view.banner, looks["banner"])
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, name, looks["head"])
    for row, task in enumerate(summary.tasks, 2):
        cells = _list_cells(task, summary)
        for column, value in enumerate([*cells, task.passage if internal else task.meeting]):
            _write_cell(sheet, row, column, value, looks)
    last = max(len(summary.tasks) + 1, 2)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(0, 1)
    sheet.autofilter(1, 0, last, len(columns) - 1)
    sheet.write_string(last + 2, 0, view.banner, looks["banner"])


def _list_cells(task: SummaryTask, summary: Summary) -> list[object]:
    """In the order of the columns; None leaves a cell empty."""
    return [
        task.number,
        task.title,
        task.agenda,
        task.kind.capitalize(),
        "; ".join(task.responsible),
        "; ".join(task.owners),
        STATUS_WORDS[task.status],
        "Overdue" if is_overdue(task.status, task.due_on, summary.as_of) else None,
        task.due_on,
        task.due_basis,
        task.first_due_on,
        task.extension_reason,
        task.done_on,
        task.marking.short,
        task.last_remark,
        task.last_remark_on,
        task.last_remark_by,
    ]


def _write_cell(sheet: Any, row: int, column: int, value: object, looks: dict[str, Any]) -> None:
    if isinstance(value, dt.date) and value.year >= 1900:
        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), looks["date"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks["count"])
    elif value is not None and str(value):
        look = looks["late" if value == "Overdue" else "text"]
        sheet.write_string(row, column, _fit(str(value)), look)


def _write_change_sheet(sheet: Any, changes: Changes, view: View, looks: dict[str, Any]) -> None:
    _set_page(sheet, view)
    sheet.write_string(0, 0, view.banner, looks["banner"])
    for column, (name, width) in enumerate(_CHANGE_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, name, looks["head"])
    for row, change in enumerate(changes.tasks, 2):
        cells = (
            change.reference or change.number,
            change.title,
            CHANGE_WORDS[change.kind],
            change.on,
            change.due_before,
            change.due_after,
            "; ".join(change.owners_before),
            "; ".join(change.owners_after),
            change.reason,
            change.marking.short,
        )
        for column, value in enumerate(cells):
            _write_cell(sheet, row, column, value, looks)
    last = max(len(changes.tasks) + 1, 2)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(0, 1)
    sheet.autofilter(1, 0, last, len(_CHANGE_COLUMNS) - 1)
    sheet.write_string(last + 2, 0, view.more.changes_sentence)
    sheet.write_string(last + 3, 0, view.banner, looks["banner"])


def _write_progress_sheet(sheet: Any, summary: Summary, view: View, looks: dict[str, Any]) -> None:
    _set_page(sheet, view)
    sheet.set_column(0, 0, 20)
    sheet.write_string(0, 0, view.banner, looks["banner"])
    for column, name in enumerate(("Day", "Open", "Done", "Due")):
        sheet.write_string(1, column, name, looks["head"])
    for row, point in enumerate(summary.trend, 2):
        for column, value in enumerate((point.on, point.open, point.done, point.due)):
            _write_cell(sheet, row, column, value, looks)
    sheet.freeze_panes(2, 0)
    sheet.write_string(len(summary.trend) + 3, 0, view.banner, looks["banner"])


def _fit(text: str) -> str:
    """What fits into a cell; Excel counts UTF-16 units."""
    if len(text.encode("utf-16-le")) // 2 <= _CELL_LIMIT:
        return text
    room = 2 * (_CELL_LIMIT - len(_CUT))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT
