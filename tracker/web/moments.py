"""Instants as people read them: in the words of their own clock.

Dates without a time are policy/statuses.
"""

from __future__ import annotations

import datetime as dt

from tracker.policy.statuses import date_in_words
from tracker.web.context import person_zone


def moment(instant: dt.datetime | None) -> str:
    """ "10 January 2008, 14:05" where the reader is; "never" for None."""
    if instant is None:
        return "never"
    local = instant.astimezone(person_zone())
    return f"{date_in_words(local.date())}, {local:%H:%M}"
