"""Wakes the reminder sweep at its interval, in a process of its own.

Any number of these may run at once: rows are claimed, and a sweep finds all that is due.
"""

from __future__ import annotations

import datetime as dt
import signal
from types import FrameType

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler

from tracker.config import Settings
from tracker.db import Database
from tracker.mail.senders import sender_from
from tracker.policy.errors import TrackerError
from tracker.services.plan_reminders import PlanSettings
from tracker.services.send_reminders import SendSettings, sweep
from tracker.services.sweep_settings import plan_settings, send_settings

log = structlog.get_logger(__name__)
_GRACE_SECONDS = 3600
"""A wake-up that comes late still runs: the default of one second would drop it."""


def run_scheduler(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT; the first sweep starts at once."""
    database = Database(settings.database_url)
    scheduler = BlockingScheduler(timezone=dt.UTC)
    scheduler.add_job(
        _sweep,
        "interval",
        args=(database, settings, plan_settings(settings), send_settings(settings)),
        seconds=settings.sweep_seconds,
        next_run_time=dt.datetime.now(dt.UTC),
        misfire_grace_time=_GRACE_SECONDS,
        coalesce=True,
        max_instances=1,
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        scheduler.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    scheduler.start()
    database.close()


def _sweep(
    database: Database, settings: Settings, plans: PlanSettings, sends: SendSettings
) -> None:
    try:
        sender = sender_from(settings.smtp_url, settings.outbox)
        done = sweep(database, sender, plans, sends, lambda: dt.datetime.now(dt.UTC))
    except TrackerError as error:
        log.error("sweep failed", reason=str(error))
        return
    if done.sent or done.failed or done.postponed:
        log.info("sweep", sent=done.sent, failed=done.failed, postponed=done.postponed)
