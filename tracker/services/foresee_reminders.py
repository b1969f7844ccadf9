"""What people will next be told, when and why, for pages: asks what planning asks.

Reads only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from tracker.models import Contact, Dialogue, Task
from tracker.policy.deadlines import add_days
from tracker.policy.reminder_calls import Call, Case, call_on, next_call
from tracker.policy.reminder_rules import ReminderRules
from tracker.policy.reminder_words import ABSENT, OWNER, why_asked, why_in_words
from tracker.policy.report_cycle import due_step
from tracker.policy.statuses import date_in_words
from tracker.queries.recipients import Audience, Audiences, audiences_of, recipients_of
from tracker.queries.reminder_rules import read_rulebook
from tracker.queries.reminders import mailed_on, told_occasions
from tracker.queries.status_reports import cycle_for, next_report_of, open_report
from tracker.queries.waiting import Missing
from tracker.queries.wishes import Wishes, wishes_with
from tracker.services.choose_notices import has_declined
from tracker.services.plan_approvals import approvals_to_ask
from tracker.services.weigh_task import case_of, hearers

DayOf = Callable[[Contact], dt.date]
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Coming:
    """What a person will be told on ``day``: of a task, of what waits for their approval, or by a
    call for an update before the report of ``report_on``. ``why`` is in words to themselves,
    ``why_they`` in words about them."""

    contact: Contact
    day: dt.date
    dialogue: Dialogue
    why: str
    why_they: str
    task: Task | None = None
    missing: Missing | None = None
    report_on: dt.date | None = None

    @property
    def title(self) -> str:
        """ "17. Send the list of crossing points"."""
        if self.task is not None:
            return f"{self.task.number}. {self.task.title}"
        if self.missing is not None:
            return self.missing.words
        return f"A call for an update before the status report of {date_in_words(self.report_on)}"

    @property
    def marking(self) -> str:
        """That of what the title tells."""
        if self.task is not None:
            return self.task.marking
        return self.missing.marking if self.missing is not None else "U"


def foresee_tasks(
    session: Session, tasks: Sequence[Task], day_of: DayOf, *, is_that_day: bool = False
) -> list[Coming]:
    """What each person will next be told of each task, soonest first, from their own today on as
    ``day_of`` has it, or tomorrow where today's mail is on its way; where it ``is_that_day``,
    what they would be told on it. That a task will be raised is foreseen once it is overdue."""
    found = audiences_of(session, tasks, day_of)
    ids = [task.id for task in tasks]
    told = told_occasions(session, ids)
    wishes, rulebook = wishes_with(session, found.people, ids), read_rulebook(session)
    begins = {} if is_that_day else _begins(session, found, day_of)
    coming: dict[tuple[int, int], Coming] = {}
    for task in tasks:
        audience, rules = found.by_task[task.id], rulebook.of(task.dialogue_id)
        for contact, why, step in hearers(audience):
            case = case_of(task, contact, step, rules, wishes)
            if case is None or (step and begins and case.due_on >= day_of(contact)):
                continue
            known = told.get((contact.id, task.id, case.due_on), {})
            due = _due(case, known, begins.get(contact.id), day_of(contact))
            if due is None or (why == ABSENT and _is_back(audience, task, wishes, due[0])):
                continue
            words = _words(due[1], why, audience, rules)
            one = Coming(contact, due[0], task.dialogue, *words, task=task)
            earlier = coming.get((contact.id, task.id))
            if earlier is None or one.day <= earlier.day:
                coming[(contact.id, task.id)] = one
    return sorted(coming.values(), key=_order)


def _begins(session: Session, found: Audiences, day_of: DayOf) -> dict[int, dt.date]:
    """The first day on which each person can still be told something."""
    heard = (c for audience in found.by_task.values() for c, _, _ in hearers(audience))
    days = {contact.id: day_of(contact) for contact in heard}
    mailed = mailed_on(session, set(days), set(days.values()))
    return {i: day + _DAY if (i, day) in mailed else day for i, day in days.items()}


def _due(
    case: Case, told: Mapping[str, dt.date], begins: dt.date | None, day: dt.date
) -> tuple[dt.date, Call] | None:
    """What comes next from ``begins`` on, or on that very ``day`` where it is None."""
    if begins is not None:
        return next_call(case, begins - _DAY, told)
    call = call_on(case, day, told)
    return (day, call) if call is not None else None


def _is_back(audience: Audience, task: Task, wishes: Wishes, day: dt.date) -> bool:
    """Whether an owner is back by then, so that nobody stands in any more."""
    away = [wishes.quiet_until(c.id, task.id) for c, why in audience.told if why == OWNER]
    return any(until is not None and day >= until for until in away)


def _words(call: Call, why: str, audience: Audience, rules: ReminderRules) -> tuple[str, str]:
    """Why, to the person and about them."""
    every = rules.overdue_every

    def words(is_own: bool) -> str:
        return why_in_words(
            call.key, why, is_own=is_own, faults=audience.faults, overdue_every=every
        )

    return words(True), words(False)


def foresee_approvals(
    session: Session, day_of: DayOf, *, is_that_day: bool = False
) -> list[Coming]:
    """The same for approvals that are missing, of all dialogues."""
    due, _ = approvals_to_ask(session, read_rulebook(session), day_of)
    found = []
    for missing, day in due:
        today = day_of(missing.contact)
        if day <= today or not is_that_day:
            behalf = missing.on_behalf_of.full_name if missing.on_behalf_of else ""
            why = partial(why_asked, behalf=behalf, is_proposal=bool(missing.proposals))
            found.append(
                Coming(
                    missing.contact,
                    max(day, today),
                    missing.dialogue,
                    why(),
                    why(is_own=False),
                    missing=missing,
                )
            )
    return sorted(found, key=_order)


def foresee_calls(
    session: Session, tasks: Sequence[Task], dialogues: Sequence[Dialogue], today: dt.date
) -> list[Coming]:
    """The calls for an update that those who answer for these open tasks will get before the next
    reports of their dialogues; soonest first."""
    recipients = recipients_of(session, tasks)
    found: list[Coming] = []
    for dialogue in dialogues:
        day, report_on = next_call_of(session, dialogue, today) or (None, None)
        if day is None:
            continue
        asked = (t for t in tasks if t.dialogue_id == dialogue.id)
        for contact in dict.fromkeys(c for task in asked for c, _ in recipients[task.id]):
            if has_declined(session, contact.id, "call"):
                continue
            words = "You answer for open tasks", "They answer for open tasks"
            one = Coming(contact, day, dialogue, *words, report_on=report_on)
            found.append(one)
    return sorted(found, key=_order)


def next_call_of(
    session: Session, dialogue: Dialogue, today: dt.date
) -> tuple[dt.date, dt.date] | None:
    """The day on which owners are next called for an update, and that of the report; None where
    they have been, or are not to be."""
    if dialogue.is_sample:
        return None
    report_on = next_report_of(session, dialogue, today)
    if report_on is None or open_report(session, dialogue.id) is not None:
        return None
    cycle = cycle_for(session, dialogue)
    if due_step(cycle, report_on, today) == "draft":
        return None
    return max(add_days(report_on, -cycle.call_days), today), report_on


def _order(one: Coming) -> tuple[dt.date, str, str, int]:
    number = one.task.number if one.task is not None else 0
    return one.day, one.contact.name, one.dialogue.name, number
