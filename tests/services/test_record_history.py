"""The history is whole, or the row that is not is named."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete, select, update

from tests.world import NOW, TODAY, World
from tracker.db import Database
from tracker.models import Change, Task
from tracker.policy.visibility import SYSTEM
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.record_history import find_broken_history


@pytest.fixture
def task_id(database: Database, world: World) -> int:
    """A task with three rows of history, between two others."""
    dialogue_id = world.dialogue()
    world.task(dialogue_id, "Before")
    found = world.task(dialogue_id)
    world.task(dialogue_id, "After")
    with database.transaction() as session:
        task = session.get_one(Task, found)
        for status in ("in_progress", "done"):
            wanted = TaskUpdate(status=status, reason="Ünïcode “reason”")
            change_task(
                session, task, wanted, seen_version=None, actor=SYSTEM, now=NOW, today=TODAY
            )
    return found


def faults(database: Database) -> list[str]:
    """What the verifier says."""
    with database.reading() as session:
        return list(find_broken_history(session))


def test_an_untouched_history_is_whole(database: Database, task_id: int) -> None:
    assert faults(database) == []


def test_rows_are_numbered_and_count_from_their_day(database: Database, task_id: int) -> None:
    with database.reading() as session:
        query = select(Change).where(Change.task_id == task_id).order_by(Change.sequence)
        rows = session.scalars(query).all()
    assert [row.sequence for row in rows] == [1, 2, 3]
    assert [row.field for row in rows] == ["created", "status", "status"]
    assert {row.effective_on for row in rows} == {TODAY}


@pytest.mark.parametrize(
    "values",
    [
        {"after": "declined"},
        {"before": "agreed"},
        {"reason": "another"},
        {"actor_name": "Somebody"},
        {"at": NOW + dt.timedelta(seconds=1)},
        {"effective_on": TODAY - dt.timedelta(days=1)},
        {"field": "title"},
    ],
)
def test_an_edited_row_is_named(
    database: Database, task_id: int, values: dict[str, object]
) -> None:
    where = (Change.task_id == task_id) & (Change.sequence == 2)
    with database.transaction() as session:
        session.execute(update(Change).where(where).values(**values))
    (fault,) = faults(database)
    assert fault.startswith("Task 2 ")
    assert "row 2" in fault
    assert "was edited" in fault


@pytest.mark.parametrize(("sequence", "words"), [(1, "row 1 is missing"), (2, "row 2 is missing")])
def test_a_deleted_row_is_named(
    database: Database, task_id: int, sequence: int, words: str
) -> None:
    where = (Change.task_id == task_id) & (Change.sequence == sequence)
    with database.transaction() as session:
        session.execute(delete(Change).where(where))
    (fault,) = faults(database)
    assert words in fault


def test_a_history_cut_off_at_its_end_is_noticed(database: Database, task_id: int) -> None:
    with database.transaction() as session:
        session.execute(delete(Change).where(Change.task_id == task_id, Change.sequence == 3))
    (fault,) = faults(database)
    assert "missing at the end, after row 2" in fault


def test_all_rows_of_a_task_deleted_are_noticed(database: Database, task_id: int) -> None:
    with database.transaction() as session:
        session.execute(delete(Change).where(Change.task_id == task_id))
    (fault,) = faults(database)
    assert "3 rows are missing" in fault
