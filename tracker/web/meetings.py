"""Pages of a meeting before and after it: days, delegations, agenda, what is carried, closing.

Parse, call a service, redirect; no SQL here. The log and the agreed list have files of their own.
"""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Meeting
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.queries.dialogues import get_dialogue
from tracker.queries.meetings import carried_into, delegates_of, open_before
from tracker.queries.people import list_contacts
from tracker.services.close_meeting import close_meeting, find_open_ends, reopen_meeting
from tracker.services.prepare_meeting import (
    AgendaEntry,
    NewDelegate,
    add_delegate,
    add_meeting,
    agenda_seen,
    carry_over,
    change_days,
    days_seen,
    place_carried,
    remove_delegate,
    save_agenda,
)
from tracker.web import context, meeting_view
from tracker.web.forms.base import number_in
from tracker.web.forms.room import DaysForm, DelegateForm, PlaceForm, PlainForm, agenda_options
from tracker.web.log import find_meeting

pages = Blueprint("meetings", __name__)
MEETING = "/dialogues/<slug>/meetings/<int(max=999999):number>"
_BLANK_ROWS = 3


@pages.get(MEETING)
def show(slug: str, number: int) -> ResponseReturnValue:
    """A meeting: days, delegations, agenda with counts, cables, log and agreed list."""
    with context.reading() as session:
        meeting = find_meeting(session, slug, number)
        return meeting_view.meeting_page(session, meeting)


@pages.post("/dialogues/<slug>/meetings/")
def add(slug: str) -> ResponseReturnValue:
    """Starts the next meeting of the series."""
    with context.transaction() as session:
        dialogue = get_dialogue(session, context.scope(), slug)
        meeting = add_meeting(session, dialogue, actor=context.actor())
        carried = len(carried_into(session, meeting))
        address = f"{address_of(meeting)}/prepare"
    flash(f"Meeting {meeting.number} was added; {_tasks(carried)} carried into it.", "success")
    return redirect(address, 303)


@pages.get(f"{MEETING}/prepare")
def prepare(slug: str, number: int) -> ResponseReturnValue:
    """The forms for days, agenda, delegations and carried tasks."""
    with context.reading() as session:
        meeting = find_meeting(session, slug, number)
        return _prepare_page(session, meeting)


@pages.post(f"{MEETING}/days")
def save_days(slug: str, number: int) -> ResponseReturnValue:
    """Saves days and place."""
    form = DaysForm()
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        _require_editor(meeting)
        if form.validate():
            days = (form.starts_on.data, form.ends_on.data, form.place.data or "")
            try:
                seen = form.seen.data if form.seen.raw_data else None
                change_days(session, meeting, *days, actor=context.actor(), seen=seen)
            except InvalidInput as error:
                form.take_error(error)
            except Conflict as error:
                form.form_errors.append(str(error))
                return _prepare_page(session, meeting, days=form), 409
            else:
                return _saved(meeting, "Days and place were saved.", "days")
        return _prepare_page(session, meeting, days=form), 422


@pages.post(f"{MEETING}/agenda")
def save_items(slug: str, number: int) -> ResponseReturnValue:
    """Saves the agenda: titles, order, days and times."""
    form = PlainForm()
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        _require_editor(meeting)
        try:
            if not form.validate():
                raise InvalidInput("The form was open for too long. Send it again.")
            seen = request.form.get("seen")
            save_agenda(session, meeting, _agenda_entries(), actor=context.actor(), seen=seen)
        except Conflict as error:
            form.form_errors.append(str(error))
            rows = _typed_rows()
            known = {row["item"] for row in rows}
            rows += [meeting_view.row_of(i) for i in meeting.agenda if str(i.id) not in known]
            return _prepare_page(session, meeting, agenda=form, rows=rows), 409
        except InvalidInput as error:
            form.take_error(error)
            return _prepare_page(session, meeting, agenda=form, rows=_typed_rows()), 422
        return _saved(meeting, "The agenda was saved.", "agenda")


@pages.post(f"{MEETING}/delegates")
def save_delegate(slug: str, number: int) -> ResponseReturnValue:
    """Adds a person to a delegation."""
    form = DelegateForm()
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        _require_editor(meeting)
        form.offer(meeting, list_contacts(session, context.scope()))
        if form.validate():
            new = NewDelegate(
                party_id=int(form.party_id.data),
                role=form.function.data,
                name=form.name.data or "",
                contact_id=int(form.contact_id.data) if form.contact_id.data else None,
            )
            try:
                added = add_delegate(session, meeting, new, actor=context.actor())
            except InvalidInput as error:
                form.take_error(error)
            else:
                return _saved(meeting, f"{added.name} was added.", "delegations")
        return _prepare_page(session, meeting, delegate=form), 422


@pages.post(f"{MEETING}/delegates/<int(max=999999999):delegate_id>/remove")
def take_off(slug: str, number: int, delegate_id: int) -> ResponseReturnValue:
    """Takes a person off a delegation."""
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        name = remove_delegate(session, meeting, delegate_id, actor=context.actor())
        return _saved(meeting, f"{name} was taken off the delegation.", "delegations")


@pages.post(f"{MEETING}/carry")
def carry(slug: str, number: int) -> ResponseReturnValue:
    """Carries what is open of earlier meetings into this one."""
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        tasks = carry_over(session, meeting, actor=context.actor())
        return _saved(meeting, f"{_tasks(len(tasks))} carried into this meeting.", "carried")


@pages.post(f"{MEETING}/carried/<int(max=999999999):task>")
def place(slug: str, number: int, task: int) -> ResponseReturnValue:
    """Puts a carried task under another agenda item."""
    form = PlaceForm()
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        label = form.agenda.data or ""
        place_carried(session, meeting, task, label, actor=context.actor())
        return _saved(meeting, f"Task {task} was moved on the agenda.", "carried")


@pages.get(f"{MEETING}/agenda")
def annotated_agenda(slug: str, number: int) -> ResponseReturnValue:
    """The agenda to print: per item its objectives, open tasks and context."""
    with context.reading() as session:
        meeting = find_meeting(session, slug, number)
        return meeting_view.agenda_page(session, meeting)


@pages.route(f"{MEETING}/close", methods=["GET", "POST"])
def close(slug: str, number: int) -> ResponseReturnValue:
    """Says what is still open, closes the meeting, and starts the next one with it."""
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        _require_editor(meeting)
        if request.method == "GET":
            return meeting_view.close_page(session, meeting, find_open_ends(session, meeting))
        following = close_meeting(
            session,
            meeting,
            with_next=request.form.get("next_meeting") == "1",
            actor=context.actor(),
            now=context.now(),
        )
        words = f"Meeting {meeting.number} is closed."
        if following is None:
            return _saved(meeting, f"{words} What is open stays open.", None)
        carried = _tasks(len(carried_into(session, following)))
        return _saved(following, f"{words} {carried} carried into meeting {following.number}.", "")


@pages.post(f"{MEETING}/reopen")
def reopen(slug: str, number: int) -> ResponseReturnValue:
    """Takes the closing back."""
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        reopen_meeting(session, meeting, actor=context.actor())
        return _saved(meeting, f"Meeting {meeting.number} is open again.", None)


def address_of(meeting: Meeting) -> str:
    """Where a meeting's page stands."""
    return f"/dialogues/{meeting.dialogue.slug}/meetings/{meeting.number}"


def _saved(meeting: Meeting, words: str, part: str | None) -> ResponseReturnValue:
    """Back to the part of the preparation that was saved; None leads to the meeting's page."""
    flash(words, "success")
    address = address_of(meeting)
    return redirect(address if part is None else f"{address}/prepare#{part}", 303)


def _tasks(count: int) -> str:
    return f"{count} open task was" if count == 1 else f"{count} open tasks were"


def _require_editor(meeting: Meeting) -> None:
    if not context.scope().may_edit(meeting.dialogue_id):
        raise NotAllowed("Only an editor or lead of the dialogue prepares its meetings.")


def _prepare_page(
    session: Session,
    meeting: Meeting,
    *,
    days: DaysForm | None = None,
    agenda: PlainForm | None = None,
    delegate: DelegateForm | None = None,
    rows: list[dict[str, str]] | None = None,
) -> str:
    _require_editor(meeting)
    days_form = days or DaysForm(formdata=None, obj=meeting)
    days_form.seen.data = days_seen(meeting)
    new_delegate = delegate or DelegateForm(formdata=None)
    new_delegate.offer(meeting, list_contacts(session, context.scope()))
    carried = carried_into(session, meeting)
    return render_template(
        "web/room/prepare.html",
        dialogue=meeting.dialogue,
        meeting=meeting,
        base=address_of(meeting),
        days_form=days_form,
        agenda_seen=agenda_seen(meeting),
        agenda_form=agenda or PlainForm(formdata=None),
        delegate_form=new_delegate,
        rows=rows or [*map(meeting_view.row_of, meeting.agenda), *([{}] * _BLANK_ROWS)],
        delegates=delegates_of(session, meeting),
        carried=carried,
        to_carry=len(open_before(session, meeting)),
        agenda_choices=agenda_options(meeting.agenda),
        marking=meeting_view.marking_of_tasks([entry.task for entry in carried]),
        today=context.today(),
    )


_COLUMNS = ("item", "label", "title", "held_on", "from_time", "to_time")


def _typed_rows() -> list[dict[str, str]]:
    """The rows of the agenda as they were sent, in their order."""
    columns = [request.form.getlist(name) for name in _COLUMNS]
    return [dict(zip(_COLUMNS, row, strict=True)) for row in zip(*columns, strict=False)]


def _agenda_entries() -> list[AgendaEntry]:
    rows = _typed_rows()
    places = [row for row in rows if row["title"].strip()]
    order = request.form.getlist("order")
    if len(order) == len(rows):
        keys = {id(row): number_in(n, 10_000) for row, n in zip(rows, order, strict=True)}
        places.sort(key=lambda row: keys[id(row)])
    return [_entry(row) for row in places]


def _entry(row: dict[str, str]) -> AgendaEntry:
    where = f"Agenda item {row['label'].strip() or '?'}"
    try:
        return AgendaEntry(
            item_id=number_in(row["item"]) or None,
            label=row["label"],
            title=row["title"],
            held_on=dt.date.fromisoformat(row["held_on"]) if row["held_on"] else None,
            from_time=meeting_view.time_of_day(row["from_time"]),
            to_time=meeting_view.time_of_day(row["to_time"]),
        )
    except ValueError as error:
        raise InvalidInput(f"{where}: write days like 2008-01-10 and times like 09:30.") from error
