"""The notetaker's log of a meeting: one screen, a line at a time, with or without script.

Parse, call a service, redirect; no SQL here. Lines that a lost connection held up come here later.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import replace

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.extract.typed_line import unread_dates
from tracker.models import LogEntry, Meeting, Task
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.markings import Marking, join_markings
from tracker.policy.statuses import is_open
from tracker.queries.dialogues import get_dialogue, get_meeting
from tracker.queries.lines import level_of_typed, lines_to_settle
from tracker.queries.meetings import (
    carried_into,
    get_line,
    item_numbers,
    log_of,
    tasks_of_meeting,
)
from tracker.queries.people import contacts_to_match
from tracker.services.write_log import LineUpdate, NewLine, Written, change_line, write_log
from tracker.web import context
from tracker.web.forms.base import number_of
from tracker.web.forms.room import ChangeLineForm, LineForm
from tracker.web.lines import marking_of

pages = Blueprint("log", __name__)
LOG = "/dialogues/<slug>/meetings/<int(max=999999):number>/log"


@pages.get(LOG)
def show(slug: str, number: int) -> ResponseReturnValue:
    """The log, with the form for the next line; ``?task=`` begins with an objective."""
    with context.reading() as session:
        meeting = find_meeting(session, slug, number)
        return _page(session, meeting, _fresh_form(session, meeting))


@pages.post(LOG)
def write(slug: str, number: int) -> ResponseReturnValue:
    """Stores a line. The script asks for the lines alone; a browser without it is led back."""
    form = LineForm()
    is_script = request.headers.get("X-Log") == "1"
    if is_script and form.person.data not in ("", str(context.actor().contact_id)):
        # Lines that somebody kept in this browser are not sent under another's name.
        return Response("Somebody else is signed in.", 409, content_type="text/plain")
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        form.offer(meeting)
        try:
            [written] = write_log(
                session,
                meeting,
                [_line_of(form, meeting, is_script=is_script)],
                actor=context.actor(),
                now=context.now(),
                today=context.today(),
            )
        except InvalidInput as error:
            if is_script:
                return Response(str(error), 422, content_type="text/plain; charset=utf-8")
            form.take_error(error)
            return _page(session, meeting, form), 422
        if is_script:
            return _stored(session, meeting, written)
    for doubt in written.doubts:
        flash(f"Line {written.entry.number}: {doubt}. It stays in the text.", "warning")
    item = written.entry.agenda_item
    there = url_for(".show", slug=slug, number=number, agenda=item.label if item else "")
    return redirect(f"{there}#line", 303)


@pages.route(f"{LOG}/<int(max=999999):line>", methods=["GET", "POST"])
def change(slug: str, number: int, line: int) -> ResponseReturnValue:
    """One line, to be worded anew, put under another item, deferred or dropped."""
    form = ChangeLineForm()
    with context.transaction() as session:
        meeting = find_meeting(session, slug, number)
        if not context.scope().may_log(meeting.dialogue_id):
            raise NotAllowed("The log is kept by the dialogue's notetakers, editors and leads.")
        entry = get_line(session, meeting, line)
        form.offer(meeting)
        if request.method == "GET":
            form.show(entry)
            return _line_page(session, meeting, entry, form)
        return _change(session, meeting, entry, form)


def find_meeting(session: Session, slug: str, number: int) -> Meeting:
    """The meeting within the person's own dialogues; raises NotFound."""
    return get_meeting(session, get_dialogue(session, context.scope(), slug), number)


def _change(
    session: Session, meeting: Meeting, entry: LogEntry, form: ChangeLineForm
) -> ResponseReturnValue:
    update = LineUpdate(
        typed=form.typed.data or "",
        agenda=form.agenda.data or "",
        responsible=form.parties(meeting),
        state=form.state.data or "open",
        reason=form.reason.data or "",
    )
    try:
        doubts = change_line(
            session,
            entry,
            update,
            seen_version=number_of(form.version),
            actor=context.actor(),
            now=context.now(),
            today=context.today(),
        )
    except Conflict as error:
        form.version.data = str(entry.version)
        theirs = error.current.get("text", "")
        return _line_page(session, meeting, entry, form, theirs=theirs), 409
    except InvalidInput as error:
        form.take_error(error)
        return _line_page(session, meeting, entry, form), 422
    for doubt in doubts:
        flash(f"{doubt}. It stays in the text.", "warning")
    flash(f"Line {entry.number} was saved.", "success")
    return redirect(f"{log_address(meeting)}#line-{entry.number}", 303)


def log_address(meeting: Meeting) -> str:
    """Where the meeting's log stands."""
    return f"/dialogues/{meeting.dialogue.slug}/meetings/{meeting.number}/log"


def _line_of(form: LineForm, meeting: Meeting, *, is_script: bool) -> NewLine:
    line = NewLine(
        client_id=form.client_id.data or "",
        typed=form.typed.data or "",
        agenda=form.agenda.data or None,
        responsible=form.parties(meeting),
        task_number=number_of(form.task) or None,
        state=form.state.data or "open",
        reason=form.reason.data or "",
    )
    return line if is_script else replace(line, client_id=_id_by_content(line))


def _id_by_content(line: NewLine) -> str:
    """The form of a page that somebody went back to has the id it had before, and may hold
    another line by now: the same words sent twice are one line, other words are another."""
    said = repr((line.typed, line.agenda, line.responsible, line.task_number, line.state))
    digest = hashlib.sha256(f"{said}{line.reason}".encode("utf-8", "replace")).hexdigest()
    return f"{line.client_id[:27]}-{digest[:12]}"


def _fresh_form(session: Session, meeting: Meeting) -> LineForm:
    form = LineForm(formdata=None)
    form.offer(meeting)
    form.client_id.data = str(uuid.uuid4())
    form.agenda.data = request.args.get("agenda", "")
    asked = request.args.get("task", "")
    for task in _objectives(session, meeting):
        if str(task.number) == asked:
            form.task.data, form.typed.data = asked, task.title
            form.agenda.data = task.agenda_item.label if task.agenda_item else ""
            form.state.data = request.args.get("state", "open")
    return form


def _objectives(session: Session, meeting: Meeting) -> list[Task]:
    """What was brought into the room: the meeting's own open tasks and those carried into it."""
    own = tasks_of_meeting(session, meeting)
    carried = [entry.task for entry in carried_into(session, meeting)]
    taken = {entry.task_id for entry in log_of(session, meeting)}
    found = {task.id: task for task in (*own, *carried)}
    return [t for t in found.values() if is_open(t.status) and t.id not in taken]


def render_lines(session: Session, meeting: Meeting) -> str:
    """The lines of the log as they now stand."""
    return render_template("web/room/log_lines.html", **_lines(session, meeting), doubts={})


def fingerprint(html: str) -> str:
    """By which a page that has the lines tells whether they are still the same."""
    return hashlib.sha256(html.encode()).hexdigest()[:16]


def _stored(session: Session, meeting: Meeting, written: Written) -> Response:
    """The lines as they now stand, and which line the server has."""
    # A date that was not understood is said at its line for as long as it stands there.
    unread = unread_dates(written.entry.text)
    passing = [d for d in written.doubts if not any(words in d for words in unread)]
    doubts = {written.entry.id: passing}
    response = make_response(
        render_template("web/room/log_lines.html", **_lines(session, meeting), doubts=doubts)
    )
    response.headers["X-Log-Stored"] = written.entry.client_id
    return response


def _lines(session: Session, meeting: Meeting) -> dict[str, object]:
    return {
        "entries": log_of(session, meeting),
        "numbers": item_numbers(session, meeting),
        "base": log_address(meeting),
        "may_log": context.scope().may_log(meeting.dialogue_id),
        "today": context.today(),
        "unread": unread_dates,
        "to_settle": len(lines_to_settle(session, meeting)),
    }


def _page(session: Session, meeting: Meeting, form: LineForm) -> str:
    objectives = _objectives(session, meeting)
    return render_template(
        "web/room/log.html",
        dialogue=meeting.dialogue,
        meeting=meeting,
        form=form,
        objectives=[(task, marking_of(task.marking)) for task in objectives],
        names=[contact.full_name for contact in contacts_to_match(session, meeting.dialogue_id)],
        person=context.actor().contact_id,
        may_edit=context.scope().may_edit(meeting.dialogue_id),
        marking=marking_of_log(session, meeting, log_of(session, meeting), objectives),
        doubts={},
        known=fingerprint(render_lines(session, meeting)),
        **_lines(session, meeting),
    )


def marking_of_log(
    session: Session,
    meeting: Meeting,
    entries: Sequence[LogEntry],
    objectives: Sequence[Task] = (),
) -> Marking | None:
    """That of what the log shows: objectives, lines drawn from one, lines that were typed, and
    topics that are classified."""
    shown = [*(task.marking for task in objectives)]
    tasks = [entry.task for entry in entries if entry.task is not None]
    shown += [(t.agreed_marking if t.agreed_text else None) or t.marking for t in tasks]
    shown += [item.marking for item in meeting.agenda if item.marking != "U"]
    if len(tasks) < len(entries):
        shown.append(level_of_typed(session, meeting))
    return join_markings(map(marking_of, shown)) if shown else None


def _line_page(
    session: Session,
    meeting: Meeting,
    entry: LogEntry,
    form: ChangeLineForm,
    theirs: str = "",
) -> str:
    return render_template(
        "web/room/line.html",
        dialogue=meeting.dialogue,
        meeting=meeting,
        entry=entry,
        form=form,
        theirs=theirs,
        marking=marking_of_log(session, meeting, [entry]),
    )
