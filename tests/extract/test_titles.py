"""The line that a person would put on a list."""

from __future__ import annotations

import pytest

from tests.extract.samples import LEXICON, READ_OUT, cable_of, extracted
from tracker.extract.cast import read_cast
from tracker.extract.shortening import LONGEST, lower_capitals, shorten


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("We suggest soliciting their views on ports.", "Solicit their views on ports"),
        ("The Ruritanian side agreed to provide a list (ref A).", "Provide a list"),
        (
            "Our interests in engaging with Ruritania are bilateral.",
            "Engage with Ruritania",
        ),
        (
            "The ministry said it plans to send engineers to Zenda and was waiting for visas.",
            "Send engineers to Zenda",
        ),
        (
            "The ministry has an interest in supporting and fostering exchanges of judges.",
            "Answer the wish to support and foster exchanges of judges",
        ),
        (
            "The program will be refined with input from each side.",
            "Refine the program with input from each side",
        ),
        (
            "The Ruritanian Navy requested spare parts for its boats.",
            "Answer the request for spare parts for its boats",
        ),
        (
            "We recommend that Washington use the visit to press for an answer.",
            "Press for an answer",
        ),
        ("The USG said it would circulate the draft.", "Circulate the draft"),
        (
            "More effort should be made to devise good projects.",
            "Make more effort to devise good projects",
        ),
        (
            "The Ruritanian Navy committed itself to increased control of ports.",
            "Commit to increased control of ports",
        ),
        ("The minister committed to double the number of boats.", "Double the number of boats"),
        ("The minister promised a reply before June.", "Provide a reply before June"),
        ("The Ruritanian Navy is pursuing new bases.", "Pursue new bases"),
        (
            "The ministry would be responsible for implementing and funding the plan.",
            "Implement and fund the plan",
        ),
        ("The minister asked that we not share this with Graustark.",
         "Do not share this with Graustark"),
        ("The minister asked that the list be sent to the Embassy.",
         "Send the list to the Embassy"),
        ("The minister asked Washington to add this topic.", "Add this topic"),
        ("The next round will take place in May in Strelsau.",
         "Hold the next round in May in Strelsau"),
        ("The list can be approved by both parties at the end.", "Approve the list at the end"),
    ],
)  # fmt: skip
def test_a_title_is_an_order(text: str, title: str) -> None:
    assert [item.title for item in extracted(f"1. (U) {text}", READ_OUT).items] == [title]


def test_a_thing_on_a_list_is_not_called_by_a_verb_that_stands_in_an_aside() -> None:
    body = (
        "PORTS\n\n1. (U) Deliverables:\n\n"
        "- Access to the ship, which the consul has been asking to see since May.\n"
        "- A plan to train pilots."
    )
    titles = [item.title for item in extracted(body).items]
    assert titles == [
        "Access to the ship, which the consul has been asking to see since May",
        "Train pilots",
    ]


def test_a_long_title_ends_with_a_phrase() -> None:
    text = (
        "Issue a joint press statement at the conclusion of the security dialogue, marking the "
        "tenth anniversary of our consultations"
    )
    assert (
        shorten(text) == "Issue a joint press statement at the conclusion of the security dialogue"
    )


def test_a_long_title_without_a_phrase_ends_with_a_word() -> None:
    title = shorten("Send " + "very " * 30 + "long lists")
    assert len(title) <= LONGEST
    assert title.endswith("very…")


def test_a_title_without_spaces_is_cut_too() -> None:
    assert len(shorten("x" * 500)) <= LONGEST


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Urge the maritime border service to develop operational plans that include the navy "
            "to advance our interests",
            "Urge the maritime border service to develop operational plans that include the navy",
        ),
        (
            "Report to the co-chairs of the security dialogue in six months on the status of these "
            "action items",
            "Report to the co-chairs of the security dialogue in six months",
        ),
    ],
)
def test_a_title_ends_at_a_clause_without_dots(text: str, title: str) -> None:
    assert shorten(text) == title


def test_a_lone_quotation_mark_is_dropped() -> None:
    assert shorten('Promote energy security."') == "Promote energy security"


def test_capitals_become_small_where_they_are_no_names() -> None:
    names = read_cast(cable_of("1. (U) One."), LEXICON).names
    text = "Inform FOREIGN MINISTRY OF GORU THAT APRIL 5-6 ARE ACCEPTABLE TO OPIC AND RURITANIA"
    assert lower_capitals(text, names) == (
        "Inform foreign ministry of GORU that April 5-6 are acceptable to OPIC and Ruritania"
    )
