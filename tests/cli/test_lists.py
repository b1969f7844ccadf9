"""`python -m tracker list verify`: the hash of an exported list, recomputed without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import assert_one_clear_line, run_tracker
from tracker.policy.agreed_list import AgreedContent, AgreedItem, hash_of, to_json

CONTENT = to_json(
    AgreedContent("Talks", ("A", "B"), 1, None, None, 1, "U", (AgreedItem(1, "Open the road"),))
)


def exported(**changes: object) -> dict[str, object]:
    sha256 = hash_of(CONTENT)
    return {
        "list": CONTENT,
        "sha256": sha256,
        "approvals": [{"party": "A", "sha256": sha256}],
    } | changes


def test_a_whole_list_is_verified(tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    file.write_text(json.dumps(exported(), indent=4), encoding="utf-8")
    done = run_tracker(tmp_path, "list", "verify", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert hash_of(CONTENT) in done.stdout
    assert "Approved by, as the file says: A" in done.stdout
    assert not (tmp_path / "tracker.sqlite3").exists()


def test_a_changed_list_is_named(tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    file.write_text(json.dumps(exported(list={**CONTENT, "marking": "S"})), encoding="utf-8")
    done = run_tracker(tmp_path, "list", "verify", file)
    assert done.returncode == 1
    assert "The list was changed" in done.stderr
    assert "A approved something else" in done.stderr


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"list": 1}', "[" * 100_000], ids=lambda t: t[:5] or "nothing"
)
def test_what_is_no_exported_list_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "list.json"
    file.write_text(text, encoding="utf-8")
    assert_one_clear_line(run_tracker(tmp_path, "list", "verify", file))


def test_a_file_in_which_a_name_stands_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    text = json.dumps(exported()).replace('"text":', '"text": "Close the road", "text":')
    file.write_text(text, encoding="utf-8")
    assert_one_clear_line(run_tracker(tmp_path, "list", "verify", file))


def test_nothing_in_a_file_commands_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    approvals = [{"party": "\x1b[2JA", "sha256": "x"}]
    file.write_text(json.dumps(exported(approvals=approvals)), encoding="utf-8")
    done = run_tracker(tmp_path, "list", "verify", file)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr
