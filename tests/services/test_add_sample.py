"""The sample dialogue: alive on the first look, and gone for good once removed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select

from tests.world import MAX_BYTES, World, shipped_cable
from tracker.models import CableRecord, Dialogue, Task
from tracker.policy.statuses import is_due_soon, is_overdue
from tracker.policy.visibility import SYSTEM
from tracker.services.add_sample import add_sample
from tracker.services.import_cable import import_cable
from tracker.services.record_history import find_broken_history
from tracker.services.remove_sample import remove_sample

TODAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)


def added(world: World) -> int | None:
    with world.database.transaction() as session:
        dialogue = add_sample(session, now=NOW)
        return dialogue.id if dialogue else None


def test_something_is_done_something_late_and_something_due_soon(world: World) -> None:
    assert added(world)
    with world.database.reading() as session:
        tasks = session.scalars(select(Task)).all()
        assert any(task.status == "done" for task in tasks)
        assert any(is_overdue(task.status, task.due_on, TODAY) for task in tasks)
        assert any(is_due_soon(task.status, task.due_on, TODAY) for task in tasks)
        assert list(find_broken_history(session)) == []


def test_nothing_in_it_is_years_late(world: World) -> None:
    added(world)
    with world.database.reading() as session:
        days = [task.due_on for task in session.scalars(select(Task)) if task.due_on]
        assert min(days) > TODAY - dt.timedelta(days=150)


def test_its_meeting_was_four_months_ago_and_it_is_marked_as_sample(world: World) -> None:
    dialogue_id = added(world)
    with world.database.reading() as session:
        dialogue = session.get_one(Dialogue, dialogue_id)
        assert dialogue.is_sample
        assert dialogue.meetings[0].ends_on == dt.date(2026, 7, 24)


def test_it_comes_only_into_an_empty_database(world: World) -> None:
    world.dialogue()
    assert added(world) is None


def test_it_comes_once(world: World) -> None:
    assert added(world)
    assert added(world) is None


def test_the_same_cable_for_real_is_another_record_beside_it(world: World) -> None:
    added(world)
    with world.database.transaction() as session:
        result = import_cable(
            session, shipped_cable(), "07BAKU832.txt", actor=SYSTEM, now=NOW, max_bytes=MAX_BYTES
        )
        assert not result.is_known


def test_once_removed_nothing_of_it_is_left_and_it_does_not_return(world: World) -> None:
    added(world)
    with world.database.transaction() as session:
        remove_sample(session, actor=SYSTEM, now=NOW)
    with world.database.reading() as session:
        for table in (Dialogue, CableRecord, Task):
            assert session.scalar(select(func.count()).select_from(table)) == 0
    assert added(world) is None
