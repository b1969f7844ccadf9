"""What a digest says, in words: one view that the text and the HTML part both render.

Nothing above the mail's ceiling leaves this module; layout is the templates' affair.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from tracker.mail.digest import Digest, DigestApproval, DigestTask
from tracker.mail.headline import Content, count_tasks, subject_of, summary_of, take_old
from tracker.mail.one_line import shorten
from tracker.policy.markings import Marking, join_markings
from tracker.policy.reminder_calls import date_or_none, is_stale_key, step_of_key
from tracker.policy.reminder_words import why_asked, why_in_words
from tracker.policy.statuses import STATUS_WORDS, date_in_words, due_in_words

_LONGEST = {"title": 200, "dialogue": 120, "owners": 160, "remark": 240}
_BASIS_WORDS = {
    "default": "no date was stated, so the usual follow-up period counts",
    "extended": "the date was moved",
}
_MOST_APPROVALS = 20


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
    """Puts a digest in words, with at most ``room`` tasks: overdue first, then soonest, then what
    was raised, then those above the ceiling by number, since any other order would tell something
    of them, and last what many an old cable brings."""
    content = _content(digest)
    sections, marking = _sections(content, room)
    left = max(0, len(digest.tasks) - room)
    return DigestView(
        marking=marking,
        subject=subject_of(content, digest.is_sample),
        summary=summary_of(content),
        notes=_notes(digest),
        sections=sections,
        more=f"{count_tasks(left)} more had no room in this mail." if left else None,
        home_url=digest.home_url,
        preferences_url=digest.preferences_url,
    )


def _content(digest: Digest) -> Content:
    def is_shown(marking: Marking) -> bool:
        return marking.is_within(digest.ceiling)

    shown = [task for task in digest.tasks if is_shown(task.marking)]
    hidden = [task for task in digest.tasks if not is_shown(task.marking)]
    old = take_old(shown, digest.today)
    apart = set(map(id, old))
    listed = [task for task in shown if id(task) not in apart]
    return Content(
        sorted(listed, key=lambda t: (*_rank(t), t.due_on, t.dialogue, t.number)),
        [approval for approval in digest.approvals if is_shown(approval.marking)],
        sorted(hidden, key=lambda task: (task.number, task.url)),
        [approval for approval in digest.approvals if not is_shown(approval.marking)],
        digest.today,
        sorted(old, key=lambda task: (task.dialogue, task.number)),
    )


def _rank(task: DigestTask) -> tuple[bool, bool]:
    """What is the person's own comes before what was raised to them and what has time."""
    return is_stale_key(task.occasion), bool(step_of_key(task.occasion))


def _sections(content: Content, room: int) -> tuple[tuple[Section, ...], Marking]:
    markings = [task.marking for task in (*content.tasks, *content.old)]
    marking = join_markings(markings + [approval.marking for approval in content.approvals])
    kept = replace(content, tasks=content.tasks[:room]).kinds()
    hidden = content.hidden[: max(0, room - len(content.tasks))]

    def entries(kind: str) -> tuple[Entry, ...]:
        return tuple(_entry(task, content.today, marking) for task in kept[kind])

    approvals = [_approval_entry(a, marking) for a in content.approvals[:_MOST_APPROVALS]]
    old_room = max(0, room - len(content.tasks) - len(hidden))
    old = [_entry(task, content.today, marking) for task in content.old[:old_room]]
    unseen = [*map(_hidden_entry, hidden), *map(_hidden_approval, content.hidden_approvals)]
    sections = (
        Section("Overdue", "late", entries("late")),
        Section("Due", "due", entries("due")),
        Section("Waiting for your approval", "due", tuple(approvals)),
        Section("Long overdue, and raised to you", "late", entries("raised")),
        Section("An update is wanted", "due", entries("stale")),
        Section("To look through: entered after their date", "due", tuple(old)),
        Section("To see after signing in", "hidden", tuple(unseen)),
    )
    return tuple(section for section in sections if section.entries), marking


def _entry(task: DigestTask, today: dt.date, marking: Marking) -> Entry:
    """A task in words; with its portion mark where the mail shows more than unclassified ones."""
    portion = f"({task.marking.short}) " if marking != Marking() else ""
    due_on = date_or_none(task.due_on)
    due = ", ".join(filter(None, (date_in_words(due_on), due_in_words(due_on, today))))
    if due_on and task.due_basis in _BASIS_WORDS:
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


def _approval_entry(approval: DigestApproval, marking: Marking) -> Entry:
    portion = f"({approval.marking.short}) " if marking != Marking() else ""
    behalf = shorten(approval.on_behalf_of, _LONGEST["owners"])
    facts = (
        ("Dialogue", shorten(approval.dialogue, _LONGEST["dialogue"])),
        ("Waits since", date_in_words(approval.since)),
        ("Why you got this", why_asked(behalf=behalf, is_proposal=approval.is_proposal)),
    )
    words = "Read and answer" if approval.is_proposal else "Read and approve"
    return Entry(f"{portion}{approval.words}", facts, words, approval.url)


def _hidden_approval(approval: DigestApproval) -> Entry:
    return Entry("An approval of yours is missing", (), "Sign in to see it", approval.url)


def _why(task: DigestTask) -> str:
    return why_in_words(
        task.occasion,
        task.why,
        faults=[(shorten(name, 80), fault) for name, fault in task.faults],
        overdue_every=task.overdue_every,
    )


def _notes(digest: Digest) -> tuple[str, ...]:
    notes = []
    if digest.is_late and digest.day < digest.today:
        notes.append(f"This reminder comes late: it was planned for {date_in_words(digest.day)}.")
    elif digest.is_late:
        notes.append("This reminder comes late: it should have reached you on an earlier day.")
    if digest.is_sample:
        notes.append("These tasks belong to the sample dialogue; nothing real is asked of you.")
    numbers = [task.number for task in digest.tasks if task.act_url]
    if digest.reply_to and numbers:
        first = min(numbers)
        notes.append(
            f"You can answer this mail, one line a task: “{first} done”, “{first} +7 days”, "
            f"“{first} not mine”, or “{first}” and a remark."
        )
    return tuple(notes)
