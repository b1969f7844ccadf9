"""Why something was picked can be read before it is decided, afterwards, and on its task's page."""

from __future__ import annotations

from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from tests.invented import TALKS
from tests.web.browser import post
from tests.web.review.reviewing import MISSED, candidate, decide
from tracker.db import Database
from tracker.models import CableRecord, Task
from tracker.web.source_text import place_of_shown, shown_places


def task_page(browser: FlaskClient, database: Database) -> str:
    with database.reading() as session:
        task = session.scalars(select(Task)).one()
        address = f"/dialogues/{task.dialogue.slug}/tasks/{task.number}"
    return browser.get(address).get_data(as_text=True)


def test_a_task_says_by_which_words_and_rules_it_was_picked_and_each_field_whence(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    undecided = html.fromstring(browser.get(f"{cable}/review").get_data(as_text=True))
    [said] = undecided.xpath(f"//article[@id='c-{ids[1]}']//dl")
    decide(browser, cable, ids[1], "accept")
    page = html.fromstring(task_page(browser, database))
    [why] = page.xpath("//section[@aria-labelledby='why']")
    told = " ".join(why.text_content().split())
    picked = candidate(database, ids[1])
    assert picked.reason in told
    assert all(rule in told for rule in picked.rules)
    [fields] = why.xpath(".//dl")
    assert fields.text_content().split() == said.text_content().split()
    assert fields.xpath(".//a[contains(@href, '/source?from=')]")


def test_a_decided_card_still_says_why(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    decide(browser, cable, ids[0], "accept")
    decide(browser, cable, ids[1], "reject")
    page = html.fromstring(browser.get(f"{cable}/review").get_data(as_text=True))
    for one in ids[:2]:
        [card] = page.xpath(f"//article[@id='c-{one}']")
        assert candidate(database, one).reason in " ".join(card.text_content().split())
        assert card.xpath(".//dl//dt[text()='Kind']")


def test_the_page_is_marked_like_all_words_that_it_says_it_was_picked_for(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    decide(browser, cable, ids[1], "accept")
    assert "SECRET" not in task_page(browser, database)
    picked = candidate(database, ids[1])
    with database.transaction() as session:
        record = session.get_one(CableRecord, int(cable.rpartition("/")[2]))
        item = next(i for i in record.reading["items"] if i["span"][0] == picked.span_start)
        elsewhere = TALKS.index("The border talks")
        item["evidence"]["owners"] = [elsewhere, elsewhere + 10]
        flag_modified(record, "reading")
        record.text = record.text.replace("1. (C) Summary", "1. (S) Summary")
    assert "SECRET" in task_page(browser, database)


def test_places_of_words_are_those_that_a_browser_counts() -> None:
    text = "One.\r\nTwo words.\r\nThree."
    start = text.index("Three")
    shown = shown_places(text)((start, start + 5))
    assert text.replace("\r\n", "\n")[shown[0] : shown[1]] == "Three"
    assert place_of_shown(text, shown) == (start, start + 5)


def test_a_task_of_a_passage_that_a_person_picked_says_so(
    browser: FlaskClient, cable: str, ids: list[int], database: Database
) -> None:
    post(
        browser,
        f"{cable}{MISSED}",
        {"title": "Watch the weather", "kind": "action", "marking": "C", "text": "x"},
    )
    assert "A person picked this passage" in words_of(task_page(browser, database))


def words_of(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())
