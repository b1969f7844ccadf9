"""The page behind a mail link on a phone without scripts: it fits and takes an answer."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.rig import assert_accessible, assert_fits, screenshot, serving
from tests.web.answering import Answering
from tests.web.follow_up import in_days
from tests.world import World
from tracker.config import Settings

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def post(world: World, settings: Settings) -> Answering:
    return Answering(world, settings)


def test_on_a_phone_without_scripts_a_task_is_answered_for(
    app: Flask, post: Answering, scriptless: Page
) -> None:
    with serving(app) as address:
        scriptless.goto(address + post.made(post.per, post.late))
        assert_fits(scriptless)
        scriptless.get_by_text("It needs another date").click()
        scriptless.get_by_label("New date").fill("2001-01-01")
        scriptless.get_by_role("button", name="Ask for this date").click()
        assert "still to come" in scriptless.locator("main").inner_text()
        assert scriptless.get_by_label("New date").input_value() == "2001-01-01"
        assert_fits(scriptless)
        scriptless.get_by_label("New date").fill(in_days(9).isoformat())
        scriptless.get_by_label("Why", exact=True).fill("The survey is not in yet.")
        scriptless.get_by_role("button", name="Ask for this date").click()
        assert "is now due on" in scriptless.locator("main").inner_text()
    assert post.stored(post.late).due_on == in_days(9)


def test_it_is_accessible_and_breaks_no_policy_at_a_desk_and_on_a_phone(
    app: Flask, post: Answering, open_page: OpenPage
) -> None:
    with serving(app) as address:
        for name, size in (("desk", DESK), ("phone", PHONE)):
            page = open_page(size)
            for task, what in ((post.late, "shown"), (post.later, "hidden")):
                page.goto(address + post.made(post.mira, task))
                for summary in page.locator("details.fold summary").all():
                    summary.click()
                    assert_accessible(page)
                    assert_fits(page)
                screenshot(page, f"answer-{what}-{name}")
            page.get_by_role("button", name="Pause reminders").click()
            assert "Give a day after today" in page.locator("main").inner_text()
            assert_accessible(page)
            screenshot(page, f"answer-again-{name}")


def test_mail_and_calendar_are_set_on_a_phone_without_scripts(
    app: Flask, post: Answering, open_page: OpenPage
) -> None:
    serializer = app.session_interface.get_signing_serializer(app)
    assert serializer is not None
    cookie = str(serializer.dumps({"_user_id": post.world.session_token(post.per), "_fresh": True}))
    with serving(app) as address:
        for scripts in (True, False):
            page = open_page(PHONE, scripts=scripts)
            page.context.add_cookies([{"name": "tracker", "value": cookie, "url": address}])
            page.goto(f"{address}/me/")
            page.get_by_role("button", name="Save mail settings").click()
            assert "It holds from the next mail on" in page.locator("#messages").inner_text()
            page.get_by_role("button", name="new address" if not scripts else "Make my").click()
            assert page.get_by_label("Address of your calendar").input_value().endswith(".ics")
            assert_fits(page)
            if scripts:
                assert_accessible(page)
                screenshot(page, "mail-settings-phone")
