"""Sends what plan_reminders has planned: claim, check again, send, record, each on its own.

The one service that commits: no transaction is open while a mail server is spoken to, so that
a crash at any point loses nothing and at most repeats a mail with the same Message-ID.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from tracker.db import Database
from tracker.mail import Digest, DigestTask, render_digest
from tracker.mail.digest import Why
from tracker.mail.outcomes import DeliveryFailure, PermanentFailure, TemporaryFailure
from tracker.mail.senders import Sender
from tracker.models import Contact, Fact, Reminder, ReminderLine, SentOccasion, Task
from tracker.policy.errors import TrackerError
from tracker.policy.markings import Marking, parse_marking
from tracker.policy.reminders import backoff, is_overdue_key
from tracker.policy.statuses import is_open
from tracker.queries import reminders as queries
from tracker.services.plan_reminders import (
    Plan,
    PlanSettings,
    plan_reminders,
    recipients_of,
    zone_of,
)

LEASE = dt.timedelta(minutes=15)
"""Longer than a batch of SMTP exchanges may take (each ends after a minute at the latest)."""
BATCH = 8
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SendSettings:
    """What a mail needs of an installation. ``templates`` overrides ours where it is a folder."""

    base_url: str
    mail_from: str
    ceiling: Marking
    templates: Path | None = None


@dataclass(slots=True)
class Sweep:
    """What one run did, for the log and for the command's last line."""

    planned: Plan = field(default_factory=Plan)
    sent: int = 0
    cancelled: int = 0
    failed: int = 0
    postponed: int = 0


@dataclass(frozen=True, slots=True)
class _Claim:
    reminder_id: int
    holder: str
    lease_until: dt.datetime


Clock = Callable[[], dt.datetime]


def sweep(
    database: Database,
    sender: Sender,
    plan_settings: PlanSettings,
    send_settings: SendSettings,
    clock: Clock,
    *,
    as_of: dt.date | None = None,
) -> Sweep:
    """Plans and sends all that is due; what a person's day is comes from the clock, or is
    ``as_of``. Notes that it ran, so that a scheduler which stopped shows."""
    result = Sweep()
    with database.transaction() as session:
        result.planned = plan_reminders(session, now=clock(), settings=plan_settings, as_of=as_of)
    _send_all(database, sender, send_settings, clock, result, as_of)
    with database.transaction() as session:
        _remember_sweep(session, clock())
    return result


def _send_all(
    database: Database,
    sender: Sender,
    settings: SendSettings,
    clock: Clock,
    result: Sweep,
    as_of: dt.date | None,
) -> None:
    with sender:
        while claims := claim_reminders(database, clock()):
            for number, claim in enumerate(claims):
                if not _send_one(database, sender, settings, clock, claim, result, as_of):
                    _give_back(database, claims[number + 1 :])
                    return


def claim_reminders(database: Database, now: dt.datetime, limit: int = BATCH) -> list[_Claim]:
    """Takes the next reminders for this sender alone: a row is won by a conditional update, for
    the length of a lease. A row whose sender is gone is taken over once its lease has ended."""
    holder = f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:12]}"
    lease_until = now + LEASE
    with database.transaction() as session:
        ids = queries.claimable_ids(session, now, limit)
        won = session.scalars(
            update(Reminder)
            .where(Reminder.id.in_(ids), queries.is_claimable(now))
            .values(
                state="claimed",
                claimed_by=holder,
                lease_until=lease_until,
                attempts=Reminder.attempts + 1,
            )
            .returning(Reminder.id)
            .execution_options(synchronize_session=False)
        ).all()
    order = {reminder_id: n for n, reminder_id in enumerate(ids)}
    return [_Claim(i, holder, lease_until) for i in sorted(won, key=order.__getitem__)]


def _send_one(
    database: Database,
    sender: Sender,
    settings: SendSettings,
    clock: Clock,
    claim: _Claim,
    result: Sweep,
    as_of: dt.date | None,
) -> bool:
    """Sends one claimed reminder; False where the next ones would fare no better."""
    if clock() > claim.lease_until - LEASE / 3:
        return False  # Too slow so far: what is left goes to whoever claims it next.
    try:
        with database.reading() as session:
            reminder = queries.get_for_sending(session, claim.reminder_id)
            digest, why_not = _prepare(session, reminder, settings, clock(), as_of)
            attempts = reminder.attempts
            told = _told(reminder, digest)
        if digest is None:
            _record(database, claim, "cancelled", why_not, clock())
            result.cancelled += 1
            return True
        message = render_digest(digest, settings.templates)
        sender.send(message)
    except TemporaryFailure as failure:
        _try_again(database, claim, attempts, failure, clock(), result)
        return not failure.is_server_wide
    except PermanentFailure as failure:
        _fail(database, claim, failure.reply, clock(), result)
        return not failure.is_server_wide
    except Exception as error:  # One bad row must not hold up the others.
        log.error(
            "reminder could not be made", reminder=claim.reminder_id, kind=type(error).__name__
        )
        words = str(error) if isinstance(error, TrackerError) else type(error).__name__
        _fail(database, claim, f"The mail could not be made: {words}", clock(), result)
        return True
    if _record(database, claim, "sent", "accepted by the mail server", clock(), told):
        result.sent += 1
    return True


def _prepare(
    session: Session,
    reminder: Reminder,
    settings: SendSettings,
    now: dt.datetime,
    as_of: dt.date | None,
) -> tuple[Digest | None, str]:
    """Checks again what has changed since planning: the digest that still holds, or why none."""
    contact = reminder.contact
    if not contact.is_active:
        return None, "the person is no longer active"
    if not contact.email:
        return None, "the person has no mail address any more"
    kept, reasons = [], []
    for line in reminder.lines:
        reason = _objection(session, line, contact)
        (reasons.append(reason) if reason else kept.append(line))
    if not kept:
        return None, "; ".join(dict.fromkeys(reasons)) or "nothing was left to say"
    return _digest(reminder, kept, settings, now, as_of), ""


def _objection(session: Session, line: ReminderLine, contact: Contact) -> str:
    """Why a line is no longer true, or ""."""
    task = line.task
    if not is_open(task.status):
        return f"task {task.number} is no longer open"
    if task.due_on != line.due_on:
        return f"the due date of task {task.number} has moved"
    if contact.id not in {c.id for c, _ in recipients_of(session, task)}:
        return f"task {task.number} has been handed over"
    return ""


def _digest(
    reminder: Reminder,
    lines: list[ReminderLine],
    settings: SendSettings,
    now: dt.datetime,
    as_of: dt.date | None,
) -> Digest:
    contact = reminder.contact
    local = now.astimezone(zone_of(contact))
    sent_at = local if as_of is None else dt.datetime.combine(as_of, local.time(), local.tzinfo)
    host = reminder.message_id.strip("<>").rpartition("@")[2]
    return Digest(
        recipient_name=contact.full_name,
        recipient_address=contact.email or "",
        day=reminder.day,
        tasks=tuple(_digest_task(line, settings) for line in lines),
        message_id=reminder.message_id,
        thread_id=f"<reminders-{_thread_key(contact)}@{host}>",
        ceiling=settings.ceiling,
        sender=settings.mail_from,
        home_url=f"{settings.base_url}/",
        preferences_url=f"{settings.base_url}/me/",
        is_late=reminder.day < sent_at.date(),
        is_sample=all(line.task.dialogue.is_sample for line in lines),
        sent_at=sent_at,
    )


def _digest_task(line: ReminderLine, settings: SendSettings) -> DigestTask:
    task = line.task
    return DigestTask(
        dialogue=task.dialogue.name,
        number=task.number,
        title=task.title,
        status=task.status,
        owners=tuple(task.owner_names),
        due_on=line.due_on,
        due_basis=task.due_basis,
        occasion=line.occasion,
        why=_why(line),
        marking=parse_marking(task.marking),
        url=url_of(task, settings),
        last_remark=task.last_remark,
    )


def _why(line: ReminderLine) -> Why:
    if line.why == "unowned":
        return "unowned"
    return "overdue" if is_overdue_key(line.occasion) else "due"


def url_of(task: Task, settings: SendSettings) -> str:
    """The task's address; one that names no dialogue where its marking is above the ceiling."""
    if parse_marking(task.marking).is_within(settings.ceiling):
        return f"{settings.base_url}/dialogues/{task.dialogue.slug}/tasks/{task.number}"
    return f"{settings.base_url}/go/{task.id}"


def _thread_key(contact: Contact) -> str:
    return hashlib.sha256(f"reminders of contact {contact.id}".encode()).hexdigest()[:20]


def _told(reminder: Reminder, digest: Digest | None) -> list[SentOccasion]:
    """What will be remembered as told once the digest has gone out."""
    if digest is None:
        return []
    urls = {(t.number, t.dialogue, t.due_on) for t in digest.tasks}
    return [
        SentOccasion(
            contact_id=reminder.contact_id,
            task_id=line.task_id,
            occasion=line.occasion,
            due_on=line.due_on,
        )
        for line in reminder.lines
        if (line.task.number, line.task.dialogue.name, line.due_on) in urls
    ]


def _record(
    database: Database,
    claim: _Claim,
    state: str,
    outcome: str,
    now: dt.datetime,
    told: list[SentOccasion] | None = None,
    **values: object,
) -> bool:
    """Writes the outcome, only if the claim is still ours; False where it is not."""
    with database.transaction() as session:
        won = session.execute(
            update(Reminder)
            .where(
                Reminder.id == claim.reminder_id,
                Reminder.claimed_by == claim.holder,
                Reminder.state == "claimed",
            )
            .values(
                state=state,
                outcome=outcome,
                claimed_by=None,
                lease_until=None,
                finished_at=None if state == "planned" else now,
                **values,
            )
        )
        if getattr(won, "rowcount", 0) != 1:
            return False
        for entry in told or []:
            entry.sent_at = now
            session.merge(entry)
    return True


def _try_again(
    database: Database,
    claim: _Claim,
    attempts: int,
    failure: DeliveryFailure,
    now: dt.datetime,
    result: Sweep,
) -> None:
    pause = backoff(max(1, attempts))
    if pause is None:
        _fail(database, claim, f"Given up after {attempts} tries: {failure.reply}", now, result)
        return
    _record(database, claim, "planned", failure.reply, now, try_at=now + pause)
    result.postponed += 1


def _fail(database: Database, claim: _Claim, words: str, now: dt.datetime, result: Sweep) -> None:
    _record(database, claim, "failed", words, now)
    result.failed += 1


def _give_back(database: Database, claims: list[_Claim]) -> None:
    """Lets go of what was claimed and not tried."""
    for claim in claims:
        with database.transaction() as session:
            session.execute(
                update(Reminder)
                .where(Reminder.id == claim.reminder_id, Reminder.claimed_by == claim.holder)
                .values(
                    state="planned",
                    claimed_by=None,
                    lease_until=None,
                    attempts=Reminder.attempts - 1,
                )
            )


def retry_reminder(session: Session, reminder: Reminder, now: dt.datetime) -> None:
    """Puts a failed reminder back in line, with the same Message-ID, by a person's button."""
    if reminder.state == "failed":
        reminder.state, reminder.try_at, reminder.attempts = "planned", now, 0
        reminder.finished_at = None
        session.flush()


def _remember_sweep(session: Session, now: dt.datetime) -> None:
    session.merge(Fact(name="last_sweep", value=now.isoformat(), at=now))
