"""The shared edition of an agreed list: canonical form, hash, comparison."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.policy.agreed_list import (
    AgreedContent,
    AgreedItem,
    Words,
    agreed_name_of,
    agreed_text_of,
    canonical_json,
    compare_lists,
    compare_words,
    from_json,
    hash_of,
    to_json,
    verify_export,
)
from tracker.policy.errors import InvalidInput

ITEM = AgreedItem(1, "Open the road", ("Sundria",), ("Ruta Velm",), dt.date(2008, 1, 10), "1")
CONTENT = AgreedContent(
    "Border Talks", ("Northland", "Sundria"), 1, None, dt.date(2007, 7, 10), 1, "U", (ITEM,)
)


def test_the_canonical_form_is_that_of_the_rfcs_own_example_of_sorting() -> None:
    """RFC 8785, 3.2.3."""
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    keys = list(json.loads(canonical_json(value)))
    assert keys == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_the_canonical_form_escapes_as_the_rfc_says() -> None:
    """RFC 8785, 3.2.2.2: what has a short escape takes it, other controls \\u00xx, no more."""
    text = '€$\x0f\nA\'B"\\\\"/é\u2028'
    assert canonical_json(text).decode() == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/é\u2028"'
    assert canonical_json({"b": [1, None, True], "a": {}}) == b'{"a":{},"b":[1,null,true]}'


def test_numbers_with_a_fraction_have_no_canonical_form_here() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        canonical_json([1.5])


def test_the_hash_is_the_one_that_other_tools_compute() -> None:
    """As `printf '{"a":1}' | sha256sum` says."""
    assert hash_of({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


def test_content_survives_being_stored() -> None:
    assert from_json(json.loads(json.dumps(to_json(CONTENT)))) == CONTENT


texts = st.text(min_size=1, max_size=30)


@given(texts, texts, st.integers(1, 99))
def test_any_change_changes_the_hash(text: str, owner: str, number: int) -> None:
    changed = replace(CONTENT, items=(replace(ITEM, number=number, text=text, owners=(owner,)),))
    assert (hash_of(to_json(changed)) == hash_of(to_json(CONTENT))) is (changed == CONTENT)


def test_an_export_is_whole_until_a_letter_changes() -> None:
    stored = to_json(CONTENT)
    exported = {
        "list": stored,
        "sha256": hash_of(stored),
        "approvals": [{"party": "Sundria", "sha256": hash_of(stored)}],
    }
    assert verify_export(exported) == []
    exported["list"] = {**stored, "items": [{**stored["items"][0], "text": "Close the road"}]}
    assert len(verify_export(exported)) == 2


@pytest.mark.parametrize("exported", [None, [], {}, {"list": []}, "x", {"list": None}])
def test_what_is_no_export_is_refused(exported: object) -> None:
    with pytest.raises(InvalidInput):
        verify_export(exported)


def test_an_export_with_values_no_list_has_is_at_fault() -> None:
    assert verify_export({"list": {"version": 1.5}, "sha256": "x"}) != []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"approvals": ["Sundria", "Northland", "Elbonia"]}, "Elbonia is no party"),
        ({"approvals": ["Sundria", "Sundria"]}, "more than once"),
        ({"approvals": ["Sundria"], "state": "frozen"}, "approval of Northland is missing"),
        ({"approvals": "Sundria"}, "not those that the tracker writes"),
        ({"list": {}}, "no agreed list has"),
        ({"list": {"items": [], "version": 1}}, "no agreed list has"),
        ({"list": {**to_json(CONTENT), "more": 1}}, "no agreed list has"),
    ],
)
def test_an_export_is_whole_with_its_own_parties_approvals_only(
    changes: dict[str, object], fault: str
) -> None:
    stored = changes.get("list", to_json(CONTENT))
    sha256 = hash_of(stored)
    given = changes.get("approvals", [])
    approvals = [{"party": p, "sha256": sha256} for p in given] if type(given) is list else given
    exported = {"sha256": sha256, **changes, "list": stored, "approvals": approvals}
    assert any(fault in found for found in verify_export(exported))


HIDDEN = [
    "a\u202eb", "a\u200bb", "a\x07b", "a\u00adb", "a\u2064b", "a\u3164b", "a\U000e0041b",
    "a\ue000b", "1\u200d2", "a\u200d",
]  # fmt: skip


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, *HIDDEN])
def test_texts_that_both_cannot_read_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        agreed_text_of(text)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, *HIDDEN])
def test_names_that_both_cannot_read_are_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        agreed_name_of(name)


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "क\u094d\u200dष", "Æther – 50 % of “it”", "道路を開く"]
)
def test_a_text_may_be_of_any_script(text: str) -> None:
    assert agreed_text_of(text) == text


def test_a_text_is_composed_and_stands_on_one_line() -> None:
    assert agreed_text_of(" Open\nthe  cafe\u0301 ") == "Open the café"


def test_words_are_compared_in_reading_order() -> None:
    assert compare_words("Open the old road in May", "Open the new road in June soon") == [
        Words("same", "Open the"),
        Words("gone", "old"),
        Words("new", "new"),
        Words("same", "road in"),
        Words("gone", "May"),
        Words("new", "June soon"),
    ]


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_a_comparison_holds_all_words_of_both_texts(old: list[str], new: list[str]) -> None:
    runs = compare_words(" ".join(old), " ".join(new))
    assert " ".join(r.text for r in runs if r.mark != "new").split() == old
    assert " ".join(r.text for r in runs if r.mark != "gone").split() == new


def test_added_dropped_and_changed_items_are_told_apart() -> None:
    after = replace(CONTENT, items=(replace(ITEM, due_on=None), replace(ITEM, number=3)))
    before = replace(CONTENT, items=(ITEM, replace(ITEM, number=2)))
    found = compare_lists(before, after)
    assert [(d.number, d.how) for d in found] == [(1, "changed"), (2, "dropped"), (3, "added")]
    assert list(found[0].fields) == ["due_on"]
