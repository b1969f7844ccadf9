"""What the browser tests of the review share: who signs in, and where the review is.

Asserts nothing of the review itself.
"""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page

from tests.browser.rig import assert_accessible, assert_fits, screenshot
from tests.world import World


def sign_in_as(page: Page, world: World, app: Flask, address: str, contact_id: int) -> None:
    """Puts a person's cookie into the page's browser."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = world.session_token(contact_id)
        cookie["_fresh"] = True
    name = app.config["SESSION_COOKIE_NAME"]
    kept = client.get_cookie(name)
    assert kept is not None
    page.context.add_cookies([{"name": name, "value": kept.value, "url": address}])


def check(page: Page, name: str) -> None:
    """What holds of every page on the way; keeps a picture of it."""
    screenshot(page, name)
    assert_accessible(page)
    assert_fits(page)
