"""How an agreed item stood: what both sides agreed on it, over the status that its task had.

Pure: what each frozen version says of the item is handed in, oldest first. Nothing internal is let
through, not even how the task stood before the item was agreed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tracker.policy.agreed_list import AgreedItem
from tracker.policy.standing import Past, Standing


@dataclass(frozen=True, slots=True)
class Listed:
    """What one frozen version says of an item, and the day from which it holds. ``reason`` is why
    that version amends the one before, which both sides read."""

    on: dt.date
    meeting: int
    version: int
    marking: str
    reason: str
    item: AgreedItem


def stand_as_listed(standing: Standing, versions: Sequence[Listed]) -> Standing:
    """The standing as both sides know it: text, owners, dates and marking are the last version's,
    the status is the task's, told from the day of the first version on."""
    first, last = versions[0], versions[-1]
    past = _amendments(versions)
    moved = [entry.reason for entry in past if entry.field == "due_on"]
    return replace(
        standing,
        title=last.item.text,
        text="",
        kind="",
        due_on=last.item.due_on,
        due_basis="stated" if last.item.due_on == first.item.due_on else "extended",
        first_due_on=first.item.due_on,
        extension_reason=moved[-1] if moved else None,
        responsible=last.item.responsible,
        owners=last.item.owners,
        marking=last.marking,
        statuses=_statuses_from(standing.statuses, first.on),
        due_dates=[(version.on, version.item.due_on) for version in versions],
        past=past,
    )


def _amendments(versions: Sequence[Listed]) -> list[Past]:
    """Why the date and the owners changed from one version to the next."""
    found = []
    for before, after in pairwise(versions):
        for name in ("due_on", "owners"):
            differs = getattr(before.item, name) != getattr(after.item, name)
            if differs and after.reason:
                found.append(Past(after.on, name, after.reason))
    return found


def _statuses_from(
    statuses: Sequence[tuple[dt.date, str]], first: dt.date
) -> list[tuple[dt.date, str]]:
    """The statuses from a day on; the one that held then counts from it."""
    held = [status for since, status in statuses if since <= first]
    later = [(since, status) for since, status in statuses if since > first]
    return [(first, held[-1]), *later] if held else later
