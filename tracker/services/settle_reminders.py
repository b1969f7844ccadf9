"""What a person decides about a reminder that failed: try it again, or give it up.

Sending is send_reminders; nothing here speaks to a mail server.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import Reminder
from tracker.policy.errors import Conflict, NotAllowed
from tracker.policy.visibility import Actor, Scope
from tracker.queries.outbox import get_reminder
from tracker.services.take_bounce import forget_fault


def may_settle(scope: Scope, reminder: Reminder) -> bool:
    """Whether they edit or lead a dialogue that the reminder is about."""
    return any(scope.may_edit(line.task.dialogue_id) for line in reminder.lines)


def retry_reminder(
    session: Session, reminder_id: int, *, actor: Actor, now: dt.datetime
) -> Reminder:
    """Puts a failed reminder back in line, with the same Message-ID; the next sweep sends it, and
    the address counts as one that works until mail comes back from it again.

    Raises NotFound, NotAllowed or Conflict.
    """
    reminder = _failed(session, reminder_id, actor)
    reminder.state, reminder.try_at, reminder.attempts = "planned", now, 0
    reminder.finished_at = None
    forget_fault(session, reminder.contact_id)
    session.flush()
    return reminder


def give_up_reminder(
    session: Session, reminder_id: int, *, actor: Actor, now: dt.datetime
) -> Reminder:
    """Takes a failed reminder off the list of what needs attention. Raises as retry_reminder."""
    reminder = _failed(session, reminder_id, actor)
    reminder.state, reminder.finished_at = "cancelled", now
    reminder.outcome = f"Given up by {actor.name}, after: {reminder.outcome}"
    session.flush()
    return reminder


def _failed(session: Session, reminder_id: int, actor: Actor) -> Reminder:
    reminder = get_reminder(session, actor.scope, reminder_id)
    if not may_settle(actor.scope, reminder):
        raise NotAllowed("An editor or lead of the dialogue decides about mails that failed.")
    if reminder.state != "failed":
        raise Conflict("Somebody has decided about this reminder already. Nothing was changed.")
    return reminder
