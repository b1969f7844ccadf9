"""What the log leaves open before a list can be drawn from it: who must act, and dates misread.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.extract.typed_line import unread_dates
from tracker.models import LogEntry, Meeting
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.queries.lines import lines_to_settle
from tracker.services.draft_list import draft_list
from tracker.services.write_log import LineUpdate, change_line
from tracker.web import context
from tracker.web.forms.base import number_of
from tracker.web.forms.room import QuestionForm
from tracker.web.list_view import list_address
from tracker.web.log import LOG, find_meeting, log_address, marking_of_log

pages = Blueprint("log_questions", __name__)
QUESTIONS = f"{LOG}/questions"
Question = tuple[LogEntry, QuestionForm]


def questions_address(meeting: Meeting) -> str:
    """Where the open questions of a meeting's log stand."""
    return f"{log_address(meeting)}/questions"


@pages.get(QUESTIONS)
def show(slug: str, number: int) -> ResponseReturnValue:
    """The lines that leave something open, each with what is asked."""
    with context.reading() as session:
        meeting = find_meeting(session, slug, number)
        _require_notetaker(meeting)
        entries = lines_to_settle(session, meeting)
        if not entries:
            return redirect(log_address(meeting), 303)
        return _page(session, meeting, [(e, _fresh_form(meeting, e)) for e in entries])


@pages.post(QUESTIONS)
def answer(slug: str, number: int) -> ResponseReturnValue:
    """Stores what was answered; once nothing is open the list can be drawn up at once."""
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        _require_notetaker(meeting)
        entries = lines_to_settle(session, meeting)
        forms = {entry.id: _sent_form(meeting, entry) for entry in entries}
        for entry in entries:
            _settle(session, meeting, entry, forms[entry.id])
        left = [(entry, forms[entry.id]) for entry in lines_to_settle(session, meeting)]
        if left:
            return _page(session, meeting, left), 422
        return _go_on(session, meeting)


def _go_on(session: Session, meeting: Meeting) -> ResponseReturnValue:
    wants_list = request.form.get("act") == "draw"
    if not wants_list or not context.scope().may_edit(meeting.dialogue_id):
        flash("The log leaves nothing open now.", "success")
        return redirect(log_address(meeting), 303)
    try:
        with session.begin_nested():
            draft = draft_list(session, meeting, actor=context.actor(), now=context.now())
    except InvalidInput as error:
        flash(str(error), "warning")
        return redirect(log_address(meeting), 303)
    flash("The draft stands as the log does. Nobody but your side sees it yet.", "success")
    return redirect(list_address(draft), 303)


def _settle(session: Session, meeting: Meeting, entry: LogEntry, form: QuestionForm) -> None:
    """Stores one answer, or says at its field what is still missing."""
    update = LineUpdate(
        typed=form.typed.data or None if form.asks_date else None,
        responsible=form.parties(meeting) or None if form.asks_side else None,
    )
    try:
        with session.begin_nested():
            change_line(
                session,
                entry,
                update,
                seen_version=number_of(form.version),
                actor=context.actor(),
                now=context.now(),
                today=context.today(),
            )
    except Conflict as error:
        form.show_line(entry)
        form.form_errors.append(f"Line {entry.number}: {error} It is shown as it stands now.")
        return
    except InvalidInput as error:
        form.take_error(error)
        return
    form.version.data = str(entry.version)
    form.say_what_is_missing(bool(entry.responsible), unread_dates(entry.text))


def _fresh_form(meeting: Meeting, entry: LogEntry) -> QuestionForm:
    form = QuestionForm(formdata=None, prefix=f"line-{entry.number}-")
    form.ask(meeting, entry)
    form.show_line(entry)
    return form


def _sent_form(meeting: Meeting, entry: LogEntry) -> QuestionForm:
    form = QuestionForm(prefix=f"line-{entry.number}-")
    form.ask(meeting, entry)
    return form


def _require_notetaker(meeting: Meeting) -> None:
    if not context.scope().may_log(meeting.dialogue_id):
        raise NotAllowed("The log is kept by the dialogue's notetakers, editors and leads.")


def _page(session: Session, meeting: Meeting, questions: Sequence[Question]) -> str:
    return render_template(
        "web/room/log_questions.html",
        dialogue=meeting.dialogue,
        meeting=meeting,
        questions=questions,
        unread=unread_dates,
        may_edit=context.scope().may_edit(meeting.dialogue_id),
        marking=marking_of_log(session, meeting, [entry for entry, _ in questions]),
    )
