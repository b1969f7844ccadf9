"""The formats that programs read: their keys, columns and cells."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from tests.reports.factory import (
    make_hostile_summary,
    make_sample_summary,
    make_summary,
    make_task,
)
from tracker.policy.markings import Marking
from tracker.reports import render
from tracker.reports.summary import Summary

PROMISED = {
    "number",
    "title",
    "agenda",
    "kind",
    "responsible",
    "owners",
    "status",
    "due_on",
    "due_basis",
    "marking",
    "last_remark",
}


def read_json(summary: Summary) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(render(summary, "json"))
    return read


def read_csv(summary: Summary) -> list[dict[str, str]]:
    text = render(summary, "csv").decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_json_has_the_promised_keys() -> None:
    report = read_json(make_sample_summary())
    assert {"dialogue", "as_of", "marking", "totals", "tasks"} <= set(report)
    assert all(set(task) >= PROMISED for task in report["tasks"])


def test_json_says_markings_in_short_and_dates_in_iso() -> None:
    report = read_json(make_sample_summary())
    assert report["marking"] == "S//NF"
    assert report["as_of"] == "2008-01-10"
    first = report["tasks"][0]
    assert (first["marking"], first["due_on"], first["agenda"]) == ("C", "2007-11-30", "A")
    assert read_json(make_summary(make_task()))["marking"] == "C"


def test_json_keeps_lists_as_lists_and_nothing_as_null() -> None:
    task = make_task(owners=(), due_on=None, agenda=None, responsible=("Tervania", "Solmark"))
    (read,) = read_json(make_summary(task))["tasks"]
    assert read["owners"] == []
    assert read["responsible"] == ["Tervania", "Solmark"]
    assert read["due_on"] is None
    assert read["agenda"] is None
    assert read["last_remark"] is None


def test_csv_has_one_header_line_the_marking_as_a_column_and_no_banner() -> None:
    text = render(make_sample_summary(), "csv").decode()
    assert text.splitlines()[0].startswith("number,title,agenda,kind,responsible,owners,status,")
    assert "SECRET" not in text
    assert "CONFIDENTIAL" not in text
    rows = read_csv(make_sample_summary())
    assert len(rows) == 30
    assert {row["marking"] for row in rows} == {"C", "S//NF"}
    assert set(rows[0]) >= PROMISED


def test_csv_lines_end_as_rfc_4180_says() -> None:
    data = render(make_sample_summary(), "csv")
    assert data.count(b"\n") == data.count(b"\r\n") == 31
    assert not data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(start: str) -> None:
    (row,) = read_csv(make_summary(make_task(title=f"{start}1+1", last_remark=f"{start}A1")))
    assert row["title"] == ("1+1" if start.isspace() else f"'{start}1+1")
    assert row["last_remark"] == f"'{start}A1".replace("\r", "\n")


def test_no_cell_of_a_hostile_report_starts_a_formula() -> None:
    for row in read_csv(make_hostile_summary()):
        assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_text_in_a_cell_comes_back_whole() -> None:
    remark = 'He said "no",\nthen left; Əliyev; 王'
    (row,) = read_csv(make_summary(make_task(last_remark=remark, owners=("A, B", "C"))))
    assert row["last_remark"] == remark
    assert row["owners"] == "A, B; C"


def test_several_caveats_stand_in_the_short_marking() -> None:
    marking = Marking("S", frozenset({"NOFORN"}), frozenset({"USA", "GBR"}))
    (row,) = read_csv(make_summary(make_task(marking=marking)))
    assert row["marking"] == "S//NF//REL TO GBR, USA"


def test_a_report_without_tasks_is_a_header_line_and_an_empty_list() -> None:
    assert read_csv(make_summary()) == []
    assert len(render(make_summary(), "csv").splitlines()) == 1
    assert read_json(make_summary())["tasks"] == []
