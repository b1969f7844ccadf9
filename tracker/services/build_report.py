"""Builds the Summary of a dialogue as of a day, from the history alone.

Nothing is written; formats are rendered by reports/.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from tracker.models import Change, Dialogue, Meeting, Remark, Task
from tracker.policy.markings import Marking, join_markings, parse_marking
from tracker.policy.report_changes import (
    Stood,
    compare,
    reasons_since,
    stood,
    stood_from_json,
    stood_to_json,
)
from tracker.policy.standing import PastChange, Standing, standing_after, trend
from tracker.policy.statuses import STATUSES, date_in_words
from tracker.policy.visibility import Scope
from tracker.queries.cables import list_cables
from tracker.queries.dialogues import agenda_of, latest_meeting
from tracker.queries.history import changes_until, last_remarks
from tracker.queries.tasks import all_tasks
from tracker.reports.summary import (
    Changes,
    Edition,
    Summary,
    SummaryAgendaItem,
    SummaryTask,
    TrendPoint,
)


@dataclass(frozen=True, slots=True)
class Since:
    """The day that changes are told from. ``stood`` is how each task stood in the report of that
    day, by its id, as ``stood_on`` gave it; None for any day, which the history tells.
    ``reference`` is how the report calls it."""

    on: dt.date
    stood: Mapping[int, Mapping[str, Any]] | None = None
    reference: str = ""


def build_report(
    session: Session,
    scope: Scope,
    dialogue: Dialogue,
    *,
    as_of: dt.date,
    now: dt.datetime,
    edition: Edition = "internal",
    base_url: str = "",
    since: Since | None = None,
) -> Summary:
    """The dialogue as it stood at the end of ``as_of``, with what changed since an earlier day.

    The shared edition holds only tasks with an agreed text, under numbers of its own, with that
    text and shared remarks; its counts are of those tasks. ``base_url`` goes before each task's
    path; the shared edition links nowhere.
    """
    history = changes_until(session, scope, dialogue.id, as_of)
    midnight = dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time(), dt.UTC)
    remarks = last_remarks(session, scope, dialogue.id, midnight, shared_only=edition == "shared")
    pairs = [
        (task, standing)
        for task in all_tasks(session, scope, dialogue)
        if (standing := _standing(history.get(task.id, ()))) is not None
        and (edition == "internal" or task.agreed_text)
    ]
    rows = tuple(
        _row(task, standing, remarks.get(task.id), number, edition, base_url)
        for number, (task, standing) in enumerate(pairs, start=1)
    )
    cables = list_cables(session, scope, dialogue.id) if edition == "internal" else []
    return Summary(
        dialogue=dialogue.name,
        slug=dialogue.slug,
        parties=tuple(entry.party.name for entry in dialogue.parties),
        as_of=as_of,
        edition=edition,
        marking=join_markings(row.marking for row in rows),
        meeting=meeting_in_words(latest_meeting(session, dialogue.id)),
        totals=_totals(rows),
        agenda=_agenda(session, dialogue, rows),
        tasks=rows,
        generated_at=now,
        trend=tuple(
            TrendPoint(c.on, c.open, c.done, c.due) for c in trend([s for _, s in pairs], as_of)
        ),
        sources=tuple(sorted(cable.name for cable in cables)),
        is_sample=dialogue.is_sample,
        changes=_changes(since, pairs, rows, history, edition) if since else None,
    )


def stood_on(
    session: Session, scope: Scope, dialogue: Dialogue, as_of: dt.date
) -> dict[int, dict[str, Any]]:
    """How each task stood at the end of a day, by its id, as JSON values: what the next report
    is compared with."""
    history = changes_until(session, scope, dialogue.id, as_of)
    return {
        task.id: stood_to_json(stood(task.number, standing.title, standing))
        for task in all_tasks(session, scope, dialogue)
        if (standing := _standing(history.get(task.id, ()))) is not None
    }


def _changes(
    since: Since,
    pairs: Sequence[tuple[Task, Standing]],
    rows: Sequence[SummaryTask],
    history: Mapping[int, Sequence[Change]],
    edition: Edition,
) -> Changes:
    """What changed. The shared edition compares the tasks that it lists, in its own words and
    without reasons, which are internal."""
    is_shared = edition == "shared"
    after, before, reasons = {}, {}, {}
    for (task, standing), row in zip(pairs, rows, strict=True):
        after[task.id] = replace(stood(row.number, row.title, standing), marking=row.marking)
        then = _stood_then(since, task.id, history)
        if then is not None:
            before[task.id] = replace(then, number=row.number, title=row.title, marking=row.marking)
        if not is_shared:
            reasons[task.id] = reasons_since(standing.past, since.on)
    if not is_shared and since.stood is not None:
        gone = since.stood.keys() - after.keys()
        before |= {key: stood_from_json(since.stood[key]) for key in gone}
    return Changes(since.on, compare(before, after, reasons), since.reference)


def _stood_then(
    since: Since, task_id: int, history: Mapping[int, Sequence[Change]]
) -> Stood | None:
    if since.stood is not None:
        stored = since.stood.get(task_id)
        return stood_from_json(stored) if stored is not None else None
    standing = _standing([c for c in history.get(task_id, ()) if c.effective_on <= since.on])
    return stood(0, "", standing) if standing is not None else None


def meeting_in_words(meeting: Meeting | None) -> str:
    """ "Meeting of 9–10 July 2007", as short as the dates allow."""
    if meeting is None or meeting.starts_on is None or meeting.ends_on is None:
        return "Meeting (no date confirmed)"
    first, last = meeting.starts_on, meeting.ends_on
    if first == last:
        return f"Meeting of {date_in_words(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"Meeting of {first.day}–{date_in_words(last)}"
    return f"Meeting of {date_in_words(first)} – {date_in_words(last)}"


def _standing(changes: Sequence[Change]) -> Standing | None:
    return standing_after(PastChange(c.field, c.after, c.effective_on, c.reason) for c in changes)


def _row(
    task: Task,
    standing: Standing,
    remark: Remark | None,
    number: int,
    edition: Edition,
    base_url: str,
) -> SummaryTask:
    is_shared = edition == "shared"
    path = f"/dialogues/{task.dialogue.slug}/tasks/{task.number}"
    return SummaryTask(
        number=number if is_shared else task.number,
        title=(task.agreed_text or "") if is_shared else standing.title,
        agenda=task.agenda_item.label if task.agenda_item else None,
        kind=standing.kind,
        responsible=standing.responsible,
        owners=standing.owners,
        status=standing.status,
        due_on=standing.due_on,
        due_basis=standing.due_basis,
        marking=_marking(task, standing, edition),
        last_remark=remark.text if remark else None,
        last_remark_on=remark.at.date() if remark else None,
        last_remark_by=remark.author_name if remark else None,
        done_on=standing.done_on,
        first_due_on=standing.first_due_on,
        extension_reason=None if is_shared else standing.extension_reason,
        passage=None if is_shared else (standing.text or None),
        url=None if is_shared else f"{base_url}{path}",
    )


def _marking(task: Task, standing: Standing, edition: Edition) -> Marking:
    """The marking of the wording that the edition shows."""
    if edition == "shared" and task.agreed_marking:
        return parse_marking(task.agreed_marking)
    return parse_marking(standing.marking)


def _totals(rows: Sequence[SummaryTask]) -> dict[str, int]:
    return {status: sum(row.status == status for row in rows) for status in STATUSES}


def _agenda(
    session: Session, dialogue: Dialogue, rows: Sequence[SummaryTask]
) -> tuple[SummaryAgendaItem, ...]:
    """The topics that have tasks, in the agenda's order; tasks under none come last."""
    titles: dict[str | None, str] = {}
    for item in agenda_of(session, dialogue.id):
        titles.setdefault(item.label, item.title)
    titles[None] = "Other items"
    found = []
    for label, title in titles.items():
        under = [row for row in rows if row.agenda == label]
        if under:
            found.append(SummaryAgendaItem(label, title, _totals(under)))
    return tuple(found)
