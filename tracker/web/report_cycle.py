"""Pages of the reporting cycle: the list of reports, calls and drafts, and a person's own answer.

Parse, call a service, redirect; no SQL here. One report and what is done with it is
report_page.py's.
"""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import Dialogue, OwnerQuestion, StatusReport
from tracker.policy.errors import InvalidInput, NotFound
from tracker.policy.markings import join_markings, parse_marking
from tracker.queries.agreed_lists import list_of_task
from tracker.queries.dialogues import get_dialogue, latest_meeting
from tracker.queries.shared import get_shared_dialogue
from tracker.queries.status_reports import (
    calls_of,
    find_call,
    find_period,
    get_mail,
    get_report,
    next_report_of,
    open_report,
    reports_of,
)
from tracker.services.answer_call import answer_call
from tracker.services.call_for_updates import call_for_updates, tasks_asked_of
from tracker.services.draft_report import draft_report
from tracker.services.set_period import Period, set_period
from tracker.services.sweep_settings import plan_settings
from tracker.web import context
from tracker.web.forms.reports import ANSWERS, PeriodForm, ReportDayForm, read_updates

pages = Blueprint("report_cycle", __name__)
LIST = "/dialogues/<slug>/reports/"
ONE = "/dialogues/<slug>/reports/<day>/version/<int(max=999):version>"
STATE_WORDS = {
    "called": "Updates called for",
    "draft": "Draft",
    "frozen": "Frozen, waiting for approval",
    "approved": "Approved by both sides",
    "sent": "Sent to the co-chairs",
}


def address_of(report: StatusReport) -> str:
    """Where a report stands."""
    slug = report.dialogue.slug
    return f"/dialogues/{slug}/reports/{report.as_of.isoformat()}/version/{report.version}"


def day_of(text: str) -> dt.date:
    """The day of an address; raises NotFound for what is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise NotFound("There is no such report.") from error


def mail_host() -> str:
    """The host that Message-IDs end in."""
    return plan_settings(context.settings()).mail_host


@pages.get(LIST)
def show(slug: str) -> ResponseReturnValue:
    """The reports of a dialogue with their state, and when the next one is due."""
    with context.reading() as session:
        dialogue = get_shared_dialogue(session, context.scope(), slug)
        return _list_page(session, dialogue)


@pages.post(f"{LIST}call")
def call(slug: str) -> ResponseReturnValue:
    """Calls the owners for updates."""
    return _begin(slug, is_call=True)


@pages.post(f"{LIST}draft")
def draft(slug: str) -> ResponseReturnValue:
    """Makes a draft."""
    return _begin(slug, is_call=False)


@pages.post(f"{LIST}period")
def period(slug: str) -> ResponseReturnValue:
    """Sets how often the dialogue reports."""
    form = PeriodForm()
    with context.transaction() as session:
        dialogue = get_dialogue(session, context.scope(), slug)
        if form.validate():
            try:
                set_period(session, dialogue, _period(form), actor=context.actor())
            except InvalidInput as error:
                form.take_error(error)
            else:
                flash("The reporting period was saved.", "success")
                return redirect(f"/dialogues/{slug}/reports/", 303)
        return _list_page(session, dialogue, period_form=form), 422


@pages.get(f"{ONE}/update")
def update(slug: str, day: str, version: int) -> ResponseReturnValue:
    """The form behind a call: the person's own open tasks, and nothing else."""
    with context.reading() as session:
        report = get_report(session, context.scope(), slug, day_of(day), version)
        return _update_page(session, report)


@pages.post(f"{ONE}/update")
def answer(slug: str, day: str, version: int) -> ResponseReturnValue:
    """Takes the answer to a call."""
    with context.transaction() as session:
        report = get_report(session, context.scope(), slug, day_of(day), version)
        tasks = tasks_asked_of(session, report, context.actor().contact_id)
        try:
            _, changed = answer_call(
                session,
                report,
                read_updates(request.form, tasks),
                actor=context.actor(),
                now=context.now(),
                today=context.today(),
            )
        except InvalidInput as error:
            flash(str(error), "error")
            return _update_page(session, report), 422
        is_late = not report.is_open
    flash(thanks(changed, is_late=is_late), "success")
    return redirect(request.path, 303)


@pages.get("/reports/mail/<int:mail_id>")
def from_mail(mail_id: int) -> ResponseReturnValue:
    """Leads from a mail's link, which names no dialogue, to what it is about."""
    with context.reading() as session:
        mail = get_mail(session, context.actor().contact_id, mail_id)
        if mail.question is not None:
            return redirect(_question_address(session, mail.question))
        if mail.report is None:
            raise NotFound("What this mail was about is gone.")
        ending = "/update" if mail.kind == "call" else ""
        return redirect(f"{address_of(mail.report)}{ending}")


def _question_address(session: Session, question: OwnerQuestion) -> str:
    """Our side's page of the question; for the other side the item that it is about."""
    task = question.task
    base = f"/dialogues/{task.dialogue.slug}"
    if context.scope().may_read(task.dialogue_id):
        return f"{base}/questions/{question.id}"
    found = list_of_task(session, task) if question.is_shared else None
    if found is None:
        raise NotFound("What this mail was about is gone.")
    version, item = found
    return f"{base}/shared/meetings/{version.meeting.number}/items/{item.number}#questions"


def thanks(changed: int, *, is_late: bool) -> str:
    """What is said to who has answered a call."""
    said = f"{changed} task{'' if changed == 1 else 's'} updated."
    later = " It came after the report was frozen, and goes into the next one." if is_late else ""
    return f"Thank you. {said if changed else 'Nothing new, as you said.'}{later}"


def _begin(slug: str, *, is_call: bool) -> ResponseReturnValue:
    form = ReportDayForm()
    make = call_for_updates if is_call else draft_report
    with context.transaction() as session:
        dialogue = get_dialogue(session, context.scope(), slug)
        if not form.validate():
            return _list_page(session, dialogue, day_form=form), 422
        report = make(
            session,
            dialogue,
            as_of=form.as_of.data or context.today(),
            actor=context.actor(),
            now=context.now(),
            host=mail_host(),
        )
        address = address_of(report)
    said = "The owners are called for updates." if is_call else "The draft was made."
    flash(f"{said} The mails go out with the next sweep.", "success")
    return redirect(address, 303)


def _period(form: PeriodForm) -> Period:
    return Period(
        months=form.months.data or 6,
        first_due_on=form.first_due_on.data,
        call_days=form.call_days.data or 1,
        draft_days=form.draft_days.data or 0,
        is_on=bool(form.is_on.data),
    )


def _list_page(
    session: Session,
    dialogue: Dialogue,
    *,
    period_form: PeriodForm | None = None,
    day_form: ReportDayForm | None = None,
) -> str:
    scope = context.scope()
    may_edit = scope.may_edit(dialogue.id)
    next_on = next_report_of(session, dialogue, context.today())
    if day_form is None:
        day_form = ReportDayForm(formdata=None)
        day_form.as_of.data = next_on or context.today()
    if period_form is None:
        period_form = PeriodForm(formdata=None, obj=find_period(session, dialogue.id))
    return render_template(
        "web/reports/list.html",
        dialogue=dialogue,
        is_own=scope.may_read(dialogue.id),
        may_edit=may_edit,
        meeting=latest_meeting(session, dialogue.id),
        reports=[(report, address_of(report)) for report in reports_of(session, scope, dialogue)],
        is_writing=open_report(session, dialogue.id) is not None,
        next_on=next_on,
        day_form=day_form,
        period_form=period_form,
        state_words=STATE_WORDS,
        today=context.today(),
    )


def _update_page(session: Session, report: StatusReport) -> str:
    call = find_call(session, report.id, context.actor().contact_id)
    if call is None:
        raise NotFound("You were not asked for an update to this report.")
    tasks = tasks_asked_of(session, report, context.actor().contact_id)
    return render_template(
        "web/reports/update.html",
        report=report,
        call=call,
        tasks=[(task, parse_marking(task.marking)) for task in tasks],
        answers=ANSWERS,
        sent=request.form,
        marking=join_markings(parse_marking(task.marking) for task in tasks),
        today=context.today(),
    )


def answered(session: Session, report: StatusReport) -> list[tuple[str, dt.datetime | None]]:
    """Who was called, and when each answered; for the drafting officer."""
    return [(c.contact.full_name, c.answered_at) for c in calls_of(session, report.id)]
