"""How much work a deed takes, counted in calls: the same on a slow machine as on a fast one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def calls_of(deed: Callable[[], object]) -> int:
    """Calls of functions, Python's and C's, that the deed makes in this thread.

    A pattern counts as one call however long it tries; ``make bench`` watches those by the clock.
    """
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        if event in {"call", "c_call"}:
            calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        deed()
    finally:
        sys.setprofile(before)
    return calls
