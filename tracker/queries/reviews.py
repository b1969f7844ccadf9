"""Named SELECTs about what people decided on candidates: counts by rule, first values of tasks.

Session first; no writes.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session, selectinload

from tracker.models import CableRecord, Candidate, Change, Task
from tracker.policy.visibility import Scope
from tracker.queries import cables


@dataclass(slots=True)
class RuleCount:
    """How many candidates a rule governed, by what was decided on them."""

    accepted: int = 0
    rejected: int = 0
    pending: int = 0


def _countable(scope: Scope) -> ColumnElement[bool]:
    """Whose candidates count. Numbers without a word of a text are no content, so that who
    administers the installation is told those of all dialogues."""
    return true() if scope.is_administrator else cables.within(scope)


def count_by_rule(session: Session, scope: Scope) -> dict[str, RuleCount]:
    """What people decided on the candidates that each rule governed, that is stood first for. What
    a command or the sample accepted by itself is nobody's decision, and what was merged or split
    stands aside for what it became."""
    decided = (
        select(Candidate.rules[0].as_string().label("rule"), Candidate.decision)
        .join(CableRecord, CableRecord.id == Candidate.cable_id)
        .where(
            _countable(scope),
            Candidate.aside == "",
            Candidate.decided_by_id.is_not(None)
            | (~CableRecord.is_sample & (Candidate.decision == "pending")),
        )
        .subquery()
    )
    query = select(decided.c.rule, decided.c.decision, func.count()).group_by(
        decided.c.rule, decided.c.decision
    )
    found: dict[str, RuleCount] = {}
    for rule, decision, count in session.execute(query):
        if rule is not None:
            setattr(found.setdefault(rule, RuleCount()), decision, count)
    return found


def first_values(session: Session, cable_id: int) -> dict[int, dict[str, object]]:
    """What the task of each accepted candidate held when it was made, by the candidate's id."""
    query = (
        select(Task.candidate_id, Change.after)
        .join(Change, Change.task_id == Task.id)
        .where(Task.cable_id == cable_id, Task.candidate_id.is_not(None), Change.sequence == 1)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def names_in_text(session: Session, cable_id: int) -> dict[int, list[str]]:
    """The owners of each candidate's task as they were typed or read, by the candidate's id;
    without tasks whose owners were changed since."""
    changed = select(Change.task_id).where(Change.field == "owners")
    query = (
        select(Task)
        .where(Task.cable_id == cable_id, Task.candidate_id.is_not(None), Task.id.not_in(changed))
        .options(selectinload(Task.owners))
    )
    return {
        task.candidate_id: [owner.name for owner in task.owners]
        for task in session.scalars(query)
        if task.candidate_id is not None
    }


def cable_ids_of_name(session: Session, scope: Scope, name: str) -> list[int]:
    """The ids of confirmed cables that people call so: by the reference id, or by the file's name
    where a cable has none; whatever its capitals."""
    called = func.coalesce(CableRecord.reference_id, CableRecord.filename)
    query = select(CableRecord.id).where(
        # SQLite knows the small letters of ASCII alone.
        (called == name.strip()) | (func.lower(called) == name.strip().lower()),
        CableRecord.dialogue_id.is_not(None),
        cables.within(scope),
    )
    return list(session.scalars(query.order_by(CableRecord.id)))
