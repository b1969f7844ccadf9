"""`python -m tracker serve`: both parts run, one that dies comes back, Ctrl-C leaves nothing."""

from __future__ import annotations

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import assert_one_clear_line, run_tracker, start_tracker

pytestmark = pytest.mark.xdist_group("serve")


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def children_of(pid: int) -> dict[str, int]:
    """The running child processes by what they are: web, scheduler."""
    found = {}
    for line in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        try:
            words = Path(f"/proc/{line}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"tracker" in words:
            found[words[-2].decode()] = int(line)
    return found


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_says_where_it_is_and_a_signal_ends_both_parts(
    number: signal.Signals, port: int, tmp_path: Path
) -> None:
    with start_tracker(tmp_path / "instance", "serve", PORT=str(port)) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith(f"Dialogue Tracker: http://127.0.0.1:{port} – set it up at ")
        assert answers(port)
        parts = children_of(process.pid)
        assert set(parts) == {"web", "scheduler"}
        process.send_signal(number)
        assert process.wait(12) == 0
        assert not any(is_running(pid) for pid in parts.values())
        assert not answers(port)


def test_a_part_that_dies_is_started_again(port: int, tmp_path: Path) -> None:
    with start_tracker(tmp_path / "instance", "serve", PORT=str(port)) as process:
        assert process.stdout is not None
        process.stdout.readline()
        before = children_of(process.pid)
        os.kill(before["web"], signal.SIGKILL)
        os.kill(before["scheduler"], signal.SIGKILL)
        wait_for(lambda: set(children_of(process.pid)) == {"web", "scheduler"})
        wait_for(lambda: answers(port))
        after = children_of(process.pid)
        assert not set(before.values()) & set(after.values())
        process.send_signal(signal.SIGINT)
        assert process.wait(12) == 0


def test_a_port_in_use_gets_one_clear_line_and_starts_nothing(port: int, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = run_tracker(tmp_path / "instance", "serve", PORT=str(port))
    assert_one_clear_line(done, f"Port {port} is used by another program", f"PORT={port + 1}")
    assert done.stdout == ""
