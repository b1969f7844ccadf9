"""Checks that a vendored folder is what its SHA256SUMS says, licence and version included.

Shared by the tests of the pages' libraries and of the tests' own; fetches nothing.
"""

from __future__ import annotations

import hashlib
from pathlib import Path


def faults_of(folder: Path) -> list[str]:
    """What is wrong with a vendored folder, in words; empty where all is as recorded."""
    recorded = {}
    for line in (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        digest, name = line.split("  ", 1)
        recorded[name] = digest
    present = {
        str(path.relative_to(folder)): path
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    faults = [f"{name} is listed and missing" for name in recorded.keys() - present.keys()]
    faults += [f"{name} is there and not listed" for name in present.keys() - recorded.keys()]
    for name in recorded.keys() & present.keys():
        if hashlib.sha256(present[name].read_bytes()).hexdigest() != recorded[name]:
            faults.append(f"{name} differs from its sum")
    if not any(name.startswith("LICENSE") for name in present):
        faults.append("no licence")
    if "VERSION" not in present:
        faults.append("no version")
    return sorted(faults)
