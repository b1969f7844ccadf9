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
    in_summary = [any(s <= item.span[0] < e for s, e in summaries) for item in items]
    if not any(in_summary):
        return items
    words = [frozenset(_WORD.findall(item.text.lower())) for item in items]
    found = []
    for item, repeats, own in zip(items, in_summary, words, strict=True):
        twin = None
        if repeats:
            others = zip(items, in_summary, words, strict=True)
            twin = next(
                (
                    other
                    for other, is_in_summary, theirs in others
                    if not is_in_summary and other.span[0] > item.span[1] and _alike(own, theirs)
                ),
                None,
            )
        if twin is not None:
            reason = f"{item.reason} The body says it again: “{twin.title}”."
            item = replace(item, tier="possible", reason=reason)
        found.append(item)
    return found


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= 4 and shared >= _ALIKE * min(len(one), len(other))
