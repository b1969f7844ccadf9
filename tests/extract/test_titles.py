"""The line that a person would put on a list."""

from __future__ import annotations

import pytest

from tests.extract.samples import READ_OUT, extracted
from tracker.extract.titles import LONGEST, shorten


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("We suggest soliciting their views on ports.", "Solicit their views on ports"),
        ("The Ruritanian side agreed to provide a list (ref A).", "Provide a list"),
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
    ],
)
def test_a_title_is_an_order(text: str, title: str) -> None:
    assert [item.title for item in extracted(f"1. (U) {text}", READ_OUT).items] == [title]


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
