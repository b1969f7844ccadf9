"""Records each party's approval of one version of a list, and freezes it when all have approved.

An approver confirms with their password, a delegate likewise in the approver's place, or an editor
records consent that was given on paper. What freezing does to tasks is freeze_list.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.models import AgreedList, Approval, Contact, Dialogue, Party
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tracker.policy.names import has_control_characters
from tracker.policy.visibility import Actor, Scope
from tracker.queries.accounts import find_account_of
from tracker.queries.agreed_lists import behalf_of, parties_without_approval
from tracker.services.draft_list import hold, require_editor
from tracker.services.freeze_list import freeze_list
from tracker.services.set_password import is_right_password
from tracker.services.sign_in import Origin, refuse_too_many

MOST_ATTACHED = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Confirmed:
    """That a person who is signed in has just given their password again."""

    contact_id: int


def confirm_password(
    session: Session, actor: Actor, password: str, origin: Origin, *, now: dt.datetime
) -> Confirmed | None:
    """The confirmation that ``approve_list`` asks for; None for a wrong password, which the
    caller counts with ``note_failure``. Reads only; raises TooManyTries."""
    account = find_account_of(session, actor.contact_id) if actor.contact_id else None
    refuse_too_many(session, account.login if account else "", origin, now=now)
    is_right = is_right_password(account.password_hash if account else None, password)
    return Confirmed(account.contact_id) if account and is_right else None


def approve_list(
    session: Session,
    version: AgreedList,
    *,
    seen_sha256: str,
    confirmed: Confirmed,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Approval:
    """Approves the version for the actor's side, and freezes it where theirs was the last one.

    Raises NotAllowed for whoever is neither approver nor an approver's delegate today, Conflict
    where another version is on offer by now or their side has approved this one already.
    """
    hold(session, version.meeting)
    _require_offered(session, version, seen_sha256)
    if actor.contact_id is None or confirmed.contact_id != actor.contact_id:
        raise NotAllowed("Confirm with your own password.")
    contact = session.get_one(Contact, actor.contact_id)
    dialogue = version.meeting.dialogue
    party = side_of(session, dialogue, contact, actor.scope)
    behalf = behalf_of(session, dialogue.id, contact.id, today, now=now)
    chosen = [person for person in behalf if person is None or person.party_id == contact.party_id]
    if party is None or not chosen:
        raise NotAllowed(
            "The list is approved by your side's approver, or by whoever they have named as their "
            "delegate for today."
        )
    return _approve(
        session,
        version,
        Approval(
            party_id=party.id,
            party=party,
            how="delegate" if chosen[0] else "signed in",
            approver_id=contact.id,
            approver_name=contact.full_name,
            on_behalf_of=chosen[0].full_name if chosen[0] else "",
            given_on=today,
        ),
        actor=actor,
        now=now,
        today=today,
    )


@dataclass(frozen=True, slots=True)
class Consent:
    """Consent given on paper or by mail: whose, for which party, when, and the paper itself."""

    party_id: int
    given_by: str
    given_on: dt.date
    attachment: bytes
    attachment_name: str


def record_consent(
    session: Session,
    version: AgreedList,
    consent: Consent,
    *,
    seen_sha256: str,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Approval:
    """Records consent that was given outside the tracker, and freezes the list where it was the
    last one. Raises NotAllowed, InvalidInput (with the field) or Conflict."""
    require_editor(version.meeting, actor)
    hold(session, version.meeting)
    _require_offered(session, version, seen_sha256)
    _check_consent(version, consent, today)
    party = session.get_one(Party, consent.party_id)
    return _approve(
        session,
        version,
        Approval(
            party_id=party.id,
            party=party,
            how="on paper",
            approver_name=consent.given_by.strip(),
            given_on=consent.given_on,
            attachment=consent.attachment,
            attachment_name=consent.attachment_name.strip()[-255:],
        ),
        actor=actor,
        now=now,
        today=today,
    )


def side_of(session: Session, dialogue: Dialogue, contact: Contact, scope: Scope) -> Party | None:
    """The party that a person speaks for in a dialogue; in the sample, whose people stand on its
    own side whatever their country, that is the own one. None for whoever has no part in it."""
    if dialogue.id in scope.roles:
        return dialogue.own_party
    if dialogue.id in scope.shared:
        return next((e.party for e in dialogue.parties if e.party_id == contact.party_id), None)
    return None


def _approve(
    session: Session,
    version: AgreedList,
    approval: Approval,
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Approval:
    missing = {party.id for party in parties_without_approval(session, version)}
    if approval.party_id not in missing:
        raise Conflict(f"{approval.party.name} has approved this version already.")
    approval.list_id, approval.sha256 = version.id, version.sha256
    approval.recorded_by_id, approval.recorded_by = actor.contact_id, actor.name
    approval.recorded_at = now
    version.approvals.append(approval)
    session.flush()
    if missing == {approval.party_id}:
        freeze_list(session, version, actor=actor, now=now, today=today)
    return approval


def _require_offered(session: Session, version: AgreedList, seen_sha256: str) -> None:
    session.refresh(version)
    if version.state == "draft":
        raise NotFound("There is no such list, or it is not shared with you.")
    if version.state != "offered" or version.sha256 != seen_sha256:
        raise Conflict(
            "This version is no longer on offer: it was approved by both sides already, or another "
            "one has taken its place. Open the list again."
        )


def _check_consent(version: AgreedList, consent: Consent, today: dt.date) -> None:
    if consent.party_id not in {e.party_id for e in version.meeting.dialogue.parties}:
        raise InvalidInput("Choose one of the two sides.", "party_id")
    name = consent.given_by.strip()
    if not name or len(name) > 200 or has_control_characters(name):
        raise InvalidInput("Say who gave consent, on one line.", "given_by")
    if consent.given_on > today:
        raise InvalidInput("Consent cannot have been given after today.", "given_on")
    if not consent.attachment:
        raise InvalidInput("Attach the paper or mail: a scan, a PDF or the mail's file.", "paper")
    if len(consent.attachment) > MOST_ATTACHED:
        raise InvalidInput("The attachment has more than 10 MB; scan it more coarsely.", "paper")
    if has_control_characters(consent.attachment_name):
        raise InvalidInput("Rename the file; its name holds control characters.", "paper")
