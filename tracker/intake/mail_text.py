"""Mail (.eml, .mht) as text: the body, plain or HTML. Attachments are named, not opened."""

from __future__ import annotations

import email.policy
import re
from email.message import EmailMessage
from email.parser import BytesParser

from tracker.intake.decode import decode
from tracker.intake.errors import EmptyFile
from tracker.intake.html_text import html_to_text

_MAIL_ONLY = re.compile(
    rb"^(?:MIME-Version|Message-ID|Received|Return-Path|Delivered-To|Content-Type|X-[A-Za-z-]{2,40}):",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?")


def is_mail(data: bytes) -> bool:
    """The file begins with the fields of a mail, not only with From, To and Subject as memos do."""
    head = re.split(rb"\r?\n\r?\n", data[:32_768].lstrip(), maxsplit=1)[0]
    return _FIELD.match(head) is not None and _MAIL_ONLY.search(head) is not None


def read_mail(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Text, encoding and warnings of a mail; the plain body is preferred to the HTML one."""
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
    return text, encoding, tuple(warnings)


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
