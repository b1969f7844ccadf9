"""Merging a candidate with the next and splitting one at a word of its passage.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.policy.errors import Conflict, InvalidInput
from tracker.queries import cables as queries
from tracker.services.merge_candidates import merge_candidates
from tracker.services.split_candidate import split_candidate, words_of
from tracker.web import context
from tracker.web import review_view as view
from tracker.web.review import (
    Review,
    is_partial,
    load,
    require_editor,
    reshaped,
    review_address,
    shared_values,
)

pages = Blueprint("review_reshape", __name__)


@pages.post("/cables/<int:cable_id>/candidates/<int:candidate_id>/merge")
def merge(cable_id: int, candidate_id: int) -> ResponseReturnValue:
    """Makes one candidate of this and the next undecided one of its list."""
    with context.transaction() as session:
        review = load(session, cable_id)
        candidate = queries.get_candidate(session, review.cable, candidate_id)
        require_editor(review.cable)
        following = view.next_beside(review.groups, candidate_id)
        if following is None:
            message = "Nothing undecided follows here that it could be merged with."
            return reshaped(cable_id, candidate_id, message)
        if request.form.get("with", "") not in ("", str(following.candidate.id)):
            message = "Another one follows by now than your page showed. Look again, then merge."
            return reshaped(cable_id, candidate_id, message)
        try:
            with session.begin_nested():
                merged = merge_candidates(
                    session,
                    candidate,
                    following.candidate,
                    actor=context.actor(),
                    now=context.now(),
                )
        except Conflict as error:
            return reshaped(cable_id, candidate_id, str(error))
        return reshaped(cable_id, merged.id)


@pages.route("/cables/<int:cable_id>/candidates/<int:candidate_id>/split", methods=["GET", "POST"])
def split(cable_id: int, candidate_id: int) -> ResponseReturnValue:
    """The passage word by word; the one chosen begins the second candidate."""
    opened = context.transaction if request.method == "POST" else context.reading
    with opened() as session:
        review = load(session, cable_id)
        queries.get_candidate(session, review.cable, candidate_id)
        require_editor(review.cable)
        if request.method == "POST":
            return _split(session, review, candidate_id)
        row = review.find_row(candidate_id)
        if row is None or not row.is_pending:
            return redirect(review_address(cable_id, candidate_id), 303)
        return _page(review, row)


def _split(session: Session, review: Review, candidate_id: int) -> ResponseReturnValue:
    cable = review.cable
    candidate = queries.get_candidate(session, cable, candidate_id)
    at = request.form.get("at", -1, type=int)
    try:
        with session.begin_nested():
            first, _ = split_candidate(
                session, candidate, at, actor=context.actor(), now=context.now()
            )
    except (Conflict, InvalidInput) as error:
        return reshaped(cable.id, candidate_id, str(error))
    return reshaped(cable.id, first.id)


def _page(review: Review, row: view.Row) -> str:
    template = "web/review/split_part.html" if is_partial() else "web/review/split.html"
    spans = words_of(review.cable, row.candidate)
    return render_template(
        template,
        **shared_values(review),
        row=row,
        words=view.points_of(review.cable.text, spans),
    )
