"""What stands on a report's first page, cut so that it stays one page whatever the report holds.

Everything that is cut here stands whole further on; ``Rest`` says how much that is and where. Lists
of their own length are view.py's, and nothing here knows a format.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, replace

from tracker.policy.counts import count_in_words, listed
from tracker.policy.statuses import date_in_words, is_open
from tracker.reports.summary import Summary, SummaryTask
from tracker.reports.view import TaskLine, view_task
from tracker.reports.view_more import paragraphs_of

LATE = 4
"""Tasks that are overdue or slipped, one place being kept for what slipped."""
ACHIEVEMENTS = 3
DECISIONS = 3
DATES = 4
"""Dates to come; those of the report itself are never left out."""
SHORT = 5
"""Tasks up to which a report on paper is too short to have a first page of its own."""
BARS = 12
"""Agenda items that the chart of the first page on paper has room for."""
_TITLE, _OWNERS, _SLIP, _DECISION, _NARRATIVE = 90, 50, 60, 100, 240
_DUE_DAYS = 2
_LABELS = 3


@dataclass(frozen=True, slots=True)
class Rest:
    """What a list of the first page leaves out: "Nine more overdue", and the part of the report
    that has it (``overdue``, ``changes``, ``items``, ``done``, ``decisions``, ``narrative``)."""

    words: str
    part: str


@dataclass(frozen=True, slots=True)
class Front:
    """The lists of the first page. ``late_heading`` is "" where nothing is overdue or slipped."""

    narrative: tuple[str, ...]
    decisions: tuple[str, ...]
    late_heading: str
    late: tuple[TaskLine, ...]
    done_heading: str
    done: tuple[TaskLine, ...]
    dates: tuple[str, ...]
    rests: dict[str, tuple[Rest, ...]]
    """By list: ``narrative``, ``decisions``, ``late``, ``done``."""

    @property
    def left_out(self) -> frozenset[str]:
        """The parts of the report that must follow, because this page has not all of them."""
        return frozenset(rest.part for rests in self.rests.values() for rest in rests)


def build_front(summary: Summary) -> Front:
    """The first page of the guarded Summary (see guard.py)."""
    slipped = list_slipped(summary)
    overdue = summary.overdue
    shown_late = overdue[: LATE - 1 if slipped else LATE]
    shown_slipped = slipped[: LATE - len(shown_late)]
    narrative, narrative_rest = _cut_narrative(summary.narrative)
    decisions, decisions_rest = _cut_decisions(summary.decisions)
    done = summary.done
    return Front(
        narrative=narrative,
        decisions=decisions,
        late_heading=_head_late(len(overdue), len(slipped)),
        late=tuple(_shorten(task, summary.as_of) for task in (*shown_late, *shown_slipped)),
        done_heading=f"Achievements ({len(done)})" if done else "",
        done=tuple(_shorten(task, summary.as_of) for task in done[:ACHIEVEMENTS]),
        dates=tuple(_list_dates(summary)),
        rests={
            "narrative": narrative_rest,
            "decisions": decisions_rest,
            "late": (
                *_rest(len(overdue) - len(shown_late), "overdue", "overdue"),
                *_rest(
                    len(slipped) - len(shown_slipped),
                    "slipped",
                    "changes" if summary.changes else "items",
                ),
            ),
            "done": _rest(len(done) - ACHIEVEMENTS, "done", "done"),
        },
    )


def list_slipped(summary: Summary) -> tuple[SummaryTask, ...]:
    """Open tasks that are not overdue and whose date was put off: since the last report where the
    report tells changes, ever where it does not. Those put off the longest come first."""
    overdue = {task.label for task in summary.overdue}
    changes = summary.changes
    moved = {c.label for c in changes.tasks if c.kind == "slipped"} if changes else None
    found = [
        task
        for task in summary.tasks
        if is_open(task.status)
        and task.label not in overdue
        and (_days_put_off(task) > 0 if moved is None else task.label in moved)
    ]
    return tuple(sorted(found, key=lambda task: (-_days_put_off(task), task.number)))


def _days_put_off(task: SummaryTask) -> int:
    if task.due_on is None or task.first_due_on is None:
        return 0
    return (task.due_on - task.first_due_on).days


def _head_late(overdue: int, slipped: int) -> str:
    """ "Overdue (4) and slipped (1)"; what there is none of is left out."""
    parts = [f"overdue ({overdue})"] * (overdue > 0) + [f"slipped ({slipped})"] * (slipped > 0)
    heading = " and ".join(parts)
    return heading[:1].upper() + heading[1:]


def _rest(count: int, words: str, part: str) -> tuple[Rest, ...]:
    if count <= 0:
        return ()
    return (Rest(f"{count_in_words(count).capitalize()} more {words}", part),)


def _shorten(task: SummaryTask, as_of: dt.date) -> TaskLine:
    """A task whose words fit two lines; they stand whole under its agenda item."""
    line = view_task(task, as_of)
    return replace(
        line,
        title=cut(line.title, _TITLE),
        owners=cut(line.owners, _OWNERS),
        responsible=cut(line.responsible, _OWNERS),
        slip=cut(line.slip, _SLIP),
    )


def cut(text: str, room: int) -> str:
    """The text, ended at a word and with an ellipsis where it is longer than ``room``."""
    if len(text) <= room:
        return text
    kept = text[: room - 1]
    words = kept.rsplit(" ", 1)[0] if " " in kept else kept
    return f"{words.rstrip(' ,;:.–-')}…"


def _cut_narrative(text: str) -> tuple[tuple[str, ...], tuple[Rest, ...]]:
    """As many paragraphs as there is room for, the last of them cut."""
    whole = paragraphs_of(text)
    kept: list[str] = []
    room = _NARRATIVE
    for paragraph in whole:
        if room < 80 and kept:
            break
        kept.append(cut(paragraph, room))
        # A short paragraph takes a line like a long one.
        room -= max(len(paragraph), 100)
    is_whole = tuple(kept) == whole
    return tuple(kept), () if is_whole else (Rest("The narrative in full", "narrative"),)


def _cut_decisions(decisions: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Rest, ...]]:
    kept = tuple(cut(decision, _DECISION) for decision in decisions[:DECISIONS])
    if kept == decisions:
        return kept, ()
    more = _rest(len(decisions) - DECISIONS, "to decide", "decisions")
    return kept, more or (Rest("The decisions in full", "decisions"),)


def _list_dates(summary: Summary) -> list[str]:
    """What comes next: all dates of the report itself, and where there is room for them the next
    days that tasks fall due on."""
    room = max(0, min(_DUE_DAYS, DATES - len(summary.next_dates)))
    due = itertools.groupby(summary.due_soon, key=lambda task: task.due_on or summary.as_of)
    days = [(day, _fall_due(tuple(tasks))) for day, tasks in itertools.islice(due, room)]
    return [f"{date_in_words(day)}: {words}" for day, words in sorted([*summary.next_dates, *days])]


def _fall_due(tasks: tuple[SummaryTask, ...]) -> str:
    """ "task 3 falls due", "tasks 5 and 28 fall due", "six tasks fall due"."""
    labels = [task.label for task in tasks]
    if len(labels) == 1:
        return f"task {labels[0]} falls due"
    if len(labels) > _LABELS:
        return f"{count_in_words(len(labels))} tasks fall due"
    return f"tasks {listed(labels)} fall due"
