"""Plans reminders: one row a person and day with its tasks and why each is there.

Reads only tasks whose reminder day has come. Rows are filled in fill_reminders; sending is
send_reminders.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import structlog
from sqlalchemy import bindparam, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.models import Contact, Reminder, Task
from tracker.policy.reminder_calls import UNDATED, Call, Case, call_on, next_call
from tracker.queries import reminders as queries
from tracker.queries.recipients import Audience, audiences_of
from tracker.queries.reminder_rules import Rulebook, read_rulebook
from tracker.queries.wishes import Wishes, wishes_with
from tracker.services.fill_reminders import (
    Filling,
    Plan,
    PlanSettings,
    Wanted,
    country_of,
    zone_of,
)
from tracker.services.look_again import AT_NEXT_SWEEP
from tracker.services.plan_approvals import plan_approvals
from tracker.services.weigh_task import case_of, hearers

__all__ = ["Plan", "PlanSettings", "country_of", "plan_reminders", "zone_of"]
CHUNK = 500
_LOCK = 7_205_760  # Any number: one planner at a time on PostgreSQL.
_DAY = dt.timedelta(days=1)
log = structlog.get_logger(__name__)


def plan_reminders(
    session: Session,
    *,
    now: dt.datetime,
    settings: PlanSettings,
    as_of: dt.date | None = None,
    at_once: bool = False,
) -> Plan:
    """Plans all that is due and not yet told, in this transaction; a second run adds nothing.

    Each person has their own date and hour. With ``as_of`` everybody's day is that one, whatever
    the clock says. ``at_once`` is for people who do by hand what the scheduler does by itself:
    mail goes out whatever the hour, and what waits for a later try is tried now.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    swept_at = queries.last_sweep_at(session)
    is_gap = swept_at is None or now - swept_at > _DAY
    rulebook = read_rulebook(session)
    filling = Filling(session, now, settings, as_of, at_once)
    run = _Run(filling, rulebook, is_gap)
    ids = queries.due_task_ids(session, now, as_of, rulebook)
    for start in range(0, len(ids), CHUNK):
        for tasks in run.load(ids[start : start + CHUNK]):
            run.plan_tasks(tasks)
        filling.make_room()
    plan_approvals(filling, rulebook)
    filling.finish()
    if at_once:
        _bring_forward(session, now, as_of)
    return filling.plan


@dataclass(slots=True)
class _Run:
    """One run of planning. ``is_gap`` where no sweep has run for a day, which alone makes what
    is planned now late: every sweep plans whatever has come up to then."""

    filling: Filling
    rulebook: Rulebook
    is_gap: bool
    told: queries.Told = field(default_factory=dict)
    wishes: Wishes = field(default_factory=Wishes)
    cases: dict[int, list[tuple[Contact, str, Case]]] = field(default_factory=dict)
    """By task, for the tasks under way."""

    def load(self, ids: Sequence[int]) -> Iterator[Sequence[Task]]:
        """Those tasks; one that cannot be read is set aside, and holds up none of the others."""
        try:
            found = queries.tasks_for_planning(self.filling.session, ids)
        except SQLAlchemyError:
            raise
        except Exception as error:
            if len(ids) == 1:
                log.error("task cannot be read", task=ids[0], kind=type(error).__name__)
                self.filling.plan.set_aside += 1
                return
            half = len(ids) // 2
            yield from self.load(ids[:half])
            yield from self.load(ids[half:])
        else:
            yield found

    def plan_tasks(self, tasks: Sequence[Task]) -> None:
        """Adds what these tasks call for, and sets when each is to be looked at again."""
        session, day_of = self.filling.session, self.filling.day_of
        found = audiences_of(session, tasks, day_of)
        ids = [task.id for task in tasks]
        self.told = queries.told_occasions(session, ids)
        self.wishes = wishes_with(session, found.people, ids)
        self.cases = {task.id: self.cases_of(task, found.by_task[task.id]) for task in tasks}
        wanted: dict[Contact, dict[int, Wanted]] = defaultdict(dict)
        for task in tasks:
            self.filling.plan.unreachable += not found.by_task[task.id].told
            for entry in self.wanted(task):
                wanted[entry.contact][task.id] = entry
        self.filling.look_up({(contact.id, day_of(contact)) for contact in wanted})
        for contact, entries in wanted.items():
            self.add(contact, list(entries.values()))
        if self.filling.as_of is None:
            self.set_next_days(tasks)

    def cases_of(self, task: Task, audience: Audience) -> list[tuple[Contact, str, Case]]:
        """Who may hear of the task and why, with what decides when."""
        rules = self.rulebook.of(task.dialogue_id)
        return [
            (contact, why, case)
            for contact, why, step in hearers(audience)
            if (case := case_of(task, contact, step, rules, self.wishes)) is not None
        ]

    def wanted(self, task: Task) -> Iterator[Wanted]:
        """What people are to be told of the task today, further steps after earlier ones."""
        for contact, why, case in self.cases[task.id]:
            day = self.filling.day_of(contact)
            call = call_on(case, day, self.told.get((contact.id, task.id, case.due_on), {}))
            if call is not None:
                yield Wanted(task, contact, why, call, self.late_since(task, call, day))

    def late_since(self, task: Task, call: Call, day: dt.date) -> dt.date | None:
        """Since when it should have been told, had a sweep run; None where it is in time."""
        if not self.is_gap or task.remind_on is None or task.remind_on == AT_NEXT_SWEEP:
            return None
        since = max(task.remind_on, call.falls_on)
        return since if since < day else None

    def add(self, contact: Contact, entries: Sequence[Wanted]) -> None:
        """Adds a person's lines, and takes them for told; what has to wait is not."""
        day = self.filling.day_of(contact)
        if self.filling.add(contact, day, entries, self.wishes):
            for entry in entries:
                key = (contact.id, entry.task.id, entry.task.due_on or UNDATED)
                self.told[key][entry.call.key] = day

    def set_next_days(self, tasks: Sequence[Task]) -> None:
        """Advances each task to its next day, past the version that people's edits compare. One
        that nobody can be told of is looked at daily, in case somebody can be by then."""
        rows = []
        for task in tasks:
            following = self.next_day(task)
            if following != task.remind_on:
                rows.append({"task_id": task.id, "next_day": following})
        _write_next_days(self.filling.session, rows)

    def next_day(self, task: Task) -> dt.date:
        """When anybody may next have to be told of the task; tomorrow where nobody ever will, as
        things stand."""
        days = []
        for contact, _, case in self.cases[task.id]:
            told = self.told.get((contact.id, task.id, case.due_on), {})
            found = next_call(case, self.filling.day_of(contact), told)
            days += [found[0]] if found else []
        return min(days, default=self.filling.now.date() + _DAY)


def _write_next_days(session: Session, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    task = Task.__table__
    statement = (
        update(Task.__table__)  # type: ignore[arg-type]  # A table, which typing calls a clause.
        .where(task.c.id == bindparam("task_id"))
        .values(remind_on=bindparam("next_day"))
    )
    session.connection().execute(statement, rows)


def _bring_forward(session: Session, now: dt.datetime, as_of: dt.date | None) -> None:
    """Lets everything that waits be tried now, but what a person's own date has not reached."""
    until = as_of or (now + queries.EARLIEST_ZONE).date()
    session.execute(
        update(Reminder)
        .where(Reminder.state == "planned", Reminder.try_at > now, Reminder.day <= until)
        .values(try_at=now)
        .execution_options(synchronize_session=False)
    )
