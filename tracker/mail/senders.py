"""Where a message goes: SMTP, a folder of .eml files, or memory; each with one send().

Which message is due, and when to try again, is decided elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from tracker.mail.outcomes import DeliveryFailure, TemporaryFailure
from tracker.mail.smtp import TIMEOUT_SECONDS, SmtpSender
from tracker.mail.wire import Envelope, do_nothing, envelope_of

_NOT_IN_FILE_NAMES = re.compile(r"[^A-Za-z0-9.@_-]+")


class Sender(Protocol):
    """Hands messages over. Used as a context, it may keep a connection open for the next."""

    def send(
        self, message: EmailMessage | Envelope, meanwhile: Callable[[], None] = do_nothing
    ) -> None:
        """Returns once the message has been taken over. ``meanwhile`` is called once at most,
        when nothing but the other side's answer is missing; it must not raise.

        Raises TemporaryFailure where a later try may do, PermanentFailure where none will;
        either carries the reply in words.
        """

    def begin(self, envelope: Envelope) -> None:
        """Tells that this message is the next that send() gets, so that the other side can think
        meanwhile. Hands nothing over and raises nothing; one that is not sent after all is none."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def sender_from(smtp_url: str | None, outbox: Path, timeout: float = TIMEOUT_SECONDS) -> Sender:
    """The sender of an installation: SMTP where an address is set, else the outbox folder.

    Raises InvalidInput for a wrong address, saying what to write instead.
    """
    return SmtpSender(smtp_url, timeout) if smtp_url else FolderSender(outbox)


class _Contextual:
    """A sender that holds nothing open."""

    def begin(self, envelope: Envelope) -> None:
        """There is nobody who could think meanwhile."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None


class FolderSender(_Contextual):
    """Writes each message as an .eml file, which mail programs open.

    The file is named after the Message-ID, so that a message sent twice is there once; it is
    readable by its owner alone and appears whole or not at all.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(
        self, message: EmailMessage | Envelope, meanwhile: Callable[[], None] = do_nothing
    ) -> None:
        """Raises TemporaryFailure where the folder cannot be written (full, not ours)."""
        envelope = envelope_of(message)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write_whole(self.folder / _file_name(envelope.message_id), envelope.content)
        except OSError as error:
            raise TemporaryFailure(
                f"The outbox folder cannot be written: {error.strerror or error}.",
                is_server_wide=True,
            ) from error


class MemorySender(_Contextual):
    """Keeps messages in a list; an address in ``failures`` raises what stands there. For tests."""

    def __init__(self, failures: Mapping[str, DeliveryFailure] | None = None) -> None:
        self.messages: list[EmailMessage] = []
        self.failures = dict(failures or {})

    def send(
        self, message: EmailMessage | Envelope, meanwhile: Callable[[], None] = do_nothing
    ) -> None:
        """Raises the recipient's failure, if there is one."""
        envelope = envelope_of(message)
        if envelope.recipient in self.failures:
            raise self.failures[envelope.recipient]
        self.messages.append(envelope.parse())


def find_stored(folder: Path, message_id: str) -> bytes | None:
    """The message that a FolderSender put into ``folder``; None where there is none."""
    try:
        return (folder / _file_name(message_id)).read_bytes()
    except OSError:
        return None


def _file_name(message_id: str) -> str:
    """A name any file system takes; the hash tells apart what the name cannot show."""
    digest = hashlib.sha256(message_id.encode()).hexdigest()[:12]
    readable = _NOT_IN_FILE_NAMES.sub("_", message_id.strip("<> "))[:80].strip(".")
    return f"{readable}-{digest}.eml"


def _write_whole(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
