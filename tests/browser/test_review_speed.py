"""How fast a review goes by keyboard alone: every candidate of the shipped cable, one key each.

Prints keys and milliseconds a decision; no figure fails the test.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.reviewing import sign_in_as
from tests.browser.rig import serving
from tests.world import World
from tracker.db import Database
from tracker.queries.cables import candidates_of


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application is served."""
    with serving(app) as url:
        yield url


def decide(page: Page, key: str) -> float:
    """Presses a key on the current candidate; the milliseconds until the next has the focus."""
    before = page.evaluate("document.activeElement.id")
    start = time.perf_counter()
    page.keyboard.press(key)
    page.wait_for_function(
        "before => document.activeElement.matches('.candidate[data-decision=pending]')"
        " && document.activeElement.id !== before",
        arg=before,
        polling=5,
    )
    return (time.perf_counter() - start) * 1000


def test_all_candidates_are_reviewed_by_keyboard_alone(
    app: Flask,
    world: World,
    address: str,
    page: Page,
    database: Database,
    capsys: pytest.CaptureFixture[str],
) -> None:
    anne = world.person("Anne Lead", party="United States")
    cable_id = world.baku(actor=world.actor(anne))
    sign_in_as(page, world, app, address, anne)
    page.goto(f"{address}/cables/{cable_id}/review")
    for fold in page.locator(".review-possible > summary").all():
        fold.focus()
        page.keyboard.press("Enter")
    page.keyboard.press("j")
    page.keyboard.press("k")
    total = page.locator(".candidate").count()
    keys = ["a" if number % 3 else "r" for number in range(total - 1)]
    spent = [decide(page, key) for key in keys]
    page.keyboard.press("a")
    expect(page.locator("#review-counts")).to_contain_text(f"{total} of {total} decided")
    with database.reading() as session:
        decisions = [one.decision for one in candidates_of(session, cable_id)]
    assert "pending" not in decisions
    assert decisions.count("rejected") == keys.count("r")
    middle, late = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
    with capsys.disabled():
        print(
            f"\n{total} candidates, 1 key a decision; until the next has the focus: "
            f"median {middle:.0f} ms, p95 {late:.0f} ms"
        )
