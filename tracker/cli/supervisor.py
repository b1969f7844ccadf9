"""Starts web and scheduler as child processes, restarts one that dies, and ends both on a signal;
should the supervisor itself be killed, the two end by themselves.

Also what `make run` shows: one line with the address and, until somebody administers the
installation, a link to set it up.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from types import FrameType

import click

from tracker.cli.installation import SUPERVISED, open_installation
from tracker.config import ROOT, Settings
from tracker.db import Database
from tracker.policy.errors import Unavailable

_PARTS = ("web", "scheduler")
_GRACE_SECONDS = 10.0
_PAUSE_SECONDS = (1, 2, 5, 10, 30)
"""Before a part that died is started again, by how often it has died in a row."""


@dataclass(slots=True)
class _Part:
    """A child process; ``deaths`` counts those in quick succession, ``leash`` is the end of a
    pipe that it reads, whose other end the supervisor alone holds."""

    name: str
    leash: int
    process: subprocess.Popen[bytes]
    started_at: float
    deaths: int = 0
    restart_at: float | None = None


@dataclass(slots=True)
class _Supervisor:
    parts: list[_Part] = field(default_factory=list)
    is_stopping: bool = False

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Asks the loop to end; fit to be a signal handler."""
        self.is_stopping = True


def serve() -> None:
    """Runs until SIGINT or SIGTERM. Raises Unavailable where the port is in use, and whatever
    is wrong with settings or database, before anything is started."""
    supervisor = _Supervisor()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, supervisor.stop)  # SIGHUP: the terminal was closed.
    with open_installation(upgrade=True) as (settings, database):
        require_free_port(settings)
        _add_sample(settings, database)
        link = _set_up_link(settings, database)
    leash, hold = os.pipe()
    try:
        supervisor.parts = [_start(name, leash) for name in _PARTS]
        _announce(settings, link, supervisor)
        while not supervisor.is_stopping:
            time.sleep(0.2)
            for part in supervisor.parts:
                _watch(part)
    finally:
        _end(supervisor.parts)
        os.close(hold)
        os.close(leash)


def end_with_supervisor() -> None:
    """Has this process end once the supervisor that started it is gone, however it went. Does
    nothing in a process that was started by itself."""
    if os.environ.get(SUPERVISED):
        threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    while os.read(0, 1):  # Nothing is ever written; the pipe closes when its holder ends.
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)


def require_free_port(settings: Settings) -> None:
    """Raises Unavailable, saying which setting to change, where nothing can listen there."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Unavailable(_why_not(settings, error)) from error


def _why_not(settings: Settings, error: OSError) -> str:
    other = f"choose another port: TRACKER_PORT={settings.port + 1} make run"
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} is used by another program. Stop that program, or {other}"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return (
            f"TRACKER_HOST is {settings.host!r}, which is no address of this machine. Set it to "
            "127.0.0.1 for this machine alone, or to 0.0.0.0 for all of its addresses."
        )
    return f"Port {settings.port} cannot be used ({error.strerror}); {other}"


def _add_sample(settings: Settings, database: Database) -> None:
    from tracker.services.add_sample import add_sample

    if settings.sample and settings.is_sqlite:
        with database.transaction() as session:
            add_sample(session, now=dt.datetime.now(dt.UTC))


def _set_up_link(settings: Settings, database: Database) -> str | None:
    from tracker.services.set_up import ensure_link

    with database.transaction() as session:
        token = ensure_link(session, dt.datetime.now(dt.UTC))
    return f"{settings.base_url}/set-up/{token}" if token else None


def _announce(settings: Settings, link: str | None, supervisor: _Supervisor) -> None:
    """Says where the tracker is once it answers there."""
    while not supervisor.is_stopping:
        for part in supervisor.parts:
            _watch(part)
        with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
            if probe.connect_ex((settings.host, settings.port)) == 0:
                break
        time.sleep(0.05)
    else:
        return
    words = f"Dialogue Tracker: {settings.base_url}"
    if link:
        words += f" – set it up at {link} (this link works once)"
    click.echo(words)


def _start(name: str, leash: int) -> _Part:
    # A session of its own, so that Ctrl-C reaches the supervisor alone and it ends them in order.
    process = subprocess.Popen(  # noqa: S603 - Our own interpreter and our own module.
        [sys.executable, "-m", "tracker", name],
        cwd=ROOT,
        env={**os.environ, SUPERVISED: "1"},
        stdin=leash,
        start_new_session=True,
    )
    return _Part(name, leash, process, time.monotonic())


def _watch(part: _Part) -> None:
    """Starts a part again that has died, after a pause that grows while it keeps dying."""
    now = time.monotonic()
    if part.restart_at is not None:
        if now >= part.restart_at:
            fresh = _start(part.name, part.leash)
            part.process, part.started_at, part.restart_at = fresh.process, now, None
        return
    code = part.process.poll()
    if code is None:
        return
    part.deaths = 1 if now - part.started_at > 60 else part.deaths + 1
    pause = _PAUSE_SECONDS[min(part.deaths, len(_PAUSE_SECONDS)) - 1]
    click.echo(f"tracker: {part.name} ended with code {code}; again in {pause} s.", err=True)
    part.restart_at = now + pause


def _end(parts: list[_Part]) -> None:
    for part in parts:
        if part.process.poll() is None:
            part.process.terminate()
    deadline = time.monotonic() + _GRACE_SECONDS
    for part in parts:
        try:
            part.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            part.process.kill()
            part.process.wait()
