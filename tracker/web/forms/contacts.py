"""The directory as options of a select field, grouped by side.

No form lives here, and no database: the contacts are passed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracker.models import Contact
from tracker.web.forms.choices import options


def contact_options(contacts: Iterable[Contact], empty: str = "Choose a person or office") -> Any:
    """People and offices under the name of their side, those without one last."""
    groups: dict[str, list[tuple[object, str]]] = {}
    for contact in contacts:
        side = contact.party.name if contact.party else "No side given"
        label = f"{contact.name}, {contact.title}" if contact.title else contact.name
        groups.setdefault(side, []).append((contact.id, label))
    found = options([("", empty)])
    for side in sorted(groups, key=lambda name: (name == "No side given", name.casefold())):
        found += options(groups[side], group=side)
    return found
