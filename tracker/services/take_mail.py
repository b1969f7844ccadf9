"""Takes in a mail that came to the tracker's own address, whichever way it came: a reply, a
delivery report, or neither.

Committed first, answered then; no transaction is open while a mail server is spoken to.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict

import structlog
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.db import Database
from tracker.mail import render_notice
from tracker.mail.bounces import read_bounces
from tracker.mail.outcomes import DeliveryFailure
from tracker.mail.replies import Reply, read_reply
from tracker.mail.senders import Sender
from tracker.models import TakenMail
from tracker.services.prepare_reminders import SendSettings
from tracker.services.take_bounce import take_bounces
from tracker.services.take_reply import Receipt, apply_reply

MOST_BYTES = 1_000_000
_REMEMBERED = dt.timedelta(days=120)
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
    """What it was taken for: "bounce", "reply", "unclear" (and answered) or "ignored". Each acts
    once: when the function returns, all that it called for is committed, and the same mail again
    does nothing but be answered where that was left undone. Raises Unavailable where the database
    does not answer, so that the mail is handed in once more."""
    bounces = read_bounces(content)
    if bounces:
        with database.transaction() as session:
            return "bounce" if take_bounces(session, bounces, now=now) else "ignored"
    reply = read_reply(content, recipients)
    if reply is None:
        return "ignored"
    key = _key_of(reply, content)
    with database.transaction() as session:
        if _is_first(session, key, now):
            receipt = apply_reply(session, reply, settings.secret_key, settings.ceiling, now=now)
            if receipt is None:
                session.rollback()
                return "ignored"
            _keep(session, key, receipt)
        else:
            receipt = _kept(session, key)
    if receipt is None or not receipt.unclear:
        return "reply"
    _answer(receipt, key[:32], sender, settings, now)
    with database.transaction() as session:
        session.get_one(TakenMail, key).answered_at = now
    return "unclear"


def is_ours(address: str, settings: SendSettings) -> bool:
    """Whether it is the address for replies, with a token (RFC 5233) or without, or the one that
    our mails come from, to which they return."""
    local_part, _, domain = address.lower().rpartition("@")
    plain = f"{local_part.partition('+')[0]}@{domain}"
    sender = settings.mail_from.rpartition("<")[2].rstrip("> ").lower()
    return plain in ((settings.reply_address or "").lower(), sender)


def _key_of(reply: Reply, content: bytes) -> str:
    """The same for a reply that comes again, by whatever way; some have no id."""
    said = "\n".join((reply.sender, reply.message_id, *reply.lines)).encode("utf-8", "replace")
    return hashlib.sha256(said if reply.message_id else content).hexdigest()


def _is_first(session: Session, key: str, now: dt.datetime) -> bool:
    """Notes that the mail is taken in; False where it was before."""
    session.execute(delete(TakenMail).where(TakenMail.at < now - _REMEMBERED))
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgresql else sqlite.insert
    statement = insert(TakenMail).values(key=key, at=now).on_conflict_do_nothing()
    return session.execute(statement.returning(TakenMail.key)).first() is not None


def _keep(session: Session, key: str, receipt: Receipt) -> None:
    if receipt.unclear:
        session.get_one(TakenMail, key).unclear = asdict(receipt)


def _kept(session: Session, key: str) -> Receipt | None:
    """What was unclear in a mail that came before and has not been answered."""
    taken = session.get_one(TakenMail, key)
    if taken.unclear is None or taken.answered_at is not None:
        return None
    return Receipt(**taken.unclear)  # type: ignore[arg-type]  # As _keep put it there.


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
