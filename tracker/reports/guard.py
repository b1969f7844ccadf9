"""What every format goes through first: text that can be printed, and nothing that may not leave.

Renderers take the Summary from here and never the raw one; no format has a rule of its own.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TypeVar

from tracker.policy.markings import Marking, join_markings
from tracker.policy.ratings import Rating, rate
from tracker.reports.sections import count_statuses, group_by_agenda
from tracker.reports.summary import Changes, SideRemark, Summary, SummaryAgendaItem, SummaryTask

_T = TypeVar("_T", str, "str | None")
_UNPRINTABLE = re.compile(
    r"""[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]  # control characters, which XML forbids
      | [\u202a-\u202e\u2066-\u2069]           # they turn the direction of the text around them
      | [\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff]  # no characters at all
    """,
    re.VERBOSE,
)
_NEWLINES = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def clean(text: _T) -> _T:
    """``text`` with one kind of line end and without what a page, XML or a reader trips over."""
    if text is None:
        return text
    return _UNPRINTABLE.sub("", _NEWLINES.sub("\n", text))


def clean_line(text: _T) -> _T:
    """The same on one line: names and titles have no line ends and no outer space."""
    return text if text is None else " ".join(clean(text).split())


def guard(summary: Summary) -> Summary:
    """The Summary that may be rendered: cleaned, and in the shared edition without passages,
    links into our own pages (they hold internal numbers), titles of agenda items and the names of
    source cables. The counts are those of the tasks it lists, so that no sum tells of others, and
    the marking is never below that of a task."""
    shared = summary.edition == "shared"
    cleaned = dataclasses.replace(
        summary,
        dialogue=clean_line(summary.dialogue),
        parties=_clean_lines(summary.parties),
        meeting=clean_line(summary.meeting),
        agenda=tuple(_guard_item(item, shared) for item in summary.agenda),
        tasks=tuple(_guard_task(task, shared) for task in summary.tasks),
        sources=() if shared else _clean_lines(summary.sources),
        tags=() if shared else _clean_lines(summary.tags),
        narrative=clean(summary.narrative),
        decisions=_clean_lines(summary.decisions),
        remarks=tuple(SideRemark(clean_line(r.party), clean(r.text)) for r in summary.remarks),
        changes=_guard_changes(summary.changes),
        next_dates=tuple((day, clean_line(words)) for day, words in summary.next_dates),
        extra={name: clean_line(text) for name, text in summary.extra.items()},
    )
    return dataclasses.replace(
        cleaned,
        marking=_join_all(summary),
        totals=count_statuses(cleaned.tasks),
        agenda=tuple(
            dataclasses.replace(s.item, rating=s.item.rating or rate(s.tasks, summary.as_of))
            for s in group_by_agenda(cleaned)
        ),
        rating=_guard_rating(summary.rating) or rate(cleaned.tasks, summary.as_of, is_overall=True),
    )


def _join_all(summary: Summary) -> Marking:
    """The marking of all that the report shows."""
    tasks = [task.marking for task in summary.tasks]
    changes = [change.marking for change in summary.changes.tasks] if summary.changes else []
    return join_markings((summary.marking, *tasks, *changes))


def _guard_item(item: SummaryAgendaItem, shared: bool) -> SummaryAgendaItem:
    """Both sides know an item by its label; how we call it comes from our own cable."""
    return dataclasses.replace(
        item,
        label=clean_line(item.label),
        title="" if shared else clean_line(item.title),
        narrative=clean(item.narrative),
        rating=_guard_rating(item.rating),
    )


def _guard_rating(rating: Rating | None) -> Rating | None:
    return dataclasses.replace(rating, reason=clean_line(rating.reason)) if rating else None


def _guard_changes(changes: Changes | None) -> Changes | None:
    if changes is None:
        return None
    tasks = tuple(
        dataclasses.replace(
            change,
            title=clean_line(change.title),
            owners_before=_clean_lines(change.owners_before),
            owners_after=_clean_lines(change.owners_after),
            reason=clean_line(change.reason),
        )
        for change in changes.tasks
    )
    return dataclasses.replace(changes, tasks=tasks, reference=clean_line(changes.reference))


def _guard_task(task: SummaryTask, shared: bool) -> SummaryTask:
    return dataclasses.replace(
        task,
        title=clean_line(task.title),
        agenda=clean_line(task.agenda),
        responsible=_clean_lines(task.responsible),
        owners=_clean_lines(task.owners),
        last_remark=clean(task.last_remark),
        last_remark_by=clean_line(task.last_remark_by),
        extension_reason=clean_line(task.extension_reason),
        passage=None if shared else clean(task.passage),
        url=None if shared else safe_link(task.url),
    )


def safe_link(url: str | None) -> str | None:
    """The address if it is one a browser opens as a page (http, https, or our own path)."""
    if url and re.match(r"https?://[^\s]+\Z|/(?!/)\S*\Z", url):
        return url
    return None


def _clean_lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(clean_line(text) for text in texts)
