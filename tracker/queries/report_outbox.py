"""Named SELECTs about mails of the reporting cycle as people see them: theirs, and those about
dialogues that they edit.

Session first; no writes. Every list and count takes a Scope and applies it in SQL.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session, selectinload

from tracker.models import Dialogue, OwnerQuestion, ReportMail, StatusReport, Task
from tracker.policy.errors import NotFound
from tracker.policy.visibility import Scope
from tracker.queries.outbox import GROUPS, PAGE_SIZE, OutboxPage


def dialogue_of(mail: ReportMail) -> Dialogue:
    """The dialogue whose report, or question, a mail is about."""
    if mail.report is not None:
        return mail.report.dialogue
    if mail.question is None:
        raise ValueError("a mail is about a report or a question")
    return mail.question.task.dialogue


def is_visible(scope: Scope) -> ColumnElement[bool]:
    """That a mail goes to this person, or is about a dialogue that they edit; always about one
    whose internal side they see."""
    if scope.is_system:
        return true()
    edited = [d for d in scope.dialogue_ids if scope.may_edit(d)]
    is_theirs = and_(_is_about(scope.dialogue_ids), ReportMail.contact_id == scope.contact_id)
    return or_(_is_about(edited), is_theirs)


def list_report_mails(
    session: Session, scope: Scope, *, group: str = "", page: int = 1
) -> OutboxPage[ReportMail]:
    """One page of the mails of a group of states, or of all, the newest first."""
    where = [is_visible(scope)]
    if group:
        where.append(ReportMail.state.in_(GROUPS[group]))
    total = session.scalar(select(func.count()).select_from(ReportMail).where(*where)) or 0
    number = min(max(1, page), max(1, -(-total // PAGE_SIZE)))
    query = (
        select(ReportMail)
        .where(*where)
        .order_by(ReportMail.planned_at.desc(), ReportMail.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
        .options(
            selectinload(ReportMail.report).selectinload(StatusReport.dialogue),
            selectinload(ReportMail.question)
            .selectinload(OwnerQuestion.task)
            .selectinload(Task.dialogue),
        )
    )
    return OutboxPage(session.scalars(query).all(), number, total)


def count_report_mails(session: Session, scope: Scope) -> dict[str, int]:
    """How many of each group this person may see."""
    query = select(ReportMail.state, func.count()).where(is_visible(scope))
    found = {row[0]: row[1] for row in session.execute(query.group_by(ReportMail.state))}
    return {group: sum(found.get(s, 0) for s in states) for group, states in GROUPS.items()}


def find_report_mail(session: Session, scope: Scope, mail_id: int) -> ReportMail:
    """The mail; raises NotFound, alike for what does not exist and what is not theirs."""
    query = select(ReportMail).where(ReportMail.id == mail_id, is_visible(scope))
    mail = session.scalar(query)
    if mail is None:
        raise NotFound("There is no such mail, or it is not about one of your dialogues.")
    return mail


def _is_about(dialogue_ids: list[int] | tuple[int, ...]) -> ColumnElement[bool]:
    reports = select(StatusReport.id).where(StatusReport.dialogue_id.in_(dialogue_ids))
    questions = (
        select(OwnerQuestion.id)
        .join(Task, Task.id == OwnerQuestion.task_id)
        .where(Task.dialogue_id.in_(dialogue_ids))
    )
    return or_(ReportMail.report_id.in_(reports), ReportMail.question_id.in_(questions))
