"""Pages of the directory: persons and offices, and names in texts that nobody is linked to.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Contact
from tracker.policy.errors import Conflict, InvalidInput
from tracker.queries import owners, people
from tracker.queries.accounts import find_account_of
from tracker.queries.roles import shown_roles_of
from tracker.queries.wishes import find_correspondence
from tracker.services import guard_directory, link_names, manage_people
from tracker.web.context import actor, now, person_zone, reading, scope, today, transaction
from tracker.web.forms.base import number_of
from tracker.web.forms.contacts import contact_options
from tracker.web.forms.people import ActionForm, ContactForm, LinkForm
from tracker.web.lines import lines_of, marking_of_lines

pages = Blueprint("people", __name__)
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a list that is shown, as the pager asks for it."""

    number: int
    pages: int
    total: int
    first: int
    last: int


@pages.get("/people/")
def directory_page() -> ResponseReturnValue:
    """Persons and offices, by a part of their name and by side."""
    guard_directory.require_reader(actor())
    text, party = request.args.get("text", "").strip(), request.args.get("side", "")
    party_id = int(party) if party.isascii() and party.isdigit() else None
    with_inactive = request.args.get("inactive") == "1"
    with reading() as session:
        found = people.list_contacts(
            session, scope(), text=text[:200], party_id=party_id, with_inactive=with_inactive
        )
        parties = people.list_parties(session)
        unlinked = owners.unlinked_names(session, link_names.edited_dialogues(actor()))
    shown = _slice(len(found))
    return render_template(
        "web/people/directory.html",
        contacts=found[shown.first - 1 : shown.last] if found else [],
        page=shown,
        parties=parties,
        party_id=party_id,
        text=text,
        with_inactive=with_inactive,
        unlinked=unlinked,
        may_edit=guard_directory.may_edit_directory(actor()),
    )


def _slice(total: int) -> Slice:
    pages_ = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages_)
    first = (number - 1) * PAGE_SIZE + 1
    return Slice(number, pages_, total, min(first, total), min(first + PAGE_SIZE - 1, total))


@pages.get("/people/<int:contact_id>")
def person_page(contact_id: int) -> ResponseReturnValue:
    """One person or office: how to reach them, what they own, what they may do."""
    guard_directory.require_reader(actor())
    with reading() as session:
        contact = people.get_shown_contact(session, scope(), contact_id)
        lines = lines_of(owners.owned_tasks(session, scope(), contact_id), scope())
        return render_template(
            "web/people/person.html",
            contact=contact,
            office=contact.office,
            head=contact.head,
            lines=lines,
            marking=marking_of_lines(lines),
            counts=owners.open_task_counts(session, scope(), contact_id),
            roles=shown_roles_of(session, scope(), contact_id),
            account=find_account_of(session, contact_id),
            may_edit=guard_directory.may_edit_directory(actor()),
            mail=find_correspondence(session, contact_id),
            form=ActionForm(),
            today=today(),
        )


@pages.route("/people/new", methods=["GET", "POST"])
def new_page() -> ResponseReturnValue:
    """A new person or office."""
    guard_directory.require_editor(actor())
    form = ContactForm(
        kind=request.args.get("kind", "person"), name=request.args.get("name", "")[:200]
    )
    with reading() as session:
        _offer(session, form)
    if form.validate_on_submit():
        try:
            with transaction() as session:
                contact = manage_people.add_contact(session, form.entry(), actor=actor(), now=now())
                linked = _link_known(session, contact)
        except InvalidInput as error:
            form.take_error(error)
        else:
            flash(f"{contact.full_name} is in the directory.{_linked_in_words(linked)}", "success")
            return redirect(url_for(".person_page", contact_id=contact.id))
    return _form_page(form, None)


@pages.route("/people/<int:contact_id>/edit", methods=["GET", "POST"])
def edit_page(contact_id: int) -> ResponseReturnValue:
    """Changes an entry; who saves second sees both versions."""
    guard_directory.require_editor(actor())
    with reading() as session:
        contact = people.get_shown_contact(session, scope(), contact_id)
        form = ContactForm()
        _offer(session, form)
    if not form.is_submitted():
        form.show(contact)
    elif form.validate():
        return _save(form, contact)
    return _form_page(form, contact)


def _save(form: ContactForm, contact: Contact) -> ResponseReturnValue:
    try:
        with transaction() as session:
            stored = people.get_shown_contact(session, scope(), contact.id, to_change=True)
            entry = form.changed(manage_people.entry_of(stored))
            seen = number_of(form.version)
            manage_people.change_contact(session, stored, entry, seen_version=seen, actor=actor())
            linked = _link_known(session, stored)
    except InvalidInput as error:
        form.take_error(error)
        return _form_page(form, contact)
    except Conflict as conflict:
        return _conflict_page(form, contact.id, conflict)
    flash(f"Saved.{_linked_in_words(linked)}", "success")
    return redirect(url_for(".person_page", contact_id=contact.id))


def _link_known(session: Session, contact: Contact) -> int:
    return link_names.link_known_names(session, contact, actor=actor(), now=now(), today=today())


def _linked_in_words(count: int) -> str:
    """What a name that was entered did in the tasks, for the end of a message."""
    if not count:
        return ""
    tasks = "One task names" if count == 1 else f"{count} tasks name"
    return f" {tasks} them as owner and {'is' if count == 1 else 'are'} linked now."


def _conflict_page(form: ContactForm, contact_id: int, conflict: Conflict) -> tuple[str, int]:
    """The fields that one touched beside what somebody else has saved meanwhile, and the form with
    all others as they now are."""
    versions = form.differences(conflict.current)
    with reading() as session:
        stored = people.get_shown_contact(session, scope(), contact_id)
        form.show(stored, keep=form.touched)
    return _form_page(form, stored, versions)


def _form_page(
    form: ContactForm,
    contact: Contact | None,
    versions: list[tuple[str, str, str]] | None = None,
) -> tuple[str, int]:
    """The form; with ``versions``, beside what somebody else has saved meanwhile."""
    with reading() as session:
        parties = people.list_parties(session)
    page = render_template(
        "web/people/entry.html", form=form, contact=contact, parties=parties, versions=versions
    )
    if versions is not None:
        return page, 409
    return page, 422 if form.is_submitted() else 200


def _offer(session: Session, form: ContactForm) -> None:
    form.offer(people.list_offices(session, scope()), zone=str(person_zone()))


@pages.post("/people/<int:contact_id>/active")
def active_page(contact_id: int) -> ResponseReturnValue:
    """Deactivates a person or office, or takes them back."""
    is_active = request.form.get("active") == "yes"
    with transaction() as session:
        contact = people.get_shown_contact(session, scope(), contact_id, to_change=True)
        manage_people.set_active(session, contact, is_active, actor=actor())
    words = "is active again" if is_active else "is no longer active and gets no more mail"
    flash(f"{contact.full_name} {words}.", "success")
    return redirect(url_for(".person_page", contact_id=contact_id))


@pages.get("/people/names")
def names_page() -> ResponseReturnValue:
    """Owners' names that no entry of the directory stands behind."""
    return _names_page(LinkForm(formdata=None))


@pages.post("/people/names")
def link_page() -> ResponseReturnValue:
    """Links one name in all tasks of the dialogues that the person edits."""
    form = LinkForm()
    if not form.validate():
        return _names_page(form)
    try:
        with transaction() as session:
            found = form.contact_id.data or 0
            contact = people.get_shown_contact(session, scope(), found, to_change=True)
            count = link_names.link_name(
                session, str(form.name.data), contact, actor=actor(), now=now(), today=today()
            )
    except InvalidInput as error:
        form.take_error(error)
        return _names_page(form)
    tasks = "1 task" if count == 1 else f"{count} tasks"
    flash(
        f"{tasks} naming “{form.name.data}” now belong to {contact.full_name}. Owners of your "
        "side take part in the dialogue from now on and hear of what falls due.",
        "success",
    )
    return redirect(url_for(".names_page"))


def _names_page(form: LinkForm) -> tuple[str, int]:
    guard_directory.require_reader(actor())
    with reading() as session:
        names = owners.unlinked_names(session, link_names.edited_dialogues(actor()))
        choices = contact_options(people.list_contacts(session, scope()), "Who is that?")
    page = render_template("web/people/names.html", names=names, choices=choices, form=form)
    return page, 422 if form.errors or form.form_errors else 200
