"""What planning and sending take from an installation's settings.

One place, so that the scheduler and the command do the same.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from tracker.config import Settings
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
