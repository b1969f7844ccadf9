"""A reporting cycle for tests: a dialogue with people of both sides, a clock, and a mail sender.

The meeting ended on 10 July 2007, so that the first report is due on 10 January 2008.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from sqlalchemy.orm import Session

from tests.agreed import agree_on
from tests.world import World
from tracker.mail.senders import MemorySender
from tracker.models import Dialogue, StatusReport, Task
from tracker.policy.markings import parse_marking
from tracker.policy.visibility import Actor
from tracker.queries.status_reports import versions_on
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.draft_report import draft_report
from tracker.services.plan_reminders import PlanSettings
from tracker.services.prepare_reminders import SendSettings
from tracker.services.run_report_cycle import run_report_cycle
from tracker.services.send_report_mail import Posted

DUE = dt.date(2008, 1, 10)
HOST = "tracker.example.org"
SENDS = SendSettings(
    base_url=f"https://{HOST}",
    mail_from=f"Dialogue Tracker <tracker@{HOST}>",
    ceiling=parse_marking("U"),
)


def at(year: int, month: int, day: int, hour: int = 9) -> dt.datetime:
    """An instant in UTC."""
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


@dataclass
class Reporting:
    """Mira leads and Per owns; Ana and Bo are the ambassadors, Carla and Dan the co-chairs."""

    world: World
    now: dt.datetime = dt.datetime(2007, 12, 13, 9, tzinfo=dt.UTC)
    sender: MemorySender = field(default_factory=MemorySender)
    settings: SendSettings = SENDS

    def __post_init__(self) -> None:
        world = self.world
        self.dialogue_id = world.dialogue()
        self.mira = world.person("Mira Okonjo")
        self.per = world.person("Per Lind")
        self.ana = world.person("Ana Verane")
        self.carla = world.person("Carla Holm")
        self.bo = world.person("Bo Sund", party="Sundria")
        self.dan = world.person("Dan Sand", party="Sundria")
        for person, role in (
            (self.mira, "lead"),
            (self.per, "owner"),
            (self.ana, "approver"),
            (self.carla, "co-chair"),
            (self.bo, "approver"),
            (self.dan, "co-chair"),
        ):
            world.join(self.dialogue_id, person, role)
        self.list_task = world.task(self.dialogue_id, "Send the list", owners=[self.per])
        self.map_task = world.task(self.dialogue_id, "Draft the map", owners=[self.mira])

    def actor(self, contact_id: int) -> Actor:
        """The person as one who acts."""
        return self.world.actor(contact_id)

    @contextmanager
    def writing(self) -> Iterator[tuple[Session, StatusReport]]:
        """A transaction, and the latest report of 10 January in it."""
        with self.world.database.transaction() as session:
            yield session, versions_on(session, self.dialogue_id, DUE)[-1]

    def draft(self) -> None:
        """A draft as of 10 January, made by Mira."""
        with self.world.database.transaction() as session:
            draft_report(
                session,
                session.get_one(Dialogue, self.dialogue_id),
                as_of=DUE,
                actor=self.actor(self.mira),
                now=self.now,
                host=HOST,
            )

    def share(self, task_id: int, text: str) -> None:
        """Both sides agree on a task, in these words."""
        agree_on(self.world, task_id, text)

    def change(self, task_id: int, update: TaskUpdate, now: dt.datetime) -> None:
        """Changes a task as Mira."""
        with self.world.database.transaction() as session:
            change_task(
                session,
                session.get_one(Task, task_id),
                update,
                seen_version=None,
                actor=self.actor(self.mira),
                now=now,
                today=now.date(),
            )

    def run(self, now: dt.datetime) -> Posted:
        """What the scheduler does at that instant."""
        self.now = now
        return run_report_cycle(
            self.world.database, self.sender, PlanSettings(7, HOST), self.settings, lambda: self.now
        )

    def mails(self) -> list[EmailMessage]:
        """The mails sent since it was last asked."""
        sent, self.sender.messages[:] = list(self.sender.messages), []
        return sent


def text_of(message: EmailMessage) -> str:
    """The plain text of a mail on one line."""
    plain = message.get_body(("plain",))
    assert plain is not None
    return " ".join(plain.get_content().split())
