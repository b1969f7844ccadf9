"""The filters of a task list: from an address, and as words for chips and choices.

A value that means nothing is set aside and told; it never fails a page. No database here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.policy.statuses import KINDS, STATUS_WORDS
from tracker.queries.task_filters import (
    CHANGED_CHOICES,
    DUE_CHOICES,
    ME,
    NO_ITEM,
    NOBODY,
    ORDERS,
    ROLE_CHOICES,
    TaskFilter,
)

STATUS_CHOICES = {"open": "Open", "closed": "Closed", **STATUS_WORDS}
DUE_WORDS = {
    "overdue": "Late",
    "soon": "In the next 30 days",
    "later": "Later",
    "none": "Without a date",
}
CHANGED_WORDS = {
    "visit": "Since my last visit",
    "day": "In the last 24 hours",
    "week": "In the last 7 days",
}
ORDER_WORDS = {
    "due": "Due date",
    "number": "Number",
    "agenda": "Agenda item",
    "updated": "Last change",
}
KIND_CHOICES = {kind: kind.capitalize() for kind in KINDS}
_LABELS = {
    "status": "Status",
    "owner": "Owner",
    "responsible": "Must act",
    "agenda": "Agenda item",
    "meeting": "Meeting",
    "due": "Due",
    "kind": "Kind",
    "changed": "Changed",
    "role": "In dialogues that I",
    "text": "Words",
    "order": "Order",
}
_VOCABULARIES: dict[str, Sequence[str]] = {
    "status": tuple(STATUS_CHOICES),
    "due": DUE_CHOICES,
    "kind": KINDS,
    "changed": CHANGED_CHOICES,
    "role": ROLE_CHOICES,
    "order": ORDERS,
}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list's filters offer: owners, parties, and agenda labels with their titles."""

    owners: Sequence[str]
    parties: Sequence[str]
    agenda: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter in words, and the filter that is left when it is taken away."""

    label: str
    words: str
    rest: TaskFilter


def read_filter(values: Mapping[str, str], choices: Choices) -> tuple[TaskFilter, list[str]]:
    """The filter that an address asks for, and a sentence for each part that means nothing and
    was set aside."""
    parts = {name: _clean(values.get(name, "")) for name in _LABELS}
    parts["order"] = parts["order"] or "due"
    allowed = {
        **_VOCABULARIES,
        "agenda": (NO_ITEM, *choices.agenda),
        "responsible": [party.lower() for party in choices.parties],
    }
    problems = []
    for name, known in allowed.items():
        value = parts[name].lower() if name == "responsible" else parts[name]
        if value and value not in known:
            problems.append(_problem(name, parts[name]))
            parts[name] = "due" if name == "order" else ""
    if parts["meeting"] and not parts["meeting"].isdecimal():
        problems.append(_problem("meeting", parts["meeting"]))
        parts["meeting"] = ""
    return TaskFilter(**parts), problems


def _clean(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()[:_LONGEST]


def _problem(name: str, value: str) -> str:
    known = _VOCABULARIES.get(name)
    choices = f" Write one of {', '.join(known)}." if known else ""
    return (
        f"The filter “{_LABELS[name]}” does not know “{value}”, so it was left out: what you see "
        f"is not narrowed by it.{choices}"
    )


def _typed(name: str, value: str) -> str:
    """What was typed, or the whole name that was chosen, as it reads on a chip."""
    if name == "owner":
        return value.strip('"')
    return f"“{value}”" if name == "text" else value


def chips_of(filters: TaskFilter, choices: Choices) -> list[Chip]:
    """The active filters, each with what is left without it."""
    words = {
        "status": STATUS_CHOICES,
        "due": DUE_WORDS,
        "kind": KIND_CHOICES,
        "changed": CHANGED_WORDS,
        "owner": {ME: "me", NOBODY: "nobody"},
        "agenda": {NO_ITEM: "none", **choices.agenda},
    }
    return [
        Chip(
            _LABELS[name],
            words.get(name, {}).get(value) or _typed(name, value),
            replace(filters, **{name: ""}),
        )
        for name, value in filters.as_query().items()
        if name != "order"
    ]
