"""Plans reminders: one row a person and day with its tasks and why each is there.

Reads only tasks whose reminder day has come; sending is send_reminders.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import bindparam, text, update
from sqlalchemy.orm import Session

from tracker.models import Contact, Reminder, ReminderLine, Task
from tracker.policy.reminders import Occasion, latest_occasion, next_reminder_on
from tracker.queries import reminders as queries

CHUNK = 500
_LOCK = 7_205_760  # Any number: one planner at a time on PostgreSQL.


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """What planning needs of an installation: the hour of the day at which mail goes out, in the
    person's own zone, and the host that Message-IDs end in."""

    remind_hour: int
    mail_host: str


@dataclass(slots=True)
class Plan:
    """What a run of planning did: reminders added to, and tasks that nobody can be told of."""

    reminders: int = 0
    lines: int = 0
    unreachable: list[Task] = field(default_factory=list)


def plan_reminders(
    session: Session,
    *,
    now: dt.datetime,
    settings: PlanSettings,
    as_of: dt.date | None = None,
) -> Plan:
    """Plans all that is due and not yet told, in this transaction; a second run adds nothing.

    With ``as_of`` every person's day is that one, whatever the clock says, and mail may go at
    once: what a person does by hand. Otherwise each has their own date and hour.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    plan, last_id = Plan(), 0
    while tasks := queries.tasks_to_plan(session, now, as_of, after_id=last_id, limit=CHUNK):
        last_id = tasks[-1].id
        _plan_chunk(session, tasks, plan, now, settings, as_of)
    return plan


@dataclass(frozen=True, slots=True)
class _Wanted:
    task: Task
    contact: Contact
    why: str
    day: dt.date
    occasion: Occasion


def _plan_chunk(
    session: Session,
    tasks: Sequence[Task],
    plan: Plan,
    now: dt.datetime,
    settings: PlanSettings,
    as_of: dt.date | None,
) -> None:
    recipients = {task.id: recipients_of(session, task) for task in tasks}
    told = queries.told_occasions(session, [task.id for task in tasks])
    wanted: dict[tuple[int, dt.date], list[_Wanted]] = defaultdict(list)
    for task in tasks:
        if not recipients[task.id]:
            plan.unreachable.append(task)
        for contact, why in recipients[task.id]:
            day = as_of or _today_of(contact, now)
            found = _occasion_for(task, contact, day, told)
            if found is not None:
                entry = _Wanted(task, contact, why, day, found)
                wanted[(contact.id, day)].append(entry)
    postponed: set[int] = set()
    for entries in wanted.values():
        postponed |= _add_lines(session, entries, plan, now, settings, as_of is not None)
    if as_of is None:
        _set_next_days(session, tasks, recipients, postponed, now)
    session.flush()


def recipients_of(session: Session, task: Task) -> list[tuple[Contact, str]]:
    """Who is told of a task, and why: its owners of the dialogue's own side who can be reached,
    else the dialogue's leads. What is not shared yet is never told to another side."""
    own_party = task.dialogue.own_party_id
    owners = [o.contact for o in task.owners if o.contact is not None]
    reached = [c for c in owners if c.is_active and c.email and c.party_id == own_party]
    if reached:
        return [(contact, "owner") for contact in dict.fromkeys(reached)]
    leads = queries.leads_with_address(session, task.dialogue_id)
    return [(contact, "unowned") for contact in leads]


def _occasion_for(
    task: Task,
    contact: Contact,
    day: dt.date,
    told: dict[tuple[int, int, dt.date], set[str]],
) -> Occasion | None:
    if task.due_on is None:
        return None
    sent = told.get((contact.id, task.id, task.due_on), set())
    return latest_occasion(task.due_on, day, sent, country=country_of(contact))


def country_of(contact: Contact | None) -> str | None:
    """The country whose working days hold for a person; None where it is unknown."""
    return contact.party.code if contact is not None and contact.party is not None else None


def _today_of(contact: Contact, now: dt.datetime) -> dt.date:
    return now.astimezone(zone_of(contact)).date()


def zone_of(contact: Contact) -> ZoneInfo:
    """The person's time zone, UTC where it is unknown."""
    try:
        return ZoneInfo(contact.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _add_lines(
    session: Session,
    entries: list[_Wanted],
    plan: Plan,
    now: dt.datetime,
    settings: PlanSettings,
    by_hand: bool,
) -> set[int]:
    """Adds one person's lines of one day to their reminder; returns the tasks that have to wait
    for another day, since that day's has gone already."""
    contact, day = entries[0].contact, entries[0].day
    reminder = queries.find_reminder(session, contact.id, day)
    if reminder is None:
        reminder = _new_reminder(contact, day, now, settings, by_hand)
        session.add(reminder)
        _take_over_unsent(session, reminder)
        plan.reminders += 1
    elif reminder.state in ("sent", "claimed", "failed"):
        return {entry.task.id for entry in entries}
    elif reminder.state == "cancelled":
        reminder.state, reminder.outcome, reminder.try_at = "planned", "", now
    by_task = {line.task_id: line for line in reminder.lines}
    for entry in entries:
        due_on = entry.task.due_on or day
        line = by_task.get(entry.task.id)
        if line is None:
            line = ReminderLine(task_id=entry.task.id)
            reminder.lines.append(line)
        line.occasion, line.due_on, line.why = entry.occasion.key, due_on, entry.why
        plan.lines += 1
    return set()


def _new_reminder(
    contact: Contact, day: dt.date, now: dt.datetime, settings: PlanSettings, by_hand: bool
) -> Reminder:
    hour = dt.datetime.combine(day, dt.time(settings.remind_hour), zone_of(contact))
    return Reminder(
        contact_id=contact.id,
        contact=contact,
        day=day,
        state="planned",
        message_id=f"<{uuid.uuid4()}@{settings.mail_host}>",
        planned_at=now,
        try_at=now if by_hand else max(now, hour.astimezone(dt.UTC)),
        attempts=0,
        outcome="",
        lines=[],
    )


def _take_over_unsent(session: Session, reminder: Reminder) -> None:
    """Days without a sender end in one message: lines of an earlier day that was never tried
    move into the new reminder."""
    for earlier in queries.untried_before(session, reminder.contact_id, reminder.day):
        known = {line.task_id for line in reminder.lines}
        for line in list(earlier.lines):
            if line.task_id not in known:
                reminder.lines.append(
                    ReminderLine(
                        task_id=line.task_id,
                        occasion=line.occasion,
                        due_on=line.due_on,
                        why=line.why,
                    )
                )
        earlier.state = "cancelled"
        earlier.outcome = f"taken into the reminder of {reminder.day.isoformat()}"


def _set_next_days(
    session: Session,
    tasks: Iterable[Task],
    recipients: dict[int, list[tuple[Contact, str]]],
    postponed: set[int],
    now: dt.datetime,
) -> None:
    """Advances each task to its next day, past the version that people's edits compare."""
    rows = []
    for task in tasks:
        days = [
            next_reminder_on(
                task.due_on, True, after=_today_of(contact, now), country=country_of(contact)
            )
            for contact, _ in recipients[task.id]
        ] or [next_reminder_on(task.due_on, True, after=now.date())]
        following = min(day for day in days if day is not None)
        if task.id in postponed:
            following = min(following, now.date() + dt.timedelta(days=1))
        rows.append({"task_id": task.id, "next_day": following})
    table = Task.__table__
    statement = (
        update(Task)
        .where(table.c.id == bindparam("task_id"))
        .values(remind_on=bindparam("next_day"))
    )
    session.connection().execute(statement, rows)
