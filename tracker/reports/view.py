"""A Summary put into words once: what web page, PDF and DOCX print, line by line.

Nothing here knows a format; whatever is counted or worded is done here and not in a template.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tracker.policy.counts import count_in_words
from tracker.policy.statuses import (
    DUE_SOON_DAYS,
    STATUS_WORDS,
    STATUSES,
    date_in_words,
    due_in_words,
    is_open,
)
from tracker.reports.narrative import draft_section, draft_standing
from tracker.reports.sections import Section, group_by_agenda
from tracker.reports.summary import Summary, SummaryTask, TrendPoint
from tracker.reports.view_more import More, RatingView, paragraphs_of, rate_section, view_more

EXCERPT = 300
"""Characters of a remark that stand in a table; a longer one is printed in full at the end."""
NO_OWNER = "No owner yet"
FIRST_PAGE = 10
"""Tasks of a shortlist."""
_EDITIONS = {"internal": "Internal edition", "shared": "Shared edition"}
_ANNEX_HEADINGS = {"internal": "Passages and long remarks", "shared": "Long remarks"}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in words. ``lateness`` ("41 days late", "in 12 days") is said of open tasks only,
    ``slip`` says from which date the due date was moved, and why."""

    number: str
    title: str
    portion: str
    kind: str
    agenda: str
    responsible: str
    owners: str
    status: str
    status_words: str
    due: str
    lateness: str
    is_late: bool
    slip: str
    done: str
    remark: str
    remark_source: str
    url: str | None
    item: tuple[int, int] | None
    """In the shared edition, the meeting and number that the agreed list has it under."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The first tasks of a list whose rest stands under the agenda items; ``more`` says so."""

    total: int
    lines: tuple[TaskLine, ...]
    more: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """An agenda item: its heading, a sentence on its standing, its tasks and their counts."""

    heading: str
    sentence: str
    lines: tuple[TaskLine, ...]
    totals: dict[str, int]
    overdue: int
    rating: RatingView
    narrative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """What a table has no room for: a task's passage and its last remark, both whole."""

    number: str
    title: str
    portion: str
    passage: str
    remark: str
    remark_source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the three figures that a reader sees first: "12", "of 30 tasks done"."""

    value: str
    words: str
    is_alarm: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """A row of the table behind the chart of progress."""

    on: str
    open: int
    done: int
    due: int


@dataclass(frozen=True, slots=True)
class View:
    """The report in words; see the field names. ``matrix`` rows are heading, counts by status,
    total and overdue, the last row being the sum."""

    title: str
    dialogue: str
    edition: str
    meeting: str
    as_of: str
    parties: str
    generated: str
    banner: str
    is_sample: bool
    standing: tuple[str, ...]
    figures: tuple[Figure, ...]
    overdue: Shortlist
    due_soon: Shortlist
    done: Shortlist
    sections: tuple[SectionView, ...]
    has_remarks: bool
    matrix_head: tuple[str, ...]
    matrix: tuple[tuple[str | int, ...], ...]
    trend: tuple[Trend, ...]
    annex: tuple[Annex, ...]
    annex_heading: str
    sources: str
    tags: str
    more: More


def build_view(summary: Summary) -> View:
    """The guarded Summary (see guard.py) in words."""
    overdue, soon = summary.overdue, summary.due_soon
    late = frozenset(task.label for task in overdue)
    sections = tuple(_view_section(s, summary.as_of, late) for s in group_by_agenda(summary))
    return View(
        title=f"{summary.dialogue}: status report",
        dialogue=summary.dialogue,
        edition=_EDITIONS[summary.edition],
        meeting=summary.meeting,
        as_of=date_in_words(summary.as_of),
        parties=" – ".join(summary.parties),
        generated=f"{date_in_words(summary.generated_at.date())}, {summary.generated_at:%H:%M} UTC",
        banner=summary.marking.banner,
        is_sample=summary.is_sample,
        standing=draft_standing(summary),
        figures=_draft_figures(summary, len(overdue), len(soon)),
        overdue=shortlist(overdue, summary.as_of),
        due_soon=shortlist(soon, summary.as_of),
        done=shortlist(summary.done, summary.as_of),
        sections=sections,
        has_remarks=any(task.last_remark for task in summary.tasks),
        matrix_head=("Agenda item", *(STATUS_WORDS[s] for s in STATUSES), "Total", "Overdue"),
        matrix=_build_matrix(sections),
        trend=_view_trend(summary.trend),
        annex=tuple(
            _view_annex(task)
            for task in sorted(summary.tasks, key=lambda task: (task.meeting or 0, task.number))
            if task.passage or _is_long(task.last_remark)
        ),
        annex_heading=_ANNEX_HEADINGS[summary.edition],
        sources=", ".join(summary.sources),
        tags=", ".join(summary.tags),
        more=view_more(summary),
    )


def shortlist(tasks: tuple[SummaryTask, ...], as_of: dt.date) -> Shortlist:
    """The first ten, so that a page which is read in a minute stays one."""
    rest = len(tasks) - FIRST_PAGE
    verb = "stands" if rest == 1 else "stand"
    return Shortlist(
        total=len(tasks),
        lines=tuple(view_task(task, as_of) for task in tasks[:FIRST_PAGE]),
        more=f"The other {count_in_words(rest)} {verb} under their agenda items."
        if rest > 0
        else "",
    )


def view_task(task: SummaryTask, as_of: dt.date) -> TaskLine:
    """One task in the words of a table."""
    lateness = due_in_words(task.due_on, as_of) if is_open(task.status) else ""
    return TaskLine(
        number=task.label,
        title=task.title,
        portion=f"({task.marking.short})",
        kind=task.kind.capitalize(),
        agenda=task.agenda or "",
        responsible=", ".join(task.responsible),
        owners=", ".join(task.owners) or NO_OWNER,
        status=task.status,
        status_words=STATUS_WORDS[task.status],
        due=date_in_words(task.due_on) if task.due_on else "No date",
        lateness=lateness,
        is_late=lateness.endswith("late"),
        slip=_describe_slip(task),
        done=date_in_words(task.done_on) if task.done_on else "",
        remark=excerpt(task.last_remark or ""),
        remark_source=_describe_source(task),
        url=task.url,
        item=(task.meeting, task.number) if task.meeting is not None else None,
    )


def excerpt(text: str) -> str:
    """The remark as it stands in a table: on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    if len(line) <= EXCERPT:
        return line
    cut = line[:EXCERPT].rsplit(" ", 1)[0]
    return f"{cut} … (in full at the end)"


def _is_long(remark: str | None) -> bool:
    return len(" ".join((remark or "").split())) > EXCERPT


def _describe_slip(task: SummaryTask) -> str:
    """ "Moved from 10 December 2007: ministry's reply outstanding", "" where it never moved."""
    if task.first_due_on is None or task.first_due_on == task.due_on:
        return ""
    reason = f": {task.extension_reason}" if task.extension_reason else ""
    return f"Moved from {date_in_words(task.first_due_on)}{reason}"


def _describe_source(task: SummaryTask) -> str:
    """ "Aynur Rzayeva, 3 January 2008"; either part may be missing."""
    if not task.last_remark:
        return ""
    on = date_in_words(task.last_remark_on) if task.last_remark_on else ""
    return ", ".join(part for part in (task.last_remark_by, on) if part)


def _draft_figures(summary: Summary, overdue: int, soon: int) -> tuple[Figure, ...]:
    total = sum(summary.totals.values())
    return (
        Figure(str(summary.totals["done"]), f"of {total} task{'' if total == 1 else 's'} done"),
        Figure(str(overdue), "overdue", is_alarm=overdue > 0),
        Figure(str(soon), f"due within {DUE_SOON_DAYS} days"),
    )


def _view_section(section: Section, as_of: dt.date, late: frozenset[str]) -> SectionView:
    overdue = sum(1 for task in section.tasks if task.label in late)
    return SectionView(
        heading=section.heading,
        sentence=draft_section(section.tasks, as_of, late),
        lines=tuple(view_task(task, as_of) for task in section.tasks),
        totals=section.item.totals,
        overdue=overdue,
        rating=rate_section(section.item.rating, is_told=overdue > 0 or not section.tasks),
        narrative=paragraphs_of(section.item.narrative),
    )


def _view_trend(points: tuple[TrendPoint, ...]) -> tuple[Trend, ...]:
    """First and last day, and between them the days on which a number changed."""
    kept = [
        point
        for index, point in enumerate(points)
        if index in (0, len(points) - 1) or _counts(point) != _counts(points[index - 1])
    ]
    return tuple(Trend(date_in_words(p.on), p.open, p.done, p.due) for p in kept)


def _counts(point: TrendPoint) -> tuple[int, int, int]:
    return point.open, point.done, point.due


def _view_annex(task: SummaryTask) -> Annex:
    return Annex(
        number=task.label,
        title=task.title,
        portion=f"({task.marking.short})",
        passage=task.passage or "",
        remark=(task.last_remark or "") if _is_long(task.last_remark) else "",
        remark_source=_describe_source(task),
    )


def _build_matrix(sections: tuple[SectionView, ...]) -> tuple[tuple[str | int, ...], ...]:
    rows = [[*(s.totals[key] for key in STATUSES), len(s.lines), s.overdue] for s in sections]
    sums = [sum(column) for column in zip(*rows, strict=True)] or [0] * (len(STATUSES) + 2)
    body = [(s.heading, *row) for s, row in zip(sections, rows, strict=True)]
    return (*body, ("All tasks", *sums))
