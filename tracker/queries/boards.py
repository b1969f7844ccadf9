"""Named SELECTs of a dialogue's board: its sections with their counts and first tasks.

Session first; no writes. However many tasks there are, a board takes a fixed number of statements
and shows a bounded number of lines; what is left out is one link away in the list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, case, func, literal_column, select
from sqlalchemy.orm import Session

from tracker.models import AgendaItem, Contact, Dialogue, Meeting, Task, TaskOwner
from tracker.policy.statuses import OPEN, STATUS_WORDS
from tracker.policy.visibility import Scope
from tracker.queries.dialogues import newest_first
from tracker.queries.standings import count_if, no_totals
from tracker.queries.task_filters import (
    NO_ITEM,
    NOBODY,
    TaskFilter,
    due,
    for_lines,
    whole_name,
)
from tracker.queries.tasks import within

By = Literal["agenda", "status", "owner", "date"]
BOARD_ORDERS: tuple[By, ...] = ("agenda", "status", "owner", "date")
MAX_LINES = 150
"""About as many lines as one page can hold and a person can look over."""
_DATES = {
    "overdue": "Late",
    "soon": "Due in the next 30 days",
    "later": "Due later",
    "none": "Open without a date",
    "closed": "Done, deferred or declined",
}


@dataclass(slots=True)
class Section:
    """One section of a board: what stands in its head, its first tasks, and the filter that
    finds all of them in the list. ``late`` counts the overdue ones."""

    key: Any
    heading: str = ""
    note: str = ""
    filters: TaskFilter = field(default_factory=TaskFilter)
    totals: dict[str, int] = field(default_factory=no_totals)
    late: int = 0
    tasks: list[Task] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many tasks belong here, shown or not."""
        return sum(self.totals.values())


@dataclass(frozen=True, slots=True)
class Board:
    """The sections in their order, and the agenda items that have no task."""

    by: By
    sections: Sequence[Section]
    empty_items: Sequence[AgendaItem] = ()


def read_board(
    session: Session,
    scope: Scope,
    dialogue: Dialogue,
    by: By,
    today: dt.date,
    *,
    max_lines: int = MAX_LINES,
) -> Board:
    """The board of a dialogue by agenda item, status, owner or date."""
    key = _key(by, today)
    found = _counted(session, scope, dialogue, by, key, today)
    items = _items(session, dialogue)
    meetings = {number for _, number in items}
    for section in found.values():
        _describe(section, by, items, len(meetings) > 1)
    order = {item.id: n for n, (item, _) in enumerate(items)}
    sections = sorted(found.values(), key=lambda section: _place(section, by, order))
    size = max(3, min(25, max_lines // max(1, len(sections))))
    shown = sections[: max(1, max_lines // size)]
    _fill(session, scope, dialogue, by, key, shown, size)
    empty = [item for item, _ in items if by == "agenda" and item.id not in found]
    return Board(by, sections, empty)


def _key(by: By, today: dt.date) -> ColumnElement[Any]:
    if by == "agenda":
        return Task.agenda_item_id.expression
    if by == "status":
        return Task.status.expression
    if by == "owner":
        return func.coalesce(Contact.name, TaskOwner.name)
    choices = ("overdue", "soon", "later", "none")
    return case(
        *((due(choice, today), literal_column(f"'{choice}'")) for choice in choices),
        else_=literal_column("'closed'"),
    )


def _of_dialogue(
    query: Select[*tuple[Any, ...]], scope: Scope, dialogue: Dialogue, by: By
) -> Select[*tuple[Any, ...]]:
    if by == "owner":
        query = query.outerjoin(TaskOwner, TaskOwner.task_id == Task.id).outerjoin(
            Contact, Contact.id == TaskOwner.contact_id
        )
    return query.where(Task.dialogue_id == dialogue.id, within(scope))


def _counted(
    session: Session,
    scope: Scope,
    dialogue: Dialogue,
    by: By,
    key: ColumnElement[Any],
    today: dt.date,
) -> dict[Any, Section]:
    query = select(
        key.label("key"), Task.status, func.count(), count_if(due("overdue", today))
    ).select_from(Task)
    query = _of_dialogue(query, scope, dialogue, by).group_by(literal_column("1"), Task.status)
    found: dict[Any, Section] = {}
    for value, status, count, late in session.execute(query):
        section = found.setdefault(value, Section(value))
        section.totals[status] = count
        section.late += late
    return found


def _items(session: Session, dialogue: Dialogue) -> list[tuple[AgendaItem, int]]:
    """All agenda items with their meeting's number, newest meeting first."""
    query = (
        select(AgendaItem, Meeting.number)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Meeting.dialogue_id == dialogue.id)
        .order_by(*newest_first(), AgendaItem.position)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def topic_markings(session: Session, dialogue: Dialogue) -> list[str]:
    """The markings above unclassified that topics of the dialogue's agendas carry."""
    query = (
        select(AgendaItem.marking)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Meeting.dialogue_id == dialogue.id, AgendaItem.marking != "U")
        .distinct()
    )
    return list(session.scalars(query))


def _describe(
    section: Section, by: By, items: Sequence[tuple[AgendaItem, int]], has_meetings: bool
) -> None:
    if by == "status":
        section.heading = STATUS_WORDS[section.key]
        section.filters = TaskFilter(status=section.key)
    elif by == "owner":
        section.heading = section.key or "Nobody"
        section.filters = TaskFilter(owner=whole_name(section.key) if section.key else NOBODY)
    elif by == "date":
        section.heading = _DATES[section.key]
        is_closed = section.key == "closed"
        section.filters = TaskFilter(status="closed") if is_closed else TaskFilter(due=section.key)
    else:
        _describe_item(section, items, has_meetings)


def _describe_item(
    section: Section, items: Sequence[tuple[AgendaItem, int]], has_meetings: bool
) -> None:
    section.heading = "Under no agenda item"
    section.filters = TaskFilter(agenda=NO_ITEM)
    for item, number in items:
        if item.id == section.key:
            section.heading = f"{item.label}. {item.title}"
            section.note = f"Meeting {number}" if has_meetings else ""
            section.filters = TaskFilter(
                agenda=item.label, meeting=str(number) if has_meetings else ""
            )


def _place(section: Section, by: By, order: dict[int, int]) -> tuple[Any, ...]:
    if by == "agenda":
        return (section.key is None, order.get(section.key, 0))
    if by == "owner":
        return (section.key is not None, (section.key or "").casefold())
    return (list(STATUS_WORDS if by == "status" else _DATES).index(section.key),)


def _fill(
    session: Session,
    scope: Scope,
    dialogue: Dialogue,
    by: By,
    key: ColumnElement[Any],
    sections: Sequence[Section],
    size: int,
) -> None:
    """Gives each section its first tasks: open ones first, by due date."""
    is_closed = Task.status.not_in(OPEN)
    first = (is_closed, Task.due_on.is_(None), Task.due_on, Task.number)
    place = func.row_number().over(partition_by=key, order_by=first)
    ranked = select(Task.id, key.label("key"), place.label("place")).select_from(Task)
    rows = _of_dialogue(ranked, scope, dialogue, by).subquery()
    query = select(rows.c.id, rows.c.key).where(rows.c.place <= size).order_by(rows.c.place)
    by_key = {section.key: section for section in sections}
    wanted = [(row[0], row[1]) for row in session.execute(query) if row[1] in by_key]
    ids = {task_id for task_id, _ in wanted}
    tasks = {t.id: t for t in session.scalars(for_lines(select(Task).where(Task.id.in_(ids))))}
    for task_id, value in wanted:
        by_key[value].tasks.append(tasks[task_id])


def agenda_of_meeting(
    session: Session, scope: Scope, dialogue: Dialogue, meeting: Meeting, today: dt.date
) -> list[Section]:
    """The items of a meeting's agenda, those without tasks too, with their counts."""
    found = _counted(session, scope, dialogue, "agenda", _key("agenda", today), today)
    items = _items(session, dialogue)
    has_meetings = len({number for _, number in items}) > 1
    sections = []
    for item, number in items:
        if number == meeting.number:
            section = found.get(item.id, Section(item.id))
            _describe_item(section, items, has_meetings)
            sections.append(section)
    return sections
