"""The page of one report: the draft that is written on, then what was frozen, and its buttons.

Parse, call a service, redirect; no SQL here. Our side sees the internal edition, the other side
the shared one.
"""

from __future__ import annotations

from typing import cast

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import StatusReport
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tracker.policy.ratings import LEVEL_WORDS, LEVELS
from tracker.queries.status_reports import get_report, late_answers, mails_of, steps_of
from tracker.reports import FORMATS, render_html_body
from tracker.reports.sections import group_by_agenda
from tracker.reports.summary import Edition, Summary
from tracker.services.approve_report import (
    may_approve,
    parties_without_approval,
)
from tracker.services.compose_report import OVERALL, edition_of, place_of
from tracker.services.edit_report import (
    ReportEdit,
    edit_report,
)
from tracker.services.freeze_report import find_changed_edition
from tracker.services.send_report_mail import with_addresses
from tracker.web import context
from tracker.web.forms.reports import ApproveReportForm, DraftForm, PaperForm, RemarksForm, edit_of
from tracker.web.report_cycle import ONE, STATE_WORDS, address_of, answered, day_of
from tracker.web.report_files import file_response

pages = Blueprint("report_page", __name__)
STEP_WORDS = {
    "called": "Owners called for updates",
    "drafted": "Draft made",
    "shown": "Draft shown to the other side",
    "frozen": "Frozen",
    "approved": "Approved",
    "sent": "Sent to the co-chairs",
}


@pages.get(ONE)
def show(slug: str, day: str, version: int) -> ResponseReturnValue:
    """The report as it stands, in the edition of the person's side."""
    with context.reading() as session:
        return report_page(session, find(session, slug, day, version))


@pages.get(f"{ONE}/<name>")
def download(slug: str, day: str, version: int, name: str) -> ResponseReturnValue:
    """The report as a file: "report.pdf" and so on; rendered from what was frozen."""
    stem, _, format_ = name.partition(".")
    if stem != "report" or format_ not in FORMATS:
        raise NotFound("There is no such report format.")
    with context.reading() as session:
        report = find(session, slug, day, version)
        summary = edition_of(session, report, _edition(report), now=context.now())
    return file_response(with_addresses(summary, context.settings().base_url), format_)


@pages.post(f"{ONE}/edit")
def edit(slug: str, day: str, version: int) -> ResponseReturnValue:
    """Saves what was written on a draft."""
    form = DraftForm()
    with context.transaction() as session:
        report = find(session, slug, day, version, to_change=True)
        summary = edition_of(session, report, "internal", now=context.now())
        typed = form.edit(request.form, [place for place, _ in _places(summary)])
        if form.validate():
            try:
                edit_report(session, report, typed, seen=form.seen_edits(), actor=context.actor())
            except InvalidInput as error:
                form.take_error(error)
            except Conflict as error:
                # What was typed stays on the page, beside what is stored now.
                flash(str(error), "error")
                form.seen.data = str(report.edits)
                return report_page(session, report, form=form, typed=typed), 409
            else:
                flash("The draft was saved.", "success")
                return redirect(address_of(report), 303)
        return report_page(session, report, form=form, typed=typed), 422


def find(
    session: Session, slug: str, day: str, version: int, *, to_change: bool = False
) -> StatusReport:
    """The report of that address, as far as it is shown to the person; raises NotFound."""
    return get_report(session, context.scope(), slug, day_of(day), version, to_change=to_change)


def _edition(report: StatusReport, *, approves: bool = False) -> Edition:
    """The edition that is shown: our side may look at the shared one, the other at no other. Who
    is to approve the report meets the shared one, which is what they approve."""
    if not context.scope().may_read(report.dialogue_id):
        return "shared"
    usual: Edition = "shared" if approves else "internal"
    asked = request.args.get("edition", usual)
    return cast(Edition, asked) if asked in ("internal", "shared") else usual


def _places(summary: Summary) -> list[tuple[str, str]]:
    """What can be written on, each with its heading: the whole, then each agenda item."""
    sections = group_by_agenda(summary)
    return [
        (OVERALL, "The dialogue as a whole"),
        *((place_of(section.item.label), section.heading) for section in sections),
    ]


def report_page(
    session: Session,
    report: StatusReport,
    *,
    form: DraftForm | None = None,
    typed: ReportEdit | None = None,
    approve_form: ApproveReportForm | None = None,
) -> str:
    """The page; forms that could not be taken stand on it as they were filled in."""
    scope, approves_for = context.scope(), _approves_for(session, report)
    edition = _edition(report, approves=bool(approves_for))
    may_edit = scope.may_edit(report.dialogue_id)
    summary = edition_of(session, report, edition, now=context.now())
    return render_template(
        "web/reports/one.html",
        report=report,
        dialogue=report.dialogue,
        address=address_of(report),
        is_own=scope.may_read(report.dialogue_id),
        may_edit=may_edit,
        edition=edition,
        summary=summary,
        body=render_html_body(summary, with_banner=False),
        form=form or _draft_form(report),
        typed=typed or edit_of(report),
        places=_places(summary),
        ratings=_ratings(summary),
        levels=[(level, LEVEL_WORDS[level]) for level in LEVELS],
        state_words=STATE_WORDS,
        calls=answered(session, report) if may_edit else [],
        late=late_answers(session, report) if may_edit else [],
        mails=mails_of(session, report.id) if may_edit else [],
        missing=parties_without_approval(report),
        approves_for=approves_for,
        approve_form=approve_form or _approve_form(report),
        steps=steps_of(session, report.id) if scope.may_read(report.dialogue_id) else [],
        step_words=STEP_WORDS,
        changed_edition=find_changed_edition(report),
        remarks_form=_remarks_form(session, report),
        paper_form=PaperForm(formdata=None),
        formats=FORMATS.values(),
        marking=summary.marking,
        today=context.today(),
    )


def _ratings(summary: Summary) -> dict[str, str]:
    """What the rules give at each place, in words."""
    found = {OVERALL: summary.rating}
    found |= {place_of(item.label): item.rating for item in summary.agenda}
    return {place: f"{LEVEL_WORDS[rating.computed]}" for place, rating in found.items() if rating}


def _approves_for(session: Session, report: StatusReport) -> str:
    """The side that the person can approve for now; "" for none."""
    if report.state != "frozen":
        return ""
    try:
        party, _ = may_approve(session, report, context.actor(), context.today())
    except NotAllowed:
        return ""
    return party.name if party in parties_without_approval(report) else ""


def _draft_form(report: StatusReport) -> DraftForm:
    form = DraftForm(formdata=None)
    form.show(report)
    return form


def _approve_form(report: StatusReport) -> ApproveReportForm:
    form = ApproveReportForm(formdata=None)
    form.seen.data = report.sha256
    return form


def _remarks_form(session: Session, report: StatusReport) -> RemarksForm | None:
    """The form for the remarks of the other side; our own stand in the draft's."""
    scope = context.scope()
    if scope.may_read(report.dialogue_id) or not report.is_open:
        return None
    if not scope.may_speak(report.dialogue_id):
        return None
    form = RemarksForm(formdata=None)
    own = str(report.dialogue.own_party_id)
    form.remarks.data = next((t for p, t in report.remarks.items() if p != own), "")
    return form
