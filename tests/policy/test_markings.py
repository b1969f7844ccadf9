"""Markings as a lattice: reading, joining, and what may go where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.policy.markings import (
    LEVELS,
    UNCLASSIFIED,
    Marking,
    join_markings,
    parse_marking,
)

countries = st.frozensets(st.sampled_from(["USA", "GBR", "AUS", "NZL"]), min_size=1)
markings = st.builds(
    Marking,
    st.sampled_from(LEVELS),
    st.frozensets(st.sampled_from(["NOFORN", "ORCON", "NOCONTRACT", "STADIS"])),
    st.none() | countries,
)


def join(*some: Marking) -> Marking:
    """The join of some markings."""
    return join_markings(some)


@given(markings)
def test_a_marking_joined_with_itself_stays(one: Marking) -> None:
    assert join(one, one).level == one.level
    assert join(one, one).caveats == one.caveats


@given(markings, markings)
def test_the_order_of_joining_does_not_matter(one: Marking, other: Marking) -> None:
    assert join(one, other) == join(other, one)


@given(markings, markings, markings)
def test_markings_join_in_any_grouping(a: Marking, b: Marking, c: Marking) -> None:
    assert join(join(a, b), c) == join(a, join(b, c))


@given(st.lists(markings, min_size=1, max_size=6))
def test_a_join_is_never_below_any_part(some: list[Marking]) -> None:
    whole = join_markings(some)
    for part in some:
        assert LEVELS.index(part.level) <= LEVELS.index(whole.level)
        assert part.caveats <= whole.caveats
        assert part.is_within(whole)


@given(markings, markings)
def test_a_join_is_the_least_that_covers_both(one: Marking, other: Marking) -> None:
    whole = join(one, other)
    assert whole.level in (one.level, other.level)
    assert whole.caveats == one.caveats | other.caveats


@given(st.lists(markings, max_size=5))
def test_release_only_ever_narrows(some: list[Marking]) -> None:
    whole = join_markings(some)
    if whole.rel_to is not None:
        classified = [m for m in some if m.level not in ("U", "SBU")]
        assert all(m.rel_to is not None and whole.rel_to <= m.rel_to for m in classified) or (
            len(some) == 1
        )


@given(markings)
def test_short_and_banner_read_back_as_the_same(one: Marking) -> None:
    assert parse_marking(one.short) == one
    assert parse_marking(one.banner) == one


def test_nothing_shown_is_unclassified() -> None:
    assert join_markings([]) == UNCLASSIFIED


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("C", "C"),
        ("(S/NF)", "S//NF"),
        ("SECRET//NOFORN", "S//NF"),
        ("sensitive but unclassified", "SBU"),
        ("C-REL TO USA, GBR", "C//REL TO GBR, USA"),
        ("", "U"),
        (None, "U"),
    ],
)
def test_markings_are_read_in_their_usual_forms(text: str | None, short: str) -> None:
    assert parse_marking(text).short == short


def test_what_is_not_known_is_kept_and_nothing_lowered() -> None:
    odd = parse_marking("SECRET//ODDWORD")
    assert odd.level == "S"
    assert "ODDWORD" in odd.caveats
    assert not odd.is_within(parse_marking("S"))


def test_a_ceiling_holds_back_higher_levels_and_caveats() -> None:
    assert parse_marking("U").is_within(parse_marking("SBU"))
    assert not parse_marking("C").is_within(parse_marking("SBU"))
    assert not parse_marking("U//NF").is_within(parse_marking("U"))
