"""What every answer carries, and that a sign-in leads only to pages of ours."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers

from tests.web.gallery import make_gallery, person
from tracker.web.security import CONTENT_SECURITY_POLICY, is_safe_next, safe_next


@pytest.fixture
def client() -> FlaskClient:
    return make_gallery(person()).test_client()


def headers_of(client: FlaskClient, path: str) -> Headers:
    """The headers of an answer whose file, if it is one, is closed again."""
    with client.get(path) as answer:
        return answer.headers


@pytest.mark.parametrize("path", ["/", "/fail/500", "/nowhere", "/static/tracker.css"])
def test_every_answer_carries_the_headers(path: str, client: FlaskClient) -> None:
    headers = headers_of(client, path)
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_policy_allows_nothing_inline_and_nobody_elses_server() -> None:
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY


def test_pages_and_errors_are_never_kept_by_the_browser(client: FlaskClient) -> None:
    for path in ("/", "/fail/404", "/static/nothing-here.css"):
        assert headers_of(client, path)["Cache-Control"] == "no-store"


def test_a_file_with_a_version_is_kept_for_a_year_and_others_a_day(client: FlaskClient) -> None:
    assert "immutable" in headers_of(client, "/static/tracker.css?v=1")["Cache-Control"]
    unversioned = headers_of(client, "/static/tracker.css")
    assert unversioned["Cache-Control"] == "public, max-age=86400"


def test_pages_name_their_files_by_the_hash_of_the_content(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert "/static/tracker.css?v=" in page
    assert "/static/vendor/htmx/htmx.min.js?v=" in page


def test_strict_transport_is_asked_for_only_where_people_use_https() -> None:
    for base_url, expected in (("https://tracker.example", True), ("http://127.0.0.1:8000", False)):
        headers = make_gallery(base_url=base_url).test_client().get("/").headers
        assert ("Strict-Transport-Security" in headers) is expected


def test_no_page_holds_an_inline_script_style_or_handler(client: FlaskClient) -> None:
    for path in ("/?marking=C", "/fail/409"):
        page = client.get(path).get_data(as_text=True)
        for forbidden in (
            "<style",
            " style=",
            " onclick=",
            " onchange=",
            "<script>",
            "javascript:",
        ):
            assert forbidden not in page


def test_markup_in_what_somebody_wrote_is_shown_not_run(client: FlaskClient) -> None:
    page = client.get("/fail/409").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_post_without_our_token_changes_nothing(client: FlaskClient) -> None:
    assert client.post("/", data={"title": "Visit Baku"}).status_code == 400
    assert client.post("/", data={"title": "x", "csrf_token": "of-another"}).status_code == 400


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/dialogues/us-azerbaijan/tasks?status=open&owner=derse&due=overdue",
        "/dialogues/us-azerbaijan/tasks/12#remarks",
        "/tasks?text=50%25",
        "/tasks?text=caf%C3%A9+au+lait",
        "/tasks?next=https://elsewhere.example/",
    ],
)
def test_our_own_pages_are_led_to(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\\/evil.example",
        "https://evil.example/",
        "HTTPS:evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\nSet-Cookie: a=b",
        "/\x00",
        "/%2fevil.example",
        "/%2Fevil.example",
        "%2f%2fevil.example",
        "/%5cevil.example",
        "/%255cevil.example",
        "/%252fevil.example",
        "/%09/evil.example",
        "/%0d%0aSet-Cookie:%20a=b",
        "/.//evil.example",
        "/\u2028/evil.example",
        "/" + "a" * 3000,
        "/%25252525252525255c",
    ],
)
def test_anything_else_leads_home(target: str | None) -> None:
    assert not is_safe_next(target)
    assert safe_next(target) == "/"


@given(st.text(alphabet="/\\%25cf09ad.:?#@ \t\nevil", max_size=30))
def test_whatever_passes_is_one_slash_and_then_a_path(target: str) -> None:
    followed = safe_next(target)
    assert followed.startswith("/")
    assert not followed.startswith(("//", "/\\"))
    assert not set(followed) & set("\\\t\n\r")
