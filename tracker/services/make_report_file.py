"""Has a long report's file made in the background, and says how far it is.

What is known of a file is its name in the installation's folder, so that any process can answer.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from tracker.config import ROOT
from tracker.policy.agreed_list import hash_of
from tracker.reports.formats import FORMATS
from tracker.reports.summary import Summary
from tracker.reports.summary_json import to_stored

LONG = 600
"""Tasks above which a PDF or Word file is made in the background."""
SLOW = frozenset({"pdf", "docx"})
KEPT = dt.timedelta(hours=2)
GIVEN_UP = dt.timedelta(minutes=5)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class ReportFile:
    """Where a file stands or will stand, and how far it is."""

    path: Path
    state: Literal["ready", "making", "failed"]


def is_long(summary: Summary, format: str) -> bool:
    """Whether a person would wait for this file."""
    return format in SLOW and len(summary.tasks) > LONG


def make_report_file(summary: Summary, format: str, folder: Path, now: dt.datetime) -> ReportFile:
    """The file of this very content, begun where nobody has yet. The same content asked for twice
    is made once; files older than two hours are removed, since they hold marked text."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(folder, now)
    # The instant it was asked for is no part of what it says.
    key = hash_of(to_stored(replace(summary, generated_at=_EPOCH)))[:40]
    path = folder / f"{key}.{FORMATS[format].extension}"
    waiting, failed = _beside(path, "json"), _beside(path, "failed")
    if path.exists():
        return ReportFile(path, "ready")
    if failed.exists():
        failed.unlink(missing_ok=True)  # Asked for again, it is tried again.
        return ReportFile(path, "failed")
    if not waiting.exists():
        _begin(summary, format, path, waiting)
    return ReportFile(path, "making")


def _begin(summary: Summary, format: str, path: Path, waiting: Path) -> None:
    try:
        handle = os.open(waiting, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return  # Another process was faster.
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(to_stored(summary), file, ensure_ascii=False)
    _start([sys.executable, "-m", "tracker.reports.make_file", format, str(path)])


def _start(command: list[str]) -> None:
    """Runs it beside this process; a thread waits for its end, so that nothing is left behind."""

    def run() -> None:
        subprocess.run(  # noqa: S603 - Our own module, with a name that we made.
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )

    threading.Thread(target=run, name="report file", daemon=True).start()


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}.{ending}")


def _sweep(folder: Path, now: dt.datetime) -> None:
    """Removes what is old, and what a process that is gone has left half-way."""
    for path in folder.iterdir():
        try:
            made_at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        except FileNotFoundError:
            continue
        limit = GIVEN_UP if path.suffix in (".json", ".part") else KEPT
        if now - made_at > limit:
            path.unlink(missing_ok=True)
