"""Editing a proposal before it becomes a task, and passages that no rule picked."""

from __future__ import annotations

import datetime as dt

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.invented import UNPICKED
from tests.web.browser import post
from tests.web.importing import words
from tests.web.review.reviewing import MISSED, START, candidate, tasks
from tracker.db import Database
from tracker.models import Candidate, Task


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
        "text": "As\r\nedited",
    }
    assert post(browser, address, data).status_code == 303
    with database.reading() as session:
        task = session.scalars(select(Task)).one()
        assert (task.title, task.kind, task.text) == ("Agree the points", "action", "As\nedited")
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
        ("owners", "Port Office; " + "x" * 201, "at most 200 characters"),
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


def test_a_task_of_a_missed_passage_stands_among_the_likely_ones_and_not_folded(
    browser: FlaskClient, cable: str, database: Database
) -> None:
    data = {"title": "Watch the weather", "kind": "action", "marking": "C", "text": "x"}
    post(browser, f"{cable}{MISSED}", data)
    page = html.fromstring(browser.get(f"{cable}/review").get_data(as_text=True))
    [card] = page.xpath("//article[contains(., 'Watch the weather')]")
    assert card.xpath("ancestor::section[@id='agenda-B']")
    assert not card.xpath("ancestor::details")
