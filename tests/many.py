"""Many people with many tasks that are due, written in bulk past the services.

For suites of faults and benches; what a test says about services it makes through them.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert

from tracker.db import Database
from tracker.models import Contact, Dialogue, DialogueParty, Membership, Party, Task, TaskOwner

START = dt.datetime(2008, 1, 3, 9, tzinfo=dt.UTC)
DUE = dt.date(2008, 1, 10)
FAR = dt.date(2019, 6, 3)


def fill(database: Database, *, people: int, tasks: int, idle: int = 0) -> None:
    """One dialogue with that many people, who own the tasks in turn; all of those remind on 3
    January 2008, ``idle`` further ones years later."""
    with database.transaction() as session:
        own, other = Party(name="Northland"), Party(name="Sundria")
        session.add_all((own, other))
        session.flush()
        dialogue = Dialogue(
            slug="border-talks",
            name="Northland-Sundria Border Talks",
            own_party_id=own.id,
            last_task_number=tasks + idle,
            created_at=START,
            parties=[
                DialogueParty(party_id=party.id, position=n) for n, party in enumerate((own, other))
            ],
        )
        session.add(dialogue)
        session.flush()
        ids = range(1, people + 1)
        session.execute(insert(Contact), [_person(n, own.id) for n in ids])
        session.execute(
            insert(Membership),
            [{"dialogue_id": dialogue.id, "contact_id": n, "role": "owner"} for n in ids],
        )
        for first in range(0, tasks + idle, 10_000):
            numbers = range(first + 1, min(first + 10_000, tasks + idle) + 1)
            rows = [_task(n, dialogue.id, DUE if n <= tasks else FAR) for n in numbers]
            session.execute(insert(Task), rows)
            session.execute(insert(TaskOwner), [_owner(n, n % people + 1) for n in numbers])


def _person(number: int, party_id: int) -> dict[str, object]:
    return {
        "id": number,
        "kind": "person",
        "name": f"Clerk {number}",
        "title": "",
        "party_id": party_id,
        "email": f"clerk.{number}@example.org",
        "time_zone": "UTC",
        "aliases": [],
        "is_active": True,
        "created_at": START,
        "version": 1,
    }


def _task(number: int, dialogue_id: int, due_on: dt.date) -> dict[str, object]:
    return {
        "id": number,
        "dialogue_id": dialogue_id,
        "number": number,
        "kind": "action",
        "title": f"Send the revised list of border posts, part {number}",
        "text": "The sides agreed to exchange revised lists of border posts. " * 5,
        "status": "in_progress",
        "due_on": due_on,
        "due_basis": "stated",
        "first_due_on": due_on,
        "marking": "U",
        "remind_on": due_on - dt.timedelta(days=7),
        "created_at": START,
        "updated_at": START,
        "version": 1,
    }


def _owner(task_id: int, contact_id: int) -> dict[str, object]:
    return {
        "task_id": task_id,
        "contact_id": contact_id,
        "name": f"Clerk {contact_id}",
        "position": 0,
    }
