"""What a person decides about a mail of the reporting cycle that failed: try it again, or give it
up. Sending is send_report_mail; nothing here speaks to a mail server.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import ReportMail
from tracker.policy.visibility import Actor, Scope
from tracker.queries.report_outbox import dialogue_of, find_report_mail
from tracker.services.settle_mail import put_away, put_back, require_failed


def may_settle_mail(scope: Scope, mail: ReportMail) -> bool:
    """Whether they edit or lead the dialogue that the mail is about."""
    return scope.may_edit(dialogue_of(mail).id)


def retry_report_mail(
    session: Session, mail_id: int, *, actor: Actor, now: dt.datetime
) -> ReportMail:
    """Has it sent by the next sweep. Raises NotFound, NotAllowed or Conflict."""
    mail = _failed(session, mail_id, actor)
    put_back(session, mail, now=now)
    return mail


def give_up_report_mail(
    session: Session, mail_id: int, *, actor: Actor, now: dt.datetime
) -> ReportMail:
    """Leaves it unsent. Raises as retry_report_mail."""
    mail = _failed(session, mail_id, actor)
    put_away(session, mail, actor=actor, now=now)
    return mail


def _failed(session: Session, mail_id: int, actor: Actor) -> ReportMail:
    mail = find_report_mail(session, actor.scope, mail_id)
    require_failed(mail, may_settle=may_settle_mail(actor.scope, mail))
    return mail
