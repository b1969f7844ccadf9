"""A task's history in words, field by field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.policy.history_words import change_in_words, day_in_words, names_in_words


def due(day: str | None, basis: str = "stated") -> dict[str, str | None]:
    """A due date as the history keeps it."""
    return {"due_on": day, "basis": basis}


def test_a_moved_date_says_from_when_to_when_and_why() -> None:
    words = change_in_words(
        "due_on", due("2008-01-10"), due("2008-03-01"), "ministry's reply outstanding"
    )
    assert words == (
        "moved the due date from 10 January to 1 March 2008: ministry's reply outstanding"
    )


def test_a_date_moved_into_another_year_names_both_years() -> None:
    words = change_in_words("due_on", due("2007-12-15"), due("2008-03-01"))
    assert words == "moved the due date from 15 December 2007 to 1 March 2008"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, "2008-03-01", "set the due date to 1 March 2008"),
        ("2008-03-01", None, "took away the due date, 1 March 2008"),
        (None, None, "left the due date open"),
    ],
)
def test_a_date_may_come_or_go(before: str | None, after: str | None, words: str) -> None:
    assert change_in_words("due_on", due(before), due(after)) == words


def test_a_status_is_named_as_pages_name_it() -> None:
    words = change_in_words("status", "agreed", "in_progress")
    assert words == "changed the status from Agreed to In progress"


def test_a_deferral_says_until_when() -> None:
    until = {"status": "deferred", "until": "2008-03-01"}
    later = {"status": "deferred", "until": "2008-06-01"}
    assert change_in_words("status", "agreed", until) == (
        "changed the status from Agreed to Deferred until 1 March 2008"
    )
    assert change_in_words("status", until, later) == (
        "moved the deferral from Deferred until 1 March 2008 to Deferred until 1 June 2008"
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ([], ["Ada Moss"], "gave the task to Ada Moss"),
        (["Ada Moss"], [], "took the task from Ada Moss; nobody owns it now"),
        (["Ada Moss"], ["Per Lind"], "handed the task over from Ada Moss to Per Lind"),
        (["Ada Moss"], ["Ada Moss", "Per Lind"], "added Per Lind as owner"),
        (["Ada Moss", "Per Lind"], ["Ada Moss"], "took Per Lind off the owners; Ada Moss stays"),
        (["A", "B"], ["B", "A"], "changed the order of owners"),
        (["A", "B", "C"], ["B", "C"], "took A off the owners; B and C stay"),
    ],
)
def test_owners_come_go_and_stay(before: list[str], after: list[str], words: str) -> None:
    assert change_in_words("owners", before, after) == words


def test_the_first_row_tells_what_the_task_was_made_as() -> None:
    first = {
        "status": "proposed",
        "due_on": "2008-01-10",
        "due_basis": "default",
        "owners": ["Ada Moss"],
    }
    assert change_in_words("created", None, first) == (
        "added this task: proposed, due 10 January 2008 (by default, as the text states no date), "
        "owned by Ada Moss"
    )
    assert change_in_words("created", None, {}) == (
        "added this task: proposed, owned by nobody yet"
    )


def test_wordings_are_quoted_and_long_ones_cut() -> None:
    words = change_in_words("text", "Send it.", "Send " + "all of it " * 30)
    assert words.startswith("changed the text from “Send it.” to “Send all of it")
    assert words.endswith("…”")
    assert len(words) < 200
    assert change_in_words("text", "", "Send it.") == "wrote the text: “Send it.”"
    assert change_in_words("title", "Send", "Fetch") == "changed the title from “Send” to “Fetch”"


def test_other_fields_are_named() -> None:
    assert change_in_words("kind", "action", "request") == "changed the kind from action to request"
    assert change_in_words("responsible", ["Northland"], ["Sundria"]) == (
        "changed who must act from Northland to Sundria"
    )
    assert change_in_words("agreed_text", None, "Open the road") == (
        "approved, as the last side, the agreed text: “Open the road”"
    )
    assert change_in_words("agreed_text", "Open", "Close") == (
        "approved, as the last side, the agreed text “Close” in place of “Open”"
    )
    assert change_in_words("agenda_item", 1, 2) == "changed the agenda item"


def test_names_read_as_a_person_would_list_them() -> None:
    assert names_in_words([]) == "nobody"
    assert names_in_words(["A", "B", "C"]) == "A, B and C"


def test_what_is_no_day_stays_as_it_is() -> None:
    assert day_in_words("2008-02-30") == "2008-02-30"
    assert day_in_words(None) == "no date"


@given(
    st.sampled_from(["status", "due_on", "owners", "title", "text", "kind", "created", "else"]),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=6,
    ),
    st.text(max_size=20),
)
def test_no_stored_value_stops_the_page(field: str, value: object, reason: str) -> None:
    assert change_in_words(field, value, value, reason)
    assert change_in_words(field, None, value, reason)
