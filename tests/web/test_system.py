"""Pages for administrators: who gets in, accounts, health, settings, and the sample's removal."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.web.browser import post
from tests.world import World
from tracker.db import Database
from tracker.models import Account, Dialogue, Fact, Membership, Task

SignedIn = Callable[[int], FlaskClient]


@pytest.fixture
def ada(world: World) -> int:
    """An administrator without any dialogue."""
    contact_id = world.person("Ada Min")
    world.account(contact_id, is_administrator=True)
    return contact_id


@pytest.fixture
def administrator(ada: int, signed_in: SignedIn) -> FlaskClient:
    return signed_in(ada)


@pytest.fixture
def mira(world: World) -> int:
    """Somebody else's account; returns its id."""
    return world.account(world.person())


def account(database: Database, account_id: int) -> Account:
    with database.reading() as session:
        return session.get_one(Account, account_id)


def test_only_administrators_get_in(
    world: World, signed_in: SignedIn, mira: int, database: Database
) -> None:
    dialogue = world.dialogue()
    lead = world.person("Lea Storm")
    world.join(dialogue, lead, "lead")
    client = signed_in(lead)
    assert client.get("/system/").status_code == 403
    assert client.get("/system/accounts").status_code == 403
    for deed in ("promote", "close", "link"):
        answer = post(client, f"/system/accounts/{mira}/{deed}", page="/me/")
        assert answer.status_code == 403
    assert not account(database, mira).is_administrator


def test_health_says_what_is_not_well_and_how_to_mend_it(administrator: FlaskClient) -> None:
    page = administrator.get("/system/?history=1").get_data(as_text=True)
    assert "No sweep for due reminders has run yet." in page
    assert "python -m tracker serve" in page
    assert "The history of all tasks is whole." in page


def test_settings_show_no_secret(app: Flask, administrator: FlaskClient) -> None:
    app.extensions["tracker_settings"] = dataclasses.replace(
        app.extensions["tracker_settings"], smtp_url="smtps://post:hush%20hush@mail.example:465"
    )
    page = administrator.get("/system/").get_data(as_text=True)
    assert "smtps://mail.example:465" in page
    assert "hush" not in page
    assert "a key for tests only" not in page


def test_an_invited_person_is_listed_and_can_be_invited_again(
    administrator: FlaskClient, world: World
) -> None:
    boris = world.person("Boris Lund")
    page = post(administrator, "/system/accounts", {"contact_id": boris}).get_data(as_text=True)
    assert "Hand this link over to Boris Lund" in page
    assert "http://127.0.0.1:8000/invitation/" in page
    assert "New invitation link" in administrator.get("/system/accounts").get_data(as_text=True)


@pytest.mark.parametrize("kind", ["no address", "office", "nobody", "account", "inactive"])
def test_who_cannot_sign_in_is_not_invited(
    administrator: FlaskClient, ada: int, world: World, database: Database, kind: str
) -> None:
    contact_id = {
        "no address": lambda: world.person("Nora", email=None),
        "office": lambda: world.person("Office", kind="office"),
        "nobody": lambda: 99999,
        "account": lambda: ada,
        "inactive": lambda: world.person("Ina Kort"),
    }[kind]()
    if kind == "inactive":
        post(administrator, f"/people/{contact_id}/active", {"active": "no"}, page="/me/")
    answer = post(administrator, "/system/accounts", {"contact_id": contact_id})
    assert answer.status_code == 422
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_an_account_is_closed_opened_and_made_an_administrators(
    administrator: FlaskClient, mira: int, database: Database
) -> None:
    page = "/system/accounts"
    post(administrator, f"{page}/{mira}/close", page=page)
    assert not account(database, mira).is_active
    answer = post(administrator, f"{page}/{mira}/link", page=page)
    assert answer.status_code == 422
    post(administrator, f"{page}/{mira}/open", page=page)
    post(administrator, f"{page}/{mira}/promote", page=page)
    assert account(database, mira).is_active
    assert account(database, mira).is_administrator
    post(administrator, f"{page}/{mira}/demote", page=page)
    assert not account(database, mira).is_administrator
    assert post(administrator, f"{page}/99999/close", page=page).status_code == 404


@pytest.mark.parametrize("deed", ["close", "demote"])
def test_nobody_shuts_themselves_out(
    administrator: FlaskClient, ada: int, database: Database, deed: str
) -> None:
    with database.reading() as session:
        own = session.scalars(select(Account).where(Account.contact_id == ada)).one().id
    answer = post(administrator, f"/system/accounts/{own}/{deed}", page="/system/accounts")
    assert answer.status_code == 422
    assert account(database, own).is_active
    assert account(database, own).is_administrator


def test_an_administrator_names_a_lead_only_where_there_is_none(
    administrator: FlaskClient, world: World, signed_in: SignedIn, database: Database
) -> None:
    dialogue, boris = world.dialogue(), world.person("Boris Lund")
    path = f"/system/dialogues/{dialogue}/lead"
    assert "Border Talks" in administrator.get("/system/").get_data(as_text=True)
    assert post(administrator, path, {"contact_id": ""}, page="/me/").status_code == 422
    assert post(administrator, path, {"contact_id": boris}, page="/me/").status_code == 302
    with database.reading() as session:
        members = session.scalars(select(Membership)).all()
    assert [(m.contact_id, m.role) for m in members] == [(boris, "lead")]
    assert post(administrator, path, {"contact_id": boris}, page="/me/").status_code == 404


# The sample


@pytest.fixture
def sample(world: World, database: Database) -> int:
    """A sample dialogue beside a real one; its id."""
    sample = world.dialogue("Sample Talks", parties=("Westmark", "Ostland"))
    with database.transaction() as session:
        session.get_one(Dialogue, sample).is_sample = True
    for number in range(3):
        world.task(sample, f"Task {number}")
    world.task(world.dialogue())
    return sample


def counts(database: Database) -> tuple[int, int]:
    with database.reading() as session:
        dialogues = session.scalar(select(func.count()).select_from(Dialogue)) or 0
        return dialogues, session.scalar(select(func.count()).select_from(Task)) or 0


def test_the_sample_goes_with_one_click_and_nothing_else(
    administrator: FlaskClient, sample: int, database: Database
) -> None:
    assert "Remove the sample" in administrator.get("/system/").get_data(as_text=True)
    answer = post(administrator, "/sample/remove", page="/system/")
    assert answer.status_code == 302
    assert counts(database) == (1, 1)
    with database.reading() as session:
        assert session.get(Fact, "sample_removed") is not None
    assert "Remove the sample" not in administrator.get("/system/").get_data(as_text=True)
    assert post(administrator, "/sample/remove", page="/me/").status_code == 404


def test_the_samples_lead_removes_it_and_others_do_not(
    world: World, sample: int, signed_in: SignedIn, database: Database
) -> None:
    reader, lead = world.person("Rea Dahl"), world.person("Lea Storm")
    world.join(sample, reader, "reader")
    world.join(sample, lead, "lead")
    assert post(signed_in(reader), "/sample/remove", page="/me/").status_code == 403
    assert counts(database) == (2, 4)
    assert post(signed_in(lead), "/sample/remove", page="/me/").status_code == 302
    assert counts(database) == (1, 1)
