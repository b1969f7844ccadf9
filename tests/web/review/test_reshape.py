"""Merging and splitting over HTTP, and what a page asks for to see what others did."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.invented import TALKS
from tests.web.browser import csrf_token, post
from tests.web.importing import SignedIn, words
from tests.web.review.reviewing import candidate, decide
from tests.world import World
from tracker.db import Database
from tracker.models import Dialogue
from tracker.queries.cables import candidates_of


def shown(database: Database, cable: str) -> list[int]:
    """The ids of what the review shows, in order."""
    with database.reading() as session:
        return [one.id for one in candidates_of(session, int(cable.rpartition("/")[2]))]


def in_one_list(browser: FlaskClient, cable: str) -> list[int]:
    """The first two candidates that stand beside each other on the page."""
    page = html.fromstring(browser.get(f"{cable}/review").get_data(as_text=True))
    for place in page.xpath("//section[contains(@class, 'review-group')]|//details"):
        found = place.xpath("./article/@data-candidate")
        if len(found) > 1:
            return [int(one) for one in found[:2]]
    raise AssertionError("no two candidates stand beside each other")


def test_merging_leads_to_the_merged_one_and_undo_to_the_first(
    browser: FlaskClient, cable: str, database: Database
) -> None:
    before = shown(database, cable)
    one, _ = in_one_list(browser, cable)
    address = f"{cable}/candidates/{one}/merge"
    response = post(browser, address, page=f"{cable}/review")
    merged = int(response.headers["Location"].rpartition("-")[2])
    assert merged not in before
    assert len(shown(database, cable)) == len(before) - 1
    assert decide(browser, cable, merged, "undo").headers["Location"].endswith(f"#c-{one}")
    assert shown(database, cable) == before


def test_merging_joins_only_what_was_seen_together(
    browser: FlaskClient, cable: str, database: Database
) -> None:
    before = shown(database, cable)
    one, two = in_one_list(browser, cable)
    gone = next(each for each in before if each not in (one, two))
    data = {"with": str(gone)}
    response = post(browser, f"{cable}/candidates/{one}/merge", data, page=f"{cable}/review")
    assert "Another one follows by now" in words(browser.get(response.headers["Location"]))
    assert shown(database, cable) == before
    post(browser, f"{cable}/candidates/{one}/merge", {"with": str(two)}, page=f"{cable}/review")
    assert one not in shown(database, cable)


def test_what_has_nothing_after_it_is_not_merged_and_says_so(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    for one in ids:
        address = f"{cable}/candidates/{one}/merge"
        post(browser, address, page=f"{cable}/review")
    last = shown(database, cable)[-1]
    address = f"{cable}/candidates/{last}/merge"
    response = post(browser, address, page=f"{cable}/review", follow_redirects=True)
    assert "Nothing undecided follows here" in words(response)


def test_splitting_offers_each_word_and_cuts_before_the_one_chosen(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    address = f"{cable}/candidates/{ids[0]}/split"
    page = html.fromstring(browser.get(address).get_data(as_text=True))
    points = [int(value) for value in page.xpath("//button[@name='at']/@value")]
    whole = candidate(database, ids[0])
    passage = TALKS[whole.span_start : whole.span_end]
    assert [TALKS[at:].split()[0] for at in points] == passage.split()[1:]
    response = post(browser, address, {"at": str(points[3])})
    first = candidate(database, int(response.headers["Location"].rpartition("-")[2]))
    assert TALKS[first.span_start : first.span_end].split() == passage.split()[:4]


@pytest.mark.parametrize("at", ["", "x", "0", "99999999"])
def test_a_point_outside_the_passage_changes_nothing_and_says_so(
    browser: FlaskClient, cable: str, ids: list[int], database: Database, at: str
) -> None:
    address = f"{cable}/candidates/{ids[0]}/split"
    response = post(browser, address, {"at": at}, follow_redirects=True)
    assert "Choose a word inside the passage" in words(response)
    assert shown(database, cable) == ids


def test_a_page_asks_for_what_others_did_since_it_was_loaded(
    browser: FlaskClient,
    signed_in: SignedIn,
    cable: str,
    ids: list[int],
    database: Database,
    world: World,
) -> None:
    address = f"{cable}/review/changes"
    assert browser.get(f"{address}?since=0").status_code == 204
    tom = world.person("Tom Varga")
    with database.reading() as session:
        world.join(session.scalars(select(Dialogue.id)).one(), tom, "editor")
    decide(signed_in(tom), cable, ids[0], "accept")
    decide(browser, cable, ids[1], "reject")
    told = browser.get(f"{address}?since=0").get_json()
    assert [card["id"] for card in told["cards"]] == ids[:2]
    assert told["news"].startswith("Tom Varga accepted as task 1: “")
    assert 'data-decision="accepted"' in told["cards"][0]["html"]
    assert f"<b>2 of {len(ids)}</b>" in told["counts"]
    assert (told["gone"], told["source"]) == ([], None)
    assert browser.get(f"{address}?since={told['revision']}").status_code == 204


def test_what_was_merged_is_gone_and_the_text_comes_anew(browser: FlaskClient, cable: str) -> None:
    pair = in_one_list(browser, cable)
    post(browser, f"{cable}/candidates/{pair[0]}/merge", page=f"{cable}/review")
    told = browser.get(f"{cable}/review/changes?since=0").get_json()
    assert sorted(told["gone"]) == sorted(pair)
    assert html.fragment_fromstring(told["source"], create_parent=True).text_content() == TALKS
    assert told["news"] == ""


def test_a_script_is_told_where_to_go_on(browser: FlaskClient, cable: str, ids: list[int]) -> None:
    token = csrf_token(browser, f"{cable}/review")
    answer = browser.post(
        f"{cable}/candidates/{ids[0]}/split",
        data={"at": "0", "csrf_token": token},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 204
    assert "Choose a word" in answer.headers["HX-Trigger"]


def test_readers_see_changes_and_reshape_nothing_and_others_see_nothing(
    signed_in: SignedIn, cable: str, ids: list[int], database: Database, world: World
) -> None:
    ivo = world.person("Ivo Reader")
    with database.reading() as session:
        world.join(session.scalars(select(Dialogue.id)).one(), ivo, "reader")
    for browser, status in ((signed_in(ivo), 403), (signed_in(world.person("Zoe Away")), 404)):
        token = {"csrf_token": csrf_token(browser, "/cables/import")}
        here = f"{cable}/candidates/{ids[0]}"
        assert browser.post(f"{here}/merge", data=token).status_code == status
        assert browser.post(f"{here}/split", data={**token, "at": "9"}).status_code == status
        assert browser.get(f"{here}/split").status_code == status
        known = {403: 204, 404: 404}[status]
        assert browser.get(f"{cable}/review/changes").status_code == known
    assert shown(database, cable) == ids


@pytest.mark.parametrize("decided", ["accept", "reject"])
def test_a_split_that_cannot_be_undone_leaves_both_parts_in_the_review(
    browser: FlaskClient, cable: str, ids: list[int], database: Database, decided: str
) -> None:
    address = f"{cable}/candidates/{ids[0]}/split"
    page = html.fromstring(browser.get(address).get_data(as_text=True))
    post(browser, address, {"at": page.xpath("//button[@name='at']/@value")[3]})
    before = shown(database, cable)
    first, second = [one for one in before if one not in ids]
    decide(browser, cable, second, decided)
    decide(browser, cable, first, "undo")
    assert shown(database, cable) == before
    assert "undo that first" in words(browser.get(f"{cable}/review"))
