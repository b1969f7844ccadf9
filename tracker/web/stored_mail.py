"""Mails that were put into the outbox folder, as pages show them and as files. No SQL here."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage

from flask import Response, request

from tracker.mail.senders import find_stored
from tracker.models import Reminder, ReportMail
from tracker.policy.errors import NotFound
from tracker.web.context import settings

_HEADERS = ("From", "To", "Subject", "Date", "Message-ID")


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail's headers as (name, words), and its text part."""

    headers: list[tuple[str, str]]
    text: str


def stored(mail: Reminder | ReportMail) -> bytes | None:
    """Its bytes; None for what was not sent, or went to a mail server."""
    if settings().smtp_url or mail.state != "sent":
        return None
    return find_stored(settings().outbox, mail.message_id)


def require_stored(mail: Reminder | ReportMail, *, may_read: bool) -> bytes:
    """Its bytes; raises NotFound, alike for what is not there and what is not theirs."""
    content = stored(mail) if may_read else None
    if content is None:
        raise NotFound("There is no such mail in the outbox folder, or it is not yours to read.")
    return content


def show_stored(content: bytes) -> Shown:
    """What a page shows of it."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - What that policy makes.
    part = message.get_body(("plain",))
    return Shown(
        [(name, str(message[name])) for name in _HEADERS if message[name]],
        part.get_content() if part else "",
    )


def as_file(content: bytes, name: str) -> Response:
    """The same as a file, which mail programs open."""
    disposition = f'attachment; filename="{name}"'
    return Response(
        content, content_type="message/rfc822", headers={"Content-Disposition": disposition}
    )


def page_number() -> int:
    """The page of the list that the address asks for."""
    text = request.args.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1
