"""Pages for administrators: health, settings in force, and dialogues left without a lead.

Parse, call a service, redirect; no SQL here. Accounts are web/accounts.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.policy.errors import InvalidInput, NotAllowed
from tracker.queries import people
from tracker.queries.roles import dialogues_without_lead, get_dialogue_without_lead
from tracker.services.check_installation import check_installation
from tracker.services.manage_roles import name_first_lead
from tracker.services.remove_sample import may_remove_sample, remove_sample
from tracker.services.show_settings import settings_in_words
from tracker.web.context import actor, database, now, reading, scope, settings, transaction
from tracker.web.forms.contacts import contact_options
from tracker.web.forms.system import LeadForm

pages = Blueprint("system", __name__)


def require_administrator() -> None:
    """Raises NotAllowed for everybody else; the pages of accounts ask it too."""
    if not scope().is_administrator:
        raise NotAllowed("These pages are for those who administer the installation.")


@pages.get("/system/")
def health_page() -> ResponseReturnValue:
    """What is well and what is not, and how to mend it."""
    require_administrator()
    with_history = request.args.get("history") == "1"
    findings = check_installation(database(), settings(), now(), with_history=with_history)
    with reading() as session:
        return render_template(
            "web/system/health.html",
            findings=findings,
            with_history=with_history,
            settings=settings_in_words(settings()),
            may_remove_sample=may_remove_sample(session, actor()),
            dialogues=dialogues_without_lead(session),
            form=_lead_form(session),
        )


@pages.post("/system/dialogues/<int:dialogue_id>/lead")
def lead_page(dialogue_id: int) -> ResponseReturnValue:
    """Names the lead of a dialogue that has none."""
    require_administrator()
    with transaction() as session:
        dialogue = get_dialogue_without_lead(session, dialogue_id)
        form = _lead_form(session)
        if not form.validate():
            raise InvalidInput("Choose a person who is to lead the dialogue.")
        contact = people.get_contact(session, int(form.contact_id.data))
        name_first_lead(session, dialogue, contact, actor=actor())
    flash(f"{contact.full_name} now leads {dialogue.name}.", "success")
    return redirect(url_for(".health_page"))


def _lead_form(session: Session) -> LeadForm:
    form = LeadForm()
    found = [c for c in people.list_contacts(session, scope()) if c.kind == "person" and c.party]
    form.contact_id.choices = contact_options(found, "Choose a person")
    return form


@pages.post("/sample/remove")
def remove_sample_page() -> ResponseReturnValue:
    """Takes the sample out; its lead and administrators may."""
    with transaction() as session:
        count = remove_sample(session, actor=actor(), now=now())
    flash(f"The sample is gone, with its {count} tasks. It does not come back.", "success")
    return redirect("/")
