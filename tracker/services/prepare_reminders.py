"""Checks claimed reminders again just before they are sent, and fills the digests that hold.

Reads only; what is sent, and what becomes of it, is decided in send_reminders.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import structlog
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.mail import Digest
from tracker.models import Reminder, ReminderLine
from tracker.policy.errors import TrackerError, Unavailable
from tracker.policy.reminder_calls import date_or_none, is_stale_key, step_of_key
from tracker.policy.reminder_words import OWNER, UNOWNED
from tracker.policy.reminders import PAUSES
from tracker.policy.statuses import STATUS_WORDS, date_in_words, is_open
from tracker.queries import reminders as queries
from tracker.queries.recipients import Audience, audiences_of
from tracker.queries.reminder_rules import read_rulebook
from tracker.queries.waiting import Missing
from tracker.queries.wishes import wishes_of
from tracker.services.claim_reminders import Claim, Told
from tracker.services.fill_digest import Desk, Kept, SendSettings, fill_digest, url_of
from tracker.services.plan_approvals import still_missing

__all__ = ["Prepared", "SendSettings", "prepare_reminders", "url_of", "words_for"]
log = structlog.get_logger(__name__)


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
    check = _Check(session, list(found.values()), settings, now, as_of)
    prepared = []
    for claim in claims:
        try:
            one = check.prepare(claim, found.get(claim.reminder_id))
        except (OperationalError, Unavailable):
            raise  # The database's fault and not the row's, which waits for the next sweep.
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


class _Check:
    """What is looked up once for all reminders of a batch, and asked of each."""

    def __init__(
        self,
        session: Session,
        reminders: Sequence[Reminder],
        settings: SendSettings,
        now: dt.datetime,
        as_of: dt.date | None,
    ) -> None:
        tasks = {line.task.id: line.task for r in reminders for line in r.lines}
        wishes = wishes_of(session, {r.contact_id for r in reminders}, list(tasks))
        self.desk = Desk(settings, wishes, read_rulebook(session), now, as_of)
        found = audiences_of(session, list(tasks.values()), self.desk.day_of)
        self.audiences = found.by_task
        asked = [r.contact for r in reminders if r.approvals]
        self.missing = still_missing(session, asked, self.desk.day_of)

    def prepare(self, claim: Claim, reminder: Reminder | None) -> Prepared:
        """The digest of what still holds, or the state and the reason why none goes out."""
        if reminder is None:
            return Prepared(claim, state="failed", words="What is stored of it cannot be read.")
        if claim.attempts > len(PAUSES) + 1:
            words = f"Given up: sending it ended {claim.attempts - 1} times without an answer."
            return Prepared(claim, state="failed", words=words)
        kept, left_out = self.sort(reminder)
        missing, unasked = self.sort_approvals(reminder)
        told = Told((), left_out, unasked)
        if not kept and not missing:
            return Prepared(claim, None, told, words=_nothing_left(reminder))
        lines = [(k.line.task_id, k.line.occasion, k.line.due_on) for k in kept]
        # What is of the sample goes into no mail about real tasks, and is not said later either.
        real = [k for k in kept if not k.line.task.dialogue.is_sample]
        digest = fill_digest(reminder, real if real or missing else kept, missing, self.desk)
        return Prepared(claim, digest, replace(told, lines=lines))

    def sort(self, reminder: Reminder) -> tuple[list[Kept], dict[int, str]]:
        """The lines that hold, and why others do not."""
        kept, left_out = [], {}
        for line in reminder.lines:
            audience = self.audiences[line.task_id]
            objection = _objection(line, reminder, audience) or self.pause(line, reminder)
            if objection:
                left_out[line.id] = objection
            else:
                whys = _whys(line, audience)
                kept.append(Kept(line, whys[reminder.contact_id], audience))
        return kept, left_out

    def pause(self, line: ReminderLine, reminder: Reminder) -> str:
        """That the person wants to hear nothing of it yet, or ""."""
        until = self.desk.wishes.quiet_until(reminder.contact_id, line.task_id)
        if until is None or self.desk.day_of(reminder.contact) >= until:
            return ""
        return f"they asked not to hear of it before {date_in_words(until)}"

    def sort_approvals(self, reminder: Reminder) -> tuple[list[Missing], dict[int, str]]:
        """What still waits for the person's approval, and why other things do not."""
        kept, left_out = [], {}
        for entry in reminder.approvals:
            key = ("list", entry.list_id) if entry.list_id else ("report", entry.report_id or 0)
            found = self.missing.get((reminder.contact_id, key))
            if not reminder.contact.email or found is None:
                left_out[entry.id] = "it no longer waits for their approval"
            else:
                kept.append(found)
        return kept, left_out


def _nothing_left(reminder: Reminder) -> str:
    """Why nothing is sent, without a word of any task: those who read this may not see all."""
    contact = reminder.contact
    if not contact.is_active:
        return "The person is no longer active."
    if not contact.email:
        return "The person has no mail address any more."
    return "Nothing was left to say: see the reason beside each task."


def _objection(line: ReminderLine, reminder: Reminder, audience: Audience) -> str:
    """Why a line is no longer true, or ""."""
    task, contact = line.task, reminder.contact
    if not contact.is_active or not contact.email:
        return "the person cannot be written to any more"
    if not is_open(task.status):
        return f"it is no longer open: {STATUS_WORDS[task.status].lower()}"
    if task.due_on != date_or_none(line.due_on):
        return f"its due date has moved to {date_in_words(task.due_on)}"
    if is_stale_key(line.occasion) and task.updated_at > reminder.planned_at:
        return "somebody has said how it stands"
    if contact.id in _whys(line, audience):
        return ""
    if step_of_key(line.occasion):
        return "they no longer head the office or chair the dialogue"
    if line.why not in (OWNER, UNOWNED):
        return "its owner can be told after all"
    if any(owner.contact_id == contact.id for owner in task.owners):
        return f"the person {dict(audience.faults).get(contact.full_name, 'cannot be told')}"
    return "it has been handed over"


def _whys(line: ReminderLine, audience: Audience) -> dict[int, str]:
    """By person, why they are told of what the line is about."""
    pairs = audience.raised if step_of_key(line.occasion) else audience.told
    return {contact.id: why for contact, why in pairs}
