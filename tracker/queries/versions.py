"""Named SELECTs about the versions of a cable and the questions that a corrected copy puts.

Session first, within a person's scope where a cable is looked for; no writes.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, undefer

from tracker.models import CableRecord, Task, VersionQuestion
from tracker.policy.errors import NotFound
from tracker.policy.visibility import Scope
from tracker.queries.cables import within


def find_version_before(session: Session, scope: Scope, cable: CableRecord) -> CableRecord | None:
    """The newest confirmed cable of the same reference id that this person may decide on, which
    an unconfirmed one then corrects; None where there is none."""
    if cable.reference_id is None:
        return None
    query = (
        select(CableRecord)
        .where(
            CableRecord.reference_id == cable.reference_id,
            CableRecord.dialogue_id.is_not(None),
            CableRecord.is_sample == cable.is_sample,
            CableRecord.id != cable.id,
            within(scope),
        )
        .options(undefer(CableRecord.text), undefer(CableRecord.reading))
        .order_by(CableRecord.id.desc())
    )
    found = session.scalars(query)
    return next((one for one in found if scope.may_edit(one.dialogue_id or 0)), None)


def versions_before(session: Session, cable: CableRecord) -> list[CableRecord]:
    """All versions that a cable corrects, the newest first, with their texts."""
    found: list[CableRecord] = []
    following = cable.replaces_id
    while following is not None:
        before = session.get_one(CableRecord, following, options=[undefer(CableRecord.text)])
        found.append(before)
        following = before.replaces_id
    return found


def find_version_after(session: Session, cable_id: int) -> CableRecord | None:
    """The cable that corrects this one; None while none does."""
    query = select(CableRecord).where(CableRecord.replaces_id == cable_id)
    return session.scalars(query.order_by(CableRecord.id.desc())).first()


def questions_of(session: Session, cable_id: int) -> list[VersionQuestion]:
    """What a corrected copy asks about tasks, by the task's number, answered ones too."""
    query = (
        select(VersionQuestion)
        .join(Task, Task.id == VersionQuestion.task_id)
        .where(VersionQuestion.cable_id == cable_id)
        .options(joinedload(VersionQuestion.task), joinedload(VersionQuestion.candidate))
        .order_by(Task.number)
    )
    return list(session.scalars(query))


def get_question(session: Session, cable: CableRecord, question_id: int) -> VersionQuestion:
    """A question of this cable; raises NotFound."""
    question = session.get(VersionQuestion, question_id)
    if question is None or question.cable_id != cable.id:
        raise NotFound("There is no such question about this cable.")
    return question
