"""The directory's pages: who reads and who writes, bad input, two writers, names to link."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.browser import own_form, post
from tests.world import World
from tracker.db import Database
from tracker.models import Account, Change, Contact, Membership, SignInSession, Task

SignedIn = Callable[[int], FlaskClient]
ENTRY = {
    "kind": "person",
    "name": "Jonas Feld",
    "title": "Dr.",
    "party": "Northland",
    "email": "jonas.feld@example.org",
    "time_zone": "Europe/Berlin",
    "aliases": "J. Feld\nDirector Feld\n\nJ. Feld",
}


@pytest.fixture
def dialogue(world: World) -> int:
    return world.dialogue()


@pytest.fixture
def editor(world: World, dialogue: int, signed_in: SignedIn) -> FlaskClient:
    """The browser of an editor of the dialogue."""
    contact_id = world.person("Edda Torn")
    world.join(dialogue, contact_id, "editor")
    return signed_in(contact_id)


@pytest.fixture
def reader(world: World, dialogue: int, signed_in: SignedIn) -> FlaskClient:
    """The browser of somebody who only reads."""
    contact_id = world.person("Rea Dahl")
    world.join(dialogue, contact_id, "reader")
    return signed_in(contact_id)


def get_contact(database: Database, name: str) -> Contact:
    with database.reading() as session:
        return session.scalars(select(Contact).where(Contact.name == name)).one()


def text(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def test_the_directory_is_found_by_name_alias_and_side(
    editor: FlaskClient, world: World, database: Database
) -> None:
    world.person("Boris Lund", party="Sundria")
    assert post(editor, "/people/new", ENTRY).status_code == 302
    for query, shown in (
        ("", {"Jonas Feld", "Boris Lund"}),
        ("?text=feld", {"Jonas Feld"}),
        ("?text=Director", {"Jonas Feld"}),
        ("?text=%25", set()),
        (f"?side={get_contact(database, 'Boris Lund').party_id}", {"Boris Lund"}),
        ("?side=nonsense", {"Jonas Feld", "Boris Lund"}),
    ):
        page = text(editor, f"/people/{query}")
        found = {name for name in ("Jonas Feld", "Boris Lund") if f"{name}</a>" in page}
        assert found == shown, query


def test_a_new_entry_is_stored_as_it_was_written(editor: FlaskClient, database: Database) -> None:
    post(editor, "/people/new", ENTRY)
    contact = get_contact(database, "Jonas Feld")
    assert contact.full_name == "Dr. Jonas Feld"
    assert contact.aliases == ["J. Feld", "Director Feld"]
    assert (contact.time_zone, contact.email) == ("Europe/Berlin", "jonas.feld@example.org")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter a name"),
        ("name", "Jonas\r\nBcc: all@example.org", "on one line"),
        ("name", "Jonas\u2028Feld", "on one line"),
        ("name", "Jonas \u202egnp.exe", "on one line"),
        ("title", "Dr.\x00", "on one line"),
        ("name", "Mira\u200f Oko\u200bnjo", "on one line"),
        ("name", "\u200b", "on one line"),
        ("name", "x" * 201, "200 characters"),
        ("email", "not an address", "Write a mail address"),
        ("email", "edda.torn@example.org", "has this mail address already"),
        ("time_zone", "Nowhere/City", "Not a valid choice"),
        ("kind", "robot", "Not a valid choice"),
        ("office_id", "99999", "Not a valid choice"),
        ("party", "North\tland", "on one line"),
        ("aliases", "J. Feld\x07", "on one line"),
    ],
)
def test_bad_input_is_refused_with_what_was_typed_kept(
    editor: FlaskClient, database: Database, field: str, value: str, words: str
) -> None:
    answer = post(editor, "/people/new", ENTRY | {field: value})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert "jonas.feld@example.org" in page or field == "email"
    with database.reading() as session:
        assert session.scalars(select(Contact.name)).all() == ["Edda Torn"]


def test_markup_in_a_name_is_shown_and_not_run(editor: FlaskClient, database: Database) -> None:
    post(editor, "/people/new", ENTRY | {"name": "<script>alert(1)</script>"})
    contact = get_contact(database, "<script>alert(1)</script>")
    for path in ("/people/", f"/people/{contact.id}", f"/people/{contact.id}/edit"):
        page = text(editor, path)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_readers_read_and_do_not_write(
    reader: FlaskClient, world: World, database: Database
) -> None:
    contact_id = world.person("Boris Lund")
    assert "Boris Lund" in text(reader, "/people/")
    assert "Edit" not in text(reader, f"/people/{contact_id}")
    assert reader.get("/people/new").status_code == 403
    assert reader.get(f"/people/{contact_id}/edit").status_code == 403
    answer = post(reader, f"/people/{contact_id}/active", {"active": "no"}, page="/me/")
    assert answer.status_code == 403
    assert get_contact(database, "Boris Lund").is_active


def test_who_has_no_role_and_who_stands_on_the_other_side_see_no_directory(
    world: World, dialogue: int, signed_in: SignedIn
) -> None:
    stranger, other = world.person("Stranger"), world.person("Other", party="Sundria")
    world.join(dialogue, other, "lead")
    for contact_id in (stranger, other):
        client = signed_in(contact_id)
        for path in ("/people/", f"/people/{stranger}", "/people/names"):
            assert client.get(path).status_code == 403


def test_what_does_not_exist_is_not_found(editor: FlaskClient) -> None:
    for path in ("/people/99999", "/people/99999/edit", "/people/x"):
        assert editor.get(path).status_code == 404
    answer = post(editor, "/people/99999/active", {"active": "no"}, page="/people/new")
    assert answer.status_code == 404


def test_two_writers_both_see_both_versions_and_nothing_is_lost(
    editor: FlaskClient, world: World, database: Database
) -> None:
    contact_id = world.person("Boris Lund")
    path = f"/people/{contact_id}/edit"
    data = ENTRY | {"name": "Boris Lund", "version": "1", "email": "boris.lund@example.org"}
    assert post(editor, path, data | {"title": "Minister"}).status_code == 302
    second = post(editor, path, data | {"title": "Prime Minister <b>"})
    page = second.get_data(as_text=True)
    assert second.status_code == 409
    assert "Minister" in page
    assert "Prime Minister &lt;b&gt;" in page
    assert get_contact(database, "Boris Lund").title == "Minister"
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found
    again = data | {"title": "Prime Minister", "version": found.group(1)}
    assert post(editor, path, again).status_code == 302
    assert get_contact(database, "Boris Lund").title == "Prime Minister"


def test_what_a_second_writer_did_not_touch_is_not_put_back(
    editor: FlaskClient, world: World, database: Database
) -> None:
    path = f"/people/{world.person('Boris Lund')}/edit"
    form = own_form(editor.get(path).get_data(as_text=True))
    theirs = form | {"title": "Colonel", "time_zone": "Asia/Baku"}
    assert editor.post(path, data=theirs).status_code == 302
    second = editor.post(path, data=form | {"aliases": "DFM Lund"})
    assert second.status_code == 409
    again = own_form(second.get_data(as_text=True))
    assert (again["title"], again["aliases"].strip()) == ("Colonel", "DFM Lund")
    assert editor.post(path, data=again).status_code == 302
    contact = get_contact(database, "Boris Lund")
    assert (contact.title, contact.time_zone) == ("Colonel", "Asia/Baku")
    assert contact.aliases == ["DFM Lund"]


def test_who_is_deactivated_keeps_tasks_and_is_signed_out(
    editor: FlaskClient, world: World, dialogue: int, signed_in: SignedIn, database: Database
) -> None:
    boris = world.person("Boris Lund")
    task_id = world.task(dialogue, owners=[boris])
    own = signed_in(boris)
    path = f"/people/{boris}"
    assert "1 open task stays theirs" in text(editor, path)
    assert "Hand over 1 in" in text(editor, path)
    assert post(editor, f"{path}/active", {"active": "no"}, page=path).status_code == 302
    assert own.get("/me/").status_code == 302
    assert "Boris Lund</a>" not in text(editor, "/people/")
    assert "Boris Lund</a>" in text(editor, "/people/?inactive=1")
    with database.reading() as session:
        assert [o.contact_id for o in session.get_one(Task, task_id).owners] == [boris]
    assert post(editor, f"{path}/active", {"active": "yes"}, page=path).status_code == 302
    assert get_contact(database, "Boris Lund").is_active


def test_nobody_deactivates_themselves_or_an_administrator(
    editor: FlaskClient, world: World, database: Database
) -> None:
    edda = get_contact(database, "Edda Torn").id
    answer = post(editor, f"/people/{edda}/active", {"active": "no"}, page="/people/new")
    assert answer.status_code == 422
    ada = world.person("Ada Min")
    world.account(ada, is_administrator=True)
    answer = post(editor, f"/people/{ada}/active", {"active": "no"}, page="/people/new")
    assert answer.status_code in (403, 422)
    assert get_contact(database, "Ada Min").is_active


def test_an_editor_cannot_take_over_an_account_by_its_mail_address(
    editor: FlaskClient, world: World, database: Database
) -> None:
    ada = world.person("Ada Min")
    world.account(ada, is_administrator=True)
    data = ENTRY | {"name": "Ada Min", "version": "1", "email": "edda.too@example.org"}
    answer = post(editor, f"/people/{ada}/edit", data)
    assert answer.status_code == 422
    assert "they or an administrator change it" in answer.get_data(as_text=True)
    with database.reading() as session:
        logins = session.scalars(select(Account.login)).all()
    assert "edda.too@example.org" not in logins


def test_an_administrator_who_changes_an_address_moves_the_login(
    world: World, signed_in: SignedIn, database: Database
) -> None:
    ada, mira = world.person("Ada Min"), world.person()
    world.account(ada, is_administrator=True)
    world.account(mira)
    data = ENTRY | {"name": "Mira Okonjo", "version": "1", "email": "New.Mira@example.org"}
    assert post(signed_in(ada), f"/people/{mira}/edit", data).status_code == 302
    with database.reading() as session:
        account = session.scalars(select(Account).where(Account.contact_id == mira)).one()
    assert account.login == "new.mira@example.org"


def test_nobody_moves_themselves_to_another_side_to_see_more(
    editor: FlaskClient, world: World, database: Database
) -> None:
    edda = get_contact(database, "Edda Torn")
    foreign = world.dialogue("Sundria-Westmark Talks", parties=("Sundria", "Westmark"))
    world.join(foreign, edda.id, "reader")
    data = ENTRY | {"name": "Edda Torn", "version": "1", "email": "edda.torn@example.org"}
    answer = post(editor, f"/people/{edda.id}/edit", data | {"party": "Sundria"})
    assert answer.status_code == 422
    assert "Their side decides what they see" in answer.get_data(as_text=True)
    assert editor.get("/dialogues/sundria-westmark-talks/people").status_code == 404


# Row 25


def test_hidden_fields_that_no_form_has_are_ignored_and_logged(
    editor: FlaskClient, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    extra = {"side": "Sundria", "marking": "U", "role": "lead", "is_administrator": "1"}
    assert post(editor, "/people/new", ENTRY | extra).status_code == 302
    contact = get_contact(database, "Jonas Feld")
    assert contact.party is not None
    assert contact.party.name == "Northland"
    with database.reading() as session:
        assert session.scalars(select(Membership.role)).all() == ["editor"]
    logged = capsys.readouterr().out
    for name in extra:
        assert re.search(rf"ignored a field.*field=.*{name}", re.sub(r"\x1b\[\d*m", "", logged))
    assert "Sundria" not in logged


# Names that texts give


def test_a_name_is_linked_in_all_tasks_of_the_dialogues_that_one_edits(
    editor: FlaskClient, world: World, dialogue: int, database: Database
) -> None:
    foreign = world.dialogue("Northland-Westmark Talks", parties=("Northland", "Westmark"))
    mine = [world.task(dialogue, owners=["DFM Brandt", "MFA"]) for _ in range(2)]
    theirs = world.task(foreign, owners=["DFM Brandt"])
    brandt = world.person("Otto Brandtner", party="Sundria")
    page = text(editor, "/people/names")
    assert "DFM Brandt" in page
    assert "Northland-Westmark" not in page
    data = {"name": "DFM Brandt", "contact_id": brandt}
    answer = post(editor, "/people/names", data)
    assert answer.headers["Location"] == "/people/names"
    with database.reading() as session:
        for task_id in mine:
            owners = session.get_one(Task, task_id).owners
            assert [(o.name, o.contact_id) for o in owners] == [
                ("DFM Brandt", brandt),
                ("MFA", None),
            ]
            change = session.scalars(
                select(Change).where(Change.task_id == task_id).order_by(Change.sequence.desc())
            ).first()
            assert change is not None
            assert (change.field, change.actor_name) == ("owners", "Edda Torn")
            assert change.before == ["DFM Brandt", "MFA"]
            assert change.after == ["Otto Brandtner", "MFA"]
        assert session.get_one(Task, theirs).owners[0].contact_id is None
        assert session.get_one(Contact, brandt).aliases == ["DFM Brandt"]
    assert "DFM Brandt" not in text(editor, "/people/names").replace("naming “DFM Brandt”", "")


def test_another_name_that_is_entered_links_the_tasks_that_have_it(
    editor: FlaskClient, world: World, dialogue: int, database: Database
) -> None:
    mine = world.task(dialogue, owners=["J. Feld", "MFA"])
    twice_meant = world.task(dialogue, owners=["Director Feld"])
    world.person("Director Feld")
    answer = post(editor, "/people/new", ENTRY)
    assert "One task names them as owner and is linked now" in text(
        editor, answer.headers["Location"]
    )
    feld = get_contact(database, "Jonas Feld").id
    with database.reading() as session:
        owners = session.get_one(Task, mine).owners
        assert [(o.name, o.contact_id) for o in owners] == [("J. Feld", feld), ("MFA", None)]
        assert session.get_one(Task, twice_meant).owners[0].contact_id is None


def test_linking_refuses_what_is_not_there(
    editor: FlaskClient, reader: FlaskClient, world: World, dialogue: int
) -> None:
    world.task(dialogue, owners=["MFA"])
    brandt = world.person("Otto Brandtner")
    path = "/people/names"
    assert post(editor, path, {"name": "MFA", "contact_id": ""}).status_code == 422
    assert post(editor, path, {"name": "MFA", "contact_id": "99999"}).status_code == 404
    assert post(editor, path, {"name": "Nobody", "contact_id": brandt}).status_code == 404
    answer = post(reader, path, {"name": "MFA", "contact_id": brandt}, page="/me/")
    assert answer.status_code == 403


def test_an_owner_is_not_there_twice_after_linking(
    editor: FlaskClient, world: World, dialogue: int, database: Database
) -> None:
    brandt = world.person("Otto Brandtner")
    task_id = world.task(dialogue, owners=[brandt, "The Deputy"])
    post(editor, "/people/names", {"name": "The Deputy", "contact_id": brandt})
    with database.reading() as session:
        assert [o.contact_id for o in session.get_one(Task, task_id).owners] == [brandt]


def test_signing_out_a_deactivated_person_leaves_others_signed_in(
    editor: FlaskClient, world: World, signed_in: SignedIn, database: Database
) -> None:
    boris = world.person("Boris Lund")
    signed_in(boris)
    post(editor, f"/people/{boris}/active", {"active": "no"}, page=f"/people/{boris}")
    with database.reading() as session:
        assert len(session.scalars(select(SignInSession)).all()) == 1
