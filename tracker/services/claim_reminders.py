"""Which sender a reminder belongs to: claimed for the length of a lease, given back, or settled.

Each function is a transaction of its own, and writes only what is still the claim's; what a
mail says and how it is sent is decided elsewhere.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import case, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.db import Database
from tracker.models import Reminder, ReminderLine, SentOccasion, Task
from tracker.policy.reminders import backoff
from tracker.policy.statuses import OPEN
from tracker.queries import reminders as queries

LEASE = dt.timedelta(minutes=15)
BATCH = 40


@dataclass(frozen=True, slots=True)
class Claim:
    """A reminder that is ours until then; ``attempts`` counts this one."""

    reminder_id: int
    holder: str
    lease_until: dt.datetime
    attempts: int

    def is_worth_a_try(self, now: dt.datetime) -> bool:
        """Whether enough of the lease is left for one exchange, however slow: each ends within
        a minute, so none can outlast five."""
        return now < self.lease_until - LEASE / 3


@dataclass(frozen=True, slots=True)
class Told:
    """What goes into the memory with a mail that went out: its lines as (task, occasion, due
    date), and by line why others were left out."""

    lines: Sequence[tuple[int, str, dt.date]] = ()
    left_out: Mapping[int, str] = field(default_factory=dict)


def claim_reminders(database: Database, now: dt.datetime, limit: int = BATCH) -> list[Claim]:
    """Takes the next reminders for this sender alone: a row is won by a conditional update, for
    the length of a lease. A row whose sender is gone is taken over once its lease has ended."""
    holder = f"{socket.gethostname()[:40]}/{os.getpid()}/{uuid.uuid4().hex[:12]}"
    lease_until = now + LEASE
    with database.transaction() as session:
        ids = queries.claimable_ids(session, now, limit)
        if not ids:
            return []
        won = session.execute(
            update(Reminder)
            .where(Reminder.id.in_(ids), queries.is_claimable(now))
            .values(
                state="claimed",
                claimed_by=holder,
                lease_until=lease_until,
                attempts=Reminder.attempts + 1,
            )
            .returning(Reminder.id, Reminder.attempts)
            .execution_options(synchronize_session=False)
        )
        attempts = {row[0]: row[1] for row in won}
    return [Claim(i, holder, lease_until, attempts[i]) for i in ids if i in attempts]


def settle(
    database: Database,
    claim: Claim,
    state: str,
    outcome: str,
    *,
    now: dt.datetime,
    told: Told | None = None,
) -> bool:
    """Writes how it ended, with what the person was told or why not; False where the claim is no
    longer ours, and nothing is written then.

    What was cancelled is planned anew for whoever is to be told instead.
    """
    with database.transaction() as session:
        if not _release(session, claim, state=state, outcome=outcome, finished_at=now):
            return False
        told = told or Told()
        for line_id, reason in told.left_out.items():
            _leave_out(session, line_id, reason, now.date())
        if state == "sent":
            _remember(session, claim.reminder_id, told, now)
    return True


def put_off(database: Database, claim: Claim, outcome: str, *, now: dt.datetime) -> str:
    """After a failure that may pass: plans the next try, after pauses that grow, or gives up.
    Returns the state it is in then, "" where the claim is no longer ours."""
    pause = backoff(claim.attempts)
    if pause is None:
        words = f"Given up after {claim.attempts} tries: {outcome}"
        return "failed" if settle(database, claim, "failed", words, now=now) else ""
    with database.transaction() as session:
        is_ours = _release(session, claim, state="planned", outcome=outcome, try_at=now + pause)
    return "planned" if is_ours else ""


def give_back(database: Database, claims: Sequence[Claim]) -> None:
    """Lets go of what was claimed and not tried."""
    with database.transaction() as session:
        for claim in claims:
            _release(session, claim, state="planned", attempts=claim.attempts - 1)


def _release(session: Session, claim: Claim, **values: object) -> bool:
    """Ends a claim; False where it has been taken over by somebody else."""
    released = session.execute(
        update(Reminder)
        .where(
            Reminder.id == claim.reminder_id,
            Reminder.claimed_by == claim.holder,
            Reminder.state == "claimed",
        )
        .values(claimed_by=None, lease_until=None, **values)
        .returning(Reminder.id)
        .execution_options(synchronize_session=False)
    )
    return released.first() is not None


def _leave_out(session: Session, line_id: int, reason: str, today: dt.date) -> None:
    """Notes why, and has the next sweep look whether somebody else is to be told now."""
    line = ReminderLine.__table__
    session.execute(
        update(ReminderLine).where(ReminderLine.id == line_id).values(left_out=reason[:120])
    )
    task = Task.__table__
    of_line = line.select().with_only_columns(line.c.task_id).where(line.c.id == line_id)
    session.connection().execute(
        update(Task.__table__)  # type: ignore[arg-type]  # Past the version that edits compare.
        .where(task.c.id.in_(of_line), task.c.status.in_(OPEN), task.c.due_on.is_not(None))
        .values(remind_on=case((task.c.remind_on < today, task.c.remind_on), else_=today))
    )


def _remember(session: Session, reminder_id: int, told: Told, now: dt.datetime) -> None:
    """What the person was told; a row that is there already stays as it is."""
    if not told.lines:
        return
    contact_id = session.scalar(
        Reminder.__table__.select()
        .with_only_columns(Reminder.__table__.c.contact_id)
        .where(Reminder.__table__.c.id == reminder_id)
    )
    rows = [
        {
            "contact_id": contact_id,
            "task_id": task_id,
            "occasion": occasion,
            "due_on": due_on,
            "sent_at": now,
        }
        for task_id, occasion, due_on in told.lines
    ]
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgresql else sqlite.insert
    session.execute(insert(SentOccasion).on_conflict_do_nothing(), rows)
