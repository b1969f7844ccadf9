"""Topics of an agenda carry their heading's marking onto every page that names them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.world import MAX_BYTES, NOW, World
from tracker.db import Database
from tracker.policy.visibility import SYSTEM
from tracker.services.confirm_cable import Confirmation, confirm_cable
from tracker.services.import_cable import import_cable

SignedIn = Callable[[int], FlaskClient]
CABLE = """S E C R E T NORVALE 000012

SUBJECT: NORTHLAND-SUNDRIA BORDER TALKS, JULY 9-10

1. (U) The talks take place in July.

A. (S) HIDDEN HARBOUR AT TARN
-----------------------------

2. (U) Both sides should exchange lists by September.
"""


@pytest.fixture
def browser(
    world: World, database: Database, signed_in: Callable[[int], FlaskClient]
) -> FlaskClient:
    """A lead's browser; the dialogue has one unclassified task and one secret topic."""
    with database.transaction() as session:
        cable = import_cable(
            session, CABLE.encode(), "talks.txt", actor=SYSTEM, now=NOW, max_bytes=MAX_BYTES
        ).cable
        days = (dt.date(2007, 7, 9), dt.date(2007, 7, 10))
        given = Confirmation(None, "Border Talks", ("Northland", "Sundria"), *days)
        meeting = confirm_cable(session, cable, given, actor=SYSTEM, now=NOW)
        dialogue_id = meeting.dialogue_id
        assert [(item.title, item.marking) for item in meeting.agenda] == [
            ("HIDDEN HARBOUR AT TARN", "S")
        ]
    lead = world.person("Lena Voss")
    world.join(dialogue_id, lead, "lead")
    world.task(dialogue_id, title="Send the invitation", marking="U")
    return signed_in(lead)


@pytest.mark.parametrize("path", ["", "tasks", "tasks/new", "meetings/1", "meetings/1/log"])
def test_a_page_that_names_a_secret_topic_says_secret(browser: FlaskClient, path: str) -> None:
    page = browser.get(f"/dialogues/border-talks/{path}").get_data(as_text=True)
    assert "HIDDEN HARBOUR" in page
    banner = page[page.index('class="marking') :][:200]
    assert "SECRET" in banner
    assert "UNCLASSIFIED" not in banner


def test_a_board_that_names_no_topic_says_what_its_tasks_say(browser: FlaskClient) -> None:
    page = browser.get("/dialogues/border-talks/?by=status").get_data(as_text=True)
    assert "HIDDEN HARBOUR" not in page
    assert "UNCLASSIFIED" in page
