"""What a person does about a task from a mail: done, on track, another date, not mine, pause.

Each answer acts once, as that person and with the rights they have now; tasks are changed by
change_task alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.models import MailAnswer, Snooze, Task
from tracker.policy.errors import Conflict, NeedsAmendment, NotAllowed, NotFound
from tracker.policy.mail_answers import Answer, check_answer
from tracker.policy.statuses import date_in_words
from tracker.policy.visibility import Actor
from tracker.queries.wishes import find_answer
from tracker.services.change_task import TaskUpdate, change_task

BY_LINK = "by the link in a mail"
BY_REPLY = "by a reply to a mail"


@dataclass(frozen=True, slots=True)
class Answered:
    """What was done, in a sentence to the person; ``is_repeat`` where it had been done before,
    at ``at``, and nothing was changed now."""

    words: str
    at: dt.datetime
    is_repeat: bool = False


def key_of(source: str, answer: Answer) -> str:
    """What makes an answer the same as another: the link (or the reply) and all that came along
    with it."""
    day = answer.day.isoformat() if answer.day else ""
    said = "\n".join((source, answer.kind, day, " ".join(answer.remark.split())))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def answer_task(
    session: Session,
    task: Task,
    answer: Answer,
    *,
    source: str,
    how: str,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
    is_hidden: bool = False,
) -> Answered:
    """Does it once, however often it is sent. ``source`` is the link or reply that it came by,
    ``how`` the same in words for the history, ``today`` the person's own date.
    Where the task ``is_hidden``, being above the mail ceiling, no words tell of its date or of
    what was agreed.

    Raises NotAllowed, or InvalidInput with the field; nothing is changed then.
    """
    key = key_of(source, answer)
    earlier = find_answer(session, key)
    if earlier is not None:
        return Answered(earlier.words, earlier.at, is_repeat=True)
    owners = [owner.contact_id for owner in task.owners]
    if actor.contact_id is None or not actor.scope.may_update(task.dialogue_id, owners):
        raise NotAllowed("This task is no longer yours: it was handed over, or your role ended.")
    check_answer(answer, None if is_hidden else task.due_on, today)
    if not _take(session, key, task.id, actor.contact_id, answer, now):
        return Answered("It was sent twice at the same moment.", now, is_repeat=True)
    words, is_for_lead = _act(session, task, answer, how, actor, now, today)
    if is_hidden and answer.kind == "new_date":
        words = f"Your wish for {date_in_words(answer.day)} is noted."
    done = find_answer(session, key)
    if done is not None:
        done.words, done.is_for_lead = words, is_for_lead
    session.flush()
    return Answered(words, now)


def settle_answer(
    session: Session, answer_id: int, *, actor: Actor, now: dt.datetime
) -> MailAnswer:
    """Notes that a lead has seen to what was asked for. Raises NotFound, or Conflict where
    somebody has before."""
    answer = session.get(MailAnswer, answer_id)
    if (
        answer is None
        or not answer.is_for_lead
        or not actor.scope.may_lead(answer.task.dialogue_id)
    ):
        raise NotFound("There is no such answer, or it is not yours to decide.")
    if answer.settled_at is not None:
        raise Conflict(f"{answer.settled_by} has seen to this already. Nothing was changed.")
    answer.settled_at, answer.settled_by = now, actor.name
    session.flush()
    return answer


def _take(
    session: Session, key: str, task_id: int, contact_id: int, answer: Answer, now: dt.datetime
) -> bool:
    """Makes this answer ours to act on; of two who send it at once, one gets False."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgresql else sqlite.insert
    row = {
        "key": key,
        "contact_id": contact_id,
        "task_id": task_id,
        "kind": answer.kind,
        "words": "",
        "at": now,
        "is_for_lead": False,
        "settled_by": "",
    }
    statement = insert(MailAnswer).values(row).on_conflict_do_nothing(index_elements=["key"])
    return session.execute(statement.returning(MailAnswer.id)).first() is not None


def _act(
    session: Session,
    task: Task,
    answer: Answer,
    how: str,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> tuple[str, bool]:
    """Changes what is asked for; the sentence about it, and whether a lead has to decide."""

    def change(**values: object) -> None:
        update = TaskUpdate(**{"reason": how, **values})  # type: ignore[arg-type]  # By name.
        change_task(session, task, update, seen_version=None, actor=actor, now=now, today=today)

    number, remark = task.number, answer.remark.strip()
    is_lead = actor.scope.may_lead(task.dialogue_id)
    if answer.kind == "done":
        change(status="done", remark=remark)
        return f"Task {number} is marked as done. You get no more reminders of it.", False
    if answer.kind == "new_date":
        return _move(change, number, answer, is_lead)
    if answer.kind == "not_mine":
        change(remark=f"Not mine: {remark}" if remark else "This task is not mine.")
        words = f"It is noted that task {number} is not yours; the lead of the dialogue sees it."
        return words, not is_lead
    if answer.kind == "snooze" and answer.day is not None:
        session.merge(Snooze(contact_id=actor.contact_id, task_id=task.id, until=answer.day))
        return f"You hear no more of task {number} before {date_in_words(answer.day)}.", False
    change(remark=remark or "On track.")
    return f"Your remark on task {number} is kept.", False


def _move(
    change: Callable[..., None], number: int, answer: Answer, is_lead: bool
) -> tuple[str, bool]:
    """Another date, where the person may set one; what both sides have agreed on stays, and the
    lead is asked."""
    day, why = date_in_words(answer.day), answer.remark.strip()
    try:
        change(due_on=answer.day, reason=why[:500], remark=why if len(why) > 500 else "")
    except NeedsAmendment:
        change(remark=f"Asks for {day} as the new date: {why}")
        words = f"Your wish for {day} is noted; the lead of the dialogue decides on it."
        return words, not is_lead
    return f"Task {number} is now due on {day}.", False
