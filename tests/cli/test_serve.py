"""`python -m tracker serve`: both parts run, one that dies comes back, Ctrl-C leaves nothing."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
import urllib.error
import urllib.parse
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


def test_when_it_is_killed_both_parts_end_too(port: int, tmp_path: Path) -> None:
    with start_tracker(tmp_path / "instance", "serve", PORT=str(port)) as process:
        assert process.stdout is not None
        process.stdout.readline()
        parts = children_of(process.pid)
        assert set(parts) == {"web", "scheduler"}
        process.kill()
        wait_for(lambda: not any(is_running(pid) for pid in parts.values()))
        assert not answers(port)


def test_fifty_megabytes_get_the_page_that_names_the_limit(port: int, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with start_tracker(instance, "serve", PORT=str(port)) as process:
        assert process.stdout is not None
        set_up = process.stdout.readline().split(" at ")[1].split()[0]
        page = browser.open(set_up, timeout=60).read().decode()
        token = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page)[0]
        who = {"name": "Mira Okonjo", "email": "mira@north.example", "country": "Northland"}
        word = dict.fromkeys(("password", "repeated"), "a long passphrase")
        sent = urllib.parse.urlencode(
            {"csrf_token": token, "time_zone": "UTC", **who, **word}
        ).encode()
        browser.open(set_up, sent, timeout=60).read()
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="big.txt"\r\n\r\n'
        upload = urllib.request.Request(
            f"http://127.0.0.1:{port}/cables/import",
            head + b"A" * (50 * 1024 * 1024) + b"\r\n--x--\r\n",
            {"Content-Type": "multipart/form-data; boundary=x"},
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            browser.open(upload, timeout=60)
        with refused.value as answer:
            assert answer.code == 413
            assert "That is larger than 10 MB" in answer.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(12) == 0


def test_a_port_in_use_gets_one_clear_line_and_starts_nothing(port: int, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = run_tracker(tmp_path / "instance", "serve", PORT=str(port))
    assert_one_clear_line(done, f"Port {port} is used by another program", f"PORT={port + 1}")
    assert done.stdout == ""
