"""How long boards and lists take over 10,000 tasks in one dialogue, on SQLite.

The tasks are written in bulk, past the services, as no test would.
"""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import insert, select

from tests.world import World
from tracker import create_app
from tracker.config import read_settings
from tracker.db import Database
from tracker.models import AgendaItem, Dialogue, Task, TaskOwner, TaskParty
from tracker.policy.statuses import KINDS, STATUSES
from tracker.services.upgrade_database import upgrade_database

TASKS = 10_000
OWNERS = 120
AGENDA = 14
AIM = 0.150
_PAGES = {
    "home": "/",
    "portfolio": "/dialogues/",
    "board by agenda item": "/dialogues/{slug}/",
    "board by status": "/dialogues/{slug}/?by=status",
    "board by owner": "/dialogues/{slug}/?by=owner",
    "board by date": "/dialogues/{slug}/?by=date",
    "list, first page": "/dialogues/{slug}/tasks",
    "list, page 150": "/dialogues/{slug}/tasks?page=150",
    "list, open and late of one owner": "/dialogues/{slug}/tasks?status=open&due=overdue&owner=7",
    "list, words": "/dialogues/{slug}/tasks?text=crossing",
    "task": "/dialogues/{slug}/tasks/77",
}


def run() -> list[tuple[str, float, str]]:
    """The median of seven requests a page."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        client, slug = _installation(url, folder)
        return [(what, *_measure(client, path.format(slug=slug))) for what, path in _PAGES.items()]


def _measure(client: FlaskClient, path: str) -> tuple[float, str]:
    times, size = [], 0
    for _ in range(8):
        start = time.perf_counter()
        response = client.get(path)
        times.append(time.perf_counter() - start)
        assert response.status_code == 200, path
        size = len(response.data)
    median = statistics.median(times[1:])
    return median, f"{size // 1024} KB{'' if median < AIM else ', over the aim of 150 ms'}"


def _installation(url: str, folder: str) -> tuple[FlaskClient, str]:
    database = Database(url)
    upgrade_database(database)
    world = World(database)
    lead = world.person()
    dialogue_id = world.dialogue()
    world.join(dialogue_id, lead, "lead")
    slug = fill(world, dialogue_id)
    token = world.session_token(lead)
    database.close()
    app = create_app(
        read_settings(
            {
                "TRACKER_INSTANCE": folder,
                "TRACKER_DATABASE_URL": url,
                "TRACKER_SECRET_KEY": "a key for benches only, long enough to be one",
                "TRACKER_SAMPLE": "0",
            }
        )
    )
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return client, slug


def fill(world: World, dialogue_id: int, tasks: int = TASKS, owners: int = OWNERS) -> str:
    """Writes tasks of every status, date and owner into a dialogue; returns its slug."""
    people = [world.person(f"Owner {n} of Northland", email=None) for n in range(owners)]
    now = dt.datetime.now(dt.UTC)
    with world.database.transaction() as session:
        dialogue = session.get_one(Dialogue, dialogue_id)
        meeting = dialogue.meetings[-1]
        for n in range(AGENDA):
            label = chr(ord("A") + n)
            meeting.agenda.append(AgendaItem(label=label, title=f"Topic {label}", position=n))
        session.flush()
        items = list(session.scalars(select(AgendaItem.id)))
        session.execute(
            insert(Task),
            [
                {
                    "dialogue_id": dialogue_id,
                    "number": n,
                    "meeting_id": meeting.id,
                    "agenda_item_id": items[n % 15] if n % 15 < AGENDA else None,
                    "kind": KINDS[n % 4],
                    "title": f"Send list {n} of the crossing points to the other side by mail",
                    "text": "The delegation agreed to send the list of crossing points. " * 3,
                    "status": STATUSES[n % 6],
                    "due_on": now.date() + dt.timedelta(days=n * 7 % 400 - 150),
                    "marking": "SBU",
                    "created_at": now,
                    "updated_at": now,
                }
                for n in range(1, tasks + 1)
            ],
        )
        ids = list(session.scalars(select(Task.id).where(Task.dialogue_id == dialogue_id)))
        names = {contact: f"Owner {n} of Northland" for n, contact in enumerate(people)}
        session.execute(
            insert(TaskOwner),
            [
                {"task_id": i, "contact_id": c, "name": names[c], "position": 0}
                for n, i in enumerate(ids)
                if n % 9
                for c in [people[n % len(people)]]
            ],
        )
        party = dialogue.own_party_id
        session.execute(
            insert(TaskParty), [{"task_id": i, "party_id": party, "position": 0} for i in ids]
        )
        return dialogue.slug
