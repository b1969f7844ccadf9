"""Pages of one task, and what people change on it.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Task
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.markings import join_markings
from tracker.policy.statuses import STATUSES
from tracker.queries.candidates import find_origin
from tracker.queries.people import list_contacts
from tracker.queries.tasks import changes_of, get_task, remarks_of
from tracker.services.change_task import Owner, TaskUpdate, change_task, current_values
from tracker.web import context, task_view
from tracker.web.evidence import why_of
from tracker.web.forms.tasks import (
    EditForm,
    OwnersForm,
    SeenForm,
    UpdateForm,
    key_of,
    party_options,
)
from tracker.web.lines import marking_of, task_address
from tracker.web.list_view import agreed_item_of
from tracker.web.security import safe_next

pages = Blueprint("tasks", __name__)
TASK = "/dialogues/<slug>/tasks/<int(max=999999999):number>"
_FIELD_WORDS = {
    "status": "Status",
    "deferred_until": "Deferred until",
    "due_on": "Due date",
    "owners": "Owners",
    "title": "Title",
    "text": "Text",
    "kind": "Kind",
    "responsible": "Who must act",
}


@pages.get(TASK)
def show(slug: str, number: int) -> ResponseReturnValue:
    """The page of a task."""
    with context.reading() as session:
        return _task_page(session, get_task(session, context.scope(), slug, number))


@pages.post(f"{TASK}/update")
def update(slug: str, number: int) -> ResponseReturnValue:
    """Saves status, due date and a remark, from the task's page or from a line of a board."""
    form = UpdateForm()
    with context.transaction() as session:
        task = get_task(session, context.scope(), slug, number, to_change=True)
        return _save(session, task, form, lambda: _update_of(form, task), "update")


@pages.post(f"{TASK}/owners")
def hand_over(slug: str, number: int) -> ResponseReturnValue:
    """Hands a task over to somebody else, or adds an owner."""
    form = OwnersForm(prefix="owners-")
    with context.transaction() as session:
        task = get_task(session, context.scope(), slug, number, to_change=True)
        _offer_owners(session, form, task)
        return _save(session, task, form, lambda: _owners_of(form, task), "owners")


@pages.get(f"{TASK}/edit")
def edit_page(slug: str, number: int) -> ResponseReturnValue:
    """The form for a task's wording; for editors and leads."""
    with context.reading() as session:
        task = get_task(session, context.scope(), slug, number)
        _require_editor(task)
        form = EditForm(formdata=None)
        form.responsible.choices = party_options(task)
        form.show(task)
        return _edit_page(task, form)


@pages.post(f"{TASK}/edit")
def edit(slug: str, number: int) -> ResponseReturnValue:
    """Saves a task's wording."""
    form = EditForm()
    with context.transaction() as session:
        task = get_task(session, context.scope(), slug, number, to_change=True)
        _require_editor(task)
        form.responsible.choices = party_options(task)
        return _save(session, task, form, lambda: _wording_of(form), "edit")


def _save(
    session: Session, task: Task, form: SeenForm, wanted: Callable[[], TaskUpdate], what: str
) -> ResponseReturnValue:
    """Makes the change that a form asks for; else gives the form back with what was typed."""
    _require_updater(task)
    if form.validate():
        try:
            changed = change_task(
                session,
                task,
                wanted(),
                seen_version=form.seen_version(task),
                actor=context.actor(),
                now=context.now(),
                today=context.today(),
            )
        except Conflict:
            return _conflict_page(session, task, form, what)
        except InvalidInput as error:
            form.take_error(error)
        else:
            flash(task_view.saved_words(task, changed), "success" if changed else "info")
            home = task_address(task.dialogue.slug, task.number)
            return redirect(safe_next(request.form.get("next"), home), 303)
    form.complete(task)
    if isinstance(form, EditForm):
        return _whole(_edit_page(task, form, 422))
    return _whole(
        _task_page(
            session,
            task,
            update_form=form if isinstance(form, UpdateForm) else None,
            owners_form=form if isinstance(form, OwnersForm) else None,
            code=422,
        )
    )


def _update_of(form: UpdateForm, task: Task) -> TaskUpdate:
    touched = form.touched
    if "due_on" in touched and form.due_on.data is None:
        raise InvalidInput("Give the new date; a due date can be moved, not taken away.", "due_on")
    has_status = "status" in touched or (
        "deferred_until" in touched and form.status.data == "deferred"
    )
    is_deferred = has_status and form.status.data == "deferred"
    return TaskUpdate(
        status=form.status.data if has_status else None,
        deferred_until=form.deferred_until.data if is_deferred else None,
        due_on=form.due_on.data if "due_on" in touched else None,
        reason=form.reason.data or "",
        remark=form.remark.data or "",
    )


def _owners_of(form: OwnersForm, task: Task) -> TaskUpdate:
    kept = [owner for owner in task.owners if key_of(owner) in (form.keep.data or [])]
    owners = [Owner(o.name, o.contact_id) for o in kept]
    if form.contact.data:
        name = form.names_of_contacts[form.contact.data]
        owners.append(Owner(name, int(form.contact.data)))
    if form.name.data:
        owners.append(Owner(form.name.data))
    if not form.contact.data and not form.name.data and len(kept) == len(task.owners):
        raise InvalidInput("Choose who takes the task over, or write a name.", "contact")
    return TaskUpdate(owners=tuple(dict.fromkeys(owners)), reason=form.reason.data or "")


def _wording_of(form: EditForm) -> TaskUpdate:
    touched = form.touched
    return TaskUpdate(
        title=form.title.data if "title" in touched else None,
        text=form.text.data if "text" in touched else None,
        kind=form.kind.data if "kind" in touched else None,
        responsible=tuple(form.responsible.data or ()) if "responsible" in touched else None,
    )


def _offer_owners(session: Session, form: OwnersForm, task: Task) -> None:
    form.offer_contacts(list_contacts(session, context.scope()))
    form.offer_to_keep(task)


def _may_update(task: Task) -> bool:
    owners = [owner.contact_id for owner in task.owners]
    return context.scope().may_update(task.dialogue_id, owners)


def _require_updater(task: Task) -> None:
    if not _may_update(task):
        raise NotAllowed("You can read this task; its owners, editors and leads change it.")


def _require_editor(task: Task) -> None:
    if not context.scope().may_edit(task.dialogue_id):
        raise NotAllowed("Only an editor or lead of the dialogue changes the wording of a task.")


def _task_page(
    session: Session,
    task: Task,
    *,
    update_form: UpdateForm | None = None,
    owners_form: OwnersForm | None = None,
    code: int = 200,
) -> tuple[str, int]:
    passage = task_view.passage_of(task)
    origin = find_origin(session, task)
    why = why_of(origin) if origin else None
    shown = [marking_of(task.marking), *(part.marking for part in (passage, why) if part)]
    shown += [marking_of(task.agenda_item.marking)] if task.agenda_item else []
    return render_template(
        "web/tasks/task.html",
        task=task,
        dialogue=task.dialogue,
        task_marking=marking_of(task.marking),
        marking=join_markings(shown),
        passage=passage,
        why=why,
        agreed=agreed_item_of(session, task),
        stream=task_view.stream_of(
            changes_of(session, task), remarks_of(session, task), context.person_zone()
        ),
        update_form=update_form or _fresh_update_form(task),
        owners_form=owners_form or _fresh_owners_form(session, task),
        hands_over=owners_form is not None,
        may_update=_may_update(task),
        may_edit=context.scope().may_edit(task.dialogue_id),
        today=context.today(),
    ), code


def _fresh_update_form(task: Task) -> UpdateForm:
    form = UpdateForm(formdata=None)
    form.show(task)
    form.offer_statuses(task, may_edit=context.scope().may_edit(task.dialogue_id))
    if request.args.get("status") in STATUSES:
        form.status.data = request.args["status"]
    return form


def _fresh_owners_form(session: Session, task: Task) -> OwnersForm:
    form = OwnersForm(prefix="owners-", formdata=None)
    _offer_owners(session, form, task)
    form.show(task)
    return form


def _edit_page(task: Task, form: EditForm, code: int = 200) -> tuple[str, int]:
    return render_template(
        "web/tasks/edit.html",
        task=task,
        dialogue=task.dialogue,
        marking=marking_of(task.marking),
        form=form,
    ), code


def _conflict_page(session: Session, task: Task, form: SeenForm, what: str) -> ResponseReturnValue:
    """Both versions side by side, and the same form again with what was typed, ready to be sent."""
    touched = form.touched
    theirs = current_values(task)
    yours = form.typed_words()
    versions = [
        (_FIELD_WORDS[name], theirs.get(name, "not set"), yours[name])
        for name in _FIELD_WORDS
        if name in yours and name in touched | form.ALWAYS
    ]
    since = task_view.meanwhile(changes_of(session, task), form.seen_history)
    form.show(task, keep=touched)
    page = render_template(
        "web/tasks/conflict.html",
        code=409,
        task=task,
        dialogue=task.dialogue,
        marking=marking_of(task.marking),
        form=form,
        what=what,
        versions=versions,
        meanwhile=since,
        next=request.form.get("next", ""),
    )
    return _whole((page, 409))


def _whole(page: tuple[str, int]) -> Response:
    """A page that takes the place of the whole of the one before, also where htmx asked for it."""
    response = make_response(page)
    response.headers["HX-Retarget"] = "#main"
    response.headers["HX-Reselect"] = "#main"
    response.headers["HX-Reswap"] = "outerHTML show:top"
    return response
