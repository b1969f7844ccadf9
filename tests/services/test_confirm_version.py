"""A corrected copy of a cable: a new version, its questions, and tasks that nobody overwrites."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.corrected import ADDED, CORRECTED, send_corrected
from tests.invented import NOW, TALKS, TODAY, confirmed
from tests.world import World
from tracker.db import Database
from tracker.models import CableRecord, Candidate, Task, VersionQuestion
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.visibility import Actor, Scope
from tracker.queries.cables import candidates_of, get_cable
from tracker.queries.versions import questions_of
from tracker.services.answer_version import answer_question
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.confirm_version import Outcome, confirm_version
from tracker.services.record_history import find_broken_history
from tracker.services.review_candidates import accept_likely, reject_candidate
from tracker.services.undo_decision import undo_decision

WHEN: dict[str, Any] = {"now": NOW, "today": TODAY}


@pytest.fixture
def mira_id(world: World) -> int:
    """A person of Northland."""
    return world.person()


@pytest.fixture
def first(database: Database, world: World, mira_id: int) -> int:
    """The cable with all likely candidates accepted; returns its id."""
    cable_id = confirmed(database, world.actor(mira_id))
    with database.transaction() as session:
        lead = world.actor(mira_id)
        accept_likely(session, get_cable(session, lead.scope, cable_id), actor=lead, **WHEN)
    return cable_id


@pytest.fixture
def lead(world: World, mira_id: int, first: int) -> Actor:
    """Mira as lead."""
    return world.actor(mira_id)


def correct(database: Database, lead: Actor, text: str = CORRECTED) -> tuple[int, Outcome]:
    """Imports a corrected copy and confirms it; its id and what it brought."""
    cable_id = send_corrected(database, lead, text)
    with database.transaction() as session:
        cable = get_cable(session, lead.scope, cable_id)
        return cable_id, confirm_version(session, cable, actor=lead, now=NOW)


def the_list(session: Session) -> Task:
    """The task about the list, whose deadline the copy moves."""
    return session.scalars(select(Task).where(Task.text.contains("list of the crossing"))).one()


def state(session: Session) -> list[tuple[object, ...]]:
    """What a task says, all of it."""
    tasks = session.scalars(select(Task).order_by(Task.number))
    return [
        (t.number, t.title, t.text, t.status, t.due_on, t.cable_id, t.span_start, t.version)
        for t in tasks
    ]


def test_a_corrected_copy_is_a_new_version_and_no_task_is_touched(
    database: Database, lead: Actor, first: int
) -> None:
    with database.reading() as session:
        before = state(session)
    second, outcome = correct(database, lead)
    with database.reading() as session:
        assert state(session) == before
        copy = session.get_one(CableRecord, second)
        old = session.get_one(CableRecord, first)
        assert copy.replaces_id == first
        assert (copy.dialogue_id, copy.meeting_id) == (old.dialogue_id, old.meeting_id)
        assert {task.cable_id for task in session.scalars(select(Task))} == {first}
    assert [task.text for task in outcome.changed] == [the_text(database)]
    assert len(outcome.gone) == 1
    assert outcome.gone[0].text.startswith("The Ministry of Transport promised")


def the_text(database: Database) -> str:
    """What the task about the list says."""
    with database.reading() as session:
        return the_list(session).text


def test_what_is_new_goes_to_the_review_and_what_stayed_does_not(
    database: Database, lead: Actor
) -> None:
    second, outcome = correct(database, lead)
    with database.reading() as session:
        shown = candidates_of(session, second)
        pending = [one.text for one in shown if one.decision == "pending"]
        assert ADDED.strip() in pending
        assert outcome.to_review == len(pending)
        carried = session.scalars(select(Candidate).where(Candidate.aside == "carried")).all()
        assert any("simplify the customs forms" in one.text for one in carried)
        assert all("simplify the customs forms" not in text for text in pending)


def test_what_was_rejected_and_reads_the_same_stays_rejected(
    database: Database, world: World, mira_id: int
) -> None:
    cable_id = confirmed(database, world.actor(mira_id))
    lead = world.actor(mira_id)
    with database.transaction() as session:
        for one in candidates_of(session, cable_id):
            reject_candidate(session, one, "not ours", actor=lead, now=NOW)
    second, _ = correct(database, lead)
    with database.reading() as session:
        found = {one.text: one for one in candidates_of(session, second)}
        customs = next(one for text, one in found.items() if "customs forms" in text)
        assert (customs.decision, customs.rejection_reason) == ("rejected", "not ours")
        moved = next(one for text, one in found.items() if "May 15" in text)
        assert moved.decision == "pending"


def test_what_was_undecided_is_decided_on_in_the_new_version(
    database: Database, world: World, mira_id: int
) -> None:
    cable_id = confirmed(database, world.actor(mira_id))
    lead = world.actor(mira_id)
    second, outcome = correct(database, lead)
    with database.reading() as session:
        assert candidates_of(session, cable_id) == []
        assert outcome.to_review == len(candidates_of(session, second))
        assert questions_of(session, second) == []


def test_taking_the_new_wording_changes_text_and_date_and_keeps_the_link(
    database: Database, lead: Actor, first: int
) -> None:
    second, _ = correct(database, lead)
    with database.transaction() as session:
        question = next(q for q in questions_of(session, second) if q.candidate_id)
        version = question.task.version
        answer_question(session, question, "taken", "", seen_version=version, actor=lead, **WHEN)
        task = the_list(session)
        assert "May 15" in task.text
        assert (task.due_on, task.cable_id) == (dt.date(2008, 5, 15), first)
        assert TALKS[task.span_start or 0 : task.span_end].endswith("April 30.")
        assert (question.answer, question.answered_by_id) == ("taken", lead.contact_id)
        assert list(find_broken_history(session)) == []
        with pytest.raises(Conflict):
            answer_question(session, question, "kept", "", seen_version=None, actor=lead, **WHEN)


def test_what_people_edited_stays_when_the_new_wording_is_taken(
    database: Database, lead: Actor
) -> None:
    with database.transaction() as session:
        update = TaskUpdate(title="Our own title", due_on=dt.date(2008, 6, 1), reason="asked for")
        change_task(session, the_list(session), update, seen_version=None, actor=lead, **WHEN)
    second, _ = correct(database, lead)
    with database.transaction() as session:
        question = next(q for q in questions_of(session, second) if q.candidate_id)
        answer_question(session, question, "taken", "", seen_version=None, actor=lead, **WHEN)
        task = the_list(session)
        assert (task.title, task.due_on) == ("Our own title", dt.date(2008, 6, 1))


def test_keeping_ones_own_changes_nothing(database: Database, lead: Actor) -> None:
    second, _ = correct(database, lead)
    with database.transaction() as session:
        before = state(session)
        for question in questions_of(session, second):
            answer_question(session, question, "kept", "", seen_version=None, actor=lead, **WHEN)
        assert state(session) == before


def test_what_is_gone_is_declined_with_a_reason(database: Database, lead: Actor) -> None:
    second, _ = correct(database, lead)
    with database.transaction() as session:
        question = next(q for q in questions_of(session, second) if q.candidate_id is None)
        for answer, reason in (("declined", " "), ("taken", ""), ("framed", "")):
            with pytest.raises(InvalidInput):
                answer_question(
                    session, question, answer, reason, seen_version=None, actor=lead, **WHEN
                )
        answer_question(
            session, question, "declined", "withdrawn", seen_version=None, actor=lead, **WHEN
        )
        assert question.task.status == "declined"


def test_an_answer_over_somebody_elses_change_is_refused(database: Database, lead: Actor) -> None:
    second, _ = correct(database, lead)
    with database.transaction() as session:
        question = next(q for q in questions_of(session, second) if q.candidate_id)
        seen = question.task.version
        update = TaskUpdate(title="Changed meanwhile")
        change_task(session, question.task, update, seen_version=None, actor=lead, **WHEN)
        with pytest.raises(Conflict):
            answer_question(session, question, "taken", "", seen_version=seen, actor=lead, **WHEN)
        assert question.answer == ""


def test_a_raised_marking_is_asked_about_and_taken_over(database: Database, lead: Actor) -> None:
    second, outcome = correct(database, lead, TALKS.replace("2. (C)", "2. (S)"))
    assert outcome.changed
    with database.transaction() as session:
        question = next(q for q in questions_of(session, second) if q.task == the_list(session))
        answer_question(session, question, "taken", "", seen_version=None, actor=lead, **WHEN)
        assert the_list(session).marking == "S"
        assert list(find_broken_history(session)) == []


def test_a_third_version_asks_about_tasks_of_the_first(database: Database, lead: Actor) -> None:
    correct(database, lead)
    third, outcome = correct(database, lead, CORRECTED.replace("May 15", "May 16"))
    assert len(outcome.changed) == len(outcome.gone) == 1
    with database.reading() as session:
        unanswered = session.scalars(
            select(VersionQuestion).where(VersionQuestion.answer == "")
        ).all()
        assert {question.cable_id for question in unanswered} == {third}


def test_other_line_breaks_alone_ask_nothing_and_bring_nothing(
    database: Database, lead: Actor
) -> None:
    with database.transaction() as session:
        for one in candidates_of(session, 1):
            if one.decision == "pending":
                reject_candidate(session, one, "", actor=lead, now=NOW)
    _, outcome = correct(database, lead, TALKS.replace("\n", "\r\n"))
    assert (outcome.to_review, outcome.changed, outcome.gone) == (0, [], [])


def test_a_copy_is_confirmed_once_and_only_by_those_who_edit(
    database: Database, lead: Actor
) -> None:
    second, _ = correct(database, lead)
    with database.transaction() as session:
        cable = get_cable(session, lead.scope, second)
        with pytest.raises(Conflict):
            confirm_version(session, cable, actor=lead, now=NOW)
        question = questions_of(session, second)[0]
        reader = Actor(lead.contact_id, lead.name, Scope(contact_id=lead.contact_id))
        with pytest.raises(NotAllowed):
            answer_question(session, question, "kept", "", seen_version=None, actor=reader, **WHEN)


def test_the_review_that_a_copy_has_replaced_decides_nothing_more(
    database: Database, lead: Actor, first: int
) -> None:
    second, _ = correct(database, lead)
    with database.reading() as session:
        before = [(c.id, c.decision) for c in candidates_of(session, second)], state(session)
        ids = [candidate.id for candidate in candidates_of(session, first)]
    for candidate_id in ids:
        with pytest.raises(Conflict, match="corrected copy"), database.transaction() as session:
            undo_decision(session, session.get_one(Candidate, candidate_id), actor=lead, now=NOW)
    with database.reading() as session:
        after = [(c.id, c.decision) for c in candidates_of(session, second)], state(session)
    assert after == before
