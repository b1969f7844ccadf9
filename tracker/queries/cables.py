"""Named SELECTs about imported cables and their candidates, each within a person's scope.

Session first; no writes.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from tracker.models import CableRecord, Candidate, Contact, Task
from tracker.policy.errors import NotFound
from tracker.policy.visibility import Scope


def within(scope: Scope) -> ColumnElement[bool]:
    """That a cable is this person's to see: of their dialogues or, until it is confirmed, one
    they imported themselves."""
    if scope.is_system:
        return true()
    if scope.contact_id is None:
        return false()
    mine = CableRecord.dialogue_id.is_(None) & (CableRecord.imported_by_id == scope.contact_id)
    return or_(CableRecord.dialogue_id.in_(scope.dialogue_ids), mine)


def get_cable(session: Session, scope: Scope, cable_id: int) -> CableRecord:
    """The cable with its text and reading; raises NotFound."""
    query = (
        select(CableRecord)
        .where(CableRecord.id == cable_id, within(scope))
        .options(
            undefer(CableRecord.text),
            undefer(CableRecord.reading),
            joinedload(CableRecord.dialogue),
            joinedload(CableRecord.meeting),
        )
    )
    cable = session.scalar(query)
    if cable is None:
        raise NotFound("There is no such cable, or it is not of one of your dialogues.")
    return cable


def get_original(session: Session, scope: Scope, cable_id: int) -> CableRecord:
    """The cable with the bytes that were imported; raises NotFound."""
    query = select(CableRecord).where(CableRecord.id == cable_id, within(scope))
    cable = session.scalar(query.options(undefer(CableRecord.original)))
    if cable is None:
        raise NotFound("There is no such cable, or it is not of one of your dialogues.")
    return cable


def find_same_bytes(
    session: Session, scope: Scope, sha256: str, *, is_sample: bool
) -> CableRecord | None:
    """The record that already holds these bytes, where this person may see it."""
    query = select(CableRecord).where(
        CableRecord.sha256 == sha256, CableRecord.is_sample == is_sample, within(scope)
    )
    return session.scalars(query.order_by(CableRecord.id)).first()


def list_cables(session: Session, scope: Scope, dialogue_id: int) -> list[CableRecord]:
    """The cables of a dialogue, newest first."""
    query = select(CableRecord).where(CableRecord.dialogue_id == dialogue_id, within(scope))
    return list(session.scalars(query.order_by(CableRecord.imported_at.desc())))


def unconfirmed_cables(session: Session, scope: Scope) -> list[CableRecord]:
    """What this person imported and has not yet confirmed, newest first."""
    query = select(CableRecord).where(CableRecord.dialogue_id.is_(None), within(scope))
    return list(session.scalars(query.order_by(CableRecord.imported_at.desc())))


def candidates_of(session: Session, cable_id: int) -> list[Candidate]:
    """The candidates that a cable's review shows, in the order of the source."""
    query = select(Candidate).where(Candidate.cable_id == cable_id, Candidate.aside == "")
    return list(session.scalars(query.order_by(Candidate.span_start, Candidate.position)))


def get_candidate(session: Session, cable: CableRecord, candidate_id: int) -> Candidate:
    """A candidate of this cable; raises NotFound."""
    candidate = session.get(Candidate, candidate_id)
    if candidate is None or candidate.cable_id != cable.id:
        raise NotFound("There is no such candidate in this cable.")
    return candidate


def tasks_by_candidate(session: Session, cable_id: int) -> dict[int, Task]:
    """The task of each accepted candidate of a cable, by the candidate's id."""
    query = (
        select(Task)
        .where(Task.cable_id == cable_id, Task.candidate_id.is_not(None))
        .options(
            selectinload(Task.owners), selectinload(Task.responsible), selectinload(Task.dialogue)
        )
    )
    return {task.candidate_id: task for task in session.scalars(query) if task.candidate_id}


def deciders_of(session: Session, cable_id: int) -> dict[int, str]:
    """The names of those who decided on candidates of a cable, by the contact's id."""
    decided = select(Candidate.decided_by_id).where(Candidate.cable_id == cable_id)
    query = select(Contact).where(Contact.id.in_(decided))
    return {contact.id: contact.full_name for contact in session.scalars(query)}


def cables_to_review(session: Session, scope: Scope) -> list[tuple[CableRecord, int]]:
    """Cables of this person's dialogues with undecided candidates, and how many, where they may
    decide them."""
    query = (
        select(CableRecord, func.count(Candidate.id))
        .join(Candidate, Candidate.cable_id == CableRecord.id)
        .where(Candidate.decision == "pending", within(scope))
        .group_by(CableRecord.id)
        .order_by(CableRecord.imported_at.desc())
        .options(selectinload(CableRecord.dialogue))
    )
    rows = [(row[0], row[1]) for row in session.execute(query)]
    return [row for row in rows if row[0].dialogue_id and scope.may_edit(row[0].dialogue_id)]
