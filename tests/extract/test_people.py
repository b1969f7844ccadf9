"""Whose people are: by title, delegation, office and list, in mixed case and in capitals."""

from __future__ import annotations

import pytest

from tests.extract.samples import READ_OUT, TODAY, extracted
from tracker.cable import parse_cable
from tracker.extract import extract

OURS, THEIRS = ["United States"], ["Ruritania"]


@pytest.mark.parametrize(
    ("introduction", "name", "party"),
    [
        (
            "The U.S. delegation was led by Wendell F. Hartley and included Dana Kowal.",
            "Kowal",
            OURS,
        ),
        ("Director Martin J. Osprey and Ellen Tarn led the U.S. side.", "Osprey", OURS),
        (
            "Under Secretary of Foreign Relations Ambassador Rafael Lanza headed a Ruritanian "
            "delegation of twenty-two.",
            "Lanza",
            THEIRS,
        ),
        ("Director of Public Prosecutions Ernest Carver came with a list.", "Carver", THEIRS),
        (
            "Deputy Assistant Secretary for Visa Services (Acting) Martin Osprey spoke first.",
            "Osprey",
            OURS,
        ),
        ("With him came the head of the Migration Service, Larysa Horban.", "Horban", THEIRS),
        ("ICE's Special Agent Curtis Bledlow was there.", "Bledlow", OURS),
        ("Permanent Secretary for Ports Abel Karst met us. Few knew him.", "Karst", THEIRS),
    ],
)
def test_who_is_introduced_promises_for_the_side_that_he_is_of(
    introduction: str, name: str, party: list[str]
) -> None:
    body = f"PORTS\n\n1. (U) {introduction} {name} undertook to send a list of berths."
    items = extracted(body, READ_OUT).items
    [promise] = [item for item in items if "undertook" in item.text]
    assert [*promise.responsible] == party


def test_a_list_of_participants_tells_who_is_of_which_side() -> None:
    body = (
        "PORTS\n\n1. (U) Osprey promised to mail the forms. Lanza promised to sign them.\n\n"
        "2. (U) PARTICIPANTS.\nUnited States: Martin Osprey, CA/VO; Ellen Tarn, ICE.\n"
        "Ruritania: Rafael Lanza, Ministry of Ports; Otto Rassen, Customs."
    )
    promises = [item for item in extracted(body, READ_OUT).items if "promised" in item.text]
    assert [[*item.responsible] for item in promises] == [OURS, THEIRS]


TELEGRAM = (
    "1. US DELEGATION WAS HEADED BY DEPUTY ASSISTANT SECRETARY WENDELL F. HARTLEY (NEA) AND\n"
    "INCLUDED AID/NE DIRECTOR LORMER. RURITANIAN CHAIRMAN WAS MINISTER OF PLAN ZARKO.\n\n"
)


@pytest.mark.parametrize(
    ("sentence", "party"),
    [
        ("HARTLEY PROMISED TO TAKE THIS UP WITH COMMERCE ON HIS RETURN.", OURS),
        ("ZARKO UNDERTOOK TO SUBMIT A REVISED STUDY BY JUNE 15.", THEIRS),
        ("MINISTRY OF HEALTH AGREED TO ASSIGN TWELVE MIDWIVES TO ZENDA BY JUNE 1.", THEIRS),
    ],
)
def test_people_are_known_in_a_text_of_capitals(sentence: str, party: list[str]) -> None:
    items = extracted(f"{TELEGRAM}2. {sentence}", READ_OUT).items
    assert [[*item.responsible] for item in items] == [party]
    assert [item.tier for item in items] == ["likely"]


def test_he_is_the_one_last_spoken_of_though_that_sentence_held_nothing() -> None:
    body = (
        "PORTS\n\n1. (U) Ruritanian Deputy Minister Zenda came late. "
        "Assistant Secretary Hartley opened with a story. "
        "He agreed to see that the brief reaches the Treasury."
    )
    [item] = extracted(body, READ_OUT).items
    assert ([*item.responsible], item.owners) == (OURS, ("Assistant Secretary Hartley",))


def test_who_is_told_something_is_not_the_one_who_promises() -> None:
    body = (
        "PORTS\n\n1. (U) Deputy Minister Zenda told the Ambassador that the port was full "
        "and undertook to confirm it in writing."
    )
    [item] = [item for item in extracted(body, READ_OUT).items if "undertook" in item.text]
    assert [*item.responsible] == THEIRS


def test_a_joint_body_is_of_both_sides_by_its_abbreviation() -> None:
    body = (
        "PORTS\n\n1. (U) The U.S.-Ruritania Joint Task Force (JTF) sat for a day. "
        "The JTF will meet again in Zenda in July."
    )
    [item] = [item for item in extracted(body, READ_OUT).items if "will meet" in item.text]
    assert {*item.responsible} == {*OURS, *THEIRS}


def test_the_navy_is_ours_unless_the_other_sides_is_spoken_of() -> None:
    ours = "PORTS\n\n1. (U) The Navy agreed to send a survey team."
    theirs = "PORTS\n\n1. (U) The Ruritanian Navy is small. The Navy agreed to send a survey team."
    for body, party in ((ours, OURS), (theirs, THEIRS)):
        [item] = [item for item in extracted(body, READ_OUT).items if "agreed" in item.text]
        assert [*item.responsible] == party


MEETING_OF_THREE = """P 101200Z APR 08
FM AMEMBASSY NAIROBI
TO SECSTATE WASHDC PRIORITY 1234
UNCLAS NAIROBI 000123

SENSITIVE

TAGS: PREL, KE, UG, TZ
SUBJECT: LAKE COMMISSION: APRIL 8-9 SESSION

1. (U) The three members, Kenya, Uganda and Tanzania, met in Nairobi on April 8-9.

PORTS

2. (U) Uganda agreed to host a survey team by June 1. The delegations agreed to meet in May.

TARN
"""


def test_all_who_take_part_count_where_more_than_two_do() -> None:
    items = extract(parse_cable(MEETING_OF_THREE), today=TODAY).items
    uganda, all_of_them = [item for item in items if "agreed" in item.text]
    assert (uganda.tier, uganda.responsible) == ("likely", ("Uganda",))
    assert {*all_of_them.responsible} == {"United States", "Kenya", "Uganda", "Tanzania"}
