"""Pages of a corrected copy: what it changes before it is confirmed, and what it asks afterwards.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import CableRecord, VersionQuestion
from tracker.policy.agreed_list import compare_words
from tracker.policy.errors import Conflict, InvalidInput, NotFound
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.versions import Comparison
from tracker.queries import cables as queries
from tracker.queries import versions
from tracker.services.answer_version import answer_question
from tracker.services.confirm_version import Outcome, confirm_version
from tracker.services.understand_cable import readable_text
from tracker.web import context

pages = Blueprint("versions", __name__)


@pages.route("/cables/<int:cable_id>/version", methods=["GET", "POST"])
def version_page(cable_id: int) -> ResponseReturnValue:
    """The difference to the version before; confirming makes it the next. Then its questions."""
    opened = context.transaction if request.method == "POST" else context.reading
    with opened() as session:
        cable = queries.get_cable(session, context.scope(), cable_id)
        is_open = cable.dialogue_id is None
        if request.method == "POST" and is_open:
            return _confirm(session, cable)
        if is_open:
            before = versions.find_version_before(session, context.scope(), cable)
        else:
            before = next(iter(versions.versions_before(session, cable)), None)
        if before is None:
            raise NotFound("This cable corrects no other one.")
        return _page(session, cable, before)


@pages.post("/cables/<int:cable_id>/version/<int:question_id>")
def answer(cable_id: int, question_id: int) -> ResponseReturnValue:
    """Takes the new wording, keeps the own, or declines what is gone."""
    with context.transaction() as session:
        cable = queries.get_cable(session, context.scope(), cable_id)
        question = versions.get_question(session, cable, question_id)
        try:
            with session.begin_nested():
                answer_question(
                    session,
                    question,
                    request.form.get("answer", ""),
                    request.form.get("reason", ""),
                    seen_version=request.form.get("version", type=int),
                    actor=context.actor(),
                    now=context.now(),
                    today=context.today(),
                )
        except (Conflict, InvalidInput) as error:
            flash(str(error), "warning")
        else:
            flash(f"Answered for task {question.task.number}.", "success")
    here = url_for("versions.version_page", cable_id=cable_id, _anchor=f"q-{question_id}")
    return redirect(here, 303)


def _confirm(session: Session, cable: CableRecord) -> ResponseReturnValue:
    try:
        outcome = confirm_version(
            session,
            cable,
            actor=context.actor(),
            now=context.now(),
            lexicon=context.lexicon(),
        )
    except Conflict as error:
        flash(str(error), "info")
        return redirect(url_for("cables.confirm_page", cable_id=cable.id), 303)
    flash(outcome_in_words(outcome), "success")
    has_questions = outcome.changed or outcome.gone
    page = "versions.version_page" if has_questions else "review.review_page"
    return redirect(url_for(page, cable_id=cable.id), 303)


def outcome_in_words(outcome: Outcome) -> str:
    """What a corrected copy brought, in a sentence."""
    return (
        f"The corrected copy is the current version. To review: {outcome.to_review}. "
        f"Tasks whose passage changed: {len(outcome.changed)}; is gone: {len(outcome.gone)}."
    )


def _page(session: Session, cable: CableRecord, before: CableRecord) -> str:
    comparison = Comparison(readable_text(before), readable_text(cable))
    questions = versions.questions_of(session, cable.id)
    scope = context.scope()
    return render_template(
        "web/cables/version.html",
        cable=cable,
        before=before,
        changes=comparison.changes(),
        rows=[(question, _difference(question)) for question in questions],
        open=sum(not question.answer for question in questions),
        may_decide=scope.may_edit(before.dialogue_id or 0),
        marking=join_markings(map(parse_marking, (cable.marking, before.marking))),
    )


def _difference(question: VersionQuestion) -> list[object]:
    if question.candidate is None:
        return []
    return list(compare_words(question.task.text, question.candidate.text))
