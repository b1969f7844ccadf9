"""The frame and the macros in a real browser: strict policy, keyboard, phone, no scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.rig import AXE, assert_accessible, assert_fits, screenshot, serving, watch
from tests.vendored import faults_of
from tests.web.gallery import make_gallery, person
from tracker.web.error_words import CODES


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """The address of the page that shows every macro to a person who is signed in."""
    with serving(make_gallery(person())) as address:
        yield address


def test_axe_is_the_file_that_was_reviewed() -> None:
    assert faults_of(AXE.parent) == []


def test_every_macro_is_accessible_at_a_desk_and_on_a_phone(
    gallery: str, page: Page, phone: Page
) -> None:
    for name, one in (("desk", page), ("phone", phone)):
        one.goto(f"{gallery}/?marking=C//NF&flash=1")
        assert_accessible(one)
        assert_fits(one)
        screenshot(one, f"gallery-{name}")


def test_a_form_with_errors_is_accessible_and_takes_the_focus_to_what_is_wrong(
    gallery: str, page: Page
) -> None:
    page.goto(gallery)
    page.locator("form[method=post][novalidate]").get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible(page)
    page.get_by_role("link", name="Title: Say what is to be done.").click()
    expect(page.get_by_label("Title")).to_be_focused()
    expect(page.get_by_label("Title")).to_have_accessible_description(
        "Error: Say what is to be done."
    )


@pytest.mark.parametrize("code", CODES)
def test_an_error_page_says_what_happened_and_leads_on(
    code: int, gallery: str, open_page: OpenPage
) -> None:
    phone = open_page(PHONE, expects_errors=True)
    phone.goto(f"{gallery}/fail/{code}")
    for words in ("What was kept", "What to do next"):
        expect(phone.get_by_text(words)).to_be_visible()
    expect(phone.get_by_role("main").get_by_role("link", name="Home")).to_be_visible()
    assert_accessible(phone)
    assert_fits(phone)


def test_the_first_key_press_leads_past_the_navigation(gallery: str, page: Page) -> None:
    page.goto(gallery)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_account_menu_opens_by_keyboard_and_closes_on_escape(gallery: str, page: Page) -> None:
    page.goto(gallery)
    summary = page.locator(".account-menu summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(summary).to_be_focused()


def test_without_scripts_everything_is_reached_on_a_phone(gallery: str, scriptless: Page) -> None:
    scriptless.goto(f"{gallery}/?marking=S")
    main = scriptless.get_by_role("navigation", name="Main")
    for label in ("Home", "Dialogues", "Import", "People", "Outbox", "System"):
        expect(main.get_by_role("link", name=label)).to_be_visible()
    scriptless.locator(".account-menu summary").click()
    expect(scriptless.get_by_role("button", name="Sign out")).to_be_visible()
    scriptless.locator("form[method=post][novalidate]").get_by_role("button", name="Save").click()
    expect(scriptless.get_by_role("link", name="Title: Say what is to be done.")).to_be_visible()


def test_the_marking_stays_in_sight_at_top_and_bottom_however_far_one_scrolls(
    gallery: str, page: Page
) -> None:
    page.goto(f"{gallery}/?marking=S//NF")
    page.evaluate("scrollTo(0, 1500)")
    for place in ("top", "bottom"):
        banner = page.get_by_role("region", name=f"Marking of this page, {place}")
        expect(banner).to_have_text("SECRET//NOFORN")
        expect(banner).to_be_in_viewport()


def test_a_page_without_marked_text_has_no_banner(gallery: str, page: Page) -> None:
    page.goto(gallery)
    expect(page.locator(".marking-banner")).to_have_count(0)


def test_an_inline_script_does_not_run_and_is_noticed(gallery: str, browser: object) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    watched = watch(page)
    page.goto(gallery)
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
    }""")
    assert page.evaluate("window.ran") is None
    page.close()
    assert any("CSP" in fault for fault in watched.faults)


def test_a_server_that_does_not_answer_is_told_and_nothing_typed_is_lost(
    gallery: str, open_page: OpenPage
) -> None:
    page = open_page(expects_errors=True)
    page.goto(gallery)
    page.get_by_label("Remark").fill("The ministry's reply is outstanding.")
    page.evaluate("htmx.ajax('GET', '/fail/503', '#messages').catch(() => 0)")
    expect(page.get_by_role("alert")).to_contain_text("was not saved")
    expect(page.get_by_label("Remark")).to_have_value("The ministry's reply is outstanding.")


def test_printed_pages_keep_the_marking_and_drop_what_one_clicks(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/?marking=C")
    page.emulate_media(media="print")
    expect(page.locator(".app-header")).to_be_hidden()
    expect(page.locator(".marking-banner--top")).to_be_visible()
    expect(page.get_by_role("heading", name="A. Regional issues")).to_be_visible()
