"""What came to a review since a page was loaded, for people who review one cable together.

Parse, query, answer; no SQL here, and nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Candidate
from tracker.queries import cables as queries
from tracker.queries import candidates as made
from tracker.services.add_missed import RULE
from tracker.web import context
from tracker.web import review_view as view
from tracker.web.review import Review, load, shared_values, source_values

_RESHAPED = {
    "merged": "merged candidates",
    "split": "split a candidate",
    "withdrawn": "took a merge or split back",
}
pages = Blueprint("review_live", __name__)


@pages.get("/cables/<int:cable_id>/review/changes")
def changes(cable_id: int) -> ResponseReturnValue:
    """What changed after the revision ``since``: the cards anew with their places, those that
    went, the counts, and in words what others did. 204 where nothing did."""
    since = request.args.get("since", 0, type=int)
    with context.reading() as session:
        cable = queries.get_cable(session, context.scope(), cable_id)
        if made.review_revision(session, cable.id) <= since:
            return Response(status=204)
        review = load(session, cable_id)
        changed = made.candidates_since(session, cable_id, since)
        return jsonify(
            revision=review.revision,
            cards=_cards(review, changed),
            gone=[one.id for one in changed if one.aside],
            news=_news(session, review, changed),
            source=_source(review, changed),
            **_counts(review),
        )


def _cards(review: Review, changed: Sequence[Candidate]) -> list[dict[str, object]]:
    places = view.places_of(review.groups)
    values = shared_values(review)
    cards = []
    for row in review.rows:
        if row.candidate not in changed:
            continue
        place = places[row.candidate.id]
        cards.append(
            {
                "id": row.candidate.id,
                "version": row.candidate.version,
                "group": place.group,
                "tier": place.tier,
                "after": place.after,
                "html": render_template("web/review/card.html", **values, row=row),
            }
        )
    return cards


def _counts(review: Review) -> dict[str, str]:
    values = shared_values(review)
    return {
        part: render_template("web/review/bar.html", **values, part=part)
        for part in ("counts", "likely")
    }


def _source(review: Review, changed: Sequence[Candidate]) -> str | None:
    """The text anew where passages begin or end elsewhere now; None where they do not."""
    if not any(one.aside or one.rules == [RULE] for one in changed):
        return None
    return render_template("web/review/source.html", **source_values(review))


def _news(session: Session, review: Review, changed: Sequence[Candidate]) -> str:
    """What others did, in a sentence: the one decision, or how many there were."""
    me = context.actor().contact_id
    names = queries.deciders_of(session, review.cable.id)
    theirs = [one for one in changed if one.decided_by_id not in (None, me)]
    if len(theirs) == 1 and (row := review.find_row(theirs[0].id)):
        what = f"accepted as task {row.task.number}" if row.task else "rejected"
        return f"{row.decided_by} {what}: “{row.title}”."
    kinds = {one.aside for one in theirs}
    if len(kinds) == 1 and (words := _RESHAPED.get(theirs[0].aside)):
        return f"{names.get(theirs[0].decided_by_id or 0, 'Somebody')} {words}."
    counted = Counter(names.get(one.decided_by_id or 0, "Somebody") for one in theirs)
    return " ".join(
        f"{name} decided {count} {'candidate' if count == 1 else 'candidates'}."
        for name, count in counted.items()
    )
