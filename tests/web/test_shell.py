"""The frame: who sees which navigation, where each page stands in it, what error pages say."""

from __future__ import annotations

import pytest
from lxml import html

from tests.web.gallery import make_gallery, person
from tracker.web.error_words import CODES, words_for
from tracker.web.shell import main_nav


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["Home"]),
        ("/dialogues/us-azerbaijan/tasks/3", ["Dialogues"]),
        ("/cables/7/review", ["Import"]),
        ("/me/", []),
    ],
)
def test_the_navigation_shows_where_one_is(path: str, current: list[str]) -> None:
    items = main_nav(path, is_administrator=True)
    assert [item.label for item in items if item.is_current] == current


def test_only_an_administrator_is_offered_the_system() -> None:
    assert "System" not in _links(make_gallery(person(is_administrator=False)))
    assert "System" in _links(make_gallery(person()))


def test_nobody_signed_in_sees_no_navigation() -> None:
    assert _links(make_gallery()) == []
    page = make_gallery().test_client().get("/fail/404").get_data(as_text=True)
    assert "Sign in" in page
    assert "Sign out" not in page


def test_signing_out_is_a_form_with_a_token_not_a_link() -> None:
    tree = html.fromstring(make_gallery(person()).test_client().get("/").get_data(as_text=True))
    (form,) = tree.xpath("//form[@action='/sign-out']")
    assert form.get("method") == "post"
    assert form.xpath(".//input[@name='csrf_token']/@value")


def test_a_flashed_message_is_an_alert_that_is_announced() -> None:
    page = make_gallery(person()).test_client().get("/?flash=1").get_data(as_text=True)
    (messages,) = html.fromstring(page).xpath("//*[@id='messages'][@aria-live='polite']")
    assert "3 tasks now belong to Anne Derse." in messages.text_content()


@pytest.mark.parametrize("code", CODES)
def test_an_error_says_what_happened_what_was_kept_and_what_next(code: int) -> None:
    said = words_for(code)
    page = make_gallery(person()).test_client().get(f"/fail/{code}").get_data(as_text=True)
    text = " ".join(html.fromstring(page).text_content().split())
    for words in (said.title, said.happened, said.kept, said.next_step):
        assert words in text


def test_a_code_without_words_of_its_own_takes_its_familys() -> None:
    assert words_for(405) == words_for(400)
    assert words_for(502) == words_for(500)


def _links(app: object) -> list[str]:
    page = app.test_client().get("/").get_data(as_text=True)  # type: ignore[attr-defined]
    return [a.text_content() for a in html.fromstring(page).xpath("//nav[@aria-label='Main']//a")]
