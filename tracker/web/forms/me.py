"""Forms of what a person sets for themselves.

What may stand in a field; whether it may be saved, a service decides.
"""

from __future__ import annotations

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from tracker.models import Contact
from tracker.web.forms.base import TrackerForm, known_time_zone, one_line, stripped, time_zones


class MyEntryForm(TrackerForm):
    """Name, title and time zone."""

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
    version = HiddenField(default="0")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = time_zones()

    def show(self, contact: Contact) -> None:
        """Fills the fields with an entry as it is stored."""
        self.name.data, self.title.data = contact.name, contact.title
        self.time_zone.data, self.version.data = contact.time_zone, str(contact.version)
