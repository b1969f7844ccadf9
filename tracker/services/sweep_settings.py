"""What planning and sending take from an installation's settings.

One place, so that the scheduler and the command do the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlsplit

from tracker.config import Settings
from tracker.db import Database
from tracker.mail.smtp_url import parse_smtp_url
from tracker.policy.errors import InvalidInput
from tracker.services.limit_rate import Gate
from tracker.services.plan_reminders import PlanSettings
from tracker.services.prepare_reminders import SendSettings


def plan_settings(settings: Settings) -> PlanSettings:
    """For planning: the hour, and the host of Message-IDs."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    return PlanSettings(settings.remind_hour, host if "." in host else f"{host}.localdomain")


def send_settings(settings: Settings) -> SendSettings:
    """For sending: address, sender, ceiling, the key of links, and templates of its own."""
    overrides = settings.instance / "templates" / "mail"
    return SendSettings(
        base_url=settings.base_url,
        mail_from=settings.mail_from,
        ceiling=settings.mail_ceiling,
        templates=overrides if overrides.is_dir() else None,
        secret_key=settings.secret_key,
        reply_address=settings.reply_address,
    )


def mail_server(settings: Settings) -> str:
    """The server that mail is handed to, such as "mail.example.org:587"; "" where none is set
    that could be used."""
    try:
        return parse_smtp_url(settings.smtp_url).where if settings.smtp_url else ""
    except InvalidInput:
        return ""


def gate_for(settings: Settings, database: Database, clock: Callable[[], dt.datetime]) -> Gate:
    """For one run of sending: how fast mails may follow each other."""
    rate, server = settings.mail_rate, mail_server(settings)
    patience = dt.timedelta(seconds=settings.sweep_seconds)
    return Gate(database, server, rate if server else None, clock=clock, patience=patience)
