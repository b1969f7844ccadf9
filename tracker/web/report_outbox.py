"""The outbox's page of mails about reports and questions: to whom, when, how it ended, and why.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.models import Dialogue, ReportMail
from tracker.policy.errors import NotFound
from tracker.policy.markings import join_markings
from tracker.queries import report_outbox
from tracker.services.settle_report_mail import (
    give_up_report_mail,
    may_settle_mail,
    retry_report_mail,
)
from tracker.web.context import actor, now, person_zone, reading, scope, settings, transaction
from tracker.web.lines import marking_of
from tracker.web.reminders import GROUP_WORDS, STATE_WORDS
from tracker.web.report_cycle import address_of
from tracker.web.stored_mail import as_file, page_number, require_stored, show_stored, stored

pages = Blueprint("report_outbox", __name__)
PAGE = "/outbox/reports/"
MAIL = f"{PAGE}<int(max=999999999):mail_id>"
KIND_WORDS = {
    "call": "Call for updates",
    "draft": "The draft",
    "remark": "The draft, for remarks",
    "approve": "For approval",
    "report": "The report",
    "question": "A question",
    "answer": "An answer",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A mail as one person may see it: what it is about in words, how that is marked, and where
    it stands."""

    mail: ReportMail
    dialogue: Dialogue
    words: str
    marking: str
    href: str
    is_own: bool
    may_settle: bool
    has_mail: bool


@pages.get(PAGE)
def show() -> ResponseReturnValue:
    """The mails, the newest first."""
    group = request.args.get("state", "")
    if group not in GROUP_WORDS:
        raise NotFound("The outbox has no such list.")
    with reading() as session:
        page = report_outbox.list_report_mails(session, scope(), group=group, page=page_number())
        entries = [_entry(mail) for mail in page.mails]
        return render_template(
            "web/reminders/report_outbox.html",
            entries=entries,
            page=page,
            counts=report_outbox.count_report_mails(session, scope()),
            group=group,
            group_words=GROUP_WORDS,
            state_words=STATE_WORDS,
            kind_words=KIND_WORDS,
            marking_of=marking_of,
            marking=join_markings(marking_of(e.marking) for e in entries) if entries else None,
            zone=person_zone(),
            is_by_smtp=bool(settings().smtp_url),
        )


@pages.get(f"{MAIL}/mail")
def show_mail(mail_id: int) -> ResponseReturnValue:
    """A mail that was put into the outbox folder: headers and text part."""
    entry, content = _stored_mail(mail_id)
    shown = show_stored(content)
    return render_template(
        "web/reminders/report_mail.html",
        entry=entry,
        headers=shown.headers,
        text=shown.text,
        marking=marking_of(entry.marking),
    )


@pages.get(f"{MAIL}/mail.eml")
def download_mail(mail_id: int) -> ResponseReturnValue:
    """The same as a file, which mail programs open."""
    _, content = _stored_mail(mail_id)
    return as_file(content, f"report-mail-{mail_id}.eml")


@pages.post(f"{MAIL}/retry")
def retry(mail_id: int) -> ResponseReturnValue:
    """Has a failed mail tried again."""
    with transaction() as session:
        name = retry_report_mail(session, mail_id, actor=actor(), now=now()).contact.full_name
    flash(f"The mail to {name} is tried again with the next sweep.", "success")
    return redirect(url_for(".show"), 303)


@pages.post(f"{MAIL}/give-up")
def give_up(mail_id: int) -> ResponseReturnValue:
    """Leaves a failed mail unsent."""
    with transaction() as session:
        name = give_up_report_mail(session, mail_id, actor=actor(), now=now()).contact.full_name
    flash(f"The mail to {name} is given up.", "success")
    return redirect(url_for(".show"), 303)


def _entry(mail: ReportMail) -> Entry:
    dialogue = report_outbox.dialogue_of(mail)
    if mail.report is not None:
        href, marking = address_of(mail.report), mail.report.internal_marking
        words = f"{KIND_WORDS[mail.kind]}, report of {mail.report.as_of:%d %B %Y}".replace(
            " 0", " "
        )
    else:
        task = mail.question.task if mail.question else None
        href = f"/dialogues/{dialogue.slug}/questions/{mail.question_id}"
        marking = task.marking if task else "U"
        words = f"{KIND_WORDS[mail.kind]} on task {task.number if task else ''}"
    is_own = mail.contact_id == scope().contact_id
    return Entry(
        mail=mail,
        dialogue=dialogue,
        words=words,
        marking=marking,
        href=href,
        is_own=is_own,
        may_settle=mail.state == "failed" and may_settle_mail(scope(), mail),
        has_mail=_may_read(mail, is_own=is_own) and stored(mail) is not None,
    )


def _may_read(mail: ReportMail, *, is_own: bool) -> bool:
    """Its words are for whom it went to. A link to answer without signing in stands in a call,
    and whoever reads it could answer in that person's name."""
    return is_own or mail.kind != "call"


def _stored_mail(mail_id: int) -> tuple[Entry, bytes]:
    with reading() as session:
        mail = report_outbox.find_report_mail(session, scope(), mail_id)
        entry = _entry(mail)
    return entry, require_stored(mail, may_read=entry.has_mail)
