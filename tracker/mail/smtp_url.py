"""The address of a mail server, as TRACKER_SMTP_URL gives it.

Nothing is connected to here, and no message repeats a password.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from tracker.policy.errors import InvalidInput
from tracker.policy.names import has_control_characters

Starttls = Literal["offered", "required", "never"]

_STARTTLS_WORDS: dict[str, Starttls] = {
    "offered": "offered",
    **dict.fromkeys(("1", "true", "yes", "required"), "required"),
    **dict.fromkeys(("0", "false", "no", "never"), "never"),
}
_EXAMPLE = "Write it as smtp://user:password@mail.example.org:587 or smtps://mail.example.org."


@dataclass(frozen=True, slots=True)
class SmtpServerAddress:
    """Where mail is handed over, and how. ``user`` is None where no log-in is wanted;
    ``is_tls`` where the connection is encrypted from its first byte; ``cafile`` names the
    certificates to trust instead of the system's."""

    host: str
    port: int
    user: str | None = None
    password: str = field(default="", repr=False)
    is_tls: bool = False
    starttls: Starttls = "offered"
    cafile: Path | None = None

    @property
    def where(self) -> str:
        """For messages: "mail.example.org:587"."""
        return f"{self.host}:{self.port}"


def parse_smtp_url(url: str) -> SmtpServerAddress:
    """Reads "smtp://user:password@host:port?starttls=required" or "smtps://…".

    Without a port it is 465 for smtps, 587 (RFC 6409) with a log-in and 25 without. STARTTLS
    (RFC 3207) is used where offered, and required with a log-in unless that is to go in clear
    by ``starttls=never``, which is refused. ``cafile=/path`` trusts an authority of one's own.
    User and password are percent-encoded where they hold @, : or /. Raises InvalidInput.
    """
    if has_control_characters(url):
        raise _wrong("It holds a line break or another control character.")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise _wrong("Its host or port cannot be read; a port is a number up to 65535.") from error
    if parts.scheme not in ("smtp", "smtps"):
        raise _wrong("It does not begin with smtp:// or smtps://.")
    if not parts.hostname or port == 0 or parts.path.strip("/") or parts.fragment:
        raise _wrong("It needs a host, and nothing but options after host and port.")
    user, password = _log_in(parts)
    starttls, cafile = _options(parts.query, user is not None)
    default = 465 if parts.scheme == "smtps" else 587 if user else 25
    return SmtpServerAddress(
        host=parts.hostname,
        port=port or default,
        user=user,
        password=password,
        is_tls=parts.scheme == "smtps",
        starttls=starttls,
        cafile=cafile,
    )


def _log_in(parts: SplitResult) -> tuple[str | None, str]:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if password and not user:
        raise _wrong("It has a password without a user.")
    if not (user + password).isascii():
        raise _wrong("User and password can have ASCII letters, digits and signs only.")
    if has_control_characters(user + password):
        raise _wrong("Its user or password holds a control character.")
    return user or None, password


def _options(query: str, has_log_in: bool) -> tuple[Starttls, Path | None]:
    try:
        options = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
    except ValueError as error:
        raise _wrong("Its options cannot be read.") from error
    unknown = sorted(set(options) - {"starttls", "cafile"})
    if unknown:
        raise _wrong("It knows the options starttls and cafile only.")
    word = options.get("starttls", "required" if has_log_in else "offered")
    if word not in _STARTTLS_WORDS:
        raise _wrong("starttls is required, offered or never.")
    starttls = _STARTTLS_WORDS[word]
    if has_log_in and starttls != "required":
        raise _wrong("A password needs starttls=required or smtps://: it must not go in clear.")
    cafile = Path(options["cafile"]) if "cafile" in options else None
    if cafile and not cafile.is_file():
        raise _wrong("The file that cafile names does not exist.")
    return starttls, cafile


def _wrong(reason: str) -> InvalidInput:
    return InvalidInput(f"TRACKER_SMTP_URL cannot be used. {reason} {_EXAMPLE}")
