"""Tasks as lines of boards, lists and the home page: what a line shows, and its marking.

Plain values for templates; nothing here reads a request or a database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from tracker.models import Task
from tracker.policy.markings import Marking, join_markings, parse_marking
from tracker.policy.visibility import Scope
from tracker.web.forms.tasks import seen_text

marking_of = lru_cache(maxsize=256)(parse_marking)
"""``parse_marking``, remembered: a page of tasks has few markings."""


@dataclass(frozen=True, slots=True)
class Line:
    """One task on one line. ``version`` and ``seen`` go along with the form that changes its
    status; ``may_update`` says whether there is one."""

    id: int
    number: int
    title: str
    href: str
    status: str
    due_on: dt.date | None
    owners: Sequence[str]
    marking: Marking
    version: int
    seen: str
    may_update: bool
    dialogue: str


def task_address(slug: str, number: int) -> str:
    """Where a task's page stands."""
    return f"/dialogues/{quote(slug)}/tasks/{number}"


def line_of(task: Task, scope: Scope) -> Line:
    """A task's line as this person gets it."""
    return Line(
        id=task.id,
        number=task.number,
        title=task.title,
        href=task_address(task.dialogue.slug, task.number),
        status=task.status,
        due_on=task.due_on,
        owners=task.owner_names,
        marking=marking_of(task.marking),
        version=task.version,
        seen=seen_text(task, {"status": task.status}),
        may_update=scope.may_update(task.dialogue_id, [o.contact_id for o in task.owners]),
        dialogue=task.dialogue.name,
    )


def lines_of(tasks: Iterable[Task], scope: Scope) -> list[Line]:
    """The lines of some tasks, in their order."""
    return [line_of(task, scope) for task in tasks]


def marking_of_lines(lines: Iterable[Line], topics: Iterable[str] = ()) -> Marking | None:
    """The marking of a page that shows these lines and topics with these markings; None where it
    shows none."""
    markings = {line.marking for line in lines} | {marking_of(topic) for topic in topics}
    return join_markings(markings) if markings else None
