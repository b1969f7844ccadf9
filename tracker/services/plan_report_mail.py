"""Plans mails of the reporting cycle, one row a person and occasion, in the step's transaction.

Sending is send_report_mail; nothing is sent here.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Contact, OwnerQuestion, ReportMail, StatusReport


def plan_mail(
    session: Session,
    kind: str,
    contacts: Iterable[Contact],
    *,
    about: StatusReport | OwnerQuestion,
    now: dt.datetime,
    host: str,
) -> list[ReportMail]:
    """Adds a mail to each of these people who can be written to and was not told yet; returns
    what it added. The Message-ID is given here, so that a mail sent twice is the same."""
    is_report = isinstance(about, StatusReport)
    occasion = f"{'report' if is_report else 'question'} {about.id}"
    told = set(
        session.scalars(
            select(ReportMail.contact_id).where(
                ReportMail.kind == kind, ReportMail.occasion == occasion
            )
        )
    )
    added = [
        ReportMail(
            contact_id=contact.id,
            contact=contact,
            kind=kind,
            occasion=occasion,
            report_id=about.id if is_report else None,
            question_id=None if is_report else about.id,
            message_id=f"<{kind}-{uuid.uuid4().hex}@{host}>",
            planned_at=now,
            try_at=now,
        )
        for contact in dict.fromkeys(contacts)
        if contact.is_active and contact.email and contact.id not in told
    ]
    session.add_all(added)
    session.flush()
    return added
