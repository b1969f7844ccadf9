"""Page of who heads an office.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.policy.errors import InvalidInput, NotFound
from tracker.queries import people
from tracker.services.guard_directory import require_editor
from tracker.services.name_head import name_head
from tracker.web.context import actor, reading, scope, transaction
from tracker.web.forms.heads import HeadForm

pages = Blueprint("heads", __name__)


@pages.route("/people/<int:contact_id>/head", methods=["GET", "POST"])
def head_page(contact_id: int) -> ResponseReturnValue:
    """Names the head of an office."""
    require_editor(actor())
    with reading() as session:
        office = people.get_shown_contact(session, scope(), contact_id)
        if office.kind != "office":
            raise NotFound("Only an office has a head.")
        form = HeadForm()
        found = people.list_contacts(session, scope(), party_id=office.party_id)
        form.offer([c for c in found if c.kind == "person" and c.party_id == office.party_id])
    if not form.is_submitted():
        form.head_id.data = str(office.head_id or "")
    elif form.validate():
        try:
            words = _save(contact_id, form)
        except InvalidInput as error:
            form.take_error(error)
        else:
            flash(words, "success")
            return redirect(url_for("people.person_page", contact_id=contact_id))
    page = render_template("web/people/head.html", form=form, office=office)
    return page, 422 if form.is_submitted() else 200


def _save(contact_id: int, form: HeadForm) -> str:
    with transaction() as session:
        office = people.get_shown_contact(session, scope(), contact_id)
        chosen = str(form.head_id.data or "")
        head = people.get_shown_contact(session, scope(), int(chosen)) if chosen else None
        name_head(session, office, head, actor=actor())
        return f"{head.full_name if head else 'Nobody'} heads {office.name} now."
