"""Signed tokens of links and reply addresses: read back whole, never forged, short enough."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.mail.tokens import Token, read_token, sign_token

TOKEN = Token(7, 17, 1, dt.date(2008, 3, 3))
numbers = st.integers(0, 2**32 - 1)


@given(numbers, numbers, numbers, st.dates(dt.date(1990, 1, 1), dt.date(2160, 1, 1)))
def test_a_token_is_read_back_whole(
    contact: int, about: int, generation: int, day: dt.date
) -> None:
    token = Token(contact, about, generation, day)
    text = sign_token("key", "answer", token)
    assert read_token("key", "answer", text) == token
    assert text.islower() or text.isdigit()
    assert len(f"reply+{text}") <= 64  # RFC 5321, 4.5.3.1.1.


def test_it_survives_programs_that_change_the_case_of_an_address() -> None:
    assert read_token("key", "reply", sign_token("key", "reply", TOKEN).upper()) == TOKEN


@pytest.mark.parametrize("purpose", ["reply", "decline"])
def test_it_is_good_for_its_purpose_only(purpose: str) -> None:
    text = sign_token("key", "answer", TOKEN)
    assert read_token("key", purpose, text) is None  # type: ignore[arg-type]
    assert read_token("another key", "answer", text) is None


def test_no_change_of_one_character_is_accepted() -> None:
    text = sign_token("key", "answer", TOKEN)
    for place in range(len(text)):
        other = "b" if text[place] == "a" else "a"
        assert read_token("key", "answer", text[:place] + other + text[place + 1 :]) is None


@pytest.mark.parametrize("text", ["", "a", "a" * 47, "a" * 49, "1" * 48, "ä" * 48, "=" * 48])
def test_what_is_no_token_is_none(text: str) -> None:
    assert read_token("key", "answer", text) is None
