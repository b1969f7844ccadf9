"""Digests and short notices as messages: headers, a text part and an HTML part that say the same.

Nothing is sent and nothing is read but templates; words of a digest are chosen in wording.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from tracker.mail.addresses import mailbox, parse_mailbox, refuse_line_breaks
from tracker.mail.attach import boundary_of
from tracker.mail.bars import Bars
from tracker.mail.calendar import Due, write_calendar
from tracker.mail.digest import Digest
from tracker.mail.templates import Look, render_template
from tracker.mail.wire import Envelope
from tracker.mail.wording import view_digest
from tracker.mail.writer import write_file_part, write_header, write_multipart, write_text_part
from tracker.policy.errors import InvalidInput
from tracker.policy.markings import UNCLASSIFIED, Marking
from tracker.policy.reminder_calls import UNDATED
from tracker.policy.statuses import STATUS_WORDS

MOST_BYTES = 100_000
"""Gmail hides what stands beyond 102 kB of a message, the banner at the bottom included."""
_ROOMS = (45, 30, 15, 7, 3, 1)
_MOST_HEADERS = 4_000
_CALENDAR_TYPE = 'text/calendar; charset="utf-8"; method="PUBLISH"'


@dataclass(frozen=True, slots=True)
class Link:
    """The one link of a notice: its words and an absolute http or https address."""

    words: str
    url: str


def render_digest(digest: Digest, templates: Path | None = None) -> EmailMessage:
    """What write_digest writes, as a message to look at."""
    return write_digest(digest, templates).parse()


def write_digest(digest: Digest, templates: Path | None = None) -> Envelope:
    """The mail that a digest stands for, to its one recipient and below 100,000 bytes.

    A task above the digest's ceiling gives its number and link only; the banner is the join of
    what the mail shows. ``templates`` is a directory whose files take the place of ours.
    Rendered again, it is the same to the byte. Raises InvalidInput for line breaks in a name,
    address or id and for what is no mail address, ValueError for a digest without tasks.
    """
    if not digest.tasks and not digest.approvals:
        raise ValueError("a digest without tasks says nothing")
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
        look = Look(view.marking, view.subject, digest.recipient_name)
        parts = _text_parts("digest", look, {"view": view}, templates)
        size = _MOST_HEADERS + sum(map(len, parts))
        if size < MOST_BYTES:
            break
    calendar = _calendar(digest, host)
    if size + 2 * len(calendar) >= MOST_BYTES:
        calendar = b""
    noon = dt.datetime.combine(digest.day, dt.time(12), dt.UTC)
    return _write(
        sender=_sender(digest.sender),
        recipient=mailbox(digest.recipient_name, digest.recipient_address),
        subject=view.subject,
        message_id=digest.message_id,
        sent_at=digest.sent_at or noon,
        headers=headers,
        parts=parts,
        calendar=calendar,
    )


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
        if task.changed_at is not None
        and task.due_on != UNDATED
        and task.marking.is_within(digest.ceiling)
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
    charts: Sequence[Bars] = (),
) -> EmailMessage:
    """A short mail to one person (an invitation, a new password) in the look of the digests.

    ``sent_at`` is aware; ``marking`` is that of the paragraphs and of the ``charts`` that follow
    them, which the caller has weighed against the ceiling. ``unsubscribe_url`` is the address that
    ends such mails, where the person can do without them. Raises InvalidInput as
    ``render_digest``, for a line break in the subject, and for a link that is not http or https.
    """
    if link and urlsplit(link.url).scheme not in ("http", "https"):
        raise InvalidInput("A link in a mail must begin with http:// or https://.", field="link")
    look = Look(marking, refuse_line_breaks(subject, "subject"), recipient_name)
    values: dict[str, object] = {"paragraphs": paragraphs, "link": link, "charts": charts}
    written = _write(
        sender=_sender(sender),
        recipient=mailbox(recipient_name, recipient_address),
        subject=subject,
        message_id=message_id,
        sent_at=sent_at,
        headers=_unsubscribe(unsubscribe_url),
        parts=_text_parts("notice", look, values, templates),
    )
    return written.parse()


def _unsubscribe(url: str | None) -> dict[str, str]:
    """RFC 2369, 3.2, and for one click RFC 8058, 3.1, which asks for an https address."""
    if url is None:
        return {}
    headers = {"List-Unsubscribe": f"<{refuse_line_breaks(url, 'link')}>"}
    if urlsplit(url).scheme == "https":
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _write(
    *,
    sender: Address,
    recipient: Address,
    subject: str,
    message_id: str,
    sent_at: dt.datetime,
    headers: dict[str, str],
    parts: Sequence[bytes],
    calendar: bytes = b"",
) -> Envelope:
    """The whole message. Auto-Submitted is RFC 3834's word for mail nobody typed, and
    X-Auto-Response-Suppress Exchange's, so that no absence note comes back. Boundaries come from
    the Message-ID, so that a message written again after a crash is the same."""
    refuse_line_breaks(message_id, "message id")
    addresses = sender.addr_spec, recipient.addr_spec
    needs_utf8 = not "".join(addresses).isascii()
    head = {
        "From": str(sender),
        "To": str(recipient),
        "Subject": subject,
        "Date": format_datetime(sent_at),
        "Message-ID": message_id,
        **headers,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "MIME-Version": "1.0",
    }
    body = write_multipart("alternative", boundary_of(message_id), parts)
    if calendar:
        file = write_file_part(calendar, "due-dates.ics", _CALENDAR_TYPE)
        body = write_multipart("mixed", boundary_of(f"mixed {message_id}"), (body, file))
    written = [write_header(name, value, utf8=needs_utf8) for name, value in head.items()]
    return Envelope(*addresses, b"".join((*written, body)), message_id, needs_utf8)


def _text_parts(
    name: str, look: Look, values: dict[str, object], overrides: Path | None
) -> tuple[bytes, bytes]:
    """The text part and the HTML part. HTML goes as plain ASCII with character references, which
    no mail server on the way can spoil."""
    text = render_template(f"{name}.txt", look, values, overrides)
    html = render_template(f"{name}.html", look, values, overrides)
    html = html.encode("ascii", "xmlcharrefreplace").decode("ascii")
    return write_text_part("plain", text), write_text_part("html", html)


@lru_cache(maxsize=8)
def _sender(text: str) -> Address:
    return parse_mailbox(text)
