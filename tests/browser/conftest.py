"""A browser for the tests of this folder: one a worker, a fresh profile a test.

Every page is watched: a script error, a blocked or missing file fails the test at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.rig import ARGUMENTS, CHROMIUM, watch

DESK = (1280, 900)
PHONE = (390, 844)
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, started once a worker."""
    if not Path(CHROMIUM).exists():
        pytest.fail("there is no chromium: run `python -m tests.prepare`")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Makes a watched page with a profile of its own: ``open_page(PHONE, scripts=False)``.

    Two of them are two people. ``expects_errors`` where a page is meant to answer with 5xx.
    """
    contexts: list[BrowserContext] = []
    watches = []

    def make(
        size: tuple[int, int] = DESK, *, scripts: bool = True, expects_errors: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="en-US",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        watches.append(watch(page, expects_errors=expects_errors))
        return page

    yield make
    for context in contexts:
        context.close()
    faults = [fault for watched in watches for fault in watched.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page at a desk, 1280 pixels wide."""
    return open_page(DESK)


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page on a phone, 390 pixels wide."""
    return open_page(PHONE)


@pytest.fixture
def scriptless(open_page: OpenPage) -> Page:
    """A page on a phone whose browser runs no scripts."""
    return open_page(PHONE, scripts=False)
