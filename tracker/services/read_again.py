"""Reads an unconfirmed cable again, with the words that the installation has added since.

Its bytes, text and marking stay as they are; what is confirmed is drawn by confirm_cable.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tracker.extract import DEFAULT, Lexicon, to_json
from tracker.models import CableRecord
from tracker.policy.errors import NotAllowed
from tracker.policy.visibility import Actor
from tracker.services.confirm_cable import require_unconfirmed
from tracker.services.import_cable import FILE_WARNINGS
from tracker.services.understand_cable import understand


def require_to_read(cable: CableRecord, actor: Actor) -> None:
    """Raises NotAllowed for those who only read a confirmed cable's dialogue; one that is not
    confirmed is its importer's alone."""
    if cable.dialogue_id is not None and not actor.scope.may_edit(cable.dialogue_id):
        raise NotAllowed("Only a lead or editor of the dialogue has its cables read.")


def draw_reading(cable: CableRecord, *, lexicon: Lexicon = DEFAULT) -> dict[str, Any]:
    """What is read in the cable now, as records keep it; nothing is written, so that it may be
    done before a transaction. What was noticed about the file stays."""
    noticed = cable.reading.get(FILE_WARNINGS, [])
    return {**to_json(understand(cable, lexicon=lexicon).extraction), FILE_WARNINGS: noticed}


def read_again(session: Session, cable: CableRecord, reading: dict[str, Any]) -> None:
    """Keeps a new reading in place of the old one. Raises Conflict for a confirmed cable, whose
    candidates people may have decided."""
    require_unconfirmed(session, cable)
    cable.reading = reading
    session.flush()
