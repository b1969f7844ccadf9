"""Due dates as iCalendar: valid by RFC 5545 and read back whole, hostile text included."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.mail.rfc5545 import faults_of
from tracker.mail.calendar import Due, write_calendar

NOW = dt.datetime(2008, 1, 3, 9, tzinfo=dt.UTC)
HOST = "tracker.example.gov"


def make_due(number: int = 17, **changes: object) -> Due:
    values = {
        "task_id": number,
        "number": number,
        "due_on": dt.date(2008, 1, 10),
        "url": f"https://{HOST}/go/{number}",
        "revision": 2,
        "changed_at": NOW,
        "title": "Send the revised list of border posts",
        "words": "Northland–Westmark Security Dialogue. In progress.",
    }
    return Due(**{**values, **changes})  # type: ignore[arg-type]


def events(content: bytes) -> list[dict[str, object]]:
    return [dict(event) for event in Calendar.from_ical(content).walk("VEVENT")]


def test_an_all_day_event_comes_back_as_it_went_in() -> None:
    content = write_calendar([make_due()], "Due dates", HOST)
    assert faults_of(content) == []
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["DTSTART"].dt == dt.date(2008, 1, 10)
    assert type(event["DTSTART"].dt) is dt.date
    assert event["DTEND"].dt == dt.date(2008, 1, 11)
    assert str(event["SUMMARY"]) == "Due: 17. Send the revised list of border posts"
    assert (event["SEQUENCE"], event["LAST-MODIFIED"].dt) == (2, NOW)
    assert str(event["URL"]) == f"https://{HOST}/go/17"


def test_a_moved_date_keeps_its_uid_and_another_task_has_another() -> None:
    first, moved, other = (
        events(write_calendar([due], "x", HOST))[0]["UID"]
        for due in (make_due(), make_due(due_on=dt.date(2008, 2, 1), revision=3), make_due(18))
    )
    assert first == moved != other


def test_without_a_title_there_is_number_and_link_only() -> None:
    content = write_calendar([make_due(title=None, words=None)], "x", HOST)
    assert str(events(content)[0]["SUMMARY"]) == "Task 17"
    assert b"border" not in content
    assert b"Westmark" not in content


def test_the_same_facts_are_the_same_bytes_in_any_order() -> None:
    dues = [make_due(n) for n in range(5)]
    assert write_calendar(dues, "x", HOST) == write_calendar(reversed(dues), "x", HOST)


def test_no_tasks_are_a_calendar_all_the_same() -> None:
    assert faults_of(write_calendar([], "x", HOST)) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_any_title_is_valid_and_forges_no_line(title: str, due_on: dt.date) -> None:
    hostile = f"{title}\r\nBEGIN:VALARM\n; , \\ é{title}"
    content = write_calendar([make_due(title=hostile, words=hostile, due_on=due_on)], "x", HOST)
    assert faults_of(content) == []
    assert len(Calendar.from_ical(content).walk()) == 2


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"SEQUENCE:2", b"SEQUENCE:two"),
        (b"DTSTART;VALUE=DATE:", b"DTSTART:"),
        (b"\r\n", b"\n"),
        (b"UID:", b"X-UID:"),
        (b"SUMMARY:", b"SUMMARY:;"),
        (b"URL:", b"URL:" + b"x" * 80),
        (b"END:VEVENT\r\n", b""),
    ],
)
def test_the_validator_finds_what_is_wrong(good: bytes, bad: bytes) -> None:
    content = write_calendar([make_due()], "x", HOST)
    assert faults_of(content.replace(good, bad)) != []
