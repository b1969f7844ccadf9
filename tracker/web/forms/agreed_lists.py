"""Forms of the agreed list: offer, approve, consent on paper, delegation, status of an item.

What may stand in a field; whether it may be saved, a service decides.
"""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import (
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from tracker.policy.markings import LEVELS, parse_marking
from tracker.policy.statuses import STATUS_WORDS
from tracker.services.update_shared import LONGEST_REMARK, SHARED_STATUSES
from tracker.web.forms.base import TrackerForm, one_line, plain, stripped
from tracker.web.forms.choices import options
from tracker.web.forms.fields import DayField


class OfferForm(TrackerForm):
    """Shows a draft to the other side; ``sha256`` is what the person saw."""

    sha256 = HiddenField()
    marking = SelectField(
        "Marking of the shared texts",
        description="The other side reads these texts. Until you set one, they carry the highest "
        "marking of what they come from.",
    )

    def offer_markings(self, current: str) -> None:
        """The levels, and the marking as it stands where it is none of them."""
        levels = [(level, parse_marking(level).banner.capitalize()) for level in LEVELS]
        own = [] if current in LEVELS else [(current, parse_marking(current).banner)]
        self.marking.choices = options([*own, *levels])


class ApproveForm(TrackerForm):
    """One's own approval; ``sha256`` is what the person saw."""

    sha256 = HiddenField()
    password = PasswordField(
        "Your password",
        validators=[InputRequired("Enter your password to approve.")],
        description="It confirms that it is you who approves.",
    )


class ConsentForm(TrackerForm):
    """Consent that was given on paper or by mail."""

    sha256 = HiddenField()
    party_id = SelectField("For which side", coerce=str)
    given_by = StringField(
        "Who gave consent",
        filters=[stripped],
        validators=[InputRequired("Say who gave consent."), Length(max=200), one_line],
    )
    given_on = DayField("On", validators=[InputRequired("Give the day.")])
    paper = FileField("The paper or mail", description="A scan, PDF or mail file, up to 10 MB.")


class WithdrawForm(TrackerForm):
    """Why a version on offer is taken back; both sides read it."""

    reason = StringField(
        "Why it is taken back",
        filters=[stripped],
        validators=[
            InputRequired("Say why; both sides read it with the proposals it took up."),
            Length(max=500),
            one_line,
        ],
    )


class DelegationForm(TrackerForm):
    """Who approves in one's place, from when to when."""

    delegate_id = SelectField("Delegate", coerce=str)
    starts_on = DayField("From", validators=[InputRequired("Give the first day.")])
    ends_on = DayField("Until", validators=[InputRequired("Give the last day.")])


class ItemForm(TrackerForm):
    """Status of an agreed item, and a remark that both sides read. ``seen`` is the status that
    the page showed, so that a status nobody touched is not set back."""

    seen = HiddenField()
    status = SelectField("Status", choices=options((s, STATUS_WORDS[s]) for s in SHARED_STATUSES))
    deferred_until = DayField("Deferred until", validators=[Optional()])
    remark = TextAreaField(
        "Remark for both sides",
        filters=[plain],
        validators=[Optional(), Length(max=LONGEST_REMARK)],
    )

    def offer(self, status: str | None, may_set: bool = True) -> None:
        """The statuses to choose from; one that is chosen on our own pages only stays possible.
        None for whoever only adds remarks: their page has no such fields."""
        if not may_set:
            self.status.validators, self.status.validate_choice = [Optional()], False
        own = [status] if status and status not in SHARED_STATUSES else []
        self.status.choices = options((s, STATUS_WORDS[s]) for s in (*own, *SHARED_STATUSES))


class AnswerForm(TrackerForm):
    """Why a proposal is declined."""

    answer = StringField("Why", filters=[stripped], validators=[Optional(), Length(max=500)])
