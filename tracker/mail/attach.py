"""Adds a file to a message rendered here; rendered again, it is the same to the byte.

What may be attached is decided by whoever asks.
"""

from __future__ import annotations

import hashlib
from email.message import EmailMessage, MIMEPart

from tracker.mail.addresses import refuse_line_breaks
from tracker.mail.wire import POLICY


def attach(message: EmailMessage, content: bytes, name: str, media_type: str) -> None:
    """Makes the message one of two parts, its words and the file. ``media_type`` is such as
    "application/pdf". Raises InvalidInput for a name with line breaks."""
    refuse_line_breaks(name, "name")
    maintype, _, subtype = media_type.partition("/")
    words = MIMEPart(policy=POLICY)
    words["Content-Type"] = message["Content-Type"]
    words.set_payload(message.get_payload())
    file = MIMEPart(policy=POLICY)
    file.set_content(
        content, maintype=maintype, subtype=subtype, disposition="attachment", filename=name
    )
    boundary = boundary_of(f"mixed {message['Message-ID']}")
    message.replace_header("Content-Type", f'multipart/mixed; boundary="{boundary}"')
    message.set_payload([words, file])


def boundary_of(name: str) -> str:
    """What separates the parts of a message; by its name, so that a message written again is the
    same."""
    return f"=_{hashlib.sha256(name.encode()).hexdigest()[:32]}"
