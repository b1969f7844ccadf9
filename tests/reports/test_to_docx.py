"""The Word document, read back with python-docx and as XML."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from tests.reports.factory import (
    make_hostile_summary,
    make_sample_summary,
    make_summary,
    make_task,
)
from tracker.reports import render
from tracker.reports.summary import Summary

# The order that the schema of ECMA-376 asks for in CT_TblPr.
TABLE_PROPERTIES = [
    "tblStyle",
    "tblW",
    "jc",
    "tblInd",
    "tblBorders",
    "shd",
    "tblLayout",
    "tblCellMar",
    "tblLook",
]


def read_document(summary: Summary) -> Document:
    return docx.Document(io.BytesIO(render(summary, "docx")))


def list_headings(document: Document, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def read_everything(document: Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_headings_are_real_and_in_order() -> None:
    document = read_document(make_sample_summary())
    assert list_headings(document, 1) == ["Tervania–Solmark Security Dialogue"]
    assert list_headings(document, 2)[:7] == [
        "Overdue (4)",
        "Achievements (10)",
        "Next dates",
        "At a glance",
        "Due within 30 days (5)",
        "Done (10)",
        "By agenda item",
    ]
    assert "K. Counter-terrorism co-operation" in list_headings(document, 3)


def test_what_follows_the_first_page_begins_a_page_of_its_own() -> None:
    document = read_document(make_sample_summary())
    breaks = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert breaks == ["Due within 30 days (5)"]
    short = read_document(make_summary(make_task()))
    assert not [p for p in short.paragraphs if p.paragraph_format.page_break_before]


def test_header_and_footer_carry_the_marking_and_page_fields() -> None:
    section = read_document(make_sample_summary()).sections[0]
    assert section.header.paragraphs[0].text == "SECRET//NOFORN"
    assert section.footer.paragraphs[-1].text == "SECRET//NOFORN"
    fields = [f.get(qn("w:instr")) for f in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_every_table_repeats_its_first_row_and_keeps_rows_whole() -> None:
    document = read_document(make_sample_summary())
    assert len(document.tables) > 12
    for table in document.tables:
        flags = [row._tr.find(qn("w:trPr")) for row in table.rows]
        assert flags[0].find(qn("w:tblHeader")) is not None
        assert all(f.find(qn("w:tblHeader")) is None for f in flags[1:])
        assert all(f.find(qn("w:cantSplit")) is not None for f in flags)


def test_tables_fit_between_the_margins() -> None:
    document = read_document(make_sample_summary())
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert sum(column.width for column in table.columns) <= room + Cm(0.05)


def test_the_parts_of_the_xml_stand_in_the_order_of_the_standard() -> None:
    for table in read_document(make_sample_summary()).tables:
        names = [child.tag.split("}")[1] for child in table._tbl.tblPr]
        assert names == sorted(names, key=TABLE_PROPERTIES.index)


def test_every_style_that_is_used_exists() -> None:
    archive = zipfile.ZipFile(io.BytesIO(render(make_sample_summary(), "docx")))
    used = set(
        re.findall(r'<w:[pr]Style w:val="([^"]+)"', archive.read("word/document.xml").decode())
    )
    known = set(re.findall(r'w:styleId="([^"]+)"', archive.read("word/styles.xml").decode()))
    assert {"Heading1", "Heading2", "Heading3"} <= used <= known


def test_charts_have_a_title_and_a_text_alternative() -> None:
    document = read_document(make_sample_summary())
    alternatives = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    titles = [shape._inline.docPr.get("title") for shape in document.inline_shapes]
    assert titles[0] == "Status by agenda item"
    assert len(alternatives) == len(titles) == 2
    assert alternatives[0].startswith("Of 30 tasks: 10 done")
    assert "17 open, 10 done, 15 due" in alternatives[1]


def test_markup_formulas_and_control_characters_stand_as_text() -> None:
    text = read_everything(read_document(make_hostile_summary()))
    assert '<script>alert("x")</script> & #set page()' in text
    assert '=HYPERLINK("http://evil")' in text
    assert "\x00" not in text


def test_a_long_remark_stands_whole_at_the_end() -> None:
    remark = "beginning " + "word " * 5000 + "end"
    document = read_document(make_summary(make_task(last_remark=remark)))
    assert remark in [p.text for p in document.paragraphs]


def test_a_row_longer_than_a_page_may_split() -> None:
    document = read_document(make_summary(make_task(title="word " * 2000, status="declined")))
    (row,) = [row for row in document.tables[0].rows if "word word" in row.cells[1].text]
    properties = row._tr.find(qn("w:trPr"))
    assert properties is None or properties.find(qn("w:cantSplit")) is None


def test_properties_name_the_report_and_nobody() -> None:
    properties = read_document(make_sample_summary()).core_properties
    assert properties.title == "Tervania–Solmark Security Dialogue: status report, 10 January 2008"
    assert properties.author == ""
    assert properties.category == "SECRET//NOFORN"
    assert properties.created == dt.datetime(2008, 1, 10, 6, 30, tzinfo=dt.UTC)


def test_a_report_without_tasks_says_so() -> None:
    document = read_document(make_summary(agenda=()))
    assert "There is nothing to report yet" in read_everything(document)
    assert document.tables == []
