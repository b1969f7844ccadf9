"""The form of a dialogue's rules of reminders, and that of a day to look at.

What may stand in a field; whether it may be saved, a service decides.
"""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import Length, Optional

from tracker.policy.reminder_rules import ReminderRules, read_lead_days
from tracker.web.forms.base import TrackerForm, text_of
from tracker.web.forms.fields import DayField


class DaysField(IntegerField):
    """A number of days, or nothing for off."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads the number; raises ValueError with what to write instead."""
        text = "".join(valuelist).strip()
        self.data = None
        if text and not (text.isascii() and text.isdigit() and len(text) < 6):
            raise ValueError("Write a whole number of days, or nothing to switch it off.")
        if text:
            self.data = int(text)


class RulesForm(TrackerForm):
    """All rules; ``version`` is that of the rules that the writer saw."""

    lead_days = StringField(
        "Days before a task is due",
        [Length(max=100)],
        description="With commas between them; 0 is the day itself. Empty: no reminder before.",
    )
    overdue_every = DaysField(
        "While it is overdue, every so many days",
        [Optional()],
        description="First on the day after it was due.",
    )
    head_after = DaysField(
        "Days overdue until the head of the owner\u2019s office is told",
        [Optional()],
        description="Who heads an office stands in its entry under People.",
    )
    chair_after = DaysField("Days overdue until the co-chairs of our side are told", [Optional()])
    stale_after = DaysField(
        "Days without news until the owner is asked for an update",
        [Optional()],
        description="Counted from the last change, remark or reminder. At least 14.",
    )
    approval_every = DaysField(
        "While an approval is missing, every so many days",
        [Optional()],
        description="Of agreed lists and reports, on both sides.",
    )
    version = HiddenField(default="0")

    def show(self, rules: ReminderRules, version: int) -> None:
        """Fills the fields with the rules as they stand."""
        self.lead_days.data = ", ".join(map(str, rules.lead_days))
        for name in ("overdue_every", "head_after", "chair_after", "stale_after",
                     "approval_every"):  # fmt: skip
            self[name].data = getattr(rules, name)
        self.version.data = str(version)

    def rules(self) -> ReminderRules:
        """What was entered. Raises InvalidInput for days that cannot be read."""
        return ReminderRules(
            read_lead_days(text_of(self.lead_days)),
            self.overdue_every.data,
            self.head_after.data,
            self.chair_after.data,
            self.stale_after.data,
            self.approval_every.data,
        )


class LookAheadForm(TrackerForm):
    """The day to look at, in the address."""

    class Meta:
        csrf = False

    on = DayField("Show what would go out on")
