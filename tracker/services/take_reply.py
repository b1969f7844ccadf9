"""Takes in a reply to a reminder: its first lines as a remark, or as commands about tasks.

Only from the person whom the reminder went to; tasks are changed by answer_by_mail alone. Nothing
is sent here: what was not understood is handed back to be answered.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.mail.replies import Command, Reply, read_command
from tracker.models import Contact, Reminder, Task
from tracker.policy.errors import Gone, InvalidInput, NotAllowed, NotFound
from tracker.policy.mail_answers import LINKS_LAST, MOST_WORDS, Answer
from tracker.policy.markings import Marking, parse_marking
from tracker.queries.wishes import find_correspondence
from tracker.services.answer_by_mail import BY_REPLY, answer_task
from tracker.services.mail_links import actor_for, open_token
from tracker.services.plan_reminders import zone_of

_WHY = "asked for by mail"


@dataclass(slots=True)
class Receipt:
    """What became of a reply: ``done`` in sentences, ``unclear`` line by line with the reason.
    Only where something was unclear does the person get an answer."""

    name: str
    address: str
    done: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def apply_reply(
    session: Session, reply: Reply, key: str, ceiling: Marking, *, now: dt.datetime
) -> Receipt | None:
    """Does what the reply asks for, once. None where it is not bound to a reminder of ours, or
    somebody else wrote it than the reminder went to: nothing is changed then and nobody is
    answered, so that no forged sender makes us write to them."""
    reminder = _find_reminder(session, reply, key, now)
    if reminder is None or not _is_from(reply, reminder.contact):
        return None
    receipt = Receipt(reminder.contact.full_name, reminder.contact.email or "")
    tasks = [line.task for line in reminder.lines if not line.left_out]
    run = _Run(session, reply, reminder.contact, tasks, ceiling, now, receipt)
    run.take()
    return receipt


def _find_reminder(session: Session, reply: Reply, key: str, now: dt.datetime) -> Reminder | None:
    """By the token of the address that it went to, else by the ids that it answers, which nobody
    can guess; those do for people who have never revoked their links, as a token does not."""
    if reply.token is not None:
        try:
            token, contact = open_token(session, key, "reply", reply.token, now=now)
        except (NotFound, Gone):
            return None
        found = session.get(Reminder, token.subject_id)
        return found if found is not None and found.contact_id == contact.id else None
    query = select(Reminder).where(Reminder.message_id.in_(reply.answers_to[:20]))
    by_id = session.scalars(query.order_by(Reminder.id.desc())).first()
    if by_id is None or by_id.day + LINKS_LAST < now.date():
        return None
    kept = find_correspondence(session, by_id.contact_id)
    return by_id if kept is None or kept.generation == 1 else None


def _is_from(reply: Reply, contact: Contact) -> bool:
    return contact.is_active and reply.sender == (contact.email or "").lower()


@dataclass(slots=True)
class _Run:
    """One reply on its way through."""

    session: Session
    reply: Reply
    contact: Contact
    tasks: list[Task]
    ceiling: Marking
    now: dt.datetime
    receipt: Receipt

    def take(self) -> None:
        """Commands stand first, one a line; what follows them is a remark."""
        commands, remark = _split(self.reply.lines)
        if not commands and not remark:
            self.receipt.unclear.append("Nothing stands above the quoted mail.")
        elif not commands:
            self.remark(remark)
        for command in commands:
            self.obey(command, remark if len(commands) == 1 else "")
        if len(commands) > 1 and remark:
            self.receipt.unclear.append(f"“{remark[:80]}”: to which task does this belong?")

    def remark(self, words: str) -> None:
        """A remark without number belongs to the one task that the mail was about."""
        if len(self.tasks) == 1:
            self.answer(self.tasks[0], Answer("remark", words[:MOST_WORDS]), words)
        else:
            self.receipt.unclear.append(
                f"“{words[:80]}”: the mail was about {len(self.tasks)} tasks. "
                "Begin the line with the number of the one you mean."
            )

    def obey(self, command: Command, remark: str) -> None:
        """Does what the command asks; the remark goes with it."""
        task = self.find(command)
        if task is None:
            return
        words = "\n".join(part for part in (command.words, remark) if part)[:MOST_WORDS]
        if command.kind is None:
            self.answer(task, Answer("remark", words), command.line)
        elif command.kind == "new_date":
            today = self.now.astimezone(zone_of(self.contact)).date()
            start = max(task.due_on or today, today)
            day = command.day or start + dt.timedelta(days=command.days or 0)
            self.answer(task, Answer("new_date", words or _WHY, day), command.line)
        elif command.kind == "done":
            self.answer(task, Answer("done", words), command.line)
        elif command.kind == "not_mine":
            self.answer(task, Answer("not_mine", words), command.line)
        else:
            self.answer(task, Answer("on_track", words), command.line)

    def find(self, command: Command) -> Task | None:
        """The task that a command means, among those of the mail."""
        meant = [t for t in self.tasks if command.number in (None, t.number)]
        if len(meant) == 1:
            return meant[0]
        which = (
            "which task is meant?"
            if command.number is None
            else f"the mail had no task {command.number}."
            if not meant
            else f"several dialogues have a task {command.number}; please use the link."
        )
        self.receipt.unclear.append(f"“{command.line[:80]}”: {which}")
        return None

    def answer(self, task: Task, answer: Answer, line: str) -> None:
        """Notes the answer to a task; a refusal is told in the receipt, beside the line."""
        today = self.now.astimezone(zone_of(self.contact)).date()
        try:
            answered = answer_task(
                self.session,
                task,
                answer,
                source=f"reply {self.reply.message_id} task {task.id}",
                how=BY_REPLY,
                actor=actor_for(self.session, self.contact, task),
                now=self.now,
                today=today,
                is_hidden=not parse_marking(task.marking).is_within(self.ceiling),
            )
        except (InvalidInput, NotAllowed) as error:
            self.receipt.unclear.append(f"“{line[:80]}”: {error}")
        else:
            self.receipt.done.append(answered.words)


def _split(lines: tuple[str, ...]) -> tuple[list[Command], str]:
    commands: list[Command] = []
    for place, line in enumerate(lines):
        if not line:
            continue
        command = read_command(line)
        if command is None:
            return commands, "\n".join(lines[place:]).strip()
        commands.append(command)
    return commands, ""
