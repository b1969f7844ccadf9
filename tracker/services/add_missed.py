"""Makes a task of a passage that no rule picked, with a candidate so that the link to it stays.

Deciding on what the rules did pick is review_candidates.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import CableRecord, Candidate, Task
from tracker.policy.errors import Conflict, InvalidInput
from tracker.policy.visibility import Actor
from tracker.services.add_task import NewTask
from tracker.services.review_candidates import accept_candidate, lock_for_decision

RULE = "missed"
REASON = "A person picked this passage; no rule did."


def add_missed(
    session: Session,
    cable: CableRecord,
    span: tuple[int, int],
    new: NewTask,
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Task:
    """Adds a candidate of tier "possible" over ``span`` of the cable's text and accepts it.

    ``new.marking`` is at least that of the passage, which the caller read from the cable.
    Raises InvalidInput, NotAllowed, or Conflict where the passage has a candidate by now.
    """
    lock_for_decision(session, cable, actor)
    start, end = span
    if not 0 <= start < end <= len(cable.text) or not cable.text[start:end].strip():
        raise InvalidInput("That passage is not in the cable; open the review again and choose it.")
    _refuse_second(session, cable, span)
    candidate = _candidate(session, cable, span, new)
    session.add(candidate)
    session.flush()
    return accept_candidate(session, candidate, actor=actor, now=now, today=today, edited=new)


def _refuse_second(session: Session, cable: CableRecord, span: tuple[int, int]) -> None:
    query = select(Candidate.id).where(
        Candidate.cable_id == cable.id,
        Candidate.span_start == span[0],
        Candidate.span_end == span[1],
        Candidate.decision == "accepted",
    )
    if session.scalar(query.limit(1)) is not None:
        raise Conflict("Somebody else made a task of this passage meanwhile; it is in the review.")


def _candidate(
    session: Session, cable: CableRecord, span: tuple[int, int], new: NewTask
) -> Candidate:
    query = select(func.max(Candidate.position)).where(Candidate.cable_id == cable.id)
    last = session.scalar(query)
    return Candidate(
        cable_id=cable.id,
        cable=cable,
        position=0 if last is None else last + 1,
        span_start=span[0],
        span_end=span[1],
        tier="possible",
        agenda=new.agenda,
        kind=new.kind[:20],
        title=new.title.strip()[:200],
        text=new.text.strip() or " ".join(cable.text[span[0] : span[1]].split()),
        responsible=list(new.responsible),
        owners=[owner.name for owner in new.owners],
        due_on=new.due_on,
        due_basis=new.due_basis,
        marking=new.marking,
        rules=[RULE],
        reason=REASON,
        decision="pending",
        rejection_reason="",
    )
