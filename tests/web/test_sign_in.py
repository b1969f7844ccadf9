"""Signing in and out: sessions, throttling, and what strangers can learn (rows 25 to 32)."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.web.browser import csrf_token, post, without_tokens
from tests.world import World
from tracker.db import Database
from tracker.models import Account, FailedSignIn, SignInSession
from tracker.services.sign_in import start_session

PASSWORD = "quiet lantern over harbour"
SignedIn = Callable[[int], FlaskClient]


@pytest.fixture
def mira(world: World) -> int:
    """A person with an account; returns the contact's id."""
    contact_id = world.person()
    world.account(contact_id, password=PASSWORD)
    return contact_id


SOME = {"kind": "list"}
"""Values for the parts of an address that take no number."""


def sign_in(
    client: FlaskClient,
    password: str = PASSWORD,
    login: str = "mira.okonjo@example.org",
    **more: str,
) -> tuple[int, str]:
    """Signs in through the page; the status code, and where it leads."""
    response = post(client, "/sign-in", {"login": login, "password": password, **more})
    return response.status_code, response.headers.get("Location", "")


def test_a_right_password_opens_the_page_that_was_asked_for(client: FlaskClient, mira: int) -> None:
    asked = client.get("/people/?text=derse")
    assert asked.headers["Location"] == "/sign-in?next=%2Fpeople%2F%3Ftext%3Dderse"
    page = client.get(asked.headers["Location"]).get_data(as_text=True)
    assert 'name="next" type="hidden" value="/people/?text=derse"' in page
    assert sign_in(client, next="/people/?text=derse") == (302, "/people/?text=derse")
    assert client.get("/me/").status_code == 200


def test_the_login_may_be_written_in_capitals(client: FlaskClient, mira: int) -> None:
    assert sign_in(client, login=" Mira.Okonjo@EXAMPLE.org ")[0] == 302


def test_every_page_but_the_public_ones_asks_to_sign_in(app: Flask, client: FlaskClient) -> None:
    names = ("sign_in", "sign_out", "set_up", "invitation", "reset", "forgotten")
    public = {"static", *(f"sign_in.{name}_page" for name in names)}
    pages = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(("/mail/", "/calendar/"))
    ]
    for rule in pages:
        if rule.endpoint not in public:
            with app.test_request_context():
                path = url_for(rule.endpoint, **{n: SOME.get(n, 1) for n in rule.arguments})
            answer = client.get(path)
            assert answer.status_code == 302, rule.rule
            assert answer.headers["Location"].startswith("/sign-in"), rule.rule
    assert len(pages) > 10


def test_a_form_sent_after_the_session_ended_gives_back_what_was_typed(
    client: FlaskClient,
) -> None:
    token = csrf_token(client, "/sign-in")
    data = {"csrf_token": token, "name": "A long <b>text</b>", "password": "never shown"}
    response = client.post("/people/new", data=data)
    page = response.get_data(as_text=True)
    assert response.status_code == 401
    assert "A long &lt;b&gt;text&lt;/b&gt;" in page
    assert "never shown" not in page


# Row 26


@pytest.mark.parametrize("token", [None, "IjEyMyI.foreign.token"])
def test_a_missing_or_foreign_token_is_refused_and_changes_nothing(
    client: FlaskClient, mira: int, database: Database, token: str | None
) -> None:
    client.get("/sign-in")
    data = {"login": "mira.okonjo@example.org", "password": PASSWORD}
    response = client.post("/sign-in", data=data | ({"csrf_token": token} if token else {}))
    assert response.status_code == 400
    assert "mira.okonjo@example.org" in response.get_data(as_text=True)
    assert PASSWORD not in response.get_data(as_text=True)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInSession)) == 0


# Row 27


def test_a_preset_session_gets_a_new_id_at_log_in(app: Flask, world: World, mira: int) -> None:
    stranger = world.person("Stranger Danger")
    preset = world.session_token(stranger)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["csrf_token"] = "x" * 43, "preset"
    assert sign_in(client)[0] == 302
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] not in ("x" * 43, preset)
        assert cookie.get("csrf_token") != "preset"


def test_a_cookie_kept_from_before_log_out_is_dead(
    app: Flask, client: FlaskClient, mira: int
) -> None:
    sign_in(client)
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    assert post(client, "/sign-out", page="/me/").headers["Location"] == "/sign-in"
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(kept)
    assert thief.get("/me/").status_code == 302


def test_log_out_needs_a_form(client: FlaskClient, mira: int) -> None:
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert client.get("/me/").status_code == 200


def test_the_cookie_holds_nothing_but_random_tokens(client: FlaskClient, mira: int) -> None:
    sign_in(client)
    client.get("/me/")
    with client.session_transaction() as cookie:
        assert set(cookie) <= {"_user_id", "_fresh", "csrf_token"}
        assert len(cookie["_user_id"]) == 43


def test_a_session_ends_after_its_hours(database: Database, signed_in: SignedIn, mira: int) -> None:
    client = signed_in(mira)
    with database.transaction() as session:
        for row in session.scalars(select(SignInSession)):
            row.expires_at = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    assert client.get("/me/").status_code == 302


def test_a_closed_account_is_signed_out_at_once(
    database: Database, signed_in: SignedIn, mira: int
) -> None:
    client = signed_in(mira)
    assert client.get("/me/").status_code == 200
    with database.transaction() as session:
        session.scalars(select(Account)).one().is_active = False
    assert client.get("/me/").status_code == 302


# Row 28


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "javascript:alert(1)", "https://evil.example"]
)
def test_an_unsafe_next_leads_home(client: FlaskClient, mira: int, target: str) -> None:
    assert sign_in(client, next=target) == (302, "/")


# Row 31


def test_unknown_and_known_logins_get_the_same_answer_in_the_same_time(
    client: FlaskClient, mira: int
) -> None:
    sign_in(client, login="warm.up@example.org")
    answers, times = [], []
    for login in ("mira.okonjo@example.org", "nobody.here@example.org"):
        token = csrf_token(client, "/sign-in")
        data = {"csrf_token": token, "login": login, "password": "wrong wrong wrong wrong"}
        best = 9.0
        for _ in range(3):
            start = time.process_time()  # What else the machine does is left out.
            response = client.post("/sign-in", data=data)
            best = min(best, time.process_time() - start)
        times.append(best)
        page = without_tokens(response.get_data(as_text=True))
        answers.append((response.status_code, page.replace(login, "")))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422
    assert 0.5 < times[0] / times[1] < 2


def test_somebody_invited_who_has_no_password_yet_cannot_sign_in(
    client: FlaskClient, database: Database, mira: int
) -> None:
    with database.transaction() as session:
        session.scalars(select(Account)).one().password_hash = None
    assert sign_in(client, password="")[0] == 422
    assert sign_in(client)[0] == 422


# Row 32


def test_a_thousand_bad_log_ins_are_stopped_and_the_owner_is_not_locked_out(
    app: Flask, client: FlaskClient, mira: int, database: Database
) -> None:
    own = app.test_client()
    assert sign_in(own)[0] == 302
    post(own, "/sign-out", page="/me/")
    token = csrf_token(client, "/sign-in")
    data = {"csrf_token": token, "login": "mira.okonjo@example.org", "password": "x" * 20}
    codes = [client.post("/sign-in", data=data).status_code for _ in range(1000)]
    assert codes[:10] == [422] * 10
    assert set(codes[10:]) == {429}
    assert sign_in(own)[0] == 302, "the owner's own browser, at the same address"
    elsewhere = app.test_client()
    page = {"REMOTE_ADDR": "203.0.113.7"}
    token = csrf_token(elsewhere, "/sign-in")
    right = data | {"csrf_token": token, "password": PASSWORD}
    answer = elsewhere.post("/sign-in", data=right, environ_base=page)
    assert answer.status_code == 302, "the owner, at another address"
    with database.reading() as session:
        assert (session.scalar(select(func.count()).select_from(FailedSignIn)) or 0) <= 20


def test_one_address_cannot_try_many_logins(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.services.sign_in.MOST_FOR_ORIGIN", 5)
    token = csrf_token(client, "/sign-in")
    codes = [
        client.post(
            "/sign-in", data={"csrf_token": token, "login": f"a{n}@example.org", "password": "x"}
        )
        for n in range(7)
    ]
    assert [answer.status_code for answer in codes] == [422] * 5 + [429] * 2


def test_a_visit_counts_as_the_last_one_whoever_signs_in_first_after_it(
    database: Database, world: World, mira: int
) -> None:
    jan = world.person("Jan Berg")
    days = [dt.datetime(2008, 3, day, 9, 0, tzinfo=dt.UTC) for day in (2, 3, 4)]
    lasts = dt.timedelta(hours=12)
    account_id = world.account(jan)
    with database.transaction() as session:
        of_jan = session.get_one(Account, account_id)
        of_mira = session.scalars(select(Account).where(Account.contact_id == mira)).one()
        for day in days[:2]:
            start_session(session, of_mira, now=day, lasts=lasts)
        start_session(session, of_jan, now=days[2], lasts=lasts)
        start_session(session, of_mira, now=days[2] + dt.timedelta(hours=1), lasts=lasts)
    with database.reading() as session:
        of_mira = session.scalars(select(Account).where(Account.contact_id == mira)).one()
        assert of_mira.last_visit_at == days[1]
