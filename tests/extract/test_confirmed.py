"""The parties that a person confirmed take the place of those that the text seems to name."""

from __future__ import annotations

import pytest

from tests.extract.samples import LEXICON, TODAY, cable_of
from tracker.extract import Extraction, extract

BODY = (
    "1. (U) The Ministry of Trade will send the draft by May 30. We will reply within two weeks. "
    "Both sides agreed to meet again in June. The Graustarkians promised to open the port."
)


def drawn(*parties: str, body: str = BODY) -> Extraction:
    return extract(cable_of(body), today=TODAY, lexicon=LEXICON, parties=parties)


def responsible(found: Extraction) -> list[tuple[str, ...]]:
    return [item.responsible for item in found.items]


def test_another_side_than_the_one_read_must_act_where_the_text_speaks_of_it() -> None:
    assert responsible(drawn())[0] == ("Ruritania",)
    found = drawn("United States", "Graustark")
    assert [party.name for party in found.parties] == ["United States", "Graustark"]
    assert responsible(found) == [
        ("Graustark",),
        ("United States",),
        ("United States", "Graustark"),
        ("Graustark",),
    ]


def test_a_party_that_no_list_knows_is_known_in_this_cable() -> None:
    body = (
        "1. (U) Sundria will send the draft by May 30. The delegation of the Ministry will reply."
    )
    found = drawn("United States", "Sundria", body=body)
    assert responsible(found)[0] == ("Sundria",)
    assert found.parties[1].name == "Sundria"


@pytest.mark.parametrize(
    "name", ["Republic of Ruritania", "the Kingdom of Ruritania", "Government of Ruritania"]
)
def test_a_party_is_called_by_the_name_that_was_given(name: str) -> None:
    found = drawn("United States", name)
    assert responsible(found)[0] == (name,)
    assert found.parties[1].name == name


def test_the_own_side_is_called_by_the_name_that_was_given() -> None:
    found = drawn("Embassy Strelsau", "Ruritania")
    assert responsible(found)[:2] == [("Ruritania",), ("Embassy Strelsau",)]


def test_an_own_side_that_is_another_country_is_who_we_are() -> None:
    body = "1. (U) We will send a list of ports. The United States will reply by May 30."
    found = drawn("Armenia", "United States", body=body)
    assert responsible(found) == [("Armenia",), ("United States",)]


def test_more_who_take_part_than_were_confirmed_stay_as_read() -> None:
    subject = "U.S.-RURITANIA-GRAUSTARK TRILATERAL TALKS APRIL 21-22"
    cable = cable_of("1. (U) All parties agreed to publish the list by May 30.", subject)
    read = extract(cable, today=TODAY, lexicon=LEXICON)
    assert len(read.parties) == 3
    found = extract(
        cable, today=TODAY, lexicon=LEXICON, parties=("United States", read.parties[1].name)
    )
    assert (found.parties, found.items) == (read.parties, read.items)
