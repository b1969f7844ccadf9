"""Merging and splitting candidates: spans, markings, names and deadlines, and the way back."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from tests.invented import NOW, TALKS, TODAY, confirmation, confirmed
from tests.world import MAX_BYTES, World
from tracker.db import Database
from tracker.models import Candidate
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.visibility import Actor
from tracker.queries.cables import candidates_of, get_candidate
from tracker.queries.candidates import candidates_since, review_revision
from tracker.services.confirm_cable import confirm_cable
from tracker.services.import_cable import import_cable
from tracker.services.merge_candidates import merge_candidates
from tracker.services.review_candidates import accept_candidate, reject_candidate, take_back
from tracker.services.split_candidate import split_candidate, words_of
from tracker.services.undo_decision import undo_decision


@pytest.fixture
def lead(world: World) -> Actor:
    """Mira, who imports the cable and by that leads its dialogue; ask for ``cable_id`` first."""
    return world.actor(world.person())


@pytest.fixture
def cable_id(database: Database, lead: Actor) -> int:
    """A cable whose candidates Mira may decide."""
    return confirmed(database, lead)


@pytest.fixture
def mira(world: World, lead: Actor, cable_id: int) -> Actor:
    """Mira with the role that importing gave her."""
    return world.actor(lead.contact_id or 0)


def two(session: Session, cable_id: int) -> tuple[Candidate, Candidate]:
    """The list of crossing points, due on 30 April, and what follows it."""
    found = candidates_of(session, cable_id)
    at = next(n for n, one in enumerate(found) if "list of the crossing" in one.text)
    return found[at], found[at + 1]


def titles(database: Database, cable_id: int) -> list[str]:
    """What the review shows, in order."""
    with database.reading() as session:
        return [one.title for one in candidates_of(session, cable_id)]


def test_a_merged_candidate_covers_both_and_unites_what_they_say(
    database: Database, cable_id: int, mira: Actor
) -> None:
    with database.transaction() as session:
        first, second = two(session, cable_id)
        first.marking, second.marking = "C//NF", "S"
        first.owners, second.owners = ["Ambassador Okonjo"], ["Transport", "Ambassador Okonjo"]
        first.responsible, second.responsible = ["Northland"], ["Sundria"]
        session.flush()
        merged = merge_candidates(session, second, first, actor=mira, now=NOW)
        assert (merged.span_start, merged.span_end) == (first.span_start, second.span_end)
        assert merged.marking == "S//NF"
        assert merged.owners == ["Ambassador Okonjo", "Transport"]
        assert merged.responsible == ["Northland", "Sundria"]
        assert (merged.due_on, merged.due_basis) == (dt.date(2008, 4, 30), "stated")
        assert merged.title == first.title
        assert set(merged.rules) == {*first.rules, *second.rules}
        assert (first.aside, second.aside) == ("merged", "merged")
        assert (first.decided_by_id, first.decided_at) == (mira.contact_id, NOW)


def test_undoing_a_merge_brings_both_back_as_they_were(
    database: Database, cable_id: int, mira: Actor
) -> None:
    before = titles(database, cable_id)
    with database.transaction() as session:
        first, second = two(session, cable_id)
        merged = merge_candidates(session, first, second, actor=mira, now=NOW)
    assert len(titles(database, cable_id)) == len(before) - 1
    with database.transaction() as session:
        merged = session.get_one(Candidate, merged.id)
        assert undo_decision(session, merged, actor=mira, now=NOW).id == first.id
        assert (merged.aside, merged.decided_by_id) == ("withdrawn", mira.contact_id)
    assert titles(database, cable_id) == before


def test_merging_with_the_next_and_the_next_is_undone_step_by_step(
    database: Database, cable_id: int, mira: Actor
) -> None:
    before = titles(database, cable_id)
    with database.transaction() as session:
        one, two_, three = candidates_of(session, cable_id)[:3]
        pair = merge_candidates(session, one, two_, actor=mira, now=NOW)
        triple = merge_candidates(session, pair, three, actor=mira, now=NOW)
        assert (triple.span_start, triple.span_end) == (one.span_start, three.span_end)
        assert undo_decision(session, triple, actor=mira, now=NOW).id == pair.id
        undo_decision(session, pair, actor=mira, now=NOW)
    assert titles(database, cable_id) == before


def test_the_parts_of_a_split_hold_exactly_the_source_on_each_side(
    database: Database, cable_id: int, mira: Actor
) -> None:
    with database.transaction() as session:
        whole, _ = two(session, cable_id)
        at = TALKS.index("the crossing points by")
        first, second = split_candidate(session, whole, at, actor=mira, now=NOW)
        assert (first.span_start, second.span_end) == (whole.span_start, whole.span_end)
        assert TALKS[first.span_start : first.span_end].endswith("a list of")
        assert TALKS[second.span_start : second.span_end].startswith("the crossing points by")
        assert " ".join(TALKS[first.span_start : first.span_end].split()) == first.text
        assert " ".join(TALKS[second.span_start : second.span_end].split()) == second.text
        assert (first.owners, second.owners) == (["Ambassador Okonjo"], [])
        assert (first.marking, second.marking) == (whole.marking, whole.marking)
        assert second.title.startswith("The crossing points")
        assert whole.aside == "split"


def test_undoing_a_split_brings_the_whole_back_and_withdraws_both_parts(
    database: Database, cable_id: int, mira: Actor
) -> None:
    before = titles(database, cable_id)
    with database.transaction() as session:
        whole, _ = two(session, cable_id)
        at = words_of(whole.cable, whole)[4][0]
        parts = split_candidate(session, whole, at, actor=mira, now=NOW)
        assert undo_decision(session, parts[1], actor=mira, now=NOW).id == whole.id
        assert [part.aside for part in parts] == ["withdrawn", "withdrawn"]
        again = split_candidate(session, whole, at, actor=mira, now=NOW)
        undo_decision(session, again[0], actor=mira, now=NOW)
    assert titles(database, cable_id) == before


def test_a_split_is_not_undone_over_a_part_that_is_a_task(
    database: Database, cable_id: int, mira: Actor
) -> None:
    with database.transaction() as session:
        whole, _ = two(session, cable_id)
        at = words_of(whole.cable, whole)[4][0]
        first, second = split_candidate(session, whole, at, actor=mira, now=NOW)
        task = accept_candidate(session, second, actor=mira, now=NOW, today=TODAY)
        assert (task.span_start, task.span_end) == (second.span_start, second.span_end)
    with database.transaction() as session, pytest.raises(Conflict, match="The other part"):
        undo_decision(session, session.get_one(Candidate, first.id), actor=mira, now=NOW)


@pytest.mark.parametrize("which", [0, -1, 10**9])
def test_a_point_that_leaves_a_part_without_words_is_refused(
    database: Database, cable_id: int, mira: Actor, which: int
) -> None:
    with database.transaction() as session:
        whole, _ = two(session, cable_id)
        at = {0: whole.span_start, -1: whole.span_end}.get(which, which)
        with pytest.raises(InvalidInput):
            split_candidate(session, whole, at, actor=mira, now=NOW)


def test_what_is_decided_or_the_same_is_not_merged(
    database: Database, cable_id: int, mira: Actor
) -> None:
    with database.transaction() as session:
        first, second = two(session, cable_id)
        with pytest.raises(InvalidInput):
            merge_candidates(session, first, first, actor=mira, now=NOW)
        reject_candidate(session, second, "", actor=mira, now=NOW)
        with pytest.raises(Conflict):
            merge_candidates(session, first, second, actor=mira, now=NOW)


def test_what_stands_aside_is_neither_decided_nor_taken_back(
    database: Database, cable_id: int, mira: Actor
) -> None:
    with database.transaction() as session:
        first, second = two(session, cable_id)
        merge_candidates(session, first, second, actor=mira, now=NOW)
        with pytest.raises(Conflict):
            accept_candidate(session, first, actor=mira, now=NOW, today=TODAY)
        with pytest.raises(Conflict, match="merged or split"):
            take_back(session, first, actor=mira, now=NOW)


def test_readers_reshape_nothing(database: Database, world: World, cable_id: int) -> None:
    nobody = world.actor(world.person("Zoe Away"))
    with database.transaction() as session:
        first, second = two(session, cable_id)
        with pytest.raises(NotAllowed):
            merge_candidates(session, first, second, actor=nobody, now=NOW)
        with pytest.raises(NotAllowed):
            split_candidate(session, first, first.span_start + 9, actor=nobody, now=NOW)


def test_each_decision_has_a_revision_of_its_own_so_that_others_find_it(
    database: Database, cable_id: int, mira: Actor
) -> None:
    with database.transaction() as session:
        first, second = two(session, cable_id)
        reject_candidate(session, first, "", actor=mira, now=NOW)
        seen = review_revision(session, cable_id)
        accept_candidate(session, second, actor=mira, now=NOW, today=TODAY)
        assert [one.id for one in candidates_since(session, cable_id, seen)] == [second.id]
        take_back(session, first, actor=mira, now=NOW)
        changed = candidates_since(session, cable_id, seen)
        assert [one.id for one in changed] == [first.id, second.id]
        assert get_candidate(session, first.cable, first.id).revision == seen + 2


MARKED = """SUBJECT: NORTHLAND-SUNDRIA BORDER TALKS, JULY 9-10

1. (C) Agenda Item 1: Crossings. Northland will send the list of crossing points to Sundria by
April 30.

2. (S/NF) Secretly our source in the ministry says that the eastern post is empty.

3. (C) Sundria agreed to provide a point of contact for border guards by May 15.
"""


def test_a_part_cut_out_between_two_merged_passages_keeps_its_own_marking(
    database: Database, lead: Actor, world: World
) -> None:
    with database.transaction() as session:
        cable = import_cable(
            session, MARKED.encode(), "t.txt", actor=lead, now=NOW, max_bytes=MAX_BYTES
        ).cable
        confirm_cable(session, cable, confirmation(), actor=lead, now=NOW)
    mira = world.actor(lead.contact_id or 0)
    with database.transaction() as session:
        found = candidates_of(session, cable.id)
        merged = merge_candidates(session, found[0], found[-1], actor=mira, now=NOW)
        assert merged.marking == "C"
        at = MARKED.index("Secretly")
        before, after = split_candidate(session, merged, at, actor=mira, now=NOW)
        assert "source in the ministry" in after.text
        assert (before.marking, after.marking) == ("C", "S//NF")
        accepted = accept_candidate(session, after, actor=mira, now=NOW, today=TODAY)
        assert accepted.marking == "S//NF"
