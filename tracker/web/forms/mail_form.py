"""The form behind a link of a mail: what its person can say about one task.

The link itself authorises, so there is no token of a session here, and no database.
"""

from __future__ import annotations

from wtforms import TextAreaField

from tracker.policy.mail_answers import Answer, Kind
from tracker.web.forms.base import TrackerForm, plain
from tracker.web.forms.fields import DayField

KINDS: dict[str, Kind] = {
    "done": "done",
    "on-track": "on_track",
    "new-date": "new_date",
    "not-mine": "not_mine",
    "pause": "snooze",
}
"""The name of each part of the form, and the answer that it stands for."""


class MailAnswerForm(TrackerForm):
    """One way of answering. Each stands on the page as a form of its own, so that it works without
    scripts; ``prefix`` is its name in KINDS."""

    class Meta:
        """Who holds the link may send it: there is no session that could be abused."""

        csrf = False

    remark = TextAreaField("Remark", filters=[plain])
    day = DayField("Day")

    @property
    def kind(self) -> Kind:
        """What this form stands for."""
        return KINDS[self._prefix.rstrip("-")]

    def answer(self) -> Answer:
        """What was chosen and typed."""
        return Answer(self.kind, self.remark.data or "", self.day.data)


def forms_for(chosen: str = "") -> dict[str, MailAnswerForm]:
    """All parts by name; only the one that was sent takes what came with the request."""
    return {
        name: MailAnswerForm(prefix=name) if name == chosen else MailAnswerForm(None, prefix=name)
        for name in KINDS
    }
