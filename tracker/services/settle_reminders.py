"""What a person decides about a reminder that failed: try it again, or give it up.

Sending is send_reminders; nothing here speaks to a mail server.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import Reminder
from tracker.policy.visibility import Actor, Scope
from tracker.queries.outbox import get_reminder
from tracker.services.settle_mail import put_away, put_back, require_failed


def may_settle(scope: Scope, reminder: Reminder) -> bool:
    """Whether they edit or lead a dialogue that the reminder is about."""
    return any(scope.may_edit(line.task.dialogue_id) for line in reminder.lines)


def retry_reminder(
    session: Session, reminder_id: int, *, actor: Actor, now: dt.datetime
) -> Reminder:
    """Has it sent by the next sweep. Raises NotFound, NotAllowed or Conflict."""
    reminder = _failed(session, reminder_id, actor)
    put_back(session, reminder, now=now)
    return reminder


def give_up_reminder(
    session: Session, reminder_id: int, *, actor: Actor, now: dt.datetime
) -> Reminder:
    """Leaves it unsent. Raises as retry_reminder."""
    reminder = _failed(session, reminder_id, actor)
    put_away(session, reminder, actor=actor, now=now)
    return reminder


def _failed(session: Session, reminder_id: int, actor: Actor) -> Reminder:
    reminder = get_reminder(session, actor.scope, reminder_id)
    require_failed(reminder, may_settle=may_settle(actor.scope, reminder))
    return reminder
