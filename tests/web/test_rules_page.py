"""The page of rules: counts without content, the switch, words of one's own; annotations."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.invented import NOW, TALKS, TODAY, UNPICKED, confirmed
from tests.shared import SHARED, load_score
from tests.web.browser import post
from tests.web.importing import SignedIn, words
from tests.world import World, shipped_cable
from tracker.cable import parse_cable
from tracker.config import Settings
from tracker.db import Database
from tracker.extract import extract, to_json
from tracker.policy.errors import Conflict
from tracker.policy.visibility import SYSTEM
from tracker.queries.cables import candidates_of, get_cable
from tracker.services.add_missed import add_missed, propose_missed
from tracker.services.add_sample import add_sample
from tracker.services.change_task import Owner, TaskUpdate, change_task
from tracker.services.export_gold import export_gold
from tracker.services.import_from_command import CommandImport, import_from_command
from tracker.services.installation_lexicon import read_installation_lexicon
from tracker.services.review_candidates import (
    accept_candidate,
    accept_likely,
    change_many,
    reject_candidate,
)

RULES = "/system/rules/"
WHEN = {"now": NOW, "today": TODAY}


@pytest.fixture
def mira(world: World) -> int:
    """A person of Northland; returns the contact's id."""
    return world.person()


@pytest.fixture
def cable_id(database: Database, world: World, mira: int) -> int:
    """A cable that Mira leads, with nothing decided."""
    return confirmed(database, world.actor(mira))


@pytest.fixture
def ada(world: World, signed_in: SignedIn) -> FlaskClient:
    """The browser of an administrator without any dialogue."""
    contact_id = world.person("Ada Min")
    world.account(contact_id, is_administrator=True)
    return signed_in(contact_id)


def decide_all(database: Database, world: World, mira: int, cable_id: int) -> None:
    """Accepts what is likely and rejects the rest."""
    actor = world.actor(mira)
    with database.transaction() as session:
        accept_likely(session, get_cable(session, actor.scope, cable_id), actor=actor, **WHEN)
        for candidate in candidates_of(session, cable_id):
            if candidate.decision == "pending":
                reject_candidate(session, candidate, "no deed", actor=actor, now=NOW)


def row(response: TestResponse, rule: str) -> list[str]:
    """The cells of a rule."""
    page = html.fromstring(response.get_data(as_text=True))
    return [" ".join(td.text_content().split()) for td in page.xpath(f"//tr[@id='r-{rule}']/*")]


def test_a_reviewer_sees_the_counts_of_their_dialogues(
    database: Database, world: World, mira: int, cable_id: int, signed_in: SignedIn
) -> None:
    decide_all(database, world, mira, cable_id)
    page = signed_in(mira).get(RULES)
    assert "Nobody has decided" not in words(page)
    cells = row(page, "propose-that")
    assert cells[0].startswith("The author proposes that somebody act propose-that")
    assert int(cells[1]) >= 2
    assert cells[2:] == ["0", "100 %", "On"]
    stranger = world.person("Boris Lund")
    other = world.dialogue("Other Talks")
    world.join(other, stranger, "editor")
    assert "Nobody has decided" in words(signed_in(stranger).get(RULES))


def test_an_administrator_sees_counts_of_all_and_no_word_of_a_text(
    database: Database, world: World, mira: int, cable_id: int, ada: FlaskClient
) -> None:
    decide_all(database, world, mira, cable_id)
    page = ada.get(RULES)
    assert int(row(page, "propose-that")[1]) >= 2
    for secret in ("crossing", "Northland", "SUNDPORT", "no deed"):
        assert secret not in words(page)


def test_nobody_else_sees_the_page(world: World, mira: int, signed_in: SignedIn) -> None:
    reader = world.person("Rea Reader")
    world.join(world.dialogue(), reader, "reader")
    assert signed_in(reader).get(RULES).status_code == 403
    assert signed_in(mira).get(RULES).status_code == 403


def test_what_the_sample_accepted_by_itself_is_nobodys_decision(
    database: Database, ada: FlaskClient
) -> None:
    with database.transaction() as session:
        add_sample(session, now=NOW)
    assert "Nobody has decided" in words(ada.get(RULES))


def test_a_rule_is_switched_off_and_on(ada: FlaskClient, settings: Settings) -> None:
    answer = post(ada, f"{RULES}opportunity/off", page=RULES)
    assert answer.status_code == 303
    assert "picks nothing any more" in words(ada.get(answer.location))
    assert row(ada.get(f"{RULES}?show=off"), "opportunity")[4].startswith("Off Switch on")
    assert row(ada.get(f"{RULES}?show=off"), "propose-that") == []
    again = post(ada, f"{RULES}opportunity/off", page=RULES)
    assert "switched off already" in words(ada.get(again.location))
    post(ada, f"{RULES}opportunity/on", page=RULES)
    assert "Every rule is on" in words(ada.get(f"{RULES}?show=off"))
    text = (settings.instance / "lexicon.txt").read_text("utf-8")
    assert text.startswith("# on again by Ada Min")


def test_names_and_phrases_are_added(ada: FlaskClient, settings: Settings) -> None:
    added = {"sort": "party", "name": "Sundria", "forms": "GOSU, Sundrian"}
    assert post(ada, f"{RULES}words", added, page=RULES).status_code == 303
    page = words(ada.get(RULES))
    assert "3 names of parties" in page
    assert "party: Sundria = GOSU, Sundrian # added by Ada Min" in page
    assert post(ada, f"{RULES}words", added, page=RULES).status_code == 409
    for wrong in ({"name": ""}, {"forms": "a = b"}, {"forms": ""}, {"sort": "colour"}):
        answer = post(ada, f"{RULES}words", {**added, **wrong}, page=RULES)
        assert answer.status_code == 422, wrong
        assert "Nothing was added" in words(answer)
    assert (settings.instance / "lexicon.txt").read_text("utf-8").count("\n") == 1


def test_what_would_have_no_effect_is_refused_and_what_was_added_is_taken_back(
    ada: FlaskClient, settings: Settings
) -> None:
    for wrong, told in (
        ({"sort": "phrase", "name": "flibber", "forms": "flabber"}, "No rule knows “flibber”"),
        ({"sort": "office", "name": "Narnia", "forms": "LWB"}, "No party is called Narnia"),
    ):
        answer = post(ada, f"{RULES}words", wrong, page=RULES)
        assert answer.status_code == 422
        assert told in words(answer)
    post(ada, f"{RULES}words", {"sort": "party", "name": "Sundria", "forms": "GOSU"}, page=RULES)
    page = html.fromstring(ada.get(RULES).get_data(as_text=True))
    [line] = page.xpath("//form[contains(@action, 'remove')]//input[@name='line']/@value")
    answer = post(ada, f"{RULES}words/remove", {"line": line}, page=RULES)
    assert "Removed." in words(ada.get(answer.location))
    assert not read_installation_lexicon(settings.instance).lexicon.parties
    post(ada, f"{RULES}words/remove", {"line": line}, page=RULES)
    assert "not in the file any more" in words(ada.get(RULES))


def test_only_administrators_change_anything(
    cable_id: int, mira: int, signed_in: SignedIn, settings: Settings
) -> None:
    browser = signed_in(mira)
    assert "Switch off" not in words(browser.get(RULES))
    for path in ("opportunity/off", "words", "words/remove"):
        assert post(browser, RULES + path, {}, page="/me/").status_code == 403
    assert not (settings.instance / "lexicon.txt").exists()


def test_a_rule_that_does_not_exist_is_not_found(ada: FlaskClient) -> None:
    assert post(ada, f"{RULES}no-such-rule/off", page=RULES).status_code == 404
    assert post(ada, f"{RULES}opportunity/sideways", page=RULES).status_code == 404


def test_a_broken_file_is_said_where_it_matters(
    cable_id: int, ada: FlaskClient, mira: int, signed_in: SignedIn, settings: Settings
) -> None:
    (settings.instance / "lexicon.txt").write_text("# one\nnonsense\n", "utf-8")
    for page in (ada.get(RULES), ada.get("/system/"), signed_in(mira).get("/cables/import")):
        assert page.status_code == 200
        assert "Line 2 of the lexicon cannot be read" in words(page)
    answer = post(ada, f"{RULES}opportunity/off", page=RULES)
    assert answer.status_code == 422
    assert "Mend the file first" in words(answer)


def test_a_review_says_field_by_field_where_it_was_read(
    cable_id: int, mira: int, signed_in: SignedIn
) -> None:
    page = words(signed_in(mira).get(f"/cables/{cable_id}/review"))
    assert "Why this, field by field" in page
    assert "Ambassador Okonjo from “Ambassador Okonjo”" in page
    assert "4 September 2008 default: 6 months after the meeting's last day" in page


def test_annotations_wait_for_the_whole_review(
    database: Database, world: World, cable_id: int, mira: int, signed_in: SignedIn
) -> None:
    browser, address = signed_in(mira), f"/cables/{cable_id}"
    assert browser.get(f"{address}/gold").status_code == 409
    assert "annotations" not in words(browser.get(f"{address}/review"))
    decide_all(database, world, mira, cable_id)
    assert f'href="{address}/gold"' in browser.get(f"{address}/review").get_data(as_text=True)
    answer = browser.get(f"{address}/gold")
    assert "SUNDPORT" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    gold = json.loads(answer.data)
    assert {item["level"] for item in gold["items"]} == {"required"}
    assert {found["reason"] for found in gold["rejected"]} <= {"no deed"}
    reader = world.person("Rea Reader")
    with database.reading() as session:
        dialogue = get_cable(session, SYSTEM.scope, cable_id).dialogue_id
    world.join(dialogue or 0, reader, "reader")
    assert signed_in(reader).get(f"{address}/gold").status_code == 403
    assert signed_in(world.person("Nobody Here")).get(f"{address}/gold").status_code == 404


def test_annotations_keep_what_reviewers_set_right_and_not_what_came_later(
    database: Database, world: World, cable_id: int, mira: int
) -> None:
    actor = world.actor(mira)
    new_day = dt.date(2008, 5, 2)
    with database.transaction() as session:
        cable = get_cable(session, actor.scope, cable_id)
        first, *rest = candidates_of(session, cable_id)
        owner = Owner("Somebody Else")
        change_many(session, [first], owner=owner, due_on=new_day, actor=actor, **WHEN)
        for candidate in rest:
            accept_candidate(session, candidate, actor=actor, **WHEN)
        start = TALKS.index("The\nweather")
        span = (start, start + len(UNPICKED))
        task = add_missed(session, cable, span, propose_missed(cable, span), actor=actor, **WHEN)
        later = TaskUpdate(due_on=dt.date(2009, 1, 1), reason="took longer")
        change_task(session, task, later, seen_version=None, actor=actor, **WHEN)
        gold = export_gold(session, cable, today=TODAY)
    edited, missed = gold["items"][0], gold["items"][-1]
    assert edited["level"] == "required"
    assert (edited["due_on"], edited["due_basis"]) == ("2008-05-02", "stated")
    assert edited["due_on_any"][0] == "2008-05-02"
    assert "Somebody Else" not in edited["owners"]  # The text does not name them.
    assert (missed["span"], missed["level"]) == (list(span), "required")
    assert (missed["agenda"], missed["marking"]) == ("B", "C")
    assert missed["due_on"] != "2009-01-01"
    assert gold["meeting"] == {
        "starts_on": "2008-03-03",
        "ends_on": "2008-03-04",
        "follow_up": "6 months",
    }
    assert "conflicting_meeting_dates" in gold["warnings"]


def test_an_unconfirmed_cable_has_no_annotations(database: Database, world: World) -> None:
    from tests.invented import imported

    actor = world.actor(world.person())
    cable_id = imported(database, actor)
    with database.reading() as session:
        cable = get_cable(session, actor.scope, cable_id)
        with pytest.raises(Conflict, match="must be reviewed first"):
            export_gold(session, cable, today=TODAY)


def test_a_selection_in_a_browser_finds_its_words_whatever_the_line_ends(
    world: World, database: Database, mira: int, signed_in: SignedIn
) -> None:
    text = TALKS.replace("\n", "\r\n").replace("Summary:", "Summary \U0001f600:")
    shown = text.replace("\r\n", "\n")
    with database.transaction() as session:
        wanted = CommandImport(text.encode(), "t.txt", parties=("Northland", "Sundria"))
        done = import_from_command(session, wanted, now=NOW, max_bytes=10**6)
        dialogue_id, cable_id = done.dialogue.id, done.cable.id
    world.join(dialogue_id, mira, "editor")
    start = shown.index("The\nweather") - 1
    page = signed_in(mira).get(
        f"/cables/{cable_id}/missed?shown=1&from={start}&to={start + len(UNPICKED) + 2}"
    )
    marked = re.search(r"<mark>(.*?)</mark>", page.get_data(as_text=True))
    assert marked is not None
    assert marked[1] == UNPICKED
    blank = shown.index("\n\n")
    empty = f"/cables/{cable_id}/missed?shown=1&from={blank}&to={blank + 2}"
    assert signed_in(mira).get(empty).status_code == 404


if SHARED is not None:

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_the_annotations_of_a_review_that_accepted_all_score_one(database: Database) -> None:
        program = load_score()
        assert program is not None
        text = shipped_cable()
        with database.transaction() as session:
            wanted = CommandImport(text, "07BAKU832.txt", accept="all")
            done = import_from_command(session, wanted, now=NOW, max_bytes=10**6)
            gold = export_gold(session, done.cable, today=TODAY)
        found = to_json(extract(parse_cable(text.decode()), today=TODAY))
        score = program.score(json.loads(json.dumps(gold)), found)
        for measure in ("f1", "precision_with_possible", "recall_with_possible", "header"):
            assert score[measure] == 1.0, score
        for field in ("kind", "responsible", "owners", "due_on", "due_basis", "marking"):
            assert score[field] == 1.0, score
