"""The rows of a task's history in words, as pages, mails and commands say them.

Pure: values as the history keeps them go in, a sentence comes out; no database and no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tracker.policy.statuses import STATUS_WORDS, date_in_words

_BASIS_WORDS = {
    "stated": "as the text states",
    "default": "by default, as the text states no date",
    "extended": "extended",
}
_LONGEST_QUOTE = 120


def change_in_words(field: str, before: Any, after: Any, reason: str = "") -> str:
    """What was done, to be read after the name of who did it: "moved the due date from
    10 January to 1 March 2008: ministry's reply outstanding"."""
    writer = _WRITERS.get(field)
    words = writer(before, after) if writer else f"changed the {field.replace('_', ' ')}"
    return f"{words}: {reason.strip()}" if reason.strip() else words


def day_in_words(value: object) -> str:
    """A stored day ("2008-01-10") as "10 January 2008"; what is no day as it stands."""
    return date_in_words(day) if (day := _day(value)) else str(value or "no date")


def names_in_words(names: Sequence[object]) -> str:
    """ "Anne Derse", "Anne Derse and EUR/CARC", "A, B and C"; "nobody" for none."""
    words = [str(name) for name in names]
    if len(words) < 2:
        return words[0] if words else "nobody"
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _created(_before: Any, after: Any) -> str:
    values = after if isinstance(after, dict) else {}
    status = STATUS_WORDS.get(str(values.get("status")), "Proposed").lower()
    parts = [f"added this task: {status}"]
    if values.get("due_on"):
        basis = _BASIS_WORDS.get(str(values.get("due_basis")), "")
        parts.append(f"due {day_in_words(values['due_on'])}{f' ({basis})' if basis else ''}")
    owners = _as_list(values.get("owners"))
    parts.append(f"owned by {names_in_words(owners)}" if owners else "owned by nobody yet")
    return ", ".join(parts)


def _status(before: Any, after: Any) -> str:
    old, new = _status_of(before), _status_of(after)
    if _key(before) == _key(after):
        return f"moved the deferral from {old} to {new}"
    return f"changed the status from {old} to {new}"


def _key(value: Any) -> str:
    return str(value.get("status")) if isinstance(value, dict) else str(value)


def _status_of(value: Any) -> str:
    word = STATUS_WORDS.get(_key(value), _key(value))
    until = value.get("until") if isinstance(value, dict) else None
    return f"{word} until {day_in_words(until)}" if until else word


def _due(before: Any, after: Any) -> str:
    old, new = _due_of(before), _due_of(after)
    if old is None:
        return f"set the due date to {date_in_words(new)}" if new else "left the due date open"
    if new is None:
        return f"took away the due date, {date_in_words(old)}"
    start = f"{old.day} {old:%B}" if old.year == new.year else date_in_words(old)
    return f"moved the due date from {start} to {date_in_words(new)}"


def _due_of(value: Any) -> dt.date | None:
    return _day(value.get("due_on") if isinstance(value, dict) else value)


def _owners(before: Any, after: Any) -> str:
    old, new = _as_list(before), _as_list(after)
    gone = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    if not old:
        return f"gave the task to {names_in_words(come)}"
    if not new:
        return f"took the task from {names_in_words(gone)}; nobody owns it now"
    if not gone:
        return f"added {names_in_words(come)} as owner" if come else "changed the order of owners"
    if not come:
        stay = "stays" if len(new) == 1 else "stay"
        return f"took {names_in_words(gone)} off the owners; {names_in_words(new)} {stay}"
    return f"handed the task over from {names_in_words(gone)} to {names_in_words(come)}"


def _responsible(before: Any, after: Any) -> str:
    old, new = names_in_words(_as_list(before)), names_in_words(_as_list(after))
    return f"changed who must act from {old} to {new}"


def _title(before: Any, after: Any) -> str:
    return f"changed the title from “{_quoted(before)}” to “{_quoted(after)}”"


def _text(before: Any, after: Any) -> str:
    if not before:
        return f"wrote the text: “{_quoted(after)}”"
    return f"changed the text from “{_quoted(before)}” to “{_quoted(after)}”"


def _agreed_text(before: Any, after: Any) -> str:
    if not before:
        return f"approved, as the last side, the agreed text: “{_quoted(after)}”"
    words = "approved, as the last side, the agreed text"
    return f"{words} “{_quoted(after)}” in place of “{_quoted(before)}”"


def _kind(before: Any, after: Any) -> str:
    return f"changed the kind from {before} to {after}"


def _quoted(value: Any) -> str:
    text = " ".join(str(value or "").split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1].rstrip()}…"


def _as_list(value: Any) -> list[object]:
    if isinstance(value, list | tuple):
        return list(value)
    return [value] if value else []


_WRITERS = {
    "created": _created,
    "status": _status,
    "due_on": _due,
    "owners": _owners,
    "responsible": _responsible,
    "title": _title,
    "text": _text,
    "agreed_text": _agreed_text,
    "kind": _kind,
}
