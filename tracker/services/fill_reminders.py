"""Puts what planning found into reminders: one row a person and day, with lines and approvals.

What is to be told, and to whom, is decided in plan_reminders and plan_approvals.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tracker.models import Contact, Reminder, ReminderApproval, ReminderLine, Task
from tracker.policy.reminder_calls import UNDATED, Call
from tracker.queries import reminders as queries
from tracker.queries.waiting import Missing
from tracker.queries.wishes import Wishes

_MOST_HELD = 1_000


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task that a person is to be told of, and why; ``late_since`` where it should have been
    earlier."""

    task: Task
    contact: Contact
    why: str
    call: Call
    late_since: dt.date | None


def zone_of(contact: Contact) -> ZoneInfo:
    """The person's time zone, UTC where it is unknown."""
    try:
        return ZoneInfo(contact.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def country_of(contact: Contact | None) -> str | None:
    """The country whose working days hold for a person; None where it is unknown."""
    return contact.party.code if contact is not None and contact.party is not None else None


@dataclass(slots=True)
class Filling:
    """The reminders of one run. Each person has their own date and hour; with ``as_of``
    everybody's day is that one, and ``at_once`` mail goes out whatever the hour."""

    session: Session
    now: dt.datetime
    settings: PlanSettings
    as_of: dt.date | None
    at_once: bool
    plan: Plan = field(default_factory=Plan)
    reminders: dict[tuple[int, dt.date], Reminder] = field(default_factory=dict)
    untried: dict[int, list[Reminder]] = field(default_factory=lambda: defaultdict(list))
    looked_up: set[int] = field(default_factory=set)
    days: dict[int, dt.date] = field(default_factory=dict)
    new_lines: dict[Reminder, dict[int, dict[str, object]]] = field(default_factory=dict)
    """Lines to be added, by task: written together, since one by one takes most of the time."""

    def day_of(self, contact: Contact) -> dt.date:
        """The person's date."""
        if self.as_of is not None:
            return self.as_of
        if contact.id not in self.days:
            self.days[contact.id] = self.now.astimezone(zone_of(contact)).date()
        return self.days[contact.id]

    def look_up(self, keys: Collection[tuple[int, dt.date]]) -> None:
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

    def add(self, contact: Contact, day: dt.date, wanted: Sequence[Wanted], wishes: Wishes) -> bool:
        """Adds one person's lines of one day to their reminder; False where they have to wait for
        another day, since that day's mail is on its way already."""
        reminder = self._open(contact, day, wishes)
        if reminder is None:
            return False
        by_task = {line.task_id: line for line in reminder.lines}
        new = self.new_lines.setdefault(reminder, {})
        for entry in wanted:
            _set_line(by_task.get(entry.task.id), new, entry)
        self.plan.lines += len(wanted)
        reminder.late_since = _earliest(reminder.late_since, *(e.late_since for e in wanted))
        return True

    def finish(self) -> None:
        """Writes all that was added."""
        self.session.flush()
        rows = [
            {"reminder_id": reminder.id, "task_id": task_id, **values}
            for reminder, lines in self.new_lines.items()
            for task_id, values in lines.items()
        ]
        if rows:
            self.session.execute(insert(ReminderLine), rows)
        for reminder in self.new_lines:
            self.session.expire(reminder, ["lines"])
        self.new_lines.clear()

    def make_room(self) -> None:
        """Writes and lets go of what was added, where that was for many people: the memory of a
        run must not grow with them. Who comes up again is looked up again."""
        if len(self.reminders) > _MOST_HELD:
            self.finish()
            self.reminders.clear()
            self.untried.clear()
            self.looked_up.clear()

    def add_approvals(
        self, contact: Contact, day: dt.date, missing: Sequence[Missing], wishes: Wishes
    ) -> bool:
        """The same for what waits for the person's approval."""
        reminder = self._open(contact, day, wishes)
        if reminder is None:
            return False
        known = {(entry.list_id, entry.report_id): entry for entry in reminder.approvals}
        for one in missing:
            list_id = one.agreed_list.id if one.agreed_list else None
            report_id = one.report.id if one.report else None
            entry = known.get((list_id, report_id))
            if entry is None:
                entry = ReminderApproval(list_id=list_id, report_id=report_id)
                reminder.approvals.append(entry)
            entry.left_out = ""
        self.plan.lines += len(missing)
        return True

    def _open(self, contact: Contact, day: dt.date, wishes: Wishes) -> Reminder | None:
        """The person's reminder of that day, to be added to; None where it is too late for
        that."""
        reminder = self.reminders.get((contact.id, day))
        if reminder is None:
            return self._new(contact, day, wishes)
        if reminder.state in ("sent", "claimed", "failed"):
            return None
        if reminder.state == "cancelled":
            reminder.state, reminder.outcome = "planned", ""
            reminder.attempts, reminder.finished_at = 0, None
            reminder.try_at = self._first_try_at(contact, day, wishes)
        return reminder

    def _new(self, contact: Contact, day: dt.date, wishes: Wishes) -> Reminder:
        reminder = Reminder(
            contact_id=contact.id,
            day=day,
            state="planned",
            message_id=f"<{uuid.uuid4()}@{self.settings.mail_host}>",
            planned_at=self.now,
            try_at=self._first_try_at(contact, day, wishes),
            attempts=0,
            outcome="",
            lines=[],
            approvals=[],
        )
        self.session.add(reminder)
        self.reminders[(contact.id, day)] = reminder
        self.plan.reminders += 1
        for earlier in self.untried.pop(contact.id, []):
            if earlier.day < day:
                _take_over(reminder, self.new_lines.setdefault(reminder, {}), earlier, self.now)
        return reminder

    def _first_try_at(self, contact: Contact, day: dt.date, wishes: Wishes) -> dt.datetime:
        """At the installation's hour where the person is, or now where that has passed."""
        if self.at_once:
            return self.now
        chosen = wishes.hour(contact.id, self.settings.remind_hour)
        hour = dt.datetime.combine(day, dt.time(chosen), zone_of(contact))
        return max(self.now, hour.astimezone(dt.UTC))


def _set_line(line: ReminderLine | None, new: dict[int, dict[str, object]], entry: Wanted) -> None:
    values = {
        "occasion": entry.call.key,
        "why": entry.why,
        "left_out": "",
        "due_on": entry.task.due_on or UNDATED,
    }
    if line is None:
        new[entry.task.id] = values
        return
    for name, value in values.items():
        setattr(line, name, value)


def _take_over(
    reminder: Reminder, new: dict[int, dict[str, object]], earlier: Reminder, now: dt.datetime
) -> None:
    """Days without a sender end in one message: the lines of a day that was never tried move
    into the new reminder, which is late for them."""
    for line in earlier.lines:
        values = {"occasion": line.occasion, "why": line.why, "left_out": "", "due_on": line.due_on}
        new.setdefault(line.task_id, values)
    reminder.approvals += [
        ReminderApproval(list_id=entry.list_id, report_id=entry.report_id)
        for entry in earlier.approvals
    ]
    reminder.late_since = _earliest(reminder.late_since, earlier.late_since, earlier.day)
    earlier.state, earlier.finished_at = "cancelled", now
    earlier.outcome = "taken into the reminder of a later day, since no sender was running"


def _earliest(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day is not None), default=None)
