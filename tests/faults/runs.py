"""Sending runs with kill -9 at random points, and with several senders; what each came to.

Each run has a database of its own and a mail server in a process that outlives the senders.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from tests.faults.sender import send_all
from tests.many import fill
from tests.smtp import read_journal
from tracker.db import Database
from tracker.models import Reminder

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 40
KILLS_A_RUN = 8
_LEASE_OVER = dt.timedelta(minutes=16)
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.faults.sender"])
_Process = multiprocessing.process.BaseProcess


@dataclass(slots=True)
class Outcome:
    """What runs came to, added up. ``wrong`` says in words what must never be."""

    kills: int = 0
    reminders: int = 0
    mails: int = 0
    lost: int = 0
    duplicates: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Adds another run's figures to these."""
        self.kills += other.kills
        self.reminders += other.reminders
        self.mails += other.mails
        self.lost += other.lost
        self.duplicates += other.duplicates
        self.wrong += other.wrong

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.reminders} reminders, {self.mails} mails: "
            f"{self.lost} lost, {self.duplicates} sent again"
        )


def run_with_kills(
    url: str, folder: Path, *, chance: random.Random, most: int = KILLS_A_RUN
) -> Outcome:
    """Kills the sender at random points, up to ``most`` times, then lets one run to its end."""
    with _prepared(url, folder) as (smtp_url, journal):
        kills, offset = 0, dt.timedelta()
        while kills < most:
            process = _start(url, smtp_url, offset)
            _wait_for_a_random_point(process, journal, chance)
            if process.exitcode is not None:
                break
            process.kill()
            process.join()
            kills, offset = kills + 1, offset + _LEASE_OVER
        last = _start(url, smtp_url, offset)
        last.join(120)
        return _judge(url, journal, kills, [last.exitcode])


def _wait_for_a_random_point(process: _Process, journal: Path, chance: random.Random) -> None:
    """One kill in three falls anywhere, planning included; the others fall within the 20 ms
    after some mail was taken, since it is there that something could be lost or doubled."""
    if chance.random() < 1 / 3:
        process.join(chance.uniform(0, 0.5))
        return
    wanted = _size(journal) + chance.randrange(1, 7) * 120  # About 120 bytes a mail.
    while process.exitcode is None and _size(journal) < wanted:
        process.join(0.001)
    process.join(chance.uniform(0, 0.02))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def run_together(url: str, folder: Path, senders: int, people: int = PEOPLE) -> Outcome:
    """Lets several senders run at once to their end."""
    with _prepared(url, folder, people) as (smtp_url, journal):
        processes = [_start(url, smtp_url, dt.timedelta()) for _ in range(senders)]
        for process in processes:
            process.join(120 + people / 20)
        return _judge(url, journal, 0, [process.exitcode for process in processes], people)


def _start(url: str, smtp_url: str, offset: dt.timedelta) -> _Process:
    process = _PROCESSES.Process(target=send_all, args=(url, smtp_url, offset), daemon=True)
    process.start()
    return process


@contextmanager
def _prepared(url: str, folder: Path, people: int = PEOPLE) -> Iterator[tuple[str, Path]]:
    """Fills the database and starts a mail server; gives its address and journal."""
    database = Database(url)
    fill(database, people=people, tasks=2 * people)
    database.close()
    journal = folder / f"journal-{time.monotonic_ns()}.jsonl"
    with mail_server(journal) as smtp_url:
        yield smtp_url, journal


@contextmanager
def mail_server(journal: Path) -> Iterator[str]:
    """A mail server in a process of its own; gives its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.smtp", "--journal", str(journal)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            yield f"smtp://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.terminate()


def _judge(
    url: str, journal: Path, kills: int, exit_codes: list[int | None], people: int = PEOPLE
) -> Outcome:
    database = Database(url)
    with database.reading() as session:
        reminders = session.scalars(select(Reminder)).all()
        planned = {r.message_id: r.contact.email for r in reminders}
        unfinished = [r.state for r in reminders if r.state != "sent"]
    database.close()
    got = read_journal(journal)
    copies = Counter(entry["message_id"] for entry in got)
    outcome = Outcome(kills=kills, reminders=people, mails=len(got))
    outcome.lost = people - len({entry["recipient"] for entry in got})
    outcome.duplicates = len(got) - len(copies)
    if any(planned.get(entry["message_id"]) != entry["recipient"] for entry in got):
        outcome.wrong.append("a mail has a Message-ID that was not planned for its recipient")
    if unfinished or len(planned) != people:
        outcome.wrong.append(f"{len(planned)} reminders, of which not sent: {unfinished}")
    if outcome.duplicates > kills:
        outcome.wrong.append(f"{outcome.duplicates} duplicates after {kills} kills")
    if any(code != 0 for code in exit_codes):
        outcome.wrong.append(f"senders ended with {exit_codes}")
    return outcome
