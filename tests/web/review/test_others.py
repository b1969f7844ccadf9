"""Reviewing beside others: who comes second, who may only read, who sees nothing."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.browser import csrf_token, post
from tests.web.importing import SignedIn, words
from tests.web.review.reviewing import MISSED, decide, tasks
from tests.world import World
from tracker.db import Database
from tracker.models import Dialogue
from tracker.queries.cables import candidates_of


def test_two_people_decide_and_the_second_is_told_what_the_first_did(
    browser: FlaskClient,
    signed_in: SignedIn,
    cable: str,
    ids: list[int],
    database: Database,
    world: World,
) -> None:
    tom = world.person("Tom Varga")
    with database.reading() as session:
        dialogue_id = session.scalars(select(Dialogue.id)).one()
    world.join(dialogue_id, tom, "editor")
    other = signed_in(tom)
    token = csrf_token(other, f"{cable}/review")
    edit_token = csrf_token(other, f"{cable}/candidates/{ids[0]}/edit")
    decide(browser, cable, ids[0], "accept")
    data = {"decision": "reject", "csrf_token": token}
    response = other.post(f"{cable}/candidates/{ids[0]}", data=data, follow_redirects=True)
    assert "Mira Okonjo accepted it as task 1 meanwhile" in words(response)
    edit = {"title": "My own words", "kind": "action", "agenda": "", "marking": "C"}
    response = other.post(
        f"{cable}/candidates/{ids[0]}/edit", data={**edit, "csrf_token": edit_token}
    )
    assert response.status_code == 409
    assert 'value="My own words"' in response.get_data(as_text=True)
    assert len(tasks(database)) == 1


def test_a_reader_sees_the_review_and_decides_nothing(
    signed_in: SignedIn, cable: str, ids: list[int], database: Database, world: World
) -> None:
    ivo = world.person("Ivo Reader")
    with database.reading() as session:
        dialogue_id = session.scalars(select(Dialogue.id)).one()
    world.join(dialogue_id, ivo, "reader")
    reader = signed_in(ivo)
    page = reader.get(f"{cable}/review").get_data(as_text=True)
    assert "Leads and editors of the dialogue decide" in page
    assert 'value="accept"' not in page
    token = {"csrf_token": csrf_token(reader, "/cables/import")}
    posts = (
        (f"{cable}/candidates/{ids[0]}", {"decision": "accept"}),
        (f"{cable}/candidates/{ids[0]}/edit", {"title": "x"}),
        (f"{cable}/review/likely", {}),
        (f"{cable}/review/selected", {"act": "accept", "candidate": str(ids[0])}),
        (cable + MISSED, {"title": "x"}),
    )
    for address, data in posts:
        assert reader.post(address, data={**token, **data}).status_code == 403
    assert tasks(database) == []


def test_another_dialogues_review_does_not_exist_for_others(
    signed_in: SignedIn, cable: str, ids: list[int], world: World, database: Database
) -> None:
    other = signed_in(world.person("Zoe Away"))
    token = {"csrf_token": csrf_token(other, "/cables/import")}
    for address in (f"{cable}/review", f"{cable}/candidates/{ids[0]}/edit", cable + MISSED):
        assert other.get(address).status_code == 404
    for address in (f"{cable}/candidates/{ids[0]}", f"{cable}/review/likely"):
        assert other.post(address, data={**token, "decision": "accept"}).status_code == 404
    assert tasks(database) == []


def test_a_candidate_of_another_cable_is_not_decided_through_this_one(
    browser: FlaskClient, cable: str, ids: list[int], world: World, database: Database
) -> None:
    baku = world.baku()
    with database.reading() as session:
        foreign = candidates_of(session, baku)[0].id
    assert decide(browser, cable, foreign, "accept").status_code == 404
    data = {"act": "accept", "candidate": [ids[0], foreign]}
    response = post(browser, f"{cable}/review/selected", data, page=f"{cable}/review")
    assert response.status_code == 404
    assert tasks(database) == []
