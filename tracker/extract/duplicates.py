"""Finds items of the summary that the body repeats, and lowers them.

Both stay in the list: a person decides.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tracker.cable import Cable
from tracker.extract.model import Item

_WORD = re.compile(r"[a-z]{4,}")
_ALIKE = 0.6


def lower_repeats(items: list[Item], cable: Cable) -> list[Item]:
    """The same items, those of the summary that the body repeats as possible."""
    summaries = [b.span for b in cable.blocks if b.section == "summary"]
    if not summaries:
        return items
    words = {item.span: frozenset(_WORD.findall(item.text.lower())) for item in items}
    found = []
    for item in items:
        if any(s <= item.span[0] < e for s, e in summaries):
            twin = next((o for o in items if o.span[0] > item.span[1] and not any(
                s <= o.span[0] < e for s, e in summaries
            ) and _alike(words[item.span], words[o.span])), None)  # fmt: skip
            if twin is not None:
                reason = f"{item.reason} The body says it again: “{twin.title}”."
                item = replace(item, tier="possible", reason=reason)
        found.append(item)
    return found


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= 4 and shared >= _ALIKE * min(len(one), len(other))
