"""Reads a line as a notetaker types it: the text with `@owner`, `!due date` and `#kind` in it.

Standard library and our own grammar of dates only; who is meant by a name is the caller's business.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from tracker.extract.date_forms import month_of
from tracker.extract.dates import Anchor, find_times
from tracker.policy.statuses import KINDS

# A mark begins a word and something follows at once: "! 15 Dec" and "a@b.org" are plain text.
_MARK = re.compile(r"(?:(?<=\s)|\A)(?P<mark>[@!\#])(?=\S)")
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
# What may stand between the mark and the date: "no later than", "by the", "due on".
_BEFORE_TIME = re.compile(
    r"(?:(?:by|before|on|in|at|the|of|end|due|until|nlt|cob|no later than|not later than)\s+)*",
    re.IGNORECASE,
)
_KIND_WORDS = {kind[:3]: kind for kind in KINDS}
MOST_NAME_WORDS = 8
# A year right behind a date that the grammar of dates left out: "15 Dec 2350" is no 15 December.
_YEAR_LEFT = re.compile(r",?\s*\d{4}\b")
FURTHEST = dt.timedelta(days=30 * 365)  # Nothing agreed in a meeting falls due a generation later.


@dataclass(frozen=True, slots=True)
class TypedLine:
    """What a typed line says. ``kind`` is None where none was given; ``due_words`` is what stood
    behind the mark; ``doubts`` says what was not understood, which then stays in the text."""

    text: str
    owners: tuple[str, ...] = ()
    due_on: dt.date | None = None
    due_words: str = ""
    kind: str | None = None
    doubts: tuple[str, ...] = ()


KnownName = Callable[[str], str | None]
"""Gives the full name that a typed one means, None where the directory has none or several."""


def read_typed_line(typed: str, anchor: Anchor, known_name: KnownName) -> TypedLine:
    """Reads one line. An owner's name runs as far as the directory knows it, else to the next
    mark; a semicolon ends it too. Nothing typed is ever dropped: what is not understood stays."""
    plain = " ".join(typed.split())
    marks = list(_MARK.finditer(plain))
    first = marks[0].start() if marks else len(plain)
    found = _Found([plain[:first]])
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(plain)
        said = plain[mark.end() : end].strip()
        if mark["mark"] == "@":
            found.take_owner(said, known_name)
        elif mark["mark"] == "!":
            found.take_due(said, anchor)
        else:
            found.take_kind(said)
    return found.line()


def read_due(words: str, anchor: Anchor) -> tuple[dt.date, int] | None:
    """The day that words such as "in six months", "by end-January" or "15 dec" mean, and where
    in the words it ends; None where they name no day."""
    text = _MONTH.sub(_capitalise, words)
    for lead in ("", "by ", "in "):
        times = find_times(lead + text, (0, len(lead + text)), anchor)
        if times and _BEFORE_TIME.fullmatch(text[: max(0, times[0].span[0] - len(lead))]):
            return times[0].last, times[0].span[1] - len(lead)
    return None


def unread_dates(text: str) -> tuple[str, ...]:
    """What stands behind a `!` in the text of a line that was read: words that were no date, or no
    credible one, and that somebody still has to mend."""
    marks = list(_MARK.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    pairs = zip(marks, ends, strict=False)
    return tuple(text[m.end() : end].strip() for m, end in pairs if m["mark"] == "!")


def _is_credible(day: dt.date, anchor: Anchor) -> bool:
    """Whether something can fall due then: not before the meeting, nor a lifetime after it."""
    start, end = anchor.starts_on or anchor.ends_on, anchor.ends_on
    return (start is None or day >= start) and (end is None or day - end <= FURTHEST)


def _capitalise(match: re.Match[str]) -> str:
    """A month typed in small letters; other words that begin so ("margin") stay."""
    word = match[0]
    return word.capitalize() if _is_month(word) else word


def _is_month(word: str) -> bool:
    names = [
        "january", "february", "march", "april", "may", "june", "july", "august",
        "september", "october", "november", "december",
    ]  # fmt: skip
    low = word.lower()
    full = names[month_of(low) - 1]
    return low in (full, full[:3], "sept")


class _Found:
    """What was read so far; ``parts`` are the pieces of the text."""

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts
        self.owners: list[str] = []
        self.due_on: dt.date | None = None
        self.due_words = ""
        self.kind: str | None = None
        self.doubts: list[str] = []

    def take_owner(self, said: str, known_name: KnownName) -> None:
        """The name after "@"; what follows it stays text."""
        name, rest = _split_name(said, known_name)
        if name not in self.owners:
            self.owners.append(name)
        self.parts.append(rest)

    def take_due(self, said: str, anchor: Anchor) -> None:
        """The date after "!"; what is none stays text, with a doubt."""
        due = read_due(said, anchor)
        is_credible = (
            due is not None
            and _is_credible(due[0], anchor)
            and not _YEAR_LEFT.match(said[due[1] :])
        )
        if due is None or not is_credible or self.due_on is not None:
            why = "is no date that the tracker can read"
            if due is not None:
                why = "has a second date" if is_credible else "is no date that can be meant here"
            self.doubts.append(f"“{said}” {why}")
            self.parts.append(f"!{said}")
            return
        self.due_on, end = due
        self.due_words = said[:end].strip()[:100]
        self.parts.append(said[end:])

    def take_kind(self, said: str) -> None:
        """The kind after "#"; a word that is none stays text, with a doubt."""
        word, _, rest = said.partition(" ")
        kind = _KIND_WORDS.get(word.lower()[:3]) if len(word) >= 3 else None
        if kind is None or not kind.startswith(word.lower().rstrip(".,;")):
            self.doubts.append(f"“#{word}” is no kind; they are {', '.join(KINDS)}")
            self.parts.append(f"#{said}")
            return
        self.kind = kind
        self.parts.append(rest)

    def line(self) -> TypedLine:
        """The line without its signs, and what they said."""
        text = " ".join(part.strip() for part in self.parts if part.strip())
        text = re.sub(r"\s+([.,;:])", r"\1", text).strip(" ;,")
        return TypedLine(
            text=text,
            owners=tuple(self.owners),
            due_on=self.due_on,
            due_words=self.due_words,
            kind=self.kind,
            doubts=tuple(self.doubts),
        )


def _split_name(said: str, known_name: KnownName) -> tuple[str, str]:
    """The name that a mark begins with, and what follows it."""
    head, semicolon, tail = said.partition(";")
    words = head.split(" ")
    for size in range(min(len(words), MOST_NAME_WORDS), 0, -1):
        known = known_name(" ".join(words[:size]).strip(".,"))
        if known:
            return known, " ".join(words[size:]) + (f"; {tail}" if tail else "")
    if semicolon or len(words) <= MOST_NAME_WORDS:
        return head.strip(" .,")[:200], tail.strip()
    return words[0], " ".join(words[1:]) + (f"; {tail}" if tail else "")
