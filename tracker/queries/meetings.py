"""Named SELECTs about a meeting: its delegations, its log, and what is carried into it.

Session first; no writes. The caller has asked for the meeting within a person's scope.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.models import CarriedTask, Delegate, ListItem, LogEntry, Meeting, Task
from tracker.policy.errors import NotFound
from tracker.policy.statuses import OPEN
from tracker.queries.task_filters import with_people


def delegates_of(session: Session, meeting: Meeting) -> list[Delegate]:
    """Who comes, by party and then in the order given."""
    query = select(Delegate).where(Delegate.meeting_id == meeting.id)
    found = session.scalars(query.order_by(Delegate.position, Delegate.id))
    order = {entry.party_id: entry.position for entry in meeting.dialogue.parties}
    return sorted(found, key=lambda delegate: order.get(delegate.party_id, len(order)))


def log_of(session: Session, meeting: Meeting) -> list[LogEntry]:
    """The lines of a meeting's log in the order in which they were written."""
    query = select(LogEntry).where(LogEntry.meeting_id == meeting.id).order_by(LogEntry.number)
    return list(session.scalars(query.options(selectinload(LogEntry.task))))


def find_open_line(session: Session, meeting: Meeting, task: Task) -> int | None:
    """The number of the open line that a task stands in: two of them would be two texts, owners
    and dates of one task. None where there is none."""
    query = select(LogEntry.number).where(
        LogEntry.meeting_id == meeting.id, LogEntry.task_id == task.id, LogEntry.state == "open"
    )
    return session.scalars(query.order_by(LogEntry.number)).first()


def get_line(session: Session, meeting: Meeting, number: int) -> LogEntry:
    """The line of that number, held until the transaction ends; raises NotFound."""
    query = select(LogEntry).where(LogEntry.meeting_id == meeting.id, LogEntry.number == number)
    entry = session.scalar(query.with_for_update(of=LogEntry))
    if entry is None:
        raise NotFound("There is no such line in the log.")
    return entry


def tasks_of_meeting(session: Session, meeting: Meeting) -> list[Task]:
    """The tasks that come from this meeting, by number."""
    query = select(Task).where(Task.meeting_id == meeting.id).order_by(Task.number)
    return list(session.scalars(with_people(query)))


def carried_into(session: Session, meeting: Meeting) -> list[CarriedTask]:
    """The open tasks of earlier meetings that were carried into this one, by number."""
    query = (
        select(CarriedTask)
        .join(Task, Task.id == CarriedTask.task_id)
        .where(CarriedTask.meeting_id == meeting.id)
        .order_by(Task.number)
        .options(
            selectinload(CarriedTask.task).selectinload(Task.owners),
            selectinload(CarriedTask.task).selectinload(Task.responsible),
            selectinload(CarriedTask.task).selectinload(Task.dialogue),
            selectinload(CarriedTask.task).selectinload(Task.meeting),
            selectinload(CarriedTask.task).selectinload(Task.agenda_item),
        )
    )
    return list(session.scalars(query))


def open_before(session: Session, meeting: Meeting) -> list[Task]:
    """The open tasks of the dialogue that come from an earlier meeting, or from none, and have
    not been carried into this one."""
    carried = select(CarriedTask.task_id).where(CarriedTask.meeting_id == meeting.id)
    earlier = select(Meeting.id).where(
        Meeting.dialogue_id == meeting.dialogue_id, Meeting.number < meeting.number
    )
    query = (
        select(Task)
        .where(
            Task.dialogue_id == meeting.dialogue_id,
            Task.status.in_(OPEN),
            Task.meeting_id.in_(earlier) | Task.meeting_id.is_(None),
            Task.id.not_in(carried),
        )
        .order_by(Task.number)
    )
    return list(session.scalars(with_people(query)))


def item_numbers(session: Session, meeting: Meeting) -> dict[int, int]:
    """The list's number of each log line that stands on the list, by the line's id."""
    query = select(ListItem.log_entry_id, ListItem.number).where(
        ListItem.meeting_id == meeting.id, ListItem.log_entry_id.is_not(None)
    )
    return {row[0]: row[1] for row in session.execute(query) if row[0] is not None}
