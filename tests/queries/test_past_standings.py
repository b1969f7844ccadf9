"""Counts of a past day by the database agree with the report that is built from the history."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.world import NOW, TODAY, World
from tracker.models import Dialogue, Task
from tracker.policy.visibility import SYSTEM, SYSTEM_SCOPE, Scope
from tracker.queries.past_standings import standing_on
from tracker.services.build_report import build_report
from tracker.services.change_task import TaskUpdate, change_task


def change(world: World, task_id: int, days: int, **values) -> None:
    with world.database.transaction() as session:
        now = NOW + dt.timedelta(days=days)
        change_task(
            session,
            session.get_one(Task, task_id),
            TaskUpdate(**values),
            seen_version=None,
            actor=SYSTEM,
            now=now,
            today=now.date(),
        )


@pytest.mark.parametrize("days", [-30, 0, 5, 15, 25, 35, 400])
def test_the_counts_are_those_of_the_report(world: World, days: int) -> None:
    dialogue_id = world.dialogue()
    due = TODAY + dt.timedelta(days=20)
    tasks = [world.task(dialogue_id, f"Task {n}", due_on=due) for n in range(5)]
    world.task(dialogue_id, "Undated", due_on=None)
    change(world, tasks[0], 10, status="done")
    change(world, tasks[0], 30, status="in_progress")
    change(world, tasks[1], 10, status="deferred", deferred_until=dt.date(2009, 1, 1))
    change(world, tasks[2], 22, due_on=due + dt.timedelta(days=90), reason="snow")
    as_of = TODAY + dt.timedelta(days=days)
    with world.database.reading() as session:
        counted = standing_on(session, SYSTEM_SCOPE, dialogue_id, as_of)
        dialogue = session.get_one(Dialogue, dialogue_id)
        report = build_report(session, SYSTEM_SCOPE, dialogue, as_of=as_of, now=NOW)
    assert counted.totals == report.totals
    assert counted.overdue == len(report.overdue)


def test_strangers_count_nothing(world: World) -> None:
    dialogue_id = world.dialogue()
    world.task(dialogue_id)
    with world.database.reading() as session:
        assert standing_on(session, Scope(contact_id=1), dialogue_id, TODAY).total == 0
