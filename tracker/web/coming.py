"""What the signed-in person will hear from us next, as several pages show it.

Calls services and queries; no SQL here.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import Contact
from tracker.policy.visibility import Scope
from tracker.queries import outbox
from tracker.queries.dialogues import list_dialogues
from tracker.services.fill_reminders import zone_of
from tracker.services.foresee_reminders import (
    Coming,
    foresee_approvals,
    foresee_calls,
    foresee_tasks,
)
from tracker.web import context
from tracker.web.lines import task_address

MOST = 12


def day_of(contact: Contact) -> dt.date:
    """The date where a person is."""
    return context.now().astimezone(zone_of(contact)).date()


def coming_for(session: Session, *, size: int = MOST) -> list[Coming]:
    """What the person will be told, beside what waits already, soonest first: of tasks, of
    approvals, and by calls for updates."""
    scope: Scope = context.scope()
    tasks = outbox.tasks_of_person(session, scope)
    found = foresee_tasks(session, tasks, day_of)
    found += foresee_approvals(session, day_of)
    found += foresee_calls(session, tasks, list_dialogues(session, scope), context.today())
    own = [one for one in found if one.contact.id == scope.contact_id]
    return sorted(own, key=lambda one: one.day)[:size]


def address_of(one: Coming) -> str:
    """Where what it is about stands; one that names no more than the reader may see."""
    if one.task is not None:
        return task_address(one.dialogue.slug, one.task.number)
    if one.missing is not None:
        kind, number = one.missing.key
        return f"/go/{kind}/{number}"
    return f"/dialogues/{one.dialogue.slug}/reports/"
