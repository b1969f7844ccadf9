"""A corrected copy over HTTP: its difference before it is confirmed, and its questions after."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.corrected import CORRECTED
from tests.invented import confirmed
from tests.web.browser import csrf_token, post
from tests.web.importing import SignedIn, paste, words
from tests.world import World
from tracker.db import Database
from tracker.models import CableRecord, Dialogue, Task
from tracker.web.forms.cables import UNKNOWN


@pytest.fixture
def mira(world: World) -> int:
    """A person of Northland."""
    return world.person()


@pytest.fixture
def browser(database: Database, world: World, signed_in: SignedIn, mira: int) -> FlaskClient:
    """Mira's browser; the first version is confirmed and its likely candidates are tasks."""
    cable = f"/cables/{confirmed(database, world.actor(mira))}"
    client = signed_in(mira)
    post(client, f"{cable}/review/likely", page=f"{cable}/review")
    return client


@pytest.fixture
def version(browser: FlaskClient, database: Database) -> str:
    """The address of the page of the corrected copy, not confirmed yet."""
    response = paste(browser, CORRECTED)
    answer = browser.get(response.headers["Location"])
    return str(answer.headers["Location"])


def test_a_corrected_copy_shows_its_difference_before_it_is_confirmed(
    browser: FlaskClient, version: str
) -> None:
    assert version.endswith("/version")
    page = browser.get(version)
    shown = html.fromstring(page.get_data(as_text=True))
    assert " ".join(shown.xpath("//del")[0].text_content().split()) == "gone: April 30."
    assert shown.xpath("//ins")[0].text_content() == "new: May 15."
    assert "Corrected copy of" in words(page)


def test_confirming_leads_to_the_questions_and_the_old_version_says_so(
    browser: FlaskClient, version: str, database: Database
) -> None:
    response = post(browser, version, follow_redirects=True)
    page = words(response)
    assert "The corrected copy is the current version" in page
    assert "2 tasks to decide on" in page
    replaced = browser.get("/cables/1/review")
    assert "A corrected copy has replaced this version" in words(replaced)
    assert 'value="undo"' not in replaced.get_data(as_text=True)
    assert "2 tasks' passages are not in this version" in words(browser.get("/cables/2/review"))
    assert post(browser, version, page="/cables/import").status_code in (200, 303)


def test_questions_are_answered_on_the_page(
    browser: FlaskClient, version: str, database: Database
) -> None:
    post(browser, version)
    page = html.fromstring(browser.get(version).get_data(as_text=True))
    forms = page.xpath("//form[@class='version-answer']")
    for form in forms:
        is_gone = bool(form.xpath(".//input[@name='reason']"))
        data = {"answer": "declined" if is_gone else "taken", "reason": "no longer promised"}
        data["version"] = form.xpath(".//input[@name='version']/@value")[0]
        assert post(browser, form.get("action"), data, page=version).status_code == 303
    assert "All tasks are decided on" in words(browser.get(version))
    with database.reading() as session:
        assert "declined" in {task.status for task in session.scalars(select(Task))}
        assert any("May 15" in task.text for task in session.scalars(select(Task)))


def test_an_answer_without_its_reason_is_refused_and_says_so(
    browser: FlaskClient, version: str
) -> None:
    post(browser, version)
    page = html.fromstring(browser.get(version).get_data(as_text=True))
    form = next(f for f in page.xpath("//form[@class='version-answer']") if f.xpath(".//label"))
    data = {"answer": "declined", "reason": ""}
    response = post(browser, form.get("action"), data, page=version, follow_redirects=True)
    assert "Say why it is declined" in words(response)


def test_it_can_be_imported_as_a_document_of_its_own(
    browser: FlaskClient, version: str, database: Database
) -> None:
    separate = version.replace("/version", "/confirm") + "?separate=1"
    assert "Is this how you read it?" in words(browser.get(separate))
    answers = {
        "dialogue": "new",
        "name": "Another dialogue",
        "own": "Northland",
        "other": "Sundria",
        "dates": UNKNOWN,
        "follow_up_months": "6",
    }
    response = post(browser, separate, answers)
    assert response.status_code == 303, words(response)
    with database.reading() as session:
        assert session.get_one(CableRecord, 2).replaces_id is None


def test_others_cannot_see_or_answer_it(
    browser: FlaskClient,
    version: str,
    signed_in: SignedIn,
    world: World,
    database: Database,
) -> None:
    post(browser, version)
    ivo = world.person("Ivo Reader")
    with database.reading() as session:
        world.join(session.scalars(select(Dialogue.id)).one(), ivo, "reader")
    for client, shown, answered in (
        (signed_in(ivo), 200, 403),
        (signed_in(world.person("Zoe Away")), 404, 404),
    ):
        assert client.get(version).status_code == shown
        data = {"answer": "kept", "csrf_token": csrf_token(client, "/cables/import")}
        assert client.post(f"{version}/1", data=data).status_code == answered
    assert browser.get("/cables/1/version").status_code == 404
