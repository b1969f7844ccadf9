"""Checks claimed reminders again just before they are sent, and fills the digests that hold.

Reads only; what is sent, and what becomes of it, is decided in send_reminders.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.mail import Digest, DigestTask
from tracker.mail.digest import Why
from tracker.models import Contact, Reminder, ReminderLine, Task
from tracker.policy.errors import TrackerError
from tracker.policy.markings import Marking, parse_marking
from tracker.policy.reminders import PAUSES, is_overdue_key
from tracker.policy.statuses import STATUS_WORDS, date_in_words, is_open
from tracker.queries import reminders as queries
from tracker.queries.recipients import UNOWNED, Recipients, recipients_of
from tracker.queries.wishes import Wishes, wishes_of
from tracker.services.claim_reminders import Claim, Told
from tracker.services.mail_links import make_token
from tracker.services.plan_reminders import zone_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SendSettings:
    """What a mail needs of an installation. ``templates`` overrides ours where it is a folder;
    ``secret_key`` signs the links by which people answer, and without one there are none."""

    base_url: str
    mail_from: str
    ceiling: Marking
    templates: Path | None = None
    secret_key: str = field(default="", repr=False)
    reply_address: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be done with a claim: send the digest and remember what it told, or, where
    there is none, put the reminder at ``state`` with the reason in ``words``."""

    claim: Claim
    digest: Digest | None = None
    told: Told = field(default_factory=Told)
    state: str = "cancelled"
    words: str = ""


def prepare_reminders(
    session: Session,
    claims: Sequence[Claim],
    settings: SendSettings,
    *,
    now: dt.datetime,
    as_of: dt.date | None = None,
) -> list[Prepared]:
    """Looks again at each claim, in their order: task still open, date unmoved, person still
    active and the one to be told, marking as it is now. A row that cannot be made into a mail
    is set aside as failed, and the others go on."""
    found = {r.id: r for r in _load(session, [claim.reminder_id for claim in claims])}
    tasks = {line.task.id: line.task for r in found.values() for line in r.lines}
    recipients = recipients_of(session, list(tasks.values()))
    wishes = wishes_of(session, {r.contact_id for r in found.values()}, list(tasks))
    prepared = []
    for claim in claims:
        try:
            reminder = found.get(claim.reminder_id)
            one = _prepare(claim, reminder, recipients, wishes, settings, now, as_of)
        except Exception as error:
            one = Prepared(claim, state="failed", words=words_for(error, claim))
        prepared.append(one)
    return prepared


def words_for(error: Exception, claim: Claim) -> str:
    """Why a mail could not be made, for people; the log gets the kind of error and no text."""
    log.error("reminder set aside", reminder=claim.reminder_id, kind=type(error).__name__)
    words = str(error) if isinstance(error, TrackerError) else type(error).__name__
    return f"The mail could not be made: {words}"


def _load(session: Session, ids: Sequence[int]) -> Iterator[Reminder]:
    """Those reminders; one that cannot be read is left out, and holds up none of the others."""
    try:
        yield from queries.reminders_for_sending(session, ids)
    except SQLAlchemyError:
        raise
    except Exception:
        half = len(ids) // 2
        if half:
            yield from _load(session, ids[:half])
            yield from _load(session, ids[half:])


def _prepare(
    claim: Claim,
    reminder: Reminder | None,
    recipients: Recipients,
    wishes: Wishes,
    settings: SendSettings,
    now: dt.datetime,
    as_of: dt.date | None,
) -> Prepared:
    if reminder is None:
        return Prepared(claim, state="failed", words="What is stored of it cannot be read.")
    if claim.attempts > len(PAUSES) + 1:
        words = f"Given up: sending it ended {claim.attempts - 1} times without an answer."
        return Prepared(claim, state="failed", words=words)
    day = as_of or now.astimezone(zone_of(reminder.contact)).date()
    left_out = {
        line.id: _objection(line, reminder.contact, recipients)
        or _pause(line, reminder, wishes, day)
        for line in reminder.lines
    }
    left_out = {line_id: reason for line_id, reason in left_out.items() if reason}
    kept = [line for line in reminder.lines if line.id not in left_out]
    if not kept:
        words = _nothing_left(reminder)
        return Prepared(claim, None, Told(left_out=left_out), words=words)
    lines = [(line.task_id, line.occasion, line.due_on) for line in kept]
    digest = _digest(reminder, kept, wishes, settings, now, as_of)
    return Prepared(claim, digest, Told(lines, left_out))


def _nothing_left(reminder: Reminder) -> str:
    """Why nothing is sent, without a word of any task: those who read this may not see all."""
    contact = reminder.contact
    if not contact.is_active:
        return "The person is no longer active."
    if not contact.email:
        return "The person has no mail address any more."
    return "Nothing was left to say: see the reason beside each task."


def _objection(line: ReminderLine, contact: Contact, recipients: Recipients) -> str:
    """Why a line is no longer true, or ""."""
    task = line.task
    if not contact.is_active or not contact.email:
        return "the person cannot be written to any more"
    if not is_open(task.status):
        return f"it is no longer open: {STATUS_WORDS[task.status].lower()}"
    if task.due_on != line.due_on:
        return f"its due date has moved to {date_in_words(task.due_on)}"
    if contact.id not in {recipient.id for recipient, _ in recipients[task.id]}:
        return "it has been handed over"
    return ""


def _pause(line: ReminderLine, reminder: Reminder, wishes: Wishes, day: dt.date) -> str:
    """That the person wants to hear nothing of it yet, or ""."""
    until = wishes.quiet_until(reminder.contact_id, line.task_id)
    if until is None or day >= until:
        return ""
    return f"they asked not to hear of it before {date_in_words(until)}"


def _digest(
    reminder: Reminder,
    lines: Sequence[ReminderLine],
    wishes: Wishes,
    settings: SendSettings,
    now: dt.datetime,
    as_of: dt.date | None,
) -> Digest:
    contact = reminder.contact
    local = now.astimezone(zone_of(contact))
    sent_at = local if as_of is None else dt.datetime.combine(as_of, local.time(), local.tzinfo)
    first_day = min(reminder.day, reminder.late_since or reminder.day)
    host = reminder.message_id.strip("<>").rpartition("@")[2]
    return Digest(
        recipient_name=contact.full_name,
        recipient_address=contact.email or "",
        day=first_day,
        tasks=tuple(_digest_task(line, reminder, wishes, settings) for line in lines),
        message_id=reminder.message_id,
        thread_id=f"<reminders-{_thread_key(contact)}@{host}>",
        ceiling=settings.ceiling,
        sender=settings.mail_from,
        home_url=f"{settings.base_url}/",
        preferences_url=f"{settings.base_url}/me/",
        is_late=first_day < sent_at.date(),
        is_sample=all(line.task.dialogue.is_sample for line in lines),
        sent_at=sent_at,
        reply_to=_reply_to(reminder, wishes, settings),
    )


def _reply_to(reminder: Reminder, wishes: Wishes, settings: SendSettings) -> str | None:
    """ "reply+abc…@tracker.example" for the address "reply@tracker.example" (RFC 5233)."""
    if not settings.secret_key or not settings.reply_address:
        return None
    who, generation = reminder.contact_id, wishes.generation(reminder.contact_id)
    token = make_token(settings.secret_key, "reply", who, reminder.id, generation, reminder.day)
    local_part, _, domain = settings.reply_address.rpartition("@")
    return f"{local_part}+{token}@{domain}"


def _digest_task(
    line: ReminderLine, reminder: Reminder, wishes: Wishes, settings: SendSettings
) -> DigestTask:
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
        act_url=_act_url(task, reminder, wishes, settings),
        task_id=task.id,
        revision=task.history_length,
        changed_at=task.updated_at,
    )


def _act_url(task: Task, reminder: Reminder, wishes: Wishes, settings: SendSettings) -> str | None:
    if not settings.secret_key:
        return None
    who, generation = reminder.contact_id, wishes.generation(reminder.contact_id)
    token = make_token(settings.secret_key, "answer", who, task.id, generation, reminder.day)
    return f"{settings.base_url}/mail/{token}"


def _why(line: ReminderLine) -> Why:
    if line.why == UNOWNED:
        return "unowned"
    return "overdue" if is_overdue_key(line.occasion) else "due"


def url_of(task: Task, settings: SendSettings) -> str:
    """The task's address; one that names no dialogue where its marking is above the ceiling."""
    if parse_marking(task.marking).is_within(settings.ceiling):
        return f"{settings.base_url}/dialogues/{task.dialogue.slug}/tasks/{task.number}"
    return f"{settings.base_url}/go/{task.id}"


def _thread_key(contact: Contact) -> str:
    return hashlib.sha256(f"reminders of contact {contact.id}".encode()).hexdigest()[:20]
