"""Selecting words of the source with the mouse: what is dragged over is what is selected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.reviewing import check, sign_in_as
from tests.browser.rig import serving
from tests.world import World

_ENDS_OF = """words => {
  const source = document.querySelector("[data-source]");
  const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const at = walker.currentNode.textContent.indexOf(words);
    if (at < 0) continue;
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    source.scrollIntoView({ block: "center", behavior: "instant" });
    const above = range.getBoundingClientRect().top - source.getBoundingClientRect().top;
    source.scrollTop += above - 150;
    const lines = [...range.getClientRects()];
    const [first, last] = [lines[0], lines[lines.length - 1]];
    return [first.left, (first.top + first.bottom) / 2, last.right, (last.top + last.bottom) / 2];
  }
  throw new Error(`the text does not hold: ${words}`);
}"""

_LIT_AT = """() => {
  const box = [...CSS.highlights.get("words")][0].getBoundingClientRect();
  const around = document.querySelector("[data-source]").getBoundingClientRect();
  return [box.top - around.top, box.bottom - around.top, around.height];
}"""


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application is served."""
    with serving(app) as url:
        yield url


@pytest.fixture
def review(app: Flask, world: World, address: str, open_page: OpenPage) -> OpenPage:
    """Opens the review of the shipped cable as Anne, who leads it."""

    def opened(size: tuple[int, int] = DESK) -> Page:
        anne = world.person("Anne Lead", party="United States")
        cable_id = world.baku(actor=world.actor(anne))
        page = open_page(size)
        sign_in_as(page, world, app, address, anne)
        page.goto(f"{address}/cables/{cable_id}/review")
        return page

    return opened


def drag_over(page: Page, words: str) -> str:
    """Drags the mouse from the first to the last of the words; what is selected then."""
    left, top, right, bottom = page.evaluate(_ENDS_OF, words)
    page.mouse.move(left + 1, top)
    page.mouse.down()
    page.mouse.move(left + 4, top)
    page.mouse.move(right, bottom, steps=10)
    page.mouse.up()
    return str(page.evaluate("document.getSelection().toString()"))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_moves_while_words_are_selected_and_they_become_the_task(
    review: OpenPage, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    page = review(size)
    text = page.locator("[data-source]")
    offer = page.get_by_role("link", name="Make a task of the selected words")
    expect(offer).to_be_hidden()
    before = text.bounding_box()
    height = page.evaluate("document.documentElement.scrollHeight")
    assert drag_over(page, "SECURITY COOPERATION ROBUST") == "SECURITY COOPERATION ROBUST"
    expect(offer).to_be_visible()
    after = text.bounding_box()
    assert before is not None
    assert after is not None
    assert (before["height"], before["x"]) == (after["height"], after["x"])
    assert page.evaluate("document.documentElement.scrollHeight") == height
    check(page, f"selected-{request.node.callspec.id}")
    offer.click()
    expect(page.get_by_label("What is to be done")).to_have_value("SECURITY COOPERATION ROBUST")


def test_a_drag_that_begins_in_a_picked_sentence_selects_its_words(review: OpenPage) -> None:
    page = review()
    here = page.locator(".candidate.is-current").get_attribute("id")
    words = "linchpin in the existing East-West"
    assert drag_over(page, words) == words
    expect(page.locator(f"#{here}.is-current")).to_have_count(1)
    page.get_by_role("link", name="Make a task of the selected words").click()
    expect(page.get_by_label("What is to be done")).to_have_value(words)


def test_a_picked_sentence_still_leads_to_its_candidate_by_keyboard(review: OpenPage) -> None:
    page = review()
    words = "linchpin in the existing East-West"
    drag_over(page, words)  # What is selected does not stand in the way of the keyboard.
    link = page.locator(".hit:not(.is-current) a").nth(3)
    target = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{target}.is-current")).to_be_focused()


def test_words_that_a_field_was_read_from_are_lit_in_the_text_beside(review: OpenPage) -> None:
    page = review()
    address = page.url
    card = page.locator(".candidate").nth(5)
    card.get_by_text("Why this, field by field").click()
    link = card.locator("[data-words]").first
    link.click()
    lit = page.evaluate("[...CSS.highlights.get('words')][0].toString()")
    assert f"“{' '.join(lit.split())}”" == link.inner_text()
    assert page.url == address
    top, bottom, height = page.evaluate(_LIT_AT)
    assert 0 <= top < bottom <= height
    check(page, "words-lit")


def test_on_a_phone_where_no_text_is_beside_they_lead_to_a_page_of_it(review: OpenPage) -> None:
    page = review(PHONE)
    card = page.locator(".candidate").first
    card.get_by_text("Why this, field by field").click()
    card.locator("[data-words]").first.click()
    page.wait_for_url("**/source?from=**")
    expect(page.locator("#passage")).to_be_in_viewport()


def test_on_a_phone_the_text_is_one_step_from_anywhere_in_the_candidates(review: OpenPage) -> None:
    page = review(PHONE)
    expect(page.get_by_text("Something missed?").first).to_be_in_viewport()
    page.locator(".candidate").nth(20).scroll_into_view_if_needed()
    page.get_by_role("link", name="The text", exact=True).click()
    expect(page.get_by_role("heading", name="The text")).to_be_in_viewport()
    expect(page.get_by_text("Select its words below")).to_be_in_viewport()
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    expect(page.get_by_role("link", name="The text", exact=True)).to_be_hidden()
