"""An agreed list as PDF, Word, CSV and JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace

import docx
import pytest
from pypdf import PdfReader

from tracker.policy.agreed_list import AgreedContent, AgreedItem, hash_of, to_json, verify_export
from tracker.policy.errors import NotFound
from tracker.reports.agreed_list import (
    LIST_FORMATS,
    AnnexLine,
    Signature,
    SignedList,
    render_list,
)

NOW = dt.datetime(2007, 7, 12, 9, 0, tzinfo=dt.UTC)
CONTENT = AgreedContent(
    "Northland–Sundria Border Talks",
    ("Northland", "Sundria"),
    1,
    dt.date(2007, 7, 9),
    dt.date(2007, 7, 10),
    2,
    "SBU",
    (
        AgreedItem(1, "Open the road", ("Sundria",), ("Ruta Velm",), dt.date(2008, 1, 10), "1"),
        AgreedItem(3, "=1+1 <script>alert(1)</script> #let x", (), (), None, None),
    ),
)
HASH = hash_of(to_json(CONTENT))
SIGNED = SignedList(
    CONTENT,
    HASH,
    "offered",
    (
        Signature("Northland", "Edda Holt", dt.date(2007, 7, 12), "signed in with password", HASH),
        Signature("Sundria"),
    ),
    NOW,
)
INTERNAL = replace(SIGNED, annex=(AnnexLine(1, 17, "Press for the road", "C//NF"),))


def words_of_pdf(signed: SignedList) -> str:
    reader = PdfReader(io.BytesIO(render_list(signed, "pdf")))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def words_of_docx(signed: SignedList) -> str:
    document = docx.Document(io.BytesIO(render_list(signed, "docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    texts += [p.text for p in document.sections[0].header.paragraphs]
    return " ".join(texts)


@pytest.mark.parametrize("words_of", [words_of_pdf, words_of_docx])
def test_what_is_signed_is_printed_with_signature_blocks_and_hash(words_of) -> None:
    words = words_of(SIGNED)
    for part in (
        "Open the road",
        "Ruta Velm",
        "10 January 2008",
        "Agenda item 1",
        HASH,
        "For Northland",
        "Approved by Edda Holt on 12 July 2007, signed in with password",
        "For Sundria",
        "On offer: not approved by both sides yet.",
        "SENSITIVE BUT UNCLASSIFIED",
        "<script>alert(1)</script> #let x",
    ):
        assert part in words, part
    assert "Annex" not in words


@pytest.mark.parametrize("words_of", [words_of_pdf, words_of_docx])
def test_the_internal_edition_adds_an_annex_under_its_own_marking(words_of) -> None:
    words = words_of(INTERNAL)
    assert "Press for the road" in words
    assert "CONFIDENTIAL//NOFORN" in words


def test_the_pdf_is_tagged_and_the_same_bytes_each_time() -> None:
    made = render_list(SIGNED, "pdf")
    assert made == render_list(SIGNED, "pdf")
    assert "/StructTreeRoot" in PdfReader(io.BytesIO(made)).trailer["/Root"]


def test_a_sign_that_no_font_has_does_not_stop_the_pdf() -> None:
    odd = replace(CONTENT, items=(AgreedItem(1, "Open \U0001f6e3 the road"),))
    assert "the road" in words_of_pdf(replace(SIGNED, content=odd))


def test_csv_holds_one_line_an_item_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(render_list(INTERNAL, "csv").decode())))
    assert [row["number"] for row in rows] == ["1", "3"]
    assert rows[1]["text"].startswith("'=1+1")
    assert "Press" not in str(rows)


def test_json_is_what_verify_reads_and_has_no_annex() -> None:
    exported = json.loads(render_list(INTERNAL, "json"))
    assert verify_export(exported) == []
    assert "Press" not in str(exported)


def test_a_format_that_does_not_exist_is_not_found() -> None:
    assert set(LIST_FORMATS) == {"pdf", "docx", "csv", "json"}
    with pytest.raises(NotFound):
        render_list(SIGNED, "exe")
