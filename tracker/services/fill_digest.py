"""Fills the digest of a reminder: all that its mail says, of what was found still to hold.

Reads only; what still holds is decided in prepare_reminders, words are chosen in mail/wording.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tracker.mail.digest import Digest, DigestApproval, DigestTask
from tracker.models import Contact, Reminder, ReminderLine, Task
from tracker.policy.markings import Marking, parse_marking
from tracker.policy.reminder_words import CHAIR, HEAD
from tracker.queries.recipients import Audience
from tracker.queries.reminder_rules import Rulebook
from tracker.queries.waiting import Missing
from tracker.queries.wishes import Wishes
from tracker.services.fill_reminders import zone_of
from tracker.services.mail_links import make_token


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
class Kept:
    """A line that holds, why the person is told of it now, and who hears of its task."""

    line: ReminderLine
    why: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Desk:
    """What all digests of a batch share."""

    settings: SendSettings
    wishes: Wishes
    rulebook: Rulebook
    now: dt.datetime
    as_of: dt.date | None = None

    def day_of(self, contact: Contact) -> dt.date:
        """The person's date."""
        return self.as_of or self.now.astimezone(zone_of(contact)).date()


def fill_digest(
    reminder: Reminder, lines: Sequence[Kept], approvals: Sequence[Missing], desk: Desk
) -> Digest:
    """The digest of a reminder, with these lines and approvals of it."""
    contact, settings = reminder.contact, desk.settings
    local = desk.now.astimezone(zone_of(contact))
    sent_at = local
    if desk.as_of is not None:
        sent_at = dt.datetime.combine(desk.as_of, local.time(), local.tzinfo)
    first_day = min(reminder.day, reminder.late_since or reminder.day)
    host = reminder.message_id.strip("<>").rpartition("@")[2]
    dialogues = [kept.line.task.dialogue for kept in lines] + [m.dialogue for m in approvals]
    return Digest(
        recipient_name=contact.full_name,
        recipient_address=contact.email or "",
        day=first_day,
        tasks=tuple(_task(kept, reminder, desk) for kept in lines),
        approvals=tuple(_approval(missing, settings) for missing in approvals),
        message_id=reminder.message_id,
        thread_id=f"<reminders-{_thread_key(contact)}@{host}>",
        ceiling=settings.ceiling,
        sender=settings.mail_from,
        home_url=f"{settings.base_url}/",
        preferences_url=f"{settings.base_url}/me/",
        is_late=first_day < sent_at.date(),
        is_sample=all(dialogue.is_sample for dialogue in dialogues),
        sent_at=sent_at,
        reply_to=_reply_to(reminder, desk.wishes, settings),
    )


def url_of(task: Task, settings: SendSettings) -> str:
    """The task's address; one that names no dialogue where its marking is above the ceiling."""
    if parse_marking(task.marking).is_within(settings.ceiling):
        return f"{settings.base_url}/dialogues/{task.dialogue.slug}/tasks/{task.number}"
    return f"{settings.base_url}/go/{task.id}"


def _approval(missing: Missing, settings: SendSettings) -> DigestApproval:
    kind, what = missing.key
    return DigestApproval(
        dialogue=missing.dialogue.name,
        words=missing.words,
        since=missing.since.date(),
        marking=parse_marking(missing.marking),
        url=f"{settings.base_url}/go/{kind}/{what}",
        on_behalf_of=missing.on_behalf_of.full_name if missing.on_behalf_of else "",
        is_proposal=bool(missing.proposals),
    )


def _task(kept: Kept, reminder: Reminder, desk: Desk) -> DigestTask:
    line, task = kept.line, kept.line.task
    is_raised = kept.why in (HEAD, CHAIR)
    return DigestTask(
        dialogue=task.dialogue.name,
        number=task.number,
        title=task.title,
        status=task.status,
        owners=tuple(task.owner_names),
        due_on=line.due_on,
        due_basis=task.due_basis,
        occasion=line.occasion,
        why=kept.why,
        faults=kept.audience.faults,
        overdue_every=desk.rulebook.of(task.dialogue_id).overdue_every,
        marking=parse_marking(task.marking),
        url=url_of(task, desk.settings),
        last_remark=task.last_remark,
        act_url=None if is_raised else _act_url(task, reminder, desk),
        task_id=task.id,
        revision=task.history_length,
        changed_at=None if is_raised else task.updated_at,
        entered_on=task.created_at.date(),
    )


def _act_url(task: Task, reminder: Reminder, desk: Desk) -> str | None:
    settings = desk.settings
    if not settings.secret_key:
        return None
    who, generation = reminder.contact_id, desk.wishes.generation(reminder.contact_id)
    token = make_token(settings.secret_key, "answer", who, task.id, generation, reminder.day)
    return f"{settings.base_url}/mail/{token}"


def _reply_to(reminder: Reminder, wishes: Wishes, settings: SendSettings) -> str | None:
    """ "reply+abc…@tracker.example" for the address "reply@tracker.example" (RFC 5233)."""
    if not settings.secret_key or not settings.reply_address:
        return None
    who, generation = reminder.contact_id, wishes.generation(reminder.contact_id)
    token = make_token(settings.secret_key, "reply", who, reminder.id, generation, reminder.day)
    local_part, _, domain = settings.reply_address.rpartition("@")
    return f"{local_part}+{token}@{domain}"


def _thread_key(contact: Contact) -> str:
    return hashlib.sha256(f"reminders of contact {contact.id}".encode()).hexdigest()[:20]
