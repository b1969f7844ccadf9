"""Forms of reviewing: editing a proposal before it becomes a task, and setting values for many.

Which candidate they are about stands in the address.
"""

from __future__ import annotations

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from tracker.policy.statuses import KINDS
from tracker.web.forms.base import TrackerForm, one_line, stripped, with_line_feeds
from tracker.web.forms.choices import options
from tracker.web.forms.fields import DayField, ManyField, NamesField, each_at_most

KIND_WORDS = {
    "objective": "Objective",
    "action": "Action",
    "commitment": "Commitment",
    "request": "Request",
}


class ProposalForm(TrackerForm):
    """A proposal as it is to become a task. Choices of parties, agenda and marking are set from
    the dialogue and the passage."""

    title = StringField(
        "What is to be done",
        filters=[stripped],
        validators=[InputRequired("Say what is to be done."), Length(max=200), one_line],
    )
    kind = SelectField("Kind", choices=options((kind, KIND_WORDS[kind]) for kind in KINDS))
    agenda = SelectField("Agenda item")
    responsible = ManyField("Who must act")
    others = NamesField(
        "Others who must act",
        description="Separate several with semicolons",
        validators=[Optional(), one_line, Length(max=500), each_at_most(120)],
    )
    owners = NamesField(
        "Owners",
        description="Who does it: a person or office; separate several with semicolons",
        validators=[Optional(), one_line, Length(max=1000), each_at_most(200)],
    )
    due_on = DayField("Due date", validators=[Optional()])
    marking = SelectField("Marking")
    text = TextAreaField("Text", filters=[with_line_feeds], validators=[Length(max=20_000)])


class DecideForm(TrackerForm):
    """One decision on one candidate; which one is the button's value."""

    reason = StringField("Reason", filters=[stripped], validators=[Optional(), Length(max=2000)])


class SelectedForm(TrackerForm):
    """What is done to all candidates whose box is ticked."""

    owner = StringField(
        "Owner", filters=[stripped], validators=[Optional(), one_line, Length(max=200)]
    )
    due_on = DayField("Due date", validators=[Optional()])
