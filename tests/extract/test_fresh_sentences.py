"""Sentences of other hands: found, with the kind, parties, owners and deadline a reader expects."""

from __future__ import annotations

import datetime as dt
import textwrap

import pytest

from tests.extract.fresh_sentences import ITEMS, LEXICON, NO_ITEMS, Frame, Fresh
from tracker.cable import parse_cable
from tracker.extract import Item, extract

TODAY = dt.date(2016, 6, 1)
MARK = "1. (U) "


def items_of(frame: Frame, text: str) -> list[Item]:
    """What is drawn from a cable with this sentence, wrapped as it was transmitted."""
    body = textwrap.fill(MARK + text, 69).removeprefix(MARK)
    cable = parse_cable(f"{frame.header}{body}\n\nHADDOCK\n")
    return list(extract(cable, today=TODAY, lexicon=LEXICON).items)


def bare(names: tuple[str, ...]) -> set[str]:
    """Names as they are compared: without article and capitals."""
    return {name.casefold().removeprefix("the ") for name in names}


@pytest.mark.parametrize("fresh", ITEMS, ids=lambda fresh: fresh.text[:40])
def test_what_is_to_be_followed_up_is_found_and_understood(fresh: Fresh) -> None:
    [item] = items_of(fresh.frame, fresh.text)
    assert item.tier == "likely"
    assert item.kind in fresh.kinds
    if fresh.responsible is not None:
        assert set(item.responsible) == set(fresh.responsible)
    if fresh.owners is not None:
        assert bare(item.owners) == bare(fresh.owners)
    if fresh.due == "default":
        assert (item.due_on, item.due_basis) == (fresh.frame.default_due, "default")
    elif fresh.due is not None:
        assert (item.due_on, item.due_basis) == (dt.date.fromisoformat(fresh.due), "stated")


@pytest.mark.parametrize(("frame", "text"), NO_ITEMS)
def test_what_is_no_item_is_not_likely(frame: Frame, text: str) -> None:
    assert [item.text for item in items_of(frame, text) if item.tier == "likely"] == []
