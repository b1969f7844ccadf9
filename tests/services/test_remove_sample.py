"""Removing the sample takes what only it used, and nothing that anybody else needs."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.world import MAX_BYTES, NOW, World
from tracker.models import (
    CableRecord,
    Change,
    Contact,
    Delegate,
    Dialogue,
    Party,
    Reminder,
    ReminderLine,
)
from tracker.policy.errors import NotAllowed, NotFound
from tracker.policy.visibility import SYSTEM
from tracker.services.import_cable import import_cable
from tracker.services.remove_sample import find_sample, remove_sample


@pytest.fixture
def sample(world: World) -> int:
    dialogue_id = world.dialogue("Sample Talks", parties=("Westmark", "Ostland"))
    with world.database.transaction() as session:
        session.get_one(Dialogue, dialogue_id).is_sample = True
        for cable in session.scalars(select(CableRecord)):
            cable.is_sample = True
    return dialogue_id


def remove(world: World) -> int:
    with world.database.transaction() as session:
        return remove_sample(session, actor=SYSTEM, now=NOW)


def names(world: World, table: type[Contact] | type[Party]) -> set[str]:
    with world.database.reading() as session:
        return set(session.scalars(select(table.name)))


def test_everybody_in_the_directory_stays_and_parties_go_unless_somebody_needs_them(
    world: World, sample: int
) -> None:
    real = world.dialogue("Real Talks", parties=("Northland", "Ostland"))
    mine = world.person("Mira Okonjo")
    tried = world.person("Tried Out", party="Ostland", email="tried@ministry.example")
    world.person("Not Yet Used", email="unused@ministry.example")
    world.person("Office", kind="office", email="office@ministry.example")
    world.task(sample, owners=[tried, mine])
    assert remove(world) == 1
    assert names(world, Contact) == {"Mira Okonjo", "Tried Out", "Not Yet Used", "Office"}
    assert names(world, Party) == {"Northland", "Ostland"}
    with world.database.reading() as session:
        assert session.get_one(Dialogue, real).name == "Real Talks"
        assert session.scalar(select(func.count()).select_from(Change)) == 0
        assert session.scalar(select(func.count()).select_from(CableRecord)) == 1
        assert find_sample(session) is None


def test_a_real_meeting_keeps_its_delegates_whatever_their_address(
    world: World, sample: int
) -> None:
    real = world.dialogue("Real Talks", parties=("Northland", "Ostland"))
    guest = world.person("Real Person", email="real@mission.example")
    with world.database.transaction() as session:
        dialogue = session.get_one(Dialogue, real)
        for party in (dialogue.own_party_id, party_of(session, "Westmark")):
            session.add(
                Delegate(
                    meeting_id=dialogue.meetings[0].id,
                    party_id=party,
                    contact_id=guest,
                    name="Real Person",
                    role="head",
                    position=0,
                )
            )
    remove(world)
    with world.database.reading() as session:
        delegates = session.scalars(select(Delegate)).all()
        assert [d.party.name for d in delegates] == ["Northland", "Westmark"]


def test_a_corrected_copy_of_the_sample_cable_goes_with_it(world: World, sample: int) -> None:
    with world.database.transaction() as session:
        first = session.scalars(select(CableRecord)).one()
        copy = import_cable(
            session,
            first.original + b"\n2. (U) A line more.\n",
            "talks.txt",
            actor=SYSTEM,
            now=NOW,
            max_bytes=MAX_BYTES,
        ).cable
        copy.replaces_id = first.id
    remove(world)
    with world.database.reading() as session:
        assert session.scalars(select(CableRecord)).all() == []


def party_of(session: Session, name: str) -> int:
    return session.scalars(select(Party.id).where(Party.name == name)).one()


def test_reminders_about_the_sample_alone_go_and_others_keep_their_lines(
    world: World, sample: int
) -> None:
    mira = world.person()
    sample_task, real_task = world.task(sample), world.task(world.dialogue())
    with world.database.transaction() as session:
        for day, tasks in ((1, [sample_task]), (2, [sample_task, real_task])):
            session.add(_reminder(mira, day, tasks))
    remove(world)
    with world.database.reading() as session:
        left = session.scalars(select(Reminder)).one()
        assert [line.task_id for line in left.lines] == [real_task]


def _reminder(contact_id: int, day: int, tasks: list[int]) -> Reminder:
    on = dt.date(2008, 1, day)
    lines = [
        ReminderLine(task_id=task_id, occasion="30", due_on=on, why="owner") for task_id in tasks
    ]
    return Reminder(
        contact_id=contact_id,
        day=on,
        state="planned",
        message_id=f"<{day}@example.org>",
        planned_at=NOW,
        try_at=NOW,
        attempts=0,
        outcome="",
        lines=lines,
    )


def test_there_is_nothing_to_remove_twice(world: World, sample: int) -> None:
    remove(world)
    with pytest.raises(NotFound):
        remove(world)


def test_a_stranger_may_not(world: World, sample: int) -> None:
    actor = world.actor(world.person())
    with pytest.raises(NotAllowed), world.database.transaction() as session:
        remove_sample(session, actor=actor, now=NOW)
    with world.database.reading() as session:
        assert find_sample(session) is not None
