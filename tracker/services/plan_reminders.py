"""Plans reminders: one row a person and day with its tasks and why each is there.

Reads only tasks whose reminder day has come; sending is send_reminders.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog
from sqlalchemy import bindparam, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.models import Contact, Reminder, ReminderLine, Task
from tracker.policy.reminders import Occasion, latest_occasion, next_reminder_on
from tracker.queries import reminders as queries
from tracker.queries.recipients import Recipients, recipients_of
from tracker.queries.wishes import Wishes, wishes_of

CHUNK = 500
_LOCK = 7_205_760  # Any number: one planner at a time on PostgreSQL.
_DAY = dt.timedelta(days=1)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """What planning needs of an installation: the hour of the day at which mail goes out, in the
    person's own zone, and the host that Message-IDs end in."""

    remind_hour: int
    mail_host: str


@dataclass(slots=True)
class Plan:
    """What a run of planning did: reminders and lines it added, how many tasks it found that
    nobody can be told of, and how many it had to set aside because they cannot be read."""

    reminders: int = 0
    lines: int = 0
    unreachable: int = 0
    set_aside: int = 0


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
    run = _Run(session, now, settings, as_of, at_once, is_gap)
    ids = queries.due_task_ids(session, now, as_of)
    for start in range(0, len(ids), CHUNK):
        for tasks in run.load(ids[start : start + CHUNK]):
            run.plan_tasks(tasks)
    session.flush()
    if at_once:
        _bring_forward(session, now, as_of)
    return run.plan


def zone_of(contact: Contact) -> ZoneInfo:
    """The person's time zone, UTC where it is unknown."""
    try:
        return ZoneInfo(contact.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def country_of(contact: Contact | None) -> str | None:
    """The country whose working days hold for a person; None where it is unknown."""
    return contact.party.code if contact is not None and contact.party is not None else None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A task that a person is to be told of; ``late_since`` where it should have been earlier."""

    task: Task
    contact: Contact
    why: str
    occasion: Occasion
    late_since: dt.date | None


@dataclass(slots=True)
class _Run:
    """One run of planning. ``is_gap`` where no sweep has run for a day, which alone makes what
    is planned now late: every sweep plans whatever has come up to then."""

    session: Session
    now: dt.datetime
    settings: PlanSettings
    as_of: dt.date | None
    at_once: bool
    is_gap: bool
    plan: Plan = field(default_factory=Plan)
    reminders: dict[tuple[int, dt.date], Reminder] = field(default_factory=dict)
    untried: dict[int, list[Reminder]] = field(default_factory=lambda: defaultdict(list))
    looked_up: set[int] = field(default_factory=set)
    wishes: Wishes = field(default_factory=Wishes)

    def load(self, ids: Sequence[int]) -> Iterator[Sequence[Task]]:
        """Those tasks; one that cannot be read is set aside, and holds up none of the others."""
        try:
            found = queries.tasks_for_planning(self.session, ids)
        except SQLAlchemyError:
            raise
        except Exception as error:
            if len(ids) == 1:
                log.error("task cannot be read", task=ids[0], kind=type(error).__name__)
                self.plan.set_aside += 1
                return
            half = len(ids) // 2
            yield from self.load(ids[:half])
            yield from self.load(ids[half:])
        else:
            yield found

    def plan_tasks(self, tasks: Sequence[Task]) -> None:
        """Adds what these tasks call for, and sets when each is to be looked at again."""
        recipients = recipients_of(self.session, tasks)
        told = queries.told_occasions(self.session, [task.id for task in tasks])
        people = {contact.id for found in recipients.values() for contact, _ in found}
        self.wishes = wishes_of(self.session, people, [task.id for task in tasks])
        wanted: dict[tuple[int, dt.date], list[_Wanted]] = defaultdict(list)
        for task in tasks:
            self.plan.unreachable += not recipients[task.id]
            for contact, why in recipients[task.id]:
                if entry := self.wanted(task, contact, why, told):
                    wanted[(contact.id, self.day_of(contact))].append(entry)
        self.look_up(wanted)
        waiting = {t for (_, day), entries in wanted.items() for t in self.add(day, entries)}
        if self.as_of is None:
            self.set_next_days(tasks, recipients, waiting)

    def wanted(self, task: Task, contact: Contact, why: str, told: queries.Told) -> _Wanted | None:
        """What the person is to be told of the task today, None for nothing."""
        if task.due_on is None:
            return None
        day, country = self.day_of(contact), country_of(contact)
        quiet_until = self.wishes.quiet_until(contact.id, task.id)
        if quiet_until is not None and day < quiet_until:
            return None
        sent = told.get((contact.id, task.id, task.due_on), set())
        lead_days = self.wishes.lead_days(contact.id)
        occasion = latest_occasion(task.due_on, day, sent, country=country, lead_days=lead_days)
        if occasion is None:
            return None
        is_late = self.is_gap and task.remind_on is not None and task.remind_on < day
        return _Wanted(task, contact, why, occasion, task.remind_on if is_late else None)

    def day_of(self, contact: Contact) -> dt.date:
        """The person's date."""
        return self.as_of or self.now.astimezone(zone_of(contact)).date()

    def look_up(self, keys: dict[tuple[int, dt.date], list[_Wanted]]) -> None:
        """Finds the reminders that lines may have to be added to, each person's once a run."""
        people = {contact_id for contact_id, _ in keys} - self.looked_up
        if not people:
            return
        days = {day for _, day in keys}
        for reminder in queries.reminders_to_add_to(self.session, people, days):
            self.reminders[(reminder.contact_id, reminder.day)] = reminder
            if reminder.state == "planned" and not reminder.attempts:
                self.untried[reminder.contact_id].append(reminder)
        self.looked_up |= people

    def add(self, day: dt.date, entries: list[_Wanted]) -> set[int]:
        """Adds one person's lines of one day to their reminder; returns the tasks that have to
        wait for another day, since that day's mail is on its way already."""
        contact = entries[0].contact
        reminder = self.reminders.get((contact.id, day))
        if reminder is None:
            reminder = self.new_reminder(contact, day)
        elif reminder.state in ("sent", "claimed", "failed"):
            return {entry.task.id for entry in entries}
        elif reminder.state == "cancelled":
            reminder.state, reminder.outcome = "planned", ""
            reminder.attempts, reminder.finished_at = 0, None
            reminder.try_at = self.first_try_at(contact, day)
        by_task = {line.task_id: line for line in reminder.lines}
        for entry in entries:
            _set_line(reminder, by_task, entry)
        self.plan.lines += len(entries)
        reminder.late_since = _earliest(reminder.late_since, *(e.late_since for e in entries))
        return set()

    def new_reminder(self, contact: Contact, day: dt.date) -> Reminder:
        reminder = Reminder(
            contact_id=contact.id,
            day=day,
            state="planned",
            message_id=f"<{uuid.uuid4()}@{self.settings.mail_host}>",
            planned_at=self.now,
            try_at=self.first_try_at(contact, day),
            attempts=0,
            outcome="",
            lines=[],
        )
        self.session.add(reminder)
        self.reminders[(contact.id, day)] = reminder
        self.plan.reminders += 1
        for earlier in self.untried.pop(contact.id, []):
            if earlier.day < day:
                _take_over(reminder, earlier, self.now)
        return reminder

    def first_try_at(self, contact: Contact, day: dt.date) -> dt.datetime:
        """At the installation's hour where the person is, or now where that has passed."""
        if self.at_once:
            return self.now
        chosen = self.wishes.hour(contact.id, self.settings.remind_hour)
        hour = dt.datetime.combine(day, dt.time(chosen), zone_of(contact))
        return max(self.now, hour.astimezone(dt.UTC))

    def set_next_days(
        self, tasks: Sequence[Task], recipients: Recipients, waiting: set[int]
    ) -> None:
        """Advances each task to its next day, past the version that people's edits compare. One
        that nobody can be told of is looked at daily, in case somebody can be by then."""
        tomorrow = self.now.date() + _DAY
        rows = []
        for task in tasks:
            days = [self.next_day(task, contact) for contact, _ in recipients[task.id]]
            known = [day for day in days if day is not None]
            if task.id in waiting or not known:
                known.append(tomorrow)
            following = min(known)
            if following != task.remind_on:
                rows.append({"task_id": task.id, "next_day": following})
        _write_next_days(self.session, rows)

    def next_day(self, task: Task, contact: Contact) -> dt.date | None:
        """When the person may next have to be told of the task: its next occasion, or the end of
        a pause, which lets up what fell into it."""
        today, quiet_until = self.day_of(contact), self.wishes.quiet_until(contact.id, task.id)
        if quiet_until is not None and today < quiet_until:
            return quiet_until
        lead_days = self.wishes.lead_days(contact.id)
        country = country_of(contact)
        return next_reminder_on(task.due_on, True, today, country=country, lead_days=lead_days)


def _write_next_days(session: Session, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    table = Task.__table__
    statement = update(Task.__table__).where(table.c.id == bindparam("task_id"))  # type: ignore[arg-type]
    session.connection().execute(statement.values(remind_on=bindparam("next_day")), rows)


def _set_line(reminder: Reminder, by_task: dict[int, ReminderLine], entry: _Wanted) -> None:
    line = by_task.get(entry.task.id)
    if line is None:
        line = ReminderLine(task_id=entry.task.id)
        reminder.lines.append(line)
    line.occasion, line.why, line.left_out = entry.occasion.key, entry.why, ""
    line.due_on = entry.task.due_on or reminder.day


def _take_over(reminder: Reminder, earlier: Reminder, now: dt.datetime) -> None:
    """Days without a sender end in one message: the lines of a day that was never tried move
    into the new reminder, which is late for them."""
    known = {line.task_id for line in reminder.lines}
    reminder.lines += [
        ReminderLine(task_id=line.task_id, occasion=line.occasion, due_on=line.due_on, why=line.why)
        for line in earlier.lines
        if line.task_id not in known
    ]
    reminder.late_since = _earliest(reminder.late_since, earlier.late_since, earlier.day)
    earlier.state, earlier.finished_at = "cancelled", now
    earlier.outcome = "taken into the reminder of a later day, since no sender was running"


def _earliest(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day is not None), default=None)


def _bring_forward(session: Session, now: dt.datetime, as_of: dt.date | None) -> None:
    """Lets everything that waits be tried now, but what a person's own date has not reached."""
    until = as_of or (now + queries.EARLIEST_ZONE).date()
    session.execute(
        update(Reminder)
        .where(Reminder.state == "planned", Reminder.try_at > now, Reminder.day <= until)
        .values(try_at=now)
        .execution_options(synchronize_session=False)
    )
