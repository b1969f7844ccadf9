"""Undo in the review: what it may still take back, and what stands on a task by then."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.invented import NOW, TODAY, confirmed
from tests.world import World
from tracker.db import Database
from tracker.models import Contact, ListItem, LogEntry, Meeting, SentOccasion, Task
from tracker.policy.errors import Conflict
from tracker.policy.visibility import Actor
from tracker.queries.cables import candidates_of
from tracker.services.draft_list import draft_list, offer_list
from tracker.services.prepare_meeting import add_meeting
from tracker.services.review_candidates import accept_candidate
from tracker.services.undo_decision import undo_decision
from tracker.services.write_log import NewLine, write_log

WHEN: dict[str, Any] = {"now": NOW, "today": TODAY}


@pytest.fixture
def importer(world: World) -> Actor:
    """Mira, who imports the cable and by that leads its dialogue."""
    return world.actor(world.person())


@pytest.fixture
def cable_id(database: Database, importer: Actor) -> int:
    """A cable whose candidates Mira may decide."""
    return confirmed(database, importer)


@pytest.fixture
def lead(world: World, importer: Actor, cable_id: int) -> Actor:
    """Mira with the role that importing gave her."""
    return world.actor(importer.contact_id or 0)


def accepted(session: Session, cable_id: int, lead: Actor) -> Task:
    """The first candidate as a task."""
    return accept_candidate(session, candidates_of(session, cable_id)[0], actor=lead, **WHEN)


def take_up(session: Session, task: Task, lead: Actor) -> Meeting:
    """Writes the task into its meeting's log."""
    assert task.meeting is not None
    parties = tuple(entry.party.name for entry in task.meeting.dialogue.parties)
    line = NewLine("client-01", "Shared words", task_number=task.number, responsible=parties)
    write_log(session, task.meeting, [line], actor=lead, **WHEN)
    return task.meeting


def put_on_offer(session: Session, task: Task, lead: Actor) -> None:
    version = draft_list(session, take_up(session, task, lead), actor=lead, now=NOW)
    offer_list(session, version, "U", actor=lead, now=NOW)


def carry(session: Session, task: Task, lead: Actor) -> None:
    add_meeting(session, task.dialogue, actor=lead)


def mail(session: Session, task: Task, lead: Actor) -> None:
    contact = session.get_one(Contact, lead.contact_id)
    due_on = task.due_on or dt.date(2008, 4, 30)
    session.add(
        SentOccasion(
            contact_id=contact.id, task_id=task.id, occasion="due", due_on=due_on, sent_at=NOW
        )
    )


@pytest.mark.parametrize("use", [take_up, put_on_offer, carry, mail])
def test_a_task_that_something_stands_on_is_not_taken_back(
    database: Database, cable_id: int, lead: Actor, use: Any
) -> None:
    with database.transaction() as session:
        task = accepted(session, cable_id, lead)
        use(session, task, lead)
    with pytest.raises(Conflict, match="decline the task instead"), database.transaction() as s:
        undo_decision(s, candidates_of(s, cable_id)[0], actor=lead, now=NOW)
    with database.reading() as session:
        assert session.get(Task, task.id) is not None
        for linked in (ListItem, LogEntry):
            assert all(one.task_id == task.id for one in session.scalars(select(linked)))
