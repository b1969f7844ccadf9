"""The form that changes several tasks at once, and how the ticked ones come with it.

No database here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from tracker.models import Contact, Task
from tracker.policy.statuses import STATUS_WORDS
from tracker.web.forms.base import TrackerForm, number_in, one_line, plain
from tracker.web.forms.choices import options
from tracker.web.forms.contacts import contact_options
from tracker.web.forms.fields import DayField

MAX_PICKS = 1_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person saw of a task that they ticked: its version, and how long its history was."""

    version: int
    history: int

    def version_for(self, task: Task) -> int:
        """What change_task compares: the present version where nobody has changed a field since."""
        return task.version if self.history == task.history_length else self.version


def read_picks(values: Iterable[str]) -> dict[int, Seen]:
    """The ticked tasks by number, from boxes like "12:3:7"; what reads otherwise is left out."""
    found = {}
    for value in list(values)[:MAX_PICKS]:
        parts = value.split(":")
        if len(parts) == 3 and all(number_in(part, -1) >= 0 for part in parts):
            number, version, history = map(int, parts)
            found[number] = Seen(version, history)
    return found


class ChangeManyForm(TrackerForm):
    """What to change; whatever is left empty stays as it is."""

    names_of_contacts: Mapping[str, str] = {}
    status = SelectField(
        "Status", choices=options([("", "Leave as it is"), *STATUS_WORDS.items()]), default=""
    )
    deferred_until = DayField("Deferred until")
    contact = SelectField("Hand over to", default="")
    name = StringField(
        "Or a name that is not in the directory",
        filters=[plain],
        validators=[Length(max=200), one_line],
    )
    due_on = DayField("New due date")
    reason = StringField(
        "Why",
        filters=[plain],
        validators=[Length(max=500), one_line],
        description="Needed when due dates move",
    )
    remark = TextAreaField("Remark on each", filters=[plain])

    def offer_contacts(self, contacts: Sequence[Contact]) -> None:
        """Whom the tasks may go to."""
        self.contact.choices = contact_options(contacts, "Leave as it is")
        self.names_of_contacts = {str(contact.id): contact.full_name for contact in contacts}
