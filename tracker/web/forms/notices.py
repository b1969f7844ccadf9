"""The form of what a person chooses about their mail.

What may stand in a field; whether it may be saved, a service decides.
"""

from __future__ import annotations

from wtforms import SelectField

from tracker.policy.notices import CHOSEN_LEADS, OPTIONAL, Notices
from tracker.web.forms.base import TrackerForm
from tracker.web.forms.choices import options
from tracker.web.forms.fields import DayField, ManyField


class NoticesForm(TrackerForm):
    """Lead times, hour, absence, and the mails that one can do without."""

    lead_days = ManyField(
        "Remind me before a task is due",
        choices=options((d, "1 day" if d == 1 else f"{d} days") for d in CHOSEN_LEADS),
        description="With all of them chosen, the rules of each dialogue hold. The day itself "
        "always reminds.",
    )
    hour = SelectField("At what time of my day", description="In your own time zone.")
    away_until = DayField(
        "I am away until",
        description="No reminders up to and including this day; they come after it.",
    )
    wanted = ManyField("Mails that I want besides", choices=options(OPTIONAL.items()))

    def offer(self, default_hour: int) -> None:
        """The hours to choose from, first that of the installation."""
        hours = [(str(hour), f"{hour:02}:00") for hour in range(24)]
        self.hour.choices = options([("", f"As usual here ({default_hour:02}:00)"), *hours])

    def show(self, notices: Notices) -> None:
        """Fills the fields with what is stored."""
        self.lead_days.data = [str(days) for days in notices.lead_days if days]
        self.hour.data = "" if notices.hour is None else str(notices.hour)
        self.away_until.data = notices.away_until
        self.wanted.data = [kind for kind in OPTIONAL if kind not in notices.declined]

    def notices(self) -> Notices:
        """What was chosen."""
        wanted, leads = set(self.wanted.data or ()), self.lead_days.data or ()
        return Notices(
            lead_days=tuple(int(days) for days in leads),
            hour=int(self.hour.data) if self.hour.data else None,
            away_until=self.away_until.data,
            declined=tuple(kind for kind in OPTIONAL if kind not in wanted),
        )
