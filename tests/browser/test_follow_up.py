"""Following up in a real browser: home, board, list and task, by keyboard, on a phone, without
scripts, and two people at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.rig import assert_accessible, assert_fits, screenshot, serving
from tests.web.follow_up import BOARD, LIST, FollowUp, in_days
from tests.world import World

Enter = Callable[[Page, int], None]
LATE = f"{LIST}/1"


@pytest.fixture
def follow_up(world: World) -> FollowUp:
    """A dialogue with its people and four tasks, one with a title nobody would write."""
    found = FollowUp(world)
    world.task(
        found.dialogue_id,
        "Nominate participants for the working group on maritime security, with names and dates",
        owners=["Directorate-General for Border and Customs Affairs", found.per, found.mira],
        due_on=in_days(3),
        marking="S//NF",
    )
    world.task(found.dialogue_id, f"Send {'x' * 120} <script>alert(1)</script>")
    return found


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application is served."""
    with serving(app) as url:
        yield url


@pytest.fixture
def enter(app: Flask, world: World, address: str) -> Enter:
    """``enter(page, contact_id)`` signs that person in on the page's browser."""

    def sign_in(page: Page, contact_id: int) -> None:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = world.session_token(contact_id), True
        name = app.config["SESSION_COOKIE_NAME"]
        kept = client.get_cookie(name)
        assert kept is not None
        page.context.add_cookies([{"name": name, "value": kept.value, "url": address}])

    return sign_in


@pytest.mark.parametrize(("size", "name"), [(DESK, "desk"), (PHONE, "phone")])
def test_every_page_is_accessible_and_fits(
    address: str,
    enter: Enter,
    follow_up: FollowUp,
    open_page: OpenPage,
    size: tuple[int, int],
    name: str,
) -> None:
    page = open_page(size)
    enter(page, follow_up.mira)
    paths = {
        "home": "/",
        "portfolio": "/dialogues/",
        "board": BOARD,
        "board-by-owner": f"{BOARD}?by=owner",
        "list": f"{LIST}?status=open&order=number&kind=oddity",
        "list-everywhere": "/tasks",
        "list-empty": f"{LIST}?text=unicorn",
        "task": f"{LIST}/5",
        "task-edit": f"{LATE}/edit",
        "task-new": f"{LIST}/new",
        "meeting": f"{BOARD}meetings/1",
    }
    for what, path in paths.items():
        page.goto(f"{address}{path}")
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
        screenshot(page, f"{what}-{name}")
        assert_accessible(page)
        assert_fits(page)


def test_a_status_is_changed_in_place_by_keyboard_alone(
    address: str, enter: Enter, follow_up: FollowUp, page: Page
) -> None:
    enter(page, follow_up.mira)
    page.goto(f"{address}{BOARD}")
    page.evaluate("window.isSamePage = true")
    page.get_by_label("Status of task 1", exact=True).focus()
    page.keyboard.press("d")
    page.keyboard.press("Tab")
    save = page.get_by_role("button", name="Save the status of task 1", exact=True)
    expect(save).to_be_focused()
    expect(save).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("its status is now done")
    expect(page.locator(".standing")).to_contain_text("2 done")
    expect(save).to_be_focused()
    assert page.evaluate("window.isSamePage")
    assert follow_up.stored(follow_up.late).status == "done"


def test_deferring_in_place_leads_to_the_question_until_when(
    address: str, enter: Enter, follow_up: FollowUp, page: Page
) -> None:
    enter(page, follow_up.mira)
    page.goto(f"{address}{BOARD}")
    page.get_by_label("Status of task 1", exact=True).select_option("deferred")
    page.get_by_role("button", name="Save the status of task 1", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Say until when it is deferred.")
    expect(page.get_by_label("Deferred until")).to_be_visible()
    page.get_by_label("Deferred until").fill(in_days(90).isoformat())
    page.get_by_role("button", name="Save the update").click()
    expect(page.locator("#messages")).to_contain_text("its status is now deferred")


def test_two_people_change_a_task_at_once_and_no_text_is_lost(
    address: str, enter: Enter, follow_up: FollowUp, open_page: OpenPage
) -> None:
    one, other = open_page(), open_page()
    enter(one, follow_up.mira)
    enter(other, follow_up.per)
    for page in (one, other):
        page.goto(f"{address}{LATE}")
    other.get_by_label("Status", exact=True).select_option("done")
    other.get_by_role("button", name="Save the update").click()
    expect(other.locator("#messages")).to_contain_text("its status is now done")
    one.get_by_label("Status", exact=True).select_option("agreed")
    one.get_by_role("textbox", name="Remark").fill("They agreed in the plenary.\n<b>Twice.</b>")
    one.get_by_role("button", name="Save the update").click()
    expect(one.get_by_role("heading", level=1)).to_contain_text("Somebody else changed this")
    expect(one.get_by_text("Per Lind changed the status from Proposed to Done.")).to_be_visible()
    expect(one.get_by_role("textbox", name="Remark")).to_have_value(
        "They agreed in the plenary.\n<b>Twice.</b>"
    )
    screenshot(one, "conflict")
    assert_accessible(one)
    one.get_by_role("button", name="Save my version").click()
    expect(one.get_by_text("They agreed in the plenary.")).to_be_visible()
    assert follow_up.stored(follow_up.late).status == "agreed"


def test_a_conflict_on_the_board_shows_the_whole_page_and_leads_back(
    address: str, enter: Enter, follow_up: FollowUp, page: Page
) -> None:
    enter(page, follow_up.mira)
    page.goto(f"{address}{BOARD}")
    follow_up.change(follow_up.late, by=follow_up.per, status="done")
    page.get_by_label("Status of task 1", exact=True).select_option("agreed")
    page.get_by_role("button", name="Save the status of task 1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Somebody else changed this")
    assert_accessible(page)
    page.get_by_role("button", name="Save my version").click()
    expect(page.locator(".board-section").first).to_be_visible()
    assert follow_up.stored(follow_up.late).status == "agreed"


def test_many_tasks_are_ticked_and_changed(
    address: str, enter: Enter, follow_up: FollowUp, page: Page
) -> None:
    enter(page, follow_up.mira)
    page.goto(f"{address}{LIST}")
    page.get_by_role("checkbox", name="Pick task 1", exact=True).press("Space")
    page.get_by_role("checkbox", name="Pick task 3", exact=True).press("Space")
    expect(page.locator("#bulk-count")).to_contain_text("2 ticked")
    page.locator("#bulk").get_by_label("Status", exact=True).select_option("agreed")
    page.get_by_role("button", name="Change the ticked tasks").click()
    expect(page.locator("#messages")).to_contain_text("2 tasks (1 and 3) were changed.")


def test_on_a_phone_without_scripts_everything_reads_and_saves(
    address: str, enter: Enter, follow_up: FollowUp, scriptless: Page
) -> None:
    enter(scriptless, follow_up.mira)
    scriptless.goto(f"{address}{BOARD}?by=date")
    scriptless.get_by_label("Status of task 1", exact=True).select_option("in_progress")
    scriptless.get_by_role("button", name="Save the status of task 1", exact=True).click()
    expect(scriptless.get_by_text("its status is now in progress")).to_be_visible()
    scriptless.get_by_role("link", name="Send the list").click()
    scriptless.get_by_label("Due date", exact=True).fill(in_days(40).isoformat())
    scriptless.get_by_label("Why the due date moves").fill("the ministry's reply is outstanding")
    scriptless.get_by_role("button", name="Save the update").click()
    expect(scriptless.get_by_text("moved the due date from")).to_be_visible()
    scriptless.get_by_text("Hand over or add an owner").click()
    scriptless.get_by_label("New owner").select_option(label="Ivo Reader")
    scriptless.get_by_role("button", name="Hand over").click()
    expect(scriptless.get_by_text("handed the task over from Per Lind to")).to_be_visible()
    scriptless.goto(f"{address}{LIST}")
    scriptless.locator("#filter-status").select_option("open")
    scriptless.get_by_role("button", name="Filter").click()
    expect(scriptless.get_by_role("link", name="Status: Open")).to_be_visible()
    assert_fits(scriptless)
