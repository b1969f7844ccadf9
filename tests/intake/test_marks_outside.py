"""Markings that stand outside the text itself count as much as those within."""

from __future__ import annotations

import io
import time

import pytest
from docx import Document as WordDocument

from tests.intake.test_read_document import archive, body
from tracker.cable import parse_cable
from tracker.cable.header.outside import marking_of_page, split_subject
from tracker.intake import UnsafeFile, read_document

TEXT = "The Kenyan Ministry of Trade will send the draft by 1 June 2027."


def word_file(*, header: str = "", footer: str = "", first: str = TEXT) -> bytes:
    """A Word file with this in the header and footer of its pages."""
    document = WordDocument()
    document.add_paragraph(first)
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = footer
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("header", "footer", "marking"),
    [
        ("CONFIDENTIAL", "CONFIDENTIAL", "CONFIDENTIAL"),
        ("", "SECRET//NOFORN", "SECRET//NOFORN"),
        ("Embassy Nairobi\tConfidential\tPage 1", "", "CONFIDENTIAL"),
        ("UNCLASSIFIED", "Annex: SECRET", "SECRET"),
        ("Secretariat of the Minister", "Page 1 of 3", None),
    ],
)
def test_the_header_and_footer_of_a_word_page_mark_the_text(
    header: str, footer: str, marking: str | None
) -> None:
    document = read_document(word_file(header=header, footer=footer), "talks.docx")
    assert parse_cable(document.text).header.classification == marking
    assert document.text[document.head :] == TEXT + "\n"


def test_every_paragraph_takes_the_marking_of_its_page() -> None:
    cable = parse_cable(read_document(word_file(header="CONFIDENTIAL")).text)
    assert {block.marking for block in cable.blocks} == {"C"}


@pytest.mark.parametrize(
    ("page", "line", "marking"),
    [
        ("CONFIDENTIAL", "UNCLAS NORVALE 000465", "CONFIDENTIAL"),
        ("UNCLASSIFIED", "C O N F I D E N T I A L NORVALE 000465", "CONFIDENTIAL"),
        ("SECRET//NOFORN", "S E C R E T NORVALE 000465", "SECRET//NOFORN"),
    ],
)
def test_of_the_page_and_the_text_the_higher_marking_holds(
    page: str, line: str, marking: str
) -> None:
    header = parse_cable(read_document(word_file(header=page, first=line)).text).header
    assert header.classification == marking
    assert "NORVALE465" in (header.reference_id or "")


def test_a_line_that_the_text_begins_with_is_not_put_above_it_again() -> None:
    document = read_document(word_file(header="SECRET", first="SECRET"))
    assert (document.text, document.head) == ("SECRET\n", 0)


def test_a_watermark_marks_the_text() -> None:
    header = (
        b'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        b'xmlns:v="urn:schemas-microsoft-com:vml"><w:p><w:r><w:pict><v:shape>'
        b'<v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r></w:p></w:hdr>'
    )
    data = archive(body(f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"), header1=header)
    assert parse_cable(read_document(data).text).header.classification == "CONFIDENTIAL"


@pytest.mark.parametrize("damaged", [b"", b"<w:hdr>", b"\0\1"])
def test_a_damaged_page_header_is_told_and_the_text_and_other_headers_read(damaged: bytes) -> None:
    inner = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"
    good = body(inner.replace(TEXT, "SECRET"))
    document = read_document(archive(body(inner), header1=damaged, header2=good))
    assert document.text == f"SECRET\n\n{TEXT}\n"
    told = "A page header or footer could not be read; check the marking."
    assert document.warnings == (told,)
    with pytest.raises(UnsafeFile):
        read_document(archive(body(inner), header1=b"<!DOCTYPE x><w:hdr/>"))


def test_no_release_is_kept_that_one_of_the_markings_does_not_have() -> None:
    assert marking_of_page(["SECRET//REL TO USA, GBR", "SECRET"]) == "SECRET"
    assert marking_of_page(["SECRET//REL TO USA, GBR"]) == "SECRET//REL TO USA, GBR"


@pytest.mark.parametrize(
    ("line", "marking"),
    [
        ("SECRET//SI//NOFORN", "SECRET//NOFORN"),
        ("TOP SECRET//SI-G ABCD/TK//ORCON/NOFORN", "TOP SECRET//ORCON//NOFORN"),
        ("Embassy Nairobi Secret//SI//Noforn page 2", "SECRET//NOFORN"),
        ("SECRET//SI", "SECRET"),
        ("SECRET//SI//REL TO USA, GBR", "SECRET//REL TO USA, GBR"),
        ("Secret / Talks", "SECRET"),
        ("Unclassified // Secret with annex", "SECRET"),
        ("Unclassified/with Secret/annex", "SECRET"),
    ],
)
def test_a_control_that_is_not_known_does_not_hide_those_that_are(line: str, marking: str) -> None:
    assert marking_of_page([line]) == marking


@pytest.mark.parametrize(
    ("subject", "marking", "rest"),
    [
        ("CONFIDENTIAL: Read-out", "CONFIDENTIAL", "Read-out"),
        ("RE: FW: [Secret//NOFORN] Read-out", "SECRET//NOFORN", "Read-out"),
        ("(S//NF) Read-out", "SECRET//NOFORN", "Read-out"),
        ("Read-out (C)", "CONFIDENTIAL", "Read-out"),
        ("Read-out - SBU", "SENSITIVE BUT UNCLASSIFIED", "Read-out"),
        ("[EXTERNAL] SECRET Read-out", "SECRET", "[EXTERNAL] Read-out"),
        ("TOP SECRET Read-out", "TOP SECRET", "Read-out"),
        ("TOP SECRET//NOFORN Talks with Norvale", "TOP SECRET//NOFORN", "Talks with Norvale"),
        ("SENSITIVE BUT UNCLASSIFIED Read-out", "SENSITIVE BUT UNCLASSIFIED", "Read-out"),
        ("SECRET//SI//NOFORN Read-out", "SECRET//NOFORN", "Read-out"),
        ("SECRET//SI/TK//ORCON: Read-out", "SECRET//ORCON", "Read-out"),
        ("LIMITED OFFICIAL USE Read-out", "LIMITED OFFICIAL USE", "Read-out"),
        ("UNCLASSIFIED: (C) Read-out", "CONFIDENTIAL", "Read-out"),
        ("CONFIDENTIAL", "CONFIDENTIAL", ""),
        ("(U) Read-out", None, "Read-out"),
        ("Secret talks in Zenda: what next", None, "Secret talks in Zenda: what next"),
        ("Customs (third round)", None, "Customs (third round)"),
        ("Plan C: customs", None, "Plan C: customs"),
    ],
)
def test_a_subject_is_parted_from_its_marking(subject: str, marking: str | None, rest: str) -> None:
    assert split_subject(subject) == (marking, rest)


def test_a_long_line_of_blanks_is_read_in_proportion() -> None:
    begun = time.perf_counter()
    assert marking_of_page([" " * 500_000 + "x" + "\t" * 200_000 + "SECRET"]) == "SECRET"
    assert marking_of_page(["SECRET//" * 60_000 + "SI " * 60_000]) == "SECRET"
    assert split_subject("SECRET//" + "A/" * 25 + ",: Talks")[0] is None
    assert time.perf_counter() - begun < 5
