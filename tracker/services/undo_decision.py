"""Takes back whatever was decided last on a candidate: accepted, rejected, merged or split.

Each kind of decision is undone where it is made; this chooses among them.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import Candidate
from tracker.policy.visibility import Actor
from tracker.queries.candidates import candidates_merged_into
from tracker.services.merge_candidates import take_merge_back
from tracker.services.review_candidates import take_back
from tracker.services.split_candidate import take_split_back


def undo_decision(
    session: Session, candidate: Candidate, *, actor: Actor, now: dt.datetime
) -> Candidate:
    """Makes a decided candidate undecided; an undecided one that was merged or split gives way to
    what it was made of. Returns the candidate to go on with, the first of several. Raises
    Conflict where people have worked on the task, or on another part, since."""
    if candidate.decision == "pending" and not candidate.aside:
        if candidates_merged_into(session, candidate):
            return take_merge_back(session, candidate, actor=actor, now=now)[0]
        if candidate.split_from_id is not None:
            return take_split_back(session, candidate, actor=actor, now=now)
    take_back(session, candidate, actor=actor, now=now)
    return candidate
