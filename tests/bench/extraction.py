"""How long extraction takes, and how much memory each of its processes needs over many files.

The files are stretches of the shipped cable, written past every service.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.cable.test_properties import PIECES
from tests.world import shipped_cable
from tracker.cable import parse_cable
from tracker.extract import extract

FILES = 2_000
FEWER = 400
STRETCH = 6_000
AIM_SECONDS = 0.025
AIM_PER_KB = 0.001
AIM_MEGABYTES = 80
TODAY = dt.date(2020, 1, 1)
TEXT = shipped_cable().decode("utf-8")

_MEASURED = """
import resource, subprocess, sys, time
start = time.perf_counter()
command = [sys.argv[1], "-m", "tracker", "extract", sys.argv[2], "--json"]
subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Run by a small process of its own: what a child is said to have used begins with its parent's."""

Result = tuple[str, float, str]


def run() -> list[Result]:
    """One cable, one long line, what repeats without end, and the command over folders of files."""
    with tempfile.TemporaryDirectory() as folder:
        return [_one_cable(), *_long_lines(), _pieces(), *_folders(Path(folder))]


def _least(deed: Callable[[], object], times: int) -> float:
    """The least time of the processor: what others do on the machine meanwhile is left out."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        deed()
        taken.append(time.process_time() - start)
    return min(taken)


def _read(text: str) -> object:
    return extract(parse_cable(text), today=TODAY)


def _one_cable() -> Result:
    _read(TEXT)  # Word lists and patterns are made once.
    seconds = _least(lambda: _read(TEXT), 25)
    each = seconds / (len(TEXT) / 1000)
    fits = seconds < AIM_SECONDS and each < AIM_PER_KB
    note = f"{each * 1000:.2f} ms a kB; aim under {AIM_SECONDS * 1000:.0f} ms, 1 ms a kB: "
    return "07BAKU832", seconds, note + _verdict(fits)


def _long_lines() -> list[Result]:
    """Text without a line end, of half a megabyte and of a whole one: twice the time at most, with
    a quarter for noise."""
    line = " ".join(TEXT[2_000:].split())
    half, whole = (line * (size // len(line) + 1) for size in (500_000, 1_000_000))
    half, whole = half[:500_000], whole[:1_000_000]
    first, second = _least(lambda: _read(half), 2), _least(lambda: _read(whole), 2)
    note = f"{second / first:.1f} times as long as half of it: {_verdict(second < 2.5 * first)}"
    return [("one line of 1 MB", second, note)]


def _pieces() -> Result:
    """Each piece repeated to 20 kB and to 160 kB: which one grows most beyond eight times."""
    growth = {}
    slowest = 0.0
    for piece in PIECES:
        short, long = (piece * (size // len(piece)) for size in (20_000, 160_000))
        least = _least(lambda text=long: _read(text), 2)
        slowest = max(slowest, least)
        growth[piece] = least / _least(lambda text=short: _read(text), 3)
    worst = max(growth, key=growth.__getitem__)
    note = f"{worst!r} grows most, {growth[worst]:.1f} times for 8 times the text: "
    return "one piece repeated to 160 kB, slowest", slowest, note + _verdict(growth[worst] < 14)


def _folders(folder: Path) -> list[Result]:
    """The command over some files and over many: the largest process of each run."""
    few, many = folder / "few", folder / "many"
    _write_files(few, FEWER)
    _write_files(many, FILES)
    _, before = _command(few)
    seconds, after = _command(many)
    is_flat = after < AIM_MEGABYTES and after - before < 0.1 * before
    note = f"largest process {after:.0f} MB, {before:.0f} MB over {FEWER}; aim {AIM_MEGABYTES} MB: "
    return [(f"extract over {FILES} files", seconds, note + _verdict(is_flat))]


def _write_files(folder: Path, count: int) -> None:
    """Different stretches, each under the header, so that no two files are the same."""
    folder.mkdir()
    header, rest = TEXT[:1_900], TEXT[1_900:]
    for number in range(count):
        start = number * 37 % (len(rest) - STRETCH)
        text = f"{header}\n{number}\n{rest[start : start + STRETCH]}"
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")


def _command(folder: Path) -> tuple[float, float]:
    """Seconds that it took, and megabytes of the largest of its processes."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, sys.executable, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, kilobytes = done.stdout.split()
    return float(seconds), float(kilobytes) / 1024


def _verdict(is_met: bool) -> str:
    return "met" if is_met else "NOT MET"
