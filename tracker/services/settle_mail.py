"""Puts a mail that failed back in line or takes it off the list, of whichever kind it is.

Who may decide, and which mail it is, say settle_reminders and settle_report_mail.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import Reminder, ReportMail
from tracker.policy.errors import Conflict, NotAllowed
from tracker.policy.visibility import Actor
from tracker.services.take_bounce import forget_fault

Mail = Reminder | ReportMail


def require_failed(mail: Mail, *, may_settle: bool) -> None:
    """Raises NotAllowed for who may not decide about it, Conflict where it has not failed."""
    if not may_settle:
        raise NotAllowed("An editor or lead of the dialogue decides about mails that failed.")
    if mail.state != "failed":
        raise Conflict("This mail has not failed, or somebody has decided about it already.")


def put_back(session: Session, mail: Mail, *, now: dt.datetime) -> None:
    """In line again, with the same Message-ID; the next sweep sends it, and the address counts as
    one that works until mail comes back from it again."""
    mail.state, mail.try_at, mail.attempts, mail.finished_at = "planned", now, 0, None
    forget_fault(session, mail.contact_id)
    session.flush()


def put_away(session: Session, mail: Mail, *, actor: Actor, now: dt.datetime) -> None:
    """Off the list of what needs attention; the server's words stay."""
    mail.state, mail.finished_at = "cancelled", now
    mail.outcome = f"Given up by {actor.name}, after: {mail.outcome}"
    session.flush()
