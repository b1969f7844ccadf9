"""What an installation adds in a plain file: names, offices, phrases, rules it switches off."""

from __future__ import annotations

import pytest

from tests.extract.samples import LEXICON, READ_OUT, TODAY, cable_of, extracted
from tracker.extract import Lexicon, LexiconError, extract, read_lexicon, to_json

ADDED = """
# A comment, and a blank line.

party: Ruritania = Ruritanian, GORU, Strelsau
office: Ruritania = Bureau of Follow-up, BFU
office: own = Dialogue Desk
phrase: would welcome = would be minded to have
disable: opportunity
"""


def test_every_sort_of_addition_is_read() -> None:
    lexicon = read_lexicon(ADDED)
    assert lexicon.parties["Strelsau"] == "Ruritania"
    assert lexicon.offices == {
        "Bureau of Follow-up": "Ruritania",
        "BFU": "Ruritania",
        "Dialogue Desk": "own",
    }
    assert lexicon.phrases == {"would be minded to have": "would welcome"}
    assert lexicon.disabled == {"opportunity"}


@pytest.mark.parametrize(
    "line", ["nonsense", "party", "office: Ruritania", "phrase: x", "color: red"]
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(LexiconError, match="Line 2"):
        read_lexicon(f"# first\n{line}\n")


def test_an_office_that_was_added_belongs_to_its_party() -> None:
    found = extracted("1. (U) BFU agreed to send a list of ports.", READ_OUT, read_lexicon(ADDED))
    assert found.items[0].responsible == ("Ruritania",)
    assert found.items[0].owners == ("BFU",)
    found = extracted("1. (U) Dialogue Desk will send a list.", READ_OUT, read_lexicon(ADDED))
    assert found.items[0].responsible == ("United States",)


def test_a_phrase_that_was_added_means_what_the_rules_know() -> None:
    text = "1. (U) The ministry would be minded to have a joint exercise on ports."
    assert "want-other" in extracted(text, lexicon=read_lexicon(ADDED)).items[0].rules
    without = extracted(text).items
    assert not without or "want-other" not in without[0].rules


def test_a_rule_that_was_switched_off_picks_nothing() -> None:
    text = "1. (U) The talks are an opportunity to take stock of our ports."
    assert "opportunity" in extracted(text).items[0].rules
    items = extracted(text, lexicon=read_lexicon(ADDED)).items
    assert all("opportunity" not in item.rules for item in items)


def test_cables_of_another_government_are_its_own_side() -> None:
    lexicon = Lexicon(parties=LEXICON.parties, own="Graustark")
    found = extract(cable_of("1. (U) We will send a list of ports."), today=TODAY, lexicon=lexicon)
    assert found.parties[0].name == "Graustark"
    assert found.items[0].responsible == ("Graustark",)


def test_the_json_form_says_default_where_a_field_has_no_place() -> None:
    found = to_json(extracted("1. (U) We should send a list of ports."))
    item = found["items"][0]
    assert item["evidence"]["due_on"] == "default"
    assert item["evidence"]["kind"] == item["triggers"][0]
    assert item["due_on"] == "2008-10-22"
    assert item["reason"].startswith("Picked for “We should send”")
