"""The workbook, read back with openpyxl: dates are dates, text is text, headings stay in sight."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.reports.factory import (
    AS_OF,
    make_hostile_summary,
    make_sample_summary,
    make_summary,
    make_task,
)
from tracker.reports import render
from tracker.reports.summary import Summary


def read_book(summary: Summary) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(render(summary, "xlsx")))


def read_tasks(summary: Summary) -> list[dict[str, object]]:
    """The rows between the headings and the banner at the end, by heading."""
    rows = list(read_book(summary)["Tasks"].iter_rows(min_row=2, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if isinstance(row[0], int)]


def list_sheets(summary: Summary) -> list[Worksheet]:
    return list(read_book(summary).worksheets)


def test_the_banner_stands_at_top_and_bottom_of_each_sheet_and_printed_page() -> None:
    sheets = list_sheets(make_sample_summary())
    assert [sheet.title for sheet in sheets] == ["Summary", "Tasks", "Progress"]
    for sheet in sheets:
        filled = [row[0] for row in sheet.iter_rows(values_only=True) if row[0] is not None]
        assert filled[0] == filled[-1] == "SECRET//NOFORN"
        assert sheet.oddHeader.center.text == "&BSECRET//NOFORN"
        assert sheet.oddFooter.center.text == "&BSECRET//NOFORN"
        assert "Page &[Page] of &N" in sheet.oddFooter.right.text.replace("&P", "&[Page]")


def test_the_headings_are_frozen_filtered_and_printed_on_every_page() -> None:
    sheet = read_book(make_sample_summary())["Tasks"]
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref == "A2:R32"
    assert sheet.print_title_rows == "$1:$2"


def test_dates_are_dates_shown_in_words() -> None:
    row = read_tasks(make_sample_summary())[0]
    assert row["Due on"] == dt.datetime(2007, 11, 30)  # noqa: DTZ001 - a cell has no zone.
    sheet = read_book(make_sample_summary())["Tasks"]
    assert sheet["I3"].is_date
    assert sheet["I3"].number_format == "d mmmm yyyy"


def test_what_was_typed_is_never_a_formula_or_a_link() -> None:
    book = read_book(make_hostile_summary())
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert all(cell.hyperlink is None for cell in cells)
    owners = read_tasks(make_hostile_summary())[0]["Owners"]
    assert str(owners).startswith('=HYPERLINK("http://evil")')


def test_numbers_are_numbers_and_nothing_is_an_empty_cell() -> None:
    (row,) = read_tasks(make_summary(make_task(7, due_on=None, owners=())))
    assert row["Task"] == 7
    assert row["Due on"] is None
    assert row["Owners"] is None
    assert row["Overdue"] is None


def test_an_overdue_task_says_so() -> None:
    late = make_task(due_on=AS_OF - dt.timedelta(days=1))
    assert read_tasks(make_summary(late))[0]["Overdue"] == "Overdue"


def test_a_remark_longer_than_a_cell_is_cut_and_says_so() -> None:
    (row,) = read_tasks(make_summary(make_task(last_remark="wörd 🙂 " * 9000)))
    remark = str(row["Last remark"])
    assert remark.startswith("wörd 🙂")
    assert remark.endswith("(cut; in full in the other formats)")
    assert len(remark.encode("utf-16-le")) // 2 <= 32767


def test_a_date_before_excels_calendar_stands_as_text() -> None:
    (row,) = read_tasks(make_summary(make_task(due_on=dt.date(1899, 12, 31))))
    assert row["Due on"] == "1899-12-31"


def test_the_summary_sheet_opens_with_the_standing() -> None:
    sheet = read_book(make_sample_summary(is_sample=True))["Summary"]
    values = [str(row[0]) for row in sheet.iter_rows(values_only=True) if row[0]]
    assert "Tervania–Solmark Security Dialogue" in values
    assert any(v.startswith("Ten of 30 tasks are done") for v in values)
    assert any(v.startswith("Sample data") for v in values)


def test_a_report_without_tasks_opens() -> None:
    assert read_tasks(make_summary(agenda=())) == []
