"""Takes in a mail that came to the tracker's own address, whichever way it came: a reply, a
delivery report, or neither.

Committed first, answered then; no transaction is open while a mail server is spoken to.
"""

from __future__ import annotations

import datetime as dt
import hashlib

import structlog

from tracker.db import Database
from tracker.mail import render_notice
from tracker.mail.bounces import read_bounces
from tracker.mail.outcomes import DeliveryFailure
from tracker.mail.replies import read_reply
from tracker.mail.senders import Sender
from tracker.services.prepare_reminders import SendSettings
from tracker.services.take_bounce import take_bounces
from tracker.services.take_reply import Receipt, apply_reply

MOST_BYTES = 1_000_000
log = structlog.get_logger(__name__)


def take_mail(
    database: Database,
    content: bytes,
    recipients: tuple[str, ...],
    sender: Sender,
    settings: SendSettings,
    *,
    now: dt.datetime,
) -> str:
    """What it was taken for: "bounce", "reply", "unclear" (and answered) or "ignored". Raises
    Unavailable where the database does not answer, so that the mail is handed in once more."""
    bounces = read_bounces(content)
    if bounces:
        with database.transaction() as session:
            return "bounce" if take_bounces(session, bounces, now=now) else "ignored"
    reply = read_reply(content, recipients)
    if reply is None:
        return "ignored"
    with database.transaction() as session:
        receipt = apply_reply(session, reply, settings.secret_key, settings.ceiling, now=now)
    if receipt is None:
        return "ignored"
    if not receipt.unclear:
        return "reply"
    _answer(receipt, hashlib.sha256(content).hexdigest()[:32], sender, settings, now)
    return "unclear"


def _answer(
    receipt: Receipt, name: str, sender: Sender, settings: SendSettings, now: dt.datetime
) -> None:
    """Says what was understood. Marked as automatic, so that no machine answers it in turn; one
    that cannot be sent is let go, since the person has the links of the reminder too."""
    host = settings.base_url.partition("://")[2].partition("/")[0].partition(":")[0]
    done = receipt.done or ["Nothing was changed."]
    message = render_notice(
        recipient_name=receipt.name,
        recipient_address=receipt.address,
        sender=settings.mail_from,
        subject="Your reply was not understood in full",
        paragraphs=(
            *(f"Done: {words}" if receipt.done else words for words in done),
            *(f"Not understood: {words}" for words in receipt.unclear[:10]),
            "Write one line a task above the quoted mail: “17 done”, “17 +7 days”, "
            "“17 not mine”, or “17” and a remark. Or use the links in the reminder.",
        ),
        message_id=f"<reply-{name}@{host or 'localhost'}>",
        sent_at=now,
        templates=settings.templates,
    )
    try:
        with sender as opened:
            opened.send(message)
    except DeliveryFailure:
        log.warning("answer to a reply not sent")
