"""`extract`: one object for one file, a line for each of several, bad files named at the end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import CABLE, assert_one_clear_line, run_tracker


def test_one_file_gives_one_object(tmp_path: Path) -> None:
    done = run_tracker(tmp_path, "extract", CABLE, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) >= {
        "document",
        "meeting",
        "agenda",
        "items",
        "warnings",
        "parties",
        "unpicked",
    }
    assert found["document"]["reference_id"] == "07BAKU832"
    keys = {"span", "tier", "agenda", "kind", "responsible", "owners", "due_on", "due_basis"}
    keys |= {"marking", "title", "text", "rules", "reason"}
    assert all(keys <= set(item) for item in found["items"])


def test_a_folder_gives_a_line_for_each_file_and_names_the_bad_ones(tmp_path: Path) -> None:
    folder = tmp_path / "cables"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.txt").write_text(f"1. (U) We should send list {number}.", "utf-8")
    (folder / "bad.txt").write_bytes(b"")
    done = run_tracker(tmp_path, "extract", folder, "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(line["file"]).name for line in lines] == [f"{n}.txt" for n in range(9)]
    assert_one_clear_line(done, "bad.txt", "empty")


def test_without_json_a_person_can_read_it(tmp_path: Path) -> None:
    done = run_tracker(tmp_path, "extract", CABLE)
    assert done.returncode == 0, done.stderr
    assert "United States and Azerbaijan" in done.stdout
    assert "NATO IPAP/SECURITY SECTOR REFORMS" in " ".join(done.stdout.split())
    assert "Two dates are given for the meeting" in " ".join(done.stdout.split())


def test_explain_says_why_and_where_from(tmp_path: Path) -> None:
    done = run_tracker(tmp_path, "extract", CABLE, "--explain")
    assert "Picked for" in done.stdout
    assert "(default)" in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.txt", None, "No such file"),
        ("empty.txt", b"  ", "empty"),
        ("x.pdf", b"%PDF-1.4", "PDF"),
    ],
)
def test_a_bad_file_is_one_clear_line(
    tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert_one_clear_line(run_tracker(tmp_path, "extract", tmp_path / name, "--json"), name, words)


def test_a_lexicon_that_cannot_be_read_says_which_line(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("party: Ruritania\nnonsense\n", "utf-8")
    done = run_tracker(tmp_path, "extract", CABLE, "--lexicon", tmp_path / "words")
    assert_one_clear_line(done, "Line 2")


def test_no_file_at_all_is_wrong_usage(tmp_path: Path) -> None:
    assert run_tracker(tmp_path, "extract").returncode == 2
