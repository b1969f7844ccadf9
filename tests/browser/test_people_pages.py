"""Set-up, sign-in, directory, roles, accounts and settings in a real browser, on a phone too."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.rig import assert_accessible, assert_fits, screenshot, serving
from tests.world import World
from tracker.services.set_up import ensure_link

PASSWORD = "quiet lantern over harbour"
LOGIN = "lea.storm@example.org"
TALKS = "/dialogues/northland-sundria-border-talks"


@pytest.fixture
def lead(world: World) -> int:
    """Somebody who administers, and leads a dialogue with a task that names nobody we know."""
    contact_id, dialogue_id = world.person("Lea Storm"), world.dialogue()
    world.account(contact_id, password=PASSWORD, is_administrator=True)
    world.join(dialogue_id, contact_id, "lead")
    world.task(dialogue_id, owners=[contact_id, "DFM Brandt"], marking="C")
    return contact_id


def enter(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Mail address").fill(LOGIN)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def test_the_first_administrator_sets_up_on_a_phone_without_scripts(
    app: Flask, world: World, scriptless: Page
) -> None:
    with world.database.transaction() as session:
        token = ensure_link(session, dt.datetime.now(dt.UTC))
    with serving(app) as address:
        scriptless.goto(f"{address}/set-up/{token}")
        scriptless.get_by_role("button", name="Set up and sign in").click()
        expect(scriptless.get_by_role("alert")).to_contain_text("Enter your name.")
        assert_fits(scriptless)
        for label, text in (
            ("Your name", "Ilse Varga"),
            ("Mail address", "ilse@example.org"),
            ("Country that you work for", "Northland"),
            ("Password", PASSWORD),
            ("The same password again", PASSWORD),
        ):
            scriptless.get_by_label(label, exact=True).fill(text)
        scriptless.get_by_role("button", name="Set up and sign in").click()
        expect(scriptless.get_by_text("The tracker is yours.")).to_be_visible()


def test_every_page_is_accessible_and_fits_a_desk_and_a_phone(
    app: Flask, lead: int, page: Page, phone: Page
) -> None:
    paths = ("/people/", "/people/new", f"/people/{lead}", f"/people/{lead}/edit")
    paths += ("/people/names", f"{TALKS}/people", "/system/?history=1", "/system/accounts")
    paths += ("/me/", "/me/password")
    with serving(app) as address:
        for name, one in (("desk", page), ("phone", phone)):
            one.goto(f"{address}/forgotten")
            assert_accessible(one)
            enter(one, address)
            for path in paths:
                one.goto(address + path)
                assert_accessible(one)
                assert_fits(one)
                screenshot(one, f"people{path.replace('/', '-')}-{name}")


def test_a_name_is_linked_and_a_role_given_with_the_keyboard_alone(
    app: Flask, lead: int, world: World, page: Page
) -> None:
    world.person("Otto Brandtner")
    with serving(app) as address:
        enter(page, address)
        page.goto(f"{address}/people/names")
        page.get_by_label("Who is DFM Brandt?").focus()
        page.keyboard.type("Otto")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("now belong to Otto Brandtner")).to_be_visible()
        page.goto(f"{address}{TALKS}/people")
        page.locator("summary", has_text="the roles of Otto Brandtner").focus()
        page.keyboard.press("Enter")
        page.get_by_role("group", name="Roles of Otto Brandtner").get_by_label("Editor").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Otto Brandtner is now")).to_contain_text("editor")


def test_two_people_who_edit_one_entry_both_keep_their_text(
    app: Flask, lead: int, open_page: OpenPage
) -> None:
    one, other = open_page(), open_page()
    with serving(app) as address:
        for page in (one, other):
            enter(page, address)
            page.goto(f"{address}/people/{lead}/edit")
        one.get_by_label("Title or position").fill("Minister")
        one.get_by_role("button", name="Save").click()
        other.get_by_label("Title or position").fill("Ambassador")
        other.get_by_role("button", name="Save").click()
        expect(other.get_by_role("heading", name="Two versions")).to_be_visible()
        expect(other.get_by_role("cell", name="Minister")).to_be_visible()
        expect(other.get_by_label("Title or position")).to_have_value("Ambassador")
        assert_accessible(other)
        other.get_by_role("button", name="Save").click()
        expect(other.get_by_role("heading", name="Ambassador Lea Storm")).to_be_visible()
