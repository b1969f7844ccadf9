"""Digests and short notices as messages: headers, a text part and an HTML part that say the same.

Nothing is sent and nothing is read but templates; words of a digest are chosen in wording.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from tracker.mail.addresses import mailbox, parse_mailbox, refuse_line_breaks
from tracker.mail.attach import attach
from tracker.mail.calendar import MEDIA_TYPE, Due, write_calendar
from tracker.mail.digest import Digest
from tracker.mail.templates import Look, render_template
from tracker.mail.wire import POLICY
from tracker.mail.wording import view_digest
from tracker.policy.errors import InvalidInput
from tracker.policy.markings import UNCLASSIFIED, Marking
from tracker.policy.statuses import STATUS_WORDS

MOST_BYTES = 100_000
"""Gmail hides what stands beyond 102 kB of a message, the banner at the bottom included."""
_ROOMS = (45, 30, 15, 7, 3, 1)
_LONGEST_LINE = 900  # RFC 5322, 2.1.1, allows 998.


@dataclass(frozen=True, slots=True)
class Link:
    """The one link of a notice: its words and an absolute http or https address."""

    words: str
    url: str


def render_digest(digest: Digest, templates: Path | None = None) -> EmailMessage:
    """The mail that a digest stands for, to its one recipient and below 100,000 bytes.

    A task above the digest's ceiling gives its number and link only; the banner is the join of
    what the mail shows. ``templates`` is a directory whose files take the place of ours.
    Rendered again, it is the same to the byte. Raises InvalidInput for line breaks in a name,
    address or id and for what is no mail address, ValueError for a digest without tasks.
    """
    if not digest.tasks:
        raise ValueError("a digest without tasks says nothing")
    noon = dt.datetime.combine(digest.day, dt.time(12), dt.UTC)
    host = urlsplit(digest.home_url).hostname or "localhost"
    headers = {
        "In-Reply-To": refuse_line_breaks(digest.thread_id, "thread id"),
        "References": digest.thread_id,
        "List-Id": f"Dialogue Tracker reminders <reminders.{host}>",
    }
    if digest.reply_to:
        headers["Reply-To"] = refuse_line_breaks(digest.reply_to, "address for replies")
    for room in _ROOMS:
        view = view_digest(digest, room)
        message = _message(
            sender=parse_mailbox(digest.sender),
            recipient=mailbox(digest.recipient_name, digest.recipient_address),
            subject=view.subject,
            message_id=digest.message_id,
            sent_at=digest.sent_at or noon,
            headers=headers,
        )
        look = Look(view.marking, view.subject, digest.recipient_name)
        _fill(message, "digest", look, {"view": view}, templates)
        if _size(message) < MOST_BYTES:
            break
    calendar = _calendar(digest, host)
    if calendar and _size(message) + 2 * len(calendar) < MOST_BYTES:
        attach(message, calendar, "due-dates.ics", MEDIA_TYPE)
    return message


def _calendar(digest: Digest, host: str) -> bytes:
    """The due dates of the tasks that the mail may show, as a file; b"" where there are none."""
    dues = [
        Due(
            task_id=task.task_id,
            number=task.number,
            due_on=task.due_on,
            url=task.url,
            revision=task.revision,
            changed_at=task.changed_at,
            title=task.title,
            words=f"{task.dialogue}. {STATUS_WORDS.get(task.status, task.status)}.",
        )
        for task in digest.tasks
        if task.changed_at is not None and task.marking.is_within(digest.ceiling)
    ]
    return write_calendar(dues, "Dialogue Tracker: due dates", host) if dues else b""


def render_notice(
    *,
    recipient_name: str,
    recipient_address: str,
    sender: str,
    subject: str,
    paragraphs: Sequence[str],
    message_id: str,
    sent_at: dt.datetime,
    link: Link | None = None,
    marking: Marking = UNCLASSIFIED,
    templates: Path | None = None,
    unsubscribe_url: str | None = None,
) -> EmailMessage:
    """A short mail to one person (an invitation, a new password) in the look of the digests.

    ``sent_at`` is aware; ``marking`` is that of the paragraphs, which the caller has weighed
    against the ceiling. ``unsubscribe_url`` is the address that ends such mails, where the
    person can do without them. Raises InvalidInput as ``render_digest``, for a line break in the
    subject, and for a link that is not http or https.
    """
    if link and urlsplit(link.url).scheme not in ("http", "https"):
        raise InvalidInput("A link in a mail must begin with http:// or https://.", field="link")
    message = _message(
        sender=parse_mailbox(sender),
        recipient=mailbox(recipient_name, recipient_address),
        subject=refuse_line_breaks(subject, "subject"),
        message_id=message_id,
        sent_at=sent_at,
        headers=_unsubscribe(unsubscribe_url),
    )
    look = Look(marking, subject, recipient_name)
    _fill(message, "notice", look, {"paragraphs": paragraphs, "link": link}, templates)
    return message


def _unsubscribe(url: str | None) -> dict[str, str]:
    """RFC 2369, 3.2, and for one click RFC 8058, 3.1, which asks for an https address."""
    if url is None:
        return {}
    headers = {"List-Unsubscribe": f"<{refuse_line_breaks(url, 'link')}>"}
    if urlsplit(url).scheme == "https":
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _message(
    *,
    sender: Address,
    recipient: Address,
    subject: str,
    message_id: str,
    sent_at: dt.datetime,
    headers: dict[str, str],
) -> EmailMessage:
    """A message without its parts. Auto-Submitted is RFC 3834's word for mail nobody typed, and
    X-Auto-Response-Suppress Exchange's, so that no absence note comes back."""
    message = EmailMessage(policy=POLICY)
    message["From"] = str(sender)
    message["To"] = str(recipient)
    message["Subject"] = subject
    message["Date"] = format_datetime(sent_at)
    message["Message-ID"] = refuse_line_breaks(message_id, "message id")
    for name, value in headers.items():
        message[name] = value
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    return message


def _fill(
    message: EmailMessage, name: str, look: Look, values: dict[str, object], overrides: Path | None
) -> None:
    """Adds the text part and the HTML part. The boundary comes from the Message-ID, so that a
    message rendered again after a crash is the same. HTML goes as plain ASCII with character
    references, which no mail server on the way can spoil."""
    text = render_template(f"{name}.txt", look, values, overrides)
    html = render_template(f"{name}.html", look, values, overrides)
    html = html.encode("ascii", "xmlcharrefreplace").decode("ascii")
    boundary = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:32]
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = f'multipart/alternative; boundary="=_{boundary}"'
    message.set_payload([_part("plain", text), _part("html", html)])


def _part(subtype: str, text: str) -> MIMEPart:
    is_plain = text.isascii() and all(len(line) < _LONGEST_LINE for line in text.splitlines())
    part = MIMEPart(policy=POLICY)
    part.set_content(text, subtype=subtype, cte="7bit" if is_plain else "quoted-printable")
    return part


def _size(message: EmailMessage) -> int:
    """Bytes of the encoded parts, with as much for headers as ours can take."""
    parts = message.get_payload()
    return 4_000 + sum(len(str(part.get_payload())) for part in parts if not isinstance(part, str))
