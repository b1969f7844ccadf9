"""Named SELECTs of how a dialogue stood on a past day, counted by the database from the history.

Session first; no writes. For counts over any number of tasks; a report with every task's words is
built by services/build_report.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, case, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased
from sqlalchemy.sql.selectable import Subquery

from tracker.models import Change, Task
from tracker.policy.statuses import OPEN
from tracker.policy.visibility import Scope
from tracker.queries.standings import no_totals
from tracker.queries.tasks import within


@dataclass(slots=True)
class PastStanding:
    """Counts at the end of a day: by status, and of open tasks those whose due date had passed."""

    totals: dict[str, int] = field(default_factory=no_totals)
    overdue: int = 0

    @property
    def total(self) -> int:
        """How many tasks there were."""
        return sum(self.totals.values())


def standing_on(session: Session, scope: Scope, dialogue_id: int, as_of: dt.date) -> PastStanding:
    """How the dialogue stood at the end of ``as_of``. One way through the history for the
    last changes of status and of due date that counted by then, then those rows alone."""
    last = _last_changes(dialogue_id, as_of)
    status, due = aliased(Change), aliased(Change)
    status_is = _status_of(status.after)
    due_is = due.after["due_on"].as_string()
    is_overdue = and_(status_is.in_(OPEN), due_is < as_of.isoformat())
    query = (
        select(status_is, func.count(), func.sum(case((is_overdue, 1), else_=0)))
        .select_from(last)
        .join(status, and_(status.task_id == last.c.task_id, status.sequence == last.c.status))
        .join(due, and_(due.task_id == last.c.task_id, due.sequence == last.c.due))
        .join(Task, Task.id == last.c.task_id)
        .where(within(scope))
        .group_by(status_is)
    )
    found = PastStanding()
    for name, count, late in session.execute(query):
        found.totals[name] = count
        found.overdue += late or 0
    return found


def _last_changes(dialogue_id: int, as_of: dt.date) -> Subquery:
    """By task: the number of the last change of status, and of due date, that counted by that
    day; the creation sets both."""

    def last_of(name: str) -> ColumnElement[int]:
        counts = Change.field.in_(("created", name))
        return func.max(case((counts, Change.sequence)))

    return (
        select(Change.task_id, last_of("status").label("status"), last_of("due_on").label("due"))
        .join(Task, Task.id == Change.task_id)
        .where(
            Task.dialogue_id == dialogue_id,
            Change.field.in_(("created", "status", "due_on")),
            Change.effective_on <= as_of,
        )
        .group_by(Change.task_id)
        .subquery()
    )


def _status_of(after: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """The status after a change: an object holds it where the task was created or deferred until a
    day, else it is the value itself, in JSON's quotation marks."""
    plain = func.replace(cast(after, Text), '"', "")
    return func.coalesce(after["status"].as_string(), plain)
