"""What people do to a task: each change with its history, none over somebody else's."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from tests.world import NOW, TODAY, World
from tracker.db import Database
from tracker.models import Change, Membership, Remark, Task
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.visibility import Actor
from tracker.services.change_task import Owner, TaskUpdate, change_task

DUE = dt.date(2008, 1, 10)


@pytest.fixture
def dialogue_id(world: World) -> int:
    """A dialogue of Northland with Sundria."""
    return world.dialogue()


@pytest.fixture
def lead(world: World, dialogue_id: int) -> Actor:
    """Its lead."""
    contact_id = world.person()
    world.join(dialogue_id, contact_id, "lead")
    return world.actor(contact_id)


def change(
    database: Database, task_id: int, actor: Actor, *, seen: int | None = None, **values: Any
) -> list[str]:
    """One change in a transaction of its own; the fields that changed."""
    with database.transaction() as session:
        task = session.get_one(Task, task_id)
        return change_task(
            session,
            task,
            TaskUpdate(**values),
            seen_version=seen,
            actor=actor,
            now=NOW,
            today=TODAY,
        )


def changes(database: Database, task_id: int) -> list[Change]:
    """The history after the row that made the task."""
    with database.reading() as session:
        query = select(Change).where(Change.task_id == task_id, Change.field != "created")
        return list(session.scalars(query.order_by(Change.sequence)))


def test_a_status_is_kept_with_before_and_after(
    database: Database, world: World, dialogue_id: int, lead: Actor
) -> None:
    task_id = world.task(dialogue_id)
    assert change(database, task_id, lead, status="done") == ["status"]
    (row,) = changes(database, task_id)
    assert (row.before, row.after, row.actor_name) == ("proposed", "done", "Mira Okonjo")
    with database.reading() as session:
        task = session.get_one(Task, task_id)
        assert (task.done_on, task.remind_on) == (TODAY, None)


def test_nothing_new_leaves_no_trace(
    database: Database, world: World, dialogue_id: int, lead: Actor
) -> None:
    task_id = world.task(dialogue_id, owners=["Port Office"])
    same = {"status": "proposed", "due_on": DUE, "owners": (Owner("Port Office"),)}
    assert change(database, task_id, lead, **same) == []
    assert changes(database, task_id) == []


def test_a_moved_date_needs_a_reason_and_counts_as_extended(
    database: Database, world: World, dialogue_id: int, lead: Actor
) -> None:
    task_id = world.task(dialogue_id)
    day = dt.date(2008, 3, 1)
    with pytest.raises(InvalidInput) as refused:
        change(database, task_id, lead, due_on=day)
    assert refused.value.field == "reason"
    change(database, task_id, lead, due_on=day, reason="Ministry's reply outstanding")
    (row,) = changes(database, task_id)
    assert row.before == {"due_on": "2008-01-10", "basis": "stated"}
    assert row.after == {"due_on": "2008-03-01", "basis": "extended"}
    assert row.reason == "Ministry's reply outstanding"


def test_deferring_needs_a_day_and_any_other_status_clears_it(
    database: Database, world: World, dialogue_id: int, lead: Actor
) -> None:
    task_id = world.task(dialogue_id)
    with pytest.raises(InvalidInput) as refused:
        change(database, task_id, lead, status="deferred")
    assert refused.value.field == "deferred_until"
    change(database, task_id, lead, status="deferred", deferred_until=dt.date(2008, 6, 1))
    change(database, task_id, lead, status="in_progress")
    with database.reading() as session:
        task = session.get_one(Task, task_id)
        assert (task.deferred_until, task.remind_on) == (None, TODAY)


def test_handing_over_links_the_new_owner_and_lets_them_in(
    database: Database, world: World, dialogue_id: int, lead: Actor
) -> None:
    per = world.person("Per Lind")
    task_id = world.task(dialogue_id, owners=["Port Office"])
    change(database, task_id, lead, owners=(Owner("Per Lind"),))
    with database.reading() as session:
        assert [o.contact_id for o in session.get_one(Task, task_id).owners] == [per]
        role = session.scalar(select(Membership.role).where(Membership.contact_id == per))
    assert role == "owner"
    (row,) = changes(database, task_id)
    assert (row.before, row.after) == (["Port Office"], ["Per Lind"])


def test_a_change_over_somebody_elses_is_a_conflict_with_both_kept(
    database: Database, world: World, dialogue_id: int, lead: Actor
) -> None:
    task_id = world.task(dialogue_id)
    with database.reading() as session:
        seen = session.get_one(Task, task_id).version
    change(database, task_id, lead, seen=seen, title="Theirs")
    with pytest.raises(Conflict) as refused:
        change(database, task_id, lead, seen=seen, title="Mine", remark="Lost?")
    assert refused.value.current["title"] == "Theirs"
    with database.reading() as session:
        assert session.scalar(select(Remark.id)) is None


def test_a_remark_alone_never_conflicts(
    database: Database, world: World, dialogue_id: int, lead: Actor
) -> None:
    task_id = world.task(dialogue_id)
    change(database, task_id, lead, title="Theirs")
    assert change(database, task_id, lead, seen=1, remark=" Called them. ") == ["remark"]
    with database.reading() as session:
        assert session.get_one(Task, task_id).last_remark == "Called them."


def test_an_owner_updates_their_own_task_and_not_its_wording(
    database: Database, world: World, dialogue_id: int
) -> None:
    per = world.person("Per Lind")
    world.join(dialogue_id, per, "owner")
    mine, other = world.task(dialogue_id, owners=[per]), world.task(dialogue_id)
    actor = world.actor(per)
    assert change(database, mine, actor, status="in_progress") == ["status"]
    with pytest.raises(NotAllowed):
        change(database, mine, actor, title="Something easier")
    with pytest.raises(NotAllowed):
        change(database, other, actor, status="done")


def test_an_owner_hands_on_to_who_takes_part_and_to_nobody_new(
    database: Database, world: World, dialogue_id: int
) -> None:
    owner, colleague, stranger = (world.person(n) for n in ("Per Lind", "Ada Roth", "Sam Dray"))
    world.join(dialogue_id, owner, "owner")
    world.join(dialogue_id, colleague, "reader")
    task_id = world.task(dialogue_id, owners=[owner])
    with pytest.raises(InvalidInput, match="Sam Dray does not take part"):
        change(database, task_id, world.actor(owner), owners=(Owner("", stranger),))
    with pytest.raises(InvalidInput, match="Sam Dray does not take part"):
        change(database, task_id, world.actor(owner), owners=(Owner("Sam Dray"),))
    assert change(database, task_id, world.actor(owner), owners=(Owner("", colleague),)) == [
        "owners"
    ]


def test_that_both_sides_have_agreed_is_recorded_by_an_editor_and_no_owner(
    database: Database, world: World, dialogue_id: int, lead: Actor
) -> None:
    owner = world.person("Per Lind")
    world.join(dialogue_id, owner, "owner")
    task_id = world.task(dialogue_id, owners=[owner])
    with pytest.raises(InvalidInput, match="both sides have agreed"):
        change(database, task_id, world.actor(owner), status="agreed")
    assert change(database, task_id, lead, status="agreed") == ["status"]
    assert change(database, task_id, world.actor(owner), remark="Under way.", status="agreed")


@pytest.mark.parametrize("role", ["reader", None])
def test_who_only_reads_changes_nothing(
    database: Database, world: World, dialogue_id: int, role: str | None
) -> None:
    ivo = world.person("Ivo Reader")
    if role:
        world.join(dialogue_id, ivo, role)
    task_id = world.task(dialogue_id, owners=[ivo] if role is None else [])
    actor = world.actor(ivo)
    deed = {"title": "Mine"} if role is None else {"remark": "Hello"}
    with pytest.raises(NotAllowed):
        change(database, task_id, actor, **deed)


@pytest.mark.parametrize(
    "values",
    [
        {"status": "lost"},
        {"kind": "wish"},
        {"title": " "},
        {"title": "x" * 201},
        {"title": "a\r\nBcc: b"},
        {"owners": (Owner("a\u2028b"),)},
        {"due_on": dt.date.max, "reason": "late"},
        {"status": "deferred", "deferred_until": dt.date(1, 1, 1)},
        {"status": "deferred", "deferred_until": TODAY},
        {"remark": "x" * 50_001},
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(
    database: Database, world: World, dialogue_id: int, lead: Actor, values: dict[str, Any]
) -> None:
    task_id = world.task(dialogue_id)
    with pytest.raises(InvalidInput):
        change(database, task_id, lead, **values)
    assert changes(database, task_id) == []
