"""Numbers that no database holds, and NUL, wherever an address or a form can carry them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Map

from tests.room import Room
from tests.web.browser import post
from tests.web.follow_up import fields_of, get
from tests.world import World
from tracker.queries.meetings import log_of

SLUG = "northland-sundria-border-talks"
MEETING = f"/dialogues/{SLUG}/meetings/1"
LOG = f"{MEETING}/log"
HUGE = ("2147483648", "9" * 30, "9" * 5000)


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


@pytest.fixture
def lead(room: Room, signed_in) -> FlaskClient:
    """A browser of the dialogue's lead."""
    return signed_in(room.people["lead"])


def numbered(routes: Map, number: str) -> list[tuple[str, str]]:
    """Every route with a number in it, as address and method, with that number."""
    found = []
    for rule in routes.iter_rules():
        parts = [
            number if data and converter == "int" else SLUG if converter else data
            for converter, data in _parts_of(rule.rule)
        ]
        if number in parts:
            method = "POST" if "POST" in (rule.methods or ()) else "GET"
            found.append(("".join(parts), method))
    return found


def _parts_of(rule: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    for piece in rule.split("<"):
        inside, closing, after = piece.rpartition(">")
        if closing:
            parts.append(("int" if inside.startswith("int") else "text", inside))
        parts.append(("", after if closing else piece))
    return parts


def test_no_address_with_a_number_fails_for_a_huge_one(app: Flask, lead: FlaskClient) -> None:
    addresses = [found for number in HUGE for found in numbered(app.url_map, number)]
    assert len(addresses) > 120
    for address, method in addresses:
        answer = post(lead, address, page="/me/") if method == "POST" else lead.get(address)
        assert answer.status_code in (404, 405), address[:80]


NAMES = ("page", "side", "since", "from", "to", "text", "agenda", "owner", "meeting", "version")


def test_no_question_in_an_address_fails(lead: FlaskClient) -> None:
    for path in ("/people/", LOG, f"/dialogues/{SLUG}/tasks", "/outbox/"):
        for value in ("%00", "9" * 30, "-" + "9" * 30):
            for name in NAMES:
                answer = lead.get(f"{path}?{name}={value}")
                assert answer.status_code in (200, 302, 403, 404, 422), (path, name, value)


def test_nul_in_a_line_of_the_log_loses_nothing_else(room: Room, lead: FlaskClient) -> None:
    form = fields_of(get(lead, LOG), LOG)
    said = {
        "typed": "Open\x00 the road",
        "agenda": "1\x00",
        "state": "dropped",
        "reason": "No\x00!",
    }
    assert post(lead, LOG, {**form, **said}).status_code == 303
    with room.database.reading() as session:
        [entry] = log_of(session, room.meeting(session))
        assert (entry.text, entry.reason, entry.agenda_item) == ("Open the road", "No!", None)


@pytest.mark.parametrize("version", ["9" * 5000, "\x00", "٣", "-1"])
def test_a_line_with_a_version_that_is_none_is_a_conflict(
    room: Room, lead: FlaskClient, version: str
) -> None:
    room.write("Open the road")
    form = fields_of(get(lead, f"{LOG}/1"), f"{LOG}/1")
    answer = post(lead, f"{LOG}/1", {**form, "typed": "Close it", "version": version})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("name", "value"),
    [("from_time", "09:00+01:00"), ("item", "9" * 5000), ("order", "9" * 5000), ("label", "1\x00")],
)
def test_an_agenda_that_no_page_sends_is_refused_or_put_right(
    lead: FlaskClient, name: str, value: str
) -> None:
    row = {"item": "", "label": "1", "title": "Crossings", "held_on": "2007-07-09"}
    row |= {"from_time": "09:00", "to_time": "10:00", "order": "1", name: value}
    answer = post(lead, f"{MEETING}/agenda", row, page=f"{MEETING}/prepare")
    assert answer.status_code in (303, 404, 409, 422)


def test_a_login_with_nul_is_refused_at_its_field(client: FlaskClient, room: Room) -> None:
    answer = post(client, "/sign-in", {"login": "mira\x00@example.org", "password": "x"})
    assert "on one line" in answer.get_data(as_text=True)
