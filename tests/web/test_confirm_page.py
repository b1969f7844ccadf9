"""Confirming a cable: doubts are asked beside their passages, and nothing is chosen silently."""

from __future__ import annotations

import datetime as dt

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.invented import TALKS, imported
from tests.web.importing import SignedIn, confirm, words
from tests.world import World, shipped_cable
from tracker.db import Database
from tracker.models import CableRecord, Dialogue, Meeting


@pytest.fixture
def mira(world: World) -> int:
    """A person of Northland; returns the contact's id."""
    return world.person()


@pytest.fixture
def browser(signed_in: SignedIn, mira: int) -> FlaskClient:
    """Mira's browser."""
    return signed_in(mira)


@pytest.fixture
def cable_id(database: Database, world: World, mira: int) -> int:
    """Mira's unconfirmed cable."""
    return imported(database, world.actor(mira))


def page_of(browser: FlaskClient, cable_id: int) -> html.HtmlElement:
    """The page of confirming, parsed."""
    return html.fromstring(browser.get(f"/cables/{cable_id}/confirm").get_data(as_text=True))


def import_text(database: Database, world: World, mira: int, text: str) -> int:
    """Another cable of Mira's."""
    return imported(database, world.actor(mira), text)


def test_it_shows_what_was_understood(browser: FlaskClient, cable_id: int) -> None:
    page = words(browser.get(f"/cables/{cable_id}/confirm"))
    for expected in (
        "AMEMBASSY SUNDPORT",
        "CONFIDENTIAL",
        "PREL, MARR",
        "CROSSING POINTS",
        "CUSTOMS",
        "SCENESETTER FOR THE NORTHLAND-SUNDRIA MARCH 3-4 BORDER TALKS",
        "likely and",
        "cannot be deleted",
    ):
        assert expected in page


def test_it_warns_of_a_talk_so_old_that_everything_is_late_at_once(
    browser: FlaskClient, database: Database, world: World, mira: int
) -> None:
    old = import_text(database, world, mira, shipped_cable().decode())
    page = words(browser.get(f"/cables/{old}/confirm"))
    assert "All likely items fall due before today, the last on 10 January 2008." in page
    assert "late at once" in page


def test_conflicting_dates_are_both_shown_with_their_passages_and_none_is_chosen(
    browser: FlaskClient, cable_id: int
) -> None:
    page = page_of(browser, cable_id)
    values = page.xpath("//input[@name='dates']/@value")
    assert values == ["2008-03-03/2008-03-04", "2008-03-05/2008-03-06", "other", "unknown"]
    assert page.xpath("//input[@name='dates'][@checked]") == []
    passages = [mark.text for mark in page.xpath("//*[@id='dates']//blockquote//mark")]
    assert passages == ["MARCH 3-4", "March 5-6"]


def test_a_single_date_is_chosen_beforehand(
    browser: FlaskClient, database: Database, world: World, mira: int
) -> None:
    cable_id = import_text(database, world, mira, TALKS.replace("March 5-6 ", ""))
    chosen = page_of(browser, cable_id).xpath("//input[@name='dates'][@checked]/@value")
    assert chosen == ["2008-03-03/2008-03-04"]


def test_without_a_date_it_asks_and_not_known_yet_is_an_answer(
    browser: FlaskClient, database: Database, world: World, mira: int
) -> None:
    text = TALKS.replace("MARCH 3-4 ", "").replace("March 5-6 ", "")
    cable_id = import_text(database, world, mira, text)
    page = page_of(browser, cable_id)
    assert page.xpath("//input[@name='dates']/@value") == ["other", "unknown"]
    assert page.xpath("//input[@name='dates'][@checked]") == []
    assert confirm(browser, cable_id, dates="unknown").status_code == 303
    with database.reading() as session:
        assert session.scalars(select(Meeting)).one().starts_on is None


def test_dates_must_be_chosen_and_what_was_typed_stays(browser: FlaskClient, cable_id: int) -> None:
    response = confirm(browser, cable_id, dates=None, name="Valley <b>Talks</b>")
    assert response.status_code == 422
    assert "Choose the dates" in words(response)
    page = html.fromstring(response.get_data(as_text=True))
    assert page.xpath("//input[@name='name']/@value") == ["Valley <b>Talks</b>"]


def test_confirming_leads_to_the_review(
    browser: FlaskClient, cable_id: int, database: Database
) -> None:
    response = confirm(browser, cable_id)
    assert (response.status_code, response.headers["Location"]) == (
        303,
        f"/cables/{cable_id}/review",
    )
    assert browser.get(f"/cables/{cable_id}/review").status_code == 200
    with database.reading() as session:
        assert session.scalars(select(Meeting)).one().ends_on == dt.date(2008, 3, 4)


def test_other_dates_can_be_entered_and_one_day_is_enough(
    browser: FlaskClient, cable_id: int, database: Database
) -> None:
    assert confirm(browser, cable_id, dates="other", starts_on="2008-03-07").status_code == 303
    with database.reading() as session:
        meeting = session.scalars(select(Meeting)).one()
        assert meeting.starts_on == meeting.ends_on == dt.date(2008, 3, 7)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"dates": "other", "starts_on": "2008-02-30"}, "There is no such day"),
        ({"dates": "other", "starts_on": "soon"}, "There is no such day"),
        ({"dates": "other", "starts_on": "0208-03-04"}, "between 1900 and 2199"),
        ({"dates": "other", "starts_on": "9999-12-31"}, "between 1900 and 2199"),
        ({"dates": "other"}, "Give the first day"),
        (
            {"dates": "other", "starts_on": "2008-03-04", "ends_on": "2008-03-03"},
            "before its first",
        ),
        ({"dates": "2008-03-03/2030-01-01"}, "Not a valid choice"),
        ({"dialogue": "4711"}, "Not a valid choice"),
        ({"follow_up_months": "0"}, "between 1 and 60"),
        ({"follow_up_months": "9" * 5000}, "integer"),
        ({"own": "North\r\nland"}, "on one line"),
        ({"name": "Talks\u2028here"}, "on one line"),
        ({"other": ""}, "Name two parties"),
        ({"other": "northland"}, "Name two parties"),
        ({"own": "Sundria", "other": "Northland"}, "Your own party stands first"),
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_is_written(
    browser: FlaskClient,
    cable_id: int,
    database: Database,
    changes: dict[str, str],
    message: str,
) -> None:
    response = confirm(browser, cable_id, **changes)
    assert response.status_code == 422
    assert message in words(response)
    with database.reading() as session:
        assert session.scalar(select(Dialogue.id)) is None
        assert session.get_one(CableRecord, cable_id).dialogue_id is None


def test_a_dialogue_of_mine_between_the_same_parties_is_suggested(
    signed_in: SignedIn, world: World, database: Database
) -> None:
    anne = world.person("Anne Lead", party="United States")
    dialogue_id = world.dialogue("Valley Talks", parties=("United States", "Azerbaijan"))
    world.join(dialogue_id, anne, "editor")
    cable_id = imported(database, world.actor(anne), shipped_cable().decode())
    browser = signed_in(anne)
    chosen = page_of(browser, cable_id).xpath("//input[@name='dialogue'][@checked]/@value")
    assert chosen == [str(dialogue_id)]
    response = confirm(browser, cable_id, dialogue=dialogue_id, dates="2007-07-09/2007-07-10")
    assert response.status_code == 303
    with database.reading() as session:
        assert session.get_one(CableRecord, cable_id).dialogue_id == dialogue_id


def test_dialogues_that_one_only_reads_are_not_offered(
    browser: FlaskClient, world: World, mira: int, cable_id: int
) -> None:
    dialogue_id = world.dialogue("Valley Talks")
    world.join(dialogue_id, mira, "reader")
    values = page_of(browser, cable_id).xpath("//input[@name='dialogue']/@value")
    assert values == ["new"]
    assert confirm(browser, cable_id, dialogue=dialogue_id).status_code == 422


def test_the_own_side_is_that_of_the_person(browser: FlaskClient, cable_id: int) -> None:
    page = page_of(browser, cable_id)
    assert page.xpath("//input[@name='own']/@value") == ["Northland"]


def test_a_marking_is_asked_where_the_text_states_none_and_not_otherwise(
    browser: FlaskClient, cable_id: int, database: Database, world: World, mira: int
) -> None:
    assert page_of(browser, cable_id).xpath("//input[@name='marking']") == []
    text = TALKS.replace("C O N F I D E N T I A L SUNDPORT", "SUNDPORT").replace("(C)", "")
    unmarked = import_text(database, world, mira, text)
    assert page_of(browser, unmarked).xpath("//input[@name='marking'][@checked]") == []
    assert "choose one" in words(confirm(browser, unmarked))
    assert confirm(browser, unmarked, marking="S").status_code == 303
    assert "SECRET" in words(browser.get(f"/cables/{unmarked}/review"))


def test_a_text_without_a_marking_is_not_shown_as_unclassified_before_somebody_says_so(
    browser: FlaskClient, database: Database, world: World, mira: int
) -> None:
    text = TALKS.replace("C O N F I D E N T I A L SUNDPORT", "SUNDPORT").replace("(C)", "")
    cable_id = import_text(database, world, mira, text)
    for page in ("confirm", "source"):
        found = html.fromstring(browser.get(f"/cables/{cable_id}/{page}").get_data(as_text=True))
        banners = [b.text for b in found.xpath("//*[contains(@class, 'marking-banner')]")]
        assert banners == ["MARKING NOT YET STATED"] * 2
    confirm(browser, cable_id, marking="U")
    page = browser.get(f"/cables/{cable_id}/review").get_data(as_text=True)
    assert "MARKING NOT YET STATED" not in page
    assert "UNCLASSIFIED" in page


def test_a_marking_that_was_not_asked_for_is_ignored(
    browser: FlaskClient, cable_id: int, database: Database
) -> None:
    assert confirm(browser, cable_id, marking="U").status_code == 303
    with database.reading() as session:
        assert session.get_one(CableRecord, cable_id).marking == "C"


def test_mark_up_in_the_text_stays_text(
    browser: FlaskClient, database: Database, world: World, mira: int
) -> None:
    text = TALKS.replace("BORDER TALKS\n", "<img src=x onerror=alert(1)> BORDER TALKS\n")
    text = text.replace("A. CROSSING POINTS", "A. <b>CROSSING</b> POINTS")
    cable_id = import_text(database, world, mira, text)
    page = browser.get(f"/cables/{cable_id}/confirm").get_data(as_text=True)
    assert "<img src=x" not in page
    assert "<b>CROSSING" not in page


def test_a_confirmed_cable_is_not_confirmed_again(browser: FlaskClient, cable_id: int) -> None:
    confirm(browser, cable_id)
    response = browser.get(f"/cables/{cable_id}/confirm")
    assert response.headers["Location"] == f"/cables/{cable_id}/review"


def test_without_its_token_nothing_is_confirmed(
    browser: FlaskClient, cable_id: int, database: Database
) -> None:
    assert browser.post(f"/cables/{cable_id}/confirm", data={"dialogue": "new"}).status_code == 400
    with database.reading() as session:
        assert session.get_one(CableRecord, cable_id).dialogue_id is None
