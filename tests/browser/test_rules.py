"""The page of the rules, and a task of words that were selected in the source, in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.reviewing import check, sign_in_as
from tests.browser.rig import serving
from tests.invented import TALKS, UNPICKED, confirmed
from tests.world import World
from tracker.db import Database
from tracker.models import Candidate

SELECT = """wanted => {
  const source = document.querySelector("[data-source]");
  const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const at = node.data.indexOf(wanted);
    if (at >= 0) document.getSelection().setBaseAndExtent(node, at, node, at + wanted.length);
  }
}"""


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application is served."""
    with serving(app) as url:
        yield url


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_administrator_switches_a_rule_off_and_adds_a_name(
    open_page: OpenPage, app: Flask, world: World, address: str, size: tuple[int, int]
) -> None:
    page = open_page(size)
    ada = world.person("Ada Min")
    world.account(ada, is_administrator=True)
    sign_in_as(page, world, app, address, ada)
    page.goto(f"{address}/system/rules/")
    page.get_by_text("Examples of opportunity").click()
    check(page, f"rules-{size[0]}")
    page.get_by_role("button", name="Switch off the rule opportunity").click()
    expect(page.get_by_role("button", name="Switch on the rule opportunity")).to_be_visible()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page, f"rules-refused-{size[0]}")
    page.get_by_label("What it means").fill("Sundria")
    page.get_by_label("How cables write it").fill("GOSU")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("The file as it stands: 2 names of parties, 1 rule switched off").click()
    check(page, f"rules-file-{size[0]}")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_words_selected_in_the_source_become_a_task(
    page: Page, app: Flask, world: World, database: Database, address: str
) -> None:
    mira = world.person()
    cable_id = confirmed(database, world.actor(mira))
    sign_in_as(page, world, app, address, mira)
    page.goto(f"{address}/cables/{cable_id}/review")
    offer = page.get_by_role("link", name="Make a task of the selected words")
    expect(page.get_by_text("Select its words below")).to_be_visible()
    expect(offer).to_be_hidden()
    start = TALKS.index("The\nweather")
    page.evaluate(SELECT, TALKS[start : start + len(UNPICKED)])
    expect(offer).to_be_visible()
    page.get_by_text("Why this, field by field").first.click()
    check(page, "review-selected-words")
    offer.click()
    page.wait_for_url("**/missed**")
    expect(page.locator("mark")).to_have_text(UNPICKED)
    page.get_by_role("button", name="Save and accept").click()
    page.wait_for_url("**/review**")
    with database.reading() as session:
        made = session.query(Candidate).filter_by(span_start=start).one()
        assert (made.span_end, made.decision) == (start + len(UNPICKED), "accepted")
