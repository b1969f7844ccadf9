"""Lists how each task of a dialogue stood at the end of a day, as one edition of a report has it.

The internal edition lists all under the dialogue's numbers; the shared one what both sides had
agreed on by then, under the numbers of the agreed list and in its words. Nothing is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from tracker.models import Change, Dialogue, Task
from tracker.policy.listed import stand_as_listed
from tracker.policy.report_changes import Stood, stood
from tracker.policy.standing import PastChange, Standing, standing_after
from tracker.policy.visibility import Scope
from tracker.queries.dialogues import agenda_of
from tracker.queries.history import changes_until
from tracker.queries.shared import listed_until
from tracker.queries.tasks import all_tasks
from tracker.reports.summary import Edition


@dataclass(frozen=True, slots=True)
class Entry:
    """A task as an edition lists it; ``meeting`` and ``reference`` are those of a SummaryTask,
    ``past`` the changes that count by the day."""

    task: Task
    standing: Standing
    number: int
    agenda: str | None
    past: Sequence[Change]
    meeting: int | None = None
    reference: str = ""

    @property
    def stood(self) -> Stood:
        """What is compared with another day."""
        return stood(self.number, self.standing.title, self.standing, self.reference)


def list_as_stood(
    session: Session, scope: Scope, dialogue: Dialogue, as_of: dt.date, edition: Edition
) -> list[Entry]:
    """The tasks there were at the end of ``as_of``, in agenda order, then by number."""
    history = changes_until(session, scope, dialogue.id, as_of)
    entries = [
        Entry(
            task,
            standing,
            task.number,
            task.agenda_item.label if task.agenda_item else None,
            history[task.id],
        )
        for task in all_tasks(session, scope, dialogue)
        if (standing := standing_of(history.get(task.id, ()))) is not None
    ]
    return entries if edition == "internal" else as_agreed(session, dialogue, entries, as_of)


def as_agreed(
    session: Session, dialogue: Dialogue, entries: Iterable[Entry], as_of: dt.date
) -> list[Entry]:
    """Those of the internal edition that both sides had agreed on by then, as their list has
    them."""
    listed = listed_until(session, dialogue.id, as_of)
    found = []
    for entry in entries:
        versions = listed.get(entry.task.id)
        if versions is not None:
            standing, last = stand_as_listed(entry.standing, versions), versions[-1]
            item = last.item
            found.append(Entry(entry.task, standing, item.number, item.agenda, (), last.meeting))
    return _in_order(session, dialogue, _with_references(found))


def standing_of(changes: Sequence[Change]) -> Standing | None:
    """How a task stood after these changes; None where it was not there yet."""
    return standing_after(PastChange(c.field, c.after, c.effective_on, c.reason) for c in changes)


def agenda_titles(session: Session, dialogue: Dialogue) -> dict[str | None, str]:
    """The title of each agenda label, in the agenda's order; tasks under none come last."""
    titles: dict[str | None, str] = {}
    for item in agenda_of(session, dialogue.id):
        titles.setdefault(item.label, item.title)
    titles[None] = "Other items"
    return titles


def by_id(entries: Iterable[Entry]) -> Mapping[int, Entry]:
    """The entries by the id of their task."""
    return {entry.task.id: entry for entry in entries}


def _with_references(entries: list[Entry]) -> list[Entry]:
    """Where lists of several meetings stand side by side, the meeting is said with the number."""
    if len({entry.meeting for entry in entries}) < 2:
        return entries
    return [replace(entry, reference=f"{entry.meeting}.{entry.number}") for entry in entries]


def _in_order(session: Session, dialogue: Dialogue, entries: list[Entry]) -> list[Entry]:
    places = {label: place for place, label in enumerate(agenda_titles(session, dialogue))}
    return sorted(
        entries,
        key=lambda e: (places.get(e.agenda, len(places)), e.meeting or 0, e.number),
    )
