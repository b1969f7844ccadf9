"""Builds people, dialogues, cables and tasks for tests, through the services that make them.

Countries and people are invented, save those of the one real cable that the project ships.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from importlib.resources import files

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.db import Database
from tracker.models import Account, Contact, Dialogue, Membership, Task
from tracker.policy.visibility import SYSTEM, Actor, scope_of
from tracker.queries.accounts import find_account_of
from tracker.services.add_task import NewTask, add_task
from tracker.services.change_task import Owner
from tracker.services.confirm_cable import Confirmation, confirm_cable
from tracker.services.enter_party import get_or_add_party
from tracker.services.import_cable import import_cable
from tracker.services.set_password import set_password
from tracker.services.sign_in import start_session

NOW = dt.datetime(2007, 7, 12, 9, 0, tzinfo=dt.UTC)
"""Two days after the meeting of the shipped cable."""
TODAY = NOW.date()
MAX_BYTES = 10 * 1024 * 1024


def shipped_cable() -> bytes:
    """The bytes of 07BAKU832."""
    return (files("tracker") / "data" / "07BAKU832.txt").read_bytes()


class World:
    """A database and short words for what tests put into it; every method commits."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def person(
        self,
        name: str = "Mira Okonjo",
        *,
        party: str = "Northland",
        email: str | None = "",
        kind: str = "person",
        time_zone: str = "UTC",
    ) -> int:
        """A person or office of a party; returns the contact's id. The address is made from the
        name unless one (or None) is given."""
        address = name.lower().replace(" ", ".") + "@example.org" if email == "" else email
        with self.database.transaction() as session:
            contact = Contact(
                kind=kind,
                name=name,
                title="",
                party_id=get_or_add_party(session, party).id,
                email=address,
                time_zone=time_zone,
                aliases=[],
                is_active=True,
                created_at=NOW,
            )
            session.add(contact)
            session.flush()
            return contact.id

    def account(
        self, contact_id: int, *, password: str | None = None, is_administrator: bool = False
    ) -> int:
        """An account of a person, who signs in with the address that they have; returns its id.
        Without a password it is one that nobody can type; see the fixture ``signed_in``."""
        with self.database.transaction() as session:
            contact = session.get_one(Contact, contact_id)
            account = Account(
                contact_id=contact_id,
                contact=contact,
                login=str(contact.email).lower(),
                password_hash="unusable",
                is_administrator=is_administrator,
                is_active=True,
                created_at=NOW,
            )
            session.add(account)
            session.flush()
            if password is not None:
                set_password(session, account, password)
            return account.id

    def account_email(self, contact_id: int, password: str) -> str:
        """The address that a person signs in with; makes the account with that password."""
        with self.database.reading() as session:
            contact = session.get_one(Contact, contact_id)
            known = find_account_of(session, contact_id) is not None
        if not known:
            self.account(contact_id, password=password)
        return str(contact.email)

    def session_token(self, contact_id: int) -> str:
        """The token of a new session of a person, who gets an account where they have none."""
        with self.database.reading() as session:
            account = find_account_of(session, contact_id)
        account_id = account.id if account else self.account(contact_id)
        with self.database.transaction() as session:
            return start_session(
                session,
                session.get_one(Account, account_id),
                now=dt.datetime.now(dt.UTC),
                lasts=dt.timedelta(hours=12),
            )

    def dialogue(
        self, name: str = "Northland-Sundria Border Talks", *, parties: Sequence[str] = ()
    ) -> int:
        """A dialogue with a meeting on 9-10 July 2007; returns its id."""
        own, other = parties or ("Northland", "Sundria")
        text = f"SUBJECT: {name.upper()}, JULY 9-10\n\n1. (U) Nothing to do.\n"
        with self.database.transaction() as session:
            result = import_cable(
                session, text.encode(), "talks.txt", actor=SYSTEM, now=NOW, max_bytes=MAX_BYTES
            )
            meeting = confirm_cable(
                session,
                result.cable,
                Confirmation(None, name, (own, other), dt.date(2007, 7, 9), dt.date(2007, 7, 10)),
                actor=SYSTEM,
                now=NOW,
            )
            return meeting.dialogue_id

    def join(self, dialogue_id: int, contact_id: int, *roles: str) -> None:
        """Gives a person roles in a dialogue."""
        with self.database.transaction() as session:
            for role in roles:
                session.add(Membership(dialogue_id=dialogue_id, contact_id=contact_id, role=role))

    def task(
        self,
        dialogue_id: int,
        title: str = "Send the list of crossing points",
        *,
        owners: Sequence[int | str] = (),
        due_on: dt.date | None = dt.date(2008, 1, 10),
        now: dt.datetime = NOW,
        today: dt.date | None = None,
        **values: str,
    ) -> int:
        """A task; owners are ids of contacts or bare names. Returns the task's id."""
        with self.database.transaction() as session:
            dialogue = session.get_one(Dialogue, dialogue_id)
            entries = [
                Owner(entry) if isinstance(entry, str) else Owner("", entry) for entry in owners
            ]
            new = NewTask(
                title=title,
                kind=values.get("kind", "action"),
                text=values.get("text", ""),
                responsible=(dialogue.own_party.name,),
                owners=entries,
                due_on=due_on,
                marking=values.get("marking", "U"),
            )
            meeting = dialogue.meetings[-1] if dialogue.meetings else None
            task = add_task(
                session, dialogue, meeting, new, actor=SYSTEM, now=now, today=today or now.date()
            )
            return task.id

    def baku(self, *, actor: Actor = SYSTEM, now: dt.datetime = NOW) -> int:
        """The shipped cable, imported and confirmed, its candidates undecided; returns its id."""
        with self.database.transaction() as session:
            cable = import_cable(
                session, shipped_cable(), "07BAKU832.txt", actor=actor, now=now, max_bytes=MAX_BYTES
            ).cable
            confirm_cable(
                session,
                cable,
                Confirmation(
                    None,
                    "U.S.-Azerbaijan Security Dialogue",
                    ("United States", "Azerbaijan"),
                    dt.date(2007, 7, 9),
                    dt.date(2007, 7, 10),
                ),
                actor=actor,
                now=now,
            )
            return cable.id

    def actor(self, contact_id: int) -> Actor:
        """A person as one who acts, with the roles they have now."""
        with self.database.reading() as session:
            contact = session.get_one(Contact, contact_id)
            rows = session.execute(
                select(Membership.dialogue_id, Dialogue.own_party_id, Membership.role)
                .join(Dialogue, Dialogue.id == Membership.dialogue_id)
                .where(Membership.contact_id == contact_id)
            )
            members = [(row[0], row[1], row[2]) for row in rows]
            return Actor(
                contact_id,
                contact.full_name,
                scope_of(contact_id, contact.party_id, False, members),
            )


def get_task(session: Session, task_id: int) -> Task:
    """The task as stored."""
    return session.get_one(Task, task_id)
