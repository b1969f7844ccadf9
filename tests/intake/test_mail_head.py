"""What the fields of a mail say counts where its text says nothing of it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.intake.outlook import outlook_message
from tests.world import shipped_cable
from tracker.cable import parse_cable
from tracker.extract import Extraction, extract
from tracker.intake import Document, read_document

TODAY = dt.date(2026, 11, 25)
READ_OUT = """\
The two delegations met on March 3-4 in Zenda. The Kenyan Ministry of Energy will send the list of
the power plants by April 15, 2026.
"""


def mail(text: str, **fields: str) -> Document:
    """The document that a mail with these fields becomes."""
    head = {"From": "a@example.org", "MIME-Version": "1.0", **fields}
    lines = [f"{name}: {words}" for name, words in head.items()]
    return read_document("\r\n".join([*lines, "", text]).encode(), "talks.eml")


def drawn(document: Document) -> Extraction:
    """What is drawn from it today."""
    return extract(parse_cable(document.text), today=TODAY)


def test_the_subject_and_date_of_a_mail_are_those_of_its_text() -> None:
    document = mail(
        READ_OUT,
        Subject="Read-out of the U.S.-Kenya Energy Dialogue, March 3-4, 2026",
        Date="Thu, 5 Mar 2026 18:30:00 +0300",
    )
    header = parse_cable(document.text).header
    assert header.subject == "Read-out of the U.S.-Kenya Energy Dialogue, March 3-4, 2026"
    assert header.date_time_group == dt.datetime(2026, 3, 5, 15, 30, tzinfo=dt.UTC)
    found = drawn(document)
    assert (found.meeting.starts_on, found.meeting.ends_on) == (
        dt.date(2026, 3, 3),
        dt.date(2026, 3, 4),
    )
    assert [(i.due_on, i.due_basis) for i in found.items] == [(dt.date(2026, 4, 15), "stated")]


def test_days_without_a_year_count_from_the_date_of_the_mail() -> None:
    text = "The Kenyan Ministry will send the draft by 1 June. We agreed to meet again next month."
    found = drawn(mail(text, Date="Mon, 5 May 2025 10:00:00 +0000", Subject="Talks"))
    assert [item.due_on for item in found.items] == [dt.date(2025, 6, 1), dt.date(2025, 6, 30)]


def test_the_subject_of_a_mail_carries_its_marking() -> None:
    document = mail(READ_OUT, Subject="RE: CONFIDENTIAL: Read-out of the talks")
    header = parse_cable(document.text).header
    assert (header.classification, header.subject) == ("CONFIDENTIAL", "Read-out of the talks")
    assert {item.marking for item in drawn(document).items} == {"C"}


def test_a_cable_in_a_mail_keeps_its_own_header() -> None:
    cable = shipped_cable().decode()
    document = mail(cable, Subject="FW: for you", Date="Thu, 5 Mar 2026 18:30:00 +0300")
    assert (document.head, document.text) == (0, cable)


def test_a_higher_marking_in_the_subject_holds_over_that_of_the_text() -> None:
    document = mail(shipped_cable().decode(), Subject="SECRET//NOFORN: for you")
    header = parse_cable(document.text).header
    assert header.classification == "SECRET//NOFORN"
    assert header.reference_id == "07BAKU832"


@pytest.mark.parametrize(
    "fields",
    [
        {"Date": "soon", "Subject": ""},
        {"Date": "Thu, 99 Mar 2026 99:30:00 +0300"},
        {"Date": "Fri, 31 Dec 9999 23:59:00 -1200"},
        {"From": "<Saved by Blink>", "Subject": "Cable viewer", "Date": "Thu, 5 Mar 2026 18:30:00"},
    ],
)
def test_fields_that_say_nothing_of_the_text_are_left_out(fields: dict[str, str]) -> None:
    document = mail(READ_OUT, **fields)
    assert document.text == READ_OUT


def test_the_subject_of_an_outlook_message_counts_too() -> None:
    document = read_document(outlook_message(READ_OUT, subject="(C) Read-out"), "talks.msg")
    header = parse_cable(document.text).header
    assert (header.classification, header.subject) == ("CONFIDENTIAL", "Read-out")
