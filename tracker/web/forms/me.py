"""Forms of what a person sets for themselves.

What may stand in a field; whether it may be saved, a service decides.
"""

from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from tracker.models import Contact
from tracker.web.forms.base import known_time_zone, one_line, stripped, text_of, time_zones
from tracker.web.forms.seen import SeenFields


class MyEntryForm(SeenFields):
    """Name, title and time zone; only what one changed oneself is saved."""

    WATCHED = ("name", "title", "time_zone")
    name = StringField(
        "Name", [InputRequired("Enter your name."), Length(max=200), one_line], filters=[stripped]
    )
    title = StringField(
        "Title or position",
        [Optional(), Length(max=200), one_line],
        filters=[stripped],
        description="As it stands before your name: Ambassador, Dr.",
    )
    time_zone = SelectField(
        "Time zone", [known_time_zone], description="Decides what “today” is for you."
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = time_zones()

    def show(self, contact: Contact, *, keep: frozenset[str] = frozenset()) -> None:
        """Fills the fields with an entry as it is stored, save for those to ``keep``."""
        self.version.data = str(contact.version)
        self.show_values({name: getattr(contact, name) for name in self.WATCHED}, keep=keep)

    @property
    def changes(self) -> dict[str, str]:
        """What one changed oneself, by the name of the field."""
        return {name: text_of(self[name]) for name in self.WATCHED if name in self.touched}
