"""A corrected copy in a real browser: pasted, compared, confirmed, and its questions answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.reviewing import check, sign_in_as
from tests.browser.rig import serving
from tests.corrected import CORRECTED
from tests.invented import confirmed
from tests.world import World
from tracker.db import Database


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application is served."""
    with serving(app) as url:
        yield url


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_corrected_copy_is_compared_confirmed_and_decided_on(
    app: Flask,
    world: World,
    database: Database,
    address: str,
    open_page: OpenPage,
    size: tuple[int, int],
    request: pytest.FixtureRequest,
) -> None:
    name = request.node.callspec.id
    mira = world.person()
    cable_id = confirmed(database, world.actor(mira))
    page = open_page(size)
    sign_in_as(page, world, app, address, mira)
    page.goto(f"{address}/cables/{cable_id}/review")
    page.get_by_role("button", name="Accept all likely").click()
    page.goto(f"{address}/cables/import")
    page.get_by_label("Or paste the text").fill(CORRECTED)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What changed in the text")).to_be_visible()
    check(page, f"version-{name}")
    page.get_by_role("button", name="Make it the current version").click()
    expect(page.get_by_role("heading", name="2 tasks to decide on")).to_be_visible()
    check(page, f"questions-{name}")
    page.get_by_role("button", name="Take the new wording").click()
    expect(page.get_by_text("New wording taken")).to_be_visible()
    page.get_by_label("Reason, where it is declined").fill("No longer promised")
    page.get_by_role("button", name="Decline it").click()
    expect(page.get_by_role("heading", name="All tasks are decided on")).to_be_visible()
    check(page, f"answered-{name}")
    page.get_by_role("link", name="Review of this version").click()
    expect(page.get_by_role("button", name="Accept all likely (1)")).to_be_visible()
