"""The names of the time zones that a person or an installation may have."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones


@cache
def zone_names() -> frozenset[str]:
    """All names of the time zone database; read once, since that walks through its files."""
    return frozenset(available_timezones())
