"""Bytes ─► text, whatever the file. What the text says is the business of ``tracker.cable``."""

from __future__ import annotations

import re

from tracker.intake.decode import blank_nul, decode
from tracker.intake.document import Document, Mail
from tracker.intake.docx_text import read_docx
from tracker.intake.errors import (
    DamagedFile,
    EmptyFile,
    FileTooLarge,
    IntakeError,
    NotText,
    UnsafeFile,
)
from tracker.intake.html_text import read_html
from tracker.intake.mail_head import head_of_mail
from tracker.intake.mail_text import is_mail, read_mail
from tracker.intake.outlook_text import read_outlook

__all__ = [
    "DamagedFile", "Document", "EmptyFile", "FileTooLarge", "IntakeError", "NotText", "UnsafeFile",
    "read_document",
]  # fmt: skip

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OUTLOOK = "application/vnd.ms-outlook"
_OTHER_FORMATS = (
    (b"%PDF", "This is a PDF file. Copy its text into a text file, or export it as DOCX or HTML."),
    (b"{\\rtf", "This is a rich text file (.rtf). Save it as .docx or plain text."),
    (b"Rar!", "This is an archive. Unpack it and hand in the document by itself."),
    (b"7z\xbc\xaf", "This is an archive. Unpack it and hand in the document by itself."),
    (b"\x1f\x8b", "This is an archive. Unpack it and hand in the document by itself."),
    (b"\x89PNG", "This is a picture. Hand in the text of the cable."),
    (b"\xff\xd8\xff", "This is a picture. Hand in the text of the cable."),
)  # fmt: skip
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(rb"<(?:p|div|br|pre|table|body|span)\b[^<>]{0,300}>", re.IGNORECASE)


def read_document(
    data: bytes, filename: str | None = None, *, max_bytes: int = 10_000_000
) -> Document:
    """The text of a file, told by its content before its name: plain, HTML, DOCX, mail, Outlook.

    ``max_bytes`` bounds the file. Raises subclasses of ``IntakeError`` that say what to do:
    ``FileTooLarge``, ``EmptyFile``, ``NotText``, ``UnsafeFile``, ``DamagedFile``.
    """
    if len(data) > max_bytes:
        raise FileTooLarge(
            f"The file has {len(data) / 1e6:.1f} MB; at most {max_bytes / 1e6:.1f} MB are read. "
            "Hand in the part with the cable."
        )
    if not data.strip(b" \t\r\n\f\v\0\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile("The file is empty. Choose the file that holds the cable's text.")
    for magic, message in _OTHER_FORMATS:
        if data.startswith(magic):
            raise NotText(message)
    return _with_text(_read(data, (filename or "").lower(), max_bytes))


def _read(data: bytes, name: str, max_bytes: int) -> Document:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        head, text, warnings = read_docx(data, max_bytes)
        return Document(head + text, "utf-8", DOCX, warnings, len(head))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _mail_document(read_outlook(data), OUTLOOK)
    if name.endswith((".eml", ".mht", ".mhtml")) or is_mail(data):
        return _mail_document(read_mail(data), "message/rfc822")
    named_html = name.endswith((".html", ".htm", ".xhtml")) and _HTML_TAG.search(data[:65_536])
    if named_html or _HTML.match(_ascii_head(data)):
        text, encoding, warnings = read_html(data)
        return Document(text, encoding, "text/html", warnings)
    text, encoding, warnings = decode(data)
    return Document(text, encoding, "text/plain", warnings)


def _mail_document(mail: Mail, media_type: str) -> Document:
    body = mail.text.replace("\r\n", "\n")
    head = head_of_mail(mail.subject, mail.sent, body.replace("\0", " "))
    text, noticed = blank_nul(head + body)  # Together, for the warning counts their lines.
    return Document(text, mail.encoding, media_type, mail.warnings + noticed, len(head))


def _ascii_head(data: bytes) -> bytes:
    """The beginning without a byte order mark and without the NULs of UTF-16."""
    return data[:8192].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")


def _with_text(document: Document) -> Document:
    if not document.text.strip():
        raise EmptyFile("The file holds no text. Choose the file that holds the cable's text.")
    return document
