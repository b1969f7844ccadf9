"""The page on which an editor adds a task by hand.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Dialogue, Meeting
from tracker.policy.deadlines import add_months
from tracker.policy.errors import InvalidInput, NotAllowed
from tracker.policy.markings import join_markings
from tracker.queries.boards import topic_markings
from tracker.queries.cables import list_cables
from tracker.queries.dialogues import get_dialogue, get_meeting, latest_meeting
from tracker.queries.people import list_contacts
from tracker.services.add_task import NewTask, add_task
from tracker.services.change_task import Owner
from tracker.web import context
from tracker.web.forms.choices import options
from tracker.web.forms.contacts import contact_options
from tracker.web.forms.tasks import NewTaskForm
from tracker.web.lines import marking_of, marking_of_lines, task_address

pages = Blueprint("new_task", __name__)


@pages.get("/dialogues/<slug>/tasks/new")
def new_task_page(slug: str) -> ResponseReturnValue:
    """The form for a task by hand, filled with what is likely."""
    with context.reading() as session:
        dialogue = _dialogue_to_edit(session, slug)
        meeting = latest_meeting(session, dialogue.id)
        form = NewTaskForm(formdata=None)
        _offer(session, form, dialogue, meeting)
        form.due_on.data = _default_due(dialogue, meeting)
        form.responsible.data = [dialogue.own_party.name]
        cables = list_cables(session, context.scope(), dialogue.id)
        form.marking.data = join_markings(marking_of(c.marking) for c in cables).level
        return _page(session, dialogue, form)


@pages.post("/dialogues/<slug>/tasks/new")
def add(slug: str) -> ResponseReturnValue:
    """Adds the task and goes to its page."""
    form = NewTaskForm()
    with context.transaction() as session:
        dialogue = _dialogue_to_edit(session, slug)
        meeting = latest_meeting(session, dialogue.id)
        _offer(session, form, dialogue, meeting)
        if form.validate():
            try:
                task = add_task(
                    session,
                    dialogue,
                    get_meeting(session, dialogue, meeting.number) if meeting else None,
                    _wanted(form, dialogue, meeting),
                    actor=context.actor(),
                    now=context.now(),
                    today=context.today(),
                )
            except InvalidInput as error:
                form.take_error(error)
            else:
                flash(f"Task {task.number} was added.", "success")
                return redirect(task_address(dialogue.slug, task.number), 303)
        return _page(session, dialogue, form, 422)


def _dialogue_to_edit(session: Session, slug: str) -> Dialogue:
    dialogue = get_dialogue(session, context.scope(), slug)
    if not context.scope().may_edit(dialogue.id):
        raise NotAllowed("Only an editor or lead of the dialogue adds tasks.")
    return dialogue


def _default_due(dialogue: Dialogue, meeting: Meeting | None) -> dt.date | None:
    if meeting is None or meeting.ends_on is None:
        return None
    return add_months(meeting.ends_on, dialogue.follow_up_months)


def _offer(
    session: Session, form: NewTaskForm, dialogue: Dialogue, meeting: Meeting | None
) -> None:
    contacts = list_contacts(session, context.scope())
    form.contact.choices = contact_options(contacts, "Nobody yet")
    form.names_of_contacts = {str(contact.id): contact.full_name for contact in contacts}
    form.responsible.choices = options((p.party.name, p.party.name) for p in dialogue.parties)
    items = meeting.agenda if meeting else []
    form.agenda.choices = options(
        [("", "Under none"), *((item.label, f"{item.label}. {item.title}") for item in items)]
    )
    if _default_due(dialogue, meeting) is not None:
        months = dialogue.follow_up_months
        period = "A month" if months == 1 else f"{months} months"
        form.due_on.description = f"{period} after the meeting unless you change it"


def _wanted(form: NewTaskForm, dialogue: Dialogue, meeting: Meeting | None) -> NewTask:
    owners = []
    if form.contact.data:
        owners.append(Owner(form.names_of_contacts[form.contact.data], int(form.contact.data)))
    if form.name.data:
        owners.append(Owner(form.name.data))
    is_default = form.due_on.data == _default_due(dialogue, meeting)
    return NewTask(
        title=form.title.data or "",
        kind=form.kind.data or "",
        text=form.text.data or "",
        responsible=tuple(form.responsible.data or ()),
        owners=tuple(owners),
        agenda=form.agenda.data or None,
        due_on=form.due_on.data,
        due_basis="default" if is_default else "stated",
        marking=form.marking.data or "",
    )


def _page(
    session: Session, dialogue: Dialogue, form: NewTaskForm, code: int = 200
) -> tuple[str, int]:
    return render_template(
        "web/tasks/new.html",
        dialogue=dialogue,
        form=form,
        marking=marking_of_lines((), topic_markings(session, dialogue)),
    ), code
