"""The header of every annotated cable, and that each annotated passage lies in one block."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.shared import SHARED
from tracker.cable import Cable, parse_cable

assert SHARED is not None
NAMES = sorted(path.stem for path in (SHARED / "gold").glob("*.json"))
OF_THE_READER = {"unmarked_portion", "paragraph_number_repaired"}


def load(name: str) -> tuple[dict[str, Any], Cable]:
    folder = Path(str(SHARED))
    gold = json.loads((folder / "gold" / f"{name}.json").read_text("utf-8"))
    text = (folder / gold["document"]).read_bytes().decode("utf-8")
    return gold, parse_cable(text)


def fold(value: object) -> str:
    return " ".join(re.findall(r"\w+", str(value).lower()))


@pytest.mark.parametrize("name", NAMES)
def test_every_annotated_field_is_read(name: str) -> None:
    gold, cable = load(name)
    for field, wanted in gold["header"].items():
        found = getattr(cable.header, field)
        if isinstance(found, dt.datetime):
            found = f"{found:%Y-%m-%dT%H:%M:%SZ}"
        if isinstance(wanted, list):
            assert sorted(map(fold, found)) == sorted(map(fold, wanted)), field
        else:
            assert fold(found) == fold(wanted), field


@pytest.mark.parametrize("name", NAMES)
def test_the_warnings_are_those_annotated(name: str) -> None:
    gold, cable = load(name)
    found = {warning.code for warning in cable.warnings} & OF_THE_READER
    assert found == set(gold["warnings"]) & OF_THE_READER


@pytest.mark.parametrize("name", NAMES)
def test_every_annotated_passage_lies_in_one_block_with_its_marking(name: str) -> None:
    gold, cable = load(name)
    for item in gold["items"]:
        start, end = item["span"]
        around = [b for b in cable.blocks if b.span[0] <= start and end <= b.span[1]]
        assert around, item["id"]
        assert fold(around[-1].marking) == fold(item["marking"]), item["id"]
