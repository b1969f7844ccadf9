"""Pages of the outbox: what was, is and will be sent, and why. Also the links of mails that
must name no dialogue, and the alarm when the scheduler has stopped.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.models import Reminder, ReminderApproval, ReminderLine
from tracker.policy.errors import NotFound, Unavailable
from tracker.policy.markings import join_markings
from tracker.policy.reminder_words import why_in_words
from tracker.policy.visibility import Scope
from tracker.queries import outbox
from tracker.queries.reminders import last_sweep_at
from tracker.queries.waiting import is_proposed, name_of
from tracker.services.settle_reminders import give_up_reminder, may_settle, retry_reminder
from tracker.services.tell_delivery import delivery_notes
from tracker.web.coming import address_of, coming_for
from tracker.web.context import (
    actor,
    now,
    person_zone,
    reading,
    scope,
    settings,
    today,
    transaction,
)
from tracker.web.lines import marking_of, task_address
from tracker.web.list_view import list_address
from tracker.web.report_cycle import address_of as report_address
from tracker.web.stored_mail import as_file, page_number, require_stored, show_stored, stored

pages = Blueprint("reminders", __name__)
REMINDER = "/outbox/<int(max=999999999):reminder_id>"
STATE_WORDS = {
    "planned": ("Waits", "schedule"),
    "claimed": ("On its way", "autorenew"),
    "sent": ("Sent", "check_circle"),
    "cancelled": ("Not sent", "do_not_disturb"),
    "failed": ("Failed", "error"),
}
GROUP_WORDS = {"": "All", "waiting": "Waiting", "failed": "Failed", "sent": "Sent",
               "cancelled": "Not sent"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A list or report that a reminder asks to approve: what it is, of which dialogue, its
    marking, where it stands, and why the mail did not say it after all."""

    words: str
    dialogue: str
    marking: str
    href: str
    left_out: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A reminder as one person may see it; ``lines`` leaves out dialogues that are not theirs."""

    reminder: Reminder
    lines: list[ReminderLine]
    approvals: list[Asked]
    is_own: bool
    may_settle: bool
    has_mail: bool


@pages.get("/outbox/")
def show_outbox() -> ResponseReturnValue:
    """What was and is to be sent, newest first, and what the reader will be told next."""
    group = request.args.get("state", "")
    if group not in GROUP_WORDS:
        raise NotFound("The outbox has no such list.")
    with reading() as session:
        page = outbox.list_reminders(session, scope(), group=group, page=page_number())
        entries = [_entry(reminder) for reminder in page.mails]
        coming = coming_for(session) if not group else []
        counts = outbox.counts_by_group(session, scope())
        markings = [line.task.marking for entry in entries for line in entry.lines]
        markings += [asked.marking for entry in entries for asked in entry.approvals]
        markings += [one.marking for one in coming]
        return render_template(
            "web/reminders/outbox.html",
            entries=entries,
            page=page,
            coming=coming,
            counts=counts,
            group=group,
            group_words=GROUP_WORDS,
            state_words=STATE_WORDS,
            why=why_in_words,
            task_address=task_address,
            address_of=address_of,
            marking_of=marking_of,
            marking=join_markings(map(marking_of, markings)) if markings else None,
            zone=person_zone(),
            today=today(),
            is_by_smtp=bool(settings().smtp_url),
            delivery_notes=delivery_notes(session, settings(), now()),
        )


@pages.get(f"{REMINDER}/mail")
def show_mail(reminder_id: int) -> ResponseReturnValue:
    """A mail that was put into the outbox folder: headers and text part."""
    entry, content = _stored_mail(reminder_id)
    shown = show_stored(content)
    return render_template(
        "web/reminders/mail.html",
        entry=entry,
        headers=shown.headers,
        text=shown.text,
        marking=join_markings(
            marking_of(text)
            for text in (
                *(line.task.marking for line in entry.lines),
                *(asked.marking for asked in entry.approvals),
            )
        ),
    )


@pages.get(f"{REMINDER}/mail.eml")
def download_mail(reminder_id: int) -> ResponseReturnValue:
    """The same as a file, which mail programs open."""
    _, content = _stored_mail(reminder_id)
    return as_file(content, f"reminder-{reminder_id}.eml")


@pages.post(f"{REMINDER}/retry")
def retry(reminder_id: int) -> ResponseReturnValue:
    """Has a failed mail tried again."""
    with transaction() as session:
        reminder = retry_reminder(session, reminder_id, actor=actor(), now=now())
        name = reminder.contact.full_name
    flash(f"The mail to {name} is tried again with the next sweep.", "success")
    return redirect(url_for(".show_outbox"))


@pages.post(f"{REMINDER}/give-up")
def give_up(reminder_id: int) -> ResponseReturnValue:
    """Leaves a failed mail unsent."""
    with transaction() as session:
        reminder = give_up_reminder(session, reminder_id, actor=actor(), now=now())
        name = reminder.contact.full_name
    flash(f"The mail to {name} is given up. Later reminders are sent all the same.", "success")
    return redirect(url_for(".show_outbox"))


@pages.get("/go/<int(max=999999999):task_id>")
def go(task_id: int) -> ResponseReturnValue:
    """To a task, from a mail whose link must not name its dialogue."""
    with reading() as session:
        task = outbox.find_task_in_scope(session, scope(), task_id)
        if task is None:
            raise NotFound("There is no such task, or it is not in one of your dialogues.")
        return redirect(task_address(task.dialogue.slug, task.number))


@pages.get("/go/<any(list, report):kind>/<int(max=999999999):number>")
def go_to_approval(kind: str, number: int) -> ResponseReturnValue:
    """To what waits for an approval, likewise."""
    with reading() as session:
        if kind == "list":
            version = outbox.find_list_in_scope(session, scope(), number)
            address = list_address(version) if version else ""
        else:
            report = outbox.find_report_in_scope(session, scope(), number)
            address = report_address(report) if report else ""
    if not address:
        raise NotFound("There is no such list or report, or it is not shared with you.")
    return redirect(address)


def sweep_alarm() -> str:
    """What administrators are told while the scheduler does not run; "" while it does."""
    account = getattr(g, "account", None)
    if account is None or not account.is_administrator or g.get("database_is_away"):
        return ""
    try:
        with reading() as session:
            swept_at = last_sweep_at(session)
    except Unavailable:
        return ""
    since = swept_at or account.created_at
    if now() - since <= 2 * dt.timedelta(seconds=settings().sweep_seconds):
        return ""
    when = f"since {since.astimezone(person_zone()):%d %B %Y, %H:%M}" if swept_at else "yet"
    return f"No reminders have been sent out {when}: the scheduler does not run."


@pages.app_context_processor
def _alarm() -> dict[str, object]:
    return {"sweep_alarm": sweep_alarm}


def _entry(reminder: Reminder) -> Entry:
    reader: Scope = scope()
    return Entry(
        reminder=reminder,
        lines=[line for line in reminder.lines if reader.may_read(line.task.dialogue_id)],
        approvals=[
            _asked(one, reminder.planned_at) for one in reminder.approvals if _may_read(reader, one)
        ],
        is_own=reminder.contact_id == reader.contact_id,
        may_settle=reminder.state == "failed" and may_settle(reader, reminder),
        has_mail=_may_read_mail(reader, reminder) and stored(reminder) is not None,
    )


def _asked(one: ReminderApproval, planned_at: dt.datetime) -> Asked:
    version, report = one.agreed_list, one.report
    dialogue = version.meeting.dialogue if version else report.dialogue if report else None
    return Asked(
        words=name_of(version, report, is_proposed=is_proposed(one, planned_at)),
        dialogue=dialogue.name if dialogue else "",
        marking=version.marking if version else report.internal_marking if report else "U",
        href=list_address(version) if version else report_address(report) if report else "",
        left_out=one.left_out,
    )


def _may_read(reader: Scope, one: ReminderApproval) -> bool:
    if one.agreed_list is not None:
        return reader.may_read(one.agreed_list.meeting.dialogue_id)
    return one.report is not None and reader.may_read(one.report.dialogue_id)


def _may_read_mail(reader: Scope, reminder: Reminder) -> bool:
    """A mail shows all its tasks, so it is for those who may see every one of them."""
    lines, approvals = reminder.lines, reminder.approvals
    return (
        bool(lines or approvals)
        and all(reader.may_read(line.task.dialogue_id) for line in lines)
        and all(_may_read(reader, one) for one in approvals)
    )


def _stored_mail(reminder_id: int) -> tuple[Entry, bytes]:
    with reading() as session:
        reminder = outbox.get_reminder(session, scope(), reminder_id)
        entry = _entry(reminder)
    return entry, require_stored(reminder, may_read=entry.has_mail)
