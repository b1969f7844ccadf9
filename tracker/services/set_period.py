"""Sets how often a dialogue reports, and how long before owners are called and the draft is made.

The only writer of reporting periods.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.models import Dialogue
from tracker.policy.errors import InvalidInput
from tracker.policy.visibility import Actor
from tracker.queries.status_reports import find_period
from tracker.services.call_for_updates import require_editor


@dataclass(frozen=True, slots=True)
class Period:
    """As entered; ``first_due_on`` None counts from the meeting's last day."""

    months: int
    first_due_on: dt.date | None
    call_days: int
    draft_days: int
    is_on: bool


def set_period(session: Session, dialogue: Dialogue, period: Period, *, actor: Actor) -> None:
    """Stores the period. Raises NotAllowed for all but editors and leads, and InvalidInput where
    the draft would come before the call, or reports would overlap."""
    require_editor(dialogue, actor)
    if period.draft_days > period.call_days:
        raise InvalidInput("Owners are called before the draft is made.", "call_days")
    if period.call_days > period.months * 28:
        raise InvalidInput("Owners would be called before the report before it.", "call_days")
    stored = session.merge(find_period(session, dialogue.id))
    stored.months, stored.first_due_on = period.months, period.first_due_on
    stored.call_days, stored.draft_days = period.call_days, period.draft_days
    stored.is_on = period.is_on
    session.flush()
