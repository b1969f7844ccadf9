"""Takes what an owner answers to a call for updates, signed in or by the link in the mail.

Opening the link changes nothing; tasks are changed by change_task, with the rights that the
person has now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Contact, ReportMail, StatusReport, Task
from tracker.policy.errors import NotFound
from tracker.policy.visibility import Actor
from tracker.queries.people import scope_of_contact
from tracker.queries.status_reports import find_call
from tracker.queries.wishes import wishes_of
from tracker.services.call_for_updates import tasks_asked_of
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.mail_links import actor_for, make_token, open_token
from tracker.services.plan_reminders import zone_of


@dataclass(frozen=True, slots=True)
class CallLink:
    """A link that works: the call it belongs to, the open tasks that its person may update, and
    who they are now. ``today`` is the date where they are."""

    call: ReportMail
    report: StatusReport
    tasks: Sequence[Task]
    actor: Actor
    today: dt.date


def update_url(session: Session, mail: ReportMail, key: str, base_url: str) -> str | None:
    """The address with which a call is answered without signing in, for 60 days; None where there
    is no key to sign it with."""
    if not key:
        return None
    generation = wishes_of(session, [mail.contact_id]).generation(mail.contact_id)
    day = mail.planned_at.date()
    token = make_token(key, "update", mail.contact_id, mail.id, generation, day)
    return f"{base_url}/mail/update/{token}"


def open_call(
    session: Session, key: str, text: str, *, now: dt.datetime, to_change: bool = False
) -> CallLink:
    """The link to answer a call, with the rights that its person has now. ``to_change`` holds the
    call until the transaction ends, so that an answer sent twice at once is taken once.

    Raises Gone where it has expired; NotFound where it is not ours, was revoked, the report was
    discarded, or its person no longer takes part or is no longer active.
    """
    token, contact = open_token(session, key, "update", text, now=now)
    query = select(ReportMail).where(
        ReportMail.id == token.subject_id,
        ReportMail.contact_id == contact.id,
        ReportMail.kind == "call",
    )
    if to_change:  # Before the tasks are read: what the other of two has changed is seen.
        query = query.with_for_update(of=ReportMail)
    call = session.scalar(query)
    if call is None or call.report is None:
        raise NotFound("What this link was about is gone: the report was discarded.")
    tasks = tasks_asked_of(session, call.report, contact.id)
    actor = _actor_for(session, contact, tasks)
    if not actor.scope.may_read(call.report.dialogue_id):
        raise NotFound("You take no part in this dialogue any more.")
    today = now.astimezone(zone_of(contact)).date()
    return CallLink(call, call.report, [t for t in tasks if _may_update(actor, t)], actor, today)


def answer_call(
    session: Session,
    report: StatusReport,
    updates: Mapping[int, TaskUpdate],
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> tuple[ReportMail, int]:
    """Takes a person's answer: their updates by number of task, none where nothing is new.
    Returns their call, now answered, and how many tasks changed. A remark that stands on the task
    already is not added again, so that an answer sent twice is taken once.

    An answer after the freeze is taken all the same; it counts for the next report. Raises
    NotFound for whoever was not called, and what change_task raises.
    """
    call = find_call(session, report.id, actor.contact_id)
    if call is None:
        raise NotFound("You were not asked for an update to this report.")
    changed = 0
    with session.begin_nested():  # One task that cannot be changed leaves all as they were.
        for task in tasks_asked_of(session, report, actor.contact_id):
            update = updates.get(task.number)
            if update is not None and update.remark and update.remark == task.last_remark:
                update = replace(update, remark="")
            if update is not None and change_task(
                session, task, update, seen_version=None, actor=actor, now=now, today=today
            ):
                changed += 1
    call.answered_at, call.answered_on = now, today
    session.flush()
    return call, changed


def _actor_for(session: Session, contact: Contact, tasks: Sequence[Task]) -> Actor:
    """The person as one who acts; an office acts for the tasks that it owns."""
    if tasks:
        return actor_for(session, contact, tasks[0])
    return Actor(contact.id, contact.full_name, scope_of_contact(session, contact))


def _may_update(actor: Actor, task: Task) -> bool:
    owners = [owner.contact_id for owner in task.owners]
    return actor.scope.may_update(task.dialogue_id, owners)
