"""What editors do with proposals to change an agreed list, and whom approvers name as delegates.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Contact, Dialogue
from tracker.policy.errors import InvalidInput, NotAllowed
from tracker.queries.agreed_lists import delegations_of, get_amendment, is_approver
from tracker.queries.people import get_contact
from tracker.queries.roles import members_of
from tracker.queries.shared import get_shared_dialogue
from tracker.services.amend_list import accept_amendment, decline_amendment
from tracker.services.delegate_approval import delegate_approval, end_delegation
from tracker.web import context
from tracker.web.forms.agreed_lists import AnswerForm, DelegationForm
from tracker.web.forms.choices import options
from tracker.web.list_view import list_address
from tracker.web.log import find_meeting

pages = Blueprint("amendments", __name__)
AMENDMENT = (
    "/dialogues/<slug>/meetings/<int(max=999999):number>"
    "/amendments/<int(max=999999999):amendment_id>"
)
DELEGATION = "/dialogues/<slug>/approval"


@pages.post(f"{AMENDMENT}/accept")
def accept(slug: str, number: int, amendment_id: int) -> ResponseReturnValue:
    """Takes a proposal into a new version, which both sides approve."""
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        amendment = get_amendment(session, meeting.id, amendment_id)
        version = accept_amendment(session, amendment, actor=context.actor(), now=context.now())
        address = list_address(version)
    flash("The amended version is on offer; it holds once both sides approve it.", "success")
    return redirect(address, 303)


@pages.post(f"{AMENDMENT}/decline")
def decline(slug: str, number: int, amendment_id: int) -> ResponseReturnValue:
    """Declines a proposal with a reason that both sides read."""
    form = AnswerForm()
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        amendment = get_amendment(session, meeting.id, amendment_id)
        if not form.validate():
            raise InvalidInput("Give the answer in at most 500 characters, on one line.")
        answer = form.answer.data or ""
        decline_amendment(session, amendment, answer, actor=context.actor(), now=context.now())
    flash("The proposal is declined; both sides see why.", "success")
    return redirect(f"/dialogues/{slug}/meetings/{number}/list", 303)


@pages.route(DELEGATION, methods=["GET", "POST"])
def delegations(slug: str) -> ResponseReturnValue:
    """Whom an approver has named to approve in their place; of either side."""
    form = DelegationForm()
    with context.transaction() as session:
        dialogue, approver = _as_approver(session, slug)
        form.delegate_id.choices = _candidates(session, dialogue, approver)
        if form.validate_on_submit():
            try:
                name = _delegate(session, dialogue, form)
            except InvalidInput as error:
                form.take_error(error)
            else:
                flash(f"{name} may approve in your place.", "success")
                return redirect(f"/dialogues/{slug}/approval", 303)
        page = render_template(
            "web/room/delegations.html",
            dialogue=dialogue,
            form=form,
            delegations=delegations_of(session, dialogue.id, approver.id),
            is_own=context.scope().may_read(dialogue.id),
            today=context.today(),
        )
        return page, 422 if form.is_submitted() else 200


@pages.post(f"{DELEGATION}/<int(max=999999999):delegation_id>/end")
def end(slug: str, delegation_id: int) -> ResponseReturnValue:
    """Takes a delegation back."""
    with context.transaction() as session:
        dialogue, _ = _as_approver(session, slug)
        end_delegation(session, dialogue, delegation_id, actor=context.actor(), now=context.now())
    flash("The delegation is taken back.", "success")
    return redirect(f"/dialogues/{slug}/approval", 303)


def _delegate(session: Session, dialogue: Dialogue, form: DelegationForm) -> str:
    first, last = form.starts_on.data, form.ends_on.data
    if first is None or last is None:
        raise InvalidInput("Give the first and the last day.", "ends_on")
    delegate = get_contact(session, int(form.delegate_id.data))
    delegate_approval(
        session, dialogue, delegate, first, last, actor=context.actor(), now=context.now()
    )
    return delegate.full_name


def _as_approver(session: Session, slug: str) -> tuple[Dialogue, Contact]:
    dialogue = get_shared_dialogue(session, context.scope(), slug)
    contact_id = context.actor().contact_id
    if contact_id is None or not is_approver(session, dialogue.id, contact_id):
        raise NotAllowed("Only an approver names a delegate, and only for themselves.")
    return dialogue, get_contact(session, contact_id)


def _candidates(session: Session, dialogue: Dialogue, approver: Contact) -> list[Any]:
    """The people of the approver's own side who take part."""
    people = [m.contact for m in members_of(session, dialogue.id)]
    return options(
        (p.id, p.full_name)
        for p in people
        if p.id != approver.id and p.party_id == approver.party_id and p.is_active
    )
