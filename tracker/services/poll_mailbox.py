"""Looks into the mailbox for replies and returned mail, and takes in what is new.

A mail is put away only after all that it calls for is committed; taken in again after a crash,
it does nothing a second time.
"""

from __future__ import annotations

import datetime as dt
import email.policy
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from types import TracebackType
from typing import Protocol, Self

import structlog
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.db import Database
from tracker.mail.senders import Sender
from tracker.models import Fact
from tracker.policy.errors import TrackerError
from tracker.services.prepare_reminders import SendSettings
from tracker.services.take_mail import MOST_BYTES, is_ours, take_mail

MOST_AT_ONCE = 200
_POLL = "imap_poll"
_LONGEST_PAUSE = dt.timedelta(minutes=30)
_RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
log = structlog.get_logger(__name__)


class Mailbox(Protocol):
    """A folder of mails, as mail.imap has it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def new_mails(self, most: int) -> list[str]:
        """The uids of at most so many mails not yet taken, oldest first."""

    def fetch(self, uid: str, most_bytes: int) -> bytes | None:
        """The mail as it came; None where it is larger, or gone."""

    def put_away(self, uid: str) -> None:
        """Marks the mail as taken."""

    def set_aside(self, uid: str) -> None:
        """Marks the mail for a person to look at."""


@dataclass(frozen=True, slots=True)
class Polls:
    """What is remembered of looking into the mailbox, for all processes. ``failures`` counts
    those since it last went well, at ``well_at``; ``set_aside`` the mails that could not be read,
    the last one at ``set_aside_at``. Instants are in ISO form."""

    failures: int = 0
    words: str = ""
    well_at: str = ""
    set_aside: int = 0
    set_aside_at: str = ""


def last_polls(session: Session) -> Polls:
    """What is remembered; the defaults where nothing is."""
    fact = session.get(Fact, _POLL)
    return Polls(**json.loads(fact.value)) if fact is not None and fact.value else Polls()


def poll_mailbox(
    database: Database,
    mailbox: Mailbox,
    sender: Sender,
    settings: SendSettings,
    clock: Callable[[], dt.datetime],
    *,
    every: dt.timedelta,
    is_stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Takes in what is new; returns how many mails. Nothing where another process looked within
    ``every``; after failures the distance doubles each time, up to half an hour."""
    if not _is_due(database, clock(), every):
        return 0
    taken = aside = 0
    words = ""
    try:
        with mailbox:
            for uid in mailbox.new_mails(MOST_AT_ONCE):
                if is_stopping():
                    break
                is_taken = _take(database, mailbox, uid, sender, settings, clock())
                taken, aside = taken + is_taken, aside + (not is_taken)
    except TrackerError as error:
        words = str(error)
        log.warning("mailbox not read", taken=taken)
    _remember(database, clock(), words, aside)
    return taken


def _take(
    database: Database,
    mailbox: Mailbox,
    uid: str,
    sender: Sender,
    settings: SendSettings,
    now: dt.datetime,
) -> bool:
    """False for a mail that cannot be taken in, which is set aside for a person. Raises
    TrackerError where the mailbox or the database does not answer."""
    content = mailbox.fetch(uid, MOST_BYTES)
    try:
        if content is None:
            raise ValueError("too long, or gone")
        recipients = tuple(a for a in _recipients(content) if is_ours(a, settings))
        what = take_mail(database, content, recipients, sender, settings, now=now)
    except TrackerError:
        raise
    except Exception as error:  # One mail that cannot be read must not hold up the others.
        log.error("mail set aside", kind=type(error).__name__)
        mailbox.set_aside(uid)
        return False
    mailbox.put_away(uid)
    log.info("mail taken in", what=what)
    return True


def _recipients(content: bytes) -> list[str]:
    """Whom it went to, by its headers: the envelope is gone by the time it is in a mailbox."""
    head = BytesHeaderParser(policy=email.policy.compat32).parsebytes(content)
    fields = [str(value) for name in _RECIPIENTS for value in head.get_all(name, [])]
    return [address for _, address in getaddresses(fields) if "@" in address]


def _is_due(database: Database, now: dt.datetime, every: dt.timedelta) -> bool:
    """Takes the turn where it is time for one; of several processes one gets it."""
    with database.transaction() as session:
        is_postgresql = session.get_bind().dialect.name == "postgresql"
        insert = postgresql.insert if is_postgresql else sqlite.insert
        first = insert(Fact).values(name=_POLL, value="", at=now - dt.timedelta(days=2))
        session.execute(first.on_conflict_do_nothing())
        query = select(Fact).where(Fact.name == _POLL).with_for_update(of=Fact)
        fact = session.scalars(query).one()
        pause = every * 2 ** min(last_polls(session).failures, 10)
        if now < fact.at + min(pause, max(every, _LONGEST_PAUSE)) * 0.9:
            return False
        fact.at = now
    return True


def _remember(database: Database, now: dt.datetime, words: str, aside: int) -> None:
    with database.transaction() as session:
        before = last_polls(session)
        after = Polls(
            failures=before.failures + 1 if words else 0,
            words=words,
            well_at=before.well_at if words else now.isoformat(),
            set_aside=before.set_aside + aside,
            set_aside_at=now.isoformat() if aside else before.set_aside_at,
        )
        session.get_one(Fact, _POLL).value = json.dumps(asdict(after))
