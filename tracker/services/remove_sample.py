"""Takes the sample dialogue out again, with all that hangs on it, for good.

Real dialogues, and people whom they need, stay as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import delete, exists, or_, select, union
from sqlalchemy.orm import Session, aliased

from tracker.models import (
    Account,
    AgreedList,
    CableRecord,
    Candidate,
    Change,
    Contact,
    Dialogue,
    DialogueParty,
    Fact,
    Meeting,
    Membership,
    Party,
    Remark,
    Reminder,
    ReminderApproval,
    ReminderLine,
    SentOccasion,
    StatusReport,
    Task,
    TaskOwner,
    TaskParty,
    VersionQuestion,
)
from tracker.policy.errors import NotAllowed, NotFound
from tracker.policy.visibility import Actor

REMOVED = "sample_removed"
"""The fact that keeps the sample from coming back."""
SAMPLE_DOMAIN = ".example"
"""Sample people have addresses under this name, which RFC 2606 keeps from ever being real."""


def find_sample(session: Session) -> Dialogue | None:
    """The sample dialogue; None where there is none (any more)."""
    return session.scalars(select(Dialogue).where(Dialogue.is_sample)).first()


def may_remove_sample(session: Session, actor: Actor) -> bool:
    """Whether there is a sample that the actor may take out: its lead and administrators may."""
    sample = find_sample(session)
    return sample is not None and _may(actor, sample.id)


def remove_sample(session: Session, *, actor: Actor, now: dt.datetime) -> int:
    """Deletes the sample with its cable, tasks, history and reminders, and the people and parties
    that only it used; remembers that it is not wanted. Returns how many tasks went.

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
    session.execute(delete(CableRecord).where(CableRecord.is_sample))
    session.execute(delete(Dialogue).where(Dialogue.id.in_(ids)))
    _delete_emptied(session, touched)
    session.expire_all()
    _delete_unused_contacts(session)
    _delete_unused_parties(session, party_ids)
    session.merge(Fact(name=REMOVED, value="yes", at=now))
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


def _delete_unused_contacts(session: Session) -> None:
    """People first, then the offices that nobody is left in."""
    worker = aliased(Contact)
    uses = [
        exists().where(column == Contact.id)
        for column in (
            Account.contact_id,
            Membership.contact_id,
            TaskOwner.contact_id,
            Remark.author_id,
            Change.actor_id,
            CableRecord.imported_by_id,
            Candidate.decided_by_id,
            Reminder.contact_id,
            SentOccasion.contact_id,
            VersionQuestion.answered_by_id,
            worker.office_id,
            worker.head_id,
        )
    ]
    unused = (Contact.email.endswith(SAMPLE_DOMAIN, autoescape=True), ~or_(*uses))
    for kind in ("person", "office"):
        found = list(session.scalars(select(Contact.id).where(*unused, Contact.kind == kind)))
        session.execute(delete(Contact).where(Contact.id.in_(found)))


def _delete_unused_parties(session: Session, party_ids: Collection[int]) -> None:
    uses = [
        exists().where(column == Party.id)
        for column in (
            Contact.party_id,
            Dialogue.own_party_id,
            DialogueParty.party_id,
            TaskParty.party_id,
        )
    ]
    query = select(Party.id).where(Party.id.in_(party_ids), ~or_(*uses))
    session.execute(delete(Party).where(Party.id.in_(list(session.scalars(query)))))
