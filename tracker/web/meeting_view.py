"""What the pages of a meeting show: its state, the annotated agenda, what closing leaves open.

Rendering only; what is asked for comes from queries, and nothing is changed here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import render_template
from sqlalchemy.orm import Session

from tracker.models import AgendaItem, LogEntry, Meeting, Task
from tracker.policy.history_words import change_in_words
from tracker.policy.markings import Marking, join_markings
from tracker.policy.statuses import is_open
from tracker.queries.agreed_lists import parties_without_approval, versions_of
from tracker.queries.boards import agenda_of_meeting
from tracker.queries.cables import list_cables
from tracker.queries.meetings import carried_into, delegates_of, log_of, tasks_of_meeting
from tracker.queries.tasks import changes_of
from tracker.services.close_meeting import OpenEnds
from tracker.web import context
from tracker.web.dialogues import list_address
from tracker.web.lines import Line, line_of, lines_of, marking_of


@dataclass(slots=True)
class Topic:
    """One item of the annotated agenda; ``item`` None holds what comes up under none."""

    item: AgendaItem | None
    objectives: list[Line] = field(default_factory=list)
    open_tasks: list[Line] = field(default_factory=list)
    carried: list[tuple[Line, str]] = field(default_factory=list)
    lines: list[LogEntry] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands under it."""
        return not (self.objectives or self.open_tasks or self.carried or self.lines)


def meeting_page(session: Session, meeting: Meeting) -> str:
    """The page of a meeting."""
    scope, dialogue = context.scope(), meeting.dialogue
    cables = [c for c in list_cables(session, scope, dialogue.id) if c.meeting_id == meeting.id]
    items = agenda_of_meeting(session, scope, dialogue, meeting, context.today())
    versions = versions_of(session, scope, meeting)
    carried = [entry.task for entry in carried_into(session, meeting)]
    log = log_of(session, meeting)
    shown = [*(marking_of(c.marking) for c in cables), *(marking_of(t.marking) for t in carried)]
    return render_template(
        "web/dialogues/meeting.html",
        dialogue=dialogue,
        meeting=meeting,
        meetings=dialogue.meetings,
        items=[(item, list_address(dialogue, item.filters)) for item in items],
        agenda={item.id: item for item in meeting.agenda},
        cables=[(cable, marking_of(cable.marking)) for cable in cables],
        delegates=delegates_of(session, meeting),
        carried=lines_of(carried, scope),
        log_count=len(log),
        versions=versions,
        missing=parties_without_approval(session, versions[0]) if versions else [],
        marking=join_markings(shown) if shown else None,
        may_edit=scope.may_edit(dialogue.id),
        may_log=scope.may_log(dialogue.id),
        today=context.today(),
    )


def agenda_page(session: Session, meeting: Meeting) -> str:
    """The annotated agenda, to be printed."""
    topics = _topics(session, meeting)
    lines = [line for t in topics for line in (*t.objectives, *t.open_tasks)]
    markings = [line.marking for line in lines]
    markings += [line.marking for topic in topics for line, _ in topic.carried]
    return render_template(
        "web/room/annotated_agenda.html",
        dialogue=meeting.dialogue,
        meeting=meeting,
        topics=topics,
        delegates=delegates_of(session, meeting),
        marking=join_markings(markings) if markings else None,
        today=context.today(),
    )


def close_page(session: Session, meeting: Meeting, ends: OpenEnds) -> str:
    """What is still open before a meeting is closed."""
    return render_template(
        "web/room/close.html",
        dialogue=meeting.dialogue,
        meeting=meeting,
        ends=ends,
        lines=lines_of(ends.tasks, context.scope()),
        marking=marking_of_tasks(ends.tasks),
        today=context.today(),
    )


def row_of(item: AgendaItem) -> dict[str, str]:
    """An agenda item as a row of the form that edits the agenda."""
    return {
        "item": str(item.id),
        "label": item.label,
        "title": item.title,
        "held_on": item.held_on.isoformat() if item.held_on else "",
        "from_time": f"{item.from_time:%H:%M}" if item.from_time else "",
        "to_time": f"{item.to_time:%H:%M}" if item.to_time else "",
    }


def time_of_day(text: str) -> dt.time | None:
    """A time as such a row has it; None for "". Raises ValueError."""
    found = dt.time.fromisoformat(text) if text else None
    if found is not None and found.tzinfo is not None:
        raise ValueError("a time of day has no zone of its own")
    return found


def marking_of_tasks(tasks: Iterable[Task]) -> Marking | None:
    """The marking of a page that shows these tasks; None for none."""
    markings = [marking_of(task.marking) for task in tasks]
    return join_markings(markings) if markings else None


def _topics(session: Session, meeting: Meeting) -> list[Topic]:
    topics = {item.id: Topic(item) for item in meeting.agenda}
    rest = Topic(None)
    for task in tasks_of_meeting(session, meeting):
        topic = topics.get(task.agenda_item_id or -1, rest)
        line = line_of(task, context.scope())
        if task.kind == "objective" and is_open(task.status):
            topic.objectives.append(line)
        elif is_open(task.status):
            topic.open_tasks.append(line)
    for carried in carried_into(session, meeting):
        topic = topics.get(carried.agenda_item_id or -1, rest)
        line = line_of(carried.task, context.scope())
        topic.carried.append((line, _history(session, carried.task)))
    for entry in log_of(session, meeting):
        topics.get(entry.agenda_item_id or -1, rest).lines.append(entry)
    return [*topics.values(), *([] if rest.is_empty else [rest])]


def _history(session: Session, task: Task) -> str:
    """What became of a carried task since: the last change, and the last remark."""
    changes = changes_of(session, task)
    last = changes[-1] if len(changes) > 1 else None
    parts = []
    if last is not None:
        words = change_in_words(last.field, last.before, last.after, last.reason)
        parts.append(f"{last.actor_name} {words}")
    if task.last_remark:
        parts.append(f"Last remark: {task.last_remark}")
    return ". ".join(parts)
