"""Importing by upload and paste, what is refused and why, and the pages of the source."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.invented import TALKS, confirmed, imported
from tests.web.browser import post
from tests.web.follow_up import fields_of
from tests.web.importing import IMPORT, SignedIn, confirm, paste, send_file, words
from tests.world import World
from tracker.db import Database
from tracker.models import CableRecord
from tracker.policy.visibility import SYSTEM
from tracker.services.confirm_cable import draw_candidates
from tracker.services.import_cable import ReadCable, read_cable
from tracker.services.understand_cable import Understanding
from tracker.web.forms.cables import UNKNOWN


@pytest.fixture
def mira(world: World) -> int:
    """A person of Northland; returns the contact's id."""
    return world.person()


@pytest.fixture
def browser(signed_in: SignedIn, mira: int) -> FlaskClient:
    """Mira's browser."""
    return signed_in(mira)


def count(database: Database) -> int:
    """How many cables are stored."""
    with database.reading() as session:
        return session.query(CableRecord).count()


def test_an_uploaded_file_leads_to_its_confirmation(browser: FlaskClient) -> None:
    response = send_file(browser, TALKS.encode())
    assert (response.status_code, response.headers["Location"]) == (303, "/cables/1/confirm")
    assert browser.get("/cables/1/confirm").status_code == 200


def test_a_pasted_text_is_the_same_cable_as_its_file(browser: FlaskClient) -> None:
    send_file(browser, TALKS.encode())
    response = paste(browser, TALKS)
    assert response.status_code == 200
    assert "This cable is here already" in words(response)


def test_the_same_bytes_are_recognised_with_a_way_to_go_on(
    browser: FlaskClient, database: Database, world: World, mira: int
) -> None:
    cable_id = imported(database, world.actor(mira))
    page = send_file(browser, TALKS.encode())
    assert f'href="/cables/{cable_id}/confirm"' in page.get_data(as_text=True)
    assert count(database) == 1


def test_the_same_bytes_of_a_confirmed_cable_lead_to_its_review(
    browser: FlaskClient, database: Database, world: World, mira: int
) -> None:
    cable_id = confirmed(database, world.actor(mira))
    page = paste(browser, TALKS)
    assert f'href="/cables/{cable_id}/review"' in page.get_data(as_text=True)
    assert "CONFIDENTIAL" in words(page)


def test_the_same_bytes_of_somebody_else_are_not_given_away(
    browser: FlaskClient, database: Database, world: World
) -> None:
    imported(database, world.actor(world.person("Tom Varga")))
    assert paste(browser, TALKS).status_code == 303


def test_what_waits_for_confirmation_is_listed_for_its_importer_alone(
    browser: FlaskClient, signed_in: SignedIn, world: World
) -> None:
    paste(browser, TALKS)
    assert "Waiting for you to confirm" in words(browser.get(IMPORT))
    assert "Waiting for you" not in words(signed_in(world.person("Tom Varga")).get(IMPORT))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty"),
        (b"\x7fELF\x00\x01" + bytes(range(256)) * 20, "."),
        (b"\x00" * 4000, "The file is empty"),
        (b"%PDF-1.7", "This is a PDF file"),
        (b"Lunch is at noon.\n", "This does not read as a cable"),
    ],
    ids=["empty", "binary", "NULs", "PDF", "no cable"],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_form(
    browser: FlaskClient, database: Database, data: bytes, message: str
) -> None:
    response = send_file(browser, data)
    page = html.fromstring(response.get_data(as_text=True))
    assert response.status_code == 422
    assert message in page.xpath("string(//*[@id='file-error'])")
    assert count(database) == 0


def test_a_pasted_text_that_is_no_cable_is_kept_in_the_form(browser: FlaskClient) -> None:
    response = paste(browser, "Dear all,\nlunch is at <b>noon</b>.")
    page = html.fromstring(response.get_data(as_text=True))
    assert response.status_code == 422
    assert "lunch is at <b>noon</b>." in page.xpath("string(//textarea[@name='text'])")
    assert "does not read as a cable" in page.xpath("string(//*[@id='text-error'])")


def test_nothing_at_all_and_both_at_once_are_asked_again(browser: FlaskClient) -> None:
    assert "Choose a file or paste" in words(post(browser, IMPORT, {"text": " \r\n"}))
    both = {"file": (BytesIO(b"x"), "a.txt"), "text": TALKS}
    response = post(browser, IMPORT, both, content_type="multipart/form-data")
    assert response.status_code == 422
    assert "not both" in words(response)


def test_fifty_megabytes_are_refused_with_the_limit(
    browser: FlaskClient, database: Database
) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="big.txt"\r\n\r\n'
    body = head + b"A" * (50 * 1024 * 1024) + b"\r\n--x--\r\n"
    response = browser.post(IMPORT, data=body, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 413
    assert "larger than 10 MB" in words(response)
    assert count(database) == 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_other_encodings_are_read(browser: FlaskClient, encoding: str) -> None:
    text = TALKS.replace("border talks are", "border talks – “the talks” – are")
    assert send_file(browser, text.encode(encoding)).status_code == 303
    assert "“the talks”" in words(browser.get("/cables/1/source"))


def test_a_nul_in_a_pasted_text_is_flagged(browser: FlaskClient) -> None:
    response = paste(browser, TALKS.replace("the valley", "the\x00valley"))
    assert response.status_code == 303
    assert "holds a NUL character" in words(browser.get("/cables/1/confirm"))


@pytest.mark.parametrize("name", ["talks\u2028.txt", "talks\u202etxt.exe", "ta\x85lks.txt"])
def test_a_file_name_with_control_characters_is_refused(browser: FlaskClient, name: str) -> None:
    response = send_file(browser, TALKS.encode(), name)
    assert response.status_code == 422
    assert "Rename it" in words(response)


def test_the_source_shows_the_text_escaped_with_the_passage_marked(
    browser: FlaskClient, database: Database, world: World, mira: int
) -> None:
    cable_id = imported(database, world.actor(mira))
    start = TALKS.index("a list of")
    page = browser.get(f"/cables/{cable_id}/source?from={start}&to={start + 9}")
    text = page.get_data(as_text=True)
    assert '<mark id="passage" tabindex="-1">a list of</mark>' in text
    assert "<script>alert" not in text
    source = html.fromstring(text).xpath("//*[contains(@class, 'source__text')]")[0]
    assert source.text_content() == TALKS
    assert "CONFIDENTIAL" in text


@pytest.mark.parametrize("query", ["from=a&to=b", "from=-5&to=3", "from=9&to=99999999", "from=7"])
def test_a_passage_that_is_not_there_still_shows_the_source(
    browser: FlaskClient, database: Database, world: World, mira: int, query: str
) -> None:
    cable_id = imported(database, world.actor(mira))
    page = browser.get(f"/cables/{cable_id}/source?{query}")
    assert page.status_code == 200
    assert "crossing points" in words(page)


def test_the_original_is_a_download_of_the_very_bytes(browser: FlaskClient) -> None:
    data = TALKS.encode("utf-16")
    send_file(browser, data, '../..\\a"<b>;é.html')
    response = browser.get("/cables/1/original")
    assert response.data == data
    assert response.mimetype == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert not set("<>/\\") & set(disposition.partition("filename=")[2].partition("; filename*")[0])


@pytest.mark.parametrize("page", ["confirm", "source", "original", "review"])
def test_another_persons_cable_is_as_one_that_does_not_exist(
    page: str, signed_in: SignedIn, database: Database, world: World, mira: int
) -> None:
    actor = world.actor(mira)
    other = signed_in(world.person("Tom Varga"))
    for cable_id in (imported(database, actor), 999_999):
        assert other.get(f"/cables/{cable_id}/{page}").status_code == 404
    on_other_side = signed_in(world.person("Bela Sund", party="Sundria"))
    cable_id = confirmed(database, actor)
    assert on_other_side.get(f"/cables/{cable_id}/{page}").status_code == 404


def test_who_is_not_signed_in_gets_no_cable(client: FlaskClient, database: Database) -> None:
    cable_id = imported(database, SYSTEM)
    assert "/sign-in" in client.get(f"/cables/{cable_id}/original").headers["Location"]


@pytest.fixture
def colleague_updates(signed_in: SignedIn, world: World, mira: int) -> Callable[[], int]:
    """What a colleague does meanwhile: the status code of one update of a task."""
    world.join(dialogue_id := world.dialogue(), mira, "lead")
    world.task(dialogue_id)
    page = "/dialogues/northland-sundria-border-talks/tasks/1"
    colleague = signed_in(mira)

    def update() -> int:
        shown = colleague.get(page).get_data(as_text=True)
        form = fields_of(shown, f"{page}/update") | {"remark": "Called them."}
        return colleague.post(f"{page}/update", data=form).status_code

    def update_beside() -> int:
        with ThreadPoolExecutor(1) as other:  # The page that is being answered is not theirs.
            return other.submit(update).result()

    return update_beside


def test_a_colleague_can_write_while_a_cable_is_being_read(
    browser: FlaskClient, colleague_updates: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = []

    def read_slowly(*args: Any, **options: Any) -> ReadCable:
        answers.append(colleague_updates())
        return read_cable(*args, **options)

    monkeypatch.setattr("tracker.web.cables.read_cable", read_slowly)
    assert paste(browser, TALKS).status_code == 303
    assert answers == [303]


def test_a_colleague_can_write_while_candidates_are_being_drawn(
    browser: FlaskClient, colleague_updates: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = paste(browser, TALKS).headers["Location"]
    answers = []

    def draw_slowly(*args: Any, **options: Any) -> Understanding:
        answers.append(colleague_updates())
        return draw_candidates(*args, **options)

    monkeypatch.setattr("tracker.web.cables.draw_candidates", draw_slowly)
    response = confirm(browser, int(path.split("/")[2]), name="Other Talks", dates=UNKNOWN)
    assert (response.status_code, answers) == (303, [303])


def test_the_page_to_confirm_shows_what_was_read_at_the_import(
    browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = paste(browser, TALKS).headers["Location"]
    monkeypatch.setattr("tracker.services.confirm_cable.extract", None)
    monkeypatch.setattr("tracker.services.understand_cable.extract", None)
    assert "crossing points" in words(browser.get(path)).lower()
