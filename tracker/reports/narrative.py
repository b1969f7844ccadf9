"""The sentences that open a report, drafted from the numbers and never saying more than they do.

Each clause states one count that the Summary holds; what cannot be counted is not said here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from tracker.policy.counts import (
    are,
    count_days,
    count_in_words,
    count_tasks,
    have,
    listed,
    sentence,
)
from tracker.policy.report_changes import CHANGE_KINDS
from tracker.policy.statuses import DUE_SOON_DAYS, OPEN, date_in_words
from tracker.reports.summary import Changes, Summary, SummaryTask


def draft_standing(summary: Summary) -> tuple[str, ...]:
    """Where the dialogue stands, in one or two sentences: how much is done, then how punctual."""
    total = sum(summary.totals.values())
    if total == 0:
        if summary.edition == "shared":
            return ("There is nothing to report yet: nothing has been agreed.",)
        return ("There is nothing to report yet: the list holds no tasks.",)
    progress = _progress_sentence(summary.totals, total)
    if not sum(summary.totals[status] for status in OPEN):
        return (progress, "Nothing remains open.")
    return (progress, _timing_sentence(summary))


def draft_section(tasks: Sequence[SummaryTask], as_of: dt.date, late: Iterable[str]) -> str:
    """How one agenda item stands, in a sentence: "Three of five tasks are done; one is overdue."

    ``late`` holds the labels of all overdue tasks of the report.
    """
    total = len(tasks)
    if total == 0:
        return "No tasks under this item."
    done = sum(1 for task in tasks if task.status == "done")
    labels = set(late)
    overdue = [task for task in tasks if task.label in labels]
    clauses = [_share(done, total)]
    if overdue:
        clauses.append(_overdue_clause(overdue, as_of))
    return sentence("; ".join(clauses))


def draft_changes(changes: Changes) -> str:
    """What changed, in a sentence: "Since 10 July 2007 two tasks are new, three were done and one
    slipped." Counts tasks, a task once a kind."""
    kinds = [change.kind for change in changes.tasks]
    clauses = [
        f"{count_in_words(count)} {_CHANGE_VERBS[kind][count > 1]}"
        for kind in CHANGE_KINDS
        if (count := kinds.count(kind))
    ]
    since = f"since {date_in_words(changes.since)}"
    if changes.reference:
        since += f", {changes.reference}"
    if not clauses:
        return sentence(f"nothing has changed {since}")
    return sentence(f"{since}, {listed(clauses)}")


_CHANGE_VERBS = {
    "new": ("is new", "are new"),
    "done": ("was done", "were done"),
    "slipped": ("slipped", "slipped"),
    "handed_over": ("was handed over", "were handed over"),
    "reopened": ("was taken up again", "were taken up again"),
    "deferred": ("was deferred", "were deferred"),
    "dropped": ("was dropped", "were dropped"),
}


def _share(done: int, total: int) -> str:
    """ "the one task is done", "both tasks are done", "three of five tasks are done" …"""
    if total == 1:
        return "the one task is done" if done else "the one task is not done yet"
    if total == 2 and done != 1:
        return "both tasks are done" if done else "neither of the two tasks is done yet"
    if done == total:
        return f"all {count_tasks(total)} are done"
    if done == 0:
        return f"none of the {count_tasks(total)} is done yet"
    return f"{count_in_words(done)} of {count_tasks(total)} {'is' if done == 1 else 'are'} done"


def _progress_sentence(totals: dict[str, int], total: int) -> str:
    clauses = [_share(totals["done"], total)]
    still_open = sum(totals[status] for status in OPEN)
    if total > 1 and still_open not in (0, total):
        clauses.append(f"{are(still_open)} open")
    if total > 1:
        clauses += [f"{are(totals[s])} {s}" for s in ("deferred", "declined") if totals[s]]
    elif totals["deferred"] or totals["declined"]:
        return f"The one task is {'deferred' if totals['deferred'] else 'declined'}."
    return sentence(listed(clauses))


def _timing_sentence(summary: Summary) -> str:
    clauses = [_overdue_clause(summary.overdue, summary.as_of), _due_soon_clause(summary)]
    undated = sum(1 for t in summary.tasks if t.status in OPEN and t.due_on is None)
    if undated:
        clauses.append(f"{have(undated)} no date")
    return sentence("; ".join(clauses))


def _overdue_clause(late: Sequence[SummaryTask], as_of: dt.date) -> str:
    if not late:
        return "none is overdue"
    oldest = min(late, key=lambda task: (task.due_on or as_of, task.number))
    days = (as_of - (oldest.due_on or as_of)).days
    lateness = count_days(days)
    if len(late) == 1:
        return f"one is overdue (task {oldest.label}), by {lateness}"
    return (
        f"{count_in_words(len(late))} are overdue, the longest (task {oldest.label}) by {lateness}"
    )


def _due_soon_clause(summary: Summary) -> str:
    soon = summary.due_soon
    if soon:
        last = soon[-1].due_on or summary.as_of
        when = f"by {date_in_words(last)}" if last != summary.as_of else "today"
        count = count_in_words(len(soon)) + (" more" if summary.overdue else "")
        return f"{count} {'falls' if len(soon) == 1 else 'fall'} due {when}"
    later = [t.due_on for t in summary.tasks if t.status in OPEN and t.due_on is not None]
    later = [day for day in later if day > summary.as_of]
    if later:
        return f"the next falls due on {date_in_words(min(later))}"
    return f"none falls due within {DUE_SOON_DAYS} days"
