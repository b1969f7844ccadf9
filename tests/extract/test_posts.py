"""Cables that several posts get: what is said to one of them is that post's to do."""

from __future__ import annotations

import datetime as dt

import pytest

from tracker.cable import parse_cable
from tracker.extract import Item, extract

CABLE = """UNCLAS STATE 001234

FM SECSTATE WASHDC
TO AMEMBASSY BANGKOK
AMEMBASSY VIENTIANE
INFO AMEMBASSY HANOI

TAGS: SENV, TH, LA
SUBJECT: RIVER TALKS

1. (U) {}
"""


def items(text: str) -> list[Item]:
    found = extract(parse_cable(CABLE.format(text)), today=dt.date(2009, 1, 5)).items
    return [item for item in found if item.tier == "likely"]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Bangkok should send the gauge readings to the commission.", "Bangkok"),
        ("For Vientiane: a room for a delegation of nine from March 3.", "Vientiane"),
        ("Posts should send the names of contacts by March 3.", "Posts"),
    ],
)
def test_a_post_that_the_cable_goes_to_is_ours(text: str, owner: str) -> None:
    [item] = items(text)
    assert item.responsible == ("United States",)
    assert item.owners == (owner,)


@pytest.mark.parametrize(
    "text",
    [
        "In Bangkok the minister met the press.",
        "Hanoi will send three gunboats up the river.",
        "The border posts should be rebuilt by the army.",
    ],
)
def test_a_place_or_a_government_is_no_post_of_ours(text: str) -> None:
    assert all(item.responsible != ("United States",) or not item.owners for item in items(text))
