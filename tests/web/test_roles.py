"""Who takes part in a dialogue: leads give and take roles, and one lead always stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.browser import post
from tests.world import World
from tracker.db import Database
from tracker.models import Membership

SignedIn = Callable[[int], FlaskClient]
PATH = "/dialogues/northland-sundria-border-talks/people"


@pytest.fixture
def dialogue(world: World) -> int:
    return world.dialogue()


@pytest.fixture
def lead_id(world: World, dialogue: int) -> int:
    contact_id = world.person("Lea Storm")
    world.join(dialogue, contact_id, "lead")
    return contact_id


@pytest.fixture
def lead(lead_id: int, signed_in: SignedIn) -> FlaskClient:
    return signed_in(lead_id)


def roles(database: Database, contact_id: int) -> set[str]:
    with database.reading() as session:
        query = select(Membership.role).where(Membership.contact_id == contact_id)
        return set(session.scalars(query))


def test_a_lead_adds_somebody_who_then_sees_the_dialogue(
    lead: FlaskClient, world: World, signed_in: SignedIn, database: Database
) -> None:
    mira = world.person()
    theirs = signed_in(mira)
    assert theirs.get(PATH).status_code == 404
    answer = post(lead, PATH, {"contact_id": mira, "roles": ["editor", "approver"]})
    assert answer.headers["Location"] == PATH
    assert roles(database, mira) == {"editor", "approver"}
    page = theirs.get(PATH).get_data(as_text=True)
    assert "Mira Okonjo" in page
    assert "Add somebody" not in page


def test_roles_are_taken_away_and_with_the_last_one_the_dialogue(
    lead: FlaskClient, world: World, dialogue: int, signed_in: SignedIn, database: Database
) -> None:
    mira = world.person()
    world.join(dialogue, mira, "editor", "owner")
    post(lead, f"{PATH}/{mira}", {"roles": ["owner"]}, page=PATH)
    assert roles(database, mira) == {"owner"}
    post(lead, f"{PATH}/{mira}", {}, page=PATH)
    assert roles(database, mira) == set()
    assert signed_in(mira).get(PATH).status_code == 404


def test_the_last_lead_stays(lead: FlaskClient, lead_id: int, database: Database) -> None:
    answer = post(lead, f"{PATH}/{lead_id}", {"roles": ["editor"]}, page=PATH)
    assert answer.status_code == 422
    assert "needs a lead" in answer.get_data(as_text=True)
    assert roles(database, lead_id) == {"lead"}


def test_a_lead_hands_over_to_another(
    lead: FlaskClient, lead_id: int, world: World, database: Database
) -> None:
    mira = world.person()
    post(lead, PATH, {"contact_id": mira, "roles": ["lead"]})
    answer = post(lead, f"{PATH}/{lead_id}", {"roles": ["reader"]}, page=PATH)
    assert answer.status_code == 302
    assert roles(database, lead_id) == {"reader"}
    assert post(lead, f"{PATH}/{mira}", {}, page="/me/").status_code == 403


@pytest.mark.parametrize("role", ["editor", "reader", "owner"])
def test_nobody_but_a_lead_gives_roles_not_even_to_themselves(
    world: World, dialogue: int, lead_id: int, signed_in: SignedIn, database: Database, role: str
) -> None:
    mira = world.person()
    world.join(dialogue, mira, role)
    client = signed_in(mira)
    answer = post(client, f"{PATH}/{mira}", {"roles": ["lead"]}, page="/me/")
    assert answer.status_code == 403
    assert roles(database, mira) == {role}


# Row 24


def test_anothers_dialogue_is_not_found_like_one_that_does_not_exist(
    world: World, dialogue: int, signed_in: SignedIn, database: Database
) -> None:
    mira = world.person()
    foreign = world.dialogue("Westmark-Sundria Talks", parties=("Westmark", "Sundria"))
    world.join(foreign, mira, "lead")
    client = signed_in(mira)
    pages = []
    for slug in ("northland-sundria-border-talks", "westmark-sundria-talks", "no-such-talks"):
        answer = client.get(f"/dialogues/{slug}/people")
        pages.append((answer.status_code, answer.get_data(as_text=True).replace(slug, "")))
        given = post(client, f"/dialogues/{slug}/people/{mira}", {"roles": "lead"}, page="/me/")
        assert given.status_code == 404
    assert [code for code, _ in pages] == [404, 404, 404]


@pytest.mark.parametrize(
    ("kind", "party", "given", "words"),
    [
        ("office", "Northland", ["reader"], "Not a valid choice"),
        ("person", "Westmark", ["reader"], "Not a valid choice"),
        ("person", "Sundria", ["lead"], "own side"),
        ("person", "Northland", ["emperor"], "emperor"),
        ("person", "Northland", [], "Choose at least one role"),
    ],
)
def test_who_cannot_have_a_role_is_refused(
    lead: FlaskClient,
    world: World,
    database: Database,
    kind: str,
    party: str,
    given: list[str],
    words: str,
) -> None:
    contact_id = world.person(party=party, kind=kind)
    answer = post(lead, PATH, {"contact_id": contact_id, "roles": given})
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert roles(database, contact_id) == set()


def test_somebody_of_the_other_side_may_take_part_and_sees_no_internal_page(
    lead: FlaskClient, world: World, signed_in: SignedIn, database: Database
) -> None:
    other = world.person("Other", party="Sundria")
    assert post(lead, PATH, {"contact_id": other, "roles": ["co-chair"]}).status_code == 302
    assert signed_in(other).get(PATH).status_code == 404
