"""Settings of one installation, read from TRACKER_* environment variables into a frozen object.

Read by entry points only (commands, web server, scheduler); everything else gets values passed in.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.policy.errors import InvalidInput
from tracker.policy.mail_rate import Rate, parse_rate
from tracker.policy.markings import LEVELS, Marking, parse_marking

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds tracker/, templates/ and instance/."""
SHORTEST_SECRET = 32
"""Characters of a key that signs forms and cookies."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation sets; the README's table says what each is for.

    ``base_url`` has no trailing slash. ``smtp_url`` None means mail goes to ``outbox`` as files.
    ``sweep_seconds`` is how often the scheduler looks for what is due; ``proxies`` how many of
    ours stand before the web server, so that its X-Forwarded-For is believed that far.
    """

    instance: Path
    database_url: str
    port: int
    host: str
    base_url: str
    secret_key: str
    smtp_url: str | None
    mail_from: str
    mail_ceiling: Marking
    sample: bool
    max_upload_bytes: int
    sweep_seconds: int
    remind_hour: int
    time_zone: ZoneInfo
    trusted_hosts: tuple[str, ...]
    session_hours: int
    proxies: int = 0
    reply_address: str | None = None
    inbound: str = "lmtp://127.0.0.1:8024"
    mail_rate: Rate | None = None
    imap_url: str | None = None
    imap_seconds: int = 60

    @property
    def outbox(self) -> Path:
        """Where mail is put as .eml files while no SMTP server is set."""
        return self.instance / "outbox"

    @property
    def is_https(self) -> bool:
        """Whether people reach the tracker over TLS; decides on cookies and HSTS."""
        return self.base_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of this machine."""
        return self.database_url.startswith("sqlite")


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; raises InvalidInput naming the variable that is wrong.

    Makes the instance folder and, where no TRACKER_SECRET_KEY is set, a key file in it.
    """
    env = os.environ if environ is None else environ
    instance = instance_folder(env)
    port = _number(env, "TRACKER_PORT", 8000, 1, 65535)
    base_url = _base_url(env.get("TRACKER_BASE_URL") or f"http://127.0.0.1:{port}")
    _make_folder(instance)
    return Settings(
        instance=instance,
        database_url=_database_url(env, instance),
        port=port,
        host=env.get("TRACKER_HOST") or "127.0.0.1",
        base_url=base_url,
        secret_key=_given_secret(env.get("TRACKER_SECRET_KEY")) or _kept_secret(instance),
        smtp_url=env.get("TRACKER_SMTP_URL") or None,
        mail_from=env.get("TRACKER_MAIL_FROM") or "Dialogue Tracker <tracker@localhost>",
        mail_ceiling=_ceiling(env.get("TRACKER_MAIL_CEILING") or "U"),
        sample=(env.get("TRACKER_SAMPLE") or "1") not in ("0", "no", "false"),
        max_upload_bytes=_number(env, "TRACKER_MAX_UPLOAD_MB", 10, 1, 1000) * 1024 * 1024,
        sweep_seconds=_number(env, "TRACKER_SWEEP_SECONDS", 300, 1, 86_400),
        remind_hour=_number(env, "TRACKER_REMIND_HOUR", 7, 0, 23),
        time_zone=_zone(env.get("TRACKER_TIME_ZONE") or "UTC"),
        trusted_hosts=_trusted_hosts(env.get("TRACKER_TRUSTED_HOSTS"), base_url),
        session_hours=_number(env, "TRACKER_SESSION_HOURS", 12, 1, 720),
        proxies=_number(env, "TRACKER_PROXIES", 0, 0, 9),
        reply_address=_reply_address(env.get("TRACKER_REPLY_ADDRESS") or None),
        inbound=_inbound(env.get("TRACKER_INBOUND") or "lmtp://127.0.0.1:8024"),
        mail_rate=_mail_rate(env.get("TRACKER_MAIL_RATE")),
        imap_url=env.get("TRACKER_IMAP_URL") or None,
        imap_seconds=_number(env, "TRACKER_IMAP_SECONDS", 60, 5, 86_400),
    )


def instance_folder(environ: Mapping[str, str] | None = None) -> Path:
    """The folder of this installation, whether it is there or not; nothing is made."""
    env = os.environ if environ is None else environ
    return Path(env.get("TRACKER_INSTANCE") or ROOT / "instance").resolve()


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name)
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise InvalidInput(f"{name} is {text!r}; set it to a whole number from {low} to {high}.")
    return int(text)


def _is_address(text: str, schemes: tuple[str, ...], *, needs_port: bool = False) -> bool:
    try:
        parts = urlsplit(text)
        is_whole = bool(parts.hostname and (parts.port or not needs_port))
    except ValueError:  # "http://[::1", or a port that is no number.
        return False
    return is_whole and parts.scheme in schemes


def _base_url(text: str) -> str:
    if not _is_address(text, ("http", "https")):
        raise InvalidInput(
            f"TRACKER_BASE_URL is {text!r}; set it to the address people type, "
            "such as https://tracker.example.org."
        )
    return text.rstrip("/")


def _reply_address(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"[A-Za-z0-9._-]{1,12}@[A-Za-z0-9.-]{1,200}", text):
        raise InvalidInput(
            f"TRACKER_REPLY_ADDRESS is {text!r}; set it to an address whose mail reaches "
            "`python -m tracker inbound`, of at most 12 characters before the @, "
            "such as reply@tracker.example.org."
        )
    return text


def _inbound(text: str) -> str:
    if not _is_address(text, ("lmtp", "smtp"), needs_port=True):
        raise InvalidInput(
            f"TRACKER_INBOUND is {text!r}; set it to lmtp:// or smtp:// with host and port, "
            "such as lmtp://127.0.0.1:8024."
        )
    return text


def _mail_rate(text: str | None) -> Rate | None:
    rate = parse_rate(text) if text else None
    if text and rate is None:
        raise InvalidInput(
            f"TRACKER_MAIL_RATE is {text!r}; set it to a number a second, minute, hour or day, "
            "such as 30/minute."
        )
    return rate


def _make_folder(instance: Path) -> None:
    try:
        instance.parent.mkdir(parents=True, exist_ok=True)
        instance.mkdir(mode=0o700, exist_ok=True)  # Cables lie in it.
        if {path.name for path in instance.iterdir()} == {".gitkeep"}:
            # It came with the checkout, open to others. Of a folder that is somebody else's
            # `check` tells that it is open.
            with contextlib.suppress(PermissionError):
                instance.chmod(0o700)
    except OSError as error:
        raise InvalidInput(
            f"The folder {instance} cannot be made ({error.strerror}); "
            "set TRACKER_INSTANCE to one that can be written to."
        ) from error


def _database_url(env: Mapping[str, str], instance: Path) -> str:
    url = env.get("TRACKER_DATABASE_URL")
    if not url:
        return f"sqlite:///{instance / 'tracker.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise InvalidInput(
            "TRACKER_DATABASE_URL must begin with sqlite:/// or postgresql://; "
            "leave it unset to keep the data in a file under instance/."
        )
    return url


def _kept_secret(instance: Path) -> str:
    """The key in the instance folder, made where there is none yet: whole or not at all, and of
    two processes that make one the first wins."""
    path = instance / "secret_key"
    try:
        if not path.exists():
            _make_secret(path)
        secret = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not plain text"
        raise InvalidInput(
            f"The key in {path} cannot be read or made ({reason}). Give the tracker's user the "
            "right to, or set TRACKER_SECRET_KEY."
        ) from error
    if len(secret) < SHORTEST_SECRET:
        raise InvalidInput(
            f"The key in {path} is {'empty' if not secret else 'too short'}. Put it back from a "
            "backup, or remove the file: a new one is made, and everybody signs in again."
        )
    return secret


def _make_secret(path: Path) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(name, path)
        except FileExistsError:  # Another process of ours was first.
            pass
        except OSError:  # A file system without such links.
            os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def _given_secret(text: str | None) -> str | None:
    if text and len(text) < SHORTEST_SECRET:
        raise InvalidInput(
            f"TRACKER_SECRET_KEY has {len(text)} characters; set it to at least "
            f"{SHORTEST_SECRET} that nobody can guess, or leave it unset."
        )
    return text or None


def _ceiling(text: str) -> Marking:
    marking = parse_marking(text)
    is_unknown = marking.level == "U" and text.upper().strip() not in ("U", "UNCLASSIFIED")
    if is_unknown or marking.caveats - {"NOFORN", "ORCON", "NOCONTRACT"}:
        raise InvalidInput(
            f"TRACKER_MAIL_CEILING is {text!r}; set it to one of {', '.join(LEVELS)}."
        )
    return marking


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidInput(
            f"TRACKER_TIME_ZONE is {name!r}; set it to a name such as Europe/Berlin."
        ) from error


def _trusted_hosts(text: str | None, base_url: str) -> tuple[str, ...]:
    host = urlsplit(base_url).hostname or "127.0.0.1"
    named = tuple(part.strip() for part in (text or "").split(",") if part.strip())
    local = ("127.0.0.1", "localhost", "[::1]") if host in ("127.0.0.1", "localhost") else ()
    return tuple(dict.fromkeys((host, *named, *local)))
