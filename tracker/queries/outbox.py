"""Named SELECTs about reminders as people see them: theirs, and those of dialogues they edit.

Session first; no writes. Every list and count takes a Scope and applies it in SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, defer, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from tracker.models import (
    AgreedList,
    Contact,
    Meeting,
    Membership,
    Reminder,
    ReminderApproval,
    ReminderLine,
    ReportMail,
    StatusReport,
    Task,
    TaskOwner,
)
from tracker.policy.errors import NotFound
from tracker.policy.statuses import OPEN
from tracker.policy.visibility import Scope
from tracker.queries.agreed_lists import version_shown_to
from tracker.queries.status_reports import shown_to

Mail = TypeVar("Mail", Reminder, ReportMail)
PAGE_SIZE = 30
GROUPS = {
    "waiting": ("planned", "claimed"),
    "failed": ("failed",),
    "sent": ("sent",),
    "cancelled": ("cancelled",),
}
"""The states that a person tells apart, by the word in the URL."""


@dataclass(frozen=True, slots=True)
class OutboxPage(Generic[Mail]):
    """One page of mails, the newest first; ``number`` counts from 1."""

    mails: Sequence[Mail]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The position of the first mail shown."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The position of the last mail shown."""
        return min(self.total, self.number * self.size)


def is_visible(scope: Scope) -> ColumnElement[bool]:
    """That a reminder has a line that this person may see: of a mail to themselves, about a
    dialogue they work in; of a mail to anybody, about one they edit."""
    if scope.is_system:
        return true()
    edited = [d for d in scope.dialogue_ids if scope.may_edit(d)]
    dialogues = (
        select(ReminderLine.reminder_id, Task.dialogue_id).join(
            Task, Task.id == ReminderLine.task_id
        ),
        select(ReminderApproval.reminder_id, Meeting.dialogue_id)
        .join(AgreedList, AgreedList.id == ReminderApproval.list_id)
        .join(Meeting, Meeting.id == AgreedList.meeting_id),
        select(ReminderApproval.reminder_id, StatusReport.dialogue_id).join(
            StatusReport, StatusReport.id == ReminderApproval.report_id
        ),
    )
    is_own = Reminder.contact_id == scope.contact_id
    shown: list[ColumnElement[bool]] = []
    for query in dialogues:
        reminder_id, dialogue_id = query.selected_columns
        of_this = query.where(reminder_id == Reminder.id)
        shown.append(of_this.where(dialogue_id.in_(edited)).exists() if edited else false())
        shown.append(and_(is_own, of_this.where(dialogue_id.in_(scope.dialogue_ids)).exists()))
    return or_(*shown)


def list_reminders(
    session: Session, scope: Scope, *, group: str = "", page: int = 1
) -> OutboxPage[Reminder]:
    """One page of the reminders of a group of states, or of all."""
    where = [is_visible(scope)]
    if group:
        where.append(Reminder.state.in_(GROUPS[group]))
    total = session.scalar(select(func.count()).select_from(Reminder).where(*where)) or 0
    number = min(max(1, page), max(1, -(-total // PAGE_SIZE)))
    query = select(Reminder).where(*where).order_by(Reminder.day.desc(), Reminder.id.desc())
    query = query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    found = session.scalars(query.options(*_contents())).all()
    return OutboxPage(found, number, total)


def counts_by_group(session: Session, scope: Scope) -> dict[str, int]:
    """How many reminders of each group this person may see."""
    query = select(Reminder.state, func.count()).where(is_visible(scope)).group_by(Reminder.state)
    found = {row[0]: row[1] for row in session.execute(query)}
    return {group: sum(found.get(s, 0) for s in states) for group, states in GROUPS.items()}


def get_reminder(session: Session, scope: Scope, reminder_id: int) -> Reminder:
    """The reminder; raises NotFound, alike for what does not exist and what is not theirs."""
    query = select(Reminder).where(Reminder.id == reminder_id, is_visible(scope))
    reminder = session.scalar(query.options(*_contents()))
    if reminder is None:
        raise NotFound("There is no such reminder, or it is not about one of your dialogues.")
    return reminder


def _contents() -> tuple[ORMOption, ...]:
    """All that is said of a reminder's tasks and approvals, loaded at once."""
    lines, approvals = selectinload(Reminder.lines), selectinload(Reminder.approvals)
    version = approvals.selectinload(ReminderApproval.agreed_list)
    report = approvals.selectinload(ReminderApproval.report)
    return (
        lines.selectinload(ReminderLine.task).selectinload(Task.dialogue),
        version.selectinload(AgreedList.meeting).selectinload(Meeting.dialogue),
        report.selectinload(StatusReport.dialogue),
    )


def find_list_in_scope(session: Session, scope: Scope, list_id: int) -> AgreedList | None:
    """The version of an agreed list; None for what does not exist and what is not theirs."""
    query = select(AgreedList).join(Meeting, Meeting.id == AgreedList.meeting_id)
    return session.scalar(query.where(AgreedList.id == list_id, version_shown_to(scope)))


def find_report_in_scope(session: Session, scope: Scope, report_id: int) -> StatusReport | None:
    """The same for a report."""
    return session.scalar(select(StatusReport).where(StatusReport.id == report_id, shown_to(scope)))


def find_task_in_scope(session: Session, scope: Scope, task_id: int) -> Task | None:
    """The task with its dialogue; None for what does not exist and what is not theirs."""
    query = select(Task).where(Task.id == task_id)
    if not scope.is_system:
        query = query.where(Task.dialogue_id.in_(scope.dialogue_ids))
    return session.scalar(query.options(selectinload(Task.dialogue)))


def tasks_of_person(session: Session, scope: Scope, *, size: int = 200) -> list[Task]:
    """The open tasks that this person may hear of, those to be looked at soonest
    first: what they own, what people of an office that they head own, and what there is in
    dialogues that they lead or chair."""
    heads = select(Contact.id).where(Contact.head_id == scope.contact_id)
    people = select(Contact.id).where(
        or_(Contact.id == scope.contact_id, Contact.id.in_(heads), Contact.office_id.in_(heads))
    )
    owned = select(TaskOwner.task_id).where(TaskOwner.contact_id.in_(people))
    led = select(Membership.dialogue_id).where(
        Membership.contact_id == scope.contact_id, Membership.role.in_(("lead", "co-chair"))
    )
    is_theirs = or_(Task.id.in_(owned), Task.dialogue_id.in_(led))
    return _to_foresee(session, scope, is_theirs, size)


def tasks_of_dialogue(
    session: Session, scope: Scope, dialogue_id: int, *, size: int = 1000
) -> list[Task]:
    """The dialogue's open tasks, those to be looked at soonest first."""
    return _to_foresee(session, scope, Task.dialogue_id == dialogue_id, size)


def _to_foresee(
    session: Session, scope: Scope, which: ColumnElement[bool], size: int
) -> list[Task]:
    query = (
        select(Task)
        .where(
            which,
            Task.dialogue_id.in_(scope.dialogue_ids),
            Task.status.in_(OPEN),
        )
        .order_by(Task.remind_on, Task.id)
        .limit(size)
        .options(
            defer(Task.text),
            defer(Task.agreed_text),
            selectinload(Task.owners),
            selectinload(Task.dialogue),
        )
    )
    return list(session.scalars(query))
