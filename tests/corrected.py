"""A corrected copy of the invented cable: one deadline moved, one promise gone, a sentence new."""

from __future__ import annotations

from tests.invented import NOW, TALKS
from tests.world import MAX_BYTES
from tracker.db import Database
from tracker.policy.visibility import Actor
from tracker.services.import_cable import import_cable

PROMISE = " The Ministry of\nTransport promised to reopen the northern road within six months."
ADDED = " We suggest that the Embassy send the Sundrians a map of the valley by May 20."
CORRECTED = (
    TALKS.replace("April 30", "May 15")
    .replace(PROMISE, "")
    .replace("been dry.", "been dry." + ADDED)
)


def send_corrected(database: Database, actor: Actor, text: str = CORRECTED) -> int:
    """Imports the copy, unconfirmed; returns its id."""
    with database.transaction() as session:
        result = import_cable(
            session, text.encode(), "corrected.txt", actor=actor, now=NOW, max_bytes=MAX_BYTES
        )
        return result.cable.id
