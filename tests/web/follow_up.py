"""A small dialogue with the people who follow it up, for the tests of its pages.

Mira leads, Per owns a task, Ivo reads; Zoe leads another dialogue, Bela is of the other side.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.world import World
from tracker.models import Change, Dialogue, Task
from tracker.services.change_task import TaskUpdate, change_task

TODAY = dt.datetime.now(dt.UTC).date()
SLUG = "northland-sundria-border-talks"
BOARD = f"/dialogues/{SLUG}/"
LIST = f"/dialogues/{SLUG}/tasks"
SIGN_IN = Callable[[int], FlaskClient]


def in_days(days: int) -> dt.date:
    """The day so many days from today."""
    return TODAY + dt.timedelta(days=days)


class FollowUp:
    """The dialogue, its people and four tasks: one late, one due soon, one for later and unowned,
    one done."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.dialogue_id = world.dialogue()
        self.mira = world.person("Mira Okonjo")
        self.per = world.person("Per Lind")
        self.ivo = world.person("Ivo Reader")
        self.bela = world.person("Bela Sund", party="Sundria")
        self.zoe = world.person("Zoe Away")
        world.join(self.dialogue_id, self.mira, "lead")
        world.join(self.dialogue_id, self.per, "owner")
        world.join(self.dialogue_id, self.ivo, "reader")
        world.join(self.dialogue_id, self.bela, "lead")
        self.elsewhere = world.dialogue("Northland-Eastmark Fishing Talks")
        world.join(self.elsewhere, self.zoe, "lead")
        add = world.task
        self.late = add(self.dialogue_id, "Send the list", owners=[self.per], due_on=in_days(-5))
        self.soon = add(self.dialogue_id, "Name the points", owners=[self.mira], due_on=in_days(12))
        self.later = add(self.dialogue_id, "Draft the map", due_on=in_days(90), marking="C")
        self.done = add(self.dialogue_id, "Open the gate", owners=["EUR/SUN"], due_on=in_days(-40))
        self.change(self.done, status="done")

    def change(self, task_id: int, by: int | None = None, **values: Any) -> None:
        """Changes a task through the service, as Mira unless somebody else is given."""
        actor = self.world.actor(by or self.mira)
        with self.world.database.transaction() as session:
            task = session.get_one(Task, task_id)
            change_task(
                session,
                task,
                TaskUpdate(**values),
                seen_version=None,
                actor=actor,
                now=dt.datetime.now(dt.UTC),
                today=TODAY,
            )

    def stored(self, task_id: int) -> Task:
        """The task as it stands now, with its owners."""
        with self.world.database.reading() as session:
            task = session.get_one(Task, task_id)
            _ = task.owners, task.responsible, task.agenda_item
            return task

    def history(self, task_id: int) -> list[Change]:
        """A task's changes, oldest first."""
        with self.world.database.reading() as session:
            query = select(Change).where(Change.task_id == task_id).order_by(Change.sequence)
            return list(session.scalars(query))

    def rename(self, name: str) -> None:
        """Gives the dialogue another name."""
        with self.world.database.transaction() as session:
            session.get_one(Dialogue, self.dialogue_id).name = name


def text_of(page: str) -> str:
    """What a page says, on one line."""
    return " ".join(html.fromstring(page).text_content().split())


def get(client: FlaskClient, path: str, code: int = 200) -> str:
    """The page at ``path``; fails where it does not answer with ``code``."""
    response = client.get(path)
    assert response.status_code == code, f"{path} answered {response.status_code}"
    return without_tokens(response.get_data(as_text=True)) if code == 404 else response.text


def without_tokens(page: str) -> str:
    """A page without its tokens, which change from second to second."""
    return re.sub(r'(csrf_token" value="|X-CSRFToken": ")[^"]+', "", page)


def fields_of(page: str, action: str) -> dict[str, Any]:
    """What the form with that action would send as it stands, ticks and choices included."""
    (form,) = html.fromstring(page).xpath(f"//form[@action='{action}']")
    return dict(form.form_values())
