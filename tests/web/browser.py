"""What a test does in a browser without one: fetch a page, send its form with its token.

Knows of forms and tokens, nothing of the tracker's pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def csrf_token(client: FlaskClient, path: str) -> str:
    """The token of the first form on the page at ``path``; fails where there is none."""
    response = client.get(path)
    found = _TOKEN.search(response.get_data(as_text=True))
    assert found, f"{path} answered {response.status_code} and has no form"
    return found.group(1)


def without_tokens(page: str) -> str:
    """The page without what differs between any two answers."""
    return re.sub(r"I[jm][\w-]+\.[\w-]+\.[\w-]+", "", page)


def own_form(page: str) -> dict[str, Any]:
    """What the form that a page sends to itself would send as it stands."""
    (form,) = html.fromstring(page).xpath("//form[@method='post'][not(@action)]")
    return dict(form.form_values())


def post(
    client: FlaskClient,
    path: str,
    data: Mapping[str, Any] | None = None,
    *,
    page: str | None = None,
    **options: Any,
) -> TestResponse:
    """Sends a form to ``path`` as a browser would: with the token of the page that it stands on,
    which is ``page``, or ``path`` itself."""
    token = csrf_token(client, page or path)
    return client.post(path, data={"csrf_token": token, **(data or {})}, **options)
