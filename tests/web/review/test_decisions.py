"""Reviewing without scripts: what the page shows, and deciding one or many."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.invented import TALKS
from tests.web.browser import csrf_token, post
from tests.web.importing import words
from tests.web.review.reviewing import candidate, decide, tasks
from tracker.db import Database
from tracker.models import Task


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
    page = browser.get(response.headers["Location"]).get_data(as_text=True)
    assert "usa-alert--error" in page
    assert (f'value="{ids[0]}" form="selected" checked' in page) == ("candidate" in data)


def test_ticks_and_what_was_typed_for_them_outlive_a_mistake(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    data = {"act": "set", "candidate": ids[:2], "owner": "Port Office", "due_on": "31 February"}
    response = post(browser, f"{cable}/review/selected", data, page=f"{cable}/review")
    page = html.fromstring(browser.get(response.headers["Location"]).get_data(as_text=True))
    ticked = page.xpath("//input[@form='selected'][@checked]/@value")
    assert [int(one) for one in ticked] == ids[:2]
    assert page.xpath("//input[@id='selected-owner']/@value") == ["Port Office"]
    assert tasks(database) == []


def test_all_that_was_accepted_at_once_is_taken_back_at_once(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    response = post(browser, f"{cable}/review/likely", page=f"{cable}/review")
    told = html.fromstring(browser.get(response.headers["Location"]).get_data(as_text=True))
    [again] = told.xpath("//a[text()='Tick them all']/@href")
    page = html.fromstring(browser.get(again).get_data(as_text=True))
    ticked = [int(one) for one in page.xpath("//input[@form='selected'][@checked]/@value")]
    post(browser, f"{cable}/review/selected", {"act": "undo", "candidate": ticked}, page=again)
    assert {candidate(database, one).decision for one in ids} == {"pending"}
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
