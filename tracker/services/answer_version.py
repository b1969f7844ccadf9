"""A person's answer to what a corrected copy asks about a task: take the new wording, keep the
own, or decline what is gone. The questions are put by confirm_version.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Candidate, Task, VersionQuestion
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.visibility import Actor
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.record_history import record_change

ANSWERS = ("taken", "kept", "declined")
LONGEST_REASON = 2_000


def answer_question(
    session: Session,
    question: VersionQuestion,
    answer: str,
    reason: str,
    *,
    seen_version: int | None,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> None:
    """Does what the answer says and keeps it. ``taken`` gives the task the passage's new words,
    and its title and date where the task still had those of the old passage; what both sides
    agreed stays. ``declined`` needs a reason. The task goes on pointing to the version that it
    came from. Raises InvalidInput, NotAllowed, or Conflict (answered, or the task was changed).
    """
    task = question.task
    if not actor.scope.may_edit(task.dialogue_id):
        raise NotAllowed("Only an editor or lead of the dialogue decides on new versions.")
    mine = select(VersionQuestion.id).where(VersionQuestion.id == question.id)
    session.execute(mine.with_for_update())
    session.refresh(question, ["answer"])
    if question.answer:
        raise Conflict("This has been answered already, perhaps by somebody else.")
    if answer not in ANSWERS or ((answer == "taken") and question.candidate is None):
        raise InvalidInput("Choose one of the answers.")
    if answer == "declined" and not reason.strip():
        raise InvalidInput("Say why it is declined; it stays in the history.", "reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise InvalidInput(f"A reason has at most {LONGEST_REASON:,} characters.", "reason")
    if answer != "kept":
        update = (
            _new_wording(session, question)
            if answer == "taken"
            else TaskUpdate(status="declined", reason=reason)
        )
        change_task(
            session, task, update, seen_version=seen_version, actor=actor, now=now, today=today
        )
    if answer == "taken" and question.candidate is not None:
        _raise_marking(session, task, question.candidate, actor, now, today)
    question.answer, question.reason = answer, reason.strip()
    question.answered_at, question.answered_by_id = now, actor.contact_id
    session.flush()


def _new_wording(session: Session, question: VersionQuestion) -> TaskUpdate:
    task, new = question.task, question.candidate
    old = session.get(Candidate, task.candidate_id) if task.candidate_id else None
    if new is None:
        raise InvalidInput("The passage is gone; there is no new wording to take.")
    is_free = task.agreed_text is None and old is not None
    had_title = is_free and old is not None and task.title == old.title
    had_date = is_free and old is not None and task.due_on == old.due_on
    return TaskUpdate(
        text=new.text,
        title=new.title if had_title else None,
        due_on=new.due_on if had_date and new.due_basis == "stated" else None,
        reason=f"wording of the corrected copy of {question.cable.name}",
    )


def _raise_marking(
    session: Session,
    task: Task,
    new: Candidate,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> None:
    """A task says no less than its passage; lowering is never done by itself."""
    before = task.marking
    joined = join_markings([parse_marking(before), parse_marking(new.marking)]).short
    if joined != parse_marking(before).short:
        task.marking = joined
        record_change(
            session,
            task,
            "marking",
            before,
            joined,
            actor=actor,
            now=now,
            effective_on=today,
            reason="corrected copy",
        )
