"""Says of each part of an installation whether it is well and, where it is not, how to mend it.

Reads only; what is found is in words, for the command ``check`` and the page of health alike.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.db import Database
from tracker.mail.addresses import parse_mailbox
from tracker.mail.imap import parse_imap_url
from tracker.mail.senders import sender_from
from tracker.models import Fact, Reminder
from tracker.policy.errors import TrackerError
from tracker.queries.people import has_administrator
from tracker.queries.reminders import oldest_unsent
from tracker.services.installation_lexicon import read_installation_lexicon
from tracker.services.limit_rate import mails_that_wait
from tracker.services.poll_mailbox import last_polls
from tracker.services.record_history import find_broken_history
from tracker.services.sweep_settings import mail_server
from tracker.services.upgrade_database import is_current

LEAST_FREE_BYTES = 500 * 1024 * 1024
_MISSED_SWEEPS = 3
_MOST_FAULTS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: what it is, whether it is well, what was found, and how to mend it ("" where it
    is well)."""

    part: str
    is_ok: bool
    words: str
    remedy: str = ""


def check_installation(
    database: Database, settings: Settings, now: dt.datetime, *, with_history: bool = False
) -> list[Finding]:
    """All findings; never raises for what is wrong. ``with_history`` reads every change ever made,
    which takes its time."""
    version = _database_version(database)
    findings = [version]
    if version.is_ok:
        with database.reading() as session:
            findings += [
                _administrator(session),
                _last_sweep(session, settings, now),
                _failed_reminders(session),
                _queue(session, settings, now),
                *_mailbox(session, settings, now),
                *([_history(session)] if with_history else []),
            ]
    around = [_lexicon(settings), _free_disk(settings), _privacy(settings)]
    return [*findings, *_mail(settings), *around]


def _database_version(database: Database) -> Finding:
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    try:
        with database.engine.connect() as connection:
            if is_current(connection):
                return Finding("Database", True, f"{kind} answers and has the right version.")
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        return Finding(
            "Database",
            False,
            f"{kind} does not answer ({reason}).",
            "Check TRACKER_DATABASE_URL and that the server or file is there.",
        )
    return Finding(
        "Database",
        False,
        "The database has another version than this program.",
        "Stop the tracker, run `python -m tracker db upgrade`, and start it again.",
    )


def _administrator(session: Session) -> Finding:
    if has_administrator(session):
        return Finding("Administrator", True, "Somebody can administer this installation.")
    return Finding(
        "Administrator",
        False,
        "Nobody administers this installation yet.",
        "Open the set-up link that the tracker prints when it starts.",
    )


def _last_sweep(session: Session, settings: Settings, now: dt.datetime) -> Finding:
    fact = session.get(Fact, "last_sweep")
    remedy = "Start it with `python -m tracker serve`, or `python -m tracker scheduler` alone."
    if fact is None:
        return Finding("Reminders", False, "No sweep for due reminders has run yet.", remedy)
    age = now - fact.at
    late = max(_MISSED_SWEEPS * settings.sweep_seconds, 60)
    words = f"The last sweep for due reminders ran {_ago(age)}."
    if age > dt.timedelta(seconds=late):
        return Finding("Reminders", False, words, f"The scheduler seems to be down. {remedy}")
    return Finding("Reminders", True, words)


def _failed_reminders(session: Session) -> Finding:
    query = select(func.count()).select_from(Reminder).where(Reminder.state == "failed")
    count = session.scalar(query) or 0
    if not count:
        return Finding("Failed mail", True, "No reminder is waiting for help.")
    return Finding(
        "Failed mail",
        False,
        f"{count} reminder{'' if count == 1 else 's'} could not be delivered.",
        "See the Outbox for what the mail server said, correct the address, and send again.",
    )


def _queue(session: Session, settings: Settings, now: dt.datetime) -> Finding:
    """What is due and not sent: since when, and whether it waits for the server's rate alone."""
    since, rate = oldest_unsent(session, now), settings.mail_rate
    waiting = mails_that_wait(session, mail_server(settings), rate, now) if rate else 0
    if waiting and rate is not None:
        mails = "1 mail waits" if waiting == 1 else f"{waiting:,} mails wait"
        return Finding("Queue", True, f"{mails}: the server is handed {rate.words} at most.")
    if since is None:
        return Finding("Queue", True, "No reminder that is due waits to be sent.")
    words = f"The oldest reminder that is not sent was due {_ago(now - since)}."
    if now - since > dt.timedelta(seconds=max(_MISSED_SWEEPS * settings.sweep_seconds, 3600)):
        remedy = "See the Outbox for what the mail server said, and check TRACKER_SMTP_URL."
        return Finding("Queue", False, words, remedy)
    return Finding("Queue", True, words)


def _mailbox(session: Session, settings: Settings, now: dt.datetime) -> Iterator[Finding]:
    """The mailbox that replies are fetched from, where one is set."""
    if settings.imap_url is None:
        return
    try:
        parse_imap_url(settings.imap_url)
    except TrackerError as error:
        yield Finding("Mailbox", False, str(error), "Correct TRACKER_IMAP_URL.")
        return
    polls = last_polls(session)
    ago = _ago(now - dt.datetime.fromisoformat(polls.well_at)) if polls.well_at else "never"
    words = f"The mailbox was last read {ago}."
    if polls.failures:
        remedy = "It is tried again after growing pauses. Check TRACKER_IMAP_URL."
        yield Finding("Mailbox", False, f"{words} Since then: {polls.words}", remedy)
    elif not polls.well_at:
        yield Finding("Mailbox", False, words, "Start `python -m tracker scheduler`.")
    else:
        yield Finding("Mailbox", True, words)


def _history(session: Session) -> Finding:
    faults = list(islice(find_broken_history(session), _MOST_FAULTS))
    if not faults:
        return Finding("History", True, "The history of all tasks is whole.")
    return Finding(
        "History",
        False,
        "The history was changed from outside. " + " ".join(faults),
        "Compare with a backup; `python -m tracker audit verify` lists every row.",
    )


def _mail(settings: Settings) -> Iterator[Finding]:
    """The settings only: no connection is made for a look at a page."""
    try:
        sender_from(settings.smtp_url, settings.outbox)
        parse_mailbox(settings.mail_from)
    except TrackerError as error:
        yield Finding("Mail", False, str(error), "Correct TRACKER_SMTP_URL or TRACKER_MAIL_FROM.")
        return
    if settings.smtp_url is None:
        where = f"No mail server is set; mail is kept as files in {settings.outbox}."
        yield Finding("Mail", True, where)
    else:
        yield Finding("Mail", True, f"Mail goes out from {settings.mail_from}.{_rate(settings)}")


def _rate(settings: Settings) -> str:
    return f" At most {settings.mail_rate.words}." if settings.mail_rate else ""


def _lexicon(settings: Settings) -> Finding:
    """The words that the installation adds to the extraction."""
    kept = read_installation_lexicon(settings.instance)
    remedy = f"Mend {kept.path}; docs/extraction.md shows what a line may be."
    if kept.error is not None:
        return Finding("Words", False, f"{kept.error} Cables are read without it.", remedy)
    if kept.unknown_rules:
        names = ", ".join(kept.unknown_rules)
        words = f"{kept.path.name} switches off what is no rule: {names}."
        return Finding("Words", False, words, "See `python -m tracker rules` for their names.")
    if kept.without_effect:
        words = f"{kept.path.name} adds what has no effect: {'; '.join(kept.without_effect)}."
        return Finding("Words", False, words, remedy)
    if kept.text is None:
        return Finding("Words", True, "Cables are read with the built-in words alone.")
    return Finding("Words", True, f"{kept.path.name} adds {kept.words}.")


def _free_disk(settings: Settings) -> Finding:
    try:
        free = shutil.disk_usage(settings.instance).free
    except OSError as error:
        reason = error.strerror or "no reason given"
        return Finding(
            "Disk",
            False,
            f"{settings.instance} cannot be read ({reason}).",
            "Set TRACKER_INSTANCE to a folder that the tracker can write to.",
        )
    words = f"{free / 1024**3:.1f} GB are free for {settings.instance}."
    if free < LEAST_FREE_BYTES:
        return Finding("Disk", False, words, "Free some space, or the tracker cannot save.")
    return Finding("Disk", True, words)


def _privacy(settings: Settings) -> Finding:
    """Whether other users of the machine are kept out of the folder with cables and key."""
    try:
        is_open = bool(settings.instance.stat().st_mode & 0o007)
    except OSError:  # _free_disk tells of it.
        is_open = False
    if is_open:
        words = f"Other users of this machine can open {settings.instance}, where cables lie."
        return Finding("Folder", False, words, f"Run `chmod 700 {settings.instance}`.")
    return Finding("Folder", True, "The instance folder is closed to other users of this machine.")


def _ago(age: dt.timedelta) -> str:
    """ "less than a minute ago", "5 minutes ago", "3 hours ago", "2 days ago"."""
    seconds = int(age.total_seconds())
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "less than a minute ago"
