"""Sending over SMTP: one connection for many messages, each handed over within a time limit.

What to do after a failure is decided elsewhere; the server's address is read in smtp_url.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from tracker.mail.outcomes import DeliveryFailure, PermanentFailure, TemporaryFailure
from tracker.mail.smtp_connection import Connection, Reply
from tracker.mail.smtp_url import parse_smtp_url
from tracker.mail.wire import Envelope, do_nothing, envelope_of
from tracker.policy.errors import InvalidInput

TIMEOUT_SECONDS = 30.0
_LONGEST_REPLY = 500
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_CLOSING = 421
_ABOUT_US = (_CLOSING, 530, 534, 535, 538)
"""Replies about the service or our log-in, whatever the message (RFC 5321, RFC 4954)."""


class SmtpSender:
    """Hands messages to the server of a URL such as "smtp://user:password@host:587".

    As a context it keeps its connection for the next message, and opens it anew where the server
    has closed it meanwhile. ``timeout`` is in seconds and holds for one whole message, connecting
    included. One sender serves one thread. Raises InvalidInput for a URL that cannot be used.
    """

    def __init__(self, url: str, timeout: float = TIMEOUT_SECONDS) -> None:
        self._address = parse_smtp_url(url)
        self._timeout = timeout
        self._connection: Connection | None = None
        self._is_kept = False
        try:
            self._tls = ssl.create_default_context(cafile=self._address.cafile)
        except OSError as error:
            raise InvalidInput(
                "The file that cafile names in TRACKER_SMTP_URL holds no certificates (PEM)."
            ) from error

    def __enter__(self) -> Self:
        self._is_kept = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_kept = False
        self._close(politely=error is None)

    def send(
        self, message: EmailMessage | Envelope, meanwhile: Callable[[], None] = do_nothing
    ) -> None:
        """Returns once the server has taken the message; ``meanwhile`` is called while it thinks.

        Raises TemporaryFailure for 4xx, for a connection refused, dropped or too slow, and for
        what is wrong with the server or our log-in rather than with the message;
        PermanentFailure for 5xx. After a connection lost past DATA the server may have the
        message all the same: by its Message-ID the second copy is recognisably the same.
        """
        envelope = envelope_of(message)
        try:
            self._exchange(envelope, time.monotonic() + self._timeout, meanwhile)
        except DeliveryFailure:
            raise
        except OSError as error:
            self._close()
            raise TemporaryFailure(self._in_words(error)) from error
        except BaseException:
            self._close()  # Interrupted half-way, it is of no use to the next message.
            raise
        finally:
            if not self._is_kept:
                self._close(politely=True)

    def begin(self, envelope: Envelope) -> None:
        """Names the next message to the server while its answers are not needed yet."""
        if self._connection is None or not self._is_kept:
            return
        try:
            self._connection.begin_ahead(envelope)
        except OSError:
            self._close()  # send() opens a new one.

    def _exchange(self, envelope: Envelope, deadline: float, meanwhile: Callable[[], None]) -> None:
        connection, reply = self._begin(envelope, deadline)
        self._check(reply)
        self._check(connection.name_recipient())
        self._check(connection.announce(), wanted=3)
        connection.write(envelope)
        meanwhile()
        self._check(connection.read_outcome())

    def _begin(self, envelope: Envelope, deadline: float) -> tuple[Connection, Reply]:
        """Starts on the kept connection; on a new one where there is none, or where the kept one
        turns out to be closed, which is safe as long as nothing was handed over."""
        if self._connection:
            self._connection.set_deadline(deadline)
            try:
                reply = self._connection.begin(envelope)
                if reply[0] != _CLOSING:
                    return self._connection, reply
            except (smtplib.SMTPServerDisconnected, ConnectionError):
                pass
            self._close()
        self._connection = self._connect(deadline)
        return self._connection, self._connection.begin(envelope)

    def _connect(self, deadline: float) -> Connection:
        try:
            return Connection(self._address, self._tls, deadline)
        except OSError as error:
            raise TemporaryFailure(self._in_words(error), is_server_wide=True) from error

    def _check(self, reply: Reply, *, wanted: int = 2) -> None:
        """Raises what a reply other than 2xx means (3xx, where that is wanted), and leaves the
        connection fit for the next message or closed."""
        code, words = reply
        if code // 100 == wanted:
            return
        text = _readable(code, words)
        if code in _ABOUT_US:
            self._close()
            raise TemporaryFailure(text, is_server_wide=True)
        if self._connection and not self._connection.forget_message():
            self._close()
        raise PermanentFailure(text) if code >= 500 else TemporaryFailure(text)

    def _close(self, *, politely: bool = False) -> None:
        connection, self._connection = self._connection, None
        if connection:
            connection.close(politely=politely)

    def _in_words(self, error: OSError) -> str:
        where = self._address.where
        if isinstance(error, smtplib.SMTPResponseException):
            return _readable(error.smtp_code, error.smtp_error)
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return f"{where} did not answer within {self._timeout:g} seconds."
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"The certificate of {where} cannot be trusted: {error.verify_message}."
        if isinstance(error, socket.gaierror):
            return f"No server is known by the name of {self._address.host}."
        if isinstance(error, ConnectionRefusedError):
            return f"{where} refused the connection."
        if isinstance(error, (smtplib.SMTPServerDisconnected, ConnectionError)):
            return f"{where} closed the connection."
        return f"{where}: {error.strerror or error}"


def _readable(code: int, words: bytes | str) -> str:
    """A reply on one line and of bounded length: "550 5.1.1 No such mailbox"."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {_UNPRINTABLE.sub(' ', text)}".strip()[:_LONGEST_REPLY]
