"""What the tests of importing and reviewing share: fetching, sending and reading their pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.web.browser import post

SignedIn = Callable[[int], FlaskClient]
IMPORT = "/cables/import"


def send_file(client: FlaskClient, data: bytes, name: str = "talks.txt") -> TestResponse:
    """Uploads a file."""
    return post(
        client,
        IMPORT,
        {"file": (BytesIO(data), name), "text": ""},
        content_type="multipart/form-data",
    )


def paste(client: FlaskClient, text: str) -> TestResponse:
    """Pastes a text, with the line ends that a browser sends."""
    return post(client, IMPORT, {"text": re.sub(r"\r?\n", "\r\n", text)})


def confirm(client: FlaskClient, cable_id: int, **changes: Any) -> TestResponse:
    """Confirms as a person would, with some answers changed; None leaves one out."""
    values = {
        "dialogue": "new",
        "name": "Northland-Sundria Border Talks",
        "own": "Northland",
        "other": "Sundria",
        "dates": "2008-03-03/2008-03-04",
        "follow_up_months": "6",
        **changes,
    }
    answers = {key: value for key, value in values.items() if value is not None}
    return post(client, f"/cables/{cable_id}/confirm", answers)


def words(response: TestResponse) -> str:
    """What a page says, in one line."""
    return " ".join(html.fromstring(response.get_data(as_text=True)).text_content().split())
