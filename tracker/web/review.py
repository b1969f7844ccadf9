"""Pages of reviewing the candidates of a cable.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from tracker.models import CableRecord, Candidate
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tracker.policy.markings import parse_marking
from tracker.queries import cables as queries
from tracker.queries import candidates as made
from tracker.queries import versions
from tracker.queries.people import contacts_to_match
from tracker.services.review_candidates import (
    accept_candidate,
    accept_likely,
    reject_candidate,
)
from tracker.services.undo_decision import undo_decision
from tracker.web import context
from tracker.web import review_view as view
from tracker.web.forms.review import DecideForm, SelectedForm

pages = Blueprint("review", __name__)
_MOST_TICKED = 400


@dataclass(frozen=True, slots=True)
class Review:
    """A cable under review, as loaded for one request."""

    cable: CableRecord
    rows: list[view.Row]
    groups: list[view.Group]
    revision: int
    """What of the review's decisions this holds; see queries/candidates."""
    later: CableRecord | None = None
    """The corrected copy that has replaced the cable, and in which decisions are made since."""

    @property
    def progress(self) -> view.Progress:
        """How far it is."""
        return view.progress_of(self.rows)

    def row(self, candidate_id: int) -> view.Row:
        """The row of one candidate; raises NotFound for one that stands aside."""
        found = self.find_row(candidate_id)
        if found is None:
            raise NotFound("That candidate was merged, split or withdrawn; open the review again.")
        return found

    def find_row(self, candidate_id: int) -> view.Row | None:
        """The row of one candidate; None for one that stands aside."""
        return next((row for row in self.rows if row.candidate.id == candidate_id), None)


def load(session: Session, cable_id: int) -> Review:
    """The review of a cable; raises NotFound. An unconfirmed cable has none yet: Conflict."""
    cable = queries.get_cable(session, context.scope(), cable_id)
    if cable.dialogue_id is None:
        raise Conflict("Confirm dialogue and meeting of this cable first.")
    revision = made.review_revision(session, cable.id)  # First: what comes between is new again.
    rows = view.make_rows(
        cable,
        queries.candidates_of(session, cable.id),
        queries.tasks_by_candidate(session, cable.id),
        queries.deciders_of(session, cable.id),
        made.merged_ids(session, cable.id),
    )
    later = versions.find_version_after(session, cable.id)
    return Review(cable, rows, view.make_groups(cable, rows), revision, later)


def shared_values(review: Review) -> dict[str, object]:
    """What every template of the review asks for."""
    cable = review.cable
    return {
        "cable": cable,
        "progress": review.progress,
        "may_decide": context.scope().may_edit(cable.dialogue_id or 0) and review.later is None,
        "today": context.today(),
        "marking": parse_marking(cable.marking),
        "decide_form": DecideForm(formdata=None),
    }


def source_values(review: Review) -> dict[str, object]:
    """What the text beside the candidates is made of."""
    return {
        "pieces": view.make_pieces(review.cable, review.rows),
        "decisions": {row.candidate.id: row.candidate.decision for row in review.rows},
    }


def review_address(cable_id: int, candidate_id: int | None = None) -> str:
    """The review, at a candidate if one is given."""
    anchor = f"c-{candidate_id}" if candidate_id else None
    return url_for("review.review_page", cable_id=cable_id, _anchor=anchor)


def require_editor(cable: CableRecord) -> None:
    """Raises NotAllowed for whoever does not edit the cable's dialogue."""
    if not context.scope().may_edit(cable.dialogue_id or 0):
        raise NotAllowed("Only an editor or lead of the dialogue decides on candidates.")


def ticked_address(
    cable_id: int, ids: Sequence[int], *, owner: str | None = None, due_on: str | None = None
) -> str:
    """The review with these candidates ticked, as many as an address can hold, and what was typed
    for them."""
    ticked = ",".join(map(str, ids[:_MOST_TICKED]))
    return url_for(
        "review.review_page", cable_id=cable_id, ticked=ticked, owner=owner, due_on=due_on
    )


def _ticked() -> frozenset[int]:
    numbers = request.args.get("ticked", "").split(",")[:_MOST_TICKED]
    return frozenset(int(one) for one in numbers if one.isascii() and one.isdecimal())


def is_partial() -> bool:
    """Whether a script asks, and wants the changed part of the page alone."""
    return "HX-Request" in request.headers


@pages.get("/cables/<int:cable_id>/review")
def review_page(cable_id: int) -> ResponseReturnValue:
    """Source and candidates side by side."""
    with context.reading() as session:
        cable = queries.get_cable(session, context.scope(), cable_id)
        if cable.dialogue_id is None:
            return redirect(url_for("cables.confirm_page", cable_id=cable_id), 303)
        review = load(session, cable_id)
        return render_template(
            "web/review/page.html",
            **shared_values(review),
            **source_values(review),
            groups=review.groups,
            revision=review.revision,
            later=review.later,
            questions=sum(not q.answer for q in versions.questions_of(session, cable_id)),
            selected_form=SelectedForm(formdata=request.args),
            ticked=_ticked(),
            people=[contact.full_name for contact in contacts_to_match(session, cable.dialogue_id)],
            first=view.next_pending(review.groups, 0),
        )


@pages.get("/cables/<int:cable_id>/candidates/<int:candidate_id>")
def candidate_page(cable_id: int, candidate_id: int) -> ResponseReturnValue:
    """One candidate: its place in the review, or for a script its part of the page."""
    with context.reading() as session:
        review = load(session, cable_id)
        queries.get_candidate(session, review.cable, candidate_id)
        if not is_partial() or review.find_row(candidate_id) is None:
            return reshaped(cable_id, candidate_id)
        return candidate_part(review, candidate_id)


@pages.post("/cables/<int:cable_id>/candidates/<int:candidate_id>")
def decide(cable_id: int, candidate_id: int) -> ResponseReturnValue:
    """Accepts, rejects or takes back one candidate."""
    form = DecideForm()
    if not form.validate_on_submit():
        raise InvalidInput("A reason has at most 2,000 characters.")
    message = None
    with context.transaction() as session:
        review = load(session, cable_id)
        candidate = going_on = queries.get_candidate(session, review.cable, candidate_id)
        try:
            decision = request.form.get("decision", "")
            going_on = decide_one(session, candidate, decision, form.reason.data or "")
        except Conflict as error:
            message = str(error)
        review = load(session, cable_id)
        if candidate.aside:
            return reshaped(cable_id, going_on.id, message)
        if message:
            message = _what_stands(review.row(candidate_id), message)
        if is_partial():
            return candidate_part(review, candidate_id, message)
        following = view.next_pending(review.groups, candidate_id)
    if message:
        flash(message, "warning")
        return redirect(review_address(cable_id, candidate_id), 303)
    is_undone = request.form.get("decision") == "undo"
    return redirect(review_address(cable_id, candidate_id if is_undone else following), 303)


def reshaped(cable_id: int, candidate_id: int, message: str | None = None) -> ResponseReturnValue:
    """The answer where candidates came or went: the review at the one to go on with. A script is
    told so, and asks for all that changed (review_live)."""
    if is_partial():
        told = json.dumps({"review-changed": {"go": candidate_id, "words": message or ""}})
        return Response(status=204, headers={"HX-Trigger": told})
    if message:
        flash(message, "warning")
    return redirect(review_address(cable_id, candidate_id), 303)


def decide_one(
    session: Session, candidate: Candidate, decision: str, reason: str = ""
) -> Candidate:
    """Does what a button says: accept, reject or undo. Returns the candidate to go on with, which
    undoing a merge or split makes another. Raises Conflict or InvalidInput, and has then changed
    nothing, so that a caller may go on with others."""
    actor, now = context.actor(), context.now()
    with session.begin_nested():
        if decision == "accept":
            accept_candidate(session, candidate, actor=actor, now=now, today=context.today())
        elif decision == "reject":
            reject_candidate(session, candidate, reason, actor=actor, now=now)
        elif decision == "undo":
            return undo_decision(session, candidate, actor=actor, now=now)
        else:
            raise InvalidInput("Choose to accept, reject or undo.")
        return candidate


def _what_stands(row: view.Row, message: str) -> str:
    """What somebody else decided first, so that the second person can judge it."""
    if row.is_pending or row.candidate.decided_by_id == context.actor().contact_id:
        return message
    who = row.decided_by or "Somebody else"
    made = f"accepted it as task {row.task.number}" if row.task else "rejected it"
    return f"{who} {made} meanwhile: “{row.title}”. Your decision was not needed; use Undo there."


def candidate_part(
    review: Review, candidate_id: int, message: str | None = None
) -> ResponseReturnValue:
    """The changed part of the page for a script, with the counts that follow from it."""
    return render_template(
        "web/review/part.html",
        **shared_values(review),
        row=review.row(candidate_id),
        message=message,
    )


@pages.post("/cables/<int:cable_id>/review/likely")
def accept_all_likely(cable_id: int) -> ResponseReturnValue:
    """Accepts every undecided likely candidate."""
    with context.transaction() as session:
        cable = queries.get_cable(session, context.scope(), cable_id)
        tasks = accept_likely(
            session, cable, actor=context.actor(), now=context.now(), today=context.today()
        )
        review = load(session, cable_id)
        following = view.next_pending(review.groups, 0)
        ids = [row.candidate.id for row in review.rows if row.task in tasks]
    words = f"{len(tasks)} likely candidates became tasks."
    if 0 < len(ids) <= _MOST_TICKED:
        link = Markup(' <a href="{}">Tick them all</a> to take them back together.')
        words = escape(words) + link.format(ticked_address(cable_id, ids))
    flash(words, "success")
    return redirect(review_address(cable_id, following), 303)
