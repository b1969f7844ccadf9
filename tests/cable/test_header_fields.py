"""Every field of a header in the variety of the trade, alone and inside a whole header."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cable import cases_header as cases
from tests.cable.cases_classified import CLASSIFIED
from tests.cable.cases_references import OTHER, REFERENCES
from tracker.cable import Header, parse_cable

HEAD = (
    "R 091530Z JUN 09\nFM AMEMBASSY NORVALE\nTO RUEHC/SECSTATE WASHDC 12\n\n"
    "C O N F I D E N T I A L NORVALE 000465\n\nSIPDIS\n\n"
)
BODY = "\n\n1. (C) The talks went well.\n\nTARN"


def header(text: str) -> Header:
    return parse_cable(text).header


@pytest.mark.parametrize(("text", "name", "reasons"), CLASSIFIED)
def test_the_classifying_officer_is_read(text: str, name: str, reasons: list[str]) -> None:
    for whole in (text, f"{HEAD}E.O. 12958: DECL: 06/09/2019\nSUBJECT: TALKS\n\n{text}{BODY}"):
        read = header(whole)
        assert (read.classified_by, list(read.reasons)) == (name, reasons)


@pytest.mark.parametrize(("text", "references"), REFERENCES)
def test_references_are_read(text: str, references: dict[str, str]) -> None:
    assert header(f"{HEAD}TAGS: PREL\nSUBJECT: TALKS\n\n{text}{BODY}").references == references


@pytest.mark.parametrize(("text", "others"), OTHER)
def test_what_is_no_cable_is_kept_in_words(text: str, others: dict[str, str]) -> None:
    assert header(text).other_references == others


def test_references_without_any_year_go_without() -> None:
    assert header("REF: A. NORVALE 00465").references == {"A": "NORVALE465"}


@pytest.mark.parametrize(("text", "tags"), cases.TAGS)
def test_tags_are_read(text: str, tags: list[str]) -> None:
    for whole in (text, f"{HEAD}E.O. 12958: N/A\n{text}\nSUBJECT: TALKS{BODY}"):
        assert list(header(whole).tags) == tags


@pytest.mark.parametrize(("text", "subject"), cases.SUBJECT)
def test_the_subject_is_folded_to_one_line(text: str, subject: str) -> None:
    for whole in (text, f"{HEAD}TAGS: PREL\n{text}{BODY}"):
        assert header(whole).subject == subject


@pytest.mark.parametrize(("text", "day", "event"), cases.DECLASSIFICATION)
def test_declassification_is_a_day_or_an_event(
    text: str, day: dt.date | None, event: str | None
) -> None:
    for whole in (text, f"UNCLAS NORVALE 12\n\n{text}\nTAGS: PREL{BODY}"):
        read = header(whole)
        assert (read.declassify_on, read.declassify_event) == (day, event)


@pytest.mark.parametrize(("text", "action", "info"), cases.ADDRESSEES)
def test_recipients_are_names_only(text: str, action: list[str], info: list[str]) -> None:
    for whole in (text, cases.TO + text, f"{cases.TO}{text}\n\nUNCLAS NORVALE 465\n\nTAGS: PREL"):
        read = header(whole)
        assert (list(read.addressees_action), list(read.addressees_info)) == (action, info)


@pytest.mark.parametrize(("text", "classification", "_"), cases.CLASSIFICATION)
def test_the_level_is_read_with_its_caveats(text: str, classification: str, _: str) -> None:
    for whole in (text, f"{cases.TO}TO SECSTATE WASHDC\n\n{text}\n\nE.O. 12958: N/A{BODY}"):
        assert header(whole).classification == classification


@pytest.mark.parametrize(("text", "signer"), cases.SIGNER)
def test_the_signature_is_told_from_other_last_words(text: str, signer: str | None) -> None:
    assert header(cases.BODY + text).signed_by == signer


@pytest.mark.parametrize(("text", "summary"), cases.SUMMARY)
def test_the_summary_is_its_text_alone(text: str, summary: str | None) -> None:
    for whole in (text, f"{HEAD}TAGS: PREL\nSUBJECT: TALKS\n\n{text}\n\nTARN"):
        assert header(whole).summary == summary


def test_older_orders_name_the_officer_beside_the_date() -> None:
    assert header("E.O. 12065: GDS 12/31/85 (ROE, JANE A.) OR-M").classified_by == "JANE A. ROE"


def test_the_date_time_group_is_an_instant_in_utc() -> None:
    assert header(HEAD).date_time_group == dt.datetime(2009, 6, 9, 15, 30, tzinfo=dt.UTC)
    assert header("R 121530Z SEP 75\nFM AMEMBASSY NORVALE").date_time_group == dt.datetime(
        1975, 9, 12, 15, 30, tzinfo=dt.UTC
    )


def test_a_date_time_group_that_is_no_date_is_warned_of() -> None:
    cable = parse_cable("R 311530Z FEB 09\nFM AMEMBASSY NORVALE\nTO SECSTATE WASHDC")
    assert cable.header.date_time_group is None
    assert [warning.code for warning in cable.warnings] == ["date_time_group_unreadable"]


@pytest.mark.parametrize(
    ("line", "precedence"),
    [("Z", "FLASH"), ("O", "IMMEDIATE"), ("P", "PRIORITY"), ("R", "ROUTINE"), ("O P", "IMMEDIATE")],
)
def test_precedence_is_spelled_out(line: str, precedence: str) -> None:
    assert header(f"{line} 091530Z JUN 09\nFM AMEMBASSY NORVALE").precedence == precedence


def test_a_line_that_no_rule_reads_is_warned_of_with_its_place() -> None:
    text = f"{HEAD}XYZZY 12 PLUGH\n\nTAGS: PREL\nSUBJECT: TALKS{BODY}"
    warning = next(w for w in parse_cable(text).warnings if w.code == "header_line_not_understood")
    assert warning.span is not None
    assert text[warning.span[0] : warning.span[1]] == "XYZZY 12 PLUGH"


def test_captions_are_listed_once_and_noforn_joins_the_level() -> None:
    read = header("S E C R E T NORVALE 000465\n\nNOFORN\nSIPDIS\n\nSIPDIS\n\nTAGS: PREL")
    assert read.captions == ("NOFORN", "SIPDIS")
    assert read.classification == "SECRET//NOFORN"


def test_lines_that_pass_a_cable_on_are_kept() -> None:
    text = "UNCLAS NORVALE 12\n\nSIPDIS\n\nDEPT FOR EUR/CARC\nPLEASE PASS TO USTR\n\nTAGS: PREL"
    assert header(text).pass_to == ("DEPT FOR EUR/CARC PLEASE PASS TO USTR",)


def test_the_reference_id_comes_from_the_relay_line_where_the_level_has_no_number() -> None:
    text = "DE RUEHNV #0465/01 1601530\nR 091530Z JUN 09\nFM AMEMBASSY NORVALE\nTO SECSTATE WASHDC"
    assert header(text).reference_id == "09NORVALE465"


def test_a_table_of_a_web_page_gives_id_and_date() -> None:
    text = "09NORVALE465\t2009-06-09 15:30\tCONFIDENTIAL\tEmbassy Norvale\n\nREF: STATE 12"
    read = header(text)
    assert read.reference_id == "09NORVALE465"
    assert read.references == {"A": "09STATE12"}


def test_a_header_run_together_on_one_line_is_read() -> None:
    read = header(" ".join(f"{HEAD}E.O. 12958: N/A TAGS: PREL SUBJECT: TALKS{BODY}".split()))
    assert read.reference_id == "09NORVALE465"
    assert (read.tags, read.subject) == (("PREL",), "TALKS")
    assert read.addressees_action == ("SECSTATE WASHDC",)


def test_each_field_says_where_it_was_read() -> None:
    text = f"{HEAD}TAGS: PREL\nSUBJECT: TALKS{BODY}"
    spans = header(text).spans
    places = {
        name: text[slice(*spans[name])] for name in ("subject", "tags", "origin", "signed_by")
    }
    assert places == {
        "subject": "TALKS",
        "tags": "PREL",
        "origin": "AMEMBASSY NORVALE",
        "signed_by": "TARN",
    }


@pytest.mark.parametrize(
    "level",
    [
        "C \u041e N F I D E N T I A L",  # A Cyrillic letter that looks like O.
        "C O N F I D \u0415 N T \u0406 \u0410 L",
        "\uff23\uff2f\uff2e\uff26\uff29\uff24\uff25\uff2e\uff34\uff29\uff21\uff2c",
        "confidential",
        "Confidential",
        "c o n f i d e n t i a l",
    ],
)
def test_a_classification_line_in_other_letters_lowers_no_marking(level: str) -> None:
    text = "{} SUNDPORT 000123\n\nSUBJECT: BORDER TALKS\n\n1. We should send a list of posts.\n"
    plain, odd = (parse_cable(text.format(one)) for one in ("C O N F I D E N T I A L", level))
    assert odd.header.classification == "CONFIDENTIAL"
    assert [b.marking for b in odd.blocks] == [b.marking for b in plain.blocks] == ["C"]


@pytest.mark.parametrize("line", ["Secret talks in 2007", "Confidential sources said 12 posts"])
def test_a_sentence_that_begins_with_a_level_is_no_classification_line(line: str) -> None:
    assert parse_cable(f"SUBJECT: TALKS\n\n1. {line}.\n").header.classification is None
    assert parse_cable(f"{line}\nSUBJECT: TALKS\n\n1. Text.\n").header.classification is None


@pytest.mark.parametrize("top", ["", "CONFIDENTIAL\n\n", "SUBJECT: TALKS\n\n"])
def test_a_level_at_the_foot_of_a_page_marks_the_text_and_hides_none_of_it(top: str) -> None:
    text = f"{top}The ministry will send the draft by 1 June.\n\nCONFIDENTIAL\n"
    cable = parse_cable(text)
    assert cable.header.classification == "CONFIDENTIAL"
    (block,) = cable.blocks
    assert cable.masked[slice(*block.span)].strip() == "The ministry will send the draft by 1 June."
    assert block.marking == "C"


def test_of_two_classification_lines_in_a_header_the_higher_holds() -> None:
    text = "SECRET\n\nUNCLAS NORVALE 000465\n\nSUBJECT: TALKS\n\n1. We should send a list.\n"
    cable = parse_cable(text)
    assert (cable.header.classification, cable.blocks[-1].marking) == ("SECRET", "S")
    assert text[slice(*cable.header.spans["classification"])] == "SECRET"
