"""Blanks at the end of lines, as texts copied from web pages have them, change nothing."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.extract.own_cables import FOLDER, NAMES, lexicon
from tests.extract.samples import READ_OUT, SCENESETTER, TODAY, extracted
from tracker.cable import parse_cable
from tracker.cable.blanks import over_line_ends
from tracker.extract import extract


def understood(text: str) -> list[tuple[object, ...]]:
    found = extract(parse_cable(text), today=TODAY, lexicon=lexicon())
    heads = [(topic.label, topic.title) for topic in found.agenda]
    items = [
        (" ".join(i.text.split()), i.title, i.tier, i.kind, i.responsible, i.owners, i.due_on,
         i.due_basis, i.agenda, i.marking)
        for i in found.items
    ]  # fmt: skip
    return [(found.meeting.starts_on, found.meeting.ends_on), *heads, *items]


@pytest.mark.parametrize("name", NAMES)
def test_blanks_at_the_ends_of_its_lines_change_nothing_in_a_cable(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    bare = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    padded = re.sub(r"(?<=\S)$", " ", bare, flags=re.MULTILINE)
    assert understood(padded) == understood(bare)


@pytest.mark.parametrize(
    ("sentence", "due_on"),
    [
        ("Post will send the charts within 60 \ndays.", dt.date(2008, 6, 21)),
        ("Post will send the charts by the end \nof the year.", dt.date(2008, 12, 31)),
        ("Post will send the charts by June \n15.", dt.date(2008, 6, 15)),
        ("Post will send the charts by the   \n25th.", dt.date(2008, 4, 25)),
        ("Post will send the charts in early \n2009.", dt.date(2009, 3, 31)),
        ("Post will show the charts during the \nsecurity \ndialogue.", dt.date(2008, 4, 22)),
    ],
)
def test_a_deadline_is_read_over_a_blank_and_the_end_of_a_line(
    sentence: str, due_on: dt.date
) -> None:
    [item] = extracted(f"PORTS\n\n1. (U) {sentence}", SCENESETTER).items
    assert (item.due_on, item.due_basis) == (due_on, "stated")


def test_a_title_and_its_name_may_stand_on_two_lines() -> None:
    body = (
        "PORTS\n\n1. (U) With him came Deputy Assistant Secretary \nOsprey. Osprey undertook \n"
        "to send a list of berths."
    )
    [promise] = [i for i in extracted(body, READ_OUT).items if "undertook" in i.text]
    assert promise.responsible == ("United States",)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\Aa\sb\Z", "a \n   b"),
        (r"\Aa\s?b\Z", "ab"),
        (r"\Aa\s?b\Z", "a \nb"),
        (r"\Aa\s{0,3}b\Z", "a" + 80 * " " + "b"),
        (r"(?x)\A a\ b \Z", "a\nb"),
        (r"\A[a\s]b(?<=\sb)\Z", " b"),
    ],
)
def test_a_widened_pattern_reads_over_blanks_and_line_ends(pattern: str, text: str) -> None:
    assert re.match(over_line_ends(pattern), text)


@pytest.mark.parametrize(("pattern", "text"), [(r"\Aa\sb\Z", "ab"), (r"\A[\s-]b\Z", "- b")])
def test_a_widened_pattern_takes_no_more_than_blanks(pattern: str, text: str) -> None:
    assert re.match(over_line_ends(pattern), text) is None
