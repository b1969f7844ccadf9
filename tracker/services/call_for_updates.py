"""Calls the owners of open tasks for an update before a report.

The mails are planned here and sent by send_report_mail; answers are answer_call's.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from sqlalchemy.orm import Session

from tracker.models import Contact, Dialogue, StatusReport, Task
from tracker.policy.errors import Conflict, NotAllowed
from tracker.policy.statuses import is_open
from tracker.policy.visibility import SYSTEM_SCOPE, Actor
from tracker.queries.recipients import recipients_of
from tracker.queries.status_reports import open_report, versions_on
from tracker.queries.tasks import all_tasks
from tracker.services.plan_report_mail import plan_mail
from tracker.services.record_step import record_step


def call_for_updates(
    session: Session,
    dialogue: Dialogue,
    *,
    as_of: dt.date,
    actor: Actor,
    now: dt.datetime,
    host: str,
    is_of_cycle: bool = False,
) -> StatusReport:
    """Opens the report of that day, where none is open, and plans a mail to each owner of open
    tasks who was not called yet. Raises NotAllowed for all but editors and leads, and Conflict
    where a report of another day is being written."""
    report = begin_report(
        session, dialogue, as_of=as_of, actor=actor, now=now, is_of_cycle=is_of_cycle
    )
    called = owners_to_call(session, dialogue)
    mails = plan_mail(session, "call", called, about=report, now=now, host=host)
    note = f"{len(mails)} asked"
    record_step(session, report, "called", actor=actor, now=now, note=note)
    return report


def begin_report(
    session: Session,
    dialogue: Dialogue,
    *,
    as_of: dt.date,
    actor: Actor,
    now: dt.datetime,
    is_of_cycle: bool = False,
) -> StatusReport:
    """The open report of that day, made where there is none; errors as call_for_updates."""
    require_editor(dialogue, actor)
    report = open_report(session, dialogue.id)
    if report is not None:
        if report.as_of != as_of:
            raise Conflict(
                "A report of another day is being written. Freeze or discard it first.",
                {"as_of": report.as_of.isoformat()},
            )
        return report
    versions = versions_on(session, dialogue.id, as_of)
    report = StatusReport(
        dialogue_id=dialogue.id,
        dialogue=dialogue,
        as_of=as_of,
        version=versions[-1].version + 1 if versions else 1,
        state="called",
        is_of_cycle=is_of_cycle,
        texts={},
        ratings={},
        decisions=[],
        remarks={},
        made_at=now,
        made_by=actor.name,
    )
    session.add(report)
    session.flush()
    return report


def require_editor(dialogue: Dialogue, actor: Actor) -> None:
    """Raises NotAllowed for all but editors and leads."""
    if not actor.scope.may_edit(dialogue.id):
        raise NotAllowed("Reports are prepared by the editors and leads of the dialogue.")


def owners_to_call(session: Session, dialogue: Dialogue) -> list[Contact]:
    """Who answers for the open tasks: owners who can be reached, else the leads."""
    return list(tasks_by_recipient(session, dialogue))


def tasks_by_recipient(session: Session, dialogue: Dialogue) -> dict[Contact, list[Task]]:
    """The open tasks that each person is asked about, in agenda order."""
    tasks = [t for t in all_tasks(session, SYSTEM_SCOPE, dialogue) if is_open(t.status)]
    recipients = recipients_of(session, tasks)
    found: dict[Contact, list[Task]] = defaultdict(list)
    for task in tasks:
        for contact, _ in recipients[task.id]:
            found[contact].append(task)
    return dict(found)


def tasks_asked_of(session: Session, report: StatusReport, contact_id: int | None) -> list[Task]:
    """The open tasks that the call asks this person about."""
    for contact, tasks in tasks_by_recipient(session, report.dialogue).items():
        if contact.id == contact_id:
            return tasks
    return []
