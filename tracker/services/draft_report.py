"""Makes the draft of a report and tells those who write on it; discards one that is not wanted.

What the draft says is composed from the history each time it is opened (compose_report).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import Dialogue, StatusReport
from tracker.policy.errors import Conflict
from tracker.policy.visibility import Actor
from tracker.queries.status_reports import holders_of
from tracker.services.call_for_updates import begin_report, require_editor
from tracker.services.compose_report import compose_report
from tracker.services.plan_report_mail import plan_mail
from tracker.services.record_step import record_step

DRAFTERS = ("lead", "editor")


def draft_report(
    session: Session,
    dialogue: Dialogue,
    *,
    as_of: dt.date,
    actor: Actor,
    now: dt.datetime,
    host: str,
    is_of_cycle: bool = False,
) -> StatusReport:
    """The draft of that day, made where there is none, and a mail to each lead and editor of the
    own side. Errors as call_for_updates."""
    report = begin_report(
        session, dialogue, as_of=as_of, actor=actor, now=now, is_of_cycle=is_of_cycle
    )
    if report.state == "draft":
        return report
    report.state, report.drafted_at = "draft", now
    session.flush()
    report.internal_marking = compose_report(session, report, "internal", now=now).marking.short
    report.shared_marking = compose_report(session, report, "shared", now=now).marking.short
    session.flush()
    drafters = [
        c for c in holders_of(session, dialogue.id, DRAFTERS) if is_own(dialogue, c.party_id)
    ]
    plan_mail(session, "draft", drafters, about=report, now=now, host=host)
    record_step(session, report, "drafted", actor=actor, now=now)
    return report


def is_own(dialogue: Dialogue, party_id: int | None) -> bool:
    """Whether somebody of that party stands on the dialogue's own side; in the sample all do."""
    return dialogue.is_sample or party_id == dialogue.own_party_id


def discard_report(session: Session, report: StatusReport, *, actor: Actor) -> None:
    """Removes a report that was not frozen, with its mails. Raises NotAllowed and Conflict."""
    require_editor(report.dialogue, actor)
    if not report.is_open:
        raise Conflict("A frozen report stays. Make another version of it instead.")
    session.delete(report)
    session.flush()
