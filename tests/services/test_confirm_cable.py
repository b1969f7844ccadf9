"""Making a cable part of a dialogue: what a person confirmed holds against what the text says."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.invented import NAME, NOW, TALKS, confirmation, confirmed, imported
from tests.world import TODAY, World
from tracker.db import Database
from tracker.models import Candidate, Dialogue, Meeting, Membership, Party
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.visibility import SYSTEM, Actor
from tracker.queries.cables import candidates_of, get_cable
from tracker.queries.dialogues import agenda_of, latest_meeting
from tracker.queries.standings import standings
from tracker.services.confirm_cable import confirm_cable


@pytest.fixture
def mira(world: World) -> Actor:
    """A person of Northland without any dialogue."""
    return world.actor(world.person())


def confirm(
    database: Database, actor: Actor, cable_id: int, dialogue_id: int | None = None, **changes: Any
) -> int:
    """Confirms in a transaction of its own; returns the meeting's id."""
    with database.transaction() as session:
        cable = get_cable(session, actor.scope, cable_id)
        if dialogue_id is not None:
            changes["dialogue"] = session.get_one(Dialogue, dialogue_id)
        meeting = confirm_cable(session, cable, confirmation(**changes), actor=actor, now=NOW)
        return meeting.id


def candidates(database: Database, cable_id: int) -> list[Candidate]:
    """The candidates of a cable."""
    with database.reading() as session:
        return candidates_of(session, cable_id)


def test_it_makes_the_dialogue_with_its_parties_meeting_and_agenda(
    database: Database, mira: Actor
) -> None:
    meeting_id = confirm(database, mira, imported(database, mira))
    with database.reading() as session:
        meeting = session.get_one(Meeting, meeting_id)
        assert (meeting.number, meeting.starts_on) == (1, dt.date(2008, 3, 3))
        assert [(i.label, i.title) for i in meeting.agenda] == [
            ("A", "CROSSING POINTS"),
            ("B", "CUSTOMS"),
        ]
        dialogue = meeting.dialogue
        assert (dialogue.name, dialogue.slug) == (NAME, "northland-sundria-border-talks")
        assert [entry.party.name for entry in dialogue.parties] == ["Northland", "Sundria"]


def test_whoever_brings_a_dialogue_in_leads_it(
    database: Database, mira: Actor, world: World
) -> None:
    assert mira.contact_id is not None
    confirm(database, mira, imported(database, mira))
    with database.reading() as session:
        role = session.scalar(
            select(Membership.role).where(Membership.contact_id == mira.contact_id)
        )
        dialogue_id = session.scalar(select(Dialogue.id))
    assert role == "lead"
    assert dialogue_id is not None
    assert world.actor(mira.contact_id).scope.may_lead(dialogue_id)


def test_it_draws_candidates_in_the_order_of_the_source(database: Database, mira: Actor) -> None:
    cable_id = imported(database, mira)
    confirm(database, mira, cable_id)
    found = candidates(database, cable_id)
    assert len(found) >= 4
    assert [c.span_start for c in found] == sorted(c.span_start for c in found)
    assert {c.decision for c in found} == {"pending"}
    assert {c.marking for c in found} == {"C"}


def test_default_deadlines_count_from_the_dates_that_were_confirmed(
    database: Database, mira: Actor
) -> None:
    cable_id = imported(database, mira)
    days = {"starts_on": dt.date(2008, 8, 30), "ends_on": dt.date(2008, 8, 31)}
    confirm(database, mira, cable_id, follow_up_months=6, **days)
    defaults = {c.due_on for c in candidates(database, cable_id) if c.due_basis == "default"}
    assert defaults == {dt.date(2009, 2, 28)}


def test_the_conclusion_of_the_talks_is_the_last_day_that_was_confirmed(
    database: Database, mira: Actor
) -> None:
    cable_id = imported(database, mira)
    days = {"starts_on": dt.date(2008, 3, 5), "ends_on": dt.date(2008, 3, 6)}
    confirm(database, mira, cable_id, **days)
    statement = next(c for c in candidates(database, cable_id) if "joint statement" in c.text)
    assert (statement.due_on, statement.due_basis) == (dt.date(2008, 3, 6), "stated")


def test_without_any_date_the_meeting_stays_open_and_unconfirmed(
    database: Database, mira: Actor
) -> None:
    meeting_id = confirm(database, mira, imported(database, mira), starts_on=None, ends_on=None)
    with database.reading() as session:
        meeting = session.get_one(Meeting, meeting_id)
        assert (meeting.starts_on, meeting.is_confirmed) == (None, False)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "T" * 201}),
        ("parties", {"parties": ("Northland", "S" * 121)}),
        ("name", {"name": "Border\r\nTalks"}),
        ("parties", {"parties": ("Northland", "northland ")}),
        ("parties", {"parties": ("Northland", "")}),
        ("parties", {"parties": ("Northland", "Sund\u2028ria")}),
        ("ends_on", {"ends_on": dt.date(2008, 3, 2)}),
        ("ends_on", {"ends_on": None}),
        ("starts_on", {"starts_on": dt.date(8, 3, 3)}),
        ("ends_on", {"ends_on": dt.date.max}),
        ("follow_up_months", {"follow_up_months": 0}),
        ("follow_up_months", {"follow_up_months": 61}),
    ],
)
def test_what_cannot_be_is_refused_with_its_field_and_nothing_is_written(
    database: Database, mira: Actor, field: str, changes: dict[str, Any]
) -> None:
    cable_id = imported(database, mira)
    with pytest.raises(InvalidInput) as refused:
        confirm(database, mira, cable_id, **changes)
    assert refused.value.field == field
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Dialogue)) == 0


def test_a_second_confirmation_is_a_conflict(database: Database, mira: Actor, world: World) -> None:
    cable_id = imported(database, mira)
    confirm(database, mira, cable_id)
    assert mira.contact_id is not None
    with pytest.raises(Conflict):
        confirm(database, world.actor(mira.contact_id), cable_id)


def test_two_confirmations_at_once_make_one_dialogue(database: Database) -> None:
    cable_id = imported(database, SYSTEM)

    def try_it(_number: int) -> str:
        try:
            confirm(database, SYSTEM, cable_id)
        except Conflict:
            return "conflict"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(try_it, range(2))) == ["conflict", "done"]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Dialogue)) == 1


def test_an_existing_dialogue_gets_the_cable_only_from_those_who_edit_it(
    database: Database, world: World
) -> None:
    dialogue_id, reader, editor = world.dialogue(), world.person(), world.person("Tom Varga")
    world.join(dialogue_id, reader, "reader")
    world.join(dialogue_id, editor, "editor")
    actor = world.actor(reader)
    with pytest.raises(NotAllowed):
        confirm(database, actor, imported(database, actor), dialogue_id)
    actor = world.actor(editor)
    meeting_id = confirm(database, actor, imported(database, actor), dialogue_id)
    with database.reading() as session:
        assert session.get_one(Meeting, meeting_id).number == 2


def test_a_person_of_another_side_cannot_make_a_dialogue_for_this_one(
    database: Database, world: World
) -> None:
    actor = world.actor(world.person("Ilka Moreau", party="Sundria"))
    with pytest.raises(InvalidInput, match="Your own party stands first"):
        confirm(database, actor, imported(database, actor))


def test_a_second_cable_of_the_same_meeting_joins_it(database: Database, world: World) -> None:
    mira = world.actor(world.person())
    first = confirm(database, mira, imported(database, mira))
    with database.reading() as session:
        dialogue_id = session.get_one(Meeting, first).dialogue_id
    again = world.actor(mira.contact_id or 0)
    second = imported(database, again, TALKS + "\nAddendum.\n")
    assert confirm(database, again, second, dialogue_id) == first


@pytest.mark.parametrize("name", ["Österland", "N" * 120])
def test_a_party_is_found_again_by_its_name(database: Database, name: str) -> None:
    for text in (TALKS, TALKS + "\n"):
        confirm(database, SYSTEM, imported(database, SYSTEM, text), parties=(name, "Sundria"))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Party)) == 2


def test_two_dialogues_of_one_name_get_addresses_of_their_own(database: Database) -> None:
    for text in (TALKS, TALKS + "\n"):
        cable_id = imported(database, SYSTEM, text)
        confirm(database, SYSTEM, cable_id)
    with database.reading() as session:
        slugs = session.scalars(select(Dialogue.slug).order_by(Dialogue.id)).all()
    assert slugs == ["northland-sundria-border-talks", "northland-sundria-border-talks-2"]


def test_the_marking_a_person_gives_holds_for_what_the_text_leaves_unmarked(
    database: Database, mira: Actor
) -> None:
    text = TALKS.replace("C O N F I D E N T I A L SUNDPORT 000123", "SUNDPORT 000123")
    text = text.replace("2. (C) ", "2. ").replace("3. (C)", "3. (U)").replace("1. (C)", "1. (U)")
    cable_id = imported(database, mira, text)
    confirm(database, mira, cable_id, marking="S")
    marks = {c.agenda: c.marking for c in candidates(database, cable_id)}
    assert (marks["A"], marks["B"]) == ("S", "U")
    with database.reading() as session:
        assert get_cable(session, SYSTEM.scope, cable_id).marking == "S"


def test_the_marking_a_person_gives_holds_for_topics_too(database: Database, mira: Actor) -> None:
    text = TALKS.replace("C O N F I D E N T I A L SUNDPORT", "SUNDPORT").replace("(C)", "")
    meeting_id = confirm(database, mira, imported(database, mira, text), marking="S")
    with database.reading() as session:
        agenda = session.get_one(Meeting, meeting_id).agenda
        assert {item.marking for item in agenda} == {"S"}


def test_a_marking_given_by_hand_never_lowers_the_cable(database: Database, mira: Actor) -> None:
    cable_id = confirmed(database, mira, marking="U")
    with database.reading() as session:
        assert get_cable(session, SYSTEM.scope, cable_id).marking == "C"


def test_an_older_round_that_is_imported_later_is_not_the_latest_meeting(
    database: Database, mira: Actor, world: World
) -> None:
    meeting_id = confirm(database, mira, imported(database, mira))
    with database.reading() as session:
        dialogue_id = session.get_one(Meeting, meeting_id).dialogue_id
    mira = world.actor(mira.contact_id or 0)
    days = {"starts_on": dt.date(2003, 3, 1), "ends_on": dt.date(2003, 3, 2)}
    older = imported(database, mira, TALKS + "\n9. (U) From an older round.\n")
    older_id = confirm(database, mira, older, dialogue_id, **days)
    with database.reading() as session:
        assert session.get_one(Meeting, older_id).number == 2
        latest = latest_meeting(session, dialogue_id)
        assert latest is not None
        assert latest.id == meeting_id
        standing = standings(session, mira.scope, [dialogue_id], TODAY)[dialogue_id]
        assert standing.meeting is latest
        assert [item.meeting_id for item in agenda_of(session, dialogue_id)][:2] == [meeting_id] * 2


@pytest.mark.parametrize("is_there", [False, True], ids=["new dialogue", "existing dialogue"])
def test_candidates_say_the_confirmed_parties_and_not_those_that_were_read(
    database: Database, world: World, is_there: bool
) -> None:
    mira = world.actor(world.person())
    text = (
        "1. (U) The Ministry of Trade will send the draft by April 30. We will reply by May 30.\n"
    )
    dialogue_id = None
    if is_there:
        dialogue_id = world.dialogue()
        world.join(dialogue_id, mira.contact_id or 0, "editor")
        mira = world.actor(mira.contact_id or 0)
    cable_id = imported(database, mira, text)
    confirm(database, mira, cable_id, dialogue_id)
    found = [tuple(c.responsible) for c in candidates(database, cable_id)]
    assert found == [("Sundria",), ("Northland",)]
