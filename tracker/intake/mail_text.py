"""Mail (.eml, .mht): body, plain or HTML, subject, date. Attachments are named, not opened."""

from __future__ import annotations

import datetime as dt
import email.policy
import re
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from tracker.intake.decode import decode
from tracker.intake.document import Mail
from tracker.intake.errors import EmptyFile
from tracker.intake.html_text import html_to_text

_MAIL_ONLY = re.compile(
    rb"^(?:MIME-Version|Message-ID|Received|Return-Path|Delivered-To|Content-Type|X-[A-Za-z-]{2,40}):",
    re.IGNORECASE | re.MULTILINE,
)
_SAVED_PAGE = re.compile(rb"^From:\s*<Saved by ", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?")


def is_mail(data: bytes) -> bool:
    """The file begins with the fields of a mail, not only with From, To and Subject as memos do."""
    head = re.split(rb"\r?\n\r?\n", data[:32_768].lstrip(), maxsplit=1)[0]
    return _FIELD.match(head) is not None and _MAIL_ONLY.search(head) is not None


def read_mail(data: bytes) -> Mail:
    """A mail as read; the plain body is preferred to the HTML one. Raises EmptyFile."""
    message = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(data)
    parts = [part for part in message.walk() if not part.is_multipart()]
    texts = [part for part in parts if _is_body(part)]
    plain = [part for part in texts if part.get_content_type() == "text/plain"]
    chosen = plain or [part for part in texts if part.get_content_type() == "text/html"]
    pieces: list[str] = []
    warnings: list[str] = []
    encoding = "utf-8"
    for part in chosen:
        text, encoding, more = _content(part)
        pieces.append(html_to_text(text) if part.get_content_type() == "text/html" else text)
        warnings += more
    text = "\n".join(piece for piece in pieces if piece.strip())
    names = [str(part.get_filename()) for part in parts if part.get_filename()]
    if not text.strip():
        hint = f" Hand in its attachment by itself: {', '.join(names)}." if names else ""
        raise EmptyFile(f"This mail holds no text.{hint}")
    if names:
        warnings.append(
            f"Attachments were not read: {', '.join(names)}. Hand them in by themselves."
        )
    if _SAVED_PAGE.search(data[:4096]):  # The browser wrote its fields, on the day of saving.
        return Mail(text, encoding, tuple(warnings))
    return Mail(text, encoding, tuple(warnings), _field(message, "Subject"), _sent(message))


def _field(message: EmailMessage, name: str) -> str:
    """A field on one line, "" where the mail has none that can be read."""
    try:
        return " ".join(str(message[name] or "").replace("\0", "").split())
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        return ""  # The parser of the standard library fails on some malformed fields.


def _sent(message: EmailMessage) -> dt.datetime | None:
    try:
        return parsedate_to_datetime(_field(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _is_body(part: EmailMessage) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return is_text and part.get_content_disposition() != "attachment"


def _content(part: EmailMessage) -> tuple[str, str, tuple[str, ...]]:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(payload).encode("utf-8", "replace")
    charset = (part.get_content_charset() or "").lower()
    if charset and charset not in ("us-ascii", "ascii", "unknown-8bit", "iso-8859-1"):
        try:
            return data.decode(charset), charset, ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)
