"""Page of who takes part in a dialogue and in which roles.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import ROLES, Contact, Dialogue
from tracker.policy.errors import InvalidInput
from tracker.queries import people
from tracker.queries.dialogues import get_dialogue
from tracker.queries.roles import members_of
from tracker.services.manage_roles import ROLE_WORDS, set_roles
from tracker.web.context import actor, reading, scope, transaction
from tracker.web.forms.contacts import contact_options
from tracker.web.forms.people import NewMemberForm, RolesForm

pages = Blueprint("roles", __name__)


@pages.route("/dialogues/<slug>/people", methods=["GET", "POST"])
def members_page(slug: str) -> ResponseReturnValue:
    """Who takes part; a lead adds somebody here."""
    with reading() as session:
        dialogue = get_dialogue(session, scope(), slug)
        form = NewMemberForm()
        form.contact_id.choices = contact_options(_candidates(session, dialogue), "Choose a person")
    if form.validate_on_submit():
        contact_id, roles = int(form.contact_id.data), form.roles.data or []
        try:
            contact = _set(slug, contact_id, roles)
        except InvalidInput as error:
            form.take_error(error)
        else:
            flash(f"{contact.full_name} takes part as {', '.join(roles)}.", "success")
            return redirect(url_for(".members_page", slug=slug))
    return _page(dialogue, form)


@pages.post("/dialogues/<slug>/people/<int:contact_id>")
def roles_page(slug: str, contact_id: int) -> ResponseReturnValue:
    """Sets a member's roles; none of them ends their part."""
    form = RolesForm()
    if not form.validate():
        raise InvalidInput("Choose from the listed roles.")
    contact = _set(slug, contact_id, form.roles.data or [])
    words = f"is now {', '.join(form.roles.data)}" if form.roles.data else "no longer takes part"
    flash(f"{contact.full_name} {words}.", "success")
    return redirect(url_for(".members_page", slug=slug))


def _set(slug: str, contact_id: int, roles: list[str]) -> Contact:
    with transaction() as session:
        dialogue = get_dialogue(session, scope(), slug)
        contact = people.get_shown_contact(session, scope(), contact_id)
        set_roles(session, dialogue, contact, roles, actor=actor())
        return contact


def _candidates(session: Session, dialogue: Dialogue) -> list[Contact]:
    """The people who could take part and do not yet."""
    taking_part = {member.contact.id for member in members_of(session, dialogue.id)}
    found = people.list_contacts(session, scope())
    return [c for c in found if c.kind == "person" and c.id not in taking_part]


def _page(dialogue: Dialogue, form: NewMemberForm) -> tuple[str, int]:
    with reading() as session:
        members = members_of(session, dialogue.id)
    page = render_template(
        "web/people/members.html",
        dialogue=dialogue,
        members=members,
        form=form,
        may_lead=scope().may_lead(dialogue.id),
        roles=ROLES,
        role_words=ROLE_WORDS,
    )
    return page, 422 if form.errors or form.form_errors else 200
