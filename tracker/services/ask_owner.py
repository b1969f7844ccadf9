"""Puts a question about a task to its owners, and brings the answer back as a remark and a mail.

The mails are planned here and sent by send_report_mail.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import Meeting, OwnerQuestion, Task
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tracker.policy.names import has_control_characters
from tracker.policy.visibility import Actor
from tracker.queries.recipients import recipients_of
from tracker.queries.shared import find_task_behind
from tracker.queries.status_reports import open_question
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.plan_report_mail import plan_mail

LONGEST = 4_000


def ask_owner(
    session: Session, task: Task, text: str, *, actor: Actor, now: dt.datetime, host: str
) -> OwnerQuestion:
    """Stores the question and plans a mail to whoever answers for the task. Raises NotAllowed for
    whoever does not read the dialogue, InvalidInput (field "text") for an empty or overlong
    question, and where nobody can be asked."""
    if actor.contact_id is None or not actor.scope.may_read(task.dialogue_id):
        raise NotAllowed("Questions are put by those who read the dialogue.")
    _check(text, "Write your question.")
    asked = [contact for contact, _ in recipients_of(session, [task])[task.id]]
    if not asked:
        raise InvalidInput("Nobody who owns this task can be reached by mail.", "text")
    question = OwnerQuestion(
        task_id=task.id, task=task, asked_by_id=actor.contact_id, text=text.strip(), asked_at=now
    )
    session.add(question)
    session.flush()
    plan_mail(session, "question", asked, about=question, now=now, host=host)
    return question


def ask_about_item(
    session: Session,
    meeting: Meeting,
    number: int,
    text: str,
    *,
    actor: Actor,
    now: dt.datetime,
    host: str,
) -> OwnerQuestion:
    """The same from the other side, about an item that both sides have agreed on: the question and
    its answer are for both to read. Raises NotFound for what is no agreed item, NotAllowed for our
    own side, which asks about its task, and InvalidInput (field "text"), also where the person's
    last question on the item has no answer yet."""
    task = find_task_behind(session, meeting, number)
    if task is None:
        raise NotFound("There is no such item on the list, or it is not agreed yet.")
    if actor.contact_id is None or meeting.dialogue_id not in actor.scope.shared:
        raise NotAllowed("Our own side asks about a task from the standing.")
    words = " ".join(text.split())
    _check(words, "Write your question.")
    if has_control_characters(words):
        raise InvalidInput("The text holds characters that cannot be seen. Type it anew.", "text")
    if open_question(session, task.id, actor.contact_id) is not None:
        raise InvalidInput("Your last question on this item has no answer yet.", "text")
    asked = [contact for contact, _ in recipients_of(session, [task])[task.id]]
    if not asked:
        raise InvalidInput(
            "Nobody can be asked by mail just now. Write a remark for both sides.", "text"
        )
    question = OwnerQuestion(
        task_id=task.id,
        task=task,
        asked_by_id=actor.contact_id,
        text=words,
        asked_at=now,
        is_shared=True,
    )
    session.add(question)
    session.flush()
    plan_mail(session, "question", asked, about=question, now=now, host=host)
    return question


def answer_question(
    session: Session,
    question: OwnerQuestion,
    text: str,
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
    host: str,
) -> None:
    """Stores the answer as a remark on the task, for both sides where the other one asked, and
    plans a mail to who asked. Raises NotAllowed
    for whoever may not write on the task, InvalidInput (field "text"), Conflict for a question
    that was answered."""
    _check(text, "Write your answer.")
    if question.answered_at is not None:
        raise Conflict("This question was answered already; add a remark on the task.")
    update = TaskUpdate(
        remark=f"In answer to “{question.text}”: {text.strip()}",
        remark_is_shared=question.is_shared,
    )
    change_task(
        session, question.task, update, seen_version=None, actor=actor, now=now, today=today
    )
    question.answer, question.answered_by, question.answered_at = text.strip(), actor.name, now
    session.flush()
    plan_mail(session, "answer", [question.asked_by], about=question, now=now, host=host)


def _check(text: str, empty: str) -> None:
    if not text.strip():
        raise InvalidInput(empty, "text")
    if len(text) > LONGEST:
        raise InvalidInput(f"At most {LONGEST:,} characters; the rest may be told.", "text")
