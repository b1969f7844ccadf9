"""Pages that both sides open: the shared list of a dialogue, its meetings and items.

Parse, call a service, redirect; no SQL here. Our own side is shown here exactly what the other side
sees; whatever is internal has no way to these pages.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Contact
from tracker.policy.errors import Conflict, InvalidInput
from tracker.policy.visibility import Scope
from tracker.queries.agreed_lists import amendments_of, get_list, waiting_approvals
from tracker.queries.shared import get_shared_meeting, shared_dialogues, shared_meetings
from tracker.services.amend_list import ItemChange, propose_amendment
from tracker.services.ask_owner import ask_about_item
from tracker.services.update_shared import may_set_status, update_shared
from tracker.web import context
from tracker.web.forms.agreed_lists import ItemForm
from tracker.web.forms.base import text_of
from tracker.web.forms.reports import QuestionForm
from tracker.web.forms.room import ProposalForm
from tracker.web.list_view import list_address, list_page
from tracker.web.report_cycle import mail_host
from tracker.web.shared_view import (
    find_shown,
    item_page,
    marking_of,
    names_of,
    require_item,
    version_address,
)

pages = Blueprint("shared", __name__)
SHARED = "/dialogues/<slug>/shared"
MEETING = f"{SHARED}/meetings/<int(max=999999):number>"
ITEM = f"{MEETING}/items/<int(max=999999):item>"


@pages.get("/shared/")
def overview() -> ResponseReturnValue:
    """The dialogues that are shared with the person, and what waits for their approval."""
    scope = context.scope()
    with context.reading() as session:
        dialogues = [(d, shared_meetings(session, d)) for d in shared_dialogues(session, scope)]
        return render_template(
            "web/shared/overview.html",
            dialogues=dialogues,
            waiting=waiting_for(session, scope),
            marking=marking_of([m for _, found in dialogues for m in found]),
            today=context.today(),
        )


@pages.get(f"{SHARED}/")
def show(slug: str) -> ResponseReturnValue:
    """The agreed lists of a dialogue with how each item stands."""
    with context.reading() as session:
        shown = find_shown(session, slug)
        meetings = shared_meetings(session, shown.dialogue)
        return render_template(
            "web/shared/dialogue.html",
            shown=shown,
            meetings=meetings,
            marking=marking_of(meetings),
            today=context.today(),
        )


@pages.get(MEETING)
def meeting(slug: str, number: int) -> ResponseReturnValue:
    """One meeting: its list, how each item stands, and what is proposed to change."""
    with context.reading() as session:
        shown = find_shown(session, slug)
        found = get_shared_meeting(session, shown.dialogue, number)
        return render_template(
            "web/shared/meeting.html",
            shown=shown,
            found=found,
            version_address=version_address(shown, found),
            amendments=amendments_of(session, found.meeting.id),
            marking=marking_of([found]),
            today=context.today(),
        )


@pages.get(f"{MEETING}/list/<int(max=999999):version>")
def version(slug: str, number: int, version: int) -> ResponseReturnValue:
    """A version as the other side sees it, for editors; the other side is led to its own page."""
    with context.reading() as session:
        shown = find_shown(session, slug)
        other = context.scope().as_other_side(shown.dialogue.id)
        found = get_list(session, other, slug, number, version)
        if not shown.is_own:
            return redirect(list_address(found))
        return list_page(session, found, scope=other)


@pages.get(ITEM)
def item(slug: str, number: int, item: int) -> ResponseReturnValue:
    """One agreed item: how it stands, what was said, and the forms to say more."""
    with context.reading() as session:
        return item_page(session, slug, number, item)


@pages.post(ITEM)
def update(slug: str, number: int, item: int) -> ResponseReturnValue:
    """Changes the status of an item, and adds a remark that both sides read."""
    form = ItemForm()
    with context.transaction() as session:
        shown = find_shown(session, slug)
        found = get_shared_meeting(session, shown.dialogue, number)
        entry = require_item(found, item)
        may_set = may_set_status(session, found.meeting, item, context.actor())
        form.offer(entry.status, may_set)
        code = 422
        if form.validate():
            try:
                changed = update_shared(
                    session,
                    found.meeting,
                    item,
                    status=form.status.data if may_set else None,
                    deferred_until=form.deferred_until.data
                    if form.status.data == "deferred"
                    else None,
                    remark=form.remark.data or "",
                    actor=context.actor(),
                    now=context.now(),
                    today=context.today(),
                    seen=form.seen.data or "",
                )
            except InvalidInput as error:
                form.take_error(error)
            except Conflict as error:
                form.form_errors.append(str(error))
                code = 409
            else:
                words = " and ".join(
                    {"status": "the status", "remark": "your remark"}[c] for c in changed
                )
                flash(f"Item {item}: {words} was saved; both sides see it.", "success")
                return redirect(f"{shown.base}/meetings/{number}/items/{item}", 303)
        return item_page(session, slug, number, item, item_form=form), code


@pages.post(f"{ITEM}/amend")
def propose(slug: str, number: int, item: int) -> ResponseReturnValue:
    """Proposes to change the text, owner or date of an agreed item."""
    form = ProposalForm()
    with context.transaction() as session:
        shown = find_shown(session, slug)
        found = get_shared_meeting(session, shown.dialogue, number)
        require_item(found, item)
        if form.validate():
            change = ItemChange(
                item,
                text=form.text.data or None,
                owners=names_of(form.owners.data),
                due_on=form.due_on.data,
            )
            try:
                propose_amendment(
                    session,
                    found.meeting,
                    change,
                    form.reason.data or "",
                    actor=context.actor(),
                    now=context.now(),
                )
            except InvalidInput as error:
                form.take_error(error)
            else:
                flash("Your proposal stands on the list, for both sides to see.", "success")
                return redirect(f"{shown.base}/meetings/{number}#amendments", 303)
        return item_page(session, slug, number, item, proposal_form=form), 422


@pages.post(f"{ITEM}/ask")
def ask(slug: str, number: int, item: int) -> ResponseReturnValue:
    """Puts a question about an item to the other side's owner of it."""
    form = QuestionForm()
    with context.transaction() as session:
        shown = find_shown(session, slug)
        found = get_shared_meeting(session, shown.dialogue, number)
        require_item(found, item)
        if form.validate():
            try:
                ask_about_item(
                    session,
                    found.meeting,
                    item,
                    text_of(form.question),
                    actor=context.actor(),
                    now=context.now(),
                    host=mail_host(),
                )
            except InvalidInput as error:
                form.take_error(InvalidInput(str(error), "question"))
            else:
                flash("Your question goes out by mail. The answer comes to you by mail.", "success")
                return redirect(f"{shown.base}/meetings/{number}/items/{item}#questions", 303)
        return item_page(session, slug, number, item, question_form=form), 422


def waiting_for(session: Session, scope: Scope) -> list[tuple[str, str]]:
    """What waits for the person's approval, each in words and with its address."""
    if scope.contact_id is None:
        return []
    contact = session.get_one(Contact, scope.contact_id)
    return [
        (
            f"Approve version {found.version.number} of the agreed list, "
            f"meeting {found.version.meeting.number} of {found.dialogue.name}"
            + (f", for {found.on_behalf_of.full_name}" if found.on_behalf_of else ""),
            list_address(found.version),
        )
        for found in waiting_approvals(session, contact, context.today())
    ]
