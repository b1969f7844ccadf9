"""Wakes the sweeps of reminders and reports at their interval, in a process of its own.

Any number of these may run at once: rows are claimed, and a sweep finds all that is due.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from tracker.config import Settings
from tracker.db import PATIENT_SECONDS, Database
from tracker.mail.imap import ImapFolder, parse_imap_url
from tracker.mail.senders import sender_from
from tracker.policy.errors import TrackerError
from tracker.services.poll_mailbox import poll_mailbox
from tracker.services.run_report_cycle import run_report_cycle
from tracker.services.send_reminders import Sweep, sweep
from tracker.services.send_report_mail import Posted
from tracker.services.sweep_settings import gate_for, plan_settings, send_settings

log = structlog.get_logger(__name__)
Job = Callable[[Database, Settings, Callable[[], bool]], None]
_FRAMES = 6
_LATE_SECONDS = 3600
"""A wake-up that comes late still runs: the default of one second would drop it."""
_GRACE_SECONDS = 3.0
"""For the mail under way when it is told to end. What takes longer is cut off, which loses
nothing: the reminder's lease ends, and another sweep sends it with the same Message-ID."""


def run_scheduler(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT; the first sweep starts at once. Raises InvalidInput for an
    address of a mail server or a mailbox that cannot be used."""
    sender_from(settings.smtp_url, settings.outbox)
    jobs = {_remind: settings.sweep_seconds, _report: settings.sweep_seconds}
    if settings.imap_url:
        parse_imap_url(settings.imap_url)
        jobs[_fetch] = settings.imap_seconds
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    database = Database(settings.database_url, PATIENT_SECONDS)
    workers = {_Worker(job, database, settings, stopping): every for job, every in jobs.items()}
    scheduler = BackgroundScheduler(timezone=dt.UTC)
    for worker, seconds in workers.items():
        scheduler.add_job(
            worker.run,
            "interval",
            seconds=seconds,
            next_run_time=dt.datetime.now(dt.UTC),
            misfire_grace_time=_LATE_SECONDS,
            coalesce=True,
            max_instances=1,
        )
    scheduler.start()
    stopping.wait()
    scheduler.shutdown(wait=False)
    for worker in workers:
        worker.end()
    database.close()


class _Worker:
    """Does one job at a time; what goes wrong in one run is logged, and the next one comes."""

    def __init__(
        self, job: Job, database: Database, settings: Settings, stopping: threading.Event
    ) -> None:
        self._job = job
        self._database = database
        self._settings = settings
        self._stopping = stopping
        self._is_idle = threading.Event()
        self._is_idle.set()

    def run(self) -> None:
        """One run of the job."""
        self._is_idle.clear()
        try:
            self._job(self._database, self._settings, self._stopping.is_set)
        except TrackerError as error:
            log.error("sweep failed", reason=str(error))
        except Exception as error:
            # Its words may hold what a row holds; the kind and the place tell enough.
            where = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
            places = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in where]
            log.error("sweep failed", kind=type(error).__name__, where=places)
        finally:
            self._is_idle.set()

    def end(self) -> None:
        """Returns once no run is under way; ends the process where one does not come to an
        end within the time of grace."""
        if not self._is_idle.wait(_GRACE_SECONDS):
            log.warning("sweep cut off; what it was sending is sent again")
            sys.stdout.flush()
            os._exit(0)


def _remind(database: Database, settings: Settings, is_stopping: Callable[[], bool]) -> None:
    """Plans and sends the reminders that are due."""
    sender = sender_from(settings.smtp_url, settings.outbox)
    plans, sends = plan_settings(settings), send_settings(settings)
    gate = gate_for(settings, database, _now)
    done = sweep(database, sender, plans, sends, _now, is_stopping=is_stopping, gate=gate)
    _log("sweep", done)


def _report(database: Database, settings: Settings, is_stopping: Callable[[], bool]) -> None:
    """Takes the steps of reports that are due, and sends their mails."""
    sender = sender_from(settings.smtp_url, settings.outbox)
    plans, sends = plan_settings(settings), send_settings(settings)
    gate = gate_for(settings, database, _now)
    done = run_report_cycle(
        database, sender, plans, sends, _now, is_stopping=is_stopping, gate=gate
    )
    _log("reports", done)


def _fetch(database: Database, settings: Settings, is_stopping: Callable[[], bool]) -> None:
    """Takes in the mail that came to the mailbox."""
    mailbox = ImapFolder(parse_imap_url(settings.imap_url or ""))
    sender, every = sender_from(settings.smtp_url, settings.outbox), settings.imap_seconds
    sends, pause = send_settings(settings), dt.timedelta(seconds=every)
    poll_mailbox(database, mailbox, sender, sends, _now, every=pause, is_stopping=is_stopping)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _log(job: str, done: Sweep | Posted) -> None:
    if done.sent or done.failed or done.postponed:
        log.info(job, sent=done.sent, failed=done.failed, postponed=done.postponed)
    if done.reasons:
        # A server's words name whom it refused; the outbox shows them to those who may know.
        log.warning("mails not sent", codes=sorted({_code(words) for words in done.reasons}))


def _code(words: str) -> str:
    """The number that a server's answer begins with; "other" for what happened on our side."""
    found = re.match(r"[245]\d\d\b", words)
    return found[0] if found else "other"
