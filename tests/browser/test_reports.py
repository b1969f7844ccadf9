"""The reporting pages in a browser: accessible, within the screen, and a draft without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.rig import assert_accessible, assert_fits, screenshot, serving
from tests.services.reporting import DUE, Reporting
from tests.web.follow_up import SIGN_IN
from tests.world import World

BASE = "/dialogues/northland-sundria-border-talks"
ONE = f"{BASE}/reports/{DUE.isoformat()}/version/1"
Enter = Callable[[Page, int], str]


@pytest.fixture
def reporting(world: World) -> Reporting:
    found = Reporting(world)
    found.share(found.list_task, "Both sides exchange lists.")
    found.draft()
    return found


@pytest.fixture
def enter(app: Flask, signed_in: SIGN_IN) -> Iterator[Enter]:
    """``enter(page, contact_id)`` signs a person in on that page; gives the server's address."""
    with serving(app) as address:

        def open_as(page: Page, contact_id: int) -> str:
            cookie = signed_in(contact_id).get_cookie("tracker")
            assert cookie is not None
            page.context.add_cookies([{"name": "tracker", "value": cookie.value, "url": address}])
            return address

        yield open_as


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_reporting_pages_are_accessible_and_fit_the_screen(
    reporting: Reporting, enter: Enter, open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page(size)
    address = enter(page, reporting.mira)
    for name, path in (
        ("reports", f"{BASE}/reports/"),
        ("draft", ONE),
        ("shared-draft", f"{ONE}?edition=shared"),
        ("any-day", f"{BASE}/reports/2008-01-10?since=2007-07-10"),
        ("standing", f"{BASE}/standing"),
        ("standing-of-all", "/standing/"),
        ("ask", f"{BASE}/standing/ask/1"),
    ):
        page.goto(address + path)
        assert_accessible(page)
        assert_fits(page)
        screenshot(page, f"{name}-{size[0]}")


def test_a_draft_is_written_and_frozen_without_scripts(
    reporting: Reporting, enter: Enter, scriptless: Page
) -> None:
    address = enter(scriptless, reporting.mira)
    scriptless.goto(address + ONE)
    scriptless.locator("#shared-0").fill("The talks go well.")
    scriptless.get_by_role("button", name="Save the draft").click()
    expect(scriptless.get_by_text("The draft was saved.")).to_be_visible()
    scriptless.get_by_role("button", name="Freeze the report").click()
    expect(scriptless.get_by_text("Frozen, waiting for approval.")).to_be_visible()
    expect(scriptless.locator("p.report-narrative")).to_have_text("The talks go well.")
