"""Keeps all senders together under the rate that a mail server allows.

The next moment that is free stands in the database, so any number of processes and hosts share
it; nothing is sent here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.db import Database
from tracker.models import Fact, Reminder, ReportMail
from tracker.policy.mail_rate import Rate

_STEP = 0.5
"""Seconds between two looks whether the process is to end."""
_SHARE = 0.9
_RECENT = dt.timedelta(minutes=5)
Clock = Callable[[], dt.datetime]


class Gate:
    """Lets one mail through at a time, each when its moment has come. One that no rate limits is
    always open.

    ``patience`` is how long a run may take in all: what is left then waits for the next run,
    which plans first. Past it, or where the process is to end, the gate is shut.
    """

    def __init__(
        self,
        database: Database,
        server: str = "",
        rate: Rate | None = None,
        *,
        clock: Clock,
        patience: dt.timedelta = dt.timedelta(minutes=5),
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._database = database
        self._name = name_of(server)
        self._rate = rate
        self._clock = clock
        self._pause = pause
        self._end = clock() + patience * _SHARE
        self.is_shut = False

    @property
    def is_open(self) -> bool:
        """Whether the next mail has to wait for nothing."""
        return self._rate is None

    def batch(self, most: int) -> int:
        """How many of ``most`` can go out within half a minute, at least one."""
        if self._rate is None:
            return most
        return max(1, min(most, int(dt.timedelta(seconds=30) / self._rate.distance)))

    def pass_one(self, is_stopping: Callable[[], bool]) -> bool:
        """Waits until a mail may be sent; False where none may any more in this run."""
        if self._rate is None:
            return True
        moment = self._reserve(self._rate)
        while moment is not None and not is_stopping():
            left = (moment - self._clock()).total_seconds()
            if left <= 0:
                return True
            self._pause(min(left, _STEP))
        self.is_shut = True
        return False

    def _reserve(self, rate: Rate) -> dt.datetime | None:
        """The next free moment, which is ours then; None where it comes too late for this run."""
        with self._database.transaction() as session:
            now = self._clock()
            fact = _held(session, self._name, now)
            moment = max(fact.at, now)
            if moment > self._end:
                return None
            fact.at, fact.value = moment + rate.distance, rate.words
            return moment


def _held(session: Session, name: str, now: dt.datetime) -> Fact:
    """The row of a server, which nobody else changes before this transaction has ended."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgresql else sqlite.insert
    first = insert(Fact).values(name=name, value="", at=now).on_conflict_do_nothing()
    session.execute(first)
    return session.scalars(select(Fact).where(Fact.name == name).with_for_update(of=Fact)).one()


def name_of(server: str) -> str:
    """Under which a server ("mail.example.org:25") is remembered."""
    return f"mail_rate {hashlib.sha256(server.encode()).hexdigest()[:24]}"


def mails_that_wait(session: Session, server: str, rate: Rate | None, now: dt.datetime) -> int:
    """How many mails are due while the server is being handed as many as its rate allows; 0
    where it has not been for some minutes, so that something else must hold them up."""
    fact = session.get(Fact, name_of(server)) if rate is not None else None
    if fact is None or fact.at < now - _RECENT:
        return 0
    found = 0
    for mail in (Reminder, ReportMail):
        is_due = (mail.state.in_(("planned", "claimed"))) & (mail.try_at <= now)
        found += session.scalar(select(func.count()).select_from(mail).where(is_due)) or 0
    return found
