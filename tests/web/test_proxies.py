"""Whose address a request comes from: the person's, as far as our own proxies say so."""

from __future__ import annotations

import dataclasses

import pytest
from flask import request

from tracker import create_app
from tracker.config import Settings
from tracker.web.access import public


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("proxies", "seen"), [(0, "127.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.9")]
)
def test_an_address_is_believed_as_far_as_our_proxies_reach(
    proxies: int, seen: str, settings: Settings
) -> None:
    app = create_app(dataclasses.replace(settings, proxies=proxies))

    @app.get("/where-from")
    @public
    def where_from() -> str:
        return request.remote_addr or ""

    headers = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Host": "evil.example"}
    answer = app.test_client().get("/where-from", headers=headers)
    assert answer.get_data(as_text=True) == seen
    app.extensions["tracker_database"].close()
