"""A person's decisions on candidates: accept (as it is or edited), reject, take back.

An accepted candidate becomes a task through add_task; the proposal itself stays as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.models import CableRecord, Candidate, Dialogue, Task
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.names import has_nul
from tracker.policy.visibility import Actor
from tracker.queries.candidates import use_of_task
from tracker.queries.versions import find_version_after
from tracker.services.add_task import NewTask, add_task
from tracker.services.change_task import Owner, TaskUpdate, change_task


def proposal_of(candidate: Candidate) -> NewTask:
    """The task that accepting a candidate as it stands would make. Its marking is the
    candidate's own, which its paragraph gave it."""
    return NewTask(
        title=candidate.title,
        kind=candidate.kind,
        text=candidate.text,
        responsible=tuple(candidate.responsible),
        owners=tuple(Owner(name) for name in candidate.owners),
        agenda=candidate.agenda,
        due_on=candidate.due_on,
        due_basis=candidate.due_basis,
        marking=candidate.marking,
    )


def accept_candidate(
    session: Session,
    candidate: Candidate,
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
    edited: NewTask | None = None,
) -> Task:
    """Makes the task. An edited due date counts as stated (a person did); an edited marking can
    only be higher than the passage's. Raises Conflict where it has been decided already."""
    cable = lock_for_decision(session, candidate.cable, actor)
    require_pending(session, candidate)
    proposed = proposal_of(candidate)
    new = edited or proposed
    if new.due_on != proposed.due_on:
        new = replace(new, due_basis="stated")
    marks = [parse_marking(new.marking), parse_marking(proposed.marking)]
    new = replace(new, marking=join_markings(marks).short)
    task = add_task(
        session,
        _dialogue_of(cable),
        cable.meeting,
        new,
        actor=actor,
        now=now,
        today=today,
        candidate=candidate,
    )
    _decide(session, candidate, "accepted", actor, now)
    session.flush()
    return task


def reject_candidate(
    session: Session, candidate: Candidate, reason: str, *, actor: Actor, now: dt.datetime
) -> None:
    """Sets the candidate aside, with the reason if one is given. Raises InvalidInput, and Conflict
    where it has been decided already."""
    if has_nul(reason):
        raise InvalidInput("The reason holds NUL characters; take them out.", "reason")
    lock_for_decision(session, candidate.cable, actor)
    require_pending(session, candidate)
    candidate.rejection_reason = reason.strip()[:2000]
    _decide(session, candidate, "rejected", actor, now)
    session.flush()


def take_back(session: Session, candidate: Candidate, *, actor: Actor, now: dt.datetime) -> None:
    """Makes a decided candidate undecided again. Its task goes if nobody has touched it since and
    nothing stands on it; raises Conflict otherwise."""
    lock_for_decision(session, candidate.cable, actor)
    session.refresh(candidate)
    if candidate.aside:
        raise Conflict("Somebody else merged or split this candidate meanwhile; undo that first.")
    if candidate.decision == "accepted":
        task = session.scalar(select(Task).where(Task.candidate_id == candidate.id))
        if task is not None and (task.history_length > 1 or task.last_remark):
            raise Conflict(
                f"People have worked on task {task.number} since; decline the task instead."
            )
        if task is not None:
            _require_free(session, task)
            session.delete(task)
            session.flush()
    candidate.rejection_reason = ""
    _decide(session, candidate, "pending", actor, now)
    session.flush()


def accept_likely(
    session: Session, cable: CableRecord, *, actor: Actor, now: dt.datetime, today: dt.date
) -> list[Task]:
    """Accepts every undecided likely candidate, in the order of the source."""
    lock_for_decision(session, cable, actor)
    query = select(Candidate).where(
        Candidate.cable_id == cable.id,
        Candidate.tier == "likely",
        Candidate.decision == "pending",
    )
    waiting = session.scalars(query.order_by(Candidate.span_start, Candidate.position)).all()
    return [
        accept_candidate(session, candidate, actor=actor, now=now, today=today)
        for candidate in waiting
    ]


def change_many(
    session: Session,
    candidates: Sequence[Candidate],
    *,
    owner: Owner | None,
    due_on: dt.date | None,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> list[Task]:
    """Sets owner, due date or both for many at once: undecided candidates become tasks with
    them, tasks made before are changed."""
    if owner is None and due_on is None:
        raise InvalidInput("Choose an owner or a due date to set.")
    tasks = []
    for candidate in candidates:
        lock_for_decision(session, candidate.cable, actor)
        session.refresh(candidate)
        if candidate.decision == "rejected":
            continue
        if candidate.decision == "pending":
            new = _with(proposal_of(candidate), owner, due_on)
            task = accept_candidate(
                session, candidate, actor=actor, now=now, today=today, edited=new
            )
        else:
            task = session.scalars(select(Task).where(Task.candidate_id == candidate.id)).one()
            wanted = TaskUpdate(
                owners=(owner,) if owner else None, due_on=due_on, reason="set in review"
            )
            change_task(session, task, wanted, seen_version=None, actor=actor, now=now, today=today)
        tasks.append(task)
    return tasks


def lock_for_decision(session: Session, cable: CableRecord, actor: Actor) -> CableRecord:
    """Lets one person at a time decide on a cable, until their transaction ends: who comes second
    sees what the first has decided. Raises Conflict for an unconfirmed cable and for one that a
    corrected copy has replaced, NotAllowed for people who do not edit its dialogue."""
    if cable.dialogue_id is None or cable.dialogue is None:
        raise Conflict("Confirm dialogue and meeting of this cable first.")
    if not actor.scope.may_edit(cable.dialogue_id):
        raise NotAllowed("Only an editor or lead of the dialogue decides on candidates.")
    # SQLite has one writer at a time anyway and leaves FOR UPDATE out.
    session.execute(select(CableRecord.id).where(CableRecord.id == cable.id).with_for_update())
    if find_version_after(session, cable.id) is not None:
        raise Conflict(
            "A corrected copy has replaced this cable. Decide in the review of the copy; a task "
            "that was made here is changed or declined on its own page."
        )
    return cable


def require_pending(session: Session, candidate: Candidate) -> None:
    """Raises Conflict where the candidate has been decided; call with the lock taken."""
    session.refresh(candidate)
    if candidate.decision != "pending":
        raise Conflict("This candidate has been decided already, perhaps by somebody else.")


def _require_free(session: Session, task: Task) -> None:
    use = use_of_task(session, task.id)
    if use is not None:
        raise Conflict(f"Task {task.number} {use}; decline the task instead.")


def _dialogue_of(cable: CableRecord) -> Dialogue:
    if cable.dialogue is None:
        raise Conflict("Confirm dialogue and meeting of this cable first.")
    return cable.dialogue


def _with(new: NewTask, owner: Owner | None, due_on: dt.date | None) -> NewTask:
    return replace(
        new, owners=(owner,) if owner else new.owners, due_on=due_on if due_on else new.due_on
    )


def _decide(
    session: Session, candidate: Candidate, decision: str, actor: Actor, now: dt.datetime
) -> None:
    candidate.decision = decision
    candidate.decided_at = None if decision == "pending" else now
    candidate.decided_by_id = None if decision == "pending" else actor.contact_id
    note_decision(session, candidate)


def set_aside(
    session: Session, candidate: Candidate, why: str, actor: Actor, now: dt.datetime
) -> None:
    """Takes a candidate out of the review, with the reason that ``Candidate.aside`` names; who
    did so and when stay with it. Call with the lock taken."""
    candidate.aside = why
    _decide(session, candidate, "rejected", actor, now)


def show_again(session: Session, candidate: Candidate) -> None:
    """Brings a candidate that stood aside back, undecided. Call with the lock taken."""
    candidate.aside = ""
    candidate.decision, candidate.decided_at, candidate.decided_by_id = "pending", None, None
    note_decision(session, candidate)


def note_decision(session: Session, candidate: Candidate) -> None:
    """Gives a changed candidate the cable's next revision, by which pages that show the review
    find what is new to them. Call with the lock taken, so that revisions are in order."""
    mine = CableRecord.id == candidate.cable_id
    session.execute(
        update(CableRecord)
        .where(mine)
        .values(review_revision=CableRecord.review_revision + 1)
        .execution_options(synchronize_session=False)
    )
    candidate.revision = session.scalars(select(CableRecord.review_revision).where(mine)).one()
