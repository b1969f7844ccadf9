"""Mails the link with which somebody chooses a password, where mail is set up.

Called after the transaction that made the link; no transaction is open here.
"""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from tracker.config import Settings
from tracker.mail import Link, render_notice
from tracker.mail.senders import Sender, sender_from
from tracker.services.manage_accounts import IssuedLink
from tracker.services.one_time_links import RESET
from tracker.services.sign_in import hash_token


def address_of_link(link: IssuedLink, base_url: str) -> str:
    """The link's address, from the configured base address and never from a request."""
    return f"{base_url}/{'reset' if link.purpose == RESET else 'invitation'}/{link.token}"


def send_link(
    link: IssuedLink, settings: Settings, *, now: dt.datetime, sender: Sender | None = None
) -> None:
    """Hands the mail over. Raises Unavailable where the mail server does not take it, InvalidInput
    for an address that is none."""
    contact = link.account.contact
    is_reset = link.purpose == RESET
    host = urlsplit(settings.base_url).hostname or "localhost"
    message = render_notice(
        recipient_name=contact.full_name,
        recipient_address=link.account.login,
        sender=settings.mail_from,
        subject="Choose a new password" if is_reset else "You are invited to the Dialogue Tracker",
        paragraphs=_RESET if is_reset else _INVITATION,
        message_id=f"<{hash_token(link.token)[:32]}@{host}>",
        sent_at=now,
        link=Link("Choose a password", address_of_link(link, settings.base_url)),
    )
    with sender or sender_from(settings.smtp_url, settings.outbox) as open_sender:
        open_sender.send(message)


_RESET = (
    "Somebody, most likely you, asked for a new password for your account in the Dialogue Tracker.",
    "The link works once and for two hours. If it was not you, do nothing: your password stays.",
)
_INVITATION = (
    "You have been given an account in the Dialogue Tracker, where the tasks of your dialogues "
    "are followed up.",
    "Choose a password with the link; it works once and for seven days.",
)
