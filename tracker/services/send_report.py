"""Sends an approved report to the co-chairs: plans a mail to each, in the edition of their side.

The mails leave through send_report_mail.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import ReportMail, StatusReport
from tracker.policy.errors import Conflict, InvalidInput
from tracker.policy.visibility import Actor
from tracker.queries.status_reports import holders_of
from tracker.services.call_for_updates import require_editor
from tracker.services.plan_report_mail import plan_mail
from tracker.services.record_step import record_step


def send_report(
    session: Session, report: StatusReport, *, actor: Actor, now: dt.datetime, host: str
) -> list[ReportMail]:
    """Plans the mails to the co-chairs of both sides. Raises NotAllowed, Conflict before both
    sides have approved, and InvalidInput where nobody is a co-chair with an address."""
    require_editor(report.dialogue, actor)
    if report.state == "sent":
        raise Conflict("This report was sent already.")
    if report.state != "approved":
        raise Conflict("Both sides must approve the report before it goes to the co-chairs.")
    chairs = holders_of(session, report.dialogue_id, ("co-chair",))
    if not chairs:
        raise InvalidInput(
            "Nobody has the role co-chair in this dialogue. Give it to somebody under People."
        )
    report.state, report.sent_at = "sent", now
    mails = plan_mail(session, "report", chairs, about=report, now=now, host=host)
    names = ", ".join(mail.contact.full_name for mail in mails)
    record_step(session, report, "sent", actor=actor, now=now, note=f"to {names}")
    return mails


def reports_to_send(session: Session, today: dt.date) -> list[StatusReport]:
    """The approved reports whose day of sending has come."""
    query = select(StatusReport).where(
        StatusReport.state == "approved", StatusReport.send_on <= today
    )
    return list(session.scalars(query.order_by(StatusReport.id)))
