"""When one person hears of one task: by its date, raised to them, or asked for an update.

Dates only, without clock or database. Planning and every page that says what is to come ask the
same functions, so that they agree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.policy.reminder_rules import ReminderRules
from tracker.policy.reminders import latest_occasion, next_reminder_on
from tracker.policy.workdays import is_working_day, working_day_after

Step = Literal["", "head", "chair"]
"""How far a task was raised: to nobody, the head of its owner's office, the co-chair."""
STALE_APART = dt.timedelta(days=7)
"""Nobody is asked for an update where a reminder of the date comes within these days."""
UNDATED = dt.date.max
"""Stands for the due date of a task without one, also in what is remembered: of it, its owner is
only asked how it stands."""
_STALE, _RAISED = "stale:", "raised:"
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Call:
    """One reason to write: ``key`` is remembered with person, task and due date once it was
    sent, ``falls_on`` the day on which the message is to go out."""

    key: str
    falls_on: dt.date


@dataclass(frozen=True, slots=True)
class Case:
    """A person and an open task of which they may be told; ``due_on`` may be UNDATED.
    ``lead_days`` are the person's own or the dialogue's, ``country`` is where they work; they want
    to hear nothing before ``quiet_until``. ``updated_on`` is when somebody last said or changed
    something, ``entered_on`` when the task was entered, where that is known."""

    due_on: dt.date
    updated_on: dt.date
    rules: ReminderRules
    lead_days: Sequence[int]
    country: str | None = None
    step: Step = ""
    quiet_until: dt.date | None = None
    entered_on: dt.date | None = None


Told = Mapping[str, dt.date]
"""What a person was told of a task and due date, or is about to be: key and day."""


def call_on(case: Case, day: dt.date, told: Told) -> Call | None:
    """What the person is to be told on ``day``, having been told ``told``; None for nothing."""
    if case.quiet_until is not None and day < case.quiet_until:
        return None
    if case.step:
        return _raised_call(case, day, told)
    if case.due_on == UNDATED:
        return _stale_call(case, day, told)
    occasion = latest_occasion(
        case.due_on,
        day,
        told,
        country=case.country,
        lead_days=case.lead_days,
        overdue_every=case.rules.overdue_every,
    )
    return Call(occasion.key, occasion.falls_on) if occasion else _stale_call(case, day, told)


def next_call(case: Case, after: dt.date, told: Told) -> tuple[dt.date, Call] | None:
    """The first day after ``after`` on which something is to be told, and what; None for never.

    What has fallen already and was not told comes on the very next day, or once a pause ends.
    """
    days = {after + _DAY, case.quiet_until, _stale_on(case, told), _raised_on(case, after)}
    days.add(working_day_after(max(after + _DAY, case.quiet_until or after), case.country))
    first = max(after, (case.quiet_until or after) - _DAY)
    days.add(_next_occasion_on(case, first))
    for day in sorted(day for day in days if day is not None and day > after):
        found = call_on(case, day, told)
        if found is not None:
            return day, found
    return None


def was_late_when_entered(due_on: dt.date, entered_on: dt.date | None, day: dt.date) -> bool:
    """Whether a task came with a date that had passed, as from an old cable: its owner is to look
    it through, and nobody is to be alarmed. A new date makes it a task like others; so does a
    ``day`` before it was entered, for which somebody asks what would have been due then."""
    return entered_on is not None and due_on < entered_on <= day


def date_or_none(due_on: dt.date) -> dt.date | None:
    """The date that a case or a line stands for; None for UNDATED."""
    return None if due_on == UNDATED else due_on


def is_stale_key(key: str) -> bool:
    """Whether an occasion's key asks for an update."""
    return key.startswith(_STALE)


def step_of_key(key: str) -> Step:
    """To whom an occasion's key raises a task; "" for others."""
    if not key.startswith(_RAISED):
        return ""
    return "head" if key.removeprefix(_RAISED) == "head" else "chair"


def _raised_on(case: Case, day: dt.date) -> dt.date | None:
    """Counted from the due date or, as nobody could be late before, from when it was entered."""
    after = {"head": case.rules.head_after, "chair": case.rules.chair_after}.get(case.step)
    if after is None or case.due_on == UNDATED:
        return None
    begins = case.due_on
    if case.entered_on is not None and was_late_when_entered(begins, case.entered_on, day):
        begins = case.entered_on
    return working_day_after(begins + dt.timedelta(days=after), case.country)


def _raised_call(case: Case, day: dt.date, told: Told) -> Call | None:
    """Once for a step and due date; who heard as co-chair need not hear as head."""
    falls_on = _raised_on(case, day)
    keys = {f"{_RAISED}{case.step}", f"{_RAISED}chair"}
    if falls_on is None or day < falls_on or not keys.isdisjoint(told):
        return None
    if not is_working_day(day, case.country):
        return None
    return Call(f"{_RAISED}{case.step}", falls_on)


def _stale_on(case: Case, told: Told) -> dt.date | None:
    """The day on which nobody has said anything for long enough, nor was anybody asked: counted
    from the last update or the last mail about the task, whichever came later."""
    if case.rules.stale_after is None or case.step:
        return None
    since = max((case.updated_on, *told.values()))
    day = since + dt.timedelta(days=case.rules.stale_after)
    day = working_day_after(max(day, case.quiet_until or day), case.country)
    return day if day < case.due_on else None


def _stale_call(case: Case, day: dt.date, told: Told) -> Call | None:
    falls_on = _stale_on(case, told)
    if falls_on is None or not falls_on <= day < case.due_on:
        return None
    soon = _next_occasion_on(case, day)
    is_soon = soon is not None and soon <= day + STALE_APART
    if is_soon or not is_working_day(day, case.country):
        return None
    return Call(f"{_STALE}{falls_on.isoformat()}", falls_on)


def _next_occasion_on(case: Case, after: dt.date) -> dt.date | None:
    if case.step:
        return None
    return next_reminder_on(
        date_or_none(case.due_on),
        True,
        after,
        country=case.country,
        lead_days=case.lead_days,
        overdue_every=case.rules.overdue_every,
    )


def approval_on(
    since: dt.date,
    every: int | None,
    asked_on: dt.date | None,
    *,
    is_told: bool,
    country: str | None = None,
    quiet_until: dt.date | None = None,
) -> dt.date | None:
    """The day on which somebody is (again) to be asked for an approval that is missing; None
    where such reminders are off. At once, where no mail has told of it (``is_told``), and then
    ``every`` so many days from when they were last asked."""
    if every is None:
        return None
    if asked_on is not None:
        day = asked_on + dt.timedelta(days=every)
    else:
        day = since + dt.timedelta(days=every) if is_told else since
    return working_day_after(max(day, quiet_until or day), country)
