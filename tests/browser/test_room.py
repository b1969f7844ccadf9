"""The room in a browser: the log through lost connections, and two sides at one list.

The server is cut off in the middle, as it happens; a line is never lost and never doubled.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route, expect
from werkzeug.serving import make_server

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.rig import _quiet, assert_accessible, assert_fits, screenshot, serving
from tests.room import LINES, PASSWORD, Room
from tests.world import World
from tracker.models import AgreedList
from tracker.queries.meetings import log_of
from tracker.services.write_log import NewLine

SLUG = "northland-sundria-border-talks"
MEETING = f"/dialogues/{SLUG}/meetings/1"
LOG = f"{MEETING}/log"
LIST = f"{MEETING}/list/1"
SHARED = f"/dialogues/{SLUG}/shared"
SignIn = Callable[[Page, str, str], None]


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as found:
        yield found


@pytest.fixture
def sign_in(room: Room) -> SignIn:
    """``sign_in(page, address, who)``: over the page, as people do."""

    def enter(page: Page, address: str, who: str) -> None:
        email = room.world.account_email(room.people[who], PASSWORD)
        page.goto(f"{address}/sign-in")
        page.get_by_label("Mail address").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{address}/**")
        expect(page.locator(".account-menu")).to_be_visible()

    return enter


def stored(room: Room) -> list[str]:
    with room.database.reading() as session:
        return [entry.text for entry in log_of(session, room.meeting(session))]


def write(page: Page, *lines: str) -> None:
    """Types lines and saves each with Enter."""
    field = page.get_by_label("What was agreed")
    for line in lines:
        field.fill(line)
        field.press("Enter")


def test_lines_are_written_by_keyboard_alone(
    page: Page, address: str, room: Room, sign_in: SignIn
) -> None:
    room.world.task(room.dialogue_id, "Press for the road", kind="objective")
    sign_in(page, address, "notetaker")
    page.goto(address + LOG)
    expect(page.get_by_label("What was agreed")).to_be_focused()
    page.keyboard.type("Send the list @oko")
    expect(page.get_by_role("option", name="Mira Okonjo")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("!in six months #commitment")
    page.keyboard.press("Enter")
    expect(page.locator(".log-line")).to_have_count(1)
    expect(page.locator(".log-line")).to_contain_text("10 January 2008")
    expect(page.get_by_text("All lines are saved.")).to_be_visible()
    expect(page.get_by_label("What was agreed")).to_be_focused()
    assert stored(room) == ["Send the list"]
    page.locator("[data-use=dropped]").click()
    page.keyboard.type("No money for it")
    page.keyboard.press("Enter")
    expect(page.locator(".log-line--dropped")).to_have_count(1)
    screenshot(page, "log-desk")
    assert_accessible(page)
    assert_fits(page)


def test_the_log_on_a_phone_and_without_script(
    phone: Page, scriptless: Page, address: str, room: Room, sign_in: SignIn
) -> None:
    room.write(*LINES)
    for page, name in ((phone, "log-phone"), (scriptless, "log-scriptless")):
        sign_in(page, address, "notetaker")
        page.goto(address + LOG)
        write(page, f"One more point from {name}")
        expect(page.get_by_text(f"One more point from {name}")).to_be_visible()
        screenshot(page, name)
        assert_fits(page)
    assert_accessible(phone)
    assert len(stored(room)) == 5


def test_lines_of_another_notetaker_appear_by_themselves(
    open_page: OpenPage, address: str, room: Room, sign_in: SignIn
) -> None:
    room.world.task(room.dialogue_id, "Press for the road", kind="objective")
    room.write("Already there")
    mine, theirs = open_page(DESK), open_page(DESK)
    for page, who in ((mine, "notetaker"), (theirs, "editor")):
        sign_in(page, address, who)
        page.goto(address + LOG)
    field = mine.get_by_label("What was agreed")
    field.fill("Half a sentence @Ok")
    field.evaluate("field => field.setSelectionRange(4, 4)")
    theirs.locator("[data-use=open]").click()
    theirs.keyboard.press("Enter")
    expect(mine.locator(".log-line")).to_have_count(2)
    expect(mine.locator(".log-line").last).to_contain_text("Press for the road")
    expect(mine.locator("[data-objective]")).to_have_count(0)
    expect(mine.locator("#log-news")).to_have_text("Another line was written.")
    expect(field).to_have_value("Half a sentence @Ok")
    expect(field).to_be_focused()
    assert field.evaluate("field => field.selectionStart") == 4
    field.fill("Whole sentence")
    mine.keyboard.press("Enter")
    expect(theirs.locator(".log-line")).to_have_count(3)
    theirs.locator(".log-line a").first.focus()
    write(mine, "One more")
    expect(theirs.locator(".log-line")).to_have_count(4)
    expect(theirs.locator(".log-line a").first).to_be_focused()
    assert stored(room)[1:] == ["Press for the road", "Whole sentence", "One more"]


def test_a_lost_connection_loses_and_doubles_no_line(
    open_page: OpenPage, address: str, room: Room, sign_in: SignIn
) -> None:
    page = open_page(DESK)
    sign_in(page, address, "notetaker")
    page.goto(address + LOG)
    write(page, "Before")
    expect(page.get_by_text("All lines are saved.")).to_be_visible()
    page.context.set_offline(True)
    write(page, "While away 1", "While away 2")
    expect(page.get_by_text("2 lines wait for the server")).to_be_visible()
    page.get_by_label("What was agreed").fill("Not finished yet")
    screenshot(page, "log-waiting")
    page.context.set_offline(False)
    expect(page.get_by_text("All lines are saved.")).to_be_visible(timeout=15_000)
    expect(page.get_by_label("What was agreed")).to_have_value("Not finished yet")
    assert stored(room) == ["Before", "While away 1", "While away 2"]


def test_an_answer_that_never_arrives_does_not_double_the_line(
    open_page: OpenPage, address: str, room: Room, sign_in: SignIn
) -> None:
    """The server has stored the line, and the connection breaks before it can say so."""
    page = open_page(DESK)
    sign_in(page, address, "notetaker")
    page.goto(address + LOG)
    cut = []

    def swallow(route: Route) -> None:
        if route.request.method == "POST" and len(cut) < 2:
            cut.append(route.fetch().status)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/log", swallow)
    write(page, "Said once", "Said after")
    expect(page.get_by_text("All lines are saved.")).to_be_visible(timeout=20_000)
    assert cut == [200, 200]
    assert stored(room) == ["Said once", "Said after"]


class Cuttable:
    """A server that can be killed in the middle and started again on its port."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.port = 0
        self.start()

    def start(self) -> None:
        self.server = make_server(
            "127.0.0.1", self.port, self.app, threaded=True, request_handler=_quiet()
        )
        self.port = self.server.port
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def cut(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def test_a_server_that_dies_and_a_browser_that_is_closed_keep_every_line(
    open_page: OpenPage, app: Flask, room: Room, sign_in: SignIn
) -> None:
    server = Cuttable(app)
    page = open_page(DESK)
    sign_in(page, server.address, "notetaker")
    page.goto(server.address + LOG)
    write(page, *(f"Point {n}" for n in range(5)))
    server.cut()
    write(page, *(f"Point {n}" for n in range(5, 10)))
    page.get_by_label("What was agreed").fill("Half a sen")
    expect(page.get_by_text("for the server")).to_be_visible()
    context: BrowserContext = page.context
    page.close()  # The computer is shut; what was typed is on its disk.
    time.sleep(0.2)
    server.start()
    again = context.new_page()
    again.goto(server.address + LOG)
    expect(again.get_by_text("All lines are saved.")).to_be_visible(timeout=15_000)
    expect(again.get_by_label("What was agreed")).to_have_value("Half a sen")
    assert stored(room) == [f"Point {n}" for n in range(10)]
    again.close()
    server.cut()


def test_lines_written_while_signed_out_are_sent_after_signing_in(
    open_page: OpenPage, address: str, room: Room, sign_in: SignIn
) -> None:
    page = open_page(DESK)
    sign_in(page, address, "notetaker")
    page.goto(address + LOG)
    page.context.clear_cookies()
    write(page, "Said after the session ended")
    expect(page.get_by_text("You are signed out")).to_be_visible()
    other = page.context.new_page()
    sign_in(other, address, "notetaker")
    expect(page.get_by_text("All lines are saved.")).to_be_visible(timeout=20_000)
    assert stored(room) == ["Said after the session ended"]


def test_what_was_begun_is_laid_aside_and_taken_back_whole(
    page: Page, address: str, room: Room, sign_in: SignIn
) -> None:
    room.world.task(room.dialogue_id, "Press for the road", kind="objective")
    sign_in(page, address, "notetaker")
    page.goto(address + LOG)
    field = page.get_by_label("What was agreed")
    page.get_by_label("Agenda item").select_option("2")
    page.get_by_label("Outcome").select_option("deferred")
    page.get_by_label("Why it is deferred").fill("No money")
    field.fill("Half a sentence")
    page.locator("[data-use=open]").click()
    expect(field).to_have_value("Press for the road")
    expect(page.get_by_text("A line that you began stands below.")).to_be_visible()
    page.reload()  # Nothing of it hangs on the page that was open.
    expect(field).to_have_value("Press for the road")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".log-line")).to_have_count(1)
    page.get_by_role("button", name="Take it back to change it").click()
    page.reload()
    expect(field).to_have_value("Half a sentence")
    expect(page.get_by_label("Agenda item")).to_have_value("2")
    expect(page.get_by_label("Outcome")).to_have_value("deferred")
    expect(page.get_by_label("Why it is deferred")).to_have_value("No money")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".log-line")).to_have_count(2)
    assert stored(room) == ["Press for the road", "Half a sentence"]


def test_two_notetakers_write_at_once(
    open_page: OpenPage, address: str, room: Room, sign_in: SignIn
) -> None:
    pages = [open_page(DESK), open_page(DESK)]
    for page, who in zip(pages, ("notetaker", "editor"), strict=True):
        sign_in(page, address, who)
        page.goto(address + LOG)
    for n in range(4):
        for index, page in enumerate(pages):
            write(page, f"Point {n} of {index}")
    for page in pages:
        expect(page.get_by_text("All lines are saved.")).to_be_visible()
    assert sorted(stored(room)) == sorted(f"Point {n} of {i}" for n in range(4) for i in range(2))


def test_both_sides_approve_and_work_on_the_list(
    open_page: OpenPage, address: str, room: Room, sign_in: SignIn
) -> None:
    room.write(*LINES)
    editor, approver, theirs = open_page(DESK), open_page(DESK), open_page(PHONE)
    sign_in(editor, address, "editor")
    editor.goto(address + LOG)
    editor.get_by_role("button", name="Draw up the agreed list").click()
    expect(editor.get_by_text("Only your side sees it.")).to_be_visible()
    screenshot(editor, "list-draft")
    assert_accessible(editor)
    sign_in(theirs, address, "their_approver")
    theirs.goto(address + LIST)
    expect(theirs.get_by_role("heading", level=1)).to_have_text("There is no such page")
    editor.get_by_role("button", name="Offer it to both sides").click()
    sign_in(approver, address, "approver")
    for page, name in ((approver, "list-offered-desk"), (theirs, "list-offered-phone")):
        page.goto(address + LIST)
        screenshot(page, name)
        assert_accessible(page)
        assert_fits(page)
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Approve version 1").click()
    expect(theirs.get_by_text("Both sides have approved this version")).to_be_visible()
    with room.database.reading() as session:
        [version] = session.query(AgreedList).all()
        assert version.state == "frozen"
    for page, name in ((theirs, "shared-phone"), (editor, "shared-desk")):
        for path, part in (
            ("/", "list"),
            ("/meetings/1", "meeting"),
            ("/meetings/1/items/2", "item"),
        ):
            page.goto(f"{address}{SHARED}{path}")
            screenshot(page, f"{name}-{part}")
            assert_accessible(page)
            assert_fits(page)
    editor.goto(address + LIST)
    screenshot(editor, "list-agreed")
    editor.get_by_role("link", name="See what the other side sees").click()
    expect(editor.get_by_text("with nothing of ours")).to_be_visible()
    expect(editor.get_by_text("Our task")).to_have_count(0)
    theirs.goto(f"{address}{SHARED}/meetings/1/items/2")
    theirs.get_by_text("Propose an amendment").click()
    theirs.get_by_label("Agreed text").fill("Name two points of contact for border guards")
    theirs.get_by_label("Why").fill("One is often ill")
    theirs.get_by_role("button", name="Propose it to both sides").click()
    expect(theirs.get_by_text("Your proposal stands on the list")).to_be_visible()
    editor.goto(address + LIST)
    editor.get_by_role("button", name="Take it into a new version").click()
    expect(editor.locator("ins").first).to_have_text("new: two points")
    screenshot(editor, "list-amended")
    assert_accessible(editor)


def test_what_the_log_leaves_open_is_answered_on_one_page(
    open_page: OpenPage, address: str, room: Room, sign_in: SignIn
) -> None:
    room.write(NewLine("client-01", "Open the road"), "Send the maps !31 February")
    for size, name in ((DESK, "desk"), (PHONE, "phone")):
        page = open_page(size)
        sign_in(page, address, "editor")
        page.goto(address + LOG)
        expect(page.get_by_text("Date not understood: “31 February”.")).to_be_visible()
        screenshot(page, f"log-open-{name}")
        assert_accessible(page)
        assert_fits(page)
        page.get_by_role("button", name="Draw up the agreed list").click()
        screenshot(page, f"log-questions-{name}")
        assert_accessible(page)
        assert_fits(page)
    page.get_by_label("Who must act").select_option("Sundria")
    page.get_by_label("The line, with").fill("Send the maps !28 February")
    page.get_by_role("button", name="Save and draw up the list").click()
    expect(page.get_by_role("cell", name="28 February 2008")).to_be_visible()
    expect(page.get_by_text("Only your side sees it.")).to_be_visible()


def test_the_pages_before_and_after_a_meeting(
    open_page: OpenPage, address: str, room: Room, sign_in: SignIn
) -> None:
    room.world.task(room.dialogue_id, "Press for the road", kind="objective", marking="C")
    room.world.task(room.dialogue_id, "Press statement")
    room.agree(LINES[:2])
    for size, name in ((DESK, "desk"), (PHONE, "phone")):
        page = open_page(size)
        sign_in(page, address, "editor")
        for path in ("", "/prepare", "/agenda", "/close", "/log/1"):
            page.goto(f"{address}{MEETING}{path}")
            screenshot(page, f"meeting{path.replace('/', '-')}-{name}")
            assert_accessible(page)
            assert_fits(page)
    page.goto(address + MEETING)
    page.get_by_role("link", name="Close this meeting").click()
    page.get_by_role("button", name="Close meeting 1").click()
    expect(page.get_by_role("heading", name="Prepare meeting 2")).to_be_visible()
    screenshot(page, "meeting-2-prepare-phone")
    assert_fits(page)
