"""Freezes a report: both editions as they stand, with their hashes, never to change again.

What people approve is the hash of the shared edition; the internal one has a hash of its own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.models import StatusReport
from tracker.policy.agreed_list import hash_of
from tracker.policy.errors import Conflict
from tracker.policy.visibility import SYSTEM_SCOPE, Actor
from tracker.queries.status_reports import holders_of
from tracker.reports.summary_json import to_stored
from tracker.services.call_for_updates import require_editor
from tracker.services.compose_report import compose_report
from tracker.services.edit_report import require_open
from tracker.services.plan_report_mail import plan_mail
from tracker.services.record_step import record_step
from tracker.services.tell_changes import stood_on


def freeze_report(
    session: Session,
    report: StatusReport,
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
    host: str,
) -> None:
    """Freezes the draft and asks each side's approvers. Raises NotAllowed, and Conflict where it
    is frozen already or its day has not ended: what happens today would be missing."""
    require_editor(report.dialogue, actor)
    require_open(report)
    if report.as_of > today:
        raise Conflict("The day of this report is still to come. Freeze it then, or later.")
    internal = compose_report(session, report, "internal", now=now)
    shared = compose_report(session, report, "shared", now=now)
    report.internal = to_stored(internal)
    # What came late to the last report is known to our own side only.
    report.shared = to_stored(replace(shared, extra={}))
    report.stood = {
        str(key): entry
        for key, entry in stood_on(session, SYSTEM_SCOPE, report.dialogue, report.as_of).items()
    }
    report.sha256, report.internal_sha256 = hash_of(report.shared), hash_of(report.internal)
    report.internal_marking, report.shared_marking = internal.marking.short, shared.marking.short
    report.state, report.frozen_at, report.frozen_by = "frozen", now, actor.name
    record_step(session, report, "frozen", actor=actor, now=now, note=f"SHA-256 {report.sha256}")
    session.flush()
    approvers = holders_of(session, report.dialogue_id, ("approver",))
    plan_mail(session, "approve", approvers, about=report, now=now, host=host)


def find_changed_edition(report: StatusReport) -> str | None:
    """Which stored edition no longer has its hash, in words; None where both are whole."""
    if report.frozen_at is None:
        return None
    if hash_of(report.shared) != report.sha256:
        return "the shared edition"
    return "the internal edition" if hash_of(report.internal) != report.internal_sha256 else None
