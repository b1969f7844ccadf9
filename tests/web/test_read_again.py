"""An unconfirmed cable is read again with the names that were added because of it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.invented import confirmed, imported
from tests.web.browser import post
from tests.web.importing import IMPORT, SignedIn, paste, words
from tests.world import World
from tracker.config import Settings
from tracker.db import Database

TEXT = """\
SUBJECT: SCENESETTER FOR THE BORDER TALKS

1. (U) Bahamian lunch was served. The Sundrians will send the draft by April 30. We will
ask the Sundrians for a list.
"""


@pytest.fixture
def mira(world: World) -> int:
    """A person of the United States, whose cables these are; returns the contact's id."""
    return world.person(party="United States")


@pytest.fixture
def browser(signed_in: SignedIn, mira: int) -> FlaskClient:
    """Mira's browser."""
    return signed_in(mira)


def add_name(settings: Settings) -> None:
    settings.instance.mkdir(parents=True, exist_ok=True)
    line = "party: Sundria = Sundrians\n"
    (settings.instance / "lexicon.txt").write_text(line, encoding="utf-8")


def other_side(browser: FlaskClient, page: str) -> str:
    tree = html.fromstring(browser.get(page).get_data(as_text=True))
    return str(tree.xpath("//input[@name='other']/@value")[0])


def test_a_name_that_was_added_helps_the_cable_that_needed_it(
    browser: FlaskClient, settings: Settings
) -> None:
    page = paste(browser, TEXT).headers["Location"]
    assert other_side(browser, page) == "Bahamas"
    add_name(settings)
    known = paste(browser, TEXT)
    assert "Read it again" in words(known)
    answer = post(browser, page.replace("/confirm", "/read-again"), page=page)
    assert answer.headers["Location"] == page
    assert "below is what is understood now" in words(browser.get(page))
    assert other_side(browser, page) == "Sundria"


def test_where_nothing_is_read_otherwise_that_is_said(browser: FlaskClient) -> None:
    page = paste(browser, TEXT).headers["Location"]
    post(browser, page.replace("/confirm", "/read-again"), page=page)
    assert "nothing in it is understood otherwise" in words(browser.get(page))


def test_a_confirmed_cable_stays_as_it_was_read(
    browser: FlaskClient, database: Database, world: World, mira: int
) -> None:
    cable_id = confirmed(database, world.actor(mira), parties=("United States", "Sundria"))
    answer = post(browser, f"/cables/{cable_id}/read-again", page=IMPORT)
    assert answer.status_code == 409
    assert "has been confirmed already" in words(answer)


def test_somebody_elses_cable_is_as_one_that_does_not_exist(
    signed_in: SignedIn, database: Database, world: World, mira: int
) -> None:
    cable_id = imported(database, world.actor(mira))
    stranger = signed_in(world.person("Tom Varga"))
    assert post(stranger, f"/cables/{cable_id}/read-again", page=IMPORT).status_code == 404
