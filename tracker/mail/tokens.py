"""Signed tokens: what stands in a link of a mail and in the address that a reply goes to.

Without clock or database: whether one has expired or was revoked is for whoever reads it.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import struct
from dataclasses import dataclass
from typing import Literal

Purpose = Literal["answer", "reply", "decline", "update"]
_BODY = struct.Struct(">IIIH")
_SIGNATURE_BYTES = 16
"""Half of the hash's length, and more than 80 bits, as RFC 2104, section 5, recommends."""
_LENGTH = 48
_DAY_ZERO = dt.date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Token:
    """Whose it is (``contact_id``), what it is about (``subject_id``: a task, a reminder, a
    mail that calls for updates, or the number of a kind of mail), the last day on which it works,
    and the generation of the person's links, whose change revokes all that were made before."""

    contact_id: int
    subject_id: int
    generation: int
    expires_on: dt.date


def sign_token(key: str, purpose: Purpose, token: Token) -> str:
    """30 bytes as 48 small letters and digits, which survive what mail programs do to addresses
    (RFC 5321, 2.4: some do not keep the case of a local part). The same token is always the same
    text, so that a mail rendered again is the same to the byte."""
    body = _BODY.pack(token.contact_id, token.subject_id, token.generation, _days(token.expires_on))
    text = base64.b32encode(body + _signature(key, purpose, body)).decode("ascii")
    return text.lower()


def read_token(key: str, purpose: Purpose, text: str) -> Token | None:
    """The token that ``text`` stands for; None for what we did not sign for that purpose."""
    if len(text) != _LENGTH or not text.isascii():
        return None
    try:
        data = base64.b32decode(text.upper())
    except (binascii.Error, ValueError):
        return None
    body, signature = data[: _BODY.size], data[_BODY.size :]
    if not hmac.compare_digest(signature, _signature(key, purpose, body)):
        return None
    contact_id, subject_id, generation, days = _BODY.unpack(body)
    return Token(contact_id, subject_id, generation, _DAY_ZERO + dt.timedelta(days=days))


def _days(day: dt.date) -> int:
    return min(max((day - _DAY_ZERO).days, 0), 2**16 - 1)


def _signature(key: str, purpose: Purpose, body: bytes) -> bytes:
    """Bound to its purpose, so that a link's token is none for a reply."""
    secret = f"tracker mail {purpose} {key}".encode()
    return hmac.new(secret, body, hashlib.sha256).digest()[:_SIGNATURE_BYTES]
