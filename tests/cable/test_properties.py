"""What holds for any text at all: no exception, spans in order, work in proportion."""

# ruff: noqa: E501 - tables of fragments are easier to read in few lines.

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cable import cases_header as cases
from tests.cable.cases_classified import CLASSIFIED
from tests.cable.cases_references import REFERENCES
from tests.steps import calls_of
from tracker.cable import Cable, parse_cable

PARTS = [
    str(case[0])
    for table in (
        cases.TAGS, cases.SUBJECT, cases.DECLASSIFICATION, cases.ADDRESSEES, cases.CLASSIFICATION,
        cases.SIGNER, cases.SUMMARY, CLASSIFIED, REFERENCES,
    )
    for case in table
]  # fmt: skip
NOISE = [
    "\n", "\n\n", "\r\n", "\r", " ", "(", ")", "(C)", "(U) ", "(С)", "1. ", "14. (C) ", "-- ", "- ", "----\n",
    "\x00", "\u200b", "\u202e", "\u00b6", "[1](#)", "&amp;", "<p>", "####", "**", "REF: ", "TO ", "A. ",
    "NORVALE 00000465 002 OF 005", "Summary: ", "END SUMMARY.", "NOTE: ", "END NOTE.", "Comment: ",
    "The talks went well. ", "NEXT STEPS", "Norvale,s ", "S E C R E T NORVALE 12", "TARN", "\ud800",
]  # fmt: skip
PIECES = [
    "a", " ", "-", "(", "[", "&", "0", '"', "A ", "A B. ", "1. ", " OF 01", "BAKU ", "TO ", "RUEHC/",
    "E.O. ", "INFO ", "x,s ", "**a** ", "&a8", "[a](", "(C) ", "(C/", "NOTE: ", "(Note: a. ", "SUMMARY: a ",
    "P 021240Z JUL 07 ", "NORVALE 00000465 002 OF 005 ", "The talks went well and will go on. ", "; -- a",
    "\n", "a\n", "-- a\n", "A B\n\n", "SUBJECT: a\n", "1. (C) a\n", "A\n---\n", "REF: A. BAKU 12 ",
    "Classified By: Jane ", "VZCZC\n",
]  # fmt: skip
"""What a text may repeat without end; ``make bench`` reads them by the clock as well."""


def check(text: str) -> Cable:
    cable = parse_cable(text)
    assert cable.source == text
    assert len(cable.masked) == len(text)
    end = 0
    for place, block in enumerate(cable.blocks):
        assert end <= block.span[0] <= block.span[1] <= len(text)
        end = block.span[1]
        assert block.marking
        assert block.parent is None or block.parent < place
        assert block.heading is None or cable.blocks[block.heading].kind == "heading"
    spans = [warning.span for warning in cable.warnings if warning.span is not None]
    for span in (*spans, *cable.header.spans.values()):
        assert 0 <= span[0] <= span[1] <= len(text)
    return cable


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    check(text)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PARTS + NOISE), max_size=30), st.sampled_from(["", " ", "\n", "\n\n"])
)
def test_any_mixture_of_parts_is_read(parts: list[str], joint: str) -> None:
    check(joint.join(parts))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PARTS), st.integers(0, 100), st.text(max_size=5), st.integers(0, 20))
def test_any_damage_to_a_part_is_read(part: str, place: int, noise: str, lost: int) -> None:
    check(f"S E C R E T NORVALE 12\n\n{part[:place]}{noise}{part[place + lost :]}\n\n1. (S) One.")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["(U)", "(С)", "\u200b", " ", "(U", "U)", "text "]), max_size=12))
def test_nothing_behind_a_mark_lowers_it(noise: list[str]) -> None:
    cable = parse_cable(f"S E C R E T NORVALE 12\n\nTAGS: PREL\n\n1. (S) {''.join(noise)}")
    assert {block.marking for block in cable.blocks} <= {"S"}


@pytest.mark.parametrize("piece", PIECES)
def test_work_grows_in_proportion(piece: str) -> None:
    def work(size: int) -> int:
        text = piece * (size // len(piece))
        return calls_of(lambda: parse_cable(text))

    work(1_000)
    assert work(40_000) < 4.5 * work(10_000) + 1_000


def test_one_line_of_a_megabyte_is_read() -> None:
    text = (
        "S E C R E T NORVALE 12 " + "The Minister said, (U) that he will write -- soon. " * 20_000
    )
    check(text[:1_000_000])
