"""The form that adds names and phrases to an installation's words.

What a form of words may mean is the service's to decide.
"""

from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from tracker.services.change_lexicon import SORTS
from tracker.web.forms.base import TrackerForm, one_line, stripped
from tracker.web.forms.choices import options


class WordsForm(TrackerForm):
    """What is added, what it means, and how cables write it."""

    sort = SelectField("What it is", choices=options(SORTS.items()))
    name = StringField(
        "What it means",
        filters=[stripped],
        validators=[InputRequired("Fill this in."), one_line, Length(max=200)],
        description="For a name, the party as it is called here. For an office, its party, or "
        "“own” for ours. For a phrase, one that the rules know, such as “would welcome”.",
    )
    forms = StringField(
        "How cables write it",
        filters=[stripped],
        validators=[InputRequired("Fill this in."), one_line, Length(max=1500)],
        description="One or more, with commas between them",
    )
