"""Takes what people write on a draft: narrative, ratings, decisions, and each side's remarks.

The only writer of a draft's texts; a frozen report is never written on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from tracker.models import Contact, StatusReport
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.markings import parse_marking
from tracker.policy.ratings import LEVELS
from tracker.policy.visibility import Actor
from tracker.queries.status_reports import holders_of
from tracker.services.approve_list import side_of
from tracker.services.call_for_updates import require_editor
from tracker.services.draft_report import is_own
from tracker.services.plan_report_mail import plan_mail
from tracker.services.record_step import record_step

LONGEST = 20_000
REMARKING = ("lead", "editor", "approver")


@dataclass(frozen=True, slots=True)
class Decision:
    """Something wanted from the co-chairs; shared ones stand in both editions."""

    text: str
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class ReportEdit:
    """What a drafter has before them. Texts and ratings are by place (compose_report): a text
    for both sides and one for our own, a level ("" for what the rules give) and its reason.
    ``remarks`` are those of the own side."""

    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    ratings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    remarks: str = ""
    shared_marking: str = "U"
    internal_marking: str = "U"
    send_on: dt.date | None = None


def edit_report(
    session: Session, report: StatusReport, edit: ReportEdit, *, seen: int, actor: Actor
) -> None:
    """Stores the draft as its writer has it. ``seen`` is the count of edits they saw.

    Raises NotAllowed, InvalidInput (with the field), and Conflict where it was frozen or somebody
    else wrote on it meanwhile; nothing is stored then.
    """
    require_editor(report.dialogue, actor)
    require_open(report)
    if seen != report.edits:
        raise Conflict(
            "Somebody else wrote on this draft while you did. Yours is still in the form; compare "
            "and save again."
        )
    _check(edit)
    report.texts = {
        place: {"shared": shared.strip(), "internal": internal.strip()}
        for place, (shared, internal) in edit.texts.items()
        if shared.strip() or internal.strip()
    }
    report.ratings = {
        place: {"level": level, "reason": reason.strip()}
        for place, (level, reason) in edit.ratings.items()
        if level
    }
    report.decisions = [
        {"text": " ".join(decision.text.split()), "is_shared": decision.is_shared}
        for decision in edit.decisions
        if decision.text.strip()
    ]
    report.shared_marking = parse_marking(edit.shared_marking).short
    report.internal_marking = parse_marking(edit.internal_marking).short
    report.send_on = edit.send_on
    _set_remarks(report, report.dialogue.own_party_id, edit.remarks)
    session.flush()


def add_remarks(session: Session, report: StatusReport, text: str, *, actor: Actor) -> None:
    """Sets the remarks of the actor's side, either one. Raises NotAllowed for whoever only reads,
    and as edit_report."""
    require_open(report)
    contact = session.get_one(Contact, actor.contact_id)
    party = side_of(session, report.dialogue, contact, actor.scope)
    if party is None or not actor.scope.may_speak(report.dialogue_id):
        raise NotAllowed("Remarks are added by those who speak for their side.")
    if len(text) > LONGEST:
        raise InvalidInput(f"Remarks have at most {LONGEST:,} characters.", "remarks")
    _set_remarks(report, party.id, text)
    session.flush()


def show_to_other_side(
    session: Session, report: StatusReport, *, actor: Actor, now: dt.datetime, host: str
) -> None:
    """Shows the shared edition of a draft to the other side, and asks it for its remarks."""
    require_editor(report.dialogue, actor)
    require_open(report)
    if report.offered_at is None:
        report.offered_at = now
        record_step(session, report, "shown", actor=actor, now=now)
    people = [
        contact
        for contact in holders_of(session, report.dialogue_id, REMARKING)
        if not is_own(report.dialogue, contact.party_id)
    ]
    plan_mail(session, "remark", people, about=report, now=now, host=host)


def require_open(report: StatusReport) -> None:
    """Raises Conflict for a frozen report."""
    if not report.is_open:
        raise Conflict("This report is frozen. What is new goes into the next one.")


def _set_remarks(report: StatusReport, party_id: int, text: str) -> None:
    report.remarks = {**report.remarks, str(party_id): text.strip()}


def _check(edit: ReportEdit) -> None:
    for place, (level, reason) in edit.ratings.items():
        if level and level not in LEVELS:
            raise InvalidInput("Choose on track, at risk or off track.", place)
        if level and not reason.strip():
            raise InvalidInput("Say why the rating differs from what the rules give.", place)
    longest = max((len(text) for pair in edit.texts.values() for text in pair), default=0)
    if max(longest, len(edit.remarks)) > LONGEST:
        raise InvalidInput(f"A text has at most {LONGEST:,} characters.", "texts")
