"""The command `inbound`: a listener by LMTP or SMTP for replies to reminders and returned mail.

Nothing listens unless it is started; what a mail means is services/take_mail.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import signal
from typing import Any
from urllib.parse import urlsplit

import click
import structlog

from tracker.cli.installation import open_installation
from tracker.config import Settings
from tracker.db import Database
from tracker.mail.senders import sender_from
from tracker.policy.errors import InvalidInput, TrackerError
from tracker.services.sweep_settings import send_settings
from tracker.services.take_mail import MOST_BYTES, is_ours, take_mail

log = structlog.get_logger(__name__)


@click.command("inbound")
def inbound_command() -> None:
    """Take in replies to reminders and mail that came back, until Ctrl-C."""
    with open_installation() as (settings, database):
        if settings.reply_address is None:
            raise InvalidInput(
                "Set TRACKER_REPLY_ADDRESS to the address at which people may answer, such as "
                "reply@tracker.example.org; then reminders name it and this command listens."
            )
        asyncio.run(_listen(settings, database))


async def _listen(settings: Settings, database: Database) -> None:
    from aiosmtpd.lmtp import LMTP
    from aiosmtpd.smtp import SMTP

    parts = urlsplit(settings.inbound)
    protocol = LMTP if parts.scheme == "lmtp" else SMTP
    loop = asyncio.get_running_loop()
    handler = Handler(settings, database)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    try:
        server = await loop.create_server(
            lambda: protocol(handler, data_size_limit=MOST_BYTES, ident="tracker", loop=loop),
            parts.hostname,
            parts.port or 0,
        )
    except OSError as error:
        raise InvalidInput(
            f"Nothing can listen at {settings.inbound} ({error.strerror}); "
            "set TRACKER_INBOUND to a free port."
        ) from error
    click.echo(f"Taking in mail at {settings.inbound}. Ctrl-C ends it.")
    await stopping.wait()
    server.close()


class Handler:
    """What aiosmtpd calls. Mail to other addresses is refused: this is no relay."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        """Takes our own address, with a token or without, and that of returned mail."""
        if not is_ours(address, send_settings(self._settings)):
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Takes the mail in, in a thread of its own; a database that does not answer has it
        handed in again later."""
        recipients = tuple(envelope.rcpt_tos)
        content = envelope.original_content or envelope.content
        try:
            taken = await asyncio.to_thread(self._take, content, recipients)
        except TrackerError:
            return "451 4.3.0 Try again later"
        except Exception as error:  # One mail that cannot be read must not come back for days.
            log.error("mail set aside", kind=type(error).__name__)
            return "250 Taken"
        log.info("mail taken in", what=taken)
        return "250 Taken"

    def _take(self, content: bytes, recipients: tuple[str, ...]) -> str:
        settings = self._settings
        sender = sender_from(settings.smtp_url, settings.outbox)
        now = dt.datetime.now(dt.UTC)
        sends = send_settings(settings)
        return take_mail(self._database, content, recipients, sender, sends, now=now)
