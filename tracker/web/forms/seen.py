"""A form that knows what its reader saw, so that only what they changed themselves is saved.

Which fields are watched, and what they held, each form says. No database here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any, ClassVar

from wtforms import HiddenField, SelectMultipleField

from tracker.web.forms.base import TrackerForm, plain


class SeenFields(TrackerForm):
    """``seen`` holds a digest of what each field in WATCHED held when the form was opened, and
    ``version`` the version of what was seen then; "touched" means changed by this person."""

    WATCHED: ClassVar[tuple[str, ...]] = ()
    version = HiddenField(default="0")
    seen = HiddenField()

    def show_values(self, values: dict[str, Any], *, keep: frozenset[str] = frozenset()) -> None:
        """Fills the fields, save for those to ``keep`` as they were typed, and remembers what they
        hold where it is stored."""
        for name, value in values.items():
            if name not in keep:
                self[name].raw_data = None  # A date field would show what was typed instead.
                self[name].process_data(value)
        self.seen.data = digests_of(values)

    @property
    def touched(self) -> frozenset[str]:
        """The watched fields that came with the request and differ from what was seen."""
        parts = (self.seen.data or "").split(" ")
        digests = dict(part.split("=", 1) for part in parts if "=" in part)
        return frozenset(
            name
            for name in self.WATCHED
            if self.has_come(name) and digest(self[name].data) != digests.get(name)
        )

    def has_come(self, name: str) -> bool:
        """Whether the request held this field; boxes that nobody ticked are never sent."""
        field = self[name]
        return bool(field.raw_data) or isinstance(field, SelectMultipleField)


def digests_of(values: dict[str, Any]) -> str:
    """What ``seen`` holds: "status=1f3a due_on=99ab"."""
    return " ".join(f"{name}={digest(value)}" for name, value in values.items())


def digest(value: Any) -> str:
    """A few letters that stand for a field's value."""
    if isinstance(value, dt.date):
        text = value.isoformat()
    elif isinstance(value, list | tuple):
        text = "\n".join(map(str, value))
    else:
        text = plain(str(value)) or "" if value else ""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
