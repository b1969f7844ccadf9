"""Takes in a mail that came back: its reminder becomes a visible failure, its address is noted.

Nothing is sent and nobody is written to in answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.mail.bounces import Bounce
from tracker.models import Reminder, ReportMail
from tracker.queries.wishes import find_correspondence
from tracker.services.look_again import look_again_for
from tracker.services.mail_links import keep

_ADDRESS_FAULTS = ("5.1.", "5.2.1", "5.4.4", "5.7.17", "5.0.0")
"""Statuses that tell of the address rather than of the message (RFC 3463, 3.2 and 3.3): bad
mailbox or system, disabled, no route to it; and failures that are not explained."""


def take_bounces(session: Session, bounces: Sequence[Bounce], *, now: dt.datetime) -> int:
    """How many of them were ours and changed something. One that is only late, that nobody here
    sent, or that tells of somebody else's address changes nothing; the same again neither."""
    return sum(_take(session, bounce, now) for bounce in bounces if bounce.is_final)


def forget_fault(session: Session, contact_id: int) -> None:
    """Takes the note back: the address was corrected, or somebody wrote from it."""
    kept = find_correspondence(session, contact_id)
    if kept is not None and kept.address_fault:
        kept.address_fault, kept.address_failed_at = "", None
        look_again_for(session, contact_id)


def _take(session: Session, bounce: Bounce, now: dt.datetime) -> bool:
    query = select(Reminder).where(Reminder.message_id == bounce.message_id)
    mail: Reminder | ReportMail | None = session.scalar(query.with_for_update(of=Reminder))
    if mail is None:
        others = select(ReportMail).where(ReportMail.message_id == bounce.message_id)
        mail = session.scalar(others.with_for_update(of=ReportMail))
    if mail is None or mail.state != "sent" or not _is_for(bounce, mail.contact.email):
        return False
    mail.state, mail.finished_at = "failed", now
    mail.outcome = f"It came back: {bounce.words}"
    if bounce.status.startswith(_ADDRESS_FAULTS):
        kept = keep(session, mail.contact_id)
        kept.address_fault, kept.address_failed_at = bounce.words, now
        look_again_for(session, mail.contact_id)
    session.flush()
    return True


def _is_for(bounce: Bounce, address: str | None) -> bool:
    """A forwarded mail that fails further on is told of by an address that is not ours to mend;
    a report without address counts."""
    return not bounce.recipient or bounce.recipient == (address or "").lower()
