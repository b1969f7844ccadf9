"""Rates an agenda item, or a whole dialogue, by stated rules: on track, at risk or off track.

Pure: tasks and the day are handed in. RULES says in words what ``rate`` does, and pages show it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from tracker.policy.counts import count_days, count_in_words, count_tasks, sentence
from tracker.policy.errors import InvalidInput
from tracker.policy.statuses import is_due_soon, is_open, is_overdue

Level = Literal["on_track", "at_risk", "off_track", "not_rated"]
LEVELS: tuple[Level, ...] = ("on_track", "at_risk", "off_track")
"""Those that a person may set, the best first."""
LEVEL_WORDS: dict[Level, str] = {
    "on_track": "On track",
    "at_risk": "At risk",
    "off_track": "Off track",
    "not_rated": "Not rated",
}
LEVEL_SIGNS: dict[Level, str] = {
    "on_track": "●",
    "at_risk": "▲",
    "off_track": "■",
    "not_rated": "○",
}
"""A shape each, so that a print in black and white tells them apart."""
LONG_LATE_DAYS = 60
SHARE_LATE = 4
"""One in so many tasks late is too many."""
RULES = (
    "Off track: a quarter or more of the tasks are overdue, or one of them by more than "
    f"{LONG_LATE_DAYS} days.",
    "At risk: a task is overdue, or falls due within 30 days and is not in progress yet.",
    "On track: neither.",
    "The dialogue as a whole is rated over all its tasks in the same way, except that a single "
    f"task that is more than {LONG_LATE_DAYS} days late makes it at risk and not off track. "
    "Deferred and declined tasks do not count, and without any other there is no rating. "
    "A person may set another rating and says why.",
)


class Rateable(Protocol):
    """What the rules look at in a task."""

    @property
    def number(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def due_on(self) -> dt.date | None: ...


@dataclass(frozen=True, slots=True)
class Rating:
    """A level and its reason, a sentence. ``computed`` is what the rules say; it differs where a
    person set another level, and ``reason`` is theirs then."""

    level: Level
    reason: str
    computed: Level

    @property
    def is_overridden(self) -> bool:
        """Whether a person decided otherwise than the rules."""
        return self.level != self.computed

    @property
    def words(self) -> str:
        """ "At risk"."""
        return LEVEL_WORDS[self.level]

    @property
    def sign(self) -> str:
        """Its shape."""
        return LEVEL_SIGNS[self.level]


def rate(tasks: Iterable[Rateable], as_of: dt.date, *, is_overall: bool = False) -> Rating:
    """The rating of these tasks at the end of ``as_of``; see RULES."""
    found = list(tasks)
    if not found:
        return Rating("not_rated", "There is nothing to rate yet.", "not_rated")
    counted = [task for task in found if is_open(task.status) or task.status == "done"]
    late = [t for t in counted if is_overdue(t.status, t.due_on, as_of)]
    if not late:
        return _rate_punctual(counted, as_of)
    oldest = min(late, key=lambda t: (t.due_on or as_of, t.number))
    days = (as_of - (oldest.due_on or as_of)).days
    is_long_late = days > LONG_LATE_DAYS and not is_overall
    level: Level = "at_risk"
    if len(late) * SHARE_LATE >= len(counted) or is_long_late:
        level = "off_track"
    words = _describe_late(late, len(counted), _left_out(found), oldest.label, days)
    return Rating(level, sentence(words), level)


def override(rating: Rating, level: str, reason: str) -> Rating:
    """The rating that a person set instead, with their reason.

    Raises InvalidInput (field "rating" or "rating_reason") for a level that does not exist and
    for one without a reason. The level that the rules give needs none.
    """
    known: dict[str, Level] = {name: name for name in LEVELS}
    if level not in known:
        raise InvalidInput("Choose on track, at risk or off track.", "rating")
    if not reason.strip():
        if level == rating.computed:
            return rating
        raise InvalidInput("Say why the rating differs from what the rules give.", "rating_reason")
    return Rating(known[level], reason.strip(), rating.computed)


def _rate_punctual(counted: list[Rateable], as_of: dt.date) -> Rating:
    """The rating where nothing is overdue."""
    if not counted:
        return Rating("not_rated", "Every task is deferred or declined.", "not_rated")
    waiting = [
        t for t in counted if is_due_soon(t.status, t.due_on, as_of) and t.status != "in_progress"
    ]
    if waiting:
        verb = "falls" if len(waiting) == 1 else "fall"
        begun = "has" if len(waiting) == 1 else "have"
        words = f"{count_tasks(len(waiting))} {verb} due within 30 days and {begun} not begun"
        return Rating("at_risk", sentence(words), "at_risk")
    if not any(is_open(task.status) for task in counted):
        return Rating("on_track", "Nothing is open.", "on_track")
    return Rating("on_track", "Nothing is overdue, and what falls due is under way.", "on_track")


def _left_out(found: list[Rateable]) -> str:
    """ " not deferred or declined" where such tasks do not count, so that no other number on the
    page seems to contradict the reason; else nothing."""
    statuses = [s for s in ("deferred", "declined") if any(task.status == s for task in found)]
    return f" not {' or '.join(statuses)}" if statuses else ""


def _describe_late(late: list[Rateable], total: int, but: str, oldest: str, days: int) -> str:
    """ "two of five tasks are overdue, the longest (task 3) by 41 days"."""
    lateness = count_days(days)
    if total == 1:
        return f"{'the' if but else 'its'} one task{but} ({oldest}) is overdue by {lateness}"
    of_which = f"{'the ' if but else ''}{count_tasks(total)}{but}"
    if len(late) == 1:
        return f"one of {of_which} is overdue (task {oldest}), by {lateness}"
    share = f"{count_in_words(len(late))} of {of_which}"
    if len(late) == total:
        share = ("both tasks" if total == 2 else f"all {count_tasks(total)}") + but
    return f"{share} are overdue, the longest (task {oldest}) by {lateness}"
