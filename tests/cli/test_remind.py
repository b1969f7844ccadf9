"""`python -m tracker remind` and `scheduler`: what scripts see, over a real mail server too."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cli.commands import assert_one_clear_line, run_tracker, start_tracker
from tests.imap import ImapServer
from tests.services.reminding import due_task
from tests.smtp import SmtpServer
from tests.world import World
from tracker.db import Database
from tracker.models import Reminder

DAY = ("remind", "--as-of", "2008-01-03")
TODAY = dt.datetime.now(dt.UTC)


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An installation with one task, due on 10 January 2008, made today."""
    instance = tmp_path / "instance"
    assert run_tracker(instance, "db", "upgrade").returncode == 0
    return instance


@pytest.fixture
def world(instance: Path) -> Iterator[World]:
    database = Database(f"sqlite:///{instance / 'tracker.sqlite3'}")
    yield World(database)
    database.close()


@pytest.fixture
def task(world: World) -> int:
    return due_task(world, world.person(), now=TODAY)


def mails(instance: Path) -> list[Path]:
    return sorted((instance / "outbox").glob("*.eml"))


@pytest.mark.usefixtures("task")
def test_a_second_run_for_the_same_day_sends_nothing(instance: Path) -> None:
    first = run_tracker(instance, *DAY)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith(f"1 mail sent to {instance / 'outbox'}, 0 cancelled")
    second = run_tracker(instance, *DAY)
    assert second.returncode == 0
    assert second.stdout.startswith("0 mails sent")
    assert len(mails(instance)) == 1


@pytest.mark.usefixtures("task")
def test_a_dry_run_shows_who_would_get_what_and_keeps_nothing(instance: Path) -> None:
    done = run_tracker(instance, *DAY, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "Mira Okonjo <mira.okonjo@example.org>:" in done.stdout
    assert (
        "Northland-Sundria Border Talks, task 1, due 10 January 2008: "
        "They own it; this is the reminder for 7 days before it is due" in done.stdout
    )
    assert "1 mail would go out. Nothing was sent or kept." in done.stdout
    assert mails(instance) == []
    assert run_tracker(instance, *DAY).stdout.startswith("1 mail sent")


@pytest.mark.usefixtures("task")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("smtp://127.0.0.1:1", "127.0.0.1:1 refused the connection"),
        ("smtp://nobody.invalid", "nobody.invalid"),
        ("mail.example.org", "TRACKER_SMTP_URL cannot be used"),
        ("smtp://mail.example.org:99999", "TRACKER_SMTP_URL cannot be used"),
    ],
)
def test_a_wrong_smtp_address_gets_one_clear_line_and_loses_nothing(
    address: str, words: str, instance: Path
) -> None:
    assert_one_clear_line(run_tracker(instance, *DAY, SMTP_URL=address), words, "TRACKER_SMTP_URL")
    with SmtpServer() as server:
        mended = run_tracker(instance, *DAY, SMTP_URL=server.url)
        assert mended.returncode == 0, mended.stderr
        assert mended.stdout.startswith("1 mail sent over SMTP")
        assert [m.recipients for m in server.messages] == [("mira.okonjo@example.org",)]


@pytest.mark.usefixtures("task")
def test_a_refused_recipient_is_said_and_ends_with_exit_code_1(instance: Path) -> None:
    with SmtpServer("permanent") as server:
        done = run_tracker(instance, *DAY, SMTP_URL=server.url)
    assert_one_clear_line(done, "550 5.1.1 No such mailbox here", "outbox page")
    assert "1 failed" in done.stdout


def test_tasks_that_nobody_can_be_told_of_are_counted(instance: Path, world: World) -> None:
    due_task(world, now=TODAY)
    done = run_tracker(instance, *DAY)
    assert done.returncode == 0
    assert "1 open task has neither an owner who can be written to nor a lead" in done.stdout


@pytest.mark.parametrize("day", ["2008-02-30", "soon", "1600-01-01"])
def test_an_impossible_day_is_wrong_usage(day: str, instance: Path) -> None:
    assert run_tracker(instance, "remind", "--as-of", day).returncode == 2


def test_the_scheduler_sends_over_smtp_and_ends_on_sigterm(instance: Path, world: World) -> None:
    due_task(world, world.person(), due_on=TODAY.date() + dt.timedelta(days=1), now=TODAY)
    with SmtpServer() as server, start_tracker(
        instance, "scheduler", SMTP_URL=server.url, SWEEP_SECONDS="1", REMIND_HOUR="0"
    ) as scheduler:  # fmt: skip
        wait_for(lambda: server.messages)
        due_task(
            world,
            world.person("Nils Brandt"),
            dialogue=1,
            due_on=TODAY.date() + dt.timedelta(days=7),
            now=TODAY,
        )
        wait_for(lambda: len(server.messages) == 2)
        assert ends_within(scheduler, 5, signal.SIGTERM) == 0


def test_the_scheduler_reads_the_mailbox(instance: Path, world: World) -> None:
    with ImapServer() as server, start_tracker(
        instance, "scheduler", IMAP_URL=server.url, IMAP_SECONDS="5"
    ) as scheduler:  # fmt: skip
        uid = server.put(b"From: a@example.com\r\nTo: b@example.com\r\n\r\nHello\r\n")
        wait_for(lambda: server.flags(uid) == {"\\Seen"})
        assert ends_within(scheduler, 5, signal.SIGTERM) == 0


def test_the_scheduler_ends_in_time_while_a_server_stalls(instance: Path, world: World) -> None:
    due_task(world, world.person(), due_on=TODAY.date() + dt.timedelta(days=1), now=TODAY)
    with SmtpServer("stall_after_accept") as server, start_tracker(
        instance, "scheduler", SMTP_URL=server.url, REMIND_HOUR="0"
    ) as scheduler:  # fmt: skip
        wait_for(lambda: server.messages)
        assert ends_within(scheduler, 5, signal.SIGTERM) == 0


def test_the_scheduler_logs_the_codes_of_refusals_and_neither_words_nor_addresses(
    instance: Path, world: World
) -> None:
    due_task(world, world.person(), due_on=TODAY.date() + dt.timedelta(days=1), now=TODAY)
    with SmtpServer("permanent") as server, start_tracker(
        instance, "scheduler", SMTP_URL=server.url, REMIND_HOUR="0"
    ) as scheduler:  # fmt: skip
        wait_for(lambda: state_of(world) == "failed")
        scheduler.send_signal(signal.SIGTERM)
        logged = "".join(map(str, scheduler.communicate(timeout=20)))
    assert "550" in logged
    assert "mailbox" not in logged.lower()
    assert "mira" not in logged


def state_of(world: World) -> str:
    """The state of the one reminder, "" before it is planned."""
    with world.database.reading() as session:
        return session.scalar(select(Reminder.state)) or ""


def test_a_scheduler_with_a_wrong_smtp_address_says_so_at_once(instance: Path) -> None:
    done = run_tracker(instance, "scheduler", SMTP_URL="mail.example.org")
    assert_one_clear_line(done, "TRACKER_SMTP_URL")


def wait_for(condition, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def ends_within(process: subprocess.Popen[str], seconds: float, number: int) -> int:
    process.send_signal(number)
    return process.wait(seconds)
