"""What a digest says, in words: one view that the text and the HTML part both render.

Nothing above the mail's ceiling leaves this module; layout is the templates' affair.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tracker.mail.digest import Digest, DigestTask
from tracker.policy.markings import Marking, join_markings
from tracker.policy.reminders import is_overdue_key
from tracker.policy.statuses import STATUS_WORDS, date_in_words, due_in_words

SUBJECT_LENGTH = 59
"""Characters that a list of mails shows of a subject on most screens."""
_LONGEST = {"title": 200, "dialogue": 120, "owners": 160, "remark": 240}
_UNSEEN = re.compile(
    r"""
    [\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]      # controls
    | [\ud800-\udfff]                                   # halves of characters
    | [\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]    # direction overrides, marks
    """,
    re.VERBOSE,
)
_BASIS_WORDS = {
    "default": "no date was stated, so the usual follow-up period counts",
    "extended": "the date was moved",
}
_OCCASION_WORDS = {
    "1": "this is the reminder for the day before it is due",
    "0": "this is the reminder for the day it is due",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One task as the mail shows it: a heading, facts as (name, words), and the links to read
    it and to answer; ``act_url`` is "" where there is none."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    link_words: str
    url: str
    act_words: str = ""
    act_url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Tasks under one heading; ``tone`` is "late", "due" or "hidden"."""

    heading: str
    tone: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class DigestView:
    """All words of a digest. ``notes`` stand before the tasks; ``more`` says how many tasks had
    no room, None where all are shown."""

    marking: Marking
    subject: str
    summary: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    more: str | None
    home_url: str
    preferences_url: str


def view_digest(digest: Digest, room: int) -> DigestView:
    """Puts a digest in words, with at most ``room`` tasks: overdue first, then soonest, then
    those above the ceiling by number, since any other order would tell something of them."""
    shown, hidden = _sort(digest)
    sections, marking = _sections(shown[:room], hidden[: max(0, room - len(shown))], digest.today)
    left = max(0, len(digest.tasks) - room)
    return DigestView(
        marking=marking,
        subject=_subject(shown, len(hidden), digest),
        summary=_summary(shown, len(hidden), digest.today),
        notes=_notes(digest),
        sections=sections,
        more=f"{_tasks(left)} more had no room in this mail." if left else None,
        home_url=digest.home_url,
        preferences_url=digest.preferences_url,
    )


def shorten(text: str, width: int) -> str:
    """``text`` on one line, cut at a word and ended with "…" where it is longer than ``width``;
    what could alter the reading of the words around it is shown as U+FFFD."""
    line = " ".join(_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text).split())
    if len(line) <= width:
        return line
    cut = line[:width]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(" ,;:.") + "…"


def _sort(digest: Digest) -> tuple[list[DigestTask], list[DigestTask]]:
    """Tasks that the mail may show, and those of which it may give the number only."""
    shown = [task for task in digest.tasks if task.marking.is_within(digest.ceiling)]
    hidden = [task for task in digest.tasks if not task.marking.is_within(digest.ceiling)]
    return (
        sorted(shown, key=lambda task: (task.due_on, task.dialogue, task.number)),
        sorted(hidden, key=lambda task: (task.number, task.url)),
    )


def _sections(
    shown: list[DigestTask], hidden: list[DigestTask], today: dt.date
) -> tuple[tuple[Section, ...], Marking]:
    marking = join_markings(task.marking for task in shown)
    late = [task for task in shown if task.due_on < today]
    due = [task for task in shown if task.due_on >= today]
    sections = (
        Section("Overdue", "late", tuple(_entry(task, today, marking) for task in late)),
        Section("Due", "due", tuple(_entry(task, today, marking) for task in due)),
        Section("To see after signing in", "hidden", tuple(map(_hidden_entry, hidden))),
    )
    return tuple(section for section in sections if section.entries), marking


def _entry(task: DigestTask, today: dt.date, marking: Marking) -> Entry:
    """A task in words; with its portion mark where the mail shows more than unclassified ones."""
    portion = f"({task.marking.short}) " if marking != Marking() else ""
    due = f"{date_in_words(task.due_on)}, {due_in_words(task.due_on, today)}"
    if task.due_basis in _BASIS_WORDS:
        due += f" ({_BASIS_WORDS[task.due_basis]})"
    facts = [
        ("Dialogue", shorten(task.dialogue, _LONGEST["dialogue"])),
        ("Due", due),
        ("Status", STATUS_WORDS.get(task.status, task.status)),
        ("Owner", shorten(", ".join(task.owners), _LONGEST["owners"]) or "Nobody yet"),
    ]
    if task.last_remark and task.last_remark.strip():
        facts.append(("Last remark", shorten(task.last_remark, _LONGEST["remark"])))
    facts.append(("Why you got this", _why(task)))
    title = shorten(task.title, _LONGEST["title"])
    link_words = f"Open task {task.number}"
    heading = f"{task.number}. {portion}{title}"
    return Entry(heading, tuple(facts), link_words, task.url, *_act(task))


def _hidden_entry(task: DigestTask) -> Entry:
    link_words = f"Sign in to see task {task.number}"
    return Entry(f"Task {task.number}", (), link_words, task.url, *_act(task))


def _act(task: DigestTask) -> tuple[str, str]:
    """The words and address of the link to answer by."""
    return (f"Say how task {task.number} stands", task.act_url) if task.act_url else ("", "")


def _why(task: DigestTask) -> str:
    reason = "You own it"
    if task.why == "unowned" and task.owners:
        reason = "None of its owners can be reminded by mail, and you lead the dialogue"
    elif task.why == "unowned":
        reason = "Nobody owns it yet, and you lead the dialogue"
    occasion = _occasion(task.occasion)
    return f"{reason}; {occasion}" if occasion else reason


def _occasion(key: str) -> str:
    if is_overdue_key(key):
        return "its date has passed, and this comes every week until it is closed"
    if key.isdecimal():
        return _OCCASION_WORDS.get(key, f"this is the reminder for {key} days before it is due")
    return ""


def _summary(shown: list[DigestTask], hidden: int, today: dt.date) -> str:
    late = sum(task.due_on < today for task in shown)
    due = len(shown) - late
    parts = []
    if late:
        parts.append(f"{_tasks(late)} {'is' if late == 1 else 'are'} overdue")
    if due:
        last = date_in_words(shown[-1].due_on)
        when = f"falls due on {last}" if due == 1 else f"fall due by {last}"
        parts.append(f"{due if late else _tasks(due)} {when}")
    if hidden:
        parts.append(f"{_tasks(hidden)} can be seen only after signing in")
    return _listed(parts) + "."


def _notes(digest: Digest) -> tuple[str, ...]:
    notes = []
    if digest.is_late and digest.day < digest.today:
        notes.append(f"This reminder comes late: it was planned for {date_in_words(digest.day)}.")
    elif digest.is_late:
        notes.append("This reminder comes late: it should have reached you on an earlier day.")
    if digest.is_sample:
        notes.append("These tasks belong to the sample dialogue; nothing real is asked of you.")
    if digest.reply_to:
        first = min(task.number for task in digest.tasks)
        notes.append(
            f"You can answer this mail, one line a task: “{first} done”, “{first} +7 days”, "
            f"“{first} not mine”, or “{first}” and a remark."
        )
    return tuple(notes)


def _subject(shown: list[DigestTask], hidden: int, digest: Digest) -> str:
    """Names the first task and counts the rest; without a word of those above the ceiling."""
    sample = "Sample: " if digest.is_sample else ""
    if not shown:
        which = f"Task {digest.tasks[0].number}" if hidden == 1 else _tasks(hidden)
        return f"{sample}{which} in the Dialogue Tracker"
    first, count = shown[0], len(shown) + hidden
    start = _when(first, digest.today) if count == 1 else _counts(shown, hidden, digest.today)
    return shorten(f"{sample}{start}: {first.number} {first.title}", SUBJECT_LENGTH)


def _when(task: DigestTask, today: dt.date) -> str:
    if task.due_on <= today:
        return "Overdue" if task.due_on < today else "Due today"
    year = f" {task.due_on.year}" if task.due_on.year != today.year else ""
    return f"Due {task.due_on.day} {task.due_on:%B}{year}"


def _counts(shown: list[DigestTask], hidden: int, today: dt.date) -> str:
    late = sum(task.due_on < today for task in shown)
    counts = {"overdue": late, "due": len(shown) - late, "more": hidden}
    return ", ".join(f"{number} {word}" for word, number in counts.items() if number)


def _tasks(number: int) -> str:
    return "1 task" if number == 1 else f"{number} tasks"


def _listed(parts: list[str]) -> str:
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"
