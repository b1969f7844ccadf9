"""Makes a version that all parties have approved the one that holds: its items become tasks that
both sides have agreed on. Called by approve_list alone, with the last approval.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import AgreedList, ListItem, LogEntry, Meeting, Task
from tracker.policy.agreed_list import AgreedItem, from_json
from tracker.policy.visibility import Actor
from tracker.queries.agreed_lists import find_in_state, items_of
from tracker.services.add_task import NewTask, add_task
from tracker.services.change_task import Owner, TaskUpdate, change_task
from tracker.services.record_history import record_change

_UNDECIDED = ("proposed", "deferred", "declined")
_LONGEST_TITLE = 200


def freeze_list(
    session: Session, version: AgreedList, *, actor: Actor, now: dt.datetime, today: dt.date
) -> None:
    """Freezes the version in place of the one before, and makes its items agreed tasks.

    Whoever gave the last approval is named in the tasks' history, with the tracker's rights: they
    may be of the other side, who sees nothing of these tasks but what they approved.
    """
    before = find_in_state(session, version.meeting_id, "frozen")
    if before is not None:
        before.state = "superseded"
    version.state, version.frozen_at, version.frozen_on = "frozen", now, today
    session.flush()
    known = items_of(session, version.meeting_id)
    held = {item.number: item for item in from_json(before.content).items} if before else {}
    for agreed in from_json(version.content).items:
        item = known[agreed.number]
        if item.task is not None and held.get(agreed.number) == agreed:
            _keep(version, agreed, item.task)
            continue
        if item.task is None:
            item.task = _new_task(session, version, agreed, item, actor.as_system(), now, today)
            item.task_id = item.task.id
        _agree(session, version, agreed, item.task, actor.as_system(), now, today)
        _link_line(session, item)
    session.flush()


def _new_task(
    session: Session,
    version: AgreedList,
    agreed: AgreedItem,
    item: ListItem,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Task:
    meeting: Meeting = version.meeting
    entry = session.get(LogEntry, item.log_entry_id) if item.log_entry_id else None
    return add_task(
        session,
        meeting.dialogue,
        meeting,
        NewTask(
            title=_title_of(agreed.text),
            kind=entry.kind if entry else "action",
            text=agreed.text,
            responsible=agreed.responsible,
            owners=tuple(Owner(name) for name in agreed.owners),
            agenda=agreed.agenda,
            due_on=agreed.due_on,
            due_basis="stated" if entry is None or entry.due_on else "default",
            marking=version.marking,
        ),
        actor=actor,
        now=now,
        today=today,
    )


def _agree(
    session: Session,
    version: AgreedList,
    agreed: AgreedItem,
    task: Task,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> None:
    reason = f"agreed list of meeting {version.meeting.number}, version {version.number}"
    update = TaskUpdate(
        status="agreed" if task.status in _UNDECIDED else None,
        due_on=agreed.due_on,
        owners=_owners(task, agreed),
        responsible=agreed.responsible or None,
        reason=f"{reason}: {version.reason}" if version.reason else reason,
    )
    change_task(
        session,
        task,
        update,
        seen_version=None,
        actor=actor,
        now=now,
        today=today,
        is_amendment=True,
    )
    if task.agreed_text != agreed.text:
        record_change(
            session,
            task,
            "agreed_text",
            task.agreed_text,
            agreed.text,
            actor=actor,
            now=now,
            effective_on=today,
            reason=update.reason,
        )
        task.agreed_text = agreed.text
        task.updated_at = now
    task.agreed_marking = version.marking


def _keep(version: AgreedList, agreed: AgreedItem, task: Task) -> None:
    """An item that this version leaves as it was: its task may have been agreed on anew at a later
    meeting, which stays so."""
    if task.agreed_text == agreed.text:
        task.agreed_marking = version.marking


def _owners(task: Task, agreed: AgreedItem) -> tuple[Owner, ...] | None:
    """Who owns it as agreed; None where these are the owners already, however they are linked."""
    if list(agreed.owners) == task.owner_names or not agreed.owners:
        return None
    known = {owner.label: owner for owner in task.owners}
    return tuple(
        Owner(known[name].name, known[name].contact_id) if name in known else Owner(name)
        for name in agreed.owners
    )


def _link_line(session: Session, item: ListItem) -> None:
    entry = session.get(LogEntry, item.log_entry_id) if item.log_entry_id else None
    if entry is not None and entry.task_id is None:
        entry.task_id = item.task_id


def _title_of(text: str) -> str:
    if len(text) <= _LONGEST_TITLE:
        return text
    head = text[: _LONGEST_TITLE - 1]
    return (head.rpartition(" ")[0] or head) + "…"  # Some scripts have no spaces.
