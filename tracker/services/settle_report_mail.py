"""What a person decides about a mail of the reporting cycle that failed: try it again, or give it
up. Sending is send_report_mail; nothing here speaks to a mail server.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import ReportMail
from tracker.policy.errors import Conflict, NotAllowed
from tracker.policy.visibility import Actor, Scope
from tracker.queries.report_outbox import dialogue_of, find_report_mail
from tracker.services.take_bounce import forget_fault


def may_settle_mail(scope: Scope, mail: ReportMail) -> bool:
    """Whether they edit or lead the dialogue that the mail is about."""
    return scope.may_edit(dialogue_of(mail).id)


def retry_report_mail(
    session: Session, mail_id: int, *, actor: Actor, now: dt.datetime
) -> ReportMail:
    """Puts a failed mail back in line, with the same Message-ID; the next sweep sends it.

    Raises NotFound, NotAllowed or Conflict.
    """
    mail = _failed(session, mail_id, actor)
    mail.state, mail.try_at, mail.attempts, mail.finished_at = "planned", now, 0, None
    forget_fault(session, mail.contact_id)
    session.flush()
    return mail


def give_up_report_mail(
    session: Session, mail_id: int, *, actor: Actor, now: dt.datetime
) -> ReportMail:
    """Takes a failed mail off the list of what needs attention. Raises as retry_report_mail."""
    mail = _failed(session, mail_id, actor)
    mail.state, mail.finished_at = "cancelled", now
    mail.outcome = f"Given up by {actor.name}, after: {mail.outcome}"
    session.flush()
    return mail


def _failed(session: Session, mail_id: int, actor: Actor) -> ReportMail:
    mail = find_report_mail(session, actor.scope, mail_id)
    if not may_settle_mail(actor.scope, mail):
        raise NotAllowed("An editor or lead of the dialogue decides about mails that failed.")
    if mail.state != "failed":
        raise Conflict("This mail has not failed, or somebody has seen to it already.")
    return mail
