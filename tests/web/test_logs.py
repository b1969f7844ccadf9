"""Logs hold no cable text, token, password or address (row 40)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from tests.web.browser import csrf_token, post
from tests.world import World
from tracker import create_app
from tracker.config import Settings
from tracker.web.access import public

SignedIn = Callable[[int], FlaskClient]


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An application of its own, which a test may add pages to."""
    app = create_app(settings)
    app.config["TESTING"] = True
    yield app
    app.extensions["tracker_database"].close()


def test_an_unexpected_error_logs_where_it_was_and_nothing_of_what_it_held(
    app: Flask, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    @public
    def broken(token: str) -> str:
        password = f"hush {token}"
        raise RuntimeError(f"the passage says {password}")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/broken/<token>", "broken", broken)
    page = client.get("/broken/s3cret")
    logged = re.sub(r"\x1b\[\d*m", "", "".join(capsys.readouterr()))
    assert page.status_code == 500
    assert "RuntimeError" in logged
    assert "broken" in logged
    for secret in ("hush", "s3cret", "passage"):
        assert secret not in logged
        assert secret not in page.get_data(as_text=True)
    reference = re.search(r"<code>([0-9a-f]{8})</code>", page.get_data(as_text=True))
    assert reference
    assert reference.group(1) in logged


def test_failed_and_stopped_log_ins_log_neither_login_nor_password(
    client: FlaskClient, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.account(world.person(), password="quiet lantern over harbour")
    for _ in range(12):
        data = {"login": "mira.okonjo@example.org", "password": "hush hush", "role": "lead"}
        post(client, "/sign-in", data)
    logged = "".join(capsys.readouterr())
    assert "mira" not in logged
    assert "hush" not in logged


@pytest.mark.parametrize("kind", ["stale", "twice"])
def test_what_the_database_refused_comes_back_as_typed_and_is_logged_without_words(
    app: Flask, client: FlaskClient, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    @public
    def late() -> str:
        if kind == "stale":
            raise StaleDataError("UPDATE contact: the passage")
        raise IntegrityError("INSERT", {}, Exception("the passage"))

    app.add_url_rule("/late", "late", late, methods=["POST"])
    sent = {"csrf_token": csrf_token(client, "/sign-in"), "remark": "A long remark."}
    page = client.post("/late", data=sent)
    assert page.status_code == 409
    assert "A long remark." in page.get_data(as_text=True)
    logged = "".join(capsys.readouterr())
    assert "written meanwhile" in logged
    assert "passage" not in logged
