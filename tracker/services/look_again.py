"""Has the next sweep look at tasks again, when who hears of them or by which rules has changed.

What people were told is remembered, so nothing is told twice. Tasks themselves stay as they are:
this goes past the version that people's edits compare.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from tracker.models import Contact, Membership, Task, TaskOwner
from tracker.policy.statuses import OPEN

AT_NEXT_SWEEP = dt.date(1900, 1, 1)
"""A day that has come everywhere, and that calls nothing late."""


def look_again_at_dialogue(session: Session, dialogue_id: int) -> None:
    """Who takes part has changed, or the rules have."""
    _look_again(session, Task.__table__.c.dialogue_id == dialogue_id)


def look_again_for(session: Session, contact_id: int) -> None:
    """The person or office can be told again or no longer, from when they are told, or whose
    office it is: what they or their people own, and what they lead or chair."""
    offices = select(Contact.id).where(or_(Contact.id == contact_id, Contact.head_id == contact_id))
    people = select(Contact.id).where(or_(Contact.id.in_(offices), Contact.office_id.in_(offices)))
    owned = select(TaskOwner.task_id).where(TaskOwner.contact_id.in_(people))
    led = select(Membership.dialogue_id).where(
        Membership.contact_id == contact_id, Membership.role.in_(("lead", "co-chair"))
    )
    task = Task.__table__
    _look_again(session, or_(task.c.id.in_(owned), task.c.dialogue_id.in_(led)))


def _look_again(session: Session, which: ColumnElement[bool]) -> None:
    session.flush()
    task = Task.__table__
    session.connection().execute(
        update(Task.__table__)  # type: ignore[arg-type]  # A table, which typing calls a clause.
        .where(which, task.c.status.in_(OPEN))
        .values(remind_on=AT_NEXT_SWEEP)
    )
