"""Named SELECTs about what candidates were made of, what changed among them, and what stands on
the tasks they became.

Of cables that the caller has found within a scope (queries/cables); no writes.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import (
    CableRecord,
    Candidate,
    CarriedTask,
    ListItem,
    LogEntry,
    SentOccasion,
    Task,
    VersionQuestion,
)

_IN_ORDER = (Candidate.span_start, Candidate.position, Candidate.id)

_USES = (
    (ListItem.task_id, "stands on a list for both sides"),
    (LogEntry.task_id, "was taken up in the log"),
    (CarriedTask.task_id, "was carried into a meeting"),
    (SentOccasion.task_id, "was in a mail that people have had"),
    (VersionQuestion.task_id, "is what a corrected copy of the cable asks about"),
)


def use_of_task(session: Session, task_id: int) -> str | None:
    """What stands on a task, so that it can no longer be taken back as if it had never been, in
    words that follow its number; None where nothing does."""
    for column, words in _USES:
        if session.scalar(select(column).where(column == task_id).limit(1)) is not None:
            return words
    return None


def find_origin(session: Session, task: Task) -> Candidate | None:
    """The candidate that a task was made of; None for one written by hand."""
    return session.get(Candidate, task.candidate_id) if task.candidate_id is not None else None


def candidates_merged_into(session: Session, merged: Candidate) -> list[Candidate]:
    """The candidates that one was made of, in the order of the source; none where it was not."""
    query = select(Candidate).where(Candidate.merged_into_id == merged.id)
    return list(session.scalars(query.order_by(*_IN_ORDER)))


def candidates_split_from(session: Session, whole_id: int) -> list[Candidate]:
    """The parts that a candidate was last split into, in the order of the source."""
    query = select(Candidate).where(
        Candidate.split_from_id == whole_id, Candidate.aside != "withdrawn"
    )
    return list(session.scalars(query.order_by(*_IN_ORDER)))


def merged_ids(session: Session, cable_id: int) -> set[int]:
    """Which candidates of a cable were made by merging."""
    query = select(Candidate.merged_into_id).where(
        Candidate.cable_id == cable_id, Candidate.merged_into_id.is_not(None)
    )
    return {found for found in session.scalars(query) if found is not None}


def review_revision(session: Session, cable_id: int) -> int:
    """The revision of a cable's review: it grows with each decision."""
    query = select(CableRecord.review_revision).where(CableRecord.id == cable_id)
    return session.scalars(query).one()


def candidates_since(session: Session, cable_id: int, revision: int) -> list[Candidate]:
    """What changed after a revision, with what stands aside since, in the order of the source."""
    query = select(Candidate).where(Candidate.cable_id == cable_id, Candidate.revision > revision)
    return list(session.scalars(query.order_by(*_IN_ORDER)))
