"""A dialogue's reminders in a browser: readable and accessible at a desk and on a phone."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.rig import assert_accessible, assert_fits, screenshot, serving
from tests.web.follow_up import BOARD, FollowUp, in_days
from tests.world import World
from tracker.models import Contact

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PAGE = f"{BOARD}reminders"


def fill(world: World) -> FollowUp:
    """Offices with and without a head, a co-chair, and tasks that several people will hear of."""
    found = FollowUp(world)
    desk = world.person("Office of Caucasus Affairs and Regional Conflicts", kind="office")
    world.person("Customs Desk", kind="office")
    head, chair = world.person("Anna Keel"), world.person("Ursula Brandt-Vestergaard")
    world.join(found.dialogue_id, head, "reader")
    world.join(found.dialogue_id, chair, "co-chair")
    with world.database.transaction() as session:
        session.get_one(Contact, found.per).office_id = desk
        session.get_one(Contact, desk).head_id = head
    away = world.person("Aino Vestergaard-Lindqvist", email=None)
    title = "Agree the wording of the annex on customs posts and their hours of opening"
    world.task(found.dialogue_id, title, owners=[away], due_on=in_days(9))
    return found


def open_page_of(page: Page, app: Flask, world: World, address: str, contact_id: int) -> None:
    serializer = app.session_interface.get_signing_serializer(app)
    assert serializer is not None
    value = serializer.dumps({"_user_id": world.session_token(contact_id), "_fresh": True})
    page.context.add_cookies([{"name": "tracker", "value": str(value), "url": address}])
    page.goto(f"{address}{PAGE}")


def test_the_page_of_reminders_is_readable_at_a_desk_and_on_a_phone(
    app: Flask, world: World, open_page: OpenPage
) -> None:
    found = fill(world)
    with serving(app) as address:
        for name, size in (("desk", (1280, 900)), ("phone", (390, 844))):
            page = open_page(size)
            open_page_of(page, app, world, address, found.mira)
            page.get_by_text("Change the rules").click()
            expect(page.get_by_label("Days before a task is due")).to_be_visible()
            assert_accessible(page)
            assert_fits(page)
            screenshot(page, f"reminders-{name}")
            page.goto(f"{address}/me/")
            expect(page.get_by_role("heading", name="When you next hear from us")).to_be_visible()
            assert_accessible(page)
            assert_fits(page)
            screenshot(page, f"hear-next-{name}")


def test_rules_are_set_without_a_script(app: Flask, world: World, scriptless: Page) -> None:
    found = fill(world)
    with serving(app) as address:
        page = scriptless
        open_page_of(page, app, world, address, found.mira)
        page.locator("summary", has_text="Change the rules").click()
        page.get_by_label("Days before a task is due").fill("21, 3")
        page.get_by_label("Days overdue until the head").fill("400")
        page.get_by_role("button", name="Save the rules").click()
        expect(page.get_by_text("Give 1 to 366 days").first).to_be_visible()
        page.get_by_label("Days overdue until the head").fill("")
        page.get_by_role("button", name="Save the rules").click()
        expect(page.get_by_text("Owners are reminded 21 and 3 days before")).to_be_visible()
        page.get_by_label("Show what would go out on").fill(in_days(3).isoformat())
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.get_by_text("if nothing goes out before")).to_be_visible()
