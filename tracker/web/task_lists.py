"""Pages of the task list, of one dialogue or of all of a person's, and changing many at once.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Dialogue
from tracker.policy.errors import InvalidInput, NotAllowed
from tracker.policy.history_words import names_in_words
from tracker.queries.boards import topic_markings
from tracker.queries.dialogues import agenda_of, get_dialogue, list_dialogues
from tracker.queries.people import list_contacts
from tracker.queries.task_filters import Asked, TaskFilter
from tracker.queries.tasks import list_tasks, owner_choices, tasks_to_change
from tracker.services.change_many import Outcome, Pick, change_many
from tracker.services.change_task import Owner, TaskUpdate
from tracker.web import context
from tracker.web.dialogues import list_address
from tracker.web.forms import task_filters as words
from tracker.web.forms.base import number_in
from tracker.web.forms.change_many import ChangeManyForm, read_picks
from tracker.web.lines import lines_of, marking_of_lines

pages = Blueprint("task_lists", __name__)
_NAMED = 12
"""How many numbers a message names before it only counts."""


@pages.get("/tasks")
def everywhere() -> ResponseReturnValue:
    """The tasks of all dialogues of the person."""
    with context.reading() as session:
        return _list_page(session, None)


@pages.get("/dialogues/<slug>/tasks")
def tasks(slug: str) -> ResponseReturnValue:
    """The tasks of a dialogue."""
    with context.reading() as session:
        dialogue = get_dialogue(session, context.scope(), slug)
        return _list_page(session, dialogue)


@pages.post("/dialogues/<slug>/tasks")
def change(slug: str) -> ResponseReturnValue:
    """Changes the ticked tasks at once; the address keeps its filters."""
    form = ChangeManyForm()
    try:
        with context.transaction() as session:
            dialogue = get_dialogue(session, context.scope(), slug)
            _require_some_right(dialogue)
            form.offer_contacts(list_contacts(session, context.scope()))
            if not form.validate():
                return _list_page(session, dialogue, form)
            outcome = change_many(
                session,
                _picks(session, dialogue),
                _update_of(form),
                actor=context.actor(),
                now=context.now(),
                today=context.today(),
            )
    except InvalidInput as error:
        form.take_error(error)
        with context.reading() as session:
            return _list_page(session, get_dialogue(session, context.scope(), slug), form)
    _tell(outcome)
    return redirect(request.full_path.rstrip("?"), 303)


def _require_some_right(dialogue: Dialogue) -> None:
    roles = context.scope().roles.get(dialogue.id, frozenset())
    if not (context.scope().may_edit(dialogue.id) or "owner" in roles):
        raise NotAllowed("You can read these tasks; owners, editors and leads change them.")


def _picks(session: Session, dialogue: Dialogue) -> list[Pick]:
    seen = read_picks(request.form.getlist("pick"))
    found = tasks_to_change(session, context.scope(), dialogue, list(seen))
    return [Pick(task, seen[task.number].version_for(task)) for task in found]


def _update_of(form: ChangeManyForm) -> TaskUpdate:
    owners = None
    if form.contact.data:
        owners = (Owner(form.names_of_contacts[form.contact.data], int(form.contact.data)),)
    elif form.name.data:
        owners = (Owner(form.name.data),)
    is_deferred = form.status.data == "deferred"
    return TaskUpdate(
        status=form.status.data or None,
        deferred_until=form.deferred_until.data if is_deferred else None,
        due_on=form.due_on.data,
        owners=owners,
        remark=form.remark.data or "",
        reason=form.reason.data or "",
    )


def _tell(outcome: Outcome) -> None:
    if outcome.changed:
        flash(f"{_tasks(outcome.changed)} changed.", "success")
    if outcome.unchanged:
        flash(f"{_tasks(outcome.unchanged)} already as asked.", "info")
    for why in dict.fromkeys(outcome.left.values()):
        numbers = [number for number, reason in outcome.left.items() if reason == why]
        flash(f"{_tasks(numbers)} left as it stands: {why}.", "warning")


def _tasks(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Task {numbers[0]} was"
    if len(numbers) <= _NAMED:
        return f"{len(numbers)} tasks ({names_in_words(numbers)}) were"
    return f"{len(numbers):,} tasks were"


def _list_page(
    session: Session, dialogue: Dialogue | None, form: ChangeManyForm | None = None
) -> tuple[str, int]:
    choices = _choices(session, dialogue)
    filters, problems = words.read_filter(request.args, choices)
    found = list_tasks(
        session, context.scope(), dialogue, filters, _asked(filters), page=_page_number()
    )
    lines = lines_of(found.tasks, context.scope())
    may_change = dialogue is not None and any(line.may_update for line in lines)
    return render_template(
        "web/tasks/list.html",
        dialogue=dialogue,
        filters=filters,
        choices=choices,
        words=words,
        chips=[
            (chip, list_address(dialogue, chip.rest)) for chip in words.chips_of(filters, choices)
        ],
        problems=problems,
        page=found,
        lines=lines,
        orders=[
            (name, label, list_address(dialogue, TaskFilter(**_with_order(filters, name))))
            for name, label in words.ORDER_WORDS.items()
        ],
        clear_href=list_address(dialogue, TaskFilter(order=filters.order)),
        form=_bulk_form(session, form) if may_change or form else None,
        picked=read_picks(request.form.getlist("pick")),
        marking=marking_of_lines(lines, topic_markings(session, dialogue) if dialogue else ()),
        may_edit=dialogue is not None and context.scope().may_edit(dialogue.id),
        today=context.today(),
    ), (422 if form is not None else 200)


def _with_order(filters: TaskFilter, order: str) -> dict[str, str]:
    return {**filters.as_query(), "order": order}


def _bulk_form(session: Session, form: ChangeManyForm | None) -> ChangeManyForm:
    form = form or ChangeManyForm(formdata=None)
    form.offer_contacts(list_contacts(session, context.scope()))
    return form


def _choices(session: Session, dialogue: Dialogue | None) -> words.Choices:
    owners = owner_choices(session, context.scope(), dialogue.id if dialogue else None)
    if dialogue is None:
        sides = [d.parties for d in list_dialogues(session, context.scope())]
        return words.Choices(owners, sorted({p.party.name for side in sides for p in side}), {})
    agenda: dict[str, str] = {}
    for item in agenda_of(session, dialogue.id):
        agenda.setdefault(item.label, f"{item.label}. {item.title}")
    parties = [entry.party.name for entry in dialogue.parties]
    return words.Choices(owners, parties, agenda)


def _asked(filters: TaskFilter) -> Asked:
    account = getattr(g, "account", None)
    since = {
        "visit": getattr(account, "last_visit_at", None) or context.now(),
        "day": context.now() - dt.timedelta(days=1),
        "week": context.now() - dt.timedelta(days=7),
    }.get(filters.changed)
    scope = context.scope()
    lead_of = tuple(i for i in scope.dialogue_ids if scope.may_lead(i))
    return Asked(context.today(), scope.contact_id, since, lead_of)


def _page_number() -> int:
    text = request.args.get("page", "1")
    return number_in(text, 1)
