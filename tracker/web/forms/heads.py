"""The form of who heads an office.

What may stand in a field; whether it may be saved, a service decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectField

from tracker.models import Contact
from tracker.web.forms.base import TrackerForm
from tracker.web.forms.contacts import contact_options


class HeadForm(TrackerForm):
    """The head, or nobody."""

    head_id = SelectField(
        "Head of the office",
        coerce=str,
        description="Overdue tasks of its people are raised to them, in dialogues that they take "
        "part in.",
    )

    def offer(self, people: Sequence[Contact]) -> None:
        """Fills the choices."""
        self.head_id.choices = contact_options(people, "Nobody")
