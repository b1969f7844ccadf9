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

from sqlalchemy import Connection, bindparam, case, update
from sqlalchemy.dialects import postgresql, sqlite

from tracker.db import Database
from tracker.models import Reminder, ReminderApproval, ReminderLine, SentOccasion, Task
from tracker.policy.reminders import backoff
from tracker.policy.statuses import OPEN
from tracker.queries import reminders as queries

LEASE = dt.timedelta(minutes=15)
BATCH = 40


@dataclass(frozen=True, slots=True)
class Claim:
    """A reminder to a person that is ours until then; ``attempts`` counts this one."""

    reminder_id: int
    contact_id: int
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
    date), by line why others were left out, and by approval asked for why it was not."""

    lines: Sequence[tuple[int, str, dt.date]] = ()
    left_out: Mapping[int, str] = field(default_factory=dict)
    unasked: Mapping[int, str] = field(default_factory=dict)


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
            .returning(Reminder.id, Reminder.contact_id, Reminder.attempts)
            .execution_options(synchronize_session=False)
        )
        found = {row[0]: (row[1], row[2]) for row in won}
    return [
        Claim(i, found[i][0], holder, lease_until, attempts=found[i][1]) for i in ids if i in found
    ]


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
    told = told or Told()
    with database.statements() as connection:
        values = {"new_state": state, "new_outcome": outcome, "now": now}
        if connection.execute(_SETTLE, {**_ours(claim), **values}).rowcount != 1:
            return False
        for line_id, reason in told.left_out.items():
            _leave_out(connection, line_id, reason, now.date())
        for approval_id, reason in told.unasked.items():
            statement = update(ReminderApproval).where(ReminderApproval.id == approval_id)
            connection.execute(statement.values(left_out=reason[:120]))
        if state == "sent" and told.lines:
            _remember(connection, claim.contact_id, told.lines, now)
    return True


def put_off(database: Database, claim: Claim, outcome: str, *, now: dt.datetime) -> str:
    """After a failure that may pass: plans the next try, after pauses that grow, or gives up.
    Returns the state it is in then, "" where the claim is no longer ours."""
    pause = backoff(claim.attempts)
    if pause is None:
        words = f"Given up after {claim.attempts} tries: {outcome}"
        return "failed" if settle(database, claim, "failed", words, now=now) else ""
    values = {"state": "planned", "outcome": outcome, "try_at": now + pause}
    with database.statements() as connection:
        is_ours = connection.execute(_RELEASE.values(values), _ours(claim)).rowcount == 1
    return "planned" if is_ours else ""


def give_back(database: Database, claims: Sequence[Claim]) -> None:
    """Lets go of what was claimed and not tried."""
    with database.statements() as connection:
        for claim in claims:
            values = {"state": "planned", "attempts": claim.attempts - 1}
            connection.execute(_RELEASE.values(values), _ours(claim))


_REMINDER, _LINE, _TASK = Reminder.__table__, ReminderLine.__table__, Task.__table__
_RELEASE = (
    update(Reminder)
    .where(
        _REMINDER.c.id == bindparam("reminder_id"),
        _REMINDER.c.claimed_by == bindparam("holder"),
        _REMINDER.c.state == "claimed",
    )
    .values(claimed_by=None, lease_until=None)
)
"""Ends a claim; it finds no row where somebody else has taken it over."""
_SETTLE = _RELEASE.values(
    state=bindparam("new_state"), outcome=bindparam("new_outcome"), finished_at=bindparam("now")
)
_REMEMBER = {
    dialect: made.insert(SentOccasion).on_conflict_do_nothing()
    for dialect, made in (("postgresql", postgresql), ("sqlite", sqlite))
}


def _ours(claim: Claim) -> dict[str, object]:
    return {"reminder_id": claim.reminder_id, "holder": claim.holder}


def _leave_out(connection: Connection, line_id: int, reason: str, today: dt.date) -> None:
    """Notes why, and has the next sweep look whether somebody else is to be told now."""
    connection.execute(
        update(ReminderLine).where(ReminderLine.id == line_id).values(left_out=reason[:120])
    )
    of_line = _LINE.select().with_only_columns(_LINE.c.task_id).where(_LINE.c.id == line_id)
    connection.execute(
        update(Task)
        .where(_TASK.c.id.in_(of_line), _TASK.c.status.in_(OPEN))
        .values(remind_on=case((_TASK.c.remind_on < today, _TASK.c.remind_on), else_=today))
    )


def _remember(
    connection: Connection,
    contact_id: int,
    lines: Sequence[tuple[int, str, dt.date]],
    now: dt.datetime,
) -> None:
    """What the person was told; a row that is there already stays as it is."""
    rows = [
        {
            "contact_id": contact_id,
            "task_id": task_id,
            "occasion": occasion,
            "due_on": due_on,
            "sent_at": now,
        }
        for task_id, occasion, due_on in lines
    ]
    connection.execute(_REMEMBER[connection.dialect.name], rows)
