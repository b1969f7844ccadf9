"""What a sweep would send on a day, planned for real in a transaction that is then taken back.

Sends nothing and keeps nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.db import Database
from tracker.models import Dialogue, Reminder, ReminderLine, ReportMail
from tracker.policy.reminder_calls import date_or_none
from tracker.policy.reminder_words import why_asked, why_in_words
from tracker.policy.statuses import date_in_words
from tracker.queries.reminder_rules import Rulebook, read_rulebook
from tracker.queries.reminders import EARLIEST_ZONE, planned_until
from tracker.queries.waiting import is_proposed, name_of
from tracker.services.fill_reminders import Plan, PlanSettings
from tracker.services.plan_reminders import plan_reminders
from tracker.services.run_report_cycle import take_step

KIND_WORDS = {
    "call": "a call for an update before the status report",
    "draft": "that the draft was made of the status report",
    "remark": "a request for remarks on the status report",
    "approve": "a request to approve the status report",
    "report": "the status report",
    "question": "a question about a task",
    "answer": "an answer to a question",
}


@dataclass(frozen=True, slots=True)
class PlannedMail:
    """One mail: to whom, and a line on each thing in it with why they get it."""

    recipient: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """The reminders of a day, and the mails of reports that the scheduler sends beside them."""

    reminders: Sequence[PlannedMail]
    reports: Sequence[PlannedMail]
    plan: Plan


def preview_sweep(
    database: Database, *, now: dt.datetime, settings: PlanSettings, as_of: dt.date | None
) -> Preview:
    """What would go out now, or on the day ``as_of``."""
    with database.transaction() as session:
        plan = plan_reminders(session, now=now, settings=settings, as_of=as_of, at_once=True)
        rulebook = read_rulebook(session)
        until = as_of or (now + EARLIEST_ZONE).date()
        reminders = [_reminder(r, rulebook) for r in planned_until(session, until)]
        at = now if as_of is None else dt.datetime.combine(as_of, now.timetz())
        reports = _reports(session, at, settings)
        session.rollback()
    return Preview(reminders, reports, plan)


def _reminder(reminder: Reminder, rulebook: Rulebook) -> PlannedMail:
    contact = reminder.contact
    lines = [_line(line, rulebook) for line in reminder.lines]
    for entry in reminder.approvals:
        version, report = entry.agreed_list, entry.report
        dialogue = version.meeting.dialogue if version else report.dialogue if report else None
        proposed = is_proposed(entry, reminder.planned_at)
        what = name_of(version, report, is_proposed=proposed)
        why = why_asked(is_own=False, is_proposal=proposed)
        lines.append(f"{dialogue.name if dialogue else ''}, {what}: {why}")
    return PlannedMail(f"{contact.full_name} <{contact.email}>", lines)


def _line(line: ReminderLine, rulebook: Rulebook) -> str:
    task = line.task
    every = rulebook.of(task.dialogue_id).overdue_every
    why = why_in_words(line.occasion, line.why, is_own=False, overdue_every=every)
    due_on = date_or_none(line.due_on)
    due = f"due {date_in_words(due_on)}" if due_on else "without a date"
    return f"{task.dialogue.name}, task {task.number}, {due}: {why}"


def _reports(session: Session, now: dt.datetime, settings: PlanSettings) -> list[PlannedMail]:
    """The steps of all reporting cycles that have come, and every mail that waits."""
    for dialogue_id in session.scalars(select(Dialogue.id).where(~Dialogue.is_sample)).all():
        take_step(session, dialogue_id, now, settings)
    waiting = select(ReportMail).where(ReportMail.state == "planned")
    found = session.scalars(waiting.order_by(ReportMail.contact_id, ReportMail.id))
    return [_report(mail) for mail in found]


def _report(mail: ReportMail) -> PlannedMail:
    words = KIND_WORDS[mail.kind]
    dialogue = mail.question.task.dialogue.name if mail.question else ""
    if mail.report is not None:
        dialogue = mail.report.dialogue.name
        words += f" of {date_in_words(mail.report.as_of)}"
    recipient = f"{mail.contact.full_name} <{mail.contact.email}>"
    return PlannedMail(recipient, [f"{dialogue}: {words}"])
