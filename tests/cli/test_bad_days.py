"""What a command says on a bad day: a full disk, an older database, a setting that is wrong.

One clear line, exit code 1, and nothing half-done. A limit on the size of files stands for the
disk that is full.
"""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from tests.cli.commands import CABLE, assert_one_clear_line, run_tracker
from tracker.db import Database
from tracker.services.upgrade_database import revision_of, upgrade_database


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An installation with the shipped cable in it."""
    folder = tmp_path / "instance"
    done = run_tracker(folder, "import", CABLE, "--dialogue", "Talks", "--accept", "likely")
    assert done.returncode == 0, done.stderr
    return folder


def test_an_import_that_cannot_be_saved_does_not_say_that_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    run_tracker(folder, "db", "upgrade")
    done = run_tracker(folder, "import", CABLE, "--accept", "likely", largest_file=100_000)
    assert_one_clear_line(done, "The database does not answer", "Nothing was changed")
    assert "Imported" not in done.stdout
    assert "there already" not in run_tracker(folder, "import", CABLE).stdout


def test_a_backup_that_does_not_fit_is_said_in_one_line_and_leaves_no_file(
    instance: Path, tmp_path: Path
) -> None:
    room = tmp_path / "room"
    room.mkdir()
    done = run_tracker(instance, "backup", room / "all.backup", largest_file=40_000)
    assert_one_clear_line(done, "all.backup cannot be written", "No backup was made")
    assert list(room.iterdir()) == []


def test_a_report_that_does_not_fit_leaves_the_one_that_was_there(
    instance: Path, tmp_path: Path
) -> None:
    room = tmp_path / "room"
    room.mkdir()
    report = room / "report.html"
    report.write_text("the report of last week")
    done = run_tracker(instance, "report", "Talks", "-o", report, largest_file=40_000)
    assert_one_clear_line(done, "report.html cannot be written")
    assert report.read_text() == "the report of last week"
    assert list(room.iterdir()) == [report]


def test_a_report_can_still_be_written_to_a_pipe_and_through_a_link(
    instance: Path, tmp_path: Path
) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    run_tracker(instance, "report", "Talks", "--format", "csv", "-o", link)
    assert link.is_symlink()
    piped = run_tracker(instance, "report", "Talks", "--format", "csv", "-o", "/dev/stdout")
    assert piped.stdout.splitlines() == target.read_text().splitlines()


@pytest.mark.parametrize(
    "command", [("audit", "verify"), ("report", "Talks"), ("import", CABLE), ("remind",)]
)
def test_no_command_but_upgrade_changes_an_older_database(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    folder = old_installation(tmp_path)
    done = run_tracker(folder, *command)
    assert_one_clear_line(done, "older version", "python -m tracker db upgrade")
    assert revision(folder) == "0004"


def test_an_older_database_is_backed_up_before_it_is_upgraded(tmp_path: Path) -> None:
    folder = old_installation(tmp_path)
    assert run_tracker(folder, "backup", tmp_path / "old.backup").returncode == 0
    assert revision(folder) == "0004"
    done = run_tracker(tmp_path / "new", "restore", tmp_path / "old.backup")
    assert done.returncode == 0, done.stderr


def old_installation(tmp_path: Path) -> Path:
    folder = tmp_path / "instance"
    folder.mkdir()
    database = Database(f"sqlite:///{folder / 'tracker.sqlite3'}")
    upgrade_database(database, "0004")
    database.close()
    return folder


def revision(folder: Path) -> str | None:
    database = Database(f"sqlite:///{folder / 'tracker.sqlite3'}")
    found = revision_of(database)
    database.close()
    return found


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BASE_URL", "http://[::1", "TRACKER_BASE_URL"),
        ("INBOUND", "lmtp://[::1", "TRACKER_INBOUND"),
        ("INBOUND", "lmtp://mail:port", "TRACKER_INBOUND"),
        ("DATABASE_URL", "postgresql://u:p@h:notaport/x", "TRACKER_DATABASE_URL"),
        ("SECRET_KEY", "short", "TRACKER_SECRET_KEY"),
    ],
)
def test_a_setting_that_is_wrong_is_named(
    name: str, value: str, words: str, tmp_path: Path
) -> None:
    assert_one_clear_line(run_tracker(tmp_path / "i", "check", **{name: value}), words)


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff\xfe" * 40])
def test_a_key_file_that_is_empty_or_broken_is_named_with_what_to_do(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "secret_key").write_bytes(content)
    assert_one_clear_line(run_tracker(tmp_path, "check"), "secret_key")
    assert (tmp_path / "secret_key").read_bytes() == content


def test_a_key_that_is_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret_key").mkdir()
    assert_one_clear_line(run_tracker(tmp_path, "check"), "secret_key", "cannot be read")


def test_what_is_made_is_closed_to_other_users_of_the_machine(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    before = run_tracker(folder, "check")
    assert folder.stat().st_mode & 0o077 == 0
    assert "closed to other users" in before.stdout
    folder.chmod(0o755)
    assert f"chmod 700 {folder}" in run_tracker(folder, "check").stdout


def test_the_web_server_alone_says_that_its_port_is_in_use(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert_one_clear_line(
            run_tracker(tmp_path, "web", PORT=port), f"Port {port} is used by another program"
        )


def test_a_host_that_is_none_of_this_machine_is_named(tmp_path: Path) -> None:
    done = run_tracker(tmp_path, "serve", HOST="not-a-host.invalid")
    assert_one_clear_line(done, "TRACKER_HOST", "not-a-host.invalid")


def test_a_file_whose_name_is_not_text_is_imported(tmp_path: Path) -> None:
    strange = os.path.join(os.fsencode(tmp_path), b"talks-\xff.txt")
    Path(os.fsdecode(strange)).write_bytes(CABLE.read_bytes())
    done = run_tracker(tmp_path / "instance", "import", Path(os.fsdecode(strange)))
    assert done.returncode == 0, done.stderr


def test_a_fault_of_the_program_is_one_line_without_what_was_handled(instance: Path) -> None:
    path = instance / "tracker.sqlite3"
    subprocess.run(["python3", "-c", _TEAR, str(path)], check=True)
    done = run_tracker(instance, "report", "Talks")
    assert_one_clear_line(done, "fault of the tracker itself", "Error at ")
    assert "unreadable" not in done.stderr


_TEAR = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
    "c.execute(\"UPDATE task SET first_due_on = 'unreadable'\"); c.commit(); c.close()"
)
