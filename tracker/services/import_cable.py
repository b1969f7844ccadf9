"""Takes a document in: keeps its bytes, reads it, and recognises what is already there.

Nothing becomes a candidate until a person has confirmed what was understood (confirm_cable).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from tracker.cable import Cable, parse_cable
from tracker.extract import DEFAULT, Extraction, Lexicon, extract, to_json
from tracker.intake import Document, read_document
from tracker.models import CableRecord
from tracker.policy.errors import InvalidInput, NotAllowed
from tracker.policy.markings import Marking, join_markings, parse_marking
from tracker.policy.names import breaks_a_line
from tracker.policy.visibility import Actor
from tracker.queries import cables as queries
from tracker.queries.people import stands_opposite
from tracker.services.recognise_cable import require_cable

LONGEST_FILENAME = 255
LONGEST_TEXT = 1_000_000
"""Characters; a file may be larger, since Word files hold pictures and styles as well."""

FILE_WARNINGS = "file_warnings"
"""Where a reading keeps what was noticed about the file, until the cable is confirmed."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The record, and whether it was there before with the same bytes."""

    cable: CableRecord
    is_known: bool


@dataclass(frozen=True, slots=True)
class ReadCable:
    """A document's bytes as read: its text, the cable in it, and what was drawn from that."""

    document: Document
    cable: Cable
    extraction: Extraction


def read_cable(
    data: bytes, filename: str, *, today: dt.date, max_bytes: int, lexicon: Lexicon = DEFAULT
) -> ReadCable:
    """Reads a document without a database: what takes long, and holds up nobody meanwhile.

    Raises IntakeError (bytes that are no text) or InvalidInput (text that is no cable, a file name
    that cannot stand on one line).
    """
    _check_filename(filename)
    document = read_document(data, filename, max_bytes=max_bytes)
    _refuse_what_is_too_long(document.text)
    cable = parse_cable(document.text)
    extraction = extract(cable, today=today, lexicon=lexicon)
    require_cable(document, cable, extraction)
    return ReadCable(document, cable, extraction)


def find_imported(
    session: Session, data: bytes, *, actor: Actor, is_sample: bool = False
) -> CableRecord | None:
    """The cable with the same bytes, None where there is none. Raises NotAllowed for the other
    side, which imports nothing."""
    require_own_side(session, actor)
    sha256 = hashlib.sha256(data).hexdigest()
    return queries.find_same_bytes(session, actor.scope, sha256, is_sample=is_sample)


def import_cable(
    session: Session,
    data: bytes,
    filename: str,
    *,
    actor: Actor,
    now: dt.datetime,
    max_bytes: int,
    lexicon: Lexicon = DEFAULT,
    is_sample: bool = False,
    read: ReadCable | None = None,
) -> ImportResult:
    """Imports a document's bytes. The same bytes again give the same record and change nothing.
    ``read`` is what ``read_cable`` made of them before the transaction began; without it they are
    read within.

    Raises NotAllowed for the other side, and what ``read_cable`` raises.
    """
    require_own_side(session, actor)
    _check_filename(filename)
    sha256 = hashlib.sha256(data).hexdigest()
    _wait_for_same_bytes(session, sha256)
    known = queries.find_same_bytes(session, actor.scope, sha256, is_sample=is_sample)
    if known is not None:
        return ImportResult(known, True)
    if read is None:
        read = read_cable(data, filename, today=now.date(), max_bytes=max_bytes, lexicon=lexicon)
    record = _record_of(read)
    record.sha256, record.original = sha256, data
    record.filename = filename or "pasted text"
    record.is_sample = is_sample
    record.imported_at, record.imported_by_id = now, actor.contact_id
    session.add(record)
    session.flush()
    return ImportResult(record, False)


def _record_of(read: ReadCable) -> CableRecord:
    """A new record with all that was read; whose it is and since when is not in it."""
    document, header = read.document, read.cable.header
    return CableRecord(
        media_type=document.media_type,
        encoding=document.encoding,
        text=document.text,
        reading={**to_json(read.extraction), FILE_WARNINGS: list(document.warnings)},
        reference_id=(header.reference_id or "")[:60] or None,
        subject=header.subject,
        marking=marking_of(read.cable).short,
    )


def _check_filename(filename: str) -> None:
    if len(filename) > LONGEST_FILENAME:
        raise InvalidInput(
            f"The file's name has more than {LONGEST_FILENAME} characters. Rename it and send it "
            "again.",
            "file",
        )
    if breaks_a_line(filename):
        raise InvalidInput(
            "The file's name holds line breaks or control characters. Rename it and send it again.",
            "file",
        )


def require_own_side(session: Session, actor: Actor) -> None:
    """Raises NotAllowed for people who stand on the other side of the dialogues kept here: whoever
    brings a dialogue in leads it, and leads see who works here."""
    scope = actor.scope
    if scope.is_system or scope.is_administrator or scope.roles:
        return
    if scope.is_guest or stands_opposite(session, actor.contact_id):
        raise NotAllowed(
            "Cables are imported by the side that keeps the dialogue. You see its shared list; "
            "ask an administrator if you are to keep dialogues of your own here."
        )


def _wait_for_same_bytes(session: Session, sha256: str) -> None:
    """Lets one import of the same bytes at a time through; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        key = int(sha256[:15], 16)
        session.execute(sql("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _refuse_what_is_too_long(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(
            f"The text has {len(text):,} characters; the tracker reads up to {LONGEST_TEXT:,}, "
            "many times the longest cable. Send the cable alone, without what is attached to it."
        )


def marking_of(cable: Cable) -> Marking:
    """The marking of the whole document: the join of its classification line and all its
    portions, so that a portion above the line is never shown below its own marking."""
    stated = parse_marking(cable.header.classification)
    captions = ["SBU"] if "SENSITIVE" in cable.header.captions else []
    marks = [parse_marking(block.marking) for block in cable.blocks if block.is_marked]
    return join_markings([stated, *map(parse_marking, captions), *marks])
