"""Takes the sample dialogue out again, with all that hangs on it, for good.

Real dialogues stay as they are, and so does everybody in the directory: the sample adds nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import delete, exists, or_, select, union
from sqlalchemy.orm import Session

from tracker.models import (
    AgreedList,
    Base,
    CableRecord,
    Dialogue,
    DialogueParty,
    Meeting,
    Party,
    Reminder,
    ReminderApproval,
    ReminderLine,
    StatusReport,
    Task,
)
from tracker.policy.errors import NotAllowed, NotFound
from tracker.policy.visibility import Actor
from tracker.services.remember_fact import remember_fact

REMOVED = "sample_removed"
"""The fact that keeps the sample from coming back."""


def find_sample(session: Session) -> Dialogue | None:
    """The sample dialogue; None where there is none (any more)."""
    return session.scalars(select(Dialogue).where(Dialogue.is_sample)).first()


def may_remove_sample(session: Session, actor: Actor) -> bool:
    """Whether there is a sample that the actor may take out: its lead and administrators may."""
    sample = find_sample(session)
    return sample is not None and _may(actor, sample.id)


def remove_sample(session: Session, *, actor: Actor, now: dt.datetime) -> int:
    """Deletes the sample with its cable, tasks, history and reminders, and the parties that
    only it used; remembers that it is not wanted. Returns how many tasks went.

    Raises NotFound where there is no sample, NotAllowed.
    """
    samples = list(session.scalars(select(Dialogue).where(Dialogue.is_sample)))
    if not samples:
        raise NotFound("The sample is not here (any more).")
    if not all(_may(actor, sample.id) for sample in samples):
        raise NotAllowed("The sample's lead or an administrator removes it.")
    ids = [sample.id for sample in samples]
    party_ids = set(
        session.scalars(select(DialogueParty.party_id).where(DialogueParty.dialogue_id.in_(ids)))
    )
    tasks = list(session.scalars(select(Task.id).where(Task.dialogue_id.in_(ids))))
    touched = _reminders_about(session, ids, tasks)
    session.execute(delete(CableRecord).where(CableRecord.id.in_(_cables(session))))
    session.execute(delete(Dialogue).where(Dialogue.id.in_(ids)))
    _delete_emptied(session, touched)
    session.expire_all()
    _delete_unused_parties(session, party_ids)
    remember_fact(session, REMOVED, "yes", at=now)
    session.flush()
    return len(tasks)


def _may(actor: Actor, dialogue_id: int) -> bool:
    return actor.scope.may_lead(dialogue_id) or actor.scope.is_administrator


def _reminders_about(
    session: Session, dialogue_ids: Collection[int], task_ids: Collection[int]
) -> list[int]:
    lists = select(AgreedList.id).join(Meeting, Meeting.id == AgreedList.meeting_id)
    reports = select(StatusReport.id).where(StatusReport.dialogue_id.in_(dialogue_ids))
    about = union(
        select(ReminderLine.reminder_id).where(ReminderLine.task_id.in_(task_ids)),
        select(ReminderApproval.reminder_id).where(
            ReminderApproval.list_id.in_(lists.where(Meeting.dialogue_id.in_(dialogue_ids)))
        ),
        select(ReminderApproval.reminder_id).where(ReminderApproval.report_id.in_(reports)),
    )
    return list(session.scalars(about))


def _delete_emptied(session: Session, reminder_ids: Collection[int]) -> None:
    """Reminders that were about the sample alone; others have lost their lines with its tasks."""
    says_more = [
        exists().where(table.reminder_id == Reminder.id)
        for table in (ReminderLine, ReminderApproval)
    ]
    session.execute(delete(Reminder).where(Reminder.id.in_(reminder_ids), ~or_(*says_more)))


def _cables(session: Session) -> list[int]:
    """The sample's cable and whatever copy was brought in to correct it, which cannot stay
    without it."""
    known = list(session.scalars(select(CableRecord.id).where(CableRecord.is_sample)))
    latest = known
    while latest:
        corrected = CableRecord.replaces_id.in_(latest) & CableRecord.id.not_in(known)
        latest = list(session.scalars(select(CableRecord.id).where(corrected)))
        known = known + latest
    return known


def _delete_unused_parties(session: Session, party_ids: Collection[int]) -> None:
    """Whatever table points at a party keeps it."""
    uses = [
        exists().where(column == Party.id)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table is Party.__table__ for key in column.foreign_keys)
    ]
    query = select(Party.id).where(Party.id.in_(party_ids), ~or_(*uses))
    session.execute(delete(Party).where(Party.id.in_(list(session.scalars(query)))))
