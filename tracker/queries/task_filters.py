"""What a list of tasks may be filtered and ordered by, and how that reads in an address and in SQL.

Conditions only: the SELECTs that use them stand in tasks.py, and who may see what in both.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from tracker.models import AgendaItem, Change, Contact, Meeting, Party, Remark, Task
from tracker.models import TaskOwner as Owner
from tracker.models import TaskParty as Responsible
from tracker.policy.statuses import DUE_SOON_DAYS, OPEN
from tracker.queries.dialogues import newest_first

DUE_CHOICES = ("overdue", "soon", "later", "none")
ORDERS = ("due", "number", "agenda", "updated")
CHANGED_CHOICES = ("visit", "day", "week")
ROLE_CHOICES = ("lead",)
NOBODY, ME, NO_ITEM = "nobody", "me", "none"


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a list shows, as it stands in the URL; empty means all.

    ``status`` is a status, "open" or "closed"; ``due`` one of DUE_CHOICES ("soon" is within 30
    days), which find open tasks only; ``owner`` matches a part of a name, in double quotes a whole
    one, "me" is who asks and "nobody" finds tasks without one; ``responsible`` is a party;
    ``agenda`` is a label ("none": under no item), of the meeting numbered ``meeting`` where it is
    given; ``role`` "lead" is the dialogues that who asks leads; ``changed`` is one of
    CHANGED_CHOICES; ``text`` matches a part of wording or last remark.
    """

    status: str = ""
    owner: str = ""
    responsible: str = ""
    agenda: str = ""
    meeting: str = ""
    due: str = ""
    kind: str = ""
    changed: str = ""
    role: str = ""
    text: str = ""
    order: str = "due"

    def as_query(self, **changes: str) -> dict[str, str]:
        """The filter's non-empty parts for a URL, with some changed."""
        changed = replace(self, **changes)
        parts = {f.name: getattr(changed, f.name) for f in fields(changed)}
        return {k: v for k, v in parts.items() if v and (k, v) != ("order", "due")}

    @property
    def is_empty(self) -> bool:
        """Whether it shows all tasks."""
        return not set(self.as_query()) - {"order"}


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom and when a filter is read: whose "me" it is, the date where they are, the instant
    that ``changed`` counts from (None where it is not asked for), and the dialogues they lead."""

    today: dt.date
    contact_id: int | None = None
    since: dt.datetime | None = None
    lead_of: tuple[int, ...] = ()


def whole_name(name: str) -> str:
    """The value of ``owner`` that finds who is called just so, and nobody whose name holds it."""
    return f'"{name}"'


def conditions(filters: TaskFilter, asked: Asked) -> list[ColumnElement[bool]]:
    """The filter in SQL; a value that none of the choices holds finds nothing."""
    found: list[ColumnElement[bool]] = []
    if filters.status:
        found.append(_status(filters.status))
    if filters.kind:
        found.append(Task.kind == filters.kind)
    if filters.owner:
        found.append(_owner(filters.owner, asked.contact_id))
    if filters.responsible:
        found.append(_responsibility_of(filters.responsible))
    if filters.agenda:
        found.append(_agenda(filters.agenda))
    if filters.meeting:
        found.append(_meeting(filters.meeting))
    if filters.due:
        found.append(due(filters.due, asked.today))
    if filters.changed and asked.since is not None:
        found.append(changed_since(asked.since, asked.contact_id))
    if filters.role:
        found.append(Task.dialogue_id.in_(asked.lead_of))
    if filters.text:
        columns = (Task.title, Task.text, Task.agreed_text, Task.last_remark)
        found.append(or_(*(c.icontains(filters.text, autoescape=True) for c in columns)))
    return found


def _status(status: str) -> ColumnElement[bool]:
    if status == "open":
        return Task.status.in_(OPEN)
    if status == "closed":
        return Task.status.not_in(OPEN)
    return Task.status == status


def _owner(name: str, contact_id: int | None) -> ColumnElement[bool]:
    if name == NOBODY:
        return ~Task.owners.any()
    if name == ME:
        return owned_by(contact_id)
    names = (Owner.name, Contact.name)
    if len(name) > 2 and name[0] == name[-1] == '"':
        is_meant = or_(*(func.lower(column) == name[1:-1].strip().lower() for column in names))
    else:
        is_meant = or_(*(column.icontains(name, autoescape=True) for column in names))
    owners = select(Owner.task_id).outerjoin(Contact, Contact.id == Owner.contact_id)
    return Task.id.in_(owners.where(is_meant))


def owned_by(contact_id: int | None) -> ColumnElement[bool]:
    """That this contact owns the task; nobody's where it is None."""
    return Task.id.in_(select(Owner.task_id).where(Owner.contact_id == contact_id))


def _responsibility_of(name: str) -> ColumnElement[bool]:
    return Task.id.in_(
        select(Responsible.task_id)
        .join(Party, Party.id == Responsible.party_id)
        .where(func.lower(Party.name) == name.lower())
    )


def _agenda(label: str) -> ColumnElement[bool]:
    if label == NO_ITEM:
        return Task.agenda_item_id.is_(None)
    return Task.agenda_item_id.in_(select(AgendaItem.id).where(AgendaItem.label == label))


def _meeting(number: str) -> ColumnElement[bool]:
    wanted = int(number) if number.isdecimal() and len(number) < 6 else -1
    return Task.meeting_id.in_(select(Meeting.id).where(Meeting.number == wanted))


def due(choice: str, today: dt.date) -> ColumnElement[bool]:
    """That an open task is overdue, due soon, due later, or without a date."""
    horizon = today + dt.timedelta(days=DUE_SOON_DAYS)
    moment = {
        "overdue": Task.due_on < today,
        "soon": Task.due_on.between(today, horizon),
        "later": Task.due_on > horizon,
    }.get(choice, Task.due_on.is_(None))
    return and_(Task.status.in_(OPEN), moment)


def changed_since(since: dt.datetime, contact_id: int | None) -> ColumnElement[bool]:
    """That somebody else than this contact changed the task or said something about it since."""
    changes = select(Change.task_id).where(
        Change.at > since, Change.actor_id.is_distinct_from(contact_id)
    )
    remarks = select(Remark.task_id).where(
        Remark.at > since, Remark.author_id.is_distinct_from(contact_id)
    )
    return or_(Task.id.in_(changes), Task.id.in_(remarks))


def ordered(query: Select[Task], order: str) -> Select[Task]:
    """The query in one of ORDERS; by due date closed tasks come last."""
    if order == "number":
        return query.order_by(Task.number, Task.dialogue_id)
    if order == "updated":
        return query.order_by(Task.updated_at.desc(), Task.id)
    if order == "agenda":
        return (
            query.outerjoin(AgendaItem, AgendaItem.id == Task.agenda_item_id)
            .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
            .order_by(
                AgendaItem.position.is_(None),
                *newest_first(),
                AgendaItem.position,
                Task.number,
            )
        )
    is_closed = Task.status.not_in(OPEN)
    return query.order_by(is_closed, Task.due_on.is_(None), Task.due_on, Task.number)


def for_lines(query: Select[Task]) -> Select[Task]:
    """The query with what a line of a list or board shows, in a fixed number of statements."""
    return query.options(selectinload(Task.owners), selectinload(Task.dialogue))


def with_people(query: Select[Task]) -> Select[Task]:
    """The query with all that is shown of whole tasks, in a fixed number of statements."""
    return for_lines(query).options(selectinload(Task.responsible), selectinload(Task.agenda_item))
