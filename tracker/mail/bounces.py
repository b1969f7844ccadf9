"""Reads delivery reports (RFC 3464): which of our messages came back, for whom, and in what words.

Pure: bytes to facts. Which reminder it was, and what follows, is services/take_bounce.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import default

from tracker.mail.one_line import shorten

_ID = re.compile(r"<[^<>\s]{1,190}@[^<>\s]{1,190}>")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")  # RFC 3463, 2.
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report says of one recipient. ``message_id`` is that of the message that came back,
    with its brackets; ``recipient`` the address, "" where the report keeps it to itself;
    ``is_final`` where it will not be delivered any more, and not merely later."""

    message_id: str
    recipient: str
    status: str
    words: str
    is_final: bool


def read_bounces(content: bytes) -> list[Bounce]:
    """What a delivery report tells, one entry a recipient; nothing for any other mail, and for a
    report that does not say which message it is about."""
    message = BytesParser(policy=default).parsebytes(content)
    if message.get_content_type() != "multipart/report":
        return []
    report_type = str(message.get_param("report-type", "")).lower()
    if report_type not in ("delivery-status", ""):
        return []
    message_id = _original_id(message)
    if message_id is None:
        return []
    found = [_read_recipient(block, message_id) for block in _blocks(message)]
    return [bounce for bounce in found if bounce is not None]


def _blocks(message: Message) -> list[Message]:
    """The groups of fields about single recipients: all but the first (RFC 3464, 2.1)."""
    for part in message.walk():
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            payload = part.get_payload()
            blocks = [block for block in payload if isinstance(block, Message)]
            return [block for block in blocks if _field(block, "Action")]
    return []


def _read_recipient(block: Message, message_id: str) -> Bounce | None:
    action = _field(block, "Action").lower()
    if action not in ("failed", "delayed"):
        return None
    match = _STATUS.search(_field(block, "Status"))
    status = match.group() if match else ("5.0.0" if action == "failed" else "4.0.0")
    words = _field(block, "Diagnostic-Code").partition(";")[2].strip()
    recipient = _address(_field(block, "Original-Recipient") or _field(block, "Final-Recipient"))
    said = shorten(words or f"status {status}, without a word why", _MOST_WORDS)
    return Bounce(message_id, recipient, status, said, is_final=action == "failed")


def _original_id(message: Message) -> str | None:
    """The Message-ID in the returned message or its headers (RFC 3462, part 3). Where a server
    returns neither, the ids that its own report refers to."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            payload = part.get_payload()
            inner = payload[0] if isinstance(payload, list) and payload else None
            if isinstance(inner, Message) and (found := _ID.search(_field(inner, "Message-ID"))):
                return found.group()
        if part.get_content_type() in ("text/rfc822-headers", "message/global-headers"):
            headers = BytesParser(policy=default).parsebytes(_bytes_of(part), headersonly=True)
            if found := _ID.search(_field(headers, "Message-ID")):
                return found.group()
    for name in ("In-Reply-To", "References"):
        if found := _ID.search(_field(message, name)):
            return found.group()
    return None


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _field(message: Message, name: str) -> str:
    """A field's value on one line; "" where it is missing or cannot be read."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, LookupError, AttributeError):
        return ""


def _address(field: str) -> str:
    """ "rfc822;ana@example.org" without its type, in small letters."""
    return (field.partition(";")[2] or field).strip().strip("<>").lower()
