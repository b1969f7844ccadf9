"""The form in which a message leaves: bytes, envelope, and whether it needs SMTPUTF8.

No connection and no file: senders do with it what they do.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import (
    BaseHeader,
    HeaderRegistry,
    MessageIDHeader,
    UnstructuredHeader,
)
from email.message import EmailMessage
from email.parser import Parser
from email.policy import EmailPolicy, Policy
from typing import Any, cast


class _Address(UnstructuredHeader):
    """A web address in angle brackets, which has no space to be folded at (RFC 2369, 2)."""

    def fold(self, *, policy: Policy) -> str:
        """The header on one line."""
        # typeshed does not know that the registry adds the class that has the name.
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


class _Headers(HeaderRegistry):
    """Ids and addresses that programs read must not be folded: the package would put one longer
    than a line in encoded words, which no reader understands. And the class of a header, which
    the package makes anew for each one, is made once."""

    def __init__(self) -> None:
        super().__init__()
        # typeshed does not know that the registry adds the base class.
        for name in ("in-reply-to", "references"):
            self.map_to_type(name, MessageIDHeader)  # type: ignore[arg-type]
        self.map_to_type("list-unsubscribe", _Address)  # type: ignore[arg-type]
        self._made: dict[str, type[BaseHeader]] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


class _Plain(EmailPolicy):
    """The package parses each header when it is set and again when it is written, which takes
    longer than sending a mail. What fits on a line of ASCII needs neither, and is kept as it is
    until somebody reads it; content headers are read often, so they are parsed at once."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        is_short = type(value) is str and value.isascii() and len(name) + len(value) < LINE
        if is_short and value.isprintable() and not name.lower().startswith("content-"):
            return name, value
        return super().header_store_parse(name, value)


LINE = 76
"""What a header with its name may have to stand on one line."""
POLICY: EmailPolicy = _Plain(linesep="\r\n", cte_type="7bit", header_factory=_Headers())
"""For messages rendered here: CRLF, and no byte above 127 in a body."""


def do_nothing() -> None:
    """What a caller does who has nothing to do while a message is being taken over."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message as it is handed over. ``needs_utf8`` where an address has letters outside ASCII
    before its @, which only servers with SMTPUTF8 (RFC 6531) take."""

    sender: str
    recipient: str
    content: bytes
    message_id: str
    needs_utf8: bool = False

    def parse(self) -> EmailMessage:
        """The message that the bytes stand for, to be looked at."""
        text = self.content.decode("utf-8").replace("\r\n", "\n")
        return cast(EmailMessage, Parser(EmailMessage, policy=POLICY).parsestr(text))


def envelope_of(message: EmailMessage | Envelope) -> Envelope:
    """Reads sender and recipient from the headers; an envelope is one already.

    Raises ValueError unless there is exactly one of each: a reminder has one recipient, so that
    none learns of another and a refusal concerns nobody else.
    """
    if isinstance(message, Envelope):
        return message
    sender, recipient = _only(message, "From"), _only(message, "To")
    needs_utf8 = not (sender + recipient).isascii()
    policy = POLICY.clone(utf8=needs_utf8)
    content = message.as_bytes(policy=policy)
    return Envelope(sender, recipient, content, str(message["Message-ID"]), needs_utf8)


def _only(message: EmailMessage, name: str) -> str:
    header = message[name]
    addresses = list(header.addresses) if header else []
    if len(addresses) != 1 or message["Cc"] or message["Bcc"]:
        raise ValueError(f"a message has one {name} address, and neither Cc nor Bcc")
    return str(addresses[0].addr_spec)
