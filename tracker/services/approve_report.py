"""Records each side's approval of a frozen report; with the last one it is approved.

Approvers give it for their side, or their delegate does; an editor records one given on paper.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import Contact, Party, ReportApproval, StatusReport
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.names import has_control_characters
from tracker.policy.visibility import Actor
from tracker.queries.agreed_lists import behalf_of
from tracker.services.approve_list import Confirmed, side_of
from tracker.services.call_for_updates import require_editor
from tracker.services.record_step import record_step


def approve_report(
    session: Session,
    report: StatusReport,
    *,
    seen_sha256: str,
    confirmed: Confirmed,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> ReportApproval:
    """Approves for the actor's side, who has just given their password. Raises NotAllowed for all
    but approvers and their delegates of today, Conflict where the report is not the one they saw
    or their side has approved it."""
    if confirmed.contact_id != actor.contact_id:
        raise NotAllowed("Confirm with your own password.")
    party, behalf = may_approve(session, report, actor, today)
    approval = ReportApproval(
        party_id=party.id,
        party=party,
        approver_id=actor.contact_id,
        approver_name=actor.name,
        on_behalf_of=behalf.full_name if behalf else "",
    )
    return _approve(session, report, approval, seen_sha256, actor, now)


def may_approve(
    session: Session, report: StatusReport, actor: Actor, today: dt.date
) -> tuple[Party, Contact | None]:
    """The side that the actor approves for, and on whose behalf (None for their own). Raises
    NotAllowed."""
    contact = session.get(Contact, actor.contact_id) if actor.contact_id else None
    if contact is not None:
        party = side_of(session, report.dialogue, contact, actor.scope)
        behalf = behalf_of(session, report.dialogue_id, contact.id, today)
        chosen = [who for who in behalf if who is None or who.party_id == contact.party_id]
        if party is not None and chosen:
            return party, chosen[0]
    raise NotAllowed("A report is approved by each side's approver, or by their delegate.")


def record_approval(
    session: Session,
    report: StatusReport,
    party_id: int,
    name: str,
    *,
    seen_sha256: str,
    actor: Actor,
    now: dt.datetime,
) -> ReportApproval:
    """Records that a side approved on paper, and who of it. Raises NotAllowed, InvalidInput (the
    field "name" or "party") and Conflict."""
    require_editor(report.dialogue, actor)
    parties = {entry.party_id: entry.party for entry in report.dialogue.parties}
    if party_id not in parties:
        raise InvalidInput("Choose the side that approved.", "party")
    if not name.strip() or len(name) > 200 or has_control_characters(name):
        raise InvalidInput("Say who approved, on one line.", "name")
    approval = ReportApproval(
        party_id=party_id,
        party=parties[party_id],
        approver_name=name.strip(),
        recorded_by=actor.name,
    )
    return _approve(session, report, approval, seen_sha256, actor, now)


def parties_without_approval(report: StatusReport) -> list[Party]:
    """The parties that are still to approve, the own one first."""
    given = {approval.party_id for approval in report.approvals}
    return [entry.party for entry in report.dialogue.parties if entry.party_id not in given]


def _approve(
    session: Session,
    report: StatusReport,
    approval: ReportApproval,
    seen_sha256: str,
    actor: Actor,
    now: dt.datetime,
) -> ReportApproval:
    if report.state not in ("frozen", "approved"):
        raise Conflict("This report is not waiting for approval.")
    if seen_sha256 != report.sha256:
        raise Conflict("This is not the report that you read. Open it again before you approve.")
    missing = {party.id for party in parties_without_approval(report)}
    if approval.party_id not in missing:
        raise Conflict(f"{approval.party.name} has approved this report already.")
    approval.report_id, approval.sha256, approval.given_at = report.id, report.sha256, now
    report.approvals.append(approval)
    if missing == {approval.party_id}:
        report.state, report.approved_at = "approved", now
    record_step(session, report, "approved", actor=actor, now=now, note=_in_words(approval))
    return approval


def _in_words(approval: ReportApproval) -> str:
    """ "for Sundria, by Bo Sund on paper"."""
    words = f"for {approval.party.name}"
    if approval.recorded_by:
        return f"{words}, by {approval.approver_name} on paper"
    return f"{words}, in the place of {approval.on_behalf_of}" if approval.on_behalf_of else words
