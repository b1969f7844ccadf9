"""Wakes the reminder sweep at its interval, in a process of its own.

Any number of these may run at once: rows are claimed, and a sweep finds all that is due.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import threading
from types import FrameType

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from tracker.config import Settings
from tracker.db import Database
from tracker.mail.senders import sender_from
from tracker.policy.errors import TrackerError
from tracker.services.send_reminders import sweep
from tracker.services.sweep_settings import plan_settings, send_settings

log = structlog.get_logger(__name__)
_LATE_SECONDS = 3600
"""A wake-up that comes late still runs: the default of one second would drop it."""
_GRACE_SECONDS = 3.0
"""For the mail under way when it is told to end. What takes longer is cut off, which loses
nothing: the reminder's lease ends, and another sweep sends it with the same Message-ID."""


def run_scheduler(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT; the first sweep starts at once. Raises InvalidInput for an
    address of a mail server that cannot be used."""
    sender_from(settings.smtp_url, settings.outbox)
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    database = Database(settings.database_url)
    worker = _Worker(database, settings, stopping)
    scheduler = BackgroundScheduler(timezone=dt.UTC)
    scheduler.add_job(
        worker.sweep,
        "interval",
        seconds=settings.sweep_seconds,
        next_run_time=dt.datetime.now(dt.UTC),
        misfire_grace_time=_LATE_SECONDS,
        coalesce=True,
        max_instances=1,
    )
    scheduler.start()
    stopping.wait()
    scheduler.shutdown(wait=False)
    worker.end()
    database.close()


class _Worker:
    """Runs one sweep at a time; what goes wrong in one is logged, and the next one comes."""

    def __init__(self, database: Database, settings: Settings, stopping: threading.Event) -> None:
        self._database = database
        self._settings = settings
        self._stopping = stopping
        self._is_idle = threading.Event()
        self._is_idle.set()

    def sweep(self) -> None:
        """Plans and sends what is due."""
        self._is_idle.clear()
        try:
            self._sweep()
        except TrackerError as error:
            log.error("sweep failed", reason=str(error))
        finally:
            self._is_idle.set()

    def end(self) -> None:
        """Returns once no sweep is under way; ends the process where one does not come to an
        end within the time of grace."""
        if not self._is_idle.wait(_GRACE_SECONDS):
            log.warning("sweep cut off; what it was sending is sent again")
            sys.stdout.flush()
            os._exit(0)

    def _sweep(self) -> None:
        done = sweep(
            self._database,
            sender_from(self._settings.smtp_url, self._settings.outbox),
            plan_settings(self._settings),
            send_settings(self._settings),
            lambda: dt.datetime.now(dt.UTC),
            is_stopping=self._stopping.is_set,
        )
        if done.sent or done.failed or done.postponed:
            log.info("sweep", sent=done.sent, failed=done.failed, postponed=done.postponed)
        if done.reasons:
            log.warning("mails not sent", reasons=sorted(done.reasons)[:3])
