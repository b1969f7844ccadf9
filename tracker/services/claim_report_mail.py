"""Which sender a mail of the reporting cycle belongs to: claimed for a lease, put off, or settled.

Each function is a transaction of its own, as in claim_reminders, and writes only its claim's.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from tracker.db import Database
from tracker.models import ReportMail
from tracker.policy.reminders import backoff

LEASE = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class MailClaim:
    """A mail that is ours; ``attempts`` counts this one."""

    mail_id: int
    holder: str
    attempts: int


def claim_next(database: Database, now: dt.datetime) -> MailClaim | None:
    """Takes the next mail that is due for this sender alone, by a conditional update; None where
    nothing is due. One whose sender is gone is taken over once its lease has ended."""
    holder = f"{socket.gethostname()[:40]}/{os.getpid()}/{uuid.uuid4().hex[:12]}"
    with database.transaction() as session:
        query = (
            select(ReportMail.id)
            .where(_is_claimable(now))
            .order_by(ReportMail.try_at, ReportMail.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        mail_id = session.scalar(query)
        if mail_id is None:
            return None
        won = session.execute(
            update(ReportMail)
            .where(ReportMail.id == mail_id, _is_claimable(now))
            .values(
                state="claimed",
                claimed_by=holder,
                lease_until=now + LEASE,
                attempts=ReportMail.attempts + 1,
            )
            .returning(ReportMail.attempts)
            .execution_options(synchronize_session=False)
        ).first()
    return MailClaim(mail_id, holder, won[0]) if won else None


def settle_mail(
    database: Database, claim: MailClaim, state: str, outcome: str, *, now: dt.datetime
) -> bool:
    """Writes how it ended; False where the claim is no longer ours."""
    with database.transaction() as session:
        return _release(session, claim, state=state, outcome=outcome, finished_at=now)


def put_off_mail(database: Database, claim: MailClaim, outcome: str, *, now: dt.datetime) -> str:
    """After a failure that may pass: plans the next try, or gives up after the last pause.
    Returns the state it is in then, "" where the claim is no longer ours."""
    pause = backoff(claim.attempts)
    if pause is None:
        words = f"Given up after {claim.attempts} tries: {outcome}"
        return "failed" if settle_mail(database, claim, "failed", words, now=now) else ""
    with database.transaction() as session:
        is_ours = _release(session, claim, state="planned", outcome=outcome, try_at=now + pause)
    return "planned" if is_ours else ""


def give_back_mail(database: Database, claim: MailClaim) -> None:
    """Lets go of what was claimed and not tried."""
    with database.transaction() as session:
        _release(session, claim, state="planned", attempts=claim.attempts - 1)


def _is_claimable(now: dt.datetime) -> ColumnElement[bool]:
    return or_(
        and_(ReportMail.state == "planned", ReportMail.try_at <= now),
        and_(ReportMail.state == "claimed", ReportMail.lease_until < now),
    )


def _release(session: Session, claim: MailClaim, **values: object) -> bool:
    released = session.execute(
        update(ReportMail)
        .where(
            ReportMail.id == claim.mail_id,
            ReportMail.claimed_by == claim.holder,
            ReportMail.state == "claimed",
        )
        .values(claimed_by=None, lease_until=None, **values)
        .returning(ReportMail.id)
        .execution_options(synchronize_session=False)
    )
    return released.first() is not None
