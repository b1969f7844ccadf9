"""The calendar feed: who gets it, what it shows, and that ending it ends it (row 34)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from tests.mail.rfc5545 import faults_of
from tests.web.browser import post
from tests.web.follow_up import FollowUp, in_days
from tests.world import World
from tracker.db import Database
from tracker.models import Contact, Correspondence, Membership, Task

SignedIn = Callable[[int], FlaskClient]


@pytest.fixture
def found(world: World) -> FollowUp:
    return FollowUp(world)


def make_feed(client: FlaskClient) -> str:
    """Makes a calendar as people do; its path."""
    page = post(client, "/me/calendar", page="/me/").get_data(as_text=True)
    address = re.search(r'value="http://127\.0\.0\.1:8000(/calendar/[\w-]+\.ics)"', page)
    assert address
    return address.group(1)


def summaries(client: FlaskClient, path: str) -> dict[str, object]:
    content = client.get(path).data
    assert faults_of(content) == []
    events = Calendar.from_ical(content).walk("VEVENT")
    return {str(event["SUMMARY"]): event["DTSTART"].dt for event in events}


# Row 34


def test_a_calendars_token_is_stored_hashed_and_shown_once(
    found: FollowUp, signed_in: SignedIn, client: FlaskClient, database: Database
) -> None:
    per = signed_in(found.per)
    path = make_feed(per)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert token not in per.get("/me/").get_data(as_text=True)
    with database.reading() as session:
        kept = session.scalars(select(Correspondence)).one()
    assert token not in (str(vars(kept)))
    assert len(str(kept.calendar_hash)) == 64


def test_a_calendar_that_was_ended_or_made_anew_is_404_at_once(
    found: FollowUp, signed_in: SignedIn, client: FlaskClient, database: Database
) -> None:
    per = signed_in(found.per)
    first = make_feed(per)
    second = make_feed(per)
    assert client.get(first).status_code == 404
    tag = client.get(second).headers["ETag"]
    assert post(per, "/me/calendar/end", page="/me/").status_code == 302
    assert client.get(second).status_code == 404
    assert client.get(second, headers={"If-None-Match": tag}).status_code == 404
    third = make_feed(per)
    with database.transaction() as session:
        session.get_one(Contact, found.per).is_active = False
    assert client.get(third).status_code == 404


def test_a_calendar_shows_what_its_owner_may_see_now(
    found: FollowUp, signed_in: SignedIn, client: FlaskClient, database: Database
) -> None:
    path = make_feed(signed_in(found.per))
    assert summaries(client, path) == {"Due: 1. Send the list": in_days(-5)}
    found.change(found.late, due_on=in_days(3), reason="asked for")
    assert summaries(client, path) == {"Due: 1. Send the list": in_days(3)}
    with database.transaction() as session:
        session.query(Membership).filter_by(contact_id=found.per).delete()
    assert summaries(client, path) == {}


def test_above_the_ceiling_a_calendar_says_number_and_link_and_not_the_date(
    found: FollowUp, signed_in: SignedIn, client: FlaskClient, database: Database
) -> None:
    with database.transaction() as session:
        session.get_one(Task, found.late).marking = "C"
    path = make_feed(signed_in(found.per))
    content = client.get(path).data
    shown = summaries(client, path)
    assert list(shown) == ["Task 1"]
    assert shown["Task 1"] != in_days(-5) or in_days(-5).weekday() == 0
    assert b"Send the list" not in content
    assert b"sundria" not in content.lower()
    found.change(found.late, due_on=in_days(40), reason="asked for")
    assert client.get(path).data == content


def test_a_lead_sees_what_nobody_owns_and_the_other_side_nothing(
    found: FollowUp, signed_in: SignedIn, client: FlaskClient
) -> None:
    assert set(summaries(client, make_feed(signed_in(found.mira)))) == {
        "Due: 2. Name the points",
        "Task 3",
    }
    assert summaries(client, make_feed(signed_in(found.bela))) == {}


# What calendar programs are told


def test_a_program_that_has_it_already_gets_304(
    found: FollowUp, signed_in: SignedIn, client: FlaskClient
) -> None:
    path = make_feed(signed_in(found.per))
    first = client.get(path)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in first.headers["Cache-Control"]
    tag = first.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    found.change(found.late, due_on=in_days(3), reason="asked for")
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "..%2f"])
def test_an_address_that_was_never_given_is_404_and_not_kept(
    client: FlaskClient, token: str
) -> None:
    answer = client.get(f"/calendar/{token}.ics")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
