"""The reporting pages in a browser: accessible, within the screen, and a draft without scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.rig import assert_accessible, assert_fits, screenshot, serving
from tests.services.reporting import DUE, HOST, Reporting, at
from tests.web.follow_up import SIGN_IN
from tests.world import World
from tracker.config import Settings
from tracker.models import Dialogue, ReportMail
from tracker.services.answer_call import update_url
from tracker.services.call_for_updates import call_for_updates
from tracker.services.freeze_report import freeze_report

BASE = "/dialogues/northland-sundria-border-talks"
ONE = f"{BASE}/reports/{DUE.isoformat()}/version/1"
LATER = at(2008, 1, 11)
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
        ("report-mails", "/outbox/reports/"),
    ):
        look_at(page, address + path, f"{name}-{size[0]}")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_other_sides_pages_are_accessible_and_fit_the_screen(
    reporting: Reporting, enter: Enter, open_page: OpenPage, size: tuple[int, int]
) -> None:
    with reporting.writing() as (session, report):
        lead = reporting.actor(reporting.mira)
        freeze_report(session, report, actor=lead, now=LATER, today=LATER.date(), host=HOST)
    page = open_page(size)
    address = enter(page, reporting.bo)
    for name, path in (
        ("their-list", f"{BASE}/shared/"),
        ("their-standing", f"{BASE}/standing"),
        ("their-reports", f"{BASE}/reports/"),
        ("their-approval", ONE),
    ):
        look_at(page, address + path, f"{name}-{size[0]}")
    page.goto(f"{address}{BASE}/shared/meetings/1/items/1")
    page.get_by_text("Ask the owner").click()
    page.get_by_label("Your question").fill("Who types it?")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_text("No answer yet.")).to_be_visible()
    look_at(page, page.url, f"their-item-{size[0]}")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_form_behind_a_call_works_without_signing_in_and_without_scripts(
    reporting: Reporting,
    app: Flask,
    settings: Settings,
    open_page: OpenPage,
    size: tuple[int, int],
) -> None:
    now = dt.datetime.now(dt.UTC)
    with reporting.world.database.transaction() as session:
        dialogue = session.get_one(Dialogue, reporting.dialogue_id)
        lead = reporting.actor(reporting.mira)
        call_for_updates(session, dialogue, as_of=DUE, actor=lead, now=now, host=HOST)
        query = select(ReportMail).where(
            ReportMail.contact_id == reporting.per, ReportMail.kind == "call"
        )
        link = update_url(session, session.scalars(query).one(), settings.secret_key, "")
    with serving(app) as address:
        page = open_page(size, scripts=False)
        page.goto(f"{address}{link}")
        assert_fits(page)
        screenshot(page, f"update-{size[0]}")
        page.get_by_label("What is new on task 1").fill("Half is typed.")
        page.get_by_role("button", name="Send my update").click()
        expect(page.get_by_text("1 task updated.")).to_be_visible()
        page.close()


def look_at(page: Page, address: str, name: str) -> None:
    """Opens a page, keeps a picture of it, and asserts that it can be read."""
    page.goto(address)
    screenshot(page, name)
    assert_accessible(page)
    assert_fits(page)


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
