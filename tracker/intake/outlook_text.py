"""Outlook messages (.msg): body, plain or HTML, subject, date. Attachments are named only."""

from __future__ import annotations

import datetime as dt
import struct

from tracker.intake.document import Mail
from tracker.intake.errors import DamagedFile, EmptyFile, NotText
from tracker.intake.html_text import html_to_text

_DAMAGE = (
    OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError,
    MemoryError, RecursionError, struct.error,
)  # fmt: skip

# A stream that every Outlook message has, and no other file of the container.
_PROPERTIES = "__properties_version1.0".encode("utf-16-le")


def read_outlook(data: bytes) -> Mail:
    """An Outlook message as read; the plain body is preferred to the HTML one.

    Raises ``NotText`` for other files of the same container (old Word), ``DamagedFile`` and
    ``EmptyFile``.
    """
    if _PROPERTIES not in data:
        raise NotText(
            "This is an old Word file (.doc) or part of an Outlook message. "
            "In Word save it as .docx, in Outlook as .eml or text."
        )
    try:
        plain, html, names, subject, sent = _parts(data)
    except _DAMAGE as error:
        raise DamagedFile(
            "This Outlook message is damaged. "
            "Open it in Outlook and save it again, as .eml or text."
        ) from error
    text = plain if plain.strip() else html_to_text(html)
    if not text.strip():
        hint = f" Hand in its attachment by itself: {', '.join(names)}." if names else ""
        raise EmptyFile(f"This mail holds no text.{hint}")
    warning = f"Attachments were not read: {', '.join(names)}. Hand them in by themselves."
    return Mail(text, "utf-16-le", (warning,) if names else (), subject, sent)


def _parts(data: bytes) -> tuple[str, str, list[str], str, dt.datetime | None]:
    """The plain body, the HTML body, the names of attachments, the subject and the day."""
    from oxmsg import Message  # Few files need it, and every command would wait for it.

    message = Message.load(data)
    plain = (message.body or "").replace("\r\n", "\n")
    html = "" if plain.strip() else message.html_body or ""
    names = [each.file_name or "without a name" for each in message.attachments]
    subject = " ".join((message.subject or "").replace("\0", "").split())
    return plain, html, names, subject, message.sent_date
