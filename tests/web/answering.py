"""Reminders with their links, for tests of what people do from a mail.

Per owns the task of these tests, Mira leads the dialogue.
"""

from __future__ import annotations

import datetime as dt
import re

from tests.web.follow_up import FollowUp
from tests.world import World
from tracker.config import Settings
from tracker.mail.senders import MemorySender
from tracker.services.mail_links import make_token
from tracker.services.send_reminders import sweep
from tracker.services.sweep_settings import plan_settings, send_settings

_LINK = re.compile(r"https?://\S+?(/mail/[a-z2-7]{48})")


class Answering(FollowUp):
    """The dialogue of FollowUp, an installation, and the mails that it sends."""

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world)
        self.settings = settings
        self.sender = MemorySender()

    def remind(self) -> None:
        """One sweep, now."""
        sweep(
            self.world.database,
            self.sender,
            plan_settings(self.settings),
            send_settings(self.settings),
            lambda: dt.datetime.now(dt.UTC),
            at_once=True,
        )

    def links(self, address: str) -> list[str]:
        """The paths of the links in all mails to an address, in their order."""
        found: list[str] = []
        for mail in self.sender.messages:
            if mail["To"].addresses[0].addr_spec == address:
                part = mail.get_body(("plain",))
                found += _LINK.findall(part.get_content()) if part else []
        return found

    def link(self) -> str:
        """The path of Per's link to the late task, as it stands in his mail."""
        if not self.sender.messages:
            self.remind()
        return self.links("per.lind@example.org")[0]

    def made(
        self, contact_id: int, task_id: int, *, made_on: dt.date | None = None, generation: int = 1
    ) -> str:
        """The path of a link made on another day or of another generation."""
        day = made_on or dt.datetime.now(dt.UTC).date()
        key = self.settings.secret_key
        return f"/mail/{make_token(key, 'answer', contact_id, task_id, generation, day)}"
