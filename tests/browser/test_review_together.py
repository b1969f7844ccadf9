"""Reviewing with others and reshaping: two browsers on one cable, merging, splitting, undoing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.reviewing import check, sign_in_as
from tests.browser.rig import serving
from tests.world import World
from tracker.db import Database
from tracker.queries.cables import candidates_of


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application is served."""
    with serving(app) as url:
        yield url


@pytest.fixture
def anne(world: World) -> int:
    """A person of the United States."""
    return world.person("Anne Lead", party="United States")


@pytest.fixture
def review(world: World, anne: int, address: str) -> str:
    """The review of the shipped cable, which Anne leads."""
    return f"{address}/cables/{world.baku(actor=world.actor(anne))}/review"


@pytest.fixture
def open_review(
    app: Flask, world: World, address: str, anne: int, review: str, open_page: OpenPage
) -> OpenPage:
    """Opens the review as Anne, or as another editor by name. Its pages close before the server,
    which would wait for the connections that they hold."""

    def opened(size: tuple[int, int] = DESK, *, name: str = "", **options: bool) -> Page:
        person = anne
        if name:
            person = world.person(name, party="United States")
            world.join(1, person, "editor")
        page = open_page(size, **options)
        sign_in_as(page, world, app, address, person)
        page.goto(review)
        return page

    return opened


def titles(page: Page) -> list[str]:
    """The titles of all candidates on the page, in order."""
    return page.locator(".candidate__title").all_inner_texts()


def total(page: Page) -> int:
    """How many candidates the bar counts."""
    return int(page.locator("#review-counts b").inner_text().split()[-1])


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_candidates_are_merged_split_and_brought_back_by_keyboard(
    open_review: OpenPage,
    size: tuple[int, int],
    database: Database,
    request: pytest.FixtureRequest,
) -> None:
    name = request.node.callspec.id
    page = open_review(size)
    before, count = titles(page), total(page)
    counts = page.locator("#review-counts")

    merge = page.locator(".candidate.is-current [data-merge] button")
    assert merge.get_attribute("title") == f"Joins: {' '.join(before[1].split())}"
    page.keyboard.press("m")
    expect(counts).to_contain_text(f"of {count - 1}")
    merged = page.locator(".candidate.is-current")
    expect(merged).to_be_focused()
    expect(merged).to_contain_text("Undo the merge")
    assert len(page.locator(".hit.is-current").all_inner_texts()) >= 1
    check(page, f"merged-{name}")
    page.keyboard.press("u")
    expect(counts).to_contain_text(f"of {count} decided")
    expect(page.locator(".candidate.is-current")).to_be_focused()
    assert titles(page) == before

    page.keyboard.press("s")
    expect(page.locator(".points__word:focus")).to_be_visible()
    check(page, f"split-{name}")
    page.keyboard.press("ArrowRight")
    word = page.locator(".points__word:focus").inner_text()
    page.keyboard.press("Enter")
    expect(counts).to_contain_text(f"of {count + 1}")
    expect(page.locator(".candidate.is-current")).to_be_focused()
    check(page, f"parts-{name}")
    with database.reading() as session:
        parts = [one for one in candidates_of(session, 1) if one.split_from_id]
        text = parts[0].cable.text
        assert text[parts[1].span_start : parts[1].span_end].startswith(word)
    page.keyboard.press("u")
    expect(counts).to_contain_text(f"of {count} decided")
    assert titles(page) == before

    page.keyboard.press("s")
    page.locator(".points__word:focus").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(".points")).to_have_count(0)
    expect(page.locator(".candidate.is-current")).to_be_focused()


def test_two_people_see_each_others_decisions_without_loading_again(open_review: OpenPage) -> None:
    anne, tom = open_review(), open_review(name="Tom Second")
    count = total(anne)
    tom.keyboard.press("a")
    expect(anne.locator("#review-counts")).to_contain_text("1 of ")
    expect(anne.locator("#review-news")).to_contain_text("Tom Second accepted as task 1")
    first = anne.locator(".candidate").first
    expect(first).to_contain_text("Task 1")
    check(anne, "news")
    tom.keyboard.press("r")
    expect(anne.locator("#review-counts")).to_contain_text("2 of ")
    tom.keyboard.press("m")
    expect(anne.locator("#review-counts")).to_contain_text(f"2 of {count - 1}")
    expect(anne.locator("#review-news")).to_contain_text("Tom Second merged candidates")
    tom.keyboard.press("u")
    expect(anne.locator("#review-counts")).to_contain_text(f"2 of {count} decided")
    assert titles(anne) == titles(tom)
    assert anne.locator(".hit").count() == tom.locator(".hit").count()


def test_what_somebody_is_writing_is_not_disturbed_by_others(open_review: OpenPage) -> None:
    anne, tom = open_review(), open_review(name="Tom Second")
    anne.keyboard.press("e")
    title = anne.get_by_label("What is to be done")
    title.fill("My own words")
    tom.keyboard.press("a")
    expect(anne.locator("#review-news")).to_contain_text("Tom Second accepted as task 1")
    expect(title).to_be_focused()
    expect(title).to_have_value("My own words")
    anne.keyboard.press("Enter")
    expect(anne.locator(".candidate--edited")).to_contain_text("What you wrote is still below")
    expect(title).to_have_value("My own words")
    anne.keyboard.press("Escape")
    expect(anne.locator(".candidate").first).to_contain_text("Task 1")


def test_ticks_and_the_current_candidate_stay_while_others_decide(open_review: OpenPage) -> None:
    anne, tom = open_review(), open_review(name="Tom Second")
    for _ in range(3):
        anne.keyboard.press("j")
    anne.keyboard.press("x")
    here = anne.locator(".candidate.is-current").get_attribute("id")
    tom.keyboard.press("a")
    expect(anne.locator("#review-news")).not_to_be_empty()
    assert anne.locator(".candidate.is-current").get_attribute("id") == here
    expect(anne.locator(f"#{here} .candidate__tick input")).to_be_checked()


def test_without_scripts_candidates_are_merged_and_split(open_review: OpenPage) -> None:
    page = open_review(PHONE, scripts=False)
    count = total(page)
    page.get_by_role("button", name="Merge with the next").first.click()
    assert total(page) == count - 1
    page.get_by_role("button", name="Undo the merge").click()
    assert total(page) == count
    page.get_by_role("link", name="Split").first.click()
    page.locator(".points__word").nth(4).click()
    assert total(page) == count + 1
    page.get_by_role("button", name="Undo the split").first.click()
    assert total(page) == count
