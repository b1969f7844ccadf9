"""Forms of the pages for administrators.

What may stand in a field; whether it may be saved, a service decides.
"""

from __future__ import annotations

from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from tracker.web.forms.base import TrackerForm


class InviteForm(TrackerForm):
    """Who is to have an account."""

    contact_id = SelectField("Person", [InputRequired("Choose a person.")], coerce=str)
    is_administrator = BooleanField(
        "Make them an administrator",
        description="They see to accounts and health; this alone shows them no dialogue.",
    )


class LeadForm(TrackerForm):
    """Who leads a dialogue that has no lead."""

    contact_id = SelectField("Person", [InputRequired("Choose a person.")], coerce=str)
