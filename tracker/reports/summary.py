"""The Summary: all that a status report says, as plain data that every format renders.

Built by services/build_report from the database; nothing here reads one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from tracker.policy.markings import Marking
from tracker.policy.ratings import Rating
from tracker.policy.report_changes import TaskChange
from tracker.policy.statuses import is_due_soon, is_overdue

Edition = Literal["internal", "shared"]


@dataclass(frozen=True, slots=True)
class SummaryTask:
    """One task as it stood on the summary's date.

    ``number`` is the dialogue's own in the internal edition and the agreed list's in the shared
    one, where ``kind`` and ``passage`` are left out. ``due_basis`` is stated, default or extended.
    ``first_due_on`` is the date before any extension. ``status`` is one of
    policy.statuses.STATUSES.
    """

    number: int
    title: str
    agenda: str | None
    kind: str
    responsible: tuple[str, ...]
    owners: tuple[str, ...]
    status: str
    due_on: dt.date | None
    due_basis: str
    marking: Marking
    last_remark: str | None = None
    last_remark_on: dt.date | None = None
    last_remark_by: str | None = None
    done_on: dt.date | None = None
    first_due_on: dt.date | None = None
    extension_reason: str | None = None
    passage: str | None = None
    url: str | None = None
    meeting: int | None = None
    """In the shared edition: the meeting whose list gave the number."""
    reference: str = ""
    """What tells it from others where lists of several meetings stand side by side ("2.3")."""

    @property
    def label(self) -> str:
        """How people refer to it: "3", or "2.3" for item 3 of the second meeting."""
        return self.reference or str(self.number)


@dataclass(frozen=True, slots=True)
class SummaryAgendaItem:
    """A topic of the meeting; ``label`` is None for tasks under no topic. Counts by status.
    ``narrative`` is what the drafters wrote on it; ``rating`` is computed where it is None."""

    label: str | None
    title: str
    totals: dict[str, int]
    narrative: str = ""
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class SideRemark:
    """What one side adds to a report in its own name."""

    party: str
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the end of ``since``; ``reference`` says what that day was ("the report
    of 10 July 2007"), "" for any day."""

    since: dt.date
    tasks: tuple[TaskChange, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """How many tasks were open and done at the end of a day, and how many were due by then."""

    on: dt.date
    open: int
    done: int
    due: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A status report's content. ``tasks`` are in agenda order, then by number. ``totals`` holds
    every status, zero included. ``generated_at`` is UTC. ``meeting`` is words such as
    "Meeting of 9–10 July 2007". ``marking`` is the join of what is shown."""

    dialogue: str
    slug: str
    parties: tuple[str, ...]
    as_of: dt.date
    edition: Edition
    marking: Marking
    meeting: str
    totals: dict[str, int]
    agenda: tuple[SummaryAgendaItem, ...]
    tasks: tuple[SummaryTask, ...]
    generated_at: dt.datetime
    trend: tuple[TrendPoint, ...] = ()
    sources: tuple[str, ...] = ()
    """Reference ids of the cables the tasks were drawn from ("07BAKU832")."""
    tags: tuple[str, ...] = ()
    is_sample: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    rating: Rating | None = None
    """Of the dialogue as a whole; computed where it is None."""
    narrative: str = ""
    decisions: tuple[str, ...] = ()
    """What the co-chairs are asked to decide."""
    remarks: tuple[SideRemark, ...] = ()
    changes: Changes | None = None
    next_dates: tuple[tuple[dt.date, str], ...] = ()
    """Days to come and what they bring ("Next report")."""

    @property
    def overdue(self) -> tuple[SummaryTask, ...]:
        """Open tasks whose due date has passed, latest first."""
        late = [t for t in self.tasks if is_overdue(t.status, t.due_on, self.as_of)]
        return tuple(sorted(late, key=lambda t: (t.due_on or self.as_of, t.number)))

    @property
    def due_soon(self) -> tuple[SummaryTask, ...]:
        """Open tasks that fall due within 30 days, soonest first."""
        soon = [t for t in self.tasks if is_due_soon(t.status, t.due_on, self.as_of)]
        return tuple(sorted(soon, key=lambda t: (t.due_on or self.as_of, t.number)))

    @property
    def done(self) -> tuple[SummaryTask, ...]:
        """What was done, latest first."""
        done = [t for t in self.tasks if t.status == "done"]
        return tuple(sorted(done, key=lambda t: (t.done_on or dt.date.min, t.number), reverse=True))
