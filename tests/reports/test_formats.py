"""All formats at once: the same numbers in each, and in no shared one what is internal."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import re
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from lxml import html as html_reader

from tests.reports.factory import (
    CONFIDENTIAL,
    make_full_summary,
    make_hostile_summary,
    make_sample_summary,
    make_summary,
    make_task,
)
from tests.reports.test_to_json_and_csv import read_csv
from tests.reports.test_to_pdf import list_links
from tracker.policy.errors import InvalidInput
from tracker.policy.markings import Marking
from tracker.policy.statuses import STATUS_WORDS, STATUSES
from tracker.reports import FORMATS, name_file, render
from tracker.reports.guard import clean, guard, safe_link
from tracker.reports.sections import group_by_agenda
from tracker.reports.summary import Summary, SummaryAgendaItem

SUMMARY = make_sample_summary()


def read_all_text(summary: Summary, format: str) -> str:
    """What a person can read in the file, whatever the format, on one line."""
    data = render(summary, format)
    if format == "pdf":
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    elif format == "docx":
        document = docx.Document(io.BytesIO(data))
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        text = " ".join([*(p.text for p in document.paragraphs), *cells])
    elif format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        text = " ".join(
            str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if v
        )
    elif format == "html":
        text = html_reader.fromstring(data).text_content()
    else:
        text = data.decode()
    return " ".join(text.replace("\u200b", "").split())


def read_totals(format: str) -> dict[str, int]:
    """The number of tasks in each status, counted from the file alone."""
    readers: dict[str, Any] = {
        "html": _totals_of_html,
        "pdf": _totals_of_pdf,
        "docx": _totals_of_docx,
        "xlsx": _totals_of_xlsx,
        "csv": lambda _: _count([row["status"] for row in read_csv(SUMMARY)]),
        "json": lambda data: json.loads(data)["totals"],
        "cable": _totals_of_cable,
    }
    totals: dict[str, int] = readers[format](render(SUMMARY, format))
    return totals


def _count(statuses: list[str]) -> dict[str, int]:
    return {status: statuses.count(status) for status in STATUSES}


def _totals_of_html(data: bytes) -> dict[str, int]:
    page = html_reader.fromstring(data)
    words = page.xpath("//table[contains(@class,'report-table--full')]//td[@data-label='Status']")
    keys = {word: key for key, word in STATUS_WORDS.items()}
    return _count([keys[td.text_content()] for td in words])


def _totals_of_pdf(data: bytes) -> dict[str, int]:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    numbers = re.search(r"All tasks\s+((?:\d+\s+){7}\d+)", text)
    assert numbers
    return dict(zip(STATUSES, map(int, numbers[1].split()), strict=False))


def _totals_of_docx(data: bytes) -> dict[str, int]:
    tables = docx.Document(io.BytesIO(data)).tables
    (row,) = [r for t in tables for r in t.rows if r.cells[0].text == "All tasks"]
    return dict(zip(STATUSES, (int(c.text) for c in row.cells[1:7]), strict=True))


def _totals_of_xlsx(data: bytes) -> dict[str, int]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Tasks"]
    column = [row[6] for row in sheet.iter_rows(min_row=3, values_only=True)]
    keys = {word: key for key, word in STATUS_WORDS.items()}
    return _count([keys[str(value)] for value in column if value])


def _totals_of_cable(data: bytes) -> dict[str, int]:
    last = " ".join(data.decode().split()).split("TOTALS ------")[1]
    return {
        key: int(last.split(f"{w.lower()} ")[1].split(",")[0].split(".")[0])
        for key, w in STATUS_WORDS.items()
    }


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_every_format_gives_the_same_totals(format: str) -> None:
    assert read_totals(format) == SUMMARY.totals


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_every_format_names_every_task(format: str) -> None:
    text = read_all_text(SUMMARY, format).replace("- ", "-")
    for task in SUMMARY.tasks:
        assert task.title.replace("- ", "-") in text


@pytest.mark.parametrize("format", ["html", "pdf", "docx", "xlsx", "json", "cable"])
def test_every_format_says_the_same_sentences(format: str) -> None:
    text = read_all_text(SUMMARY, format)
    assert "Ten of 30 tasks are done, 17 are open, two are deferred and one is declined." in text
    assert "Four are overdue, the longest (task 3) by 41 days" in text


@pytest.mark.parametrize("format", ["html", "pdf", "docx", "xlsx", "cable"])
def test_every_format_says_rating_changes_decisions_and_remarks(format: str) -> None:
    text = read_all_text(make_full_summary(), format).replace("- ", "-")
    for words in (
        "At risk. The funding gap is about to close.",
        "Set by hand; by the rules: off track.",
        "The talks keep their pace.",
        "Whether to fund the second phase",
        "We thank the hosts.",
        "Since 10 July 2007, the day of the last report, one is new, one was done, one slipped,"
        " one was handed over and one was dropped",
        "terms of reference not agreed",
    ):
        assert words.lower() in text.lower()


def test_the_workbook_has_a_sheet_of_changes_with_real_dates() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render(make_full_summary(), "xlsx")))["Changes"]
    rows = {row[2]: row for row in sheet.iter_rows(min_row=3, max_row=7, values_only=True)}
    assert set(rows) == {"New", "Done", "Slipped", "Handed over", "Dropped"}
    before, after = rows["Slipped"][4:6]
    assert isinstance(before, dt.datetime)
    assert isinstance(after, dt.datetime)
    assert (before.date(), after.date()) == (dt.date(2007, 10, 1), dt.date(2007, 11, 30))
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref == "A2:J7"


def test_programs_read_ratings_and_changes_in_json_and_csv() -> None:
    report = json.loads(render(make_full_summary(), "json"))
    assert report["rating"]["level"] == "at_risk"
    assert report["rating"]["computed"] == "off_track"
    assert [c["kind"] for c in report["changes"]["tasks"]].count("slipped") == 1
    assert all(item["rating"]["level"] for item in report["agenda"])
    rows = {row["number"]: row["changes"] for row in read_csv(make_full_summary())}
    assert (rows["15"], rows["2"]) == ("slipped", "")


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_items_of_two_meetings_lists_are_told_apart_in_every_format(format: str) -> None:
    tasks = [
        make_task(3, kind="", meeting=1, reference="1.3", due_on=dt.date(2007, 12, 1)),
        make_task(3, kind="", meeting=2, reference="2.3"),
    ]
    summary = make_summary(*tasks, edition="shared")
    text = read_all_text(summary, format)
    if format == "csv":
        assert [(r["meeting"], r["number"]) for r in read_csv(summary)] == [("1", "3"), ("2", "3")]
    elif format == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(render(summary, format)))["Tasks"]
        rows = list(sheet.iter_rows(min_row=3, max_row=4, values_only=True))
        assert [(row[17], row[0], row[7]) for row in rows] == [(1, 3, "Overdue"), (2, 3, None)]
    else:
        assert "2.3" in text
        assert "1.3" in text
    if format != "csv":
        assert "One of two tasks is overdue (task 1.3), by 40 days." in text


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_no_shared_edition_tells_what_is_internal(format: str) -> None:
    secret = dataclasses.replace(
        make_sample_summary(edition="shared", sources=("07SECRETREF1",), tags=("SECRETTAG",)),
        tasks=tuple(
            dataclasses.replace(
                task,
                passage=f"HIDDEN passage {task.number}",
                url="https://hidden.example/tasks/4711",
            )
            for task in SUMMARY.tasks
        ),
    )
    raw = render(secret, format)
    for text in (read_all_text(secret, format), raw.decode("utf-8", "replace")):
        assert "HIDDEN" not in text
        assert "SECRETREF" not in text
        assert "SECRETTAG" not in text
        assert "tasks/4711" not in text
    if format == "pdf":
        assert b"/URI" not in raw
        assert list_links(pypdf.PdfReader(io.BytesIO(raw))) == []


@pytest.mark.parametrize("format", ["html", "pdf", "docx", "xlsx", "csv", "json"])
def test_the_internal_edition_shows_passages(format: str) -> None:
    passage = "We suggest this: Name an expert for the advisory group on doctrine."
    assert passage in read_all_text(SUMMARY, format)


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_hostile_text_breaks_no_format(format: str) -> None:
    text = read_all_text(make_hostile_summary(), format)
    assert "#set page() $x$ *no* @ref" in text
    assert "\x00" not in text


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_a_report_without_tasks_can_be_had_in_every_format(format: str) -> None:
    text = read_all_text(make_summary(agenda=()), format)
    assert ("There is nothing to report yet" in text) == (format != "csv")


@pytest.mark.parametrize("format", ["html", "pdf", "docx", "xlsx", "cable"])
def test_sample_data_is_called_so_wherever_people_read_it(format: str) -> None:
    words = re.compile("sample data", re.IGNORECASE)
    assert words.search(read_all_text(make_sample_summary(is_sample=True), format))
    assert not words.search(read_all_text(SUMMARY, format))


def test_an_unknown_format_is_refused_with_the_list_of_those_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"no report format 'odt'.*html, pdf, docx"):
        render(SUMMARY, "odt")


def test_a_file_is_named_after_dialogue_day_and_edition() -> None:
    name = "tervania-solmark-security-dialogue-2008-01-10-internal.pdf"
    assert name_file(SUMMARY, "pdf") == name
    assert name_file(SUMMARY, "cable").endswith(".txt")


def test_the_marking_is_never_below_that_of_a_task() -> None:
    low = make_summary(make_task(marking=Marking("S")), marking=Marking())
    assert json.loads(render(low, "json"))["marking"] == "S"
    high = make_summary(make_task(marking=CONFIDENTIAL), marking=Marking("S"))
    assert json.loads(render(high, "json"))["marking"] == "S"


def test_counts_are_those_of_the_tasks_that_are_listed() -> None:
    wrong = make_summary(make_task(), totals=dict.fromkeys(STATUSES, 9))
    report = json.loads(render(wrong, "json"))
    assert report["totals"] == {**dict.fromkeys(STATUSES, 0), "agreed": 1}


def test_no_task_is_lost_whatever_its_agenda_item() -> None:
    tasks = [make_task(1), make_task(2, agenda="Z"), make_task(3, agenda=None)]
    summary = make_summary(*tasks, agenda=(("A", "One"), ("A", "Twice"), (None, ""), ("B", "")))
    listed = {s.heading: [t.number for t in s.tasks] for s in group_by_agenda(summary)}
    assert listed == {"A. One": [1], "Item B": [], "Item Z": [2], "Other tasks": [3]}
    assert list(listed)[-1] == "Other tasks"


def test_an_empty_place_for_other_tasks_is_left_out() -> None:
    items = (SummaryAgendaItem("A", "One", {}), SummaryAgendaItem(None, "", {}))
    headings = [s.heading for s in group_by_agenda(make_summary(make_task(), agenda=()))]
    assert headings == ["Item A"]
    guarded = guard(dataclasses.replace(make_summary(make_task()), agenda=items))
    assert [item.label for item in guarded.agenda] == ["A"]


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\x00b\x1b\x85c", "ab\nc"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\u202eevil\u2066", "evil"),
        ("lone \ud800 half\ufffe", "lone  half"),
        ("\tkept\n", "\tkept\n"),
        ("Əliyev 王 🙂", "Əliyev 王 🙂"),
    ],
)
def test_text_is_cleaned_of_what_no_format_can_hold(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_names_and_titles_stand_on_one_line_and_remarks_keep_theirs() -> None:
    task = make_task(title=" Two\n lines\t", owners=("A\nB",), last_remark="One\r\ntwo")
    (guarded,) = guard(make_summary(task)).tasks
    assert (guarded.title, guarded.owners) == ("Two lines", ("A B",))
    assert guarded.last_remark == "One\ntwo"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.b/c", "https://a.b/c"),
        ("/dialogues/x", "/dialogues/x"),
        ("//evil.example", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://a b", None),
        (None, None),
    ],
)
def test_only_addresses_of_pages_become_links(url: str | None, expected: str | None) -> None:
    assert safe_link(url) == expected
