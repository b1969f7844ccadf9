"""Two people change what belongs together at once: neither gets an error page of ours, and what
must always hold still does. On both databases, since only one of them lets two write at once.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.at_once import at_once
from tests.world import NOW, TODAY, World, get_task
from tracker.db import Database
from tracker.models import Account, Contact, Dialogue, Membership
from tracker.policy.errors import Conflict, InvalidInput
from tracker.policy.visibility import SYSTEM
from tracker.queries.people import actor_of_account
from tracker.queries.tasks import tasks_to_change
from tracker.services.change_own import change_own_entry
from tracker.services.change_task import Owner, TaskUpdate, change_task
from tracker.services.link_names import link_name
from tracker.services.manage_accounts import set_account_open, set_administrator
from tracker.services.manage_people import (
    Entry,
    change_contact,
    enter_contact,
    entry_of,
    set_active,
)
from tracker.services.manage_roles import set_roles


@pytest.fixture
def dialogue(world: World) -> int:
    return world.dialogue()


def members(database: Database, dialogue_id: int) -> list[tuple[int, str]]:
    """Who has which role."""
    with database.reading() as session:
        query = select(Membership.contact_id, Membership.role).where(
            Membership.dialogue_id == dialogue_id
        )
        return sorted((row[0], row[1]) for row in session.execute(query))


def test_two_leads_who_demote_each_other_leave_one(
    database: Database, world: World, dialogue: int
) -> None:
    lea, mira = world.person("Lea Storm"), world.person()
    world.join(dialogue, lea, "lead")
    world.join(dialogue, mira, "lead")
    actors = {person: world.actor(person) for person in (lea, mira)}

    def demote(session: Session, whom: int, by: int) -> None:
        talks, person = session.get_one(Dialogue, dialogue), session.get_one(Contact, whom)
        set_roles(session, talks, person, ["reader"], actor=actors[by])

    error = at_once(
        database, lambda s: demote(s, whom=mira, by=lea), lambda s: demote(s, whom=lea, by=mira)
    )
    assert isinstance(error, InvalidInput)
    assert "needs a lead" in str(error)
    assert members(database, dialogue) == [(lea, "lead"), (mira, "reader")]


def test_somebody_added_twice_takes_part_once(
    database: Database, world: World, dialogue: int
) -> None:
    lea, mira = world.person("Lea Storm"), world.person()
    world.join(dialogue, lea, "lead")
    lead = world.actor(lea)

    def add(session: Session) -> None:
        talks, person = session.get_one(Dialogue, dialogue), session.get_one(Contact, mira)
        set_roles(session, talks, person, ["owner"], actor=lead)

    assert at_once(database, add, add) is None
    assert members(database, dialogue) == [(lea, "lead"), (mira, "owner")]


def test_somebody_who_is_given_two_tasks_takes_part_once(
    database: Database, world: World, dialogue: int
) -> None:
    mira = world.person()
    tasks = [world.task(dialogue, title) for title in ("Send the list", "Open the road")]

    def give(session: Session, task_id: int) -> None:
        change_task(
            session,
            get_task(session, task_id),
            TaskUpdate(owners=(Owner("", mira),)),
            seen_version=None,
            actor=SYSTEM,
            now=NOW,
            today=TODAY,
        )

    error = at_once(database, lambda s: give(s, tasks[0]), lambda s: give(s, tasks[1]))
    assert error is None
    assert members(database, dialogue) == [(mira, "owner")]


@pytest.mark.parametrize("how", ["demote", "close", "deactivate"])
def test_two_administrators_who_put_each_other_out_leave_one(
    database: Database, world: World, how: str
) -> None:
    people = [world.person("Ada Minster"), world.person("Ben Chancel")]
    accounts = [world.account(person, is_administrator=True) for person in people]

    with database.reading() as session:
        actors = [actor_of_account(session, session.get_one(Account, i)) for i in accounts]

    def put_out(session: Session, by: int, how: str) -> None:
        actor = actors[by]
        other = session.get_one(Account, accounts[1 - by])
        if how == "demote":
            set_administrator(session, other, False, actor=actor)
        elif how == "close":
            set_account_open(session, other, False, actor=actor)
        else:
            set_active(session, other.contact, False, actor=actor)

    error = at_once(database, lambda s: put_out(s, 0, how), lambda s: put_out(s, 1, "demote"))
    assert isinstance(error, InvalidInput)
    assert "only administrator" in str(error)


def test_a_name_is_linked_while_somebody_updates_one_of_its_tasks(
    database: Database, world: World, dialogue: int
) -> None:
    lea, karl = world.person("Lea Storm"), world.person("Karl Brandt")
    world.join(dialogue, lea, "lead")
    lead = world.actor(lea)
    task_id = world.task(dialogue, owners=["Director Brandtsen"])

    def update(session: Session) -> None:
        [task] = tasks_to_change(session, lead.scope, session.get_one(Dialogue, dialogue), [1])
        wanted = TaskUpdate(status="in_progress", remark="Half of it is sent.")
        change_task(session, task, wanted, seen_version=None, actor=lead, now=NOW, today=TODAY)

    def link(session: Session) -> None:
        person = session.get_one(Contact, karl)
        link_name(session, "Director Brandtsen", person, actor=lead, now=NOW, today=TODAY)

    assert at_once(database, update, link) is None
    with database.reading() as session:
        task = get_task(session, task_id)
        assert (task.status, task.last_remark) == ("in_progress", "Half of it is sent.")
        assert [owner.contact_id for owner in task.owners] == [karl]


@pytest.mark.parametrize("is_new", [True, False])
def test_one_address_is_entered_once(database: Database, world: World, is_new: bool) -> None:
    pia = world.person("Pia Nord")
    entry = Entry("person", "Mira Okonjo", email="mira@north.example")

    def enter(session: Session) -> None:
        enter_contact(session, entry, now=NOW)

    def move(session: Session) -> None:
        person = session.get_one(Contact, pia)
        wanted = replace(entry_of(person), email="Mira@North.example")
        change_contact(session, person, wanted, seen_version=1, actor=SYSTEM)

    error = at_once(database, enter, enter if is_new else move)
    assert isinstance(error, InvalidInput)
    assert error.field == "email"
    with database.reading() as session:
        found = session.scalars(select(Contact.name).where(Contact.email == entry.email))
        assert list(found) == ["Mira Okonjo"]


def test_ones_own_entry_meets_a_change_of_it_in_the_directory(
    database: Database, world: World
) -> None:
    mira = world.person()
    account_id = world.account(mira)

    def edit(session: Session) -> None:
        person = session.get_one(Contact, mira)
        entry = replace(entry_of(person), title="Colonel")
        change_contact(session, person, entry, seen_version=1, actor=SYSTEM)

    def edit_own(session: Session) -> None:
        account = session.get_one(Account, account_id)
        change_own_entry(session, account, title="Dr.", seen_version=1)

    assert isinstance(at_once(database, edit, edit_own), Conflict)
    with database.reading() as session:
        assert session.get_one(Contact, mira).title == "Colonel"
