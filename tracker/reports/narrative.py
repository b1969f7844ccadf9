"""The sentences that open a report, drafted from the numbers and never saying more than they do.

Each clause states one count that the Summary holds; what cannot be counted is not said here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from tracker.policy.statuses import DUE_SOON_DAYS, OPEN, date_in_words
from tracker.reports.summary import Summary, SummaryTask

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TEENS = (
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def count_in_words(count: int) -> str:
    """ "none", "one" … "ten", then figures: "11", "1,204"."""
    return _WORDS[count] if count < len(_WORDS) else f"{count:,}"


def spell_out(count: int) -> str:
    """A number below a hundred in words: "eleven", "twenty", "sixty-eight"."""
    if count < 20:
        return (*_WORDS, *_TEENS)[count]
    tens, ones = divmod(count, 10)
    return f"{_TENS[tens - 2]}-{_WORDS[ones]}" if ones else _TENS[tens - 2]


def count_tasks(count: int) -> str:
    """ "no tasks", "one task", "12 tasks"."""
    if count == 0:
        return "no tasks"
    return f"{count_in_words(count)} task{'' if count == 1 else 's'}"


def draft_standing(summary: Summary) -> tuple[str, ...]:
    """Where the dialogue stands, in one or two sentences: how much is done, then how punctual."""
    total = sum(summary.totals.values())
    if total == 0:
        return ("There is nothing to report yet: the list holds no tasks.",)
    progress = _progress_sentence(summary.totals, total)
    if not sum(summary.totals[status] for status in OPEN):
        return (progress, "Nothing remains open.")
    return (progress, _timing_sentence(summary))


def draft_section(tasks: Sequence[SummaryTask], as_of: dt.date, late: Iterable[int]) -> str:
    """How one agenda item stands, in a sentence: "Three of five tasks are done; one is overdue."

    ``late`` holds the numbers of all overdue tasks of the report.
    """
    total = len(tasks)
    if total == 0:
        return "No tasks under this item."
    done = sum(1 for task in tasks if task.status == "done")
    overdue = len({task.number for task in tasks} & set(late))
    sentence = _share(done, total)
    if overdue:
        sentence += f"; {_are(overdue)} overdue"
    return f"{_capitalise(sentence)}."


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
        clauses.append(f"{_are(still_open)} open")
    if total > 1:
        clauses += [f"{_are(totals[s])} {s}" for s in ("deferred", "declined") if totals[s]]
    elif totals["deferred"] or totals["declined"]:
        return f"The one task is {'deferred' if totals['deferred'] else 'declined'}."
    return f"{_capitalise(_join(clauses))}."


def _timing_sentence(summary: Summary) -> str:
    clauses = [_overdue_clause(summary), _due_soon_clause(summary)]
    undated = sum(1 for t in summary.tasks if t.status in OPEN and t.due_on is None)
    if undated:
        clauses.append(f"{_have(undated)} no date")
    return f"{_capitalise('; '.join(clauses))}."


def _overdue_clause(summary: Summary) -> str:
    late = summary.overdue
    if not late:
        return "none is overdue"
    oldest = late[0]
    days = (summary.as_of - (oldest.due_on or summary.as_of)).days
    lateness = f"{days:,} day{'' if days == 1 else 's'}"
    if len(late) == 1:
        return f"one is overdue (task {oldest.number}), by {lateness}"
    return (
        f"{count_in_words(len(late))} are overdue, the longest (task {oldest.number}) by {lateness}"
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


def _are(count: int) -> str:
    return f"{count_in_words(count)} {'is' if count == 1 else 'are'}"


def _have(count: int) -> str:
    return f"{count_in_words(count)} {'has' if count == 1 else 'have'}"


def _join(clauses: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(clauses) == 1:
        return clauses[0]
    return f"{', '.join(clauses[:-1])} and {clauses[-1]}"


def _capitalise(sentence: str) -> str:
    """No sentence begins with a figure below a hundred: "Sixty-eight are overdue"."""
    figure = re.match(r"\d{2}\b(?!,)", sentence)
    if figure:
        sentence = spell_out(int(figure[0])) + sentence[2:]
    return sentence[0].upper() + sentence[1:]
