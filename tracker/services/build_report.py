"""Builds the Summary of a dialogue as of a day, from the history alone.

Nothing is written; formats are rendered by reports/.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.models import Change, Dialogue, Meeting, Remark, Task
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.standing import PastChange, Standing, standing_after, trend
from tracker.policy.statuses import STATUSES, date_in_words
from tracker.policy.visibility import Scope
from tracker.queries.cables import list_cables
from tracker.queries.dialogues import agenda_of, latest_meeting
from tracker.queries.history import changes_until, last_remarks
from tracker.queries.tasks import all_tasks
from tracker.reports.summary import (
    Edition,
    Summary,
    SummaryAgendaItem,
    SummaryTask,
    TrendPoint,
)


def build_report(
    session: Session,
    scope: Scope,
    dialogue: Dialogue,
    *,
    as_of: dt.date,
    now: dt.datetime,
    edition: Edition = "internal",
    base_url: str = "",
) -> Summary:
    """The dialogue as it stood at the end of ``as_of``.

    The shared edition holds only tasks with an agreed text, under numbers of its own, with that
    text and shared remarks; its counts are of those tasks. ``base_url`` goes before each task's
    path; the shared edition links nowhere.
    """
    changes = changes_until(session, scope, dialogue.id, as_of)
    midnight = dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time(), dt.UTC)
    remarks = last_remarks(session, scope, dialogue.id, midnight, shared_only=edition == "shared")
    pairs = [
        (task, standing)
        for task in all_tasks(session, scope, dialogue)
        if (standing := _standing(changes.get(task.id, ()))) is not None
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
    )


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
        marking=parse_marking(standing.marking),
        last_remark=remark.text if remark else None,
        last_remark_on=remark.at.date() if remark else None,
        last_remark_by=remark.author_name if remark else None,
        done_on=standing.done_on,
        first_due_on=standing.first_due_on,
        extension_reason=None if is_shared else standing.extension_reason,
        passage=None if is_shared else (standing.text or None),
        url=None if is_shared else f"{base_url}{path}",
    )


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
