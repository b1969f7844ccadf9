"""Reviewing without scripts: deciding one or many, editing, missed passages, two at once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.invented import TALKS, UNPICKED, confirmed
from tests.web.browser import csrf_token, post
from tests.web.importing import SignedIn, words
from tests.world import World
from tracker.db import Database
from tracker.models import Candidate, Dialogue, Task
from tracker.queries.cables import candidates_of

START = TALKS.index("The\nweather")
MISSED = f"/missed?from={START}&to={START + len(UNPICKED)}"


@pytest.fixture
def mira(world: World) -> int:
    """A person of Northland; returns the contact's id."""
    return world.person()


@pytest.fixture
def cable(database: Database, world: World, mira: int) -> str:
    """The address of a cable that Mira leads, without /review."""
    return f"/cables/{confirmed(database, world.actor(mira))}"


@pytest.fixture
def browser(signed_in: SignedIn, cable: str, mira: int) -> FlaskClient:
    """Mira's browser."""
    return signed_in(mira)


@pytest.fixture
def ids(database: Database, cable: str) -> list[int]:
    """The candidates in the order of the source."""
    with database.reading() as session:
        return [c.id for c in candidates_of(session, int(cable.rpartition("/")[2]))]


def candidate(database: Database, candidate_id: int) -> Candidate:
    """A candidate as stored."""
    with database.reading() as session:
        return session.get_one(Candidate, candidate_id)


def tasks(database: Database) -> list[Task]:
    """All tasks by number."""
    with database.reading() as session:
        return list(session.scalars(select(Task).order_by(Task.number)))


def decide(
    browser: FlaskClient, cable: str, candidate_id: int, decision: str, **more: str
) -> TestResponse:
    """Presses a button of a candidate."""
    data = {"decision": decision, **more}
    return post(browser, f"{cable}/candidates/{candidate_id}", data, page=f"{cable}/review")


def test_it_shows_candidates_by_agenda_item_beside_the_whole_source(
    browser: FlaskClient, cable: str, ids: list[int]
) -> None:
    page = html.fromstring(browser.get(f"{cable}/review").get_data(as_text=True))
    titles = page.xpath("//h2[contains(@class, 'review-group__title')]")
    assert [" ".join(t.text_content().split()) for t in titles] == [
        "Outside the agenda items",
        "A CROSSING POINTS",
        "B CUSTOMS",
    ]
    source = page.xpath("//*[@data-source]")[0]
    assert source.text_content() == TALKS
    for one in ids:
        assert page.xpath(f"//article[@id='c-{one}']//a[@href='#p-{one}']")
        assert source.xpath(f".//*[@id='p-{one}']")
    assert f"0 of {len(ids)} decided" in page.text_content()


def test_a_candidate_says_what_who_when_why_and_how_it_is_marked(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    page = words(browser.get(f"{cable}/review"))
    for expected in (
        candidate(database, ids[0]).reason,
        "30 April 2008",
        "stated in the text",
        "default: 6 months after the meeting",
        "Ambassador Okonjo",
        "Rules:",
        "(C)",
    ):
        assert expected in page


def test_mark_up_in_the_text_is_escaped_everywhere(browser: FlaskClient, cable: str) -> None:
    page = browser.get(f"{cable}/review").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_accepting_makes_a_task_and_leads_to_the_next_undecided_one(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    response = decide(browser, cable, ids[0], "accept")
    assert response.status_code == 303
    following = re.fullmatch(rf"{cable}/review#c-(\d+)", response.headers["Location"])
    assert following is not None
    assert int(following[1]) in ids[1:]
    assert [task.candidate_id for task in tasks(database)] == [ids[0]]
    assert f"1 of {len(ids)} decided" in words(browser.get(f"{cable}/review"))


def test_rejecting_keeps_the_reason_and_undo_takes_it_back(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    decide(browser, cable, ids[0], "reject", reason="Not <i>ours</i>")
    page = browser.get(f"{cable}/review").get_data(as_text=True)
    assert "“Not &lt;i&gt;ours&lt;/i&gt;”" in page
    response = decide(browser, cable, ids[0], "undo")
    assert response.headers["Location"].endswith(f"#c-{ids[0]}")
    assert candidate(database, ids[0]).decision == "pending"


def test_an_unknown_decision_is_refused(browser: FlaskClient, cable: str, ids: list[int]) -> None:
    assert decide(browser, cable, ids[0], "frame").status_code == 422


def test_editing_is_prefilled_and_saving_accepts(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    address = f"{cable}/candidates/{ids[0]}/edit"
    page = html.fromstring(browser.get(address).get_data(as_text=True))
    proposed = candidate(database, ids[0])
    assert page.xpath("//input[@name='title']/@value") == [proposed.title]
    data = {
        "title": "Agree the points",
        "kind": "action",
        "agenda": "A",
        "responsible": ["Northland", "Sundria"],
        "others": "Neutral Bank",
        "owners": "Port Office; Mira Okonjo",
        "due_on": "2008-06-01",
        "marking": "S",
        "text": "As edited",
    }
    assert post(browser, address, data).status_code == 303
    with database.reading() as session:
        task = session.scalars(select(Task)).one()
        assert (task.title, task.kind, task.text) == ("Agree the points", "action", "As edited")
        assert task.responsible_names == ["Northland", "Sundria", "Neutral Bank"]
        assert task.owner_names == ["Port Office", "Mira Okonjo"]
        assert (task.due_on, task.marking) == (dt.date(2008, 6, 1), "S")
    assert candidate(database, ids[0]).title == proposed.title


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Say what is to be done"),
        ("title", "Send\u2028it", "on one line"),
        ("due_on", "2008-02-31", "There is no such day"),
        ("due_on", "9999-12-31", "between 1900 and 2199"),
        ("owners", "Port\x07Office", "on one line"),
        ("kind", "wish", "Not a valid choice"),
        ("marking", "U", "Not a valid choice"),
        ("text", "a\x00b", "NUL"),
    ],
)
def test_an_edit_that_cannot_be_saved_keeps_what_was_typed(
    browser: FlaskClient,
    cable: str,
    ids: list[int],
    database: Database,
    field: str,
    value: str,
    message: str,
) -> None:
    good = {"title": "Agree", "kind": "action", "agenda": "", "marking": "C", "others": "Kept"}
    address = f"{cable}/candidates/{ids[0]}/edit"
    response = post(browser, address, {**good, field: value})
    assert response.status_code == 422
    assert message in words(response)
    assert 'value="Kept"' in response.get_data(as_text=True)
    assert tasks(database) == []


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


def test_all_likely_ones_are_accepted_at_once(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    response = post(browser, f"{cable}/review/likely", page=f"{cable}/review")
    assert response.status_code == 303
    decided = [candidate(database, one) for one in ids]
    assert {c.decision for c in decided if c.tier == "likely"} == {"accepted"}
    assert len(tasks(database)) == sum(c.tier == "likely" for c in decided)


def test_ticked_ones_get_an_owner_and_a_date_together(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    data = {"act": "set", "candidate": ids[:2], "owner": "Port Office", "due_on": "2008-05-01"}
    post(browser, f"{cable}/review/selected", data, page=f"{cable}/review")
    with database.reading() as session:
        found = session.scalars(select(Task)).all()
        assert [t.owner_names for t in found] == [["Port Office"]] * 2
        assert {t.due_on for t in found} == {dt.date(2008, 5, 1)}


@pytest.mark.parametrize(
    ("act", "decision"), [("accept", "accepted"), ("reject", "rejected"), ("undo", "pending")]
)
def test_ticked_ones_are_decided_together(
    browser: FlaskClient,
    cable: str,
    ids: list[int],
    database: Database,
    act: str,
    decision: str,
) -> None:
    decide(browser, cable, ids[0], "accept")
    data = {"act": act, "candidate": ids[:3]}
    response = post(browser, f"{cable}/review/selected", data, page=f"{cable}/review")
    assert response.status_code == 303
    assert {candidate(database, one).decision for one in ids[1:3]} == {decision}
    page = words(browser.get(f"{cable}/review"))
    assert ("1 stayed as they were" in page) == (act != "undo")


@pytest.mark.parametrize(
    "data", [{"act": "accept"}, {"act": "set", "candidate": "1"}, {"act": "x", "candidate": "1"}]
)
def test_a_bulk_change_without_what_it_needs_says_so(
    browser: FlaskClient, cable: str, ids: list[int], data: dict[str, str]
) -> None:
    data = {**data, "candidate": str(ids[0])} if "candidate" in data else data
    response = post(browser, f"{cable}/review/selected", data, page=f"{cable}/review")
    assert response.status_code == 422


def test_a_sentence_that_nothing_picked_is_one_click_from_a_task(
    browser: FlaskClient, cable: str, database: Database
) -> None:
    review = browser.get(f"{cable}/review").get_data(as_text=True)
    assert f'href="{(cable + MISSED).replace("&", "&amp;")}"' in review
    page = html.fromstring(browser.get(cable + MISSED).get_data(as_text=True))
    assert page.xpath("//input[@name='title']/@value") == [UNPICKED]
    assert page.xpath("//select[@name='agenda']/option[@selected]/@value") == ["B"]
    assert page.xpath("//input[@name='due_on']/@value") == ["2008-09-04"]
    data = {"title": "Watch the weather", "kind": "action", "agenda": "B", "marking": "C"}
    assert post(browser, cable + MISSED, {**data, "due_on": "2008-09-04"}).status_code == 303
    with database.reading() as session:
        task = session.scalars(select(Task)).one()
        assert (task.span_start, task.due_basis) == (START, "default")
    assert post(browser, cable + MISSED, data).status_code == 409


@pytest.mark.parametrize("query", ["", "?from=5&to=2", "?from=0&to=999999", "?from=x&to=y"])
def test_a_passage_that_is_not_in_the_cable_is_not_found(
    browser: FlaskClient, cable: str, query: str
) -> None:
    assert browser.get(f"{cable}/missed{query}").status_code == 404


def test_a_refused_task_of_a_missed_passage_leaves_no_candidate_behind(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    data = {"title": "Watch", "kind": "action", "agenda": "B", "marking": "C", "text": "\x00"}
    assert post(browser, cable + MISSED, data).status_code == 422
    with database.reading() as session:
        assert len(session.scalars(select(Candidate)).all()) == len(ids)


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


def test_a_script_gets_the_changed_part_alone_with_the_counts(
    browser: FlaskClient, cable: str, ids: list[int]
) -> None:
    token = csrf_token(browser, f"{cable}/review")
    part = browser.post(
        f"{cable}/candidates/{ids[0]}",
        data={"decision": "accept", "csrf_token": token},
        headers={"HX-Request": "true"},
    ).get_data(as_text=True)
    assert part.lstrip().startswith("<article")
    assert 'data-decision="accepted"' in part
    assert f"<b>1 of {len(ids)}</b> decided" in part
    assert "<html" not in part
