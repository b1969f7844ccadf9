"""The first set-up, invitations and new passwords: links that work once (rows 29 to 31)."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.web.browser import csrf_token, post, without_tokens
from tests.world import World
from tracker.db import Database
from tracker.models import Account, Contact, Dialogue, Membership, OneTimeLink, SignInSession
from tracker.services.manage_accounts import request_reset
from tracker.services.send_account_mail import send_link
from tracker.services.set_up import ensure_link
from tracker.web.sign_in import RESET_MAIL

PASSWORD = "quiet lantern over harbour"
SignedIn = Callable[[int], FlaskClient]
ENTRY = {
    "name": "Ilse Varga",
    "title": "Ambassador",
    "email": "Ilse.Varga@example.org",
    "country": "Northland",
    "time_zone": "Europe/Berlin",
    "password": PASSWORD,
    "repeated": PASSWORD,
}


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def link(database: Database) -> str:
    """The path of the set-up link."""
    with database.transaction() as session:
        return f"/set-up/{ensure_link(session, now())}"


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_first_administrator_sets_up_and_is_signed_in(
    client: FlaskClient, link: str, database: Database
) -> None:
    answer = post(client, link, ENTRY)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/system/").status_code == 200
    with database.reading() as session:
        account = session.scalars(select(Account)).one()
        assert (account.login, account.is_administrator) == ("ilse.varga@example.org", True)
        assert account.contact.full_name == "Ambassador Ilse Varga"
        assert account.contact.party is not None
        assert account.contact.party.name == "Northland"
        assert account.contact.time_zone == "Europe/Berlin"
        assert str(account.password_hash).startswith("$argon2id$")


def test_there_is_no_set_up_link_once_somebody_administers(
    client: FlaskClient, link: str, database: Database
) -> None:
    post(client, link, ENTRY)
    with database.transaction() as session:
        assert ensure_link(session, now()) is None


def test_a_new_set_up_link_ends_the_one_before(
    client: FlaskClient, link: str, database: Database
) -> None:
    with database.transaction() as session:
        newer = ensure_link(session, now())
    assert client.get(link).status_code == 404
    assert client.get(f"/set-up/{newer}").status_code == 200


def test_the_first_administrator_of_any_country_leads_and_sees_the_sample(
    client: FlaskClient, link: str, world: World, database: Database
) -> None:
    dialogue_id = world.dialogue("Westmark-Sundria Talks", parties=("Westmark", "Sundria"))
    with database.transaction() as session:
        session.get_one(Dialogue, dialogue_id).is_sample = True
    post(client, link, ENTRY)
    with database.reading() as session:
        assert [m.role for m in session.scalars(select(Membership))] == ["lead"]
    assert client.get("/dialogues/westmark-sundria-talks/people").status_code == 200


def test_an_administrator_sees_no_dialogue_by_that(
    client: FlaskClient, link: str, world: World
) -> None:
    world.dialogue()
    post(client, link, ENTRY)
    page = client.get("/dialogues/northland-sundria-border-talks/people")
    nothing = client.get("/dialogues/no-such-dialogue/people")
    assert page.status_code == nothing.status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter your name."),
        ("name", "Ilse\r\nBcc: all@example.org", "on one line"),
        ("email", "ilse at example", "Write a mail address such as"),
        ("country", "", "Name the country"),
        ("time_zone", "Mars/Olympus", "Not a valid choice"),
        ("password", "too short", "At least 15|at least 15"),
        ("password", "iloveyouforever2024", "tried first"),
        ("password", "ilse varga at example", "Others know these words"),
        ("password", "asdfghjklqwertyuiop", "follows the keys"),
        ("repeated", "something else entirely", "The two passwords differ"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_the_link_stays(
    client: FlaskClient, link: str, database: Database, field: str, value: str, words: str
) -> None:
    data = ENTRY | {field: value}
    if field == "password":
        data["repeated"] = value
    answer = post(client, link, data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.search(words, page)
    assert count(database, Account) == count(database, Contact) == 0
    assert value == "" or value not in page or not field.startswith(("password", "repeated"))
    assert post(client, link, ENTRY).status_code == 302


# Row 30


def test_a_scanner_that_opens_a_link_ten_times_changes_nothing_and_post_acts_once(
    app: Flask, client: FlaskClient, link: str, database: Database
) -> None:
    for _ in range(10):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert count(database, Account) == 0
    assert post(client, link, ENTRY).status_code == 302
    assert app.test_client().get(link).status_code == 410
    assert count(database, Account) == 1


def test_an_expired_link_is_gone_and_an_unknown_one_not_found(
    client: FlaskClient, link: str, database: Database
) -> None:
    with database.transaction() as session:
        session.scalars(select(OneTimeLink)).one().expires_at = now()
    assert client.get(link).status_code == 410
    assert client.get("/set-up/nothing-like-it").status_code == 404
    assert client.get("/invitation/nothing-like-it").status_code == 404


# Invitations and new passwords


@pytest.fixture
def administrator(world: World, signed_in: SignedIn) -> FlaskClient:
    """The browser of an administrator without any dialogue."""
    contact_id = world.person("Ada Min")
    world.account(contact_id, is_administrator=True)
    return signed_in(contact_id)


def shown_link(page: str) -> str:
    found = re.search(r'value="http://127\.0\.0\.1:8000(/[^"]+)"', page)
    assert found, page
    return found.group(1)


def invite(administrator: FlaskClient, contact_id: int, **more: str) -> str:
    answer = post(administrator, "/system/accounts", {"contact_id": contact_id, **more})
    assert answer.status_code == 200
    return shown_link(answer.get_data(as_text=True))


def test_who_is_invited_chooses_a_password_and_is_signed_in(
    administrator: FlaskClient, app: Flask, world: World, database: Database
) -> None:
    mira = world.person()
    path = invite(administrator, mira)
    client = app.test_client()
    assert "mira.okonjo@example.org" in client.get(path).get_data(as_text=True)
    answer = post(client, path, {"password": PASSWORD, "repeated": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert client.get("/me/").status_code == 200
    assert client.get("/system/").status_code == 403
    assert app.test_client().get(path).status_code == 410


def test_a_second_invitation_ends_the_first(
    administrator: FlaskClient, app: Flask, world: World, database: Database
) -> None:
    mira = world.person()
    first = invite(administrator, mira)
    with database.reading() as session:
        account_id = session.scalars(select(Account).where(Account.contact_id == mira)).one().id
    answer = post(administrator, f"/system/accounts/{account_id}/link", page="/system/accounts")
    second = shown_link(answer.get_data(as_text=True))
    client = app.test_client()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_a_new_password_by_link_ends_all_sessions(
    administrator: FlaskClient, app: Flask, world: World, signed_in: SignedIn, database: Database
) -> None:
    mira = world.person()
    account_id = world.account(mira, password=PASSWORD)
    old = signed_in(mira)
    answer = post(administrator, f"/system/accounts/{account_id}/link", page="/system/accounts")
    path = shown_link(answer.get_data(as_text=True))
    assert path.startswith("/reset/")
    new = "another four unlikely words"
    assert post(app.test_client(), path, {"password": new, "repeated": new}).status_code == 302
    assert old.get("/me/").status_code == 302


def test_a_link_of_a_closed_account_is_gone(
    administrator: FlaskClient, app: Flask, world: World, database: Database
) -> None:
    path = invite(administrator, world.person())
    with database.transaction() as session:
        for account in session.scalars(select(Account).where(Account.password_hash.is_(None))):
            account.is_active = False
    assert app.test_client().get(path).status_code == 410


# Row 29 and 31: forgotten passwords


@pytest.fixture
def mailed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """What is mailed, in an installation that has a mail server."""
    messages: list[EmailMessage] = []

    class Sender:
        def __init__(self, *_: Any) -> None: ...
        def __enter__(self) -> Sender:
            return self

        def __exit__(self, *_: object) -> None: ...
        def send(self, message: EmailMessage) -> None:
            messages.append(message)

    import dataclasses

    changed = dataclasses.replace(
        app.extensions["tracker_settings"], smtp_url="smtp://127.0.0.1:2525"
    )
    app.extensions["tracker_settings"] = changed
    monkeypatch.setattr("tracker.services.send_account_mail.sender_from", Sender)
    return messages


def wait_for_reset_mail() -> None:
    for thread in threading.enumerate():
        if thread.name == RESET_MAIL:
            thread.join()


def test_an_answer_to_a_reset_does_not_wait_for_the_mail_server(
    client: FlaskClient, world: World, mailed: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.account(world.person(), password=PASSWORD)
    is_answered, was_answered_first = threading.Event(), []

    def send_slowly(*args: Any, **options: Any) -> None:
        was_answered_first.append(is_answered.wait(60))
        send_link(*args, **options)

    monkeypatch.setattr("tracker.web.sign_in.send_link", send_slowly)
    token = csrf_token(client, "/forgotten")
    login = "mira.okonjo@example.org"
    client.post("/forgotten", data={"csrf_token": token, "login": login}).close()
    assert mailed == []
    is_answered.set()
    wait_for_reset_mail()
    assert was_answered_first == [True]
    assert len(mailed) == 1


def test_a_forged_host_on_password_reset_is_refused_and_links_come_from_the_settings(
    client: FlaskClient, world: World, mailed: list[EmailMessage], database: Database
) -> None:
    world.account(world.person(), password=PASSWORD)
    token = csrf_token(client, "/forgotten")
    data = {"csrf_token": token, "login": "mira.okonjo@example.org"}
    forged = client.post("/forgotten", data=data, headers={"Host": "evil.example"})
    assert forged.status_code == 400
    assert mailed == []
    forwarded = {"X-Forwarded-Host": "evil.example"}
    answer = client.post("/forgotten", data=data, headers=forwarded)
    assert answer.status_code == 200
    answer.close()
    wait_for_reset_mail()
    text = str(mailed[0].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert "http://127.0.0.1:8000/reset/" in text
    assert "evil" not in mailed[0].as_string()


def test_known_and_unknown_addresses_get_the_same_answer_to_a_reset(
    client: FlaskClient, world: World, mailed: list[EmailMessage], database: Database
) -> None:
    world.account(world.person(), password=PASSWORD)
    pages = []
    for login in ("mira.okonjo@example.org", "nobody@example.org"):
        token = csrf_token(client, "/forgotten")
        answer = client.post("/forgotten", data={"csrf_token": token, "login": login})
        pages.append((answer.status_code, without_tokens(answer.get_data(as_text=True))))
        answer.close()
    wait_for_reset_mail()
    assert pages[0] == pages[1]
    assert [message["To"].addresses[0].addr_spec for message in mailed] == [
        "mira.okonjo@example.org"
    ]


def test_asking_for_many_resets_is_stopped(
    client: FlaskClient, world: World, mailed: list[EmailMessage]
) -> None:
    token = csrf_token(client, "/forgotten")
    data = {"csrf_token": token, "login": "nobody@example.org"}
    codes = [client.post("/forgotten", data=data).status_code for _ in range(12)]
    assert codes == [200] * 10 + [429] * 2


def test_without_a_mail_server_the_page_says_whom_to_ask(client: FlaskClient) -> None:
    page = client.get("/forgotten")
    assert "Ask your administrator" in page.get_data(as_text=True)


def test_who_has_no_password_yet_or_is_not_active_gets_no_reset(
    world: World, database: Database
) -> None:
    mira = world.person()
    world.account(mira, password=PASSWORD)
    with database.transaction() as session:
        assert request_reset(session, "mira.okonjo@example.org", now=now()) is not None
        session.get_one(Contact, mira).is_active = False
        session.flush()
        assert request_reset(session, "mira.okonjo@example.org", now=now()) is None


def test_the_database_holds_no_token_in_plain(
    client: FlaskClient, link: str, database: Database
) -> None:
    post(client, link, ENTRY)
    token = link.rpartition("/")[2]
    with database.reading() as session:
        stored = [row.token_hash for row in session.scalars(select(OneTimeLink))]
        stored += [row.token_hash for row in session.scalars(select(SignInSession))]
    with client.session_transaction() as cookie:
        assert not {token, cookie["_user_id"]} & set(stored)
