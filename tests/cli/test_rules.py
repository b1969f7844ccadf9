"""`rules`: what each rule is and did, with and without a database, and reviews as annotations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import CABLE, assert_one_clear_line, run_tracker
from tracker.extract.rules import RULES


def test_without_a_database_there_are_the_rules_alone(tmp_path: Path) -> None:
    (tmp_path / "lexicon.txt").write_text("disable: opportunity\n", "utf-8")
    done = run_tracker(tmp_path, "rules", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    rules = {rule["id"]: rule for rule in found["rules"]}
    assert list(rules) == [rule.id for rule in RULES]
    assert {name for name, rule in rules.items() if not rule["enabled"]} == {"opportunity"}
    assert rules["propose-that"]["accepted"] is None
    assert found["missed"] is None
    assert not (tmp_path / "tracker.sqlite3").exists()


def test_a_person_can_read_it(tmp_path: Path) -> None:
    done = run_tracker(tmp_path, "rules")
    assert "propose-that" in done.stdout
    assert "the author proposes that somebody act" in " ".join(done.stdout.split())
    assert "No database here" in done.stdout


def test_a_database_that_does_not_answer_leaves_the_counts_out(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none?connect_timeout=1"
    done = run_tracker(tmp_path, "rules", "--json", DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    assert "Without counts" in done.stderr
    assert json.loads(done.stdout)["missed"] is None


def test_what_a_command_accepted_is_nobodys_decision(tmp_path: Path) -> None:
    assert run_tracker(tmp_path, "import", CABLE, "--accept", "likely").returncode == 0
    found = json.loads(run_tracker(tmp_path, "rules", "--json").stdout)
    assert sum(rule["accepted"] for rule in found["rules"]) == 0
    assert sum(rule["undecided"] for rule in found["rules"]) > 10
    assert "100%" not in run_tracker(tmp_path, "rules").stdout


def test_a_review_is_exported_once_it_is_done(tmp_path: Path) -> None:
    assert run_tracker(tmp_path, "import", CABLE, "--accept", "likely").returncode == 0
    gold = tmp_path / "gold.json"
    done = run_tracker(tmp_path, "rules", "--export-gold", "07BAKU832", "-o", gold)
    assert_one_clear_line(done, "candidates must be reviewed first")
    assert not gold.exists()
    assert run_tracker(tmp_path, "import", CABLE, "--accept", "all").returncode == 0
    text = tmp_path / "text.txt"
    done = run_tracker(tmp_path, "rules", "--export-gold", "1", "-o", gold, "--text", text)
    assert done.returncode == 0, done.stderr
    assert text.read_bytes() == CABLE.read_bytes()
    item = json.loads(gold.read_text("utf-8"))["items"][0]
    start, end = item["span"]
    assert " ".join(CABLE.read_text("utf-8")[start:end].split()).startswith(item["opens_with"])


@pytest.mark.parametrize("name", ["noheader.txt", "BERICHT_ÖL.txt"])
def test_a_cable_without_a_reference_is_exported_by_the_name_of_its_file(
    name: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text("1. (U) The Ministry will send the list by 1 June 2008.\n", "utf-8")
    parties = ("--party", "Northland", "--party", "Sundria")
    done = run_tracker(tmp_path, "import", file, "--accept", "all", *parties)
    assert done.returncode == 0, done.stderr
    done = run_tracker(tmp_path, "rules", "--export-gold", name)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["items"]


def test_a_cable_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    assert_one_clear_line(run_tracker(tmp_path, "rules", "--export-gold", "99X1"), "'99X1'")
    assert_one_clear_line(run_tracker(tmp_path, "rules", "--export-gold", "7"), "no such cable")
    assert run_tracker(tmp_path, "rules", "--text", "x").returncode == 2


def test_import_uses_the_words_of_the_installation(tmp_path: Path) -> None:
    (tmp_path / "lexicon.txt").write_text("disable: propose-that\n", "utf-8")
    assert run_tracker(tmp_path, "import", CABLE).returncode == 0
    found = json.loads(run_tracker(tmp_path, "rules", "--json").stdout)
    rules = {rule["id"]: rule for rule in found["rules"]}
    assert rules["propose-that"]["undecided"] == 0
    assert rules["said-would"]["undecided"] > 0


def test_import_goes_on_without_words_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "lexicon.txt").write_text("nonsense\n", "utf-8")
    done = run_tracker(tmp_path, "import", CABLE)
    assert done.returncode == 0
    assert "Line 1" in done.stderr
    assert "Imported 07BAKU832" in done.stdout
    check = run_tracker(tmp_path, "check")
    assert check.returncode == 1
    assert "Line 1 of the lexicon cannot be read" in check.stdout
