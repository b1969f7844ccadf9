"""What people have settled about their mail: pauses, lead times, hours, and their links.

Session first; no writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.models import Correspondence, MailAnswer, Snooze, Task
from tracker.policy.visibility import Scope

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wishes:
    """The wishes of some people about some tasks; who has none gets the defaults."""

    people: Mapping[int, Correspondence] = field(default_factory=dict)
    snoozes: Mapping[tuple[int, int], dt.date] = field(default_factory=dict)

    def quiet_until(self, contact_id: int, task_id: int) -> dt.date | None:
        """The first day on which the person may hear of the task again; None where they may at
        any time. The later of what they said of the task and of being away."""
        found = self.people.get(contact_id)
        away = found.away_until + _DAY if found is not None and found.away_until else None
        snoozed = self.snoozes.get((contact_id, task_id))
        return max((day for day in (away, snoozed) if day is not None), default=None)

    def lead_days(self, contact_id: int, default: Sequence[int]) -> Sequence[int]:
        """Days before a due date on which the person is reminded: those they chose, else the
        dialogue's."""
        found = self.people.get(contact_id)
        return default if found is None or found.lead_days is None else found.lead_days

    def hour(self, contact_id: int, default: int) -> int:
        """The hour of their own clock at which their mail goes out."""
        found = self.people.get(contact_id)
        return default if found is None or found.hour is None else found.hour

    def generation(self, contact_id: int) -> int:
        """What their links are signed with; 1 until they were first revoked."""
        found = self.people.get(contact_id)
        return 1 if found is None else found.generation


def wishes_of(
    session: Session, contact_ids: Collection[int], task_ids: Collection[int] = ()
) -> Wishes:
    """What these people wish, of these tasks too. Two SELECTs."""
    rows = session.scalars(select(Correspondence).where(Correspondence.contact_id.in_(contact_ids)))
    return wishes_with(session, {row.contact_id: row for row in rows}, task_ids)


def wishes_with(
    session: Session, people: Mapping[int, Correspondence], task_ids: Collection[int]
) -> Wishes:
    """The same where what is kept of the people is at hand already."""
    if not task_ids:
        return Wishes(people)
    query = select(Snooze.contact_id, Snooze.task_id, Snooze.until)
    found = session.execute(query.where(Snooze.task_id.in_(task_ids)))
    return Wishes(people, {(row[0], row[1]): row[2] for row in found})


def find_correspondence(session: Session, contact_id: int) -> Correspondence | None:
    """What is kept of a person's mail; None where nothing is yet."""
    return session.get(Correspondence, contact_id)


def find_by_calendar(session: Session, token_hash: str) -> Correspondence | None:
    """Whose calendar a token opens; None where none, or no longer."""
    return session.scalar(select(Correspondence).where(Correspondence.calendar_hash == token_hash))


def find_answer(session: Session, key: str) -> MailAnswer | None:
    """An answer that was given before; None where it was not."""
    return session.scalar(select(MailAnswer).where(MailAnswer.key == key))


def answers_to_settle(
    session: Session, scope: Scope, task_id: int | None = None
) -> list[MailAnswer]:
    """What people asked for by mail and a lead has not decided yet, oldest first; of one task
    where it is given. For the dialogues that this person leads."""
    led = [dialogue_id for dialogue_id in scope.dialogue_ids if scope.may_lead(dialogue_id)]
    query = (
        select(MailAnswer)
        .join(Task, Task.id == MailAnswer.task_id)
        .where(MailAnswer.is_for_lead, MailAnswer.settled_at.is_(None), Task.dialogue_id.in_(led))
        .order_by(MailAnswer.at, MailAnswer.id)
        .options(
            joinedload(MailAnswer.contact), joinedload(MailAnswer.task).joinedload(Task.dialogue)
        )
    )
    if task_id is not None:
        query = query.where(MailAnswer.task_id == task_id)
    return list(session.scalars(query))
