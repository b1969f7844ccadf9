"""What people set for themselves: entry, password, and the browsers they are signed in on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.browser import own_form, post
from tests.world import World
from tracker.db import Database
from tracker.models import Contact, SignInSession

PASSWORD = "quiet lantern over harbour"
NEW = "seven copper kettles sing"
SignedIn = Callable[[int], FlaskClient]


@pytest.fixture
def mira(world: World) -> int:
    contact_id = world.person()
    world.account(contact_id, password=PASSWORD)
    return contact_id


def test_name_title_and_time_zone_are_ones_own_to_set(
    mira: int, signed_in: SignedIn, database: Database
) -> None:
    data = {"name": "Mira O.", "title": "Dr.", "time_zone": "Asia/Baku", "version": "1"}
    client = signed_in(mira)
    assert post(client, "/me/", data | {"party": "Sundria"}).status_code == 302
    with database.reading() as session:
        contact = session.get_one(Contact, mira)
        assert (contact.full_name, contact.time_zone) == ("Dr. Mira O.", "Asia/Baku")
        assert contact.party is not None
        assert contact.party.name == "Northland"
        assert contact.email == "mira.okonjo@example.org"
    stale = post(client, "/me/", data | {"name": "Mira Again"})
    assert stale.status_code == 409
    assert "Mira Again" in stale.get_data(as_text=True)


def test_what_one_did_not_touch_oneself_is_not_put_back(
    mira: int, signed_in: SignedIn, database: Database
) -> None:
    client = signed_in(mira)
    form = own_form(client.get("/me/").get_data(as_text=True))
    with database.transaction() as session:
        session.get_one(Contact, mira).title = "Colonel"
    late = client.post("/me/", data=form | {"name": "Mira O."})
    assert late.status_code == 409
    again = own_form(late.get_data(as_text=True))
    assert (again["name"], again["title"]) == ("Mira O.", "Colonel")
    assert client.post("/me/", data=again).status_code == 302
    with database.reading() as session:
        assert session.get_one(Contact, mira).full_name == "Colonel Mira O."


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "Mira\nX"), ("title", "x" * 201), ("time_zone", "Moon/Sea")],
)
def test_bad_input_changes_nothing(
    mira: int, signed_in: SignedIn, database: Database, field: str, value: str
) -> None:
    data = {"name": "Mira", "title": "", "time_zone": "UTC", "version": "1", field: value}
    assert post(signed_in(mira), "/me/", data).status_code == 422
    with database.reading() as session:
        assert session.get_one(Contact, mira).name == "Mira Okonjo"


# Row 27


def test_a_password_change_kills_the_other_sessions_and_keeps_this_one(
    mira: int, signed_in: SignedIn, client: FlaskClient
) -> None:
    this, other = signed_in(mira), signed_in(mira)
    data = {"present": PASSWORD, "password": NEW, "repeated": NEW}
    assert post(this, "/me/password", data).headers["Location"] == "/me/"
    assert this.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    login = {"login": "mira.okonjo@example.org"}
    assert post(client, "/sign-in", login | {"password": PASSWORD}).status_code == 422
    assert post(client, "/sign-in", login | {"password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"present": "wrong"}, "not your present password"),
        ({"repeated": "differs"}, "The two passwords differ"),
        ({"password": "short", "repeated": "short"}, "at least 15 characters"),
        ({"password": PASSWORD, "repeated": PASSWORD}, "differs from the present"),
        ({"password": "my dialogue tracker", "repeated": "my dialogue tracker"}, "tried first"),
    ],
)
def test_a_password_that_cannot_be_taken_leaves_the_old_one(
    mira: int, signed_in: SignedIn, changed: dict[str, str], words: str
) -> None:
    client, other = signed_in(mira), signed_in(mira)
    data = {"present": PASSWORD, "password": NEW, "repeated": NEW}
    answer = post(client, "/me/password", data | changed)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert other.get("/me/").status_code == 200


def test_one_signs_another_browser_of_ones_own_out(
    mira: int, signed_in: SignedIn, database: Database
) -> None:
    other, this = signed_in(mira), signed_in(mira)
    with database.reading() as session:
        first = session.scalars(select(SignInSession.id).order_by(SignInSession.id)).first()
    assert post(this, f"/me/sessions/{first}/end", page="/me/").status_code == 302
    assert other.get("/me/").status_code == 302
    assert this.get("/me/").status_code == 200
    assert post(this, f"/me/sessions/{first}/end", page="/me/").status_code == 404


def test_nobody_ends_anothers_session(
    mira: int, world: World, signed_in: SignedIn, database: Database
) -> None:
    victim = signed_in(mira)
    with database.reading() as session:
        theirs = session.scalars(select(SignInSession.id)).one()
    thief = signed_in(world.person("Thief"))
    assert post(thief, f"/me/sessions/{theirs}/end", page="/me/").status_code == 404
    assert victim.get("/me/").status_code == 200


def test_the_present_password_cannot_be_tried_without_end(signed_in: SignedIn, mira: int) -> None:
    client = signed_in(mira)
    data = {"present": "a wrong guess", "password": NEW, "repeated": NEW}
    codes = [post(client, "/me/password", data).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
    assert post(client, "/me/password", data | {"present": PASSWORD}).status_code == 429
