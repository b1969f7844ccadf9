"""How two versions of a text differ, and where a passage of the old one stands in the new one."""

from __future__ import annotations

import pytest

from tracker.policy.versions import Comparison

OLD = "We suggest that the Embassy send a list by April. The road was closed. Ask the Port."


def followed(new: str, passage: str, old: str = OLD) -> tuple[str, bool] | None:
    """The passage as it reads in the new text, and whether it is the same."""
    start = old.index(passage)
    found = Comparison(old, new).follow((start, start + len(passage)))
    return (new[found.span[0] : found.span[1]], found.is_same) if found else None


@pytest.mark.parametrize(
    ("new", "passage", "expected"),
    [
        (OLD, "The road was closed.", ("The road was closed.", True)),
        (
            "Note. " + OLD.replace(" ", "\n"),
            "The road was closed.",
            ("The\nroad\nwas\nclosed.", True),
        ),
        (
            OLD.replace("April.", "mid May."),
            "We suggest that the Embassy send a list by April.",
            ("We suggest that the Embassy send a list by", False),
        ),
        (
            OLD.replace("a list", "a full list"),
            "We suggest that the Embassy send a list by April.",
            ("We suggest that the Embassy send a full list by April.", False),
        ),
        (OLD.replace("The road was closed. ", ""), "The road was closed.", None),
        ("", "Ask the Port.", None),
    ],
)
def test_a_passage_is_found_again_the_same_changed_or_gone(
    new: str, passage: str, expected: tuple[str, bool] | None
) -> None:
    assert followed(new, passage) == expected


def test_each_place_that_changed_has_words_on_either_side() -> None:
    words = [f"w{n}" for n in range(200)]
    new = [*words]
    new[50], new[150] = "first", "second"
    places = Comparison(" ".join(words), " ".join(new)).changes()
    assert [[run.mark for run in place] for place in places] == [
        ["same", "gone", "new", "same"]
    ] * 2
    assert [place[2].text for place in places] == ["first", "second"]
    assert places[0][0].text == "… " + " ".join(words[38:50])
    assert places[0][3].text == " ".join(words[51:63]) + " …"


def test_equal_words_have_no_changes() -> None:
    assert Comparison(OLD, OLD.replace(" ", "  \n")).changes() == []


def test_long_texts_that_differ_everywhere_are_shown_as_one_change() -> None:
    """Comparing them word by word would take the square of their length."""
    old = " ".join(f"w{n % 977}" for n in range(200_000))
    assert len(Comparison(old, old.replace("w5", "v5")).changes()) == 1
