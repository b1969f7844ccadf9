"""What a mail of the reporting cycle says, decided when it is sent: still wanted, and how much.

Nothing above the mail ceiling is said; such a mail has a neutral subject and a link only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from tracker.models import Dialogue, Membership, OwnerQuestion, ReportMail, StatusReport
from tracker.policy.counts import count_tasks
from tracker.policy.markings import UNCLASSIFIED, Marking, join_markings, parse_marking
from tracker.policy.statuses import date_in_words
from tracker.queries.agreed_lists import list_of_task
from tracker.queries.recipients import recipients_of
from tracker.queries.roles import roles_in
from tracker.reports.narrative import draft_changes, draft_standing
from tracker.reports.summary import Edition, Summary
from tracker.services.answer_call import update_url
from tracker.services.call_for_updates import tasks_asked_of
from tracker.services.choose_notices import decline_url, has_declined
from tracker.services.compose_report import edition_of
from tracker.services.draft_report import is_own
from tracker.services.prepare_reminders import SendSettings

_ROLES = {
    "draft": {"lead", "editor"},
    "remark": {"lead", "editor", "approver"},
    "approve": {"approver"},
    "report": {"co-chair"},
}
_STATES = {
    "call": ("called", "draft"),
    "draft": ("draft",),
    "remark": ("draft",),
    "approve": ("frozen",),
    "report": ("sent",),
}
_NEUTRAL = {
    "call": "An update of yours is wanted",
    "draft": "A draft waits for you",
    "remark": "A draft waits for your remarks",
    "approve": "A report waits for your approval",
    "report": "A status report is ready",
    "question": "A question for you",
    "answer": "An answer to your question",
}
_LINKS = {
    "call": "Give your update",
    "draft": "Open the draft",
    "remark": "Open the draft",
    "approve": "Read and approve",
    "report": "Open the report",
    "question": "Answer",
    "answer": "Open the answer",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says and how that is marked; ``summary`` is the report to attach. An
    ``objection`` is why it is not sent after all."""

    subject: str = ""
    paragraphs: tuple[str, ...] = ()
    link_words: str = ""
    url: str = ""
    marking: Marking = UNCLASSIFIED
    summary: Summary | None = field(default=None, repr=False)
    objection: str = ""
    unsubscribe_url: str | None = field(default=None, repr=False)


def prepare_report_mail(
    session: Session, mail: ReportMail, settings: SendSettings, *, now: dt.datetime
) -> Words:
    """The mail's words as things stand now. The link names no dialogue: it leads through
    /reports/mail/<id>, or for a call to its form, which asks for no password."""
    objection = _objection(session, mail)
    if objection:
        return Words(objection=objection)
    words = _words(session, mail, now)
    linked = replace(
        words,
        link_words=_LINKS[mail.kind],
        url=_url(session, mail, settings),
        unsubscribe_url=decline_url(
            session,
            settings.secret_key,
            settings.base_url,
            mail.contact_id,
            mail.kind,
            mail.planned_at.date(),
        ),
    )
    if words.marking.is_within(settings.ceiling):
        return linked
    neutral = f"{_NEUTRAL[mail.kind]} in the Dialogue Tracker"
    return replace(
        linked,
        subject=neutral,
        paragraphs=(
            f"{neutral}. Its marking does not allow more in a mail; "
            "open the link, or sign in, to see what you may see.",
        )
        if mail.kind == "call"
        else (f"{neutral}. Its marking does not allow more in a mail; sign in to see it.",),
        marking=UNCLASSIFIED,
        summary=None,
    )


def _url(session: Session, mail: ReportMail, settings: SendSettings) -> str:
    url = None
    if mail.kind == "call":
        url = update_url(session, mail, settings.secret_key, settings.base_url)
    return url or f"{settings.base_url}/reports/mail/{mail.id}"


def _objection(session: Session, mail: ReportMail) -> str:
    """Why the mail is no longer wanted, without a word of what it is about; "" where it is."""
    contact, report = mail.contact, mail.report
    if not contact.is_active or not contact.email:
        return "The person cannot be written to any more."
    if has_declined(session, contact.id, mail.kind):
        return "The person does not want mails of this kind."
    if report is not None and report.state not in _STATES[mail.kind]:
        return "The report has gone on since."
    if mail.kind == "call" and mail.answered_at is not None:
        return "It was answered before it was sent."
    if mail.kind in _ROLES and report is not None:
        held = {m.role for m in roles_in(session, report.dialogue_id, contact.id)}
        return "" if held & _ROLES[mail.kind] else "The person no longer has that role."
    if mail.kind == "call" and report is not None:
        asked = tasks_asked_of(session, report, contact.id)
        return "" if asked else "None of the person's tasks is open any more."
    return _question_objection(session, mail, mail.question)


def _question_objection(session: Session, mail: ReportMail, question: OwnerQuestion | None) -> str:
    if question is None:
        return "What it was about is gone."
    if mail.kind == "answer":
        held: list[Membership] = roles_in(session, question.task.dialogue_id, mail.contact_id)
        return "" if held else "The person no longer takes part in the dialogue."
    if question.answered_at is not None:
        return "It was answered before it was sent."
    told = {contact.id for contact, _ in recipients_of(session, [question.task])[question.task_id]}
    return "" if mail.contact_id in told else "The task has been handed over."


def _words(session: Session, mail: ReportMail, now: dt.datetime) -> Words:
    if mail.question is not None:
        if mail.question.is_shared and mail.kind == "answer":
            return _shared_answer(session, mail.question)
        return _question_words(mail, mail.question)
    report = mail.report
    if report is None:
        raise ValueError("a mail is about a report or a question")
    if mail.kind == "call":
        return _call_words(session, mail, report)
    edition: Edition = "internal" if is_own(report.dialogue, mail.contact.party_id) else "shared"
    return _report_words(mail, report, edition_of(session, report, edition, now=now))


def _call_words(session: Session, mail: ReportMail, report: StatusReport) -> Words:
    tasks = tasks_asked_of(session, report, mail.contact_id)
    name, day = report.dialogue.name, date_in_words(report.as_of)
    return Words(
        subject=_with_sample(report.dialogue, f"Your update for the report of {day}: {name}"),
        paragraphs=(
            f"The status report of {name} is due on {day}. Please say how "
            f"{count_tasks(len(tasks))} of yours stand{'s' if len(tasks) == 1 else ''}; "
            "“nothing new” is an answer too.",
            *(f"{task.number}. {task.title}" for task in tasks[:20]),
            *([f"and {len(tasks) - 20} more"] if len(tasks) > 20 else []),
        ),
        marking=join_markings(parse_marking(task.marking) for task in tasks),
    )


def _report_words(mail: ReportMail, report: StatusReport, summary: Summary) -> Words:
    name, day = summary.dialogue, date_in_words(report.as_of)
    openings = {
        "draft": (f"Draft report of {day}: {name}", "A draft was made; please complete it."),
        "remark": (
            f"Your remarks on the report of {day}: {name}",
            "The draft is open for the remarks of your side.",
        ),
        "approve": (
            f"For your approval, report of {day}: {name}",
            "The report is frozen and waits for the approval of your side.",
        ),
        "report": (f"Status report of {day}: {name}", "The report of both sides is attached."),
    }
    subject, opening = openings[mail.kind]
    rating = summary.rating
    rated = f"{rating.words}. {rating.reason}" if rating else ""
    changed = draft_changes(summary.changes) if summary.changes else ""
    decisions = [f"Decision wanted: {decision}" for decision in summary.decisions]
    said = (opening, rated, " ".join(draft_standing(summary)), changed, *decisions)
    return Words(
        subject=_with_sample(report.dialogue, subject),
        paragraphs=tuple(part for part in said if part),
        marking=summary.marking,
        summary=summary if mail.kind == "report" else None,
    )


def _question_words(mail: ReportMail, question: OwnerQuestion) -> Words:
    task = question.task
    about = f"task {task.number}, {task.title}"
    if mail.kind == "question":
        subject = f"A question on task {task.number}: {task.dialogue.name}"
        said: tuple[str, ...] = (
            f"{question.asked_by.full_name}{_side(question)} asks about {about}:",
            question.text,
            *(["Both sides will read your answer."] if question.is_shared else []),
        )
    else:
        subject = f"An answer on task {task.number}: {task.dialogue.name}"
        said = (
            f"You asked about {about}: {question.text}",
            f"{question.answered_by} answers: {question.answer}",
        )
    return Words(
        subject=_with_sample(task.dialogue, subject),
        paragraphs=said,
        marking=parse_marking(task.marking),
    )


def _side(question: OwnerQuestion) -> str:
    """ " of Sundria" where the other side asks."""
    party = question.asked_by.party
    return f" of {party.name}" if question.is_shared and party else ""


def _shared_answer(session: Session, question: OwnerQuestion) -> Words:
    """To the other side: the item as its list has it, and nothing of our task."""
    task = question.task
    found = list_of_task(session, task)
    if found is None:
        return Words(objection="The item is on no agreed list any more.")
    version, item = found
    about = f"item {item.number} of meeting {version.meeting.number}"
    return Words(
        subject=_with_sample(task.dialogue, f"An answer on {about}: {task.dialogue.name}"),
        paragraphs=(
            f"You asked about {about}, {task.agreed_text}: {question.text}",
            f"{question.answered_by} answers: {question.answer}",
        ),
        marking=parse_marking(version.marking),
    )


def _with_sample(dialogue: Dialogue, subject: str) -> str:
    prefix = "Sample: " if dialogue.is_sample else ""
    return f"{prefix}{' '.join(subject.split())}"[:180]
