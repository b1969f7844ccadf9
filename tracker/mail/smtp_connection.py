"""One connection to a mail server: encrypted, logged in, and never slower than its time limit.

What a reply means for a message is decided in smtp.
"""

from __future__ import annotations

import io
import re
import smtplib
import socket
import ssl
import time
from functools import lru_cache
from smtplib import quoteaddr
from typing import Any

from tracker.mail.outcomes import PermanentFailure, TemporaryFailure
from tracker.mail.smtp_url import SmtpServerAddress
from tracker.mail.wire import Envelope

Reply = tuple[int, bytes]
_GO_AHEAD = 354
_LEADING_DOT = re.compile(rb"(?m)^\.")  # RFC 5321, 4.5.2.


class Connection:
    """A session with a server. ``deadline`` is of time.monotonic() and can be set anew for each
    message; past it whatever is under way ends with TimeoutError or SMTPServerDisconnected.

    All methods may raise OSError, which smtplib's exceptions are.
    """

    def __init__(self, address: SmtpServerAddress, tls: ssl.SSLContext, deadline: float) -> None:
        self._pipelines, self._awaited, self._recipient = False, 0, ""
        self._begun: Envelope | None = None
        if address.is_tls:
            self.smtp: _Timed = _TimedTls(
                address.host, address.port, deadline=deadline, context=tls
            )
        else:
            self.smtp = _Timed(address.host, address.port, deadline=deadline)
        try:
            self._greet(address, tls)
            self._pipelines = self.smtp.has_extn("pipelining")
        except BaseException:
            self.close()
            raise

    def set_deadline(self, deadline: float) -> None:
        """Gives the session until then, by time.monotonic()."""
        self.smtp.deadline = deadline

    def begin_ahead(self, envelope: Envelope) -> None:
        """Sends what begin would send, so that the server can think meanwhile; not where commands
        must go one by one. Only this very message can follow."""
        if self._pipelines and not self._awaited and not envelope.needs_utf8:
            self._name(envelope)
            self._begun = envelope

    def begin(self, envelope: Envelope) -> Reply:
        """MAIL FROM; where the server lets commands be sent together (RFC 2920), RCPT TO and DATA
        with it. Raises PermanentFailure where the address needs SMTPUTF8 and the server has none,
        SMTPServerDisconnected where another message was begun ahead.
        """
        begun, self._begun = self._begun, None
        if begun is envelope:
            return self._read()
        if begun is not None:
            raise smtplib.SMTPServerDisconnected("The session waits for another message.")
        words = self._name(envelope)
        return self._read() if self._pipelines else self._ask(words)

    def _name(self, envelope: Envelope) -> str:
        """The command that begins; sent already, with those after it, where it can be."""
        options = [f"SIZE={len(envelope.content)}"] if self.smtp.has_extn("size") else []
        if envelope.needs_utf8:
            if not self.smtp.has_extn("smtputf8"):
                raise PermanentFailure(
                    "The mail server takes no address with letters outside ASCII before its @."
                )
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        self.smtp.command_encoding = "utf-8" if envelope.needs_utf8 else "ascii"
        words = " ".join((f"MAIL FROM:{quoteaddr(envelope.sender)}", *options))
        self._recipient = f"RCPT TO:{quoteaddr(envelope.recipient)}"
        if self._pipelines:
            self.smtp.send(f"{words}\r\n{self._recipient}\r\nDATA\r\n")
            self._awaited = 3
        return words

    def name_recipient(self) -> Reply:
        """RCPT TO."""
        return self._read() if self._pipelines else self._ask(self._recipient)

    def announce(self) -> Reply:
        """DATA; the reply is 354 where the message may follow."""
        return self._read() if self._pipelines else self._ask("DATA")

    def write(self, envelope: Envelope) -> None:
        """The message, up to its end."""
        end = b".\r\n" if envelope.content.endswith(b"\r\n") else b"\r\n.\r\n"
        self.smtp.send(_LEADING_DOT.sub(b"..", envelope.content) + end)
        self._awaited = 1

    def read_outcome(self) -> Reply:
        """The reply to the message."""
        return self._read()

    def forget_message(self) -> bool:
        """RSET; whether the session is fit for another message."""
        try:
            while self._awaited:
                if self._read()[0] == _GO_AHEAD:
                    return False  # It waits for a message that must not be sent.
            return self.smtp.rset()[0] == 250
        except OSError:
            return False

    def _ask(self, command: str) -> Reply:
        self.smtp.putcmd(command)
        self._awaited = 1
        return self._read()

    def _read(self) -> Reply:
        self._awaited -= 1
        return self.smtp.getreply()

    def close(self, *, politely: bool = False) -> None:
        """Ends the session, with QUIT if ``politely``; raises nothing. A message that was begun and
        not sent is none: the server drops it with the connection."""
        try:
            if politely and self._begun is None:
                self.smtp.quit()
        except OSError:
            pass  # The message was taken; how the server parts is its affair.
        finally:
            self.smtp.close()

    def _greet(self, address: SmtpServerAddress, tls: ssl.SSLContext) -> None:
        self.smtp.ehlo_or_helo_if_needed()
        if not address.is_tls and address.starttls != "never":
            if self.smtp.has_extn("starttls"):
                self.smtp.starttls(context=tls)
                self.smtp.ehlo_or_helo_if_needed()
            elif address.starttls == "required":
                raise TemporaryFailure(
                    f"{address.where} offers no STARTTLS, so nothing was sent in clear. "
                    "Use smtps:// in TRACKER_SMTP_URL, or a server that offers it.",
                    is_server_wide=True,
                )
        if address.user is not None:
            self.smtp.login(address.user, address.password)


class _Timed(smtplib.SMTP):
    """smtplib, whose own time limit starts afresh with each packet, under one deadline."""

    def __init__(self, host: str, port: int, *, deadline: float, **rest: Any) -> None:
        self.deadline = deadline
        super().__init__(host, port, _own_name(), timeout=self.seconds_left(), **rest)

    def seconds_left(self) -> float:
        """Raises TimeoutError past the deadline."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return left

    def send(self, s: Any) -> None:
        """Sends within the seconds that are left."""
        if self.sock:
            self.sock.settimeout(self.seconds_left())
        super().send(s)

    def getreply(self) -> Reply:
        """Waits for an answer no longer than the seconds that are left."""
        if self.file is None and self.sock:
            self.file = io.BufferedReader(_TimedReader(self))
        return super().getreply()


class _TimedTls(_Timed, smtplib.SMTP_SSL):
    """The same over a connection encrypted from its first byte."""


class _TimedReader(io.RawIOBase):
    """Reads a session's socket until its deadline, however slowly the bytes come."""

    def __init__(self, session: _Timed) -> None:
        self._session = session

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        socket_ = self._session.sock
        if socket_ is None:
            return 0
        socket_.settimeout(self._session.seconds_left())
        return socket_.recv_into(buffer)


@lru_cache(maxsize=1)
def _own_name() -> str:
    """What we call ourselves in EHLO; looked up once, since the look-up can be slow."""
    name = socket.getfqdn()
    return name if "." in name and name.isascii() else "[127.0.0.1]"
