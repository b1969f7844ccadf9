"""A person's calendar of due dates: its secret address, and what it shows now.

The address is shown once and kept as a hash; whoever has it sees what its owner may see.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from tracker.mail.calendar import Due, write_calendar
from tracker.models import Contact, Task
from tracker.policy.errors import NotFound
from tracker.policy.markings import parse_marking
from tracker.policy.statuses import STATUS_WORDS
from tracker.queries.calendar import calendar_tasks
from tracker.queries.people import scope_of_contact
from tracker.queries.wishes import find_by_calendar, find_correspondence
from tracker.services.mail_links import keep
from tracker.services.plan_reminders import zone_of
from tracker.services.prepare_reminders import SendSettings, url_of
from tracker.services.sign_in import hash_token

_NAME = "Dialogue Tracker: due dates"


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar as a file; ``tag`` changes with its content (RFC 9110, 8.8.3)."""

    content: bytes
    tag: str


def make_calendar(session: Session, contact_id: int, *, now: dt.datetime) -> str:
    """A new secret for a person's calendar; the earlier one ends at once. It cannot be had
    again: only a hash of it is kept."""
    token = secrets.token_urlsafe(32)
    kept = keep(session, contact_id)
    kept.calendar_hash, kept.calendar_made_at = hash_token(token), now
    session.flush()
    return token


def end_calendar(session: Session, contact_id: int) -> None:
    """Whoever has the address gets nothing from now on."""
    kept = find_correspondence(session, contact_id)
    if kept is not None:
        kept.calendar_hash = kept.calendar_made_at = None
        session.flush()


def read_calendar(
    session: Session, token: str, settings: SendSettings, *, now: dt.datetime
) -> Feed:
    """What the calendar shows now. Raises NotFound for an address that was never given, was
    ended, or whose owner is no longer active."""
    kept = find_by_calendar(session, hash_token(token))
    contact = session.get(Contact, kept.contact_id) if kept else None
    if contact is None or not contact.is_active:
        raise NotFound(
            "There is no such calendar, or its address was ended. Its owner makes a new one on "
            "the page “My settings”."
        )
    today = now.astimezone(zone_of(contact)).date()
    tasks = calendar_tasks(session, scope_of_contact(session, contact), today)
    content = calendar_of(tasks, settings, today)
    return Feed(content, hashlib.sha256(content).hexdigest()[:32])


def calendar_of(tasks: list[Task], settings: SendSettings, today: dt.date) -> bytes:
    """The due dates of these tasks, each under the mail ceiling as its marking is now."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    dues = [_due(task, settings, today) for task in tasks if task.due_on is not None]
    return write_calendar(dues, _NAME, host)


def _due(task: Task, settings: SendSettings, today: dt.date) -> Due:
    """Above the ceiling the date is not said either: such a task stands on the week's first day,
    and moves along with the weeks, whatever happens to it."""
    url = url_of(task, settings)
    if task.due_on is None or not parse_marking(task.marking).is_within(settings.ceiling):
        monday = today - dt.timedelta(days=today.weekday())
        midnight = dt.datetime.combine(monday, dt.time(), dt.UTC)
        return Due(task.id, task.number, monday, url, monday.toordinal() // 7, midnight)
    status = STATUS_WORDS.get(task.status, task.status)
    return Due(
        task_id=task.id,
        number=task.number,
        due_on=task.due_on,
        url=url,
        revision=task.history_length,
        changed_at=task.updated_at,
        title=task.title,
        words=f"{task.dialogue.name}. {status}.",
    )
