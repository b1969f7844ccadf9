"""Forms of importing a cable and of confirming what was understood.

What a field may hold beyond its own shape is the services' to decide.
"""

from __future__ import annotations

from wtforms import FileField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from tracker.policy.markings import LEVELS, parse_marking
from tracker.web.forms.base import TrackerForm, one_line, stripped
from tracker.web.forms.choices import options
from tracker.web.forms.fields import DayField

NEW, OTHER, UNKNOWN = "new", "other", "unknown"


class ImportForm(TrackerForm):
    """A file or pasted text; exactly one of them."""

    file = FileField(
        "Send a file",
        description="A text, Word, HTML or mail file, as it was received",
    )
    text = TextAreaField("Or paste the text")


class ConfirmForm(TrackerForm):
    """What a person settles about a cable before its candidates are drawn. The choices of
    ``dialogue`` and ``dates`` are set from the cable."""

    dialogue = RadioField("Which dialogue is it about?", validators=[InputRequired()])
    name = StringField("Name of the dialogue", filters=[stripped], validators=[Length(max=200)])
    own = StringField("Your own side", filters=[stripped], validators=[one_line, Length(max=120)])
    other = StringField(
        "The other side", filters=[stripped], validators=[one_line, Length(max=120)]
    )
    dates = RadioField(
        "When is the meeting?",
        validators=[InputRequired("Choose the dates, or say that they are not known yet.")],
    )
    starts_on = DayField("First day", validators=[Optional()])
    ends_on = DayField(
        "Last day", description="Leave empty if it lasts one day", validators=[Optional()]
    )
    follow_up_months = IntegerField(
        "Follow-up period in months",
        validators=[InputRequired("Give a number of months."), NumberRange(1, 60)],
    )
    marking = RadioField(
        "How is it marked?",
        choices=options((level, parse_marking(level).banner.capitalize()) for level in LEVELS),
        validators=[InputRequired("The text states no classification; choose one.")],
    )
