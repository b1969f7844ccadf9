"""Whose entries of the directory a person sees and changes; the other side learns of nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.web.browser import post
from tests.world import World
from tracker.db import Database
from tracker.models import Contact, SignInSession

SignedIn = Callable[[int], FlaskClient]


@pytest.fixture
def talks(world: World) -> int:
    """A dialogue that Northland keeps, with Sundria on the other side."""
    return world.dialogue()


@pytest.fixture
def lead(world: World, talks: int) -> int:
    contact_id = world.person("Lena Voss")
    world.join(talks, contact_id, "lead")
    return contact_id


@pytest.fixture
def guest(world: World, talks: int) -> int:
    contact_id = world.person("Gus Oren", party="Sundria")
    world.join(talks, contact_id, "reader")
    return contact_id


@pytest.fixture
def other_editor(world: World) -> int:
    """Edits a dialogue of another government, kept on the same installation."""
    other = world.dialogue("Marland-Northland Water Talks", parties=("Marland", "Northland"))
    contact_id = world.person("Milo Hart", party="Marland")
    world.join(other, contact_id, "editor")
    return contact_id


def import_text(browser: FlaskClient) -> int:
    text = "SUBJECT: SUNDRIA-NORTHLAND TALKS, MAY 3-4\n\n1. (U) Sundria will send a list.\n"
    return post(browser, "/cables/import", {"text": text}).status_code


def test_the_other_side_brings_in_no_cable(signed_in: SignedIn, guest: int) -> None:
    browser = signed_in(guest)
    assert import_text(browser) == 403
    page = browser.get("/cables/import")
    assert page.status_code == 403
    assert "Cables are imported by the side that keeps the dialogue" in page.get_data(as_text=True)


def test_who_has_no_role_yet_but_belongs_to_the_other_side_brings_in_none_either(
    world: World, signed_in: SignedIn, talks: int
) -> None:
    assert import_text(signed_in(world.person("Ona Reth", party="Sundria"))) == 403


def test_who_has_no_role_yet_and_belongs_to_the_own_side_may_begin(
    world: World, signed_in: SignedIn, talks: int
) -> None:
    assert import_text(signed_in(world.person("Nils Brandt"))) == 303


def test_another_governments_people_are_not_listed_found_or_changed(
    world: World,
    signed_in: SignedIn,
    lead: int,
    other_editor: int,
    database: Database,
) -> None:
    aide = world.person("Nora Quill", email="nora@north.example")
    browser = signed_in(other_editor)
    listing = browser.get("/people/").get_data(as_text=True)
    assert "Milo Hart" in listing
    assert "Nora Quill" not in listing
    assert "north.example" not in browser.get("/people/?text=nora").get_data(as_text=True)
    for contact_id in (aide, lead):
        assert browser.get(f"/people/{contact_id}").status_code == 404
        assert browser.get(f"/people/{contact_id}/edit").status_code == 404
        form = {"active": "no"}
        assert post(browser, f"/people/{contact_id}/active", form, page="/").status_code == 404
    with database.reading() as session:
        assert session.get_one(Contact, lead).is_active


def test_who_takes_part_in_ones_own_dialogue_is_seen_whatever_their_side(
    world: World, signed_in: SignedIn, talks: int, lead: int, guest: int
) -> None:
    partner = world.person("Pia Sund", party="Sundria")
    listing = signed_in(lead).get("/people/").get_data(as_text=True)
    assert "Gus Oren" in listing
    assert "Pia Sund" in listing
    assert signed_in(lead).get(f"/people/{partner}").status_code == 200


def test_mail_for_another_governments_dialogue_is_not_moved_away(
    world: World, signed_in: SignedIn, talks: int, lead: int, other_editor: int, database: Database
) -> None:
    shared = world.person("Joint Water Office", party="Marland", kind="office")
    world.task(talks, owners=[shared])
    page = f"/people/{shared}/edit"
    browser = signed_in(other_editor)
    form = {
        "kind": "office", "name": "Joint Water Office", "party": "Marland", "title": "",
        "email": "elsewhere@mar.example", "time_zone": "UTC", "aliases": "", "version": "1",
    }  # fmt: skip
    answer = post(browser, page, form)
    assert answer.status_code == 422
    assert "dialogues that you have no part in" in answer.get_data(as_text=True)
    with database.reading() as session:
        assert session.get_one(Contact, shared).email == "joint.water.office@example.org"


def test_a_lead_is_deactivated_by_a_lead_and_not_by_an_editor(
    world: World, signed_in: SignedIn, talks: int, lead: int, database: Database
) -> None:
    editor = world.person("Edda Torn")
    world.join(talks, editor, "editor")
    signed_in(lead).get("/")
    path = f"/people/{lead}"
    answer = post(signed_in(editor), f"{path}/active", {"active": "no"}, page=path)
    assert answer.status_code == 403
    with database.reading() as session:
        assert session.get_one(Contact, lead).is_active
        assert session.query(SignInSession).count() == 2


def test_nobody_joins_a_government_by_naming_it(
    world: World, signed_in: SignedIn, talks: int, database: Database
) -> None:
    stranger = world.person("Sam Dray")
    with database.transaction() as session:
        session.get_one(Contact, stranger).party = None
    browser = signed_in(stranger)
    assert import_text(browser) == 303
    page = "/cables/2/confirm"
    form = {
        "dialogue": "new", "name": "New Talks", "own": "Northland", "other": "Sundria",
        "dates": "unknown", "follow_up_months": "6", "marking": "U",
    }  # fmt: skip
    answer = post(browser, page, form)
    assert answer.status_code == 422
    assert "names no side" in answer.get_data(as_text=True)
