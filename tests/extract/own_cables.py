"""Whole cables of invented countries with their annotations, written before they were read.

Fixtures only; what must be reached on them stands in test_own_cables.py.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from tracker.cable import parse_cable
from tracker.extract import Lexicon, extract, read_lexicon, to_json

FOLDER = Path(__file__).resolve().parents[1] / "cables" / "own"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
_TODAY = dt.date(2020, 1, 1)


@cache
def lexicon() -> Lexicon:
    """The invented countries, as an installation would add them."""
    return read_lexicon((FOLDER / "lexicon.txt").read_text(encoding="utf-8"))


@cache
def gold(name: str) -> dict[str, Any]:
    """The annotation of one of them."""
    read: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return read


@cache
def found(name: str) -> dict[str, Any]:
    """What is drawn from one of them."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return to_json(extract(parse_cable(text), today=_TODAY, lexicon=lexicon()))
