"""The commands that scripts use: what they do, and how they answer bad input."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.commands import CABLE, assert_one_clear_line, run_tracker
from tests.invented import imported as imported_by_system
from tests.world import World
from tracker.db import Database
from tracker.policy.visibility import SYSTEM


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    return tmp_path / "instance"


def imported(instance: Path) -> None:
    done = run_tracker(instance, "import", CABLE, "--dialogue", "Talks", "--accept", "likely")
    assert done.returncode == 0, done.stderr


def test_a_cable_goes_from_file_to_report_without_a_browser(instance: Path, tmp_path: Path) -> None:
    imported(instance)
    report = tmp_path / "report.json"
    done = run_tracker(
        instance, "report", "Talks", "--format", "json", "-o", report, "--as-of", "2008-01-15"
    )
    assert done.returncode == 0, done.stderr
    content = json.loads(report.read_text(encoding="utf-8"))
    assert content["dialogue"] == "Talks"
    assert content["as_of"] == "2008-01-15"
    assert content["marking"] == "C"
    assert content["totals"]["proposed"] == len(content["tasks"]) > 30
    keys = {"number", "title", "agenda", "kind", "responsible", "owners", "status", "due_on"}
    assert keys | {"due_basis", "marking", "last_remark"} <= set(content["tasks"][0])


def test_what_nobody_confirmed_is_said(instance: Path) -> None:
    done = run_tracker(instance, "import", CABLE)
    assert done.returncode == 0
    assert "2 different ones" in done.stdout
    assert "9 July 2007 to 10 July 2007" in done.stdout


def test_options_settle_what_the_cable_leaves_open(instance: Path) -> None:
    done = run_tracker(
        instance, "import", CABLE, "--party", "United States", "--party", "Azerbaijan",
        "--starts-on", "2007-07-10", "--ends-on", "2007-07-11",
    )  # fmt: skip
    assert "Unconfirmed" not in done.stdout
    assert "10 July 2007 to 11 July 2007" in done.stdout


UNMARKED = "The Kenyan Ministry of Trade will send the draft by 1 June 2027.\n"


def marking_of_report(instance: Path) -> str:
    content = json.loads(run_tracker(instance, "report", "Talks", "--format", "json").stdout)
    assert {task["marking"] for task in content["tasks"]} == {content["marking"]}
    return str(content["marking"])


def test_a_text_without_a_marking_counts_as_confidential_until_somebody_says_otherwise(
    instance: Path, tmp_path: Path
) -> None:
    path = tmp_path / "talks.txt"
    path.write_text(UNMARKED)
    done = run_tracker(instance, "import", path, "--dialogue", "Talks", "--accept", "all")
    assert "Unconfirmed: the marking, which the text does not state" in done.stdout
    assert "CONFIDENTIAL (--marking states it)" in done.stdout
    assert marking_of_report(instance) == "C"


@pytest.mark.parametrize("marking", ["U", "s"])
def test_an_option_states_the_marking_of_a_text_that_has_none(
    marking: str, instance: Path, tmp_path: Path
) -> None:
    path = tmp_path / "talks.txt"
    path.write_text(UNMARKED)
    done = run_tracker(
        instance, "import", path, "--dialogue", "Talks", "--accept", "all", "--marking", marking
    )
    assert "the marking" not in done.stdout
    assert marking_of_report(instance) == marking.upper()


def test_an_unmarked_text_is_presumed_to_be_marked_like_the_cables_of_its_dialogue(
    instance: Path, tmp_path: Path
) -> None:
    path = tmp_path / "talks.txt"
    path.write_text("SECRET\n\n" + UNMARKED)
    run_tracker(instance, "import", path, "--dialogue", "Talks")
    path.write_text(UNMARKED)
    done = run_tracker(instance, "import", path, "--dialogue", "Talks")
    assert "it is taken for SECRET" in done.stdout


def test_tasks_are_of_the_parties_that_were_given(instance: Path, tmp_path: Path) -> None:
    given = ("United States of America", "Republic of Azerbaijan")
    options = [word for name in given for word in ("--party", name)]
    run_tracker(instance, "import", CABLE, "--dialogue", "Talks", "--accept", "likely", *options)
    second = tmp_path / "second.txt"
    second.write_text("1. (U) The Ministry of Trade will send the draft by 1 June 2008.\n")
    run_tracker(instance, "import", second, "--dialogue", "Talks", "--accept", "likely")
    report = run_tracker(instance, "report", "Talks", "--format", "json")
    tasks = json.loads(report.stdout)["tasks"]
    sides = {name for task in tasks for name in task["responsible"]}
    assert set(given) <= sides
    assert not {"United States", "Azerbaijan"} & sides
    assert tasks[-1]["responsible"] == ["Republic of Azerbaijan"]


def test_the_same_bytes_again_change_nothing_and_it_says_so(instance: Path) -> None:
    imported(instance)
    done = run_tracker(instance, "import", CABLE, "--accept", "likely")
    assert done.returncode == 0
    assert "there already" in done.stdout
    report = run_tracker(instance, "report", "Talks", "--format", "csv")
    lines = report.stdout.strip().splitlines()
    assert len(lines) == len(set(lines))


def test_a_known_cable_is_said_with_its_dialogue_and_stays_there(instance: Path) -> None:
    imported(instance)
    done = run_tracker(instance, "import", CABLE, "--dialogue", "Security Dialogue")
    assert done.returncode == 0
    assert "in “Talks”; nothing changed." in done.stdout
    assert "It stays there; “Security Dialogue” was left aside." in done.stdout
    report = run_tracker(instance, "report", "Security Dialogue")
    assert_one_clear_line(report, "no dialogue called 'Security Dialogue'. There are “Talks”.")


def test_a_cable_that_waits_for_its_confirmation_is_confirmed_and_not_called_unchanged(
    instance: Path,
) -> None:
    assert run_tracker(instance, "db", "upgrade").returncode == 0
    database = Database(f"sqlite:///{instance / 'tracker.sqlite3'}")
    imported_by_system(database, SYSTEM, CABLE.read_text("utf-8"))
    database.close()
    done = run_tracker(instance, "import", CABLE, "--dialogue", "Talks")
    assert "Imported 07BAKU832 into “Talks”." in done.stdout
    assert "nothing changed" not in done.stdout


def test_a_dialogue_without_a_lead_says_so_until_it_is_given_one(instance: Path) -> None:
    done = run_tracker(instance, "import", CABLE, "--dialogue", "Talks")
    assert "nobody leads “Talks”, so nobody sees it in the browser" in done.stdout
    database = Database(f"sqlite:///{instance / 'tracker.sqlite3'}")
    world = World(database)
    world.account(world.person("Ada Roe", party="United States"))
    database.close()
    lead = ("--dialogue", "Talks", "--lead", "ada.roe@example.org")
    done = run_tracker(instance, "import", CABLE, *lead)
    assert "Ada Roe leads “Talks” now." in done.stdout
    assert "nothing changed" not in done.stdout
    done = run_tracker(instance, "import", CABLE, *lead)
    assert "nothing changed" in done.stdout
    assert "lead" not in done.stdout


def test_a_corrected_copy_is_noted_as_a_new_version_and_overwrites_nothing(
    instance: Path, tmp_path: Path
) -> None:
    imported(instance)
    before = run_tracker(instance, "report", "Talks", "--format", "csv").stdout
    copy = tmp_path / "corrected.txt"
    copy.write_bytes(Path(CABLE).read_bytes().replace(b"in six months", b"in five months"))
    done = run_tracker(instance, "import", copy)
    assert done.returncode == 0, done.stderr
    assert "It is a corrected copy, noted as a new version; no task was changed." in done.stdout
    assert "Tasks made: 0." in done.stdout
    assert run_tracker(instance, "report", "Talks", "--format", "csv").stdout == before


def test_a_marking_given_for_a_corrected_copy_raises_it(instance: Path, tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"
    head = "Reference ID: 27NAIROBI12\n\n1. "
    path.write_text(head + UNMARKED)
    words = ("--dialogue", "Talks", "--starts-on", "2027-03-01", "--accept", "all")
    run_tracker(instance, "import", path, "--marking", "U", *words)
    path.write_text(head + UNMARKED + "It will send the list by 2 June 2027.\n")
    done = run_tracker(instance, "import", path, "--marking", "S", "--accept", "all")
    assert "corrected copy" in done.stdout
    content = json.loads(run_tracker(instance, "report", "Talks", "--format", "json").stdout)
    assert {task["marking"] for task in content["tasks"]} == {"U", "S"}


def test_options_that_a_known_cable_leaves_aside_are_said(instance: Path) -> None:
    imported(instance)
    done = run_tracker(instance, "import", CABLE, "--marking", "TS", "--starts-on", "2008-01-01")
    assert "nothing changed" in done.stdout
    assert "--starts-on and --marking hold when a cable is first imported" in done.stdout


def test_the_presumed_marking_is_no_lower_than_that_of_a_paragraph(
    instance: Path, tmp_path: Path
) -> None:
    path = tmp_path / "talks.txt"
    path.write_text("1. (S) " + UNMARKED)
    done = run_tracker(instance, "import", path, "--dialogue", "Talks")
    assert "it is taken for SECRET" in done.stdout


def test_a_pdf_report_is_one_that_can_be_read(instance: Path, tmp_path: Path) -> None:
    imported(instance)
    path = tmp_path / "report.pdf"
    run_tracker(instance, "report", "Talks", "--format", "pdf", "-o", path)
    text = PdfReader(path).pages[0].extract_text()
    assert "Talks" in text
    assert "CONFIDENTIAL" in text


def test_a_backup_restored_elsewhere_gives_the_same_report(instance: Path, tmp_path: Path) -> None:
    imported(instance)
    backup, other = tmp_path / "all.backup", tmp_path / "other"
    assert run_tracker(instance, "backup", backup).returncode == 0
    assert run_tracker(other, "restore", backup).returncode == 0
    arguments = ("report", "Talks", "--format", "csv", "--as-of", "2008-01-15")
    assert run_tracker(other, *arguments).stdout == run_tracker(instance, *arguments).stdout


def test_an_edited_row_of_history_is_named(instance: Path) -> None:
    imported(instance)
    assert run_tracker(instance, "audit", "verify").returncode == 0
    with sqlite3.connect(instance / "tracker.sqlite3") as connection:
        connection.execute("UPDATE change SET actor_name = 'Somebody else' WHERE id = 3")
    connection.close()
    done = run_tracker(instance, "audit", "verify")
    assert done.returncode == 1
    assert "id 3) was edited" in done.stderr


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM change WHERE task_id = 2", "missing at the end"),
        ("DELETE FROM change WHERE task_id = 2 AND sequence = 1", "missing"),
    ],
)
def test_a_row_that_is_gone_from_the_history_is_named(
    statement: str, words: str, instance: Path
) -> None:
    imported(instance)
    with sqlite3.connect(instance / "tracker.sqlite3") as connection:
        connection.execute(statement)
    connection.close()
    done = run_tracker(instance, "audit", "verify")
    assert done.returncode == 1
    assert "(id 2)" in done.stderr
    assert words in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x7fELF" * 500, ""),
        (b"Dear all, the canteen opens at nine.", "does not read as a cable"),
    ],
)
def test_a_file_that_is_no_cable_gets_one_clear_line(
    content: bytes, words: str, instance: Path, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert_one_clear_line(run_tracker(instance, "import", path), words)


def test_a_file_that_is_not_there_gets_one_clear_line(instance: Path) -> None:
    assert_one_clear_line(run_tracker(instance, "import", "nowhere.txt"), "nowhere.txt")


def test_an_unknown_dialogue_gets_one_clear_line(instance: Path) -> None:
    assert_one_clear_line(run_tracker(instance, "report", "Nobody's"), "no dialogue called")


@pytest.mark.parametrize("day", ["2007-02-30", "tomorrow", "31/12/2007"])
def test_an_impossible_date_is_wrong_usage(day: str, instance: Path) -> None:
    done = run_tracker(instance, "report", "Talks", "--as-of", day)
    assert done.returncode == 2
    assert day in done.stderr


def test_dates_the_wrong_way_round_get_one_clear_line(instance: Path) -> None:
    done = run_tracker(
        instance, "import", CABLE, "--starts-on", "2007-07-10", "--ends-on", "2007-07-09"
    )
    assert_one_clear_line(done, "last day is before its first")


def test_a_database_of_a_newer_version_is_refused(instance: Path) -> None:
    imported(instance)
    with sqlite3.connect(instance / "tracker.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert_one_clear_line(run_tracker(instance, "report", "Talks"), "newer version")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("BASE_URL", "tracker.example.org"),
        ("DATABASE_URL", "mysql://db/tracker"),
        ("MAIL_CEILING", "PRIVATE"),
        ("TIME_ZONE", "Mars/Olympus"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, instance: Path) -> None:
    done = run_tracker(instance, "db", "upgrade", **{name: value})
    assert_one_clear_line(done, f"TRACKER_{name}")


def test_a_database_that_does_not_answer_gets_one_clear_line(instance: Path) -> None:
    url = "postgresql://nobody:secret@127.0.0.1:1/none"
    done = run_tracker(instance, "db", "upgrade", DATABASE_URL=url)
    assert_one_clear_line(done, "cannot be used")
    assert "secret" not in done.stderr
