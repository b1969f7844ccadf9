"""Builds the Summary of a dialogue as of a day, from the history alone.

Nothing is written; formats are rendered by reports/.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.models import Dialogue, Meeting, Remark
from tracker.policy.markings import UNCLASSIFIED, Marking, join_markings, parse_marking
from tracker.policy.standing import trend
from tracker.policy.statuses import STATUSES, days_in_words
from tracker.policy.visibility import Scope
from tracker.queries.cables import list_cables
from tracker.queries.dialogues import agenda_of, latest_meeting
from tracker.queries.history import last_remarks
from tracker.reports.summary import Edition, Summary, SummaryAgendaItem, SummaryTask, TrendPoint
from tracker.services.list_as_stood import Entry, agenda_titles, list_as_stood
from tracker.services.tell_changes import Since, tell_changes


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

    The shared edition holds only what both sides had agreed on by then: numbers, texts, owners,
    dates and markings are those of the agreed list, remarks the shared ones, and the counts are
    of those tasks. ``base_url`` goes before each task's path; the shared edition links nowhere.
    """
    is_shared = edition == "shared"
    entries = list_as_stood(session, scope, dialogue, as_of, edition)
    remarks = last_remarks(session, scope, dialogue.id, as_of, shared_only=is_shared)
    rows = tuple(_row(entry, remarks.get(entry.task.id), edition, base_url) for entry in entries)
    cables = [] if is_shared else list_cables(session, scope, dialogue.id)
    return Summary(
        dialogue=dialogue.name,
        slug=dialogue.slug,
        parties=tuple(entry.party.name for entry in dialogue.parties),
        as_of=as_of,
        edition=edition,
        marking=_marking(session, dialogue, rows, edition),
        meeting=meeting_in_words(
            _meeting(session, dialogue, entries, is_shared=is_shared), is_shared=is_shared
        ),
        totals=_totals(rows),
        agenda=_agenda(session, dialogue, rows, edition),
        tasks=rows,
        generated_at=now,
        trend=_trend(entries, as_of),
        sources=tuple(sorted(cable.name for cable in cables)),
        is_sample=dialogue.is_sample,
        changes=tell_changes(session, scope, dialogue, entries, since, edition) if since else None,
    )


def _meeting(
    session: Session, dialogue: Dialogue, entries: Sequence[Entry], *, is_shared: bool
) -> Meeting | None:
    """The latest meeting; in the shared edition the latest that has a list, since another may be
    on one side's mind alone."""
    if not is_shared:
        return latest_meeting(session, dialogue.id)
    with_list = {entry.meeting for entry in entries}
    met = [meeting for meeting in dialogue.meetings if meeting.number in with_list]
    return max(met, key=lambda m: (m.ends_on or dt.date.min, m.number), default=None)


def meeting_in_words(meeting: Meeting | None, *, is_shared: bool = False) -> str:
    """ "Meeting of 9–10 July 2007", as short as the dates allow. Without a meeting the shared
    edition has no list to tell of, whatever is confirmed among ourselves."""
    if meeting is None and is_shared:
        return "No meeting's list is agreed yet"
    if meeting is None or meeting.starts_on is None or meeting.ends_on is None:
        return "Meeting (no date confirmed)"
    return f"Meeting of {days_in_words(meeting.starts_on, meeting.ends_on)}"


def _row(entry: Entry, remark: Remark | None, edition: Edition, base_url: str) -> SummaryTask:
    is_shared = edition == "shared"
    task, standing = entry.task, entry.standing
    path = f"/dialogues/{task.dialogue.slug}/tasks/{task.number}"
    return SummaryTask(
        number=entry.number,
        title=standing.title,
        agenda=entry.agenda,
        kind=standing.kind,
        responsible=standing.responsible,
        owners=standing.owners,
        status=standing.status,
        due_on=standing.due_on,
        due_basis=standing.due_basis,
        marking=parse_marking(standing.marking),
        last_remark=remark.text if remark else None,
        last_remark_on=remark.said_on if remark else None,
        last_remark_by=remark.author_name if remark else None,
        done_on=standing.done_on,
        first_due_on=standing.first_due_on,
        extension_reason=standing.extension_reason,
        passage=standing.text or None,
        url=None if is_shared else f"{base_url}{path}",
        meeting=entry.meeting,
        reference=entry.reference,
    )


def _totals(rows: Sequence[SummaryTask]) -> dict[str, int]:
    return {status: sum(row.status == status for row in rows) for status in STATUSES}


def _trend(entries: Sequence[Entry], as_of: dt.date) -> tuple[TrendPoint, ...]:
    counts = trend([entry.standing for entry in entries], as_of)
    return tuple(TrendPoint(c.on, c.open, c.done, c.due) for c in counts)


def _agenda(
    session: Session, dialogue: Dialogue, rows: Sequence[SummaryTask], edition: Edition
) -> tuple[SummaryAgendaItem, ...]:
    """The topics that have tasks, in the agenda's order; tasks under none come last. The agenda
    is our own: both sides read a title only where it is marked no higher than what they share."""
    found = []
    markings = _topic_markings(session, dialogue)
    for label, title in agenda_titles(session, dialogue).items():
        under = [row for row in rows if row.agenda == label]
        if not under:
            continue
        ceiling = join_markings(row.marking for row in under)
        is_told = edition == "internal" or join_markings([ceiling, markings[label]]) == ceiling
        found.append(SummaryAgendaItem(label, title if is_told else "Agenda item", _totals(under)))
    return tuple(found)


def _topic_markings(session: Session, dialogue: Dialogue) -> dict[str | None, Marking]:
    """The marking of the title that each label is shown with."""
    found: dict[str | None, Marking] = {None: UNCLASSIFIED}
    for item in agenda_of(session, dialogue.id):
        found.setdefault(item.label, parse_marking(item.marking))
    return found


def _marking(
    session: Session, dialogue: Dialogue, rows: Sequence[SummaryTask], edition: Edition
) -> Marking:
    """That of the tasks, and in the internal edition of the topics they stand under."""
    shown = [row.marking for row in rows]
    if edition == "internal":
        markings = _topic_markings(session, dialogue)
        shown += [markings.get(label, UNCLASSIFIED) for label in {row.agenda for row in rows}]
    return join_markings(shown)
