"""An office with a head, an ambassador and a lead, for tests of whom reminders go to."""

from __future__ import annotations

import datetime as dt

from tests.services.reminding import Post, due_task
from tracker.models import Dialogue
from tracker.policy.reminder_rules import DEFAULT_RULES, ReminderRules
from tracker.policy.visibility import SYSTEM
from tracker.services.set_rules import set_rules


class Mission:
    """A desk with a clerk and its head, an ambassador who is co-chair, and a lead; the clerk owns
    a task due on 10 January 2008."""

    def __init__(self, post: Post) -> None:
        self.post, world = post, post.world
        self.dialogue = world.dialogue()
        self.desk = world.person("Border Desk", kind="office", email=None)
        self.clerk = world.person("Mira Okonjo")
        self.head = world.person("Anna Keel")
        self.chair = world.person("Ursula Brandt")
        self.lead = world.person("Lena Marsh")
        self.theirs = world.person("Ivo Tamm", party="Sundria")
        for person, role in (
            (self.head, "reader"),
            (self.chair, "co-chair"),
            (self.lead, "lead"),
            (self.theirs, "co-chair"),
        ):
            world.join(self.dialogue, person, role)
        post.set_contact(self.clerk, office_id=self.desk)
        post.set_contact(self.desk, head_id=self.head)
        self.task = due_task(world, self.clerk, dialogue=self.dialogue)

    def told(self, first: dt.date, days: int) -> list[tuple[str, str]]:
        """Sweeps on each of so many days; whom mails went to, with the day."""
        before = len(self.post.mails)
        found = []
        for n in range(days):
            day = first + dt.timedelta(days=n)
            self.post.sweep(dt.datetime.combine(day, dt.time(9), dt.UTC))
            new = self.post.recipients[before:]
            before += len(new)
            found += [(f"{day:%d %b}", address.partition("@")[0]) for address in new]
        return found

    def rule(self, **changes: object) -> None:
        """Sets the dialogue's rules, which were the defaults."""
        values = {name: getattr(DEFAULT_RULES, name) for name in DEFAULT_RULES.__slots__}
        with self.post.world.database.transaction() as session:
            dialogue = session.get_one(Dialogue, self.dialogue)
            rules = ReminderRules(**{**values, **changes})
            set_rules(session, dialogue, rules, seen_version=0, actor=SYSTEM)
