"""An installation's own words: read where they can be, changed without losing anything."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.invented import TALKS, confirmation
from tests.world import MAX_BYTES
from tracker.config import Settings
from tracker.db import Database
from tracker.extract import DEFAULT
from tracker.extract.rules import RULES
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed, NotFound, Unavailable
from tracker.policy.visibility import SYSTEM, Actor, Scope
from tracker.services.change_lexicon import (
    add_forms,
    additions,
    disable_rule,
    enable_rule,
    remove_line,
)
from tracker.services.check_installation import check_installation
from tracker.services.confirm_cable import confirm_cable
from tracker.services.import_cable import import_cable
from tracker.services.installation_lexicon import read_installation_lexicon

NOW = dt.datetime(2008, 2, 10, 9, 0, tzinfo=dt.UTC)
ADA = Actor(1, "Ada Min", Scope(1, is_administrator=True))
LEAD = Actor(2, "Lea Storm", Scope(2, roles={1: frozenset({"lead"})}))
KEPT = "# ours\nparty: Sundria = GOSU  # from the treaty\n"
DEED = {"actor": ADA, "now": NOW}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that somebody wrote by hand."""
    path = tmp_path / "lexicon.txt"
    path.write_text(KEPT, encoding="utf-8")
    return path


def test_without_a_file_there_are_the_built_in_words(tmp_path: Path) -> None:
    found = read_installation_lexicon(tmp_path)
    assert (found.lexicon, found.text, found.error) == (DEFAULT, None, None)


def test_a_file_that_was_changed_is_read_again(file: Path) -> None:
    assert read_installation_lexicon(file.parent).lexicon.parties["GOSU"] == "Sundria"
    file.write_text(KEPT + "office: own = Desk\n", encoding="utf-8")
    assert read_installation_lexicon(file.parent).lexicon.offices == {"Desk": "own"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"# fine\nnonsense\n", "Line 2"),
        ("party: Sündria".encode("latin-1"), "not saved as UTF-8"),
        (b"#" * 1024 * 1025, "larger than 1 MB"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_out(file: Path, content: bytes, words: str) -> None:
    file.write_bytes(content)
    found = read_installation_lexicon(file.parent)
    assert words in str(found.error)
    assert found.lexicon == DEFAULT


def test_a_mark_of_byte_order_is_no_fault(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + KEPT.encode())
    assert read_installation_lexicon(file.parent).error is None


def test_switching_a_rule_off_and_on_keeps_every_other_line(file: Path) -> None:
    disable_rule(file.parent, "opportunity", **DEED)
    assert read_installation_lexicon(file.parent).lexicon.disabled == {"opportunity"}
    assert file.read_text("utf-8") == (
        KEPT + "disable: opportunity  # added by Ada Min, 10 February 2008\n"
    )
    enable_rule(file.parent, "opportunity", **DEED)
    assert read_installation_lexicon(file.parent).lexicon.disabled == frozenset()
    assert file.read_text("utf-8").startswith(KEPT + "# on again by Ada Min")


def test_a_line_without_an_end_and_the_ends_of_another_system_are_kept(file: Path) -> None:
    file.write_bytes(b"own: Northland\r\ndisable:weak-wish")
    disable_rule(file.parent, "opportunity", **DEED)
    assert file.read_bytes().startswith(b"own: Northland\r\ndisable:weak-wish\r\ndisable: opp")
    enable_rule(file.parent, "weak-wish", **DEED)
    found = read_installation_lexicon(file.parent).lexicon
    assert (found.own, found.disabled) == ("Northland", {"opportunity"})


def test_the_first_addition_makes_the_file(tmp_path: Path) -> None:
    add_forms(tmp_path, "phrase", "would welcome", ["Would be keen on"], **DEED)
    found = read_installation_lexicon(tmp_path)
    assert found.lexicon.phrases == {"would be keen on": "would welcome"}
    assert found.words == "1 phrase"


def test_only_new_forms_are_added(file: Path) -> None:
    add_forms(file.parent, "party", "Sundria", ["GOSU", "Sundrian", " "], **DEED)
    assert "party: Sundria = Sundrian  #" in file.read_text("utf-8")
    with pytest.raises(Conflict, match="already"):
        add_forms(file.parent, "party", "Sundria", ["GOSU"], **DEED)
    with pytest.raises(Conflict, match="Sundria"):
        add_forms(file.parent, "party", "Northland", ["GOSU"], **DEED)


@pytest.mark.parametrize(
    ("sort", "name", "forms", "field"),
    [
        ("colour", "Sundria", ["x"], "sort"),
        ("party", " ", ["x"], "name"),
        ("party", "Sundria", [], "forms"),
        ("party", "Sundria", ["a = b"], "forms"),
        ("party", "Sund#ria", ["b"], "name"),
        ("office", "Sundria", ["b\ndisable: opportunity"], "forms"),
        ("office", "Sundria", ["b" * 201], "forms"),
        ("office", "Narnia", ["Lantern Waste"], "name"),
        ("phrase", "flibber", ["flabber"], "name"),
    ],
)
def test_what_would_break_a_line_is_refused(
    file: Path, sort: str, name: str, forms: list[str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_forms(file.parent, sort, name, forms, **DEED)
    assert refused.value.field == field
    assert file.read_text("utf-8") == KEPT


@pytest.mark.parametrize("phrase", ["would welcome", "send", "agreed to", "is to", "reportedly"])
def test_a_phrase_of_the_rules_is_taken(tmp_path: Path, phrase: str) -> None:
    add_forms(tmp_path, "phrase", phrase, ["pinky-sweared to"], **DEED)
    assert read_installation_lexicon(tmp_path).without_effect == []


@pytest.mark.parametrize("name", ["kenya", "KENYA", "Republic of Kenya", "Kenyan"])
def test_an_office_is_written_down_as_that_of_the_party_that_cables_are_read_with(
    tmp_path: Path, name: str
) -> None:
    add_forms(tmp_path, "office", name, ["Bureau of Bells"], **DEED)
    found = read_installation_lexicon(tmp_path)
    assert found.lexicon.offices == {"Bureau of Bells": "Kenya"}
    assert found.without_effect == []
    (tmp_path / "lexicon.txt").write_text(f"office: {name} = Bureau of Bells\n", "utf-8")
    [said] = read_installation_lexicon(tmp_path).without_effect
    assert name in said


def test_what_was_added_is_taken_back_and_every_other_line_stays(file: Path) -> None:
    add_forms(file.parent, "party", "Eastmark", ["GOEM"], **DEED)
    line = additions(file.read_text("utf-8"))[-1]
    remove_line(file.parent, line, **DEED)
    found = read_installation_lexicon(file.parent).lexicon
    assert "GOEM" not in found.parties
    assert file.read_text("utf-8").startswith(KEPT + "# removed by Ada Min")
    for gone in (line, "disable: opportunity", "# nothing"):
        with pytest.raises(Conflict, match="any more"):
            remove_line(file.parent, gone, **DEED)
    with pytest.raises(NotAllowed):
        remove_line(file.parent, line, actor=LEAD, now=NOW)


def test_only_administrators_change_it(file: Path) -> None:
    for change in (disable_rule, enable_rule):
        with pytest.raises(NotAllowed):
            change(file.parent, "opportunity", actor=LEAD, now=NOW)
    with pytest.raises(NotAllowed):
        add_forms(file.parent, "party", "Sundria", ["x"], actor=LEAD, now=NOW)
    assert file.read_text("utf-8") == KEPT


def test_a_rule_is_one_that_exists_and_changes_once(file: Path) -> None:
    with pytest.raises(NotFound):
        disable_rule(file.parent, "no-such-rule", **DEED)
    with pytest.raises(Conflict):
        enable_rule(file.parent, "opportunity", **DEED)
    disable_rule(file.parent, "opportunity", **DEED)
    with pytest.raises(Conflict):
        disable_rule(file.parent, "opportunity", **DEED)


def test_a_broken_file_is_not_written_over(file: Path) -> None:
    file.write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="Mend the file first"):
        disable_rule(file.parent, "opportunity", **DEED)
    assert file.read_text("utf-8") == "nonsense\n"


def test_people_who_change_it_at_once_lose_nothing(file: Path) -> None:
    ids = [rule.id for rule in RULES[:12]]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda rule_id: disable_rule(file.parent, rule_id, **DEED), ids))
    assert read_installation_lexicon(file.parent).lexicon.disabled == set(ids)


def test_a_file_that_cannot_be_written_is_said(file: Path) -> None:
    (file.parent / "lexicon.new").mkdir()
    with pytest.raises(Unavailable, match="could not be written"):
        disable_rule(file.parent, "opportunity", **DEED)
    assert file.read_text("utf-8") == KEPT


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("content", "is_ok", "words"),
    [
        (None, True, "built-in words alone"),
        (KEPT, True, "2 names of parties"),
        ("# one\noffice\n", False, "Line 2"),
        ("disable: no-such-rule\n", False, "no-such-rule"),
        ("phrase: flibber = flabber\n", False, "no rule knows the phrase “flibber”"),
        ("office: Narnia = Lantern Waste\n", False, "no party is called Narnia"),
        ("party: Narnia = Narnian\noffice: Narnia = Lantern Waste\n", True, "1 office"),
    ],
)
def test_check_says_what_is_wrong_with_it(
    database: Database, settings: Settings, content: str | None, is_ok: bool, words: str
) -> None:
    if content is not None:
        (settings.instance / "lexicon.txt").write_text(content, encoding="utf-8")
    findings = {f.part: f for f in check_installation(database, settings, NOW)}
    assert findings["Words"].is_ok is is_ok
    assert words in findings["Words"].words
    assert is_ok or findings["Words"].remedy


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_rule_that_is_off_gives_no_candidates(database: Database, file: Path) -> None:
    disable_rule(file.parent, "propose-that", **DEED)
    lexicon = read_installation_lexicon(file.parent).lexicon
    with database.transaction() as session:
        cable = import_cable(
            session,
            TALKS.encode(),
            "talks.txt",
            actor=SYSTEM,
            now=NOW,
            max_bytes=MAX_BYTES,
            lexicon=lexicon,
        ).cable
        confirm_cable(session, cable, confirmation(), actor=SYSTEM, now=NOW, lexicon=lexicon)
        assert cable.candidates
        assert all("propose-that" not in candidate.rules for candidate in cable.candidates)
