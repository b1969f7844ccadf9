"""How long planning, rendering and handing over take, beside bare smtplib with the same bytes.

The mail server is a process of its own on this machine; the database is SQLite, for planning
PostgreSQL too. `make bench PEOPLE=10000 IDLE=999000` is the full size, which takes minutes.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import shutil
import smtplib
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from tests.faults.runs import mail_server
from tests.faults.sender import PLANS, SENDS, send_all
from tests.many import START, fill
from tests.postgres import drop_database, migrated_database_url
from tests.smtp import read_journal
from tracker.db import Database
from tracker.mail.senders import sender_from
from tracker.services.plan_reminders import plan_reminders
from tracker.services.send_reminders import sweep
from tracker.services.upgrade_database import upgrade_database

PEOPLE_ALONE = int(os.environ.get("PEOPLE", "2000"))
IDLE = int(os.environ.get("IDLE", "199000"))
TRIES = 3
"""Of planning, which is taken back each time; the fastest counts, since others use the machine."""
_DUE = {"people": 200, "tasks": 1_000}
Row = tuple[str, float, str]


def run() -> list[Row]:
    """Digests for 200 people, a mail each for many, days of downtime, planning among many idle
    tasks, memory."""
    with tempfile.TemporaryDirectory() as folder:
        rows = _sending(Path(folder), 200, 10_000, lambda ours, bare: _digests(ours, bare))
        rows += _sending(Path(folder), PEOPLE_ALONE, PEOPLE_ALONE, _rates)
        rows.append(_three_days_down(Path(folder)))
        rows += _planning("sqlite", lambda idle: _filled(Path(folder), idle=idle, **_DUE))
        rows += _planning("postgresql", lambda idle: _filled_postgresql(idle=idle, **_DUE))
        rows.append(_memory(Path(folder)))
    return rows


def _memory(folder: Path) -> Row:
    """Of a process that does one sweep of 10,000 reminders and nothing else."""
    with _filled(folder, people=10_000, tasks=10_000) as database:
        journal = folder / "journal-memory.jsonl"
        with mail_server(journal) as url:
            start = time.perf_counter()
            context = multiprocessing.get_context("spawn")
            kilobytes = context.Value("l", 0)
            process = context.Process(target=_sweep_alone, args=(database.url, url, kilobytes))
            process.start()
            process.join()
            seconds = time.perf_counter() - start
        assert len(read_journal(journal)) == 10_000
    return "memory of a sweep of 10,000 mails", seconds, f"{kilobytes.value / 1024:.0f} MB, aim 120"


def _sweep_alone(database_url: str, smtp_url: str, kilobytes: Any) -> None:
    send_all(database_url, smtp_url, dt.timedelta())
    kilobytes.value = _most_memory()


def _most_memory() -> int:
    """In kilobytes. What getrusage says counts what the process was made from, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def _digests(ours: float, bare: float) -> str:
    limit = 1.5 * bare + 2
    return f"aim {limit:.1f} s{'' if ours <= limit else ', MISSED'}"


def _rates(ours: float, bare: float) -> str:
    return f"{bare / ours:.2f} of the rate of bare smtplib, aim 0.6"


def _sending(folder: Path, people: int, tasks: int, judge) -> list[Row]:  # type: ignore[no-untyped-def]
    journal = folder / f"journal-{people}.jsonl"
    with _filled(folder, people=people, tasks=tasks) as database, mail_server(journal) as url:
        start, busy = time.perf_counter(), time.process_time()
        done = sweep(database, sender_from(url, folder), PLANS, SENDS, lambda: START)
        ours, busy = time.perf_counter() - start, time.process_time() - busy
        assert done.sent == people, done
        size = sum(entry["bytes"] for entry in read_journal(journal)) // people
        bare = _bare(url, people, size)
    what = f"{tasks:,} tasks, {people:,} people"
    return [
        (f"{what}: bare smtplib", bare, f"{size // 1024} KB a mail"),
        (f"{what}: planned, rendered, sent", ours, judge(ours, bare)),
        (f"{what}: of that, our processor time", busy, ""),
    ]


def _bare(url: str, count: int, size: int) -> float:
    port = int(url.rpartition(":")[2])
    line = "x" * 70 + "\r\n"
    body = line * (size // len(line))
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for n in range(count):
            head = f"Message-ID: <bare-{n}@example.org>\r\nSubject: bare\r\n\r\n"
            server.sendmail("a@example.org", [f"clerk.{n}@example.org"], head + body)
    return time.perf_counter() - start


def _three_days_down(folder: Path) -> Row:
    """5,000 tasks whose reminders fell while no scheduler ran: one sweep, one mail a person."""
    journal = folder / "journal-down.jsonl"
    with _filled(folder, people=500, tasks=5_000) as database, mail_server(journal) as url:
        start = time.perf_counter()
        back = START + dt.timedelta(days=3)
        done = sweep(database, sender_from(url, folder), PLANS, SENDS, lambda: back)
        seconds = time.perf_counter() - start
    told = {entry["recipient"] for entry in read_journal(journal)}
    assert done.sent == len(read_journal(journal)) == len(told) == 500, done
    return "three days down, 5,000 tasks", seconds, "500 mails to 500 people in one sweep"


def _planning(name: str, filled: Callable[[int], AbstractContextManager[Database]]) -> list[Row]:
    rows, seconds = [], []
    for idle in (9_000, IDLE):
        with filled(idle) as database:
            seconds.append(min(_plan(database) for _ in range(TRIES)))
        note = "" if len(seconds) < 2 else f"{seconds[1] / seconds[0]:.2f} times, aim 1.5"
        what = f"{name}: planning 1,000 due of {idle + 1000:,} tasks"
        rows.append((what, seconds[-1], note))
    return rows


def _plan(database: Database) -> float:
    with database.reading() as session:
        start = time.perf_counter()
        plan = plan_reminders(session, now=START, settings=PLANS)
        seconds = time.perf_counter() - start
        session.rollback()
    assert plan.lines == 1_000
    return seconds


@contextmanager
def _filled_postgresql(*, people: int, tasks: int, idle: int) -> Iterator[Database]:
    """Counted, as the server does by itself within a minute of so many new rows."""
    url = migrated_database_url()
    database = Database(url)
    fill(database, people=people, tasks=tasks, idle=idle)
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    yield database
    database.close()
    drop_database(url)


@contextmanager
def _filled(folder: Path, *, people: int, tasks: int, idle: int = 0) -> Iterator[Database]:
    empty = folder / "empty.sqlite3"
    if not empty.exists():
        new = Database(f"sqlite:///{empty}")
        upgrade_database(new)
        new.close()
    path = folder / f"{people}-{tasks}-{idle}.sqlite3"
    shutil.copy(empty, path)
    database = Database(f"sqlite:///{path}")
    fill(database, people=people, tasks=tasks, idle=idle)
    yield database
    database.close()
    path.unlink()
