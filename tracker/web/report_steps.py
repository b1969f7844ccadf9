"""The steps of a report, a button each, from draft to sending; each leads back to its page.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.models import StatusReport
from tracker.policy.errors import InvalidInput
from tracker.services.approve_report import approve_report, may_approve, record_approval
from tracker.services.draft_report import discard_report, draft_report
from tracker.services.edit_report import add_remarks, show_to_other_side
from tracker.services.freeze_report import freeze_report
from tracker.services.send_report import send_report
from tracker.web import context
from tracker.web.confirming import NOT_CONFIRMED, confirm
from tracker.web.forms.base import number_of, text_of
from tracker.web.forms.reports import ApproveReportForm, PaperForm, RemarksForm
from tracker.web.report_cycle import ONE, address_of, mail_host
from tracker.web.report_page import find, report_page

pages = Blueprint("report_steps", __name__)


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
    """Approves for the person's side, after their password."""
    form = ApproveReportForm()
    with context.reading() as session:
        report = find(session, slug, day, version)
        # Whoever may not approve is told so, and not asked for a password.
        may_approve(session, report, context.actor(), context.today())
        confirmed = confirm(session, text_of(form.password)) if form.validate() else None
        if confirmed is None:
            if not form.errors:
                form.take_error(InvalidInput(NOT_CONFIRMED, "password"))
            return report_page(session, report, approve_form=form), 422

    def act(session: Session, report: StatusReport) -> str:
        given = approve_report(
            session,
            report,
            seen_sha256=text_of(form.seen),
            confirmed=confirmed,
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
        report = find(session, slug, day, version, to_change=True)
        discard_report(session, report, actor=context.actor())
    flash("The draft was discarded. What owners answered stays with their tasks.", "success")
    return redirect(f"/dialogues/{slug}/reports/", 303)


def _act(
    slug: str, day: str, version: int, act: Callable[[Session, StatusReport], str]
) -> ResponseReturnValue:
    """Does something with a report and says so on its page; a field at fault is said there too."""
    with context.transaction() as session:
        report = find(session, slug, day, version, to_change=True)
        address = address_of(report)
        try:
            said, kind = act(session, report), "success"
        except InvalidInput as error:
            said, kind = str(error), "error"
    flash(said, kind)
    return redirect(address, 303)
