"""From a pasted cable to tasks, by keyboard, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.reviewing import check, sign_in_as
from tests.browser.rig import serving
from tests.world import World, shipped_cable
from tracker.db import Database
from tracker.models import Candidate, Task


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application is served."""
    with serving(app) as url:
        yield url


def sign_in(page: Page, world: World, app: Flask, address: str) -> None:
    """Signs in a person of the United States."""
    person = world.person("Anne Lead", party="United States")
    sign_in_as(page, world, app, address, person)


def open_review(page: Page, address: str, name: str) -> None:
    """Pastes the shipped cable and confirms it."""
    page.goto(f"{address}/cables/import")
    check(page, f"import-{name}")
    page.get_by_label("Or paste the text").fill(shipped_cable().decode())
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/confirm")
    assert page.locator("input[name=dates]:checked").count() == 0
    check(page, f"confirm-{name}")
    page.get_by_role("button", name="Confirm and go on").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page, f"confirm-again-{name}")
    page.get_by_text("9–10 July 2007", exact=True).click()
    page.get_by_role("button", name="Confirm and go on").click()
    page.wait_for_url("**/review")
    check(page, f"review-{name}")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_cable_is_pasted_confirmed_and_reviewed_by_keyboard(
    size: tuple[int, int],
    open_page: OpenPage,
    app: Flask,
    world: World,
    address: str,
    database: Database,
    request: pytest.FixtureRequest,
) -> None:
    name = request.node.callspec.id.replace("/", "-")
    page = open_page(size)
    sign_in(page, world, app, address)
    open_review(page, address, name)
    status = page.locator("#review-counts")
    waiting = page.locator('.candidate.is-current[data-decision="pending"]')

    page.keyboard.press("a")
    expect(status).to_contain_text("1 of ")
    expect(waiting).to_be_focused()
    page.keyboard.press("r")
    expect(status).to_contain_text("2 of ")
    expect(waiting).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("u")
    expect(status).to_contain_text("1 of ")
    expect(waiting).to_be_focused()

    page.keyboard.press("e")
    title = page.get_by_label("What is to be done")
    expect(title).to_be_focused()
    check(page, f"edit-{name}")
    title.fill("Written by hand")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("2 of ")
    expect(waiting).to_be_focused()

    page.keyboard.press("Shift+R")
    expect(page.locator(".candidate.is-current .candidate__reason [name=reason]")).to_be_focused()
    page.keyboard.type("Background only")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("3 of ")
    expect(page.get_by_text("“Background only”")).to_be_visible()

    page.keyboard.press("x")
    expect(page.locator("#selected")).to_be_visible()
    check(page, f"ticked-{name}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    check(page, f"keys-{name}")
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Accept all likely").click()
    expect(page.get_by_text("likely candidates became tasks")).to_be_visible()
    expect(waiting).to_be_visible()
    left = status.inner_text()
    page.keyboard.press("r")
    expect(status).not_to_have_text(left)
    check(page, f"accepted-{name}")
    with database.reading() as session:
        titles = [task.title for task in session.query(Task)]
        decided = session.query(Candidate).filter_by(decision="accepted").count()
    assert "Written by hand" in titles
    assert len(titles) == decided


def test_without_scripts_a_candidate_is_accepted_and_the_next_one_is_shown(
    scriptless: Page, app: Flask, world: World, address: str
) -> None:
    sign_in(scriptless, world, app, address)
    scriptless.goto(f"{address}/cables/import")
    scriptless.get_by_label("Or paste the text").fill(shipped_cable().decode())
    scriptless.get_by_role("button", name="Read it").click()
    scriptless.get_by_text("9–10 July 2007", exact=True).click()
    scriptless.get_by_role("button", name="Confirm and go on").click()
    scriptless.get_by_role("button", name="Accept", exact=True).first.click()
    expect(scriptless.locator("#review-counts")).to_contain_text("1 of ")
    expect(scriptless.locator(".candidate:target")).to_be_in_viewport()


def test_the_passage_of_the_current_candidate_is_lit_and_in_view(
    page: Page, app: Flask, world: World, address: str
) -> None:
    sign_in(page, world, app, address)
    open_review(page, address, "passage")
    for _ in range(12):
        page.keyboard.press("j")
    lit = page.locator(".hit.is-current").first
    expect(lit).to_be_in_viewport()
    page.locator(".hit:not(.is-current) a").nth(3).click()
    expect(page.locator(".candidate.is-current")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("talks.pdf", b"%PDF-1.7", "This is a PDF file"),
        ("talks.rtf", b"{\\rtf1 The talks}", "This is a rich text file"),
        ("talks.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)), "This is a picture"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_what_to_do(
    page: Page, app: Flask, world: World, address: str, name: str, data: bytes, words: str
) -> None:
    sign_in(page, world, app, address)
    page.goto(f"{address}/cables/import")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    expect(page.get_by_text("not a valid file type")).to_have_count(0)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#file-error")).to_contain_text(words)
    check(page, f"refused-{name}")
