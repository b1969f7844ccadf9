"""Decisions on candidates: each once, by those who may, with the link to the passage kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.invented import NOW, TALKS, TODAY, UNPICKED, confirmed
from tests.world import World
from tracker.db import Database
from tracker.models import Candidate, Change, Dialogue, Task
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.visibility import SYSTEM, Actor
from tracker.queries.cables import candidates_of, get_cable, tasks_by_candidate
from tracker.services.add_missed import add_missed, propose_missed
from tracker.services.change_task import Owner, TaskUpdate, change_task
from tracker.services.record_history import find_broken_history
from tracker.services.review_candidates import (
    accept_candidate,
    accept_likely,
    change_many,
    proposal_of,
    reject_candidate,
    take_back,
)

WHEN = {"now": NOW, "today": TODAY}


@pytest.fixture
def mira(world: World) -> int:
    """A person of Northland; returns the contact's id."""
    return world.person()


@pytest.fixture
def cable_id(database: Database, world: World, mira: int) -> int:
    """A cable whose candidates mira may decide."""
    return confirmed(database, world.actor(mira))


@pytest.fixture
def lead(world: World, cable_id: int, mira: int) -> Actor:
    """Mira as the lead that importing made her."""
    return world.actor(mira)


def the_list(session: Session, cable_id: int) -> Candidate:
    """The candidate about the list of crossing points, with a deadline of its own."""
    found = candidates_of(session, cable_id)
    return next(c for c in found if "list of the crossing points" in c.text)


def accept(database: Database, cable_id: int, actor: Actor, **edits: Any) -> Task:
    """Accepts that candidate in a transaction of its own."""
    with database.transaction() as session:
        candidate = the_list(session, cable_id)
        edited = replace(proposal_of(candidate), **edits) if edits else None
        task = accept_candidate(session, candidate, actor=actor, edited=edited, **WHEN)
        assert task.owner_names is not None
        assert task.responsible_names is not None
        return task


def test_an_accepted_candidate_becomes_a_task_with_all_that_was_proposed(
    database: Database, cable_id: int, lead: Actor
) -> None:
    task = accept(database, cable_id, lead)
    assert task.number == 1
    assert (task.due_on, task.due_basis) == (dt.date(2008, 4, 30), "stated")
    assert (task.status, task.marking) == ("proposed", "C")
    assert "list of the crossing points" in task.text
    assert task.agenda_item is not None
    assert task.agenda_item.label == "A"


def test_the_task_keeps_the_place_of_its_passage_when_it_is_edited(
    database: Database, cable_id: int, lead: Actor
) -> None:
    task = accept(database, cable_id, lead, title="Send the list", text="Other words")
    assert task.span_start is not None
    assert "a list of the crossing points" in TALKS[task.span_start : task.span_end]
    with database.reading() as session:
        candidate = the_list(session, cable_id)
        assert candidate.title != "Send the list"
        assert candidate.decided_by_id == lead.contact_id


def test_what_an_import_creates_counts_from_today_while_the_meeting_is_still_to_come(
    database: Database, cable_id: int, lead: Actor
) -> None:
    task = accept(database, cable_id, lead)
    with database.reading() as session:
        change = session.scalars(select(Change).where(Change.task_id == task.id)).one()
        assert (change.field, change.effective_on) == ("created", TODAY)


def test_a_due_date_that_a_person_gives_counts_as_stated(
    database: Database, cable_id: int, lead: Actor
) -> None:
    with database.transaction() as session:
        customs = next(c for c in candidates_of(session, cable_id) if c.due_basis == "default")
        edited = replace(proposal_of(customs), due_on=dt.date(2008, 5, 2))
        task = accept_candidate(session, customs, actor=lead, edited=edited, **WHEN)
        assert (task.due_on, task.due_basis) == (dt.date(2008, 5, 2), "stated")


def test_an_edited_marking_can_only_be_higher_than_the_passage(
    database: Database, cable_id: int, lead: Actor
) -> None:
    assert accept(database, cable_id, lead, marking="U").marking == "C"


@pytest.mark.parametrize(
    "edits",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": "Send\nBcc: all@example.org"},
        {"kind": "wish"},
        {"due_on": dt.date.max},
        {"due_on": dt.date(1, 1, 1)},
        {"owners": (Owner("A\u2028B"),)},
        {"responsible": ("North\x00land",)},
    ],
)
def test_what_cannot_be_is_refused_and_the_candidate_stays_undecided(
    database: Database, cable_id: int, lead: Actor, edits: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput):
        accept(database, cable_id, lead, **edits)
    with database.reading() as session:
        assert the_list(session, cable_id).decision == "pending"
        assert session.scalar(select(Task.id)) is None


def test_a_name_of_the_directory_becomes_a_link_to_the_person(
    database: Database, cable_id: int, lead: Actor
) -> None:
    task = accept(database, cable_id, lead, owners=(Owner("Ambassador Okonjo"),))
    assert [owner.contact_id for owner in task.owners] == [lead.contact_id]


def test_a_decided_candidate_is_not_decided_again(
    database: Database, cable_id: int, lead: Actor
) -> None:
    accept(database, cable_id, lead)
    with pytest.raises(Conflict):
        accept(database, cable_id, lead)
    with database.transaction() as session, pytest.raises(Conflict):
        reject_candidate(session, the_list(session, cable_id), "", actor=lead, now=NOW)


def test_two_who_accept_at_once_make_one_task(
    database: Database, cable_id: int, lead: Actor
) -> None:
    def try_it(_number: int) -> str:
        try:
            accept(database, cable_id, lead)
        except Conflict:
            return "conflict"
        return "done"

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(try_it, range(3))) == ["conflict", "conflict", "done"]


def test_two_who_accept_all_likely_ones_at_once_never_wait_for_each_other_in_a_circle(
    database: Database, cable_id: int, lead: Actor
) -> None:
    def accept_all(_number: int) -> int:
        with database.transaction() as session:
            cable = get_cable(session, lead.scope, cable_id)
            return len(accept_likely(session, cable, actor=lead, **WHEN))

    with ThreadPoolExecutor(2) as pool:
        counts = sorted(pool.map(accept_all, range(2)))
    assert counts[0] == 0
    with database.reading() as session:
        numbers = session.scalars(select(Task.number).order_by(Task.number)).all()
        assert list(numbers) == list(range(1, counts[1] + 1))


@pytest.mark.parametrize("role", ["reader", "owner", "notetaker", None])
def test_only_leads_and_editors_decide(
    database: Database, world: World, cable_id: int, role: str | None
) -> None:
    other = world.person("Tom Varga")
    with database.reading() as session:
        dialogue_id = session.scalars(select(Dialogue.id)).one()
    if role:
        world.join(dialogue_id, other, role)
    actor = world.actor(other)
    deeds: list[Callable[[Session, Candidate], object]] = [
        lambda s, c: accept_candidate(s, c, actor=actor, **WHEN),
        lambda s, c: reject_candidate(s, c, "", actor=actor, now=NOW),
        lambda s, c: take_back(s, c, actor=actor, now=NOW),
        lambda s, c: accept_likely(s, c.cable, actor=actor, **WHEN),
    ]
    for deed in deeds:
        with database.transaction() as session, pytest.raises(NotAllowed):
            deed(session, the_list(session, cable_id))


def test_a_rejection_keeps_its_reason_and_can_be_taken_back(
    database: Database, cable_id: int, lead: Actor
) -> None:
    with database.transaction() as session:
        reject_candidate(session, the_list(session, cable_id), " Not ours. ", actor=lead, now=NOW)
    with database.transaction() as session:
        candidate = the_list(session, cable_id)
        assert (candidate.decision, candidate.rejection_reason) == ("rejected", "Not ours.")
        take_back(session, candidate, actor=lead, now=NOW)
    with database.reading() as session:
        candidate = the_list(session, cable_id)
        assert (candidate.decision, candidate.rejection_reason) == ("pending", "")
        assert candidate.decided_by_id is None


def test_taking_back_an_accepted_one_takes_its_task_and_never_its_number(
    database: Database, cable_id: int, lead: Actor
) -> None:
    accept(database, cable_id, lead, owners=(Owner("Tom Varga"),))
    with database.transaction() as session:
        take_back(session, the_list(session, cable_id), actor=lead, now=NOW)
        assert session.scalar(select(Task.id)) is None
        assert list(find_broken_history(session)) == []
    assert accept(database, cable_id, lead).number == 2


def test_a_task_that_people_have_worked_on_is_not_taken_back(
    database: Database, cable_id: int, lead: Actor
) -> None:
    task = accept(database, cable_id, lead)
    with database.transaction() as session:
        update = TaskUpdate(status="in_progress")
        stored = session.get_one(Task, task.id)
        change_task(session, stored, update, seen_version=None, actor=lead, **WHEN)
    with database.transaction() as session, pytest.raises(Conflict, match="task 1"):
        take_back(session, the_list(session, cable_id), actor=lead, now=NOW)
    with database.reading() as session:
        assert the_list(session, cable_id).decision == "accepted"


def test_owner_and_date_for_many_make_tasks_of_the_undecided_and_change_the_others(
    database: Database, cable_id: int, lead: Actor
) -> None:
    accept(database, cable_id, lead)
    day = dt.date(2008, 5, 1)
    with database.transaction() as session:
        found = candidates_of(session, cable_id)
        reject_candidate(session, found[0], "", actor=lead, now=NOW)
        tasks = change_many(
            session, found, owner=Owner("Port Office"), due_on=day, actor=lead, **WHEN
        )
        assert len(tasks) == len(found) - 1
        assert {task.due_on for task in tasks} == {day}
        assert {tuple(task.owner_names) for task in tasks} == {("Port Office",)}
        moved = next(task for task in tasks if task.number == 1)
        assert moved.due_basis == "extended"


def test_nothing_to_set_is_refused(database: Database, cable_id: int, lead: Actor) -> None:
    with database.transaction() as session, pytest.raises(InvalidInput):
        change_many(session, [], owner=None, due_on=None, actor=lead, **WHEN)


def test_a_missed_passage_becomes_a_task_with_a_candidate_of_its_own(
    database: Database, cable_id: int, lead: Actor
) -> None:
    start = TALKS.index("The\nweather")
    span = (start, start + len(UNPICKED))
    with database.transaction() as session:
        cable = get_cable(session, lead.scope, cable_id)
        new = propose_missed(cable, span)
        assert (new.agenda, new.marking, new.due_basis) == ("B", "C", "default")
        assert new.due_on == dt.date(2008, 9, 4)
        task = add_missed(session, cable, span, new, actor=lead, **WHEN)
        candidate = session.get_one(Candidate, task.candidate_id)
        assert (candidate.tier, candidate.rules) == ("possible", ["missed"])
        assert candidate.decision == "accepted"
        assert (task.span_start, task.span_end) == span
        assert tasks_by_candidate(session, cable_id)[candidate.id] is task


def test_a_passage_is_missed_only_once(database: Database, cable_id: int, lead: Actor) -> None:
    start = TALKS.index("The\nweather")
    for attempt in range(2):
        with database.transaction() as session:
            cable = get_cable(session, lead.scope, cable_id)
            span = (start, start + len(UNPICKED))
            new = propose_missed(cable, span)
            if attempt:
                with pytest.raises(Conflict):
                    add_missed(session, cable, span, new, actor=lead, **WHEN)
            else:
                add_missed(session, cable, span, new, actor=lead, **WHEN)


@pytest.mark.parametrize("span", [(-1, 5), (10, 10), (5, 10**9), (20, 10)])
def test_a_passage_outside_the_text_is_refused(
    database: Database, cable_id: int, lead: Actor, span: tuple[int, int]
) -> None:
    with database.transaction() as session:
        cable = get_cable(session, lead.scope, cable_id)
        new = replace(propose_missed(cable, (0, 9)), marking="U")
        with pytest.raises(InvalidInput):
            add_missed(session, cable, span, new, actor=lead, **WHEN)


def test_an_unconfirmed_cable_is_not_reviewed(database: Database, cable_id: int) -> None:
    with database.transaction() as session:
        cable = get_cable(session, SYSTEM.scope, cable_id)
        cable.dialogue = cable.dialogue_id = None
        with pytest.raises(Conflict, match="Confirm"):
            accept_likely(session, cable, actor=SYSTEM, **WHEN)
