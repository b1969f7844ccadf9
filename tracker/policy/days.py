"""Which days a person can have meant: a year typed wrongly is asked for again.

No clock: what counts as late or soon is policy/statuses.
"""

from __future__ import annotations

import datetime as dt

EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2199, 12, 31)
"""Far enough for any deadline, and near enough that adding months or weeks never overflows."""


def is_plausible(day: dt.date | None) -> bool:
    """Whether a meeting or deadline can fall on ``day``; None, no day at all, can stand."""
    return day is None or EARLIEST <= day <= LATEST
