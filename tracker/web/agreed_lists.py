"""Pages of a meeting's agreed list: draw up, offer, approve, record consent, export.

Parse, call a service, redirect; no SQL here. Both sides open the page of a version; drafts and our
own tasks are shown to our side alone.
"""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import AgreedList
from tracker.policy.errors import Conflict, InvalidInput, NotFound
from tracker.policy.visibility import Scope
from tracker.queries.agreed_lists import get_attachment, get_list, versions_of
from tracker.queries.lines import lines_to_settle
from tracker.reports.agreed_list import LIST_FORMATS, render_list
from tracker.services.approve_list import (
    Confirmed,
    Consent,
    approve_list,
    record_consent,
)
from tracker.services.draft_list import (
    discard_draft,
    draft_list,
    offer_list,
    require_editor,
)
from tracker.services.sign_list import sign_list
from tracker.services.withdraw_offer import withdraw_offer
from tracker.web import context, list_view
from tracker.web.confirming import NOT_CONFIRMED, confirm
from tracker.web.forms.agreed_lists import ApproveForm, ConsentForm, OfferForm, WithdrawForm
from tracker.web.forms.base import text_of
from tracker.web.list_view import list_address
from tracker.web.log import find_meeting
from tracker.web.log_questions import questions_address

pages = Blueprint("agreed_lists", __name__)
LISTS = "/dialogues/<slug>/meetings/<int(max=999999):number>/list"
VERSION = f"{LISTS}/<int(max=999999):version>"


@pages.get(LISTS)
def latest(slug: str, number: int) -> ResponseReturnValue:
    """Leads to the newest version of the meeting's list."""
    with context.reading() as session:
        meeting = find_meeting(session, slug, number)
        versions = versions_of(session, context.scope(), meeting)
        if not versions:
            raise NotFound("This meeting has no agreed list yet. Draw it up from the log.")
        return redirect(list_address(versions[0]))


@pages.post(LISTS)
def draw_up(slug: str, number: int) -> ResponseReturnValue:
    """Draws the draft from the log, or draws it anew; asks first what the log leaves open."""
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        require_editor(meeting, context.actor())
        if lines_to_settle(session, meeting):
            return redirect(questions_address(meeting), 303)
        draft = draft_list(session, meeting, actor=context.actor(), now=context.now())
        address = list_address(draft)
    flash("The draft stands as the log does. Nobody but your side sees it yet.", "success")
    return redirect(address, 303)


@pages.get(VERSION)
def show(slug: str, number: int, version: int) -> ResponseReturnValue:
    """One version: its items, what changed, approvals, and the forms for what comes next."""
    with context.reading() as session:
        found = get_list(session, context.scope(), slug, number, version)
        return list_view.list_page(session, found)


@pages.post(f"{VERSION}/offer")
def offer(slug: str, number: int, version: int) -> ResponseReturnValue:
    """Shows the draft to the other side and asks both for approval."""
    form = OfferForm()
    with context.transaction() as session:
        found = _get_to_edit(session, slug, number, version)
        form.offer_markings(found.marking)
        if found.sha256 != form.sha256.data:
            raise Conflict("The draft was drawn up anew meanwhile. Open it again and look it over.")
        if not form.validate():
            return list_view.list_page(session, found, offer_form=form), 422
        offer_list(session, found, form.marking.data, actor=context.actor(), now=context.now())
        address = list_address(found)
    flash("The list is on offer: both sides see it, and can approve it now.", "success")
    return redirect(address, 303)


@pages.post(f"{VERSION}/discard")
def discard(slug: str, number: int, version: int) -> ResponseReturnValue:
    """Takes back a draft that was never offered."""
    with context.transaction() as session:
        found = _get_to_edit(session, slug, number, version)
        discard_draft(session, found, actor=context.actor())
    flash("The draft is gone. The log stands as it did.", "success")
    return redirect(f"/dialogues/{slug}/meetings/{number}", 303)


@pages.post(f"{VERSION}/withdraw")
def withdraw(slug: str, number: int, version: int) -> ResponseReturnValue:
    """Takes a version on offer back."""
    form = WithdrawForm()
    with context.transaction() as session:
        found = _get_to_edit(session, slug, number, version)
        if not form.validate():
            return list_view.list_page(session, found, withdraw_form=form), 422
        reason = text_of(form.reason)
        withdraw_offer(session, found, reason, actor=context.actor(), now=context.now())
        address = list_address(found)
    flash("The offer is taken back; what was agreed before holds on.", "success")
    return redirect(address, 303)


@pages.post(f"{VERSION}/approve")
def approve(slug: str, number: int, version: int) -> ResponseReturnValue:
    """Approves for one's own side, after the password. It is checked outside of the transaction
    that writes, since that takes its time on purpose."""
    form = ApproveForm()
    with context.reading() as session:
        found = get_list(session, context.scope(), slug, number, version)
        if not form.validate():
            return list_view.list_page(session, found, approve_form=form), 422
        confirmed = confirm(session, text_of(form.password))
        if confirmed is None:
            form.take_error(InvalidInput(NOT_CONFIRMED, "password"))
            return list_view.list_page(session, found, approve_form=form), 422
    return _approve(slug, number, version, text_of(form.sha256), confirmed)


def _approve(
    slug: str, number: int, version: int, seen_sha256: str, confirmed: Confirmed
) -> ResponseReturnValue:
    with context.transaction() as session:
        found = get_list(session, context.scope(), slug, number, version, to_change=True)
        approval = approve_list(
            session,
            found,
            seen_sha256=seen_sha256,
            confirmed=confirmed,
            actor=context.actor(),
            now=context.now(),
            today=context.today(),
        )
        _flash_approved(found, approval.party.name)
        return redirect(list_address(found), 303)


def _get_to_edit(session: Session, slug: str, number: int, version: int) -> AgreedList:
    """The version, for an editor of our side; for the other side there is no such page."""
    require_editor(find_meeting(session, slug, number), context.actor())
    return get_list(session, context.scope(), slug, number, version, to_change=True)


def _flash_approved(version: AgreedList, party: str) -> None:
    if version.state == "frozen":
        flash("Both sides have approved this version: it is agreed.", "success")
    else:
        flash(
            f"{party} has approved this version; the other side’s approval is missing.", "success"
        )


@pages.post(f"{VERSION}/consent")
def consent(slug: str, number: int, version: int) -> ResponseReturnValue:
    """Records consent that was given on paper or by mail."""
    form = ConsentForm()
    with context.transaction() as session:
        found = _get_to_edit(session, slug, number, version)
        form.party_id.choices = list_view.missing_parties(session, found)
        if form.validate() and form.given_on.data is not None:
            try:
                approval = _record(session, found, form, form.given_on.data)
            except InvalidInput as error:
                form.take_error(error)
            else:
                _flash_approved(found, approval)
                return redirect(list_address(found), 303)
        return list_view.list_page(session, found, consent_form=form), 422


def _record(session: Session, found: AgreedList, form: ConsentForm, on: dt.date) -> str:
    paper = form.paper.data
    given = Consent(
        party_id=int(form.party_id.data),
        given_by=text_of(form.given_by),
        given_on=on,
        attachment=paper.read() if paper else b"",
        attachment_name=(paper.filename or "") if paper else "",
    )
    approval = record_consent(
        session,
        found,
        given,
        seen_sha256=text_of(form.sha256),
        actor=context.actor(),
        now=context.now(),
        today=context.today(),
    )
    return approval.party.name


@pages.get(f"{VERSION}/agreed-list.<format_>")
def export(slug: str, number: int, version: int, format_: str) -> ResponseReturnValue:
    """The version as a file; ``?edition=internal`` adds our own tasks, for our side."""
    if format_ not in LIST_FORMATS:
        raise NotFound("There is no such format.")
    scope = context.scope()
    with context.reading() as session:
        found = get_list(session, scope, slug, number, version)
        signed = sign_list(session, found, now=context.now(), with_annex=_wants_annex(scope, found))
    name = f"{slug}-meeting-{number}-list-{version}.{format_}"
    return Response(
        render_list(signed, format_),
        content_type=LIST_FORMATS[format_],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _wants_annex(scope: Scope, version: AgreedList) -> bool:
    is_own = scope.may_read(version.meeting.dialogue_id)
    return is_own and request.args.get("edition") == "internal"


@pages.get(f"{VERSION}/papers/<int(max=999999999):party_id>")
def paper(slug: str, number: int, version: int, party_id: int) -> ResponseReturnValue:
    """The paper that a consent was given on; for our side, which recorded it."""
    with context.reading() as session:
        find_meeting(session, slug, number)
        found = get_list(session, context.scope(), slug, number, version)
        approval = get_attachment(session, found, party_id)
        extension = "".join(
            c for c in approval.attachment_name[-5:].lower() if c.isalnum() or c == "."
        )
        name = (
            f"consent-{slug}-{number}-{version}-{party_id}{extension if '.' in extension else ''}"
        )
        return Response(
            approval.attachment,
            content_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
