"""Pages for co-chairs: where a dialogue stands, the portfolio, and questions put to owners.

Parse, call a service, redirect; no SQL here. Each side sees its own edition.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Dialogue, OwnerQuestion, StatusReport, Task
from tracker.policy.errors import InvalidInput, NotFound
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.ratings import RULES, Rating, rate
from tracker.policy.statuses import is_due_soon, is_overdue
from tracker.policy.visibility import SYSTEM_SCOPE
from tracker.queries.dialogues import latest_meeting, list_dialogues
from tracker.queries.past_standings import PastStanding, standing_on
from tracker.queries.shared import get_shared_dialogue
from tracker.queries.status_reports import (
    FROZEN,
    Rated,
    get_question,
    next_report_of,
    questions_about,
    reports_of,
    tasks_to_rate,
)
from tracker.queries.tasks import get_task
from tracker.reports.chart import draw_progress_chart
from tracker.reports.guard import guard
from tracker.reports.summary import Edition, Summary
from tracker.reports.view import build_view
from tracker.services.ask_owner import answer_question, ask_owner
from tracker.services.build_report import build_report
from tracker.services.compose_report import since_day
from tracker.web import context
from tracker.web.forms.reports import WordsForm
from tracker.web.report_cycle import STATE_WORDS, address_of, mail_host

pages = Blueprint("standing", __name__)
STANDING = "/dialogues/<slug>/standing"
WORST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A dialogue in the portfolio; ``worst`` are the tasks that are late the longest."""

    dialogue: Dialogue
    rating: Rating
    done: int
    total: int
    late: int
    soon: int
    next_on: dt.date | None
    worst: list[Rated]
    last: tuple[StatusReport, str] | None
    then: PastStanding | None
    """How it stood on the day of the last report."""


@pages.get("/standing/")
def portfolio() -> ResponseReturnValue:
    """All dialogues of the person, each with its rating, next report and worst items."""
    scope, today = context.scope(), context.today()
    with context.reading() as session:
        tasks = tasks_to_rate(session, scope)
        rows = [
            _row(session, dialogue, tasks.get(dialogue.id, []), today)
            for dialogue in list_dialogues(session, scope)
        ]
        markings = [parse_marking(task.marking) for row in rows for task in row.worst]
        return render_template(
            "web/reports/portfolio.html",
            rows=rows,
            rules=RULES,
            marking=join_markings(markings) if markings else None,
            markings={task: parse_marking(task.marking) for row in rows for task in row.worst},
            today=today,
        )


@pages.get(STANDING)
def show(slug: str) -> ResponseReturnValue:
    """Where a dialogue stands today: rating, figures, what is late, what is to be decided."""
    scope = context.scope()
    with context.reading() as session:
        dialogue = get_shared_dialogue(session, scope, slug)
        is_own = scope.may_read(dialogue.id)
        summary = _summary(session, dialogue, "internal" if is_own else "shared")
        reports = [(r, address_of(r)) for r in reports_of(session, scope, dialogue)]
        return render_template(
            "web/reports/standing.html",
            dialogue=dialogue,
            is_own=is_own,
            view=build_view(summary),
            chart=draw_progress_chart(summary),
            decisions=_decisions(reports),
            reports=reports,
            meeting=latest_meeting(session, dialogue.id) if is_own else None,
            state_words=STATE_WORDS,
            next_on=next_report_of(session, dialogue, context.today()) if is_own else None,
            questions=questions_about(session, scope, dialogue.id)[:10],
            marking=summary.marking,
            today=context.today(),
        )


@pages.get(f"{STANDING}/ask/<int(max=999999):number>")
def ask(slug: str, number: int) -> ResponseReturnValue:
    """The form with which a question is put to a task's owners."""
    with context.reading() as session:
        return _ask_page(get_task(session, context.scope(), slug, number), WordsForm(formdata=None))


@pages.post(f"{STANDING}/ask/<int(max=999999):number>")
def put(slug: str, number: int) -> ResponseReturnValue:
    """Puts the question."""
    form = WordsForm()
    with context.transaction() as session:
        task = get_task(session, context.scope(), slug, number)
        if form.validate():
            try:
                ask_owner(
                    session,
                    task,
                    form.text.data or "",
                    actor=context.actor(),
                    now=context.now(),
                    host=mail_host(),
                )
            except InvalidInput as error:
                form.take_error(error)
            else:
                flash(
                    "Your question goes to the owner by mail. The answer comes to you.", "success"
                )
                return redirect(f"/dialogues/{slug}/standing#questions", 303)
        return _ask_page(task, form), 422


@pages.get("/dialogues/<slug>/questions/<int:question_id>")
def question(slug: str, question_id: int) -> ResponseReturnValue:
    """A question with its answer, or the form to answer it."""
    with context.reading() as session:
        return _question_page(_find(session, slug, question_id), WordsForm(formdata=None))


@pages.post("/dialogues/<slug>/questions/<int:question_id>")
def answer(slug: str, question_id: int) -> ResponseReturnValue:
    """Answers a question; the answer is a remark on the task too."""
    form = WordsForm()
    with context.transaction() as session:
        found = _find(session, slug, question_id)
        if form.validate():
            try:
                answer_question(
                    session,
                    found,
                    form.text.data or "",
                    actor=context.actor(),
                    now=context.now(),
                    today=context.today(),
                    host=mail_host(),
                )
            except InvalidInput as error:
                form.take_error(error)
            else:
                flash("Your answer is on its way, and stands with the task.", "success")
                return redirect(f"/dialogues/{slug}/questions/{question_id}", 303)
        return _question_page(found, form), 422


def _find(session: Session, slug: str, question_id: int) -> OwnerQuestion:
    found = get_question(session, context.scope(), question_id)
    if found.task.dialogue.slug != slug:
        raise NotFound("There is no such question.")
    return found


def _ask_page(task: Task, form: WordsForm) -> str:
    return render_template(
        "web/reports/ask.html",
        task=task,
        question=None,
        form=form,
        may_answer=False,
        marking=parse_marking(task.marking),
        today=context.today(),
    )


def _question_page(found: OwnerQuestion, form: WordsForm) -> str:
    task = found.task
    owners = [owner.contact_id for owner in task.owners]
    return render_template(
        "web/reports/ask.html",
        task=task,
        question=found,
        form=form,
        may_answer=context.scope().may_update(task.dialogue_id, owners),
        marking=parse_marking(task.marking),
        today=context.today(),
    )


def _summary(session: Session, dialogue: Dialogue, edition: Edition) -> Summary:
    """Today's report in the edition of the person's side; who may see it was asked before."""
    today = context.today()
    summary = build_report(
        session,
        SYSTEM_SCOPE,
        dialogue,
        as_of=today,
        now=context.now(),
        edition=edition,
        since=since_day(session, dialogue, today, None),
    )
    return guard(summary)


def _decisions(reports: list[tuple[StatusReport, str]]) -> tuple[list[str], str] | None:
    """What the last report shown asked the co-chairs to decide, and where it stands; what only
    our side is asked is left to the report itself."""
    for report, address in reports:
        if report.state in FROZEN:
            shared = [entry["text"] for entry in report.decisions if entry["is_shared"]]
            return (shared, address) if shared else None
    return None


def _row(session: Session, dialogue: Dialogue, tasks: list[Rated], today: dt.date) -> Row:
    late = [task for task in tasks if is_overdue(task.status, task.due_on, today)]
    scope = context.scope()
    frozen = [r for r in reports_of(session, scope, dialogue) if r.state in FROZEN]
    return Row(
        dialogue=dialogue,
        rating=rate(tasks, today, is_overall=True),
        done=sum(task.status == "done" for task in tasks),
        total=len(tasks),
        late=len(late),
        soon=sum(is_due_soon(task.status, task.due_on, today) for task in tasks),
        next_on=next_report_of(session, dialogue, today),
        worst=late[:WORST],
        last=(frozen[0], address_of(frozen[0])) if frozen else None,
        then=standing_on(session, scope, dialogue.id, frozen[0].as_of) if frozen else None,
    )
