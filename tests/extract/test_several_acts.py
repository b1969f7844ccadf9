"""Several acts in one sentence are several items, each with its own doer."""

from __future__ import annotations

import pytest

from tests.extract.samples import READ_OUT, SCENESETTER, extracted
from tracker.extract import Item


def items(sentence: str, subject: str = READ_OUT) -> list[Item]:
    """The likely items of one paragraph."""
    found = extracted(f"1. (U) {sentence}", subject).items
    return [item for item in found if item.tier == "likely"]


def texts(sentence: str, subject: str = READ_OUT) -> list[str]:
    return [item.text for item in items(sentence, subject)]


def test_a_second_infinitive_of_a_promise_is_an_item_of_the_same_side() -> None:
    first, second = items(
        "The Foreign Ministry undertook to arrange visits to two prisons by the delegation, and to "
        "send the Embassy the text of its plan."
    )
    assert second.text.startswith("and to send") or second.text.startswith("to send")
    assert first.responsible == second.responsible == ("Ruritania",)
    assert second.kind == "commitment"


def test_clauses_behind_it_was_agreed_that_are_items() -> None:
    found = texts(
        "It was agreed that each group would name a secretary by May 3, that the Embassy would "
        "keep a register of projects, and that a review would be held in October."
    )
    assert len(found) == 3
    assert "register" in found[1]
    assert "review" in found[2]


def test_a_second_subject_without_a_comma_begins_an_item() -> None:
    found = items(
        "The Embassy will ship the floats in May and the Foreign Ministry will load them in June."
    )
    assert [item.responsible for item in found] == [("United States",), ("Ruritania",)]


def test_what_somebody_will_do_at_the_meeting_that_is_to_be_fixed_is_an_item() -> None:
    found = texts(
        "The two sides are to fix a date for the council, at which the Foreign Ministry will "
        "present its plan."
    )
    assert len(found) == 2
    assert found[1].startswith("the Foreign Ministry")


def test_a_thing_that_is_to_be_done_by_nobody_named_is_an_item_beside_another() -> None:
    found = texts(
        "The Foreign Ministry will fund a second fence; the design is to be coordinated with the "
        "Embassy."
    )
    assert len(found) == 2


def test_a_promise_behind_a_report_of_the_same_speaker_is_an_item() -> None:
    found = items(
        "The Ambassador said that the Embassy would hold a fair in March, and promised to send the "
        "Foreign Ministry a list of goods beforehand."
    )
    assert len(found) == 2
    assert {item.responsible for item in found} == {("United States",)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Embassy Strelsau to send the Foreign Ministry its draft by May 3.",
        "Embassy Strelsau: send the Foreign Ministry its draft by May 3.",
    ],
)
def test_notes_that_only_name_who_is_to_do_what_are_assignments(sentence: str) -> None:
    (item,) = items(sentence)
    assert (item.kind, item.responsible) == ("action", ("United States",))
    assert item.owners == ("Embassy Strelsau",)


def test_an_aside_between_a_subject_and_its_verb_changes_nothing() -> None:
    (item,) = items("The Foreign Ministry, for its part, will furnish a forecast by May 3.")
    assert (item.kind, item.responsible) == ("commitment", ("Ruritania",))


def test_a_promise_in_the_emphatic_form_is_a_promise() -> None:
    (item,) = items("The Foreign Ministry did, however, agree to send a list.")
    assert (item.kind, item.responsible) == ("commitment", ("Ruritania",))


def test_what_falls_to_somebody_is_an_assignment() -> None:
    (item,) = items("It falls to the Embassy to find an adviser.")
    assert (item.kind, item.responsible) == ("action", ("United States",))


def test_requests_of_the_author_in_a_list_are_for_the_own_side() -> None:
    found = extracted(
        "1. (U) ACTION REQUESTED: (A) REQUEST GUIDANCE ON REPLY TO THE MINISTRY; (B) PLEASE ADVISE "
        "WHETHER FUNDS ARE AVAILABLE FOR NEXT ROUND; (C) RECOMMEND DEPARTMENT CALL IN RURITANIAN "
        "AMBASSADOR.",
        READ_OUT,
    ).items
    assert [item.responsible for item in found] == [("United States",)] * 3


def test_what_an_organisation_asked_of_somebody_before_the_talks_is_at_most_possible() -> None:
    asked = "Amnesty International has called on the government to publish the reports."
    assert items(asked, SCENESETTER) == []


def test_what_an_organisation_promised_at_the_talks_is_likely() -> None:
    (item,) = items("NATO undertook to send the Foreign Ministry a list by May 3.")
    assert item.responsible == ("NATO",)


_OURS = (
    "The Consular Section", "USAREUR", "The Econ Counselor", "NREL", "The DTRA adviser in Strelsau",
)  # fmt: skip


def test_offices_of_the_embassy_and_of_commands_are_the_own_side() -> None:
    for office in _OURS:
        (item,) = items(f"{office} will send a list by May 3.")
        assert item.responsible == ("United States",), office
