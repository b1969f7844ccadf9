"""Messages saved from Outlook, which are no mail files but containers of their own."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.outlook import old_word_file, outlook_message
from tests.world import shipped_cable
from tracker.cable import parse_cable
from tracker.intake import DamagedFile, EmptyFile, IntakeError, NotText, read_document

TEXT = "1. (U) “Talks” went well — naïvely.\n\n2. (C) Norvale will send the list.\n"
MESSAGE = outlook_message(TEXT, attachments=("agenda.docx",))


def test_the_body_of_an_outlook_message_is_read() -> None:
    document = read_document(outlook_message(TEXT), "cable.msg")
    assert document.text == TEXT
    assert document.media_type == "application/vnd.ms-outlook"
    assert document.warnings == ()


def test_a_cable_in_an_outlook_message_reads_like_the_cable_itself() -> None:
    cable = shipped_cable().decode("utf-8")
    document = read_document(outlook_message(cable), None)
    assert parse_cable(document.text).header == parse_cable(cable).header


def test_a_message_that_is_html_alone_is_read_as_its_text() -> None:
    document = read_document(outlook_message(html="<p>One</p><p>Two: <b>é</b></p>"), "a.msg")
    assert document.text.split() == ["One", "Two:", "é"]


def test_attachments_of_an_outlook_message_are_named_and_not_read() -> None:
    (warning,) = read_document(MESSAGE, "a.msg").warnings
    assert "agenda.docx" in warning
    assert "Hand them in by themselves" in warning


def test_an_outlook_message_without_text_points_to_its_attachment() -> None:
    with pytest.raises(EmptyFile, match=r"agenda\.docx"):
        read_document(outlook_message("\n", attachments=("agenda.docx",)))


def test_an_old_word_file_says_how_to_save_it() -> None:
    with pytest.raises(NotText, match=r"In Word save it as \.docx"):
        read_document(old_word_file(), "cable.doc")


def test_a_cut_outlook_message_is_damaged() -> None:
    with pytest.raises(DamagedFile, match="damaged"):
        read_document(MESSAGE[:1_500])


@settings(max_examples=150)
@given(st.integers(0, len(MESSAGE) - 1), st.binary(min_size=1, max_size=8))
def test_a_broken_outlook_message_is_read_or_refused(place: int, junk: bytes) -> None:
    broken = MESSAGE[:place] + junk + MESSAGE[place + len(junk) :]
    with contextlib.suppress(IntakeError):
        assert read_document(broken, "a.msg").text.strip()
