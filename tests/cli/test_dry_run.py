"""`python -m tracker remind --dry-run` on a day when much comes together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import run_tracker
from tests.room import Room
from tests.services.reminding import due_task
from tests.world import World
from tracker.db import Database
from tracker.models import Dialogue
from tracker.policy.visibility import SYSTEM
from tracker.services.set_period import Period, set_period


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An installation without anything in it."""
    instance = tmp_path / "instance"
    assert run_tracker(instance, "db", "upgrade").returncode == 0
    return instance


@pytest.fixture
def world(instance: Path) -> Iterator[World]:
    database = Database(f"sqlite:///{instance / 'tracker.sqlite3'}")
    yield World(database)
    database.close()


def test_a_dry_run_shows_what_is_raised_and_asked_for_and_calls_for_updates(
    instance: Path, world: World
) -> None:
    """On a day on which an approval is missing, a task is raised, and a report is called for."""
    room = Room(world)
    room.offer()
    owner, chair = world.person("Per Lind"), world.person("Ursula Brandt")
    world.join(room.dialogue_id, chair, "co-chair")
    due_task(
        world, owner, dialogue=room.dialogue_id, due_on=dt.date(2007, 11, 2),
        now=dt.datetime(2007, 10, 1, 8, tzinfo=dt.UTC),
    )  # fmt: skip
    with world.database.transaction() as session:
        dialogue = session.get_one(Dialogue, room.dialogue_id)
        period = Period(6, dt.date(2008, 1, 10), call_days=28, draft_days=7, is_on=True)
        set_period(session, dialogue, period, actor=SYSTEM)
        dialogue.created_at = dt.datetime(2007, 7, 12, tzinfo=dt.UTC)
    done = run_tracker(instance, "remind", "--as-of", "2007-12-13", "--dry-run")
    assert done.returncode == 0, done.stderr
    reminders, reports = done.stdout.split("For status reports, the scheduler would also send:")
    assert "Jonas Kirr <jonas.kirr@example.org>:" in reminders
    assert "Version 1 of the agreed list, meeting 1: Their side has not approved it" in reminders
    assert "due 2 November 2007: It was raised to them as co-chair of the dialogue" in reminders
    assert (
        "Per Lind <per.lind@example.org>:\n  Northland-Sundria Border Talks: a call for an update "
        "before the status report of 10 January 2008" in reports
    )
    assert not (instance / "outbox").exists()
    again = run_tracker(instance, "remind", "--as-of", "2007-12-13", "--dry-run")
    assert again.stdout == done.stdout
