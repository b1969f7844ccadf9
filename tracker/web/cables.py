"""Pages of importing a cable and confirming what was understood, and of its source.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from tracker.models import CableRecord, Contact
from tracker.policy.errors import Conflict, InvalidInput, NotFound
from tracker.queries import cables as queries
from tracker.queries.dialogues import list_dialogues
from tracker.queries.people import list_parties
from tracker.queries.versions import find_version_before
from tracker.services.confirm_cable import Confirmation, confirm_cable, draw_candidates
from tracker.services.import_cable import find_imported, import_cable, read_cable, require_own_side
from tracker.services.installation_lexicon import read_installation_lexicon
from tracker.services.suggest_confirmation import suggest_name, suggest_parties
from tracker.services.understand_cable import Understanding, recall
from tracker.web import confirm_view as view
from tracker.web import context
from tracker.web.errors import status_of
from tracker.web.forms.cables import NEW, OTHER, UNKNOWN, ConfirmForm, ImportForm
from tracker.web.forms.choices import options
from tracker.web.source_text import cut

pages = Blueprint("cables", __name__)
MEGABYTE = 1024 * 1024


@pages.route("/cables/import", methods=["GET", "POST"])
def import_page() -> ResponseReturnValue:
    """Takes a file or pasted text; goes on to what was understood of it."""
    with context.reading() as session:
        require_own_side(session, context.actor())
    form = ImportForm()
    if not form.validate_on_submit():
        return _import_page(form, 422 if form.is_submitted() else 200)
    try:
        data, filename = _what_was_sent(form)
        return _import(form, data, filename)
    except InvalidInput as error:
        form.take_error(InvalidInput(str(error), error.field or _field_used(form)))
        return _import_page(form, status_of(error))


def _import(form: ImportForm, data: bytes, filename: str) -> ResponseReturnValue:
    """Reads before the transaction begins: other people's work would wait for it."""
    actor, now, limit = context.actor(), context.now(), context.settings().max_upload_bytes
    with context.reading() as session:
        known = find_imported(session, data, actor=actor)
        if known is not None:
            return _import_page(form, 200, known=known)
    read = read_cable(data, filename, today=now.date(), max_bytes=limit, lexicon=context.lexicon())
    with context.transaction() as session:
        result = import_cable(
            session, data, filename, actor=actor, now=now, max_bytes=limit, read=read
        )
        if result.is_known:
            return _import_page(form, 200, known=result.cable)
        return redirect(url_for("cables.confirm_page", cable_id=result.cable.id), 303)


@pages.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """The page of importing again, with the limit; the body was not read."""
    form = ImportForm(formdata=None)
    limit = context.settings().max_upload_bytes // MEGABYTE
    form.take_error(
        InvalidInput(
            f"That is larger than {limit} MB, the most that the tracker takes; nothing of it was "
            "stored. Send the text of the cable alone, or paste it below.",
            "file",
        )
    )
    return _import_page(form, 413)


def _what_was_sent(form: ImportForm) -> tuple[bytes, str]:
    upload, pasted = request.files.get(form.file.name), form.text.data or ""
    is_file = upload is not None and bool(upload.filename)
    if is_file and pasted.strip():
        raise InvalidInput("Send a file or paste the text, not both.")
    if upload is not None and is_file:
        return upload.read(), upload.filename or ""
    if not pasted.strip():
        raise InvalidInput("Choose a file or paste the text of the cable.", "text")
    # A browser sends the lines of a text area with CR LF, whatever they had.
    return pasted.replace("\r\n", "\n").encode(), "pasted text.txt"


def _field_used(form: ImportForm) -> str:
    return "text" if (form.text.data or "").strip() else "file"


def _import_page(
    form: ImportForm, status: int, known: CableRecord | None = None
) -> tuple[str, int]:
    with context.reading() as session:
        waiting = queries.unconfirmed_cables(session, context.scope())
        page = render_template(
            "web/cables/import.html",
            form=form,
            known=known,
            waiting=[cable for cable in waiting if known is None or cable.id != known.id],
            limit=context.settings().max_upload_bytes // MEGABYTE,
            lexicon_error=read_installation_lexicon(context.settings().instance).error,
            **(view.marking_shown(known) if known else {}),
        )
    return page, status


@pages.route("/cables/<int:cable_id>/confirm", methods=["GET", "POST"])
def confirm_page(cable_id: int) -> ResponseReturnValue:
    """What was understood, each doubt as a question; draws the candidates once it is settled."""
    if request.method == "POST":
        try:
            with context.reading() as session:
                drawn = _draw_beforehand(session, cable_id)
            with context.transaction() as session:
                return _answer_confirmation(session, cable_id, drawn)
        except NotFound:
            # Of two clicks the second, which began before the dialogue was made, cannot see the
            # cable any more. The review can, or says like this page that there is none.
            return redirect(url_for("review.review_page", cable_id=cable_id), 303)
    with context.reading() as session:
        return _answer_confirmation(session, cable_id)


def _draw_beforehand(session: Session, cable_id: int) -> Understanding | None:
    """What the confirmed days make of the cable, drawn before the transaction begins, since other
    people's work would wait for it; None where the form will be given back."""
    cable = queries.get_cable(session, context.scope(), cable_id)
    form = _confirm_form(session, recall(cable)) if cable.dialogue_id is None else None
    if form is None or not form.validate():
        return None
    with suppress(InvalidInput):
        return draw_candidates(cable, _confirmation(session, form), lexicon=context.lexicon())
    return None


def _answer_confirmation(
    session: Session, cable_id: int, drawn: Understanding | None = None
) -> ResponseReturnValue:
    cable = queries.get_cable(session, context.scope(), cable_id)
    if cable.dialogue_id is not None:
        return redirect(url_for("review.review_page", cable_id=cable.id), 303)
    if "separate" not in request.args and find_version_before(session, context.scope(), cable):
        return redirect(url_for("versions.version_page", cable_id=cable.id), 303)
    understood = recall(cable)
    form = _confirm_form(session, understood)
    if form.validate_on_submit():
        try:
            with session.begin_nested():
                return _confirm(session, cable, form, drawn)
        except Conflict as error:
            flash(str(error), "info")
            return redirect(url_for("review.review_page", cable_id=cable.id), 303)
        except InvalidInput as error:
            field = "own" if error.field == "parties" else error.field
            form.take_error(InvalidInput(str(error), field))
    return _confirm_page(session, cable, understood, form)


def _confirm_form(session: Session, understood: Understanding) -> ConfirmForm:
    scope, extraction = context.scope(), understood.extraction
    dialogues = [d for d in list_dialogues(session, scope) if scope.may_edit(d.id)]
    suggested = view.suggested_dialogue(dialogues, extraction)
    own, other = view.suggested_sides(suggest_parties(extraction), _own_party(session))
    dates = view.date_choices(understood)
    form = ConfirmForm(
        dialogue=str(suggested.id) if suggested else NEW,
        name=suggest_name(extraction),
        own=own,
        other=other,
        dates=dates[0].value if len(dates) == 1 else None,
        follow_up_months=extraction.meeting.follow_up_months,
    )
    form.dialogue.choices = options([*((d.id, d.name) for d in dialogues), (NEW, "A new dialogue")])
    form.dates.choices = options(
        [
            *((choice.value, choice.words) for choice in dates),
            (OTHER, "Other dates" if dates else "Enter the dates"),
            (UNKNOWN, "Not known yet"),
        ]
    )
    if understood.is_marked:
        del form.marking
    return form


def _own_party(session: Session) -> str | None:
    contact_id = context.actor().contact_id
    contact = session.get(Contact, contact_id) if contact_id is not None else None
    return contact.party.name if contact is not None and contact.party is not None else None


def _confirm(
    session: Session, cable: CableRecord, form: ConfirmForm, drawn: Understanding | None
) -> ResponseReturnValue:
    confirm_cable(
        session,
        cable,
        _confirmation(session, form),
        actor=context.actor(),
        now=context.now(),
        lexicon=context.lexicon(),
        drawn=drawn,
    )
    flash("Confirmed. Now decide which of these become tasks.", "success")
    return redirect(url_for("review.review_page", cable_id=cable.id), 303)


def _confirmation(session: Session, form: ConfirmForm) -> Confirmation:
    starts_on, ends_on = _dates(form)
    dialogues = {str(d.id): d for d in list_dialogues(session, context.scope())}
    return Confirmation(
        dialogue=dialogues.get(form.dialogue.data),
        name=form.name.data or "",
        parties=(form.own.data or "", form.other.data or ""),
        starts_on=starts_on,
        ends_on=ends_on,
        follow_up_months=form.follow_up_months.data or 0,
        marking=form.marking.data if "marking" in form else None,
    )


def _dates(form: ConfirmForm) -> tuple[dt.date | None, dt.date | None]:
    if form.dates.data == UNKNOWN:
        return None, None
    if form.dates.data != OTHER:
        first, _, last = str(form.dates.data).partition("/")
        return dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    if form.starts_on.data is None:
        raise InvalidInput("Give the first day of the meeting.", "starts_on")
    return form.starts_on.data, form.ends_on.data or form.starts_on.data


def _confirm_page(
    session: Session, cable: CableRecord, understood: Understanding, form: ConfirmForm
) -> ResponseReturnValue:
    items = understood.extraction.items
    page = render_template(
        "web/cables/confirm.html",
        cable=cable,
        form=form,
        understood=understood,
        header=view.header_facts(understood),
        notices=view.notices(cable, understood, context.today()),
        date_choices=view.date_choices(understood),
        follow_up=view.follow_up_passage(understood),
        parties=[party.name for party in list_parties(session)],
        likely=sum(item.tier == "likely" for item in items),
        possible=sum(item.tier == "possible" for item in items),
        **view.marking_shown(cable),
        NEW=NEW,
        OTHER=OTHER,
    )
    return page, 422 if form.is_submitted() else 200


@pages.get("/cables/<int:cable_id>/source")
def source_page(cable_id: int) -> ResponseReturnValue:
    """The text alone; ``from`` and ``to`` light one passage, which is at #passage."""
    with context.reading() as session:
        cable = queries.get_cable(session, context.scope(), cable_id)
        start, end = (request.args.get(name, type=int) for name in ("from", "to"))
        passages = [] if start is None or end is None else [(1, (start, end))]
        return render_template(
            "web/cables/source.html",
            cable=cable,
            pieces=cut(cable.text, passages),
            **view.marking_shown(cable),
        )


@pages.get("/cables/<int:cable_id>/original")
def original(cable_id: int) -> Response:
    """The bytes as they were imported, never shown by the browser itself."""
    with context.reading() as session:
        cable = queries.get_original(session, context.scope(), cable_id)
        return send_file(
            BytesIO(cable.original),
            mimetype="application/octet-stream",
            as_attachment=True,
            download_name=_safe_filename(cable.filename),
        )


def _safe_filename(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if c.isalnum() or c in " ._-()").strip(" .")
    return kept[:150] or "cable.txt"
