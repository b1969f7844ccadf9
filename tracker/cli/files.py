"""Writes a command's result to a file, whole or not at all; what is in it is others' business."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from tracker.policy.errors import InvalidInput


def write_whole(path: Path, content: bytes) -> None:
    """Writes beside ``path`` and puts the file in its place once it is whole, so that a full disk
    leaves what was there. A device or pipe is written to as it is. Raises InvalidInput."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        path = path.resolve()  # Of a link, what it points at.
        beside = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
        try:
            with beside.open("xb") as file:
                file.write(content)
            if path.exists():
                beside.chmod(path.stat().st_mode & 0o777)
            os.replace(beside, path)
        finally:
            with suppress(OSError):
                beside.unlink()
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise InvalidInput(f"{path} cannot be written: {reason}.") from error
