"""How many mails a server may be handed in a time, as TRACKER_MAIL_RATE says it.

Numbers and words only; who waits for whom is services/limit_rate.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_RATE = re.compile(r"([1-9]\d{0,5})\s*/\s*(second|minute|hour|day)")


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``count`` mails in any ``period`` ("minute")."""

    count: int
    period: str

    @property
    def distance(self) -> dt.timedelta:
        """The time between two mails. Evenly spread, no stretch of one period has more."""
        return dt.timedelta(seconds=_SECONDS[self.period]) / self.count

    @property
    def words(self) -> str:
        """ "30 a minute"."""
        return f"{self.count:,} {'an' if self.period == 'hour' else 'a'} {self.period}"


def parse_rate(text: str) -> Rate | None:
    """Reads "30/minute"; None for what is no rate."""
    match = _RATE.fullmatch(text.strip().lower())
    return Rate(int(match[1]), match[2]) if match else None
