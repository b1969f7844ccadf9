"""The outbox in a browser: readable and accessible at a desk and on a phone, retry by button."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.rig import assert_accessible, assert_fits, screenshot, serving
from tests.web.follow_up import FollowUp, in_days
from tests.world import World
from tracker.config import Settings
from tracker.mail.outcomes import PermanentFailure, TemporaryFailure
from tracker.mail.senders import FolderSender, MemorySender
from tracker.services.send_reminders import sweep
from tracker.services.sweep_settings import plan_settings, send_settings

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def fill(world: World, settings: Settings) -> FollowUp:
    """Mails that were sent, failed, wait and were cancelled."""
    found = FollowUp(world)
    names = ("Nils Brandt", "Aino Vestergaard-Lindqvist", "Olof Ahlgren")
    people = [world.person(name) for name in names]
    for number, person in enumerate(people):
        title = f"Agree the wording of the annex on customs posts, part {number + 1}"
        world.task(found.dialogue_id, title, owners=[person], due_on=in_days(number))
    refusing = MemorySender(
        {
            "nils.brandt@example.org": PermanentFailure("550 5.1.1 No such mailbox here"),
            "olof.ahlgren@example.org": TemporaryFailure("450 4.2.1 Mailbox busy"),
        }
    )
    for sender in (refusing, FolderSender(settings.outbox)):
        sweep(
            world.database,
            sender,
            plan_settings(settings),
            send_settings(settings),
            lambda: dt.datetime.now(dt.UTC),
            at_once=sender is refusing,
        )
    return found


def open_outbox(page: Page, app: Flask, world: World, address: str, contact_id: int) -> None:
    serializer = app.session_interface.get_signing_serializer(app)
    assert serializer is not None
    value = serializer.dumps({"_user_id": world.session_token(contact_id), "_fresh": True})
    page.context.add_cookies([{"name": "tracker", "value": str(value), "url": address}])
    page.goto(f"{address}/outbox/")


def test_the_outbox_is_readable_at_a_desk_and_on_a_phone(
    app: Flask, world: World, settings: Settings, open_page: OpenPage
) -> None:
    found = fill(world, settings)
    with serving(app) as address:
        for name, size in (("desk", (1280, 900)), ("phone", (390, 844))):
            page = open_page(size)
            open_outbox(page, app, world, address, found.mira)
            page.get_by_text("When you next hear from us").click()
            expect(page.get_by_role("heading", name="to Nils Brandt")).to_be_visible()
            assert_accessible(page)
            assert_fits(page)
            screenshot(page, f"outbox-{name}")


def test_a_failed_mail_is_retried_without_a_script(
    app: Flask, world: World, settings: Settings, scriptless: Page
) -> None:
    found = fill(world, settings)
    with serving(app) as address:
        open_outbox(scriptless, app, world, address, found.mira)
        scriptless.get_by_role("link", name="Failed 1").click()
        scriptless.get_by_role("button", name="Try again").click()
        assert "is tried again" in scriptless.locator("#messages").inner_text()


def test_a_mail_in_the_folder_can_be_read(
    app: Flask, world: World, settings: Settings, open_page: OpenPage
) -> None:
    found = FollowUp(world)
    sweep(
        world.database,
        FolderSender(settings.outbox),
        plan_settings(settings),
        send_settings(settings),
        lambda: dt.datetime.now(dt.UTC),
        at_once=True,
    )
    with serving(app) as address:
        for name, size in (("desk", (1280, 900)), ("phone", (390, 844))):
            page = open_page(size)
            open_outbox(page, app, world, address, found.per)
            page.get_by_role("link", name="Read the mail").first.click()
            expect(page.get_by_text("You own it")).to_be_visible()
            assert_accessible(page)
            assert_fits(page)
            screenshot(page, f"mail-{name}")
