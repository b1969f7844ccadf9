"""Fetches mail over IMAP (RFC 3501): what is new in one folder, and how it is put away.

What a mail means is decided elsewhere. Errors come as Unavailable, in words without a password.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from tracker.mail.one_line import shorten
from tracker.policy.errors import InvalidInput, Unavailable
from tracker.policy.names import has_control_characters

TIMEOUT_SECONDS = 30.0
_EXAMPLE = "Write it as imaps://user:password@mail.example.org/INBOX."
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class ImapAddress:
    """A folder of a server. ``is_tls`` where the connection is encrypted from its first byte;
    otherwise it is encrypted by STARTTLS before anything is said."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    is_tls: bool = True
    cafile: Path | None = None

    @property
    def where(self) -> str:
        """For messages: "mail.example.org:993"."""
        return f"{self.host}:{self.port}"


def parse_imap_url(url: str) -> ImapAddress:
    """Reads "imaps://user:password@host:993/INBOX", or "imap://…" for STARTTLS, which is then
    required. ``?cafile=/path`` trusts an authority of one's own. User, password and folder are
    percent-encoded where they hold @, : or /. Raises InvalidInput."""
    try:
        parts = urlsplit(url.strip())
        port, options = parts.port, dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise _wrong("Its port or its options cannot be read.") from error
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not user or not password:
        raise _wrong("It needs imap:// or imaps://, a user, a password and a host.")
    said = user + password + folder
    if not said.isascii() or has_control_characters(url) or has_control_characters(said):
        raise _wrong("User, password and folder can have ASCII letters, digits and signs only.")
    cafile = Path(options.pop("cafile")) if "cafile" in options else None
    if options or (cafile is not None and not cafile.is_file()):
        raise _wrong("It knows the option cafile only, which names a file of certificates.")
    is_tls = parts.scheme == "imaps"
    return ImapAddress(
        parts.hostname, port or (993 if is_tls else 143), user, password, folder, is_tls, cafile
    )


class ImapFolder:
    """One folder, open while this is used as a context. All methods may raise Unavailable.

    A mail stays new until it is put away, so what is cut off in between is found again.
    """

    def __init__(self, address: ImapAddress, timeout: float = TIMEOUT_SECONDS) -> None:
        self._address = address
        self._timeout = timeout
        self._session: imaplib.IMAP4 | None = None

    def __enter__(self) -> Self:
        address = self._address
        try:
            tls = ssl.create_default_context(cafile=address.cafile)
            if address.is_tls:
                self._session = imaplib.IMAP4_SSL(
                    address.host, address.port, ssl_context=tls, timeout=self._timeout
                )
            else:
                self._session = imaplib.IMAP4(address.host, address.port, timeout=self._timeout)
                self._ask("starttls", tls)
            self._ask("login", address.user, address.password)
            self._ask("select", _quoted(address.folder))
        except BaseException as error:
            self._close()
            if isinstance(error, (OSError, imaplib.IMAP4.error)):
                raise Unavailable(self._in_words(error)) from error
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def new_mails(self, most: int) -> list[str]:
        """The ids of mails that were not put away yet, oldest first."""
        found = self._ask("uid", "SEARCH", "UNSEEN")
        ids = b" ".join(part for part in found if isinstance(part, bytes)).split()
        return [uid.decode("ascii") for uid in ids if uid.isdigit()][:most]

    def fetch(self, uid: str, most_bytes: int) -> bytes | None:
        """The mail, which stays new; None for one that is longer, or gone."""
        size = self._ask("uid", "FETCH", uid, "(RFC822.SIZE)")
        match = _SIZE.search(b" ".join(part for part in size if isinstance(part, bytes)))
        if match is None or int(match[1]) > most_bytes:
            return None
        found = self._ask("uid", "FETCH", uid, "(BODY.PEEK[])")
        return next((bytes(part[1]) for part in found if isinstance(part, tuple)), None)

    def put_away(self, uid: str) -> None:
        """Marks it as read."""
        self._ask("uid", "STORE", uid, "+FLAGS.SILENT", r"(\Seen)")

    def set_aside(self, uid: str) -> None:
        """Marks it as read and flags it, for a person to look at."""
        self._ask("uid", "STORE", uid, "+FLAGS.SILENT", r"(\Seen \Flagged)")

    def _ask(self, command: str, *arguments: Any) -> list[Any]:
        if self._session is None:
            raise Unavailable("The mailbox is not open.")
        try:
            state, data = getattr(self._session, command)(*arguments)
        except (OSError, imaplib.IMAP4.error) as error:
            raise Unavailable(self._in_words(error)) from error
        if state != "OK":
            raise Unavailable(f"{self._address.where} refused {command}: {_readable(data)}")
        return list(data)

    def _close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with suppress(OSError, imaplib.IMAP4.error):  # How it parts is the server's affair.
                session.logout()
            with suppress(OSError):
                session.shutdown()

    def _in_words(self, error: BaseException) -> str:
        where = self._address.where
        if isinstance(error, TimeoutError):
            return f"{where} did not answer within {self._timeout:g} seconds."
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"The certificate of {where} cannot be trusted: {error.verify_message}."
        if isinstance(error, socket.gaierror):
            return f"No server is known by the name of {self._address.host}."
        if isinstance(error, ConnectionRefusedError):
            return f"{where} refused the connection."
        if isinstance(error, imaplib.IMAP4.abort):
            return f"{where} closed the connection."
        if isinstance(error, imaplib.IMAP4.error):
            return f"{where} refused: {_readable(error.args)}"
        return f"{where}: {getattr(error, 'strerror', None) or type(error).__name__}."


def _readable(said: Any) -> str:
    """What a server said, on one line."""
    words = (
        part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in said
    )
    return shorten(" ".join(words), 200)


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _wrong(reason: str) -> InvalidInput:
    return InvalidInput(f"TRACKER_IMAP_URL cannot be used. {reason} {_EXAMPLE}")
