"""Runs every bench beside this file and prints what each measured.

A bench is a module with ``run() -> list[tuple[str, float, str]]``: what, seconds, and a note.
"""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module
from pathlib import Path


def main(names: list[str]) -> None:
    """Runs the benches named, or all of them."""
    for module in sorted(pkgutil.iter_modules([str(Path(__file__).parent)]), key=lambda m: m.name):
        if module.name.startswith("_") or (names and module.name not in names):
            continue
        for what, seconds, note in import_module(f"tests.bench.{module.name}").run():
            print(f"{module.name:<10} {what:<44} {seconds * 1000:9.1f} ms  {note}")


main(sys.argv[1:])
