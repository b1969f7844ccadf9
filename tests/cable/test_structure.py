"""Paragraphs, headings, bullets and portion marks, in good order and in bad."""

# ruff: noqa: E501 - texts stand on the lines that they have in a cable.

from __future__ import annotations

import pytest

from tracker.cable import Block, Cable, parse_cable

SECRET = "S E C R E T NORVALE 000465\n\nTAGS: PREL\nSUBJECT: TALKS\n\n"
CONFIDENTIAL = "C O N F I D E N T I A L NORVALE 000465\n\nTAGS: PREL\nSUBJECT: TALKS\n\n"


def blocks(cable: Cable, *kinds: str) -> list[Block]:
    return [block for block in cable.blocks if not kinds or block.kind in kinds]


def texts(cable: Cable, *kinds: str) -> list[str]:
    return [cable.text_of(block.span) for block in blocks(cable, *kinds)]


def codes(cable: Cable) -> list[str]:
    return [warning.code for warning in cable.warnings]


@pytest.mark.parametrize(
    ("mark", "marking"),
    [
        ("C", "C"), ("S", "S"), ("U", "U"), ("SBU", "SBU"), ("S/NF", "S//NF"), ("S//NF", "S//NF"),
        ("C/NF", "C//NF"), ("C-REL", "C//REL"), ("LOU", "LOU"), ("SBU/NF", "SBU//NF"),
        ("S//REL TO USA, GBR", "S//REL TO USA, GBR"), ("TS", "TS"), ("U//FOUO", "U//FOUO"),
        ("CONFIDENTIAL", "CONFIDENTIAL"[:1]), (" C ", "C"), ("S // NF", "S//NF"), ("c", "C"),
        ("S//REL TO USA, AUS, CAN, GBR, NZL, FRA, DEU, ITA, ESP",
         "S//REL TO USA, AUS, CAN, GBR, NZL, FRA, DEU, ITA, ESP"),
        ("S//REL TO USA,\nGBR", "S//REL TO USA, GBR"), ("S//REL TO NORVALE, TARN",
         "S//REL TO NORVALE, TARN"), ("S//FRD", "S//FRD"), ("TS//SI//KLM", "TS//SI//KLM"),
    ],
)  # fmt: skip
def test_portion_marks_take_their_short_form(mark: str, marking: str) -> None:
    cable = parse_cable(f"{SECRET}1. ({mark}) The talks went well.")
    assert [(block.marking, block.is_marked) for block in cable.blocks] == [(marking, True)]


@pytest.mark.parametrize(
    ("head", "marking"),
    [
        ("C O N F I D E N T I A L NORVALE 12", "C"),
        ("S E C R E T NORVALE 12\n\nNOFORN", "S//NF"),
        ("UNCLAS NORVALE 12\n\nSENSITIVE", "SBU"),
        ("UNCLAS NORVALE 12", "U"),
        ("LIMITED OFFICIAL USE NORVALE 12", "LOU"),
        ("TAGS: PREL", "U"),
    ],
)
def test_an_unmarked_paragraph_takes_the_level_of_the_document(head: str, marking: str) -> None:
    cable = parse_cable(f"{head}\n\nSUBJECT: TALKS\n\n1. The talks went well.")
    assert [block.marking for block in cable.blocks] == [marking]


def test_an_unmarked_portion_of_a_classified_document_is_warned_of() -> None:
    long = "The talks went well and both sides agreed to meet again in the autumn."
    assert "unmarked_portion" in codes(parse_cable(f"{CONFIDENTIAL}1. (C) {long}\n\n2. {long}"))
    assert "unmarked_portion" not in codes(
        parse_cable(f"UNCLAS NORVALE 12\n\nTAGS: X\n\n1. {long}")
    )


def test_a_mark_in_mid_text_lowers_nothing() -> None:
    cable = parse_cable(f"{SECRET}1. (S) The talks (U) went well. (U) And they ended.")
    assert [block.marking for block in cable.blocks] == ["S"]


def test_a_second_mark_beside_the_first_lowers_nothing() -> None:
    cable = parse_cable(f"{SECRET}1. (S) (U) The talks went well.")
    assert [block.marking for block in cable.blocks] == ["S"]


def test_a_mark_in_another_script_counts_as_the_higher_level() -> None:
    cable = parse_cable(f"{SECRET}1. (С) The talks went well.")
    assert [(block.marking, block.is_marked) for block in cable.blocks] == [("S", False)]
    assert "lookalike_marking" in codes(cable)
    unclassified = parse_cable("UNCLAS NORVALE 12\n\nTAGS: PREL\n\n1. (Ѕ) The talks went well.")
    assert [block.marking for block in unclassified.blocks] == ["S"]


@pytest.mark.parametrize("character", ["\u0000", "\u200b", "\u202e", "\u2066", "\u00ad", "\ufeff"])
def test_a_character_that_cannot_be_seen_is_flagged_and_hides_no_marking(character: str) -> None:
    cable = parse_cable(f"{CONFIDENTIAL}1. (S{character}//NF) One.\n\n2. ({character}U) Two.")
    assert [block.marking for block in cable.blocks] == ["S//NF", "C"]
    assert "hidden_character" in codes(cable)


def test_the_mark_of_a_bullet_is_its_own() -> None:
    cable = parse_cable(
        f"{SECRET}1. (S) As follows:\n\n-- (U) public;\n\n-- private.\n\nMore text."
    )
    assert [block.marking for block in cable.blocks] == ["S", "U", "S", "S"]


def test_text_without_a_mark_carries_on_its_paragraph() -> None:
    cable = parse_cable(f"{CONFIDENTIAL}1. (U) One sentence.\n\nAnother sentence.\n\n2. (C) Two.")
    assert [block.marking for block in cable.blocks] == ["U", "U", "C"]
    assert "unmarked_portion" not in codes(cable)


def test_a_number_damaged_by_a_pilcrow_is_repaired_with_a_warning() -> None:
    text = CONFIDENTIAL + "".join(f"{n}. (C) Text.\n\n" for n in ("1", "12", "13", "4", "15"))
    cable = parse_cable(text)
    assert cable.header.paragraphs == (1, 2, 3, 4, 5)
    assert codes(cable).count("paragraph_number_repaired") == 3


def test_true_numbers_above_ten_are_not_repaired() -> None:
    cable = parse_cable(CONFIDENTIAL + "".join(f"{n}. (C) Text.\n\n" for n in range(1, 21)))
    assert cable.header.paragraphs == tuple(range(1, 21))
    assert "paragraph_number_repaired" not in codes(cable)


def test_a_list_inside_a_paragraph_is_no_paragraph() -> None:
    text = "1. (C) One:\n\n1. Alpha\n\n2. Beta\n\n3. Gamma\n\n2. (C) Two."
    cable = parse_cable(CONFIDENTIAL + text)
    assert cable.header.paragraphs == (1, 2)
    assert texts(cable, "bullet") == ["Alpha", "Beta", "Gamma"]


def test_a_number_after_the_word_paragraph_is_a_reference() -> None:
    text = "1. (C) The list is in paragraph\n\n2. It is long.\n\n2. (C) The list."
    cable = parse_cable(CONFIDENTIAL + text)
    assert texts(cable) == ["The list is in paragraph 2. It is long.", "The list."]


def test_a_paragraph_that_begins_in_mid_line_is_found() -> None:
    cable = parse_cable(CONFIDENTIAL + "1. (C) One ends. 2.(C) Two begins.")
    assert texts(cable) == ["One ends.", "Two begins."]


PAGE_LINES = [
    "NORVALE 00000465  002 OF 005",
    "NORVALE 00000465 002.2 OF 005",
    "001.2 OF 004",
    "TEL AVIV 00000465 002 OF 005",
    "PAGE 02 OF 04",
    "PAGE 02        NORVAL  00465  01 OF 02  121545Z",
]


@pytest.mark.parametrize("line", PAGE_LINES)
def test_a_page_line_is_masked_at_equal_length_and_the_sentence_joined(line: str) -> None:
    text = f"{CONFIDENTIAL}1. (C) We will provide the\n\n{line}\n\nlist by June 20."
    cable = parse_cable(text)
    assert texts(cable) == ["We will provide the list by June 20."]
    assert len(cable.masked) == len(text)
    assert cable.source == text


@pytest.mark.parametrize("line", PAGE_LINES[:4])
def test_a_page_line_in_mid_sentence_is_masked(line: str) -> None:
    cable = parse_cable(f"{CONFIDENTIAL}1. (C) We will provide the {line} list by June 20.")
    assert texts(cable) == ["We will provide the list by June 20."]


def test_a_count_is_no_page_line() -> None:
    cable = parse_cable(f"{CONFIDENTIAL}1. (C) 150 OF 192 STATES VOTED.")
    assert texts(cable) == ["150 OF 192 STATES VOTED."]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("\u00b61. (C) One.", "One."),
        ("[1](#)1. (C) One.", "One."),
        ("1. (C) Norvale,s [list](http://example.org/a) grew.", "Norvale's list grew."),
        ("1. (C) Profit &amp; loss.", "Profit & loss."),
        (
            "1. (C) The \u201copen\u201d door \u2013 Norvale\u2019s.",
            'The "open" door - Norvale\'s.',
        ),
        ("1. (C) The &open8 door.", 'The "open" door.'),
        ("1. (C) <p>One</p><br/>", "One"),
        ("1. (C) **One** and two.", "One and two."),
        ("1. (C) One\u00a0and\r\ntwo.", "One and two."),
    ],
)
def test_marks_of_copies_and_typography_are_read_plainly(printed: str, read: str) -> None:
    cable = parse_cable(CONFIDENTIAL + printed)
    assert [" ".join(text.split()) for text in texts(cable)] == [read]
    assert cable.header.paragraphs == (1,)


HEADINGS = [
    ("NEXT STEPS\n----------", None),
    ("Next Steps\n----------", None),
    ("Next Steps ------", None),
    ("#### NEXT STEPS", None),
    ("NEXT STEPS", None),
    ("Next Steps", None),
    ("A. NEXT STEPS", "A"),
    ("1A. NEXT STEPS:", "A"),
    ("(A) NEXT STEPS", "A"),
    ("IV. NEXT STEPS", "IV"),
    ("Agenda item 3: Next Steps", "3"),
]


@pytest.mark.parametrize(("heading", "label"), HEADINGS)
def test_headings_of_all_kinds_are_found(heading: str, label: str | None) -> None:
    cable = parse_cable(f"{CONFIDENTIAL}1. (C) One.\n\n{heading}\n\n2. (C) We will write.\n\n")
    found = blocks(cable, "heading")
    assert [cable.text_of(block.span).lower() for block in found] == ["next steps"]
    assert [block.label for block in found] == [label]
    assert cable.blocks[-1].heading == 1


@pytest.mark.parametrize(
    "paragraph",
    ["NEXT STEPS: We will write.", "2. (C) NEXT STEPS. We will write.", "2. (C) Next steps: We will write."],
)  # fmt: skip
def test_a_heading_run_into_its_paragraph_is_taken_off_it(paragraph: str) -> None:
    cable = parse_cable(f"{CONFIDENTIAL}1. (C) One.\n\n{paragraph}")
    assert texts(cable)[-1] == "We will write."
    assert texts(cable, "heading")[0].lower() == "next steps"


@pytest.mark.parametrize("sign", ["--", "-", "\u2022", "*", "\u25aa"])
def test_bullets_have_their_lead_in_as_parent(sign: str) -> None:
    cable = parse_cable(
        f"{CONFIDENTIAL}1. (C) We propose:\n\n{sign} one;\n\n{sign} two.\n\n2. (C) X."
    )
    assert texts(cable, "bullet") == ["one;", "two."]
    assert [block.parent for block in blocks(cable, "bullet")] == [0, 0]


def test_bullets_under_bullets_have_these_as_parents() -> None:
    cable = parse_cable(f"{CONFIDENTIAL}1. (C) So:\n\n-- one:\n- a;\n- b;\n-- two.")
    assert [block.parent for block in blocks(cable, "bullet")] == [0, 1, 1, 0]


def test_bullets_in_a_line_are_divided() -> None:
    cable = parse_cable(f"{CONFIDENTIAL}1. (C) We propose: --one; --two; and --three.")
    assert texts(cable, "bullet") == ["one;", "two; and", "three."]


def test_the_dash_of_a_sentence_is_no_bullet() -> None:
    text = "1. (C) The Minister -- and his deputy -- agreed to the plan, as a\n-- small -- favor."
    assert len(parse_cable(CONFIDENTIAL + text).blocks) == 1


def test_notes_stand_apart_and_the_text_goes_on() -> None:
    cable = parse_cable(f"{CONFIDENTIAL}1. (C) One. (NOTE: Two. END NOTE.) Three.")
    assert [(block.kind, cable.text_of(block.span)) for block in cable.blocks] == [
        ("paragraph", "One."), ("note", "Two."), ("paragraph", "Three."),
    ]  # fmt: skip


def test_a_comment_is_its_own_section() -> None:
    cable = parse_cable(
        f"{CONFIDENTIAL}1. (C) One.\n\n2. (C) COMMENT: Two. END COMMENT.\n\n3. (C) X."
    )
    sections = [block.section for block in blocks(cable, "paragraph")]
    assert sections == ["body", "comment", "body"]


def test_talking_points_are_told_from_the_rest() -> None:
    text = "1. (C) Begin talking points:\n\n-- We thank you.\n\nEnd talking points.\n\n2. (C) We will go."
    cable = parse_cable(CONFIDENTIAL + text)
    assert texts(cable, "talking_point") == ["We thank you."]
    assert cable.blocks[-1].kind == "paragraph"


def test_the_headers_of_later_sections_are_masked() -> None:
    head = "SIPDIS\n\nE.O. 12958: DECL: 06/09/2019\nTAGS: PREL\nSUBJECT: TALKS\n\n"
    text = (
        f"S E C R E T SECTION 01 OF 02 NORVALE 000465\n\n{head}1. (S) We will provide the\n\n"
        f"S E C R E T SECTION 02 OF 02 NORVALE 000465\n\n{head}list by June 20.\n\n2. (S) Two."
    )
    assert texts(parse_cable(text)) == ["We will provide the list by June 20.", "Two."]


def test_banners_between_pages_are_masked() -> None:
    text = "1. (C) We will provide the\n\nCONFIDENTIAL\n\nCONFIDENTIAL\n\nlist by June 20."
    assert texts(parse_cable(CONFIDENTIAL + text)) == ["We will provide the list by June 20."]


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_body_printed_twice_is_read_once(is_whole: bool) -> None:
    body = "1. (C) We will provide the list by June 20, and they will answer in July.\n\n2. (C) The Minister of Trade thanked us.\n\nTARN"
    once = parse_cable(CONFIDENTIAL + body)
    twice = parse_cable(f"{CONFIDENTIAL}{body}\n\n{CONFIDENTIAL if is_whole else ''}{body}")
    assert twice.blocks == once.blocks
    assert twice.header.signed_by == "TARN"


def test_a_covering_note_and_quotation_signs_are_passed_over() -> None:
    cable = "".join(f"> {line}\n" for line in f"{CONFIDENTIAL}1. (C) One.".split("\n"))
    read = parse_cable(f"All, please see the cable below. {'Thanks a lot. ' * 20}\n\n{cable}")
    assert read.header.classification == "CONFIDENTIAL"
    assert texts(read) == ["One."]
    assert "text_above_header" in codes(read)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "TAGS: PREL", "REF: A. NORVALE 00465", "x", "\x00", "(", "1.", "--", "."]
)  # fmt: skip
def test_fragments_and_nothing_at_all_are_read(text: str) -> None:
    assert parse_cable(text).source == text


def test_a_telegram_of_the_seventies_is_read() -> None:
    text = (
        "LIMITED OFFICIAL USE\n\nPAGE 01        NORVAL  01234  01 OF 02  121545Z\n\n53\nACTION EUR-25\n\n"
        "INFO  OCT-01  ADP-00  SS-15\n      INR-10  /083 W\n       --------------------- 019283\n"
        "R 121530Z SEP 75\nFM AMEMBASSY NORVALE\nTO SECSTATE WASHDC 7777\nINFO AMEMBASSY VESTRIA\n\n"
        "LIMITED OFFICIAL USE SECTION 1 OF 2 NORVALE 1234\n\nE.O. 11652: GDS\nTAGS: PFOR, NV\n"
        "SUBJ: VISIT OF DEPUTY FOREIGN MINISTER\nREF: (A) NORVALE 1222; (B) STATE 176543\n\n"
        "1. SUMMARY: MINISTER AGREED TO PROVIDE DRAFT. END SUMMARY.\n\n2. REQUEST EMBASSY CALL ON\n"
        "LIMITED OFFICIAL USE\n\nPAGE 02        NORVAL  01234  01 OF 02  121545Z\n\nMINISTER.\nTARN\n\nNNN\n"
    )
    cable = parse_cable(text)
    assert cable.header.reference_id == "75NORVALE1234"
    assert cable.header.addressees_info == ("AMEMBASSY VESTRIA",)
    assert cable.header.references == {"A": "75NORVALE1222", "B": "75STATE176543"}
    assert cable.header.summary == "MINISTER AGREED TO PROVIDE DRAFT."
    assert texts(cable)[-2:] == ["REQUEST EMBASSY CALL ON MINISTER.", "TARN"]
    assert cable.warnings == ()


LATER_SECTION = """CONFIDENTIAL

PAGE 01        NORVAL  00465  02 OF 02  221421Z
ACTION NEA-10

INFO  OCT-01  ISO-00  OES-09  AID-05  EB-08
      AGRE-00  COME-00  /075 W
                  ------------------058577  221440Z /44

R 221215Z MAR 78
FM AMEMBASSY NORVALE
TO SECSTATE WASHDC 4472
INFO AMCONSUL TARN

C O N F I D E N T I A L SECTION 2 OF 2 NORVALE 00465

"""


def test_the_head_of_a_later_section_is_no_part_of_the_text() -> None:
    cable = parse_cable(
        CONFIDENTIAL
        + "1. THE MINISTRY AGREED TO SEND A LIST.\n\n"
        + LATER_SECTION
        + "PORTS\n\n2. THE MINISTRY AGREED TO PAY A FEE.\n"
    )
    assert texts(cable, "heading") == ["PORTS"]
    assert cable.header.paragraphs == (1, 2)
    assert not any("ACTION" in text or "FM AM" in text for text in texts(cable))


def test_a_day_at_the_head_of_a_line_is_no_number_of_a_paragraph() -> None:
    cable = parse_cable(
        CONFIDENTIAL + "1. (C) They are to reply no later than October\n1. Nobody has yet.\n"
    )
    assert texts(cable) == ["They are to reply no later than October 1. Nobody has yet."]


def test_a_heading_in_capitals_may_stand_right_under_a_text() -> None:
    cable = parse_cable(
        CONFIDENTIAL + "1. (C) They will reply.\nAGRICULTURE\n\n2. (C) They sold wheat.\n"
    )
    assert texts(cable, "heading") == ["AGRICULTURE"]


def test_the_paragraph_that_says_who_classified_the_cable_is_counted() -> None:
    cable = parse_cable(
        CONFIDENTIAL + "1. (C) CLASSIFIED BY DCM ADA OSPREY. REASON: 1.5 (B).\n\n"
        "2. (C) THE TALKS WENT WELL AND NOBODY LEFT EARLY.\n"
    )
    assert (cable.header.classified_by, cable.header.paragraphs) == ("ADA OSPREY", (1, 2))


def test_the_distribution_lines_of_a_later_section_are_no_text() -> None:
    cable = parse_cable(
        "P 151030Z APR 78\nFM AMEMBASSY NORVALE\nTO SECSTATE WASHDC PRIORITY 9412\n\n"
        "UNCLAS SECTION 01 OF 02 NORVALE 02714\n\nSUBJECT: TALKS\n\n1. THE FIRST TEXT.\n\n"
        "2. THE SECOND TEXT GOES ON.\n\n3. SO DOES THIS ONE.\n\nUNCLASSIFIED\n\n"
        "PAGE 01        NORVALE 02714  02 OF 02  151155Z\n\nACTION NEA-10\n\n"
        "INFO  OCT-01  ISO-00  AF-10  EUR-12\n      AGRE-00  TRSE-00  /092 W\n"
        "------------------048903 151211Z /12\nP 151030Z APR 78\nFM AMEMBASSY NORVALE\n"
        "TO SECSTATE WASHDC PRIORITY 9413\nINFO AMEMBASSY TARN\nUSDOC WASHDC\n\n"
        "UNCLAS SECTION 02 OF 02 NORVALE 02714\n\n4. THE LAST TEXT.\n"
    )
    assert texts(cable)[-2:] == ["SO DOES THIS ONE.", "THE LAST TEXT."]
    assert texts(cable, "heading") == []
