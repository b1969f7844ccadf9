"""Named SELECTs about reports: their period, versions, calls for updates, and what each side sees.

Session first; no writes. The other side sees a report once it was shown to them, and only its
shared edition; which edition that is, the services decide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from tracker.models import (
    Contact,
    Dialogue,
    Membership,
    OwnerQuestion,
    ReportingPeriod,
    ReportMail,
    ReportStep,
    StatusReport,
    Task,
)
from tracker.policy.errors import NotFound
from tracker.policy.report_cycle import Cycle, cycle_of, next_report_on
from tracker.policy.statuses import OPEN
from tracker.policy.visibility import Scope
from tracker.queries.dialogues import latest_meeting
from tracker.queries.tasks import within

FROZEN = ("frozen", "approved", "sent")


def shown_to(scope: Scope) -> ColumnElement[bool]:
    """The condition that a report, in the edition of their side, is shown to this person."""
    if scope.is_system:
        return true()
    is_shown = or_(StatusReport.state.in_(FROZEN), StatusReport.offered_at.is_not(None))
    return or_(
        StatusReport.dialogue_id.in_(scope.dialogue_ids),
        and_(StatusReport.dialogue_id.in_(list(scope.shared)), is_shown),
    )


def reports_of(session: Session, scope: Scope, dialogue: Dialogue) -> list[StatusReport]:
    """The dialogue's reports, the newest first."""
    query = select(StatusReport).where(StatusReport.dialogue_id == dialogue.id, shown_to(scope))
    newest = (StatusReport.as_of.desc(), StatusReport.version.desc())
    return list(session.scalars(query.order_by(*newest)))


def get_report(
    session: Session,
    scope: Scope,
    slug: str,
    as_of: dt.date,
    version: int,
    *,
    to_change: bool = False,
) -> StatusReport:
    """One version of a report; raises NotFound, alike for what does not exist and what is not
    shown to them. ``to_change`` holds it until the transaction ends."""
    query = (
        select(StatusReport)
        .join(Dialogue, Dialogue.id == StatusReport.dialogue_id)
        .where(
            Dialogue.slug == slug,
            StatusReport.as_of == as_of,
            StatusReport.version == version,
            shown_to(scope),
        )
    )
    if to_change:
        query = query.with_for_update(of=StatusReport)
    report = session.scalar(query)
    if report is None:
        raise NotFound("There is no such report, or it is not one of yours.")
    return report


def versions_on(session: Session, dialogue_id: int, as_of: dt.date) -> Sequence[StatusReport]:
    """All versions as of a day, the first one first; for decisions, not for show."""
    query = select(StatusReport).where(
        StatusReport.dialogue_id == dialogue_id, StatusReport.as_of == as_of
    )
    return session.scalars(query.order_by(StatusReport.version)).all()


def open_report(session: Session, dialogue_id: int) -> StatusReport | None:
    """The report that is being written; None where none is."""
    query = select(StatusReport).where(
        StatusReport.dialogue_id == dialogue_id, StatusReport.state.in_(("called", "draft"))
    )
    return session.scalars(query.order_by(StatusReport.as_of, StatusReport.id)).first()


def frozen_before(session: Session, dialogue_id: int, as_of: dt.date) -> StatusReport | None:
    """The last frozen report of an earlier day: what changes are told from."""
    query = select(StatusReport).where(
        StatusReport.dialogue_id == dialogue_id,
        StatusReport.as_of < as_of,
        StatusReport.state.in_(FROZEN),
    )
    newest = (StatusReport.as_of.desc(), StatusReport.version.desc())
    return session.scalars(query.order_by(*newest)).first()


def find_period(session: Session, dialogue_id: int) -> ReportingPeriod:
    """The dialogue's reporting period; the default one, not stored, where none was set."""
    found = session.get(ReportingPeriod, dialogue_id)
    return found or ReportingPeriod(
        dialogue_id=dialogue_id, months=6, first_due_on=None, call_days=28, draft_days=7, is_on=True
    )


def cycle_for(session: Session, dialogue: Dialogue) -> Cycle:
    """When the dialogue reports."""
    period = find_period(session, dialogue.id)
    meeting = latest_meeting(session, dialogue.id)
    return cycle_of(
        meeting.ends_on if meeting else None,
        period.months,
        period.first_due_on,
        period.call_days,
        period.draft_days,
    )


def next_report_of(session: Session, dialogue: Dialogue, today: dt.date) -> dt.date | None:
    """The day of the next report that is still to be frozen; None where the cycle is off, or has
    no day to count from."""
    if not find_period(session, dialogue.id).is_on:
        return None
    query = select(StatusReport.as_of).where(
        StatusReport.dialogue_id == dialogue.id, StatusReport.state.in_(FROZEN)
    )
    made = frozenset(session.scalars(query))
    started = dialogue.created_at.date()
    return next_report_on(cycle_for(session, dialogue), today, made, not_before=started)


def calls_of(session: Session, report_id: int) -> list[ReportMail]:
    """The calls for updates of a report, by name of who was called."""
    query = (
        select(ReportMail)
        .join(Contact, Contact.id == ReportMail.contact_id)
        .where(ReportMail.report_id == report_id, ReportMail.kind == "call")
    )
    return list(session.scalars(query.order_by(Contact.name, Contact.id)))


def find_call(session: Session, report_id: int, contact_id: int | None) -> ReportMail | None:
    """The call that this person got; None where they got none."""
    query = select(ReportMail).where(
        ReportMail.report_id == report_id,
        ReportMail.kind == "call",
        ReportMail.contact_id == contact_id,
    )
    return session.scalar(query)


def mails_of(session: Session, report_id: int) -> list[ReportMail]:
    """All mails of a report but its calls, in the order they were planned."""
    query = select(ReportMail).where(ReportMail.report_id == report_id, ReportMail.kind != "call")
    return list(session.scalars(query.order_by(ReportMail.id)))


def steps_of(session: Session, report_id: int) -> list[ReportStep]:
    """What was done with a report, the newest first."""
    query = select(ReportStep).where(ReportStep.report_id == report_id)
    return list(session.scalars(query.order_by(ReportStep.id.desc())))


def late_answers(session: Session, report: StatusReport) -> list[ReportMail]:
    """Answers to the call of the report before that came after its day had ended or it was
    frozen: they count for this one."""
    before = frozen_before(session, report.dialogue_id, report.as_of)
    if before is None or before.frozen_at is None:
        return []
    query = select(ReportMail).where(
        ReportMail.report_id == before.id,
        ReportMail.kind == "call",
        or_(ReportMail.answered_at > before.frozen_at, ReportMail.answered_on > before.as_of),
    )
    return list(session.scalars(query.order_by(ReportMail.answered_at)))


def holders_of(session: Session, dialogue_id: int, roles: Sequence[str]) -> list[Contact]:
    """The active people with an address who hold one of the roles, whatever their side; by
    name."""
    holding = select(Membership.contact_id).where(
        Membership.dialogue_id == dialogue_id, Membership.role.in_(roles)
    )
    query = select(Contact).where(
        Contact.id.in_(holding), Contact.is_active, Contact.email.is_not(None)
    )
    return list(session.scalars(query.order_by(Contact.name, Contact.id)))


def get_mail(session: Session, contact_id: int | None, mail_id: int) -> ReportMail:
    """A mail of the cycle to this very person; raises NotFound for all others."""
    mail = session.get(ReportMail, mail_id)
    if mail is None or mail.contact_id != contact_id:
        raise NotFound("This link belongs to somebody else, or to nothing any more.")
    return mail


def questions_about(session: Session, scope: Scope, dialogue_id: int) -> list[OwnerQuestion]:
    """The questions put to owners of a dialogue's tasks, the newest first."""
    if not scope.may_read(dialogue_id):
        return []
    query = (
        select(OwnerQuestion)
        .join(Task, Task.id == OwnerQuestion.task_id)
        .where(Task.dialogue_id == dialogue_id)
    )
    return list(session.scalars(query.order_by(OwnerQuestion.id.desc())))


def open_question(session: Session, task_id: int, contact_id: int) -> OwnerQuestion | None:
    """The question on a task that a person of the other side has put and that has no answer yet;
    None for none."""
    query = select(OwnerQuestion).where(
        OwnerQuestion.task_id == task_id,
        OwnerQuestion.asked_by_id == contact_id,
        OwnerQuestion.is_shared,
        OwnerQuestion.answered_at.is_(None),
    )
    return session.scalars(query).first()


def get_question(session: Session, scope: Scope, question_id: int) -> OwnerQuestion:
    """A question on a task whose internal side the person sees; raises NotFound otherwise."""
    question = session.get(OwnerQuestion, question_id)
    if question is None or not scope.may_read(question.task.dialogue_id):
        raise NotFound("There is no such question.")
    return question


@dataclass(frozen=True, slots=True)
class Rated:
    """What a rating needs of a task, and what a list shows of it."""

    dialogue_id: int
    number: int
    title: str
    marking: str
    status: str
    due_on: dt.date | None

    @property
    def label(self) -> str:
        """How people refer to it."""
        return str(self.number)


def tasks_to_rate(session: Session, scope: Scope) -> dict[int, list[Rated]]:
    """The tasks that count for ratings, by dialogue; of all dialogues whose internal side the
    person sees, the latest due date last."""
    query = (
        select(Task.dialogue_id, Task.number, Task.title, Task.marking, Task.status, Task.due_on)
        .where(within(scope), Task.status.in_((*OPEN, "done")))
        .order_by(Task.due_on, Task.number)
    )
    found: dict[int, list[Rated]] = {}
    for row in session.execute(query):
        found.setdefault(row[0], []).append(Rated(*row))
    return found
