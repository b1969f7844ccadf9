"""The libraries that pages load are the ones that were reviewed, and are complete.

Changing a vendored file on purpose means writing its new sum into SHA256SUMS.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.vendored import faults_of

VENDOR = Path(__file__).parents[2] / "tracker" / "static" / "vendor"
BUDGET_BYTES = 1_200_000
NEVER_SHOWN = {"../img/hero.jpg"}  # 200 kB for a hero banner that no page of ours has.


@pytest.mark.parametrize("name", ["uswds", "htmx"])
def test_a_vendored_library_is_as_its_sums_say(name: str) -> None:
    assert faults_of(VENDOR / name) == []


def test_every_file_that_the_style_sheet_names_is_there() -> None:
    sheet = VENDOR / "uswds" / "css" / "uswds.min.css"
    named = set(re.findall(r"url\((\.\./[^)]+)\)", sheet.read_text(encoding="utf-8")))
    missing = {path for path in named if not (sheet.parent / path).is_file()}
    assert missing == NEVER_SHOWN


def test_the_libraries_stay_within_their_budget() -> None:
    assert sum(path.stat().st_size for path in VENDOR.rglob("*") if path.is_file()) < BUDGET_BYTES


def test_htmx_is_version_two_which_our_settings_are_written_for() -> None:
    assert (VENDOR / "htmx" / "VERSION").read_text().startswith("2.0.")
