"""Reads a line of the log with the directory at hand: who a typed name means, and whose side acts.

Nothing is written; the grammar of a line is extract/typed_line.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.extract.dates import Anchor
from tracker.extract.typed_line import TypedLine, read_typed_line
from tracker.models import Meeting
from tracker.policy.names import match_name
from tracker.queries.people import known_names


class Directory:
    """The names that a typed one may mean, asked for once a line."""

    def __init__(self, session: Session, dialogue_id: int) -> None:
        self._known = known_names(session, dialogue_id)

    def known_name(self, name: str) -> str | None:
        """The full name of the one person or office that is meant; None for none or several."""
        found = match_name(name, self._known)
        return found.full_name if found is not None else None

    def party_of(self, full_name: str) -> str | None:
        """The party of whoever is so called; None where it is not known."""
        for contact in (known.key for known in self._known):
            if contact.full_name == full_name and contact.party is not None:
                return contact.party.name
        return None


def read_line(typed: str, meeting: Meeting, directory: Directory, today: dt.date) -> TypedLine:
    """Reads a typed line; its dates count from the meeting's last day, else from today."""
    ends_on = meeting.ends_on or today
    anchor = Anchor(ends_on, meeting.starts_on or ends_on, ends_on)
    return read_typed_line(storable(typed), anchor, directory.known_name)


def responsible_parties(
    meeting: Meeting, wanted: Sequence[str], owners: Sequence[str], directory: Directory
) -> list[str]:
    """The chosen parties of the dialogue; those of the owners where none was chosen."""
    parties = [entry.party.name for entry in meeting.dialogue.parties]
    chosen = [name for name in parties if name in wanted]
    if chosen:
        return chosen
    of_owners = {directory.party_of(owner) for owner in owners}
    return [name for name in parties if name in of_owners]


def storable(text: str) -> str:
    """On one line and without NUL, which PostgreSQL cannot keep."""
    return " ".join(text.replace("\x00", "").split())
