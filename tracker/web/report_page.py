"""The page of one report: the draft that is written on, then what was frozen, and its buttons.

Parse, call a service, redirect; no SQL here. Our side sees the internal edition, the other side
the shared one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import StatusReport
from tracker.policy.errors import InvalidInput, NotAllowed, NotFound, TrackerError
from tracker.policy.ratings import LEVEL_WORDS, LEVELS
from tracker.queries.status_reports import get_report, late_answers, mails_of
from tracker.reports import FORMATS, render_html_body
from tracker.reports.sections import group_by_agenda
from tracker.reports.summary import Edition, Summary
from tracker.services.approve_report import (
    approve_report,
    may_approve,
    parties_without_approval,
    record_approval,
)
from tracker.services.compose_report import OVERALL, edition_of, place_of
from tracker.services.draft_report import discard_report, draft_report
from tracker.services.edit_report import (
    ReportEdit,
    add_remarks,
    edit_report,
    show_to_other_side,
)
from tracker.services.freeze_report import find_changed_edition, freeze_report
from tracker.services.send_report import send_report
from tracker.services.send_report_mail import with_addresses
from tracker.web import context
from tracker.web.forms.base import number_of, text_of
from tracker.web.forms.reports import DraftForm, PaperForm, RemarksForm, SeenForm, edit_of
from tracker.web.report_cycle import ONE, STATE_WORDS, address_of, answered, day_of, mail_host
from tracker.web.report_files import file_response

pages = Blueprint("report_page", __name__)


@pages.get(ONE)
def show(slug: str, day: str, version: int) -> ResponseReturnValue:
    """The report as it stands, in the edition of the person's side."""
    with context.reading() as session:
        return _page(session, _find(session, slug, day, version))


@pages.get(f"{ONE}/<name>")
def download(slug: str, day: str, version: int, name: str) -> ResponseReturnValue:
    """The report as a file: "report.pdf" and so on; rendered from what was frozen."""
    stem, _, format_ = name.partition(".")
    if stem != "report" or format_ not in FORMATS:
        raise NotFound("There is no such report format.")
    with context.reading() as session:
        report = _find(session, slug, day, version)
        summary = edition_of(session, report, _edition(report), now=context.now())
    return file_response(with_addresses(summary, context.settings().base_url), format_)


@pages.post(f"{ONE}/edit")
def edit(slug: str, day: str, version: int) -> ResponseReturnValue:
    """Saves what was written on a draft."""
    form = DraftForm()
    with context.transaction() as session:
        report = _find(session, slug, day, version, to_change=True)
        summary = edition_of(session, report, "internal", now=context.now())
        typed = form.edit(request.form, [place for place, _ in _places(summary)])
        if form.validate():
            try:
                edit_report(session, report, typed, seen=form.seen_edits(), actor=context.actor())
            except InvalidInput as error:
                form.take_error(error)
            except TrackerError as error:
                # What was typed stays on the page, beside what is stored now.
                flash(str(error), "error")
                form.seen.data = str(report.edits)
                return _page(session, report, form=form, typed=typed), 409
            else:
                flash("The draft was saved.", "success")
                return redirect(address_of(report), 303)
        return _page(session, report, form=form, typed=typed), 422


@pages.post(f"{ONE}/make-draft")
def make_draft(slug: str, day: str, version: int) -> ResponseReturnValue:
    """Makes the draft of a report whose owners were called."""

    def act(session: Session, report: StatusReport) -> str:
        draft_report(
            session,
            report.dialogue,
            as_of=report.as_of,
            actor=context.actor(),
            now=context.now(),
            host=mail_host(),
        )
        return "The draft was made."

    return _act(slug, day, version, act)


@pages.post(f"{ONE}/show")
def show_other_side(slug: str, day: str, version: int) -> ResponseReturnValue:
    """Shows the draft to the other side."""

    def act(session: Session, report: StatusReport) -> str:
        show_to_other_side(
            session, report, actor=context.actor(), now=context.now(), host=mail_host()
        )
        return "The other side now reads the shared edition and is asked for its remarks."

    return _act(slug, day, version, act)


@pages.post(f"{ONE}/remarks")
def remarks(slug: str, day: str, version: int) -> ResponseReturnValue:
    """Sets the remarks of the person's side."""
    text = text_of(RemarksForm().remarks)

    def act(session: Session, report: StatusReport) -> str:
        add_remarks(session, report, text, actor=context.actor())
        return "The remarks of your side were saved."

    return _act(slug, day, version, act)


@pages.post(f"{ONE}/freeze")
def freeze(slug: str, day: str, version: int) -> ResponseReturnValue:
    """Freezes the draft as it stands."""

    def act(session: Session, report: StatusReport) -> str:
        freeze_report(
            session,
            report,
            actor=context.actor(),
            now=context.now(),
            today=context.today(),
            host=mail_host(),
        )
        return "The report is frozen. The approvers of both sides are asked."

    return _act(slug, day, version, act)


@pages.post(f"{ONE}/approve")
def approve(slug: str, day: str, version: int) -> ResponseReturnValue:
    """Approves for the person's side."""
    seen = text_of(SeenForm().seen)

    def act(session: Session, report: StatusReport) -> str:
        given = approve_report(
            session,
            report,
            seen_sha256=seen,
            actor=context.actor(),
            now=context.now(),
            today=context.today(),
        )
        return f"The report is approved for {given.party.name}."

    return _act(slug, day, version, act)


@pages.post(f"{ONE}/record")
def record(slug: str, day: str, version: int) -> ResponseReturnValue:
    """Records an approval that was given on paper."""
    form = PaperForm()

    def act(session: Session, report: StatusReport) -> str:
        given = record_approval(
            session,
            report,
            number_of(form.party_id),
            text_of(form.name),
            seen_sha256=text_of(form.seen),
            actor=context.actor(),
            now=context.now(),
        )
        return f"The approval of {given.party.name} is recorded."

    return _act(slug, day, version, act)


@pages.post(f"{ONE}/send")
def send(slug: str, day: str, version: int) -> ResponseReturnValue:
    """Sends the report to the co-chairs."""

    def act(session: Session, report: StatusReport) -> str:
        mails = send_report(
            session, report, actor=context.actor(), now=context.now(), host=mail_host()
        )
        people = f"{len(mails)} co-chair{'' if len(mails) == 1 else 's'}"
        return f"The report goes to {people} with the next sweep."

    return _act(slug, day, version, act)


@pages.post(f"{ONE}/discard")
def discard(slug: str, day: str, version: int) -> ResponseReturnValue:
    """Removes a report that was not frozen."""
    with context.transaction() as session:
        report = _find(session, slug, day, version, to_change=True)
        discard_report(session, report, actor=context.actor())
    flash("The draft was discarded. What owners answered stays with their tasks.", "success")
    return redirect(f"/dialogues/{slug}/reports/", 303)


def _act(
    slug: str, day: str, version: int, act: Callable[[Session, StatusReport], str]
) -> ResponseReturnValue:
    """Does something with a report and says so on its page; a field at fault is said there too."""
    with context.transaction() as session:
        report = _find(session, slug, day, version, to_change=True)
        address = address_of(report)
        try:
            said, kind = act(session, report), "success"
        except InvalidInput as error:
            said, kind = str(error), "error"
    flash(said, kind)
    return redirect(address, 303)


def _find(
    session: Session, slug: str, day: str, version: int, *, to_change: bool = False
) -> StatusReport:
    return get_report(session, context.scope(), slug, day_of(day), version, to_change=to_change)


def _edition(report: StatusReport) -> Edition:
    """The edition that is shown: our side may look at the shared one, the other at no other."""
    if not context.scope().may_read(report.dialogue_id):
        return "shared"
    asked = request.args.get("edition", "internal")
    return cast(Edition, asked) if asked in ("internal", "shared") else "internal"


def _places(summary: Summary) -> list[tuple[str, str]]:
    """What can be written on, each with its heading: the whole, then each agenda item."""
    sections = group_by_agenda(summary)
    return [
        (OVERALL, "The dialogue as a whole"),
        *((place_of(section.item.label), section.heading) for section in sections),
    ]


def _page(
    session: Session,
    report: StatusReport,
    *,
    form: DraftForm | None = None,
    typed: ReportEdit | None = None,
) -> str:
    scope, edition = context.scope(), _edition(report)
    may_edit = scope.may_edit(report.dialogue_id)
    summary = edition_of(session, report, edition, now=context.now())
    if form is None:
        form = DraftForm(formdata=None)
        form.show(report)
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
        form=form,
        typed=typed or edit_of(report),
        places=_places(summary),
        ratings=_ratings(summary),
        levels=[(level, LEVEL_WORDS[level]) for level in LEVELS],
        state_words=STATE_WORDS,
        calls=answered(session, report) if may_edit else [],
        late=late_answers(session, report) if may_edit else [],
        mails=mails_of(session, report.id) if may_edit else [],
        missing=parties_without_approval(report),
        approves_for=_approves_for(session, report),
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
