"""Which person or office of the directory a name in a text means."""

from __future__ import annotations

import pytest

from tracker.policy.names import Known, has_control_characters, match_name

OFFICES = [
    Known("defense", ("Ministry of Defense", "MoD"), is_person=False),
    Known("department", ("Department of the Interior",), is_person=False),
    Known("border", ("State Border Service",), is_person=False),
]
PEOPLE = [
    Known("azimov", ("Araz Azimov", "Deputy Foreign Minister Araz Azimov"), is_person=True),
    Known("okonjo", ("Mira Okonjo", "Ambassador Mira Okonjo"), is_person=True),
    Known("smith one", ("John Smith", "Mr. John Smith"), is_person=True),
    Known("smith two", ("Ann Smith", "Ambassador Ann Smith"), is_person=True),
]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Ministry of Defense", "defense"),
        ("Defence Ministry", "defense"),
        ("the MoD", "defense"),
        ("Interior Department", "department"),
        ("State Border Service", "border"),
        ("DFM Azimov", "azimov"),
        ("Foreign Minister Azimov", "azimov"),
        ("A. Azimov", "azimov"),
        ("Okonjo, Ambassador", "okonjo"),
        ("AMBASSADOR OKONJO", "okonjo"),
        ("Ann Smith", "smith two"),
        ("Ambassador Ann Smith", "smith two"),
    ],
)
def test_a_name_means_the_one_entry_it_fits(name: str, meant: str) -> None:
    assert match_name(name, [*OFFICES, *PEOPLE]) == meant


@pytest.mark.parametrize(
    "name",
    [
        "Interior Ministry",
        "Foreign Ministry",
        "Ministry",
        "Defense Department",
        "Border Service",
        "the Ambassador",
        "Mr. Smith",
        "Ambassador",
        "of the",
        "",
    ],
)
def test_what_fits_none_or_several_is_left_to_a_person(name: str) -> None:
    assert match_name(name, [*OFFICES, *PEOPLE]) is None


def test_of_two_entries_with_one_name_none_is_taken() -> None:
    twice = [Known(n, ("Jan Kos",), is_person=True) for n in (1, 2)]
    assert match_name("Jan Kos", twice) is None


@pytest.mark.parametrize(
    "name",
    [
        "\u200b",
        "N\u200borvale",
        "Mira\u200f Okonjo",
        "\ufeffNorvale",
        "Nor\u00advale",
        "Nor\u200dvale",
        "Norvale\u200d",
        "Norvale\x9b",
        "\u3164",
        "\u0301",
        "Dr.\u2060",
    ],
)
def test_what_nobody_sees_is_no_part_of_a_name(name: str) -> None:
    assert has_control_characters(name)


@pytest.mark.parametrize(
    "name",
    ["Mira O’Connor", "Əliyev, A.", "می‌خواهم", "क्‍ष", "Visit 👩‍💻", "Köhler\u00a0& Søn", "…", ""],
)
def test_names_are_written_as_their_languages_write_them(name: str) -> None:
    assert not has_control_characters(name)
