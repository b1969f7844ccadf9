"""What all forms share: the base form, and validators for text that stands on one line.

No form of a page lives here.
"""

from __future__ import annotations

from typing import Any

from flask import g
from flask_wtf import FlaskForm
from wtforms import Field, Form
from wtforms.validators import ValidationError

from tracker.policy.errors import InvalidInput
from tracker.policy.names import has_control_characters
from tracker.policy.zones import zone_names
from tracker.web.forms.choices import options


class TrackerForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    """A form with CSRF token that tells which fields it has, so that others are noticed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {field.name for field in self}
        g.form_fields = g.get("form_fields", set()) | names

    def take_error(self, error: InvalidInput) -> None:
        """Shows a service's refusal at the field that it names, or above the form."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(str(error))
        else:
            field.errors = [*field.errors, str(error)]


def text_of(field: Field) -> str:
    """What was typed; "" for nothing."""
    return str(field.data or "")


def number_of(field: Field) -> int:
    """The number in a hidden field; 0, which nothing has, for anything else."""
    return number_in(text_of(field))


def number_in(text: str, otherwise: int = 0) -> int:
    """The number that a text is, where a database can hold it; ``otherwise`` for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def stripped(text: str | None) -> str | None:
    """A filter: without spaces around."""
    return text.strip() if text else text


def with_line_feeds(text: str | None) -> str | None:
    """A filter: with one kind of line break; browsers send another than we keep."""
    return text.replace("\r\n", "\n") if text else text


def plain(text: str | None) -> str | None:
    """A filter: text as we keep it, with one kind of line break and without NUL."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip() if text else text


def one_line(_form: Form, field: Field) -> None:
    """Refuses line breaks and control characters, which could forge a mail header."""
    if has_control_characters(field.data or ""):
        raise ValidationError("Write this on one line, without control or invisible characters.")


def mail_address(_form: Form, field: Field) -> None:
    """Refuses what cannot be a mail address; whether it is one, only a mail can tell."""
    text = field.data or ""
    local, at, domain = text.rpartition("@")
    is_plain = not any(c.isspace() or c in ',;:<>()[]"\\' for c in text)
    if text and not (at and local and is_plain and "@" not in local and _is_domain(domain)):
        raise ValidationError("Write a mail address such as name@example.org.")


def _is_domain(text: str) -> bool:
    return all(text.split(".")) and not text.startswith("-")


def known_time_zone(_form: Form, field: Field) -> None:
    """Refuses what is not a name of the time zone database."""
    if field.data not in zone_names():
        raise ValidationError("Choose a time zone such as Europe/Berlin.")


def time_zones() -> list[Any]:
    """The zones a person may choose from, UTC first, each with its name in words."""
    places = (name for name in zone_names() if "/" in name)
    skipped = ("Etc/", "SystemV/", "US/", "posix/", "right/")
    names = ["UTC", *sorted(name for name in places if not name.startswith(skipped))]
    return options((name, name.replace("_", " ")) for name in names)
