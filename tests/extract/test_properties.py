"""What holds for any text: no error, spans inside the text, work in proportion."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extract.samples import HEADER, LEXICON, SCENESETTER, TODAY
from tests.steps import calls_of
from tracker.cable import parse_cable
from tracker.extract import Extraction, extract, from_json, to_json

SHIPPED = Path(__file__).resolve().parents[2] / "tracker" / "data" / "07BAKU832.txt"
TEXT = SHIPPED.read_text(encoding="utf-8")

_WORDS = """We suggest that Washington the GOAJ agreed to send a list by May 15 . ; : , ( a ) (b) --
will should be prepared U.S. Ambassador Zenda and for both sides their MFA's 1. 2. (C) NEXT STEPS
COMMENT Summary: during the talks “ ” ’"""
WORDS = st.sampled_from([*_WORDS.split(), "\n", "\n\n", "\u00a0", "\ue001", "\ue013", "\x00"])


def read(text: str) -> Extraction:
    """Extract, and check what holds for every text."""
    found = extract(parse_cable(text), today=TODAY, lexicon=LEXICON)
    assert from_json(json.loads(json.dumps(to_json(found))), found.header) == found
    for item in found.items:
        start, end = item.span
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        assert item.title
        assert len(item.title) <= 90
        assert item.rules
        assert item.responsible
        for first, last in item.triggers:
            assert 0 <= first <= last <= len(text)
    spans = [sentence.span for sentence in found.unpicked]
    assert spans == sorted(spans)
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=120))
def test_words_of_cables_in_any_order_are_read(words: list[str]) -> None:
    read(HEADER.format(subject=SCENESETTER) + " ".join(words))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    read(text)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 4000), st.randoms(use_true_random=False))
def test_a_damaged_cable_is_read(start: int, length: int, chance: random.Random) -> None:
    letters = list(TEXT[start : start + length])
    for _ in range(len(letters) // 50):
        letters[chance.randrange(len(letters))] = chance.choice("\x00\n ()-:;.,'A9é\ue001")
    read("".join(letters))


def work(text: str) -> int:
    cable = parse_cable(text)
    return calls_of(lambda: extract(cable, today=TODAY))


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "(a) ",
        "July 9-10, ",
        "the ",
        "We will send lists; ",
        "Ministry of ",
        "“",
        "1) go on ",
        "in 2007 ",
    ],
)
def test_work_is_in_proportion_for_one_long_line(piece: str) -> None:
    work(piece)
    short = work(piece * (10_000 // len(piece)))
    assert work(piece * (40_000 // len(piece))) < 4.5 * short + 1_000


def test_spans_are_places_in_the_source_whatever_stands_there() -> None:
    for item in read(TEXT).items:
        start, end = item.span
        passage = " ".join(TEXT[start:end].split())
        first = item.text.split()[0]
        assert passage.startswith(first)
