"""Runs ``python -m tracker`` as a script would, in an installation of its own."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CABLE = ROOT / "tracker" / "data" / "07BAKU832.txt"


def run_tracker(
    instance: Path, *arguments: str | Path, largest_file: int | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    """The finished process of a command; ``settings`` are TRACKER_* variables without prefix. No
    file can be written beyond ``largest_file`` bytes, as on a disk that is full."""

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return subprocess.run(
        [sys.executable, "-m", "tracker", *map(str, arguments)],
        cwd=ROOT,
        env=_environment(instance, settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=limit,
    )


@contextmanager
def start_tracker(
    instance: Path, *arguments: str, **settings: str
) -> Iterator[subprocess.Popen[str]]:
    """A command that goes on until it is told to end; killed at the end where it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", *arguments],
        cwd=ROOT,
        env=_environment(instance, settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()


def _environment(instance: Path, settings: dict[str, str]) -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")}
    environment |= {"TRACKER_INSTANCE": str(instance), "TRACKER_SAMPLE": "0"}
    return environment | {f"TRACKER_{name}": value for name, value in settings.items()}


def assert_one_clear_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """That the command ended with exit code 1 and one line on stderr that has these words."""
    assert done.returncode == 1, (done.stdout, done.stderr)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("tracker: ")
    for word in words:
        assert word in lines[0]
