"""Records the steps that are taken with a report; nothing is ever changed or taken off again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import ReportStep, StatusReport
from tracker.policy.visibility import Actor


def record_step(
    session: Session,
    report: StatusReport,
    step: str,
    *,
    actor: Actor,
    now: dt.datetime,
    note: str = "",
) -> None:
    """Adds one of models.REPORT_STEPS to the report's history; ``note`` says more in words."""
    session.add(
        ReportStep(
            report_id=report.id,
            step=step,
            actor_id=actor.contact_id,
            actor_name=actor.name,
            note=note,
            at=now,
        )
    )
    session.flush()
