"""Puts the sample dialogue into an empty database, so that a first look shows a living one.

The cable is the real one that ships with the tracker; its meeting is moved to four months
before today and some of its tasks are worked on. Never in a PostgreSQL database.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import CableRecord, Candidate, Dialogue, Fact, Task
from tracker.policy.deadlines import add_months
from tracker.policy.visibility import SYSTEM
from tracker.services.change_task import Owner, TaskUpdate, change_task
from tracker.services.confirm_cable import Confirmation, confirm_cable
from tracker.services.import_cable import import_cable
from tracker.services.review_candidates import accept_likely

MONTHS_AGO = 4
_ORIGINAL_END = dt.date(2007, 7, 10)
_NAME = "U.S.-Azerbaijan Security Dialogue (sample)"
_PARTIES = ("United States", "Azerbaijan")


def add_sample(session: Session, *, now: dt.datetime) -> Dialogue | None:
    """Adds the sample where the database has no dialogue and nobody has removed it before;
    returns it, or None."""
    has_any = session.scalar(select(Dialogue.id).limit(1)) is not None
    has_cable = session.scalar(select(CableRecord.id).limit(1)) is not None
    if has_any or has_cable or session.get(Fact, "sample_removed") is not None:
        return None
    today = now.date()
    ends_on = add_months(today, -MONTHS_AGO)
    meeting_end = dt.datetime.combine(ends_on, dt.time(16), dt.UTC)
    cable = import_cable(
        session,
        (files("tracker") / "data" / "07BAKU832.txt").read_bytes(),
        "07BAKU832.txt",
        actor=SYSTEM,
        now=meeting_end,
        max_bytes=1024 * 1024,
        is_sample=True,
    ).cable
    starts_on = ends_on - dt.timedelta(days=1)
    confirmation = Confirmation(None, _NAME, _PARTIES, starts_on, ends_on)
    meeting = confirm_cable(session, cable, confirmation, actor=SYSTEM, now=meeting_end)
    _move_stated_dates(cable.candidates, ends_on)
    tasks = accept_likely(session, cable, actor=SYSTEM, now=meeting_end, today=ends_on)
    _work_on(session, tasks, today, ends_on)
    return meeting.dialogue


def _move_stated_dates(candidates: list[Candidate], ends_on: dt.date) -> None:
    """Deadlines that the text states as dates of 2007 move along with the meeting."""
    moved = ends_on - _ORIGINAL_END
    for candidate in candidates:
        if candidate.due_on is not None and candidate.due_on < ends_on - dt.timedelta(days=366):
            candidate.due_on += moved


def _work_on(session: Session, tasks: list[Task], today: dt.date, since: dt.date) -> None:
    """Something done, something under way, something due soon and something late."""
    for number, task in enumerate(tasks):
        day = since + dt.timedelta(days=5 + (number * 11) % 100)
        change_task(
            session,
            task,
            _step(number, today),
            seen_version=None,
            actor=SYSTEM,
            now=dt.datetime.combine(min(day, today), dt.time(10), dt.UTC),
            today=today,
        )


def _step(number: int, today: dt.date) -> TaskUpdate:
    """What has happened to a task, by its place in the list; most have moved on a little."""
    soon = today + dt.timedelta(days=4 + number % 23)
    late = today - dt.timedelta(days=3 + (number * 7) % 26)
    steps = (
        TaskUpdate(status="done", remark="Done during the talks; the text is on file."),
        TaskUpdate(status="in_progress", remark="First exchange of papers has taken place."),
        TaskUpdate(status="in_progress", due_on=soon, reason="the ministry asked for more time"),
        TaskUpdate(remark="The desk has asked the ministry for a contact."),
        TaskUpdate(status="done", remark="Raised with the delegation, which took note."),
        TaskUpdate(owners=(Owner("Ambassador Derse"),), reason="the embassy takes this one"),
        TaskUpdate(due_on=late, reason="brought forward by the co-chairs"),
        TaskUpdate(status="done", remark="Closed with a letter."),
        TaskUpdate(
            status="deferred",
            deferred_until=today + dt.timedelta(days=60),
            reason="waits for the new customs code",
        ),
    )
    return steps[number % len(steps)]
