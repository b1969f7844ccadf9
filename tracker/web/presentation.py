"""How things are shown: what the templates' macros ask of plain Python.

Pure functions of their arguments; nothing here reads a request, a clock or a database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from wtforms import Field, FileField, HiddenField, RadioField, SubmitField
from wtforms.widgets import CheckboxInput, ListWidget, Select, TextArea

from tracker.policy.statuses import STATUS_WORDS, STATUSES

STATUS_ICONS = {
    "proposed": "lightbulb_outline",
    "agreed": "thumb_up_alt",
    "in_progress": "autorenew",
    "done": "check_circle",
    "deferred": "schedule",
    "declined": "do_not_disturb",
}
PROGRESS_ORDER = ("done", "in_progress", "agreed", "proposed", "deferred", "declined")
FieldKind = Literal[
    "checkbox", "choices", "select", "textarea", "file", "hidden", "submit", "input"
]


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a progress bar; ``start`` and ``width`` are per cent of the whole."""

    status: str
    word: str
    count: int
    start: float
    width: float


def progress_segments(totals: Mapping[str, int]) -> tuple[Segment, ...]:
    """The bar's stretches from done to declined; statuses that no task has are left out."""
    whole = sum(totals.get(status, 0) for status in STATUSES)
    segments, start = [], 0.0
    for status in PROGRESS_ORDER:
        if count := totals.get(status, 0):
            width = 100 * count / whole
            segments.append(
                Segment(status, STATUS_WORDS[status], count, round(start, 3), round(width, 3))
            )
            start += width
    return tuple(segments)


def progress_in_words(totals: Mapping[str, int]) -> str:
    """ "3 done, 2 in progress, of 9 tasks": what the bar says to those who cannot see it."""
    segments = progress_segments(totals)
    if not segments:
        return "no tasks"
    whole = sum(segment.count for segment in segments)
    parts = ", ".join(f"{segment.count} {segment.word.lower()}" for segment in segments)
    return f"{parts}, of {whole} {'task' if whole == 1 else 'tasks'}"


def field_kind(field: Field) -> FieldKind:
    """Which of our macros' shapes a form field takes."""
    if isinstance(field, HiddenField):
        return "hidden"
    if isinstance(field, SubmitField):
        return "submit"
    if isinstance(field, RadioField) or isinstance(field.widget, ListWidget):
        return "choices"
    if isinstance(field, FileField):
        return "file"
    widgets: tuple[tuple[type, FieldKind], ...] = (
        (CheckboxInput, "checkbox"),
        (Select, "select"),
        (TextArea, "textarea"),
    )
    return next((kind for widget, kind in widgets if isinstance(field.widget, widget)), "input")


def html_attributes(attributes: Mapping[str, object]) -> dict[str, object]:
    """A macro's keyword arguments as attribute names: ``hx_post`` is "hx-post", ``for_`` "for"."""
    return {re.sub(r"_$", "", name).replace("_", "-"): value for name, value in attributes.items()}


def page_numbers(current: int, last: int) -> tuple[int | None, ...]:
    """The pages a pager names: first, last and those around the current one; None is a gap."""
    shown = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    numbers: list[int | None] = []
    for number in shown:
        if numbers and number - (numbers[-1] or 0) == 2:
            numbers.append(number - 1)
        elif numbers and number - (numbers[-1] or 0) > 2:
            numbers.append(None)
        numbers.append(number)
    return tuple(numbers)


def name_of(person: object) -> str:
    """A person's or office's name, whether a name or something that has one was handed over."""
    return person if isinstance(person, str) else str(getattr(person, "name", person))
