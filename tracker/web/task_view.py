"""What the page of a task shows: its passage in its paragraph, and remarks and history as a stream.

Plain values for templates, made from what the queries gave; no request, no SQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from tracker.cable import Cable, parse_cable
from tracker.models import Change, Remark, Task
from tracker.policy.history_words import change_in_words, names_in_words
from tracker.policy.markings import Marking, join_markings
from tracker.policy.statuses import STATUS_WORDS, date_in_words
from tracker.web.lines import marking_of

_LONG_FIELDS = ("title", "text")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in its paragraph; ``href`` leads to its place in the source. ``marking`` is that
    of the paragraph, joined with the task's."""

    before: str
    text: str
    after: str
    marking: Marking
    paragraph: int | None
    cable: str
    href: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Both versions of a text that was changed, in full."""

    before: str
    after: str


@dataclass(slots=True)
class Event:
    """What one person did and said at one moment. ``note`` says from when it counts, where that
    is another day."""

    when: dt.datetime
    who: str
    words: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)
    note: str = ""


def passage_of(task: Task) -> Passage | None:
    """The passage that a task was drawn from; None for one written by hand."""
    record = task.cable
    if record is None or task.span_start is None or task.span_end is None:
        return None
    cable = parse_cable(record.text)
    start, end = task.span_start, task.span_end
    first, last, marking, paragraph = _around(cable, start, end)
    return Passage(
        before=record.text[first:start].lstrip("\n"),
        text=record.text[start:end],
        after=record.text[end:last].rstrip(),
        marking=join_markings([marking_of(task.marking), marking_of(marking or record.marking)]),
        paragraph=paragraph,
        cable=record.name,
        href=f"/cables/{record.id}/source?from={start}&to={end}#passage",
    )


def _around(cable: Cable, start: int, end: int) -> tuple[int, int, str, int | None]:
    """Where the paragraphs that hold a span begin and end, their marking, and the first number."""
    holding = [b for b in cable.blocks if b.span[0] < end and start < b.span[1]]
    if not holding:
        return start, end, "", None
    marking = join_markings(marking_of(block.marking) for block in holding)
    first = min(start, *(block.span[0] for block in holding))
    last = max(end, *(block.span[1] for block in holding))
    return first, last, marking.short, holding[0].paragraph


def stream_of(changes: Sequence[Change], remarks: Sequence[Remark], zone: ZoneInfo) -> list[Event]:
    """Remarks and history, newest first; what one person did in one go is one event."""
    events: dict[tuple[dt.datetime, str], Event] = {}
    for change in changes:
        event = _event(events, change.at, change.actor_name, zone)
        event.words.append(change_in_words(change.field, change.before, change.after))
        if change.reason.strip():
            event.words[-1] += f": {change.reason.strip()}"
        if change.field in _LONG_FIELDS:
            event.wordings.append(Wording(str(change.before or ""), str(change.after or "")))
        if change.effective_on not in (change.at.date(), event.when.date()):
            event.note = f"counts from {date_in_words(change.effective_on)}"
    for remark in remarks:
        _event(events, remark.at, remark.author_name, zone).remarks.append(remark.text)
    return sorted(events.values(), key=lambda event: event.when, reverse=True)


def _event(
    events: dict[tuple[dt.datetime, str], Event], at: dt.datetime, who: str, zone: ZoneInfo
) -> Event:
    named = who[:1].upper() + who[1:]  # "The tracker" begins a sentence.
    return events.setdefault((at, who), Event(at.astimezone(zone), named))


def meanwhile(changes: Iterable[Change], seen_history: int) -> list[str]:
    """What others did to a task since its history was so long, each a sentence."""
    return [
        f"{c.actor_name} {change_in_words(c.field, c.before, c.after, c.reason)}."
        for c in changes
        if c.sequence > seen_history >= 0
    ]


def saved_words(task: Task, changed: list[str]) -> str:
    """What was saved, in a sentence."""
    words = {
        "status": f"its status is now {STATUS_WORDS[task.status].lower()}",
        "due_on": f"it is now due on {date_in_words(task.due_on)}",
        "owners": f"it now belongs to {names_in_words(task.owner_names)}",
        "remark": "your remark was added",
    }
    parts = [words.get(name, f"its {name} was changed") for name in changed]
    if not parts:
        return f"Task {task.number} stands as it did: nothing in the form was changed."
    return f"Task {task.number} was saved: {names_in_words(parts)}."
