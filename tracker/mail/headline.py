"""What stands in a digest by kind, and what its subject and first sentence say of it.

Nothing that the mail may only count is named here; entries are written in wording.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.mail.digest import DigestApproval, DigestTask
from tracker.mail.one_line import shorten
from tracker.policy.reminder_calls import is_stale_key, step_of_key, was_late_when_entered
from tracker.policy.reminders import is_overdue_key
from tracker.policy.statuses import date_in_words

SUBJECT_LENGTH = 59
"""Characters that a list of mails shows of a subject on most screens."""
_MOST_AMONG_OTHERS = 10
"""Of tasks that were late when they were entered; more stand in a section of their own."""
_MOST_COUNTS = 2
"""More would leave no room for what is most urgent."""


@dataclass(frozen=True, slots=True)
class Content:
    """What of a digest the mail may show, in order, and what it may only count."""

    tasks: list[DigestTask]
    approvals: list[DigestApproval]
    hidden: list[DigestTask]
    hidden_approvals: list[DigestApproval]
    today: dt.date
    old: Sequence[DigestTask] = ()
    """Many whose date had passed when they were entered: they stand last, and not in ``tasks``."""

    def kinds(self) -> dict[str, list[DigestTask]]:
        """The tasks shown, by the section that they stand in."""
        found: dict[str, list[DigestTask]] = {"late": [], "due": [], "raised": [], "stale": []}
        for task in self.tasks:
            found[kind_of(task, self.today)].append(task)
        return found


def take_old(tasks: Sequence[DigestTask], today: dt.date) -> list[DigestTask]:
    """The overdue ones that came with a date that had passed; none where they are few enough to
    stand among the others."""
    old = [
        task
        for task in tasks
        if is_overdue_key(task.occasion)
        and was_late_when_entered(task.due_on, task.entered_on, today)
    ]
    return old if len(old) > _MOST_AMONG_OTHERS else []


def kind_of(task: DigestTask, today: dt.date) -> str:
    """The section that a task stands in: "late", "due", "raised" or "stale"."""
    if step_of_key(task.occasion):
        return "raised"
    if is_stale_key(task.occasion):
        return "stale"
    return "late" if task.due_on < today else "due"


def count_tasks(number: int) -> str:
    """ "1 task", "7 tasks"."""
    return "1 task" if number == 1 else f"{number} tasks"


def summary_of(content: Content) -> str:
    """What the digest is about, in one sentence without the person's name."""
    kinds, parts = content.kinds(), []
    late, due = len(kinds["late"]), len(kinds["due"])
    if late:
        parts.append(f"{count_tasks(late)} {'is' if late == 1 else 'are'} overdue")
    if due:
        last = date_in_words(kinds["due"][-1].due_on)
        when = f"falls due on {last}" if due == 1 else f"fall due by {last}"
        parts.append(f"{due if late else count_tasks(due)} {when}")
    if old := len(content.old):
        parts.append(f"{count_tasks(old)} had passed their date when they were entered")
    if content.approvals:
        parts.append(_approvals(len(content.approvals)))
    if raised := len(kinds["raised"]):
        verb = "was" if raised == 1 else "were"
        parts.append(f"{count_tasks(raised)} long overdue {verb} raised to you")
    if stale := len(kinds["stale"]):
        parts.append(f"an update of {count_tasks(stale)} is wanted")
    if unseen := len(content.hidden):
        parts.append(f"{count_tasks(unseen)} can be seen only after signing in")
    if unseen := len(content.hidden_approvals):
        parts.append(f"{_approvals(unseen)}, to be seen after signing in")
    return _listed(parts) + "."


def _approvals(number: int) -> str:
    one = number == 1
    return "1 approval of yours is missing" if one else f"{number} approvals of yours are missing"


def subject_of(content: Content, is_sample: bool) -> str:
    """Names the first task and counts the rest; without a word of those above the ceiling."""
    sample = "Sample: " if is_sample else ""
    hidden = len(content.hidden) + len(content.hidden_approvals)
    count = len(content.tasks) + len(content.approvals) + hidden + len(content.old)
    if content.tasks:
        first = content.tasks[0]
        start = _when(first, content.today) if count == 1 else _counts(content, hidden)
        return shorten(f"{sample}{start}: {first.number} {first.title}", SUBJECT_LENGTH)
    if content.approvals:
        more = f", {count - 1} more" if count > 1 else ""
        words = content.approvals[0].words
        return shorten(f"{sample}For your approval{more}: {words}", SUBJECT_LENGTH)
    if content.old:
        more = f", {hidden} more" if hidden else ""
        words = f"{count_tasks(len(content.old))} to look through{more}"
        return shorten(f"{sample}{words}: {content.old[0].dialogue}", SUBJECT_LENGTH)
    if not content.hidden:
        return f"{sample}An approval of yours is missing in the Dialogue Tracker"
    which = f"Task {content.hidden[0].number}" if hidden == 1 else count_tasks(len(content.hidden))
    return f"{sample}{which} in the Dialogue Tracker"


def _when(task: DigestTask, today: dt.date) -> str:
    kind = kind_of(task, today)
    if kind in ("raised", "stale"):
        return "Raised to you" if kind == "raised" else "Update wanted"
    if task.due_on <= today:
        return "Overdue" if task.due_on < today else "Due today"
    year = f" {task.due_on.year}" if task.due_on.year != today.year else ""
    return f"Due {task.due_on.day} {task.due_on:%B}{year}"


def _counts(content: Content, hidden: int) -> str:
    kinds = content.kinds()
    counts = {
        "overdue": len(kinds["late"]),
        "due": len(kinds["due"]),
        "to approve": len(content.approvals),
        "raised": len(kinds["raised"]),
        "to update": len(kinds["stale"]),
        "to look through": len(content.old),
    }
    said = [(number, word) for word, number in counts.items() if number]
    more = hidden + sum(number for number, _ in said[_MOST_COUNTS:])
    said = [*said[:_MOST_COUNTS], *([(more, "more")] if more else [])]
    return ", ".join(f"{number} {word}" for number, word in said)


def _listed(parts: list[str]) -> str:
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"
