"""Lets an approver name a delegate who approves in their place for a time, and take it back.

Who may approve today is asked in queries/agreed_lists; nothing is approved here.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import ApprovalDelegation, Contact, Dialogue
from tracker.policy.days import is_plausible
from tracker.policy.errors import InvalidInput, NotAllowed, NotFound
from tracker.policy.visibility import Actor
from tracker.queries.agreed_lists import is_approver
from tracker.queries.roles import roles_in


def delegate_approval(
    session: Session,
    dialogue: Dialogue,
    delegate: Contact,
    starts_on: dt.date,
    ends_on: dt.date,
    *,
    actor: Actor,
    now: dt.datetime,
) -> ApprovalDelegation:
    """Names a delegate from a first to a last day. Raises NotAllowed for whoever is no approver,
    and InvalidInput for a delegate of another side or without a part in the dialogue."""
    if actor.contact_id is None or not is_approver(session, dialogue.id, actor.contact_id):
        raise NotAllowed("Only an approver names a delegate, and only for themselves.")
    approver = session.get_one(Contact, actor.contact_id)
    if delegate.id == approver.id or delegate.party_id != approver.party_id:
        raise InvalidInput("Choose somebody else of your own side.", "delegate_id")
    if not delegate.is_active or not roles_in(session, dialogue.id, delegate.id):
        raise InvalidInput("Choose somebody who takes part in this dialogue.", "delegate_id")
    if not is_plausible(starts_on) or not is_plausible(ends_on) or ends_on < starts_on:
        raise InvalidInput("The last day is on or after the first.", "ends_on")
    delegation = ApprovalDelegation(
        dialogue_id=dialogue.id,
        approver_id=approver.id,
        approver=approver,
        delegate_id=delegate.id,
        delegate=delegate,
        starts_on=starts_on,
        ends_on=ends_on,
        made_at=now,
    )
    session.add(delegation)
    session.flush()
    return delegation


def end_delegation(
    session: Session, dialogue: Dialogue, delegation_id: int, *, actor: Actor, now: dt.datetime
) -> None:
    """Takes a delegation back; raises NotFound for what is not the actor's own."""
    found = session.get(ApprovalDelegation, delegation_id)
    is_own = found is not None and found.approver_id == actor.contact_id
    if found is None or not is_own or found.dialogue_id != dialogue.id:
        raise NotFound("There is no such delegation of yours.")
    found.ended_at = now
    session.flush()
