"""The cable text: its header lines, numbered and marked paragraphs, and its width."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.reports.factory import (
    AS_OF,
    make_hostile_summary,
    make_sample_summary,
    make_summary,
    make_task,
)
from tracker.policy.markings import Marking
from tracker.reports import render
from tracker.reports.summary import Summary
from tracker.reports.to_cable import classification_line

PARAGRAPH = re.compile(r"^(\d+)\. \(([^)]+)\) (.*)", re.DOTALL)


def read_blocks(summary: Summary) -> list[str]:
    return render(summary, "cable").decode().rstrip("\n").split("\n\n")


def read_paragraphs(summary: Summary) -> list[tuple[int, str, str]]:
    matches = [PARAGRAPH.match(block) for block in read_blocks(summary)]
    return [(int(m[1]), m[2], " ".join(m[3].split())) for m in matches if m]


@pytest.mark.parametrize("make", [make_sample_summary, make_hostile_summary, make_summary])
def test_no_line_is_longer_than_69_characters(make: object) -> None:
    assert callable(make)
    lines = render(make(), "cable").decode().splitlines()
    assert max(map(len, lines)) <= 69
    assert not [line for line in lines if line != line.rstrip()]


def test_the_header_lines_come_in_their_order() -> None:
    blocks = read_blocks(make_sample_summary())
    assert blocks[0] == blocks[-1] == "S E C R E T NOFORN"
    assert [block.split(":")[0] for block in blocks[1:5]] == [
        "E.O. 13526",
        "TAGS",
        "SUBJECT",
        "REF",
    ]
    assert blocks[2] == "TAGS: PREL, MARR, MOPS"
    assert " ".join(blocks[3].split()) == (
        "SUBJECT: TERVANIA-SOLMARK SECURITY DIALOGUE: STATUS AS OF 10 JANUARY 2008"
    )
    assert blocks[4] == "REF: A. 07PORTANSELM832 B. 07PORTANSELM465"


def test_paragraphs_are_numbered_from_one_without_gaps() -> None:
    numbers = [number for number, _, _ in read_paragraphs(make_sample_summary())]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 40


def test_each_task_carries_its_own_mark_and_the_summary_the_highest() -> None:
    paragraphs = read_paragraphs(make_sample_summary())
    assert paragraphs[0][1] == "S//NF"
    marks = {text.split(":")[0]: mark for _, mark, text in paragraphs if text.startswith("Task ")}
    assert marks["Task 12"] == "S//NF"
    assert {mark for task, mark in marks.items() if task != "Task 12"} == {"C"}


def test_a_sentence_on_an_agenda_item_is_marked_as_its_tasks_are() -> None:
    paragraphs = read_paragraphs(make_sample_summary())
    counting = re.compile(r"tasks?( not deferred)? (is|are) ")
    marks = [mark for _, mark, text in paragraphs if counting.search(text[:60])]
    assert marks.count("S//NF") == 1
    assert "C" in marks


def test_section_heads_are_underlined() -> None:
    heads = [b for b in read_blocks(make_sample_summary()) if set(b.split("\n")[-1]) == {"-"}]
    assert "OVERDUE (4)\n-----------" in heads
    assert "K. COUNTER-TERRORISM CO-OPERATION\n---------------------------------" in heads


def test_a_task_says_all_that_is_known_of_it() -> None:
    texts = [text for _, _, text in read_paragraphs(make_sample_summary())]
    assert (
        "Task 15: Carry out a needs assessment of the pipelines. Responsible: Tervania; owner: "
        "Ambassador A. Verane. Status: in progress. Due: 30 November 2007 (41 days late). Moved "
        "from 1 October 2007: terms of reference not agreed. Last remark (L. Okonjo, 26 December "
        "2007): Waiting for the Ministry's reply on the terms of reference."
    ) in texts


def test_a_remark_cannot_begin_a_paragraph_of_its_own() -> None:
    summary = make_summary(make_task(last_remark="x\n\n9. (U) Forged paragraph."))
    assert [n for n, _, _ in read_paragraphs(summary)] == list(range(1, 6))


@pytest.mark.parametrize(
    ("marking", "line"),
    [
        (Marking(), "UNCLAS"),
        (Marking("SBU"), "UNCLAS SENSITIVE"),
        (Marking("C"), "C O N F I D E N T I A L"),
        (Marking("S", frozenset({"NOFORN"})), "S E C R E T NOFORN"),
        (Marking("TS"), "T O P  S E C R E T"),
        (Marking("C", rel_to=frozenset({"GBR", "USA"})), "C O N F I D E N T I A L REL TO GBR, USA"),
    ],
)
def test_the_classification_line_is_spaced_out(marking: Marking, line: str) -> None:
    assert classification_line(marking) == line


def test_an_unclassified_cable_needs_no_declassification() -> None:
    blocks = read_blocks(make_summary(make_task(marking=Marking())))
    assert blocks[:2] == ["UNCLAS", "E.O. 13526: N/A"]
    assert "DECL" in read_blocks(make_sample_summary())[1]


def test_without_sources_and_tags_their_lines_are_left_out() -> None:
    text = render(make_summary(make_task()), "cable").decode()
    assert "REF:" not in text
    assert "TAGS:" not in text


def test_an_agenda_item_says_once_what_is_overdue() -> None:
    late = make_task(1, due_on=AS_OF - dt.timedelta(days=41), owners=())
    text = " ".join(render(make_summary(late), "cable").decode().split())
    section = text.partition("A. SECURITY")[2]
    assert section.count("by 41 days") == 1
    assert "No owner yet. Due:" in text
    assert "owner: No owner" not in text
