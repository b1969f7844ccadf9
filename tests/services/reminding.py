"""A post office for tests of reminders: a clock to set, a sender that keeps mails, and sweeps.

Days are those of January 2008; the task of most tests falls due on Thursday, 10 January.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.world import World
from tracker.mail.senders import MemorySender, Sender
from tracker.models import Contact, Party, Reminder, SentOccasion, Task
from tracker.policy.markings import parse_marking
from tracker.policy.visibility import SYSTEM
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.plan_reminders import Plan, PlanSettings, plan_reminders
from tracker.services.prepare_reminders import SendSettings
from tracker.services.send_reminders import Sweep, sweep

DUE = dt.date(2008, 1, 10)
ENTERED = dt.datetime(2007, 12, 1, 8, tzinfo=dt.UTC)
PLANS = PlanSettings(remind_hour=7, mail_host="tracker.example.org")
SENDS = SendSettings(
    base_url="https://tracker.example.org",
    mail_from="Dialogue Tracker <tracker@example.org>",
    ceiling=parse_marking("U"),
)


def at(day: int, hour: int = 9, minute: int = 0, *, month: int = 1) -> dt.datetime:
    """An instant of 2008, in UTC."""
    return dt.datetime(2008, month, day, hour, minute, tzinfo=dt.UTC)


@dataclass
class Post:
    """Sweeps at times to order; ``world`` makes what there is to be reminded of."""

    world: World
    sender: MemorySender = field(default_factory=MemorySender)
    now: dt.datetime = dt.datetime(2008, 1, 3, 9, tzinfo=dt.UTC)
    settings: SendSettings = SENDS

    def sweep(
        self, now: dt.datetime | None = None, *, sender: Sender | None = None, **options: Any
    ) -> Sweep:
        """One sweep at ``now``, which the clock then stays at."""
        self.now = now or self.now
        database, using = self.world.database, sender or self.sender
        return sweep(database, using, PLANS, self.settings, lambda: self.now, **options)

    def plan(self, now: dt.datetime | None = None, **options: object) -> Plan:
        """Planning alone."""
        self.now = now or self.now
        with self.world.database.transaction() as session:
            return plan_reminders(session, now=self.now, settings=PLANS, **options)

    @property
    def mails(self) -> list[EmailMessage]:
        """All mails so far."""
        return self.sender.messages

    @property
    def recipients(self) -> list[str]:
        """Whom they went to, in order."""
        return [str(mail["To"].addresses[0].addr_spec) for mail in self.mails]

    def text(self, number: int = -1) -> str:
        """The text part of a mail on one line, the last one unless told otherwise."""
        part = self.mails[number].get_body(("plain",))
        assert part is not None
        return " ".join(part.get_content().split())

    def reminders(self) -> Sequence[Reminder]:
        """All there are, with their lines, by day and person."""
        with self.world.database.reading() as session:
            query = select(Reminder).order_by(Reminder.day, Reminder.contact_id)
            return session.scalars(query.options(selectinload(Reminder.lines))).all()

    def told(self) -> set[tuple[int, str]]:
        """What is remembered: (task, occasion)."""
        with self.world.database.reading() as session:
            return {(s.task_id, s.occasion) for s in session.scalars(select(SentOccasion))}

    def change(self, task_id: int, **update: object) -> None:
        """A change of a task by somebody, at the clock's time."""
        with self.world.database.transaction() as session:
            change_task(
                session,
                session.get_one(Task, task_id),
                TaskUpdate(**{"reason": "agreed by phone", **update}),
                seen_version=None,
                actor=SYSTEM,
                now=self.now,
                today=self.now.date(),
            )

    def set_contact(self, contact_id: int, **values: object) -> None:
        """Changes a person's entry."""
        with self.world.database.transaction() as session:
            contact = session.get_one(Contact, contact_id)
            for name, value in values.items():
                setattr(contact, name, value)

    def set_country(self, party: str, code: str) -> None:
        """Gives a party the holidays of a real country."""
        with self.world.database.transaction() as session:
            found = session.scalars(select(Party).where(Party.name == party)).one()
            found.code = code


def due_task(world: World, *owners: int, dialogue: int | None = None, **values: object) -> int:
    """A task due on 10 January 2008, entered too short a time before for anybody to be asked for
    an update, in a dialogue of its own unless one is given."""
    where = world.dialogue() if dialogue is None else dialogue
    return world.task(where, owners=owners, **{"due_on": DUE, "now": ENTERED, **values})
