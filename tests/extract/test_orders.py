"""Orders, labels with one act, and sentences that end in an abbreviation."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extract.samples import READ_OUT, extracted
from tracker.extract.sentences import split_sentences


@pytest.mark.parametrize(
    ("body", "owners", "due_on"),
    [
        ("1. (U) Action: Graustark to submit its comments by 15 January 2009.",
         ("Graustark",), dt.date(2009, 1, 15)),
        ("2. (U) PLEASE ADVISE NAMES AND TRAVEL PLANS BY JANUARY 30.", (), dt.date(2009, 1, 30)),
        ("3. (U) ACTION ADDRESSEES ARE REQUESTED TO APPROACH HOST GOVERNMENTS\n"
         "AND REPORT RESULTS BY FEBRUARY 10.", ("ACTION ADDRESSEES",), dt.date(2009, 2, 10)),
        ("4. (U) Post would appreciate the Department's views by June 1.",
         ("Department",), dt.date(2008, 6, 1)),
    ],
)  # fmt: skip
def test_an_order_is_found_with_its_owner(
    body: str, owners: tuple[str, ...], due_on: dt.date
) -> None:
    item = extracted(body, READ_OUT).items[0]
    assert (item.tier, item.kind, item.owners, item.due_on) == ("likely", "action", owners, due_on)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("They export steel to the U.S. Brazil will send a list.", 2),
        ("They came with the U.S. Navy and will stay.", 1),
        ("They met officials of the U.S. Forest Service who will stay.", 1),
    ],
)
def test_a_sentence_may_end_in_the_u_s(text: str, count: int) -> None:
    assert len(split_sentences(text, (0, len(text)))) == count
