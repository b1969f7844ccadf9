"""`extract`: one object for one file, a line for each of several, bad files named at the end."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.cli.commands import CABLE, assert_one_clear_line, run_tracker
from tracker.cli.extract import Job, read_one

ATTACHED = (
    b"From: a@example.org\r\nSubject: Talks\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\n'
    b"%s\r\n--B\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; "
    b'filename="memo.txt"\r\n\r\nx\r\n--B--\r\n'
)


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


def test_one_of_a_thing_is_said_as_one(tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text("1. (U) We should send the\u200b list. The weather was fine.\n", "utf-8")
    said = " ".join(run_tracker(tmp_path, "extract", file).stdout.split())
    assert "1 likely and 0 possible items; 1 sentence that nothing picked." in said
    assert "holds an unseen character (zero-width" in said
    assert "(s)" not in said


def test_explain_says_why_and_where_from(tmp_path: Path) -> None:
    done = run_tracker(tmp_path, "extract", CABLE, "--explain")
    said = " ".join(done.stdout.split())
    assert "Picked for “The Embassy proposes that we create”: the author proposes" in said
    assert "Who must act: United States (from “we”, characters 1328–1330)" in said
    assert "Owner: none named (default: nobody is named)" in said
    assert "Due: 2008-01-10 (default: 6 months after the meeting's last day)" in said


def test_a_text_without_a_country_or_a_date_gets_neither(tmp_path: Path) -> None:
    text = tmp_path / "note.txt"
    text.write_text("The Minister agreed to send the list. New rules hold in South Hall.", "utf-8")
    said = " ".join(run_tracker(tmp_path, "extract", text, "--explain").stdout.split())
    assert "unmarked · United States · meeting: no date" in said
    assert "Due: no date (default: the text has no date to count from)" in said


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


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("hello.txt", b"hello world", "does not read as a cable"),
        ("data.csv", b"a,b\n1,2\n", "does not read as a cable"),
        ("mail.eml", ATTACHED % b"Please see attached.", "memo.txt"),
    ],
)
def test_what_is_no_cable_is_read_with_a_warning_that_says_so(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run_tracker(tmp_path, "extract", tmp_path / name, "--json")
    [warning] = json.loads(done.stdout)["warnings"]
    assert (done.returncode, warning["code"]) == (0, "no_cable")
    assert words in warning["message"]


def test_a_lexicon_that_cannot_be_read_says_which_line(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("party: Ruritania\nnonsense\n", "utf-8")
    done = run_tracker(tmp_path, "extract", CABLE, "--lexicon", tmp_path / "words")
    assert_one_clear_line(done, "Line 2")


def test_a_lexicon_that_is_not_there_or_not_utf_8_says_what_to_do(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    done = run_tracker(tmp_path, "extract", CABLE, "--lexicon", words)
    assert_one_clear_line(done, "words.txt cannot be read: No such file or directory. Name a")
    words.write_bytes("party: Ruritania\noffice: Ruritania = Café\n".encode("cp1252"))
    done = run_tracker(tmp_path, "extract", CABLE, "--lexicon", words)
    assert_one_clear_line(done, "words.txt is not saved as UTF-8 (line 2). Save it")
    assert "codec" not in done.stderr


def test_the_words_of_the_installation_are_used(tmp_path: Path) -> None:
    cable = tmp_path / "cable.txt"
    cable.write_text("SUBJECT: PORTS\n\n1. (U) BFU agreed to send a list of ports.\n", "utf-8")
    (tmp_path / "lexicon.txt").write_text("office: Ruritania = BFU\n", "utf-8")
    done = run_tracker(tmp_path, "extract", cable, "--json")
    assert json.loads(done.stdout)["items"][0]["responsible"] == ["Ruritania"]
    assert not (tmp_path / "tracker.sqlite3").exists()


def test_broken_words_of_the_installation_are_said_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "lexicon.txt").write_text("nonsense\n", "utf-8")
    done = run_tracker(tmp_path, "extract", CABLE, "--json")
    assert done.returncode == 0
    assert "Line 1" in done.stderr
    assert json.loads(done.stdout)["items"]


@pytest.mark.parametrize("reader", ["tracker.intake.read_document", "tracker.cable.parse_cable"])
def test_a_file_that_breaks_a_reader_does_not_end_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    def fail(*given: object) -> None:
        raise RecursionError(given)

    monkeypatch.setattr(reader, fail)
    path = tmp_path / "deep.txt"
    path.write_text("1. (U) We should send a list.", "utf-8")
    outcome = read_one(Job(str(path), dt.date(2012, 1, 1), None))
    assert outcome.found is None
    assert "RecursionError" in str(outcome.error)


def test_no_file_at_all_is_wrong_usage(tmp_path: Path) -> None:
    assert run_tracker(tmp_path, "extract").returncode == 2


def test_what_was_noticed_about_a_file_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "talks.eml"
    path.write_bytes(ATTACHED % b"The Kenyan Ministry of Trade will send the draft by 1 June 2027.")
    noticed = "Attachments were not read: memo.txt. Hand them in by themselves."
    found = json.loads(run_tracker(tmp_path / "i", "extract", path, "--json").stdout)
    assert {"code": "file", "message": noticed, "span": None} in found["warnings"]
    assert "memo.txt" in run_tracker(tmp_path / "i", "extract", path).stdout
    assert "memo.txt" in run_tracker(tmp_path / "i", "import", path).stdout
