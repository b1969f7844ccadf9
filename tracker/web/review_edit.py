"""Editing a proposal before it becomes a task, and writing one for a passage that no rule picked.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.cable import Span
from tracker.models import CableRecord
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tracker.policy.markings import LEVELS, Marking, parse_marking
from tracker.queries import cables as queries
from tracker.queries.people import contacts_to_match
from tracker.services.add_missed import add_missed, propose_missed
from tracker.services.add_task import NewTask
from tracker.services.change_task import Owner
from tracker.services.review_candidates import accept_candidate, proposal_of
from tracker.services.understand_cable import agenda_titles, readable_text
from tracker.web import context
from tracker.web import review_view as view
from tracker.web.forms.choices import options
from tracker.web.forms.review import ProposalForm
from tracker.web.review import (
    candidate_part,
    is_partial,
    load,
    review_address,
)
from tracker.web.source_text import excerpt, place_of_shown, without_space

pages = Blueprint("review_edit", __name__)


@pages.route("/cables/<int:cable_id>/candidates/<int:candidate_id>/edit", methods=["GET", "POST"])
def edit_page(cable_id: int, candidate_id: int) -> ResponseReturnValue:
    """A candidate as a form; saving accepts it."""
    opened = context.transaction if request.method == "POST" else context.reading
    with opened() as session:
        cable = _editable(session, cable_id)
        candidate = queries.get_candidate(session, cable, candidate_id)
        proposal = proposal_of(candidate)
        form = _form(cable, proposal)
        status, message = 200, None
        if candidate.decision != "pending" and request.method == "GET":
            return redirect(review_address(cable_id, candidate_id), 303)
        if form.validate_on_submit():
            try:
                with session.begin_nested():
                    accept_candidate(
                        session,
                        candidate,
                        actor=context.actor(),
                        now=context.now(),
                        today=context.today(),
                        edited=_written(form, candidate.due_basis),
                    )
                return _after_saving(session, cable_id, candidate_id)
            except InvalidInput as error:
                form.take_error(error)
            except Conflict as error:
                status, message = 409, str(error)
        if form.errors or form.form_errors:
            status = 422
        span = (candidate.span_start, candidate.span_end)
        # Somebody may have merged or split it meanwhile; what was typed is shown all the same.
        row = load(session, cable_id).find_row(candidate_id) or view.Row(candidate)
        return _page(session, cable, form, span, row=row, message=message), status


@pages.route("/cables/<int:cable_id>/missed", methods=["GET", "POST"])
def missed_page(cable_id: int) -> ResponseReturnValue:
    """A task for the passage between ``from`` and ``to``, which no rule picked."""
    opened = context.transaction if request.method == "POST" else context.reading
    with opened() as session:
        cable = _editable(session, cable_id)
        span = _span_asked_for(cable)
        proposal = propose_missed(cable, span)
        form = _form(cable, proposal)
        status, message = 200, None
        if form.validate_on_submit():
            basis = "default" if form.due_on.data == proposal.due_on else "stated"
            try:
                with session.begin_nested():
                    task = add_missed(
                        session,
                        cable,
                        span,
                        _written(form, basis),
                        actor=context.actor(),
                        now=context.now(),
                        today=context.today(),
                    )
                flash(f"Task {task.number} was added.", "success")
                return redirect(review_address(cable_id, task.candidate_id), 303)
            except InvalidInput as error:
                form.take_error(error)
            except Conflict as error:
                status, message = 409, str(error)
        if form.errors or form.form_errors:
            status = 422
        return _page(session, cable, form, span, message=message), status


def _editable(session: Session, cable_id: int) -> CableRecord:
    cable = queries.get_cable(session, context.scope(), cable_id)
    if cable.dialogue_id is None:
        raise Conflict("Confirm dialogue and meeting of this cable first.")
    if not context.scope().may_edit(cable.dialogue_id):
        raise NotAllowed("Only an editor or lead of the dialogue decides on candidates.")
    return cable


def _span_asked_for(cable: CableRecord) -> Span:
    start = request.args.get("from", -1, type=int)
    end = request.args.get("to", -1, type=int)
    if not 0 <= start < end <= len(cable.text):
        raise NotFound("There is no such passage in this cable.")
    is_shown = "shown" in request.args  # Counted by a browser, in the text as it shows it.
    place = place_of_shown if is_shown else without_space
    span = place(cable.text, (start, end))
    if span[0] == span[1]:
        raise NotFound("There are no words in that passage.")
    return span


def _form(cable: CableRecord, proposal: NewTask) -> ProposalForm:
    parties = [entry.party.name for entry in cable.dialogue.parties] if cable.dialogue else []
    form = ProposalForm(
        title=proposal.title,
        kind=proposal.kind,
        agenda=proposal.agenda or "",
        responsible=[name for name in proposal.responsible if name in parties],
        others="; ".join(name for name in proposal.responsible if name not in parties),
        owners="; ".join(owner.name for owner in proposal.owners),
        due_on=proposal.due_on,
        marking=proposal.marking,
        text=proposal.text,
    )
    form.responsible.choices = options((name, name) for name in parties)
    agenda = ((label, f"{label}. {title}") for label, title in agenda_titles(cable).items())
    form.agenda.choices = options([("", "None"), *agenda])
    form.marking.choices = options((short, short) for short in _markings_from(proposal.marking))
    return form


def _markings_from(least: str) -> list[str]:
    """The passage's own marking and what is higher: a task never says less than its passage."""
    floor = parse_marking(least)
    above = LEVELS[LEVELS.index(floor.level) + 1 :]
    raised = (Marking(level, floor.caveats, floor.rel_to).short for level in above)
    return [floor.short, *raised]


def _written(form: ProposalForm, due_basis: str) -> NewTask:
    return NewTask(
        title=form.title.data or "",
        kind=form.kind.data,
        text=form.text.data or "",
        responsible=(*(form.responsible.data or ()), *form.others.names),
        owners=tuple(Owner(name) for name in form.owners.names),
        agenda=form.agenda.data or None,
        due_on=form.due_on.data,
        due_basis=due_basis,
        marking=form.marking.data,
    )


def _after_saving(session: Session, cable_id: int, candidate_id: int) -> ResponseReturnValue:
    review = load(session, cable_id)
    if is_partial():
        return candidate_part(review, candidate_id)
    following = view.next_pending(review.groups, candidate_id)
    task = review.row(candidate_id).task
    flash(f"Saved as task {task.number}." if task else "Saved.", "success")
    return redirect(review_address(cable_id, following), 303)


def _page(
    session: Session,
    cable: CableRecord,
    form: ProposalForm,
    span: Span,
    *,
    row: view.Row | None = None,
    message: str | None = None,
) -> str:
    template = "web/review/edit_part.html" if is_partial() else "web/review/edit.html"
    return render_template(
        template,
        cable=cable,
        form=form,
        row=row,
        message=message,
        passage=excerpt(readable_text(cable), span, 300),
        people=[
            contact.full_name for contact in contacts_to_match(session, cable.dialogue_id or 0)
        ],
        marking=parse_marking(cable.marking),
    )
