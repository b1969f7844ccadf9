"""The settings in force as people may see them: each with its variable, secrets hidden.

Values only; config reads them.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import make_url

from tracker.config import Settings


def settings_in_words(settings: Settings) -> list[tuple[str, str, str]]:
    """(what it is, variable, value) of every setting."""
    rate = settings.mail_rate
    return [
        ("Address that people use", "TRACKER_BASE_URL", settings.base_url),
        ("Listens on", "TRACKER_HOST, TRACKER_PORT", f"{settings.host}, port {settings.port}"),
        ("Trusted hosts", "TRACKER_TRUSTED_HOSTS", ", ".join(settings.trusted_hosts)),
        ("Folder of this installation", "TRACKER_INSTANCE", str(settings.instance)),
        ("Database", "TRACKER_DATABASE_URL", _without_password(settings.database_url)),
        ("Key of cookies", "TRACKER_SECRET_KEY", "set, not shown"),
        ("Mail server", "TRACKER_SMTP_URL", _mail_server(settings.smtp_url)),
        ("Mails at most", "TRACKER_MAIL_RATE", rate.words if rate else "no limit"),
        ("Sender of mail", "TRACKER_MAIL_FROM", settings.mail_from),
        ("Mailbox", "TRACKER_IMAP_URL", _mailbox(settings.imap_url)),
        ("Highest marking in mail", "TRACKER_MAIL_CEILING", settings.mail_ceiling.banner),
        ("Reminders go out from", "TRACKER_REMIND_HOUR", f"{settings.remind_hour}:00"),
        ("Looks for due reminders", "TRACKER_SWEEP_SECONDS", f"every {settings.sweep_seconds} s"),
        ("Time zone where none is set", "TRACKER_TIME_ZONE", str(settings.time_zone)),
        ("Largest upload", "TRACKER_MAX_UPLOAD_MB", f"{settings.max_upload_bytes // 1024**2} MB"),
        ("A sign-in lasts", "TRACKER_SESSION_HOURS", f"{settings.session_hours} hours"),
        ("Sample in an empty database", "TRACKER_SAMPLE", "yes" if settings.sample else "no"),
    ]


def _without_password(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)


def _mail_server(url: str | None) -> str:
    """Scheme, host and port; neither name nor password."""
    if url is None:
        return "none: mail is kept as files"
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    except ValueError:
        return "set, but not readable"


def _mailbox(url: str | None) -> str:
    """Server and folder, without user and password."""
    if url is None:
        return "none: no mailbox is read"
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
    except ValueError:
        return "set, but not readable"
