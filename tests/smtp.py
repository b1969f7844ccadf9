"""A real mail server for tests, that takes messages or misbehaves as it is told.

In a test it runs in a thread (`with SmtpServer() as server`); `python -m tests.smtp --journal
FILE` runs it as a process that prints its port and outlives what is killed beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import email.policy
import json
import logging
import signal
import ssl
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path
from typing import Any, Literal, Self, get_args

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

CERTIFICATE = Path(__file__).parent / "tls" / "localhost.pem"

Behaviour = Literal[
    "accept",  # 250, and the message is kept.
    "temporary",  # 450 to the recipient.
    "permanent",  # 550 to the recipient.
    "permanent_yet_asking",  # 550 to the recipient, and 354 to DATA all the same.
    "temporary_after_data",  # 451 to the message.
    "permanent_after_data",  # 554 to the message.
    "unavailable",  # 421 to the recipient, and the connection is closed.
    "stall",  # The message is read and never answered.
    "stall_after_accept",  # The same, but the message is kept.
    "drop",  # The connection is closed after DATA without an answer.
    "drop_after_accept",  # The same, but the message is kept.
]
_AT_RECIPIENT = {
    "temporary": "450 4.2.1 Mailbox busy, try again later",
    "permanent": "550 5.1.1 No such mailbox here",
    "unavailable": "421 4.3.2 Shutting down",
}
_AFTER_DATA = {
    "temporary_after_data": "451 4.3.0 Local error in processing",
    "permanent_after_data": "554 5.7.1 Message refused by policy",
}


@dataclass(frozen=True)
class Received:
    """A message the server has taken, with its envelope and the number of its connection."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    connection: int
    is_utf8: bool = False
    is_encrypted: bool = False

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        parsed = BytesParser(policy=email.policy.default).parsebytes(self.content)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


class SmtpServer:
    """Listens on 127.0.0.1 at a free port unless told otherwise.

    ``behaviour`` is for all recipients that ``behaviours`` does not name; both may be changed
    while it runs. ``messages`` are those taken, ``connections`` counts sessions. ``tls`` is
    "starttls" (offered), "starttls_required" or "implicit"; ``accounts`` (user → password) makes
    it offer a log-in, after TLS only. ``journal`` gets a line of JSON for each message before
    it is answered.
    """

    def __init__(
        self,
        behaviour: Behaviour = "accept",
        *,
        port: int = 0,
        tls: Literal["starttls", "starttls_required", "implicit"] | None = None,
        accounts: dict[str, str] | None = None,
        offers_utf8: bool = True,
        offers_pipelining: bool = True,
        journal: Path | None = None,
    ) -> None:
        self.behaviour: Behaviour = behaviour
        self.behaviours: dict[str, Behaviour] = {}
        self.messages: list[Received] = []
        self.connections = 0
        self.logins: list[str] = []
        self.port = port
        self._tls = tls
        self._accounts = accounts or {}
        self._offers_utf8 = offers_utf8
        self.offers_pipelining = offers_pipelining
        self._journal = journal
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._sessions: set[SMTP] = set()

    @property
    def url(self) -> str:
        """What goes into TRACKER_SMTP_URL, without a log-in."""
        return f"{'smtps' if self.is_encrypted_throughout else 'smtp'}://127.0.0.1:{self.port}"

    @property
    def is_encrypted_throughout(self) -> bool:
        return self._tls == "implicit"

    def start(self) -> Self:
        """Listens when it returns; ``port`` is then the real one."""
        self._thread.start()
        self._run(self._listen())
        return self

    def stop(self) -> None:
        """Ends every session, at once, and gives up the port."""
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def close_sessions(self) -> None:
        """Hangs up on everybody connected, as an idle server does; goes on listening."""
        self._run(self._hang_up())

    def behaviour_for(self, recipient: str) -> Behaviour:
        return self.behaviours.get(recipient, self.behaviour)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _listen(self) -> None:
        self._stopped = asyncio.Event()
        context = _tls_context() if self._tls else None
        self._server = await self._loop.create_server(
            lambda: self._session(context),
            "127.0.0.1",
            self.port,
            ssl=context if self.is_encrypted_throughout else None,
        )
        self.port = self._server.sockets[0].getsockname()[1]

    def _session(self, context: ssl.SSLContext | None) -> SMTP:
        self.connections += 1
        session = SMTP(
            _Handler(self, self.connections),
            hostname="mail.example.org",
            loop=self._loop,
            enable_SMTPUTF8=self._offers_utf8,
            tls_context=None if self.is_encrypted_throughout else context,
            require_starttls=self._tls == "starttls_required",
            authenticator=self._authenticate if self._accounts else None,
            auth_require_tls=self._tls is not None and not self.is_encrypted_throughout,
        )
        self._sessions.add(session)
        return session

    def _authenticate(self, *arguments: Any) -> AuthResult:
        data = arguments[-1]
        user, password = data.login.decode(), data.password.decode()
        is_known = self._accounts.get(user) == password
        if is_known:
            self.logins.append(user)
        return AuthResult(success=is_known, handled=is_known)

    async def _hang_up(self) -> None:
        sessions, self._sessions = self._sessions, set()
        for session in sessions:
            if session.transport:
                session.transport.abort()
        await asyncio.sleep(0.01)

    async def _end(self) -> None:
        self._stopped.set()
        self._server.close()
        await self._hang_up()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _keep(self, received: Received) -> None:
        self.messages.append(received)
        if self._journal:
            head = BytesHeaderParser().parsebytes(received.content)
            line = {
                "message_id": str(head["Message-ID"]),
                "recipient": received.recipients[0],
                "bytes": len(received.content),
            }
            with self._journal.open("a", encoding="utf-8") as journal:
                journal.write(json.dumps(line) + "\n")


class _Handler:
    """What aiosmtpd calls for one session."""

    def __init__(self, owner: SmtpServer, connection: int) -> None:
        self._owner = owner
        self._connection = connection

    async def handle_EHLO(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        offers = ["250-PIPELINING"] if self._owner.offers_pipelining else []
        return [*responses[:1], *offers, *responses[1:]]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        behaviour = self._owner.behaviour_for(address)
        if behaviour == "unavailable":
            await server.push(_AT_RECIPIENT[behaviour])
            server.transport.close()
        elif behaviour == "permanent_yet_asking":
            envelope.rcpt_tos.append(address)
            return _AT_RECIPIENT["permanent"]
        elif behaviour in _AT_RECIPIENT:
            return _AT_RECIPIENT[behaviour]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        behaviour = self._owner.behaviour_for(envelope.rcpt_tos[0])
        if behaviour in ("accept", "permanent_yet_asking") or behaviour.endswith("_after_accept"):
            self._owner._keep(self._received(session, envelope))
        if behaviour.startswith("stall"):
            await self._owner._stopped.wait()
        if behaviour.startswith("drop"):
            server.transport.abort()
        return _AFTER_DATA.get(behaviour, "250 Taken")

    def _received(self, session: Session, envelope: Envelope) -> Received:
        return Received(
            sender=envelope.mail_from,
            recipients=tuple(envelope.rcpt_tos),
            content=envelope.original_content,
            connection=self._connection,
            is_utf8=bool(envelope.smtp_utf8),
            is_encrypted=session.ssl is not None or self._owner.is_encrypted_throughout,
        )


def read_journal(path: Path) -> list[dict[str, Any]]:
    """The messages a server process has taken so far, in order."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _tls_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.smtp", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--journal", type=Path, required=True)
    parser.add_argument("--behaviour", choices=get_args(Behaviour), default="accept")
    parser.add_argument(
        "--for",
        dest="exceptions",
        action="append",
        default=[],
        metavar="ADDRESS=BEHAVIOUR",
        help="how to treat one recipient; may be given often",
    )
    return parser.parse_args()


def main() -> None:
    """Serves until it is told to end, after printing its port."""
    arguments = _read_arguments()
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    server = SmtpServer(arguments.behaviour, port=arguments.port, journal=arguments.journal)
    server.behaviours.update(entry.rsplit("=", 1) for entry in arguments.exceptions)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with server:
        print(server.port, flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
