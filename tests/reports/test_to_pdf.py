"""The PDF: read back with pypdf; tagged, marked on each page, and never stopped by a letter."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest

from tests.reports.factory import (
    make_full_summary,
    make_hostile_summary,
    make_many_times,
    make_sample_summary,
    make_summary,
    make_task,
)
from tracker.policy.markings import Marking
from tracker.reports import render
from tracker.reports.chart import draw_progress_chart, draw_status_chart
from tracker.reports.summary import Summary
from tracker.reports.to_pdf import LONG, render_chart_png


def read_pdf(summary: Summary) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render(summary, "pdf")))


def read_text(reader: pypdf.PdfReader) -> str:
    """All pages on one line, without the places to break that were put into long words."""
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u200b", "").split())


def list_bookmarks(outline: list[Any]) -> list[str]:
    titles = []
    for entry in outline:
        titles += list_bookmarks(entry) if isinstance(entry, list) else [str(entry.title)]
    return titles


def list_links(reader: pypdf.PdfReader) -> list[str]:
    """Where the links lead that leave the file."""
    links = []
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object().get("/A", {})
            if "/URI" in action:
                links.append(str(action["/URI"]))
    return links


def test_the_file_is_tagged_and_claims_pdf_ua() -> None:
    reader = read_pdf(make_sample_summary())
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part[>=\"]+1", metadata)


def test_the_title_says_which_report_it_is() -> None:
    reader = read_pdf(make_sample_summary())
    assert reader.metadata
    title = "Tervania–Solmark Security Dialogue: status report, 10 January 2008"
    assert reader.metadata.title == title


def test_each_page_has_the_banner_twice_and_says_which_of_how_many_it_is() -> None:
    reader = read_pdf(make_sample_summary())
    assert len(reader.pages) > 3
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert text.count("SECRET//NOFORN") == 2
        assert f"Page {number} of {len(reader.pages)}" in text


def test_bookmarks_lead_to_every_agenda_item() -> None:
    bookmarks = list_bookmarks(read_pdf(make_sample_summary()).outline)
    assert bookmarks[0] == "Tervania–Solmark Security Dialogue"
    assert bookmarks[1:5] == ["Overdue (4)", "Achievements (10)", "Next dates", "At a glance"]
    assert "Due within 30 days (5)" in bookmarks
    assert "A. Security sector reform" in bookmarks
    assert "K. Counter-terrorism co-operation" in bookmarks


@pytest.mark.parametrize("times", [1, 7])
def test_the_first_page_holds_all_that_a_principal_asks(times: int) -> None:
    reader = read_pdf(make_many_times(make_full_summary(), times))
    first = " ".join(reader.pages[0].extract_text().split())
    for words in (
        "At risk. The funding gap is about to close.",
        f"of {30 * times} tasks done",
        "The talks keep their pace.",
        "Decisions wanted 1. Whether to fund the second phase",
        f"Overdue ({4 * times})",
        "41 days late",
        f"Achievements ({10 * times})",
        "10 July 2008: Next report",
        "At a glance",
    ):
        assert words in first
    pictures = [page for page in reader.pages if "Progress over time: open" in page.extract_text()]
    assert pictures == [reader.pages[0]]
    assert "By agenda item" not in first


def test_the_first_page_says_on_which_page_the_rest_stands() -> None:
    reader = read_pdf(make_many_times(make_full_summary(), 7))
    first = " ".join(reader.pages[0].extract_text().split())
    for words, heading in (
        ("24 more overdue, page ", "All overdue tasks (28)"),
        ("67 more done, page ", "Done (70)"),
    ):
        number = int(first.split(words)[1].split()[0])
        assert heading in reader.pages[number - 1].extract_text()


def test_a_person_who_writes_at_length_moves_nothing_but_the_charts_off_the_first_page() -> None:
    summary = make_full_summary(
        narrative="The talks keep their pace, and all say so. " * 300,
        decisions=tuple(
            f"Whether to fund phase {n}, which {'costs a lot and ' * 20}" for n in "12345"
        ),
    )
    reader = read_pdf(summary)
    first = " ".join(reader.pages[0].extract_text().split())
    assert "The narrative in full, page " in first
    assert "Two more to decide, page " in first
    assert "Achievements (10)" in first
    text = read_text(reader)
    assert text.count("all say so") >= 300
    assert "Whether to fund phase 5" in text


def test_charts_are_pictures_with_a_text_alternative() -> None:
    pdf = pypdf.PdfReader(io.BytesIO(render(make_sample_summary(), "pdf")))
    alternatives = [
        str(element["/Alt"])
        for element in (obj.get_object() for obj in _list_objects(pdf))
        if isinstance(element, dict) and "/Alt" in element and element.get("/S") == "/Figure"
    ]
    assert any(a.startswith("Of 30 tasks: 10 done, 8 in progress") for a in alternatives)
    assert any("17 open, 10 done, 15 due" in a for a in alternatives)


def _list_objects(pdf: pypdf.PdfReader) -> list[Any]:
    return [pdf.get_object(number) for number in pdf.xref[0] if number] + [
        pdf.get_object(number) for number in pdf.xref_objStm
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Əliyeva Şəhla Ğıyas",
        "Юлія Їжакевич",
        "Ελένη Παπαδοπούλου",
        "王小明",
        "გიორგი",
        "Հայկ",
        "김민준",
    ],
)
def test_names_in_many_scripts_print(name: str) -> None:
    reader = read_pdf(make_summary(make_task(owners=(name,), title=name)))
    assert read_text(reader).count(name) >= 2
    assert "\ufffd" not in read_text(reader)


@pytest.mark.parametrize("name", ["محمد", "שלום", "राम"])
def test_names_in_shaped_scripts_print_with_glyphs(name: str) -> None:
    reader = read_pdf(make_summary(make_task(owners=(name,))))
    text = read_text(reader)
    assert "\ufffd" not in text
    assert any(letter in text for letter in name)


def test_a_letter_that_no_font_draws_is_replaced() -> None:
    reader = read_pdf(make_summary(make_task(title="Signs \U00012000 and 🙂 here")))
    assert "Signs \ufffd and \ufffd here" in read_text(reader)
    assert "pdfuaid" in reader.root_object["/Metadata"].get_data().decode()


def test_a_glyph_missing_only_when_shaped_does_not_stop_the_report() -> None:
    # Each of the two is drawn by some font, together they are drawn by none.
    reader = read_pdf(make_summary(make_task(title="Odd 王\u0596 cluster and α\u093f")))
    assert "cluster" in read_text(reader)


def test_text_is_never_taken_for_markup() -> None:
    reader = read_pdf(make_hostile_summary())
    text = read_text(reader)
    assert '<script>alert("x")</script> & #set page() $x$ *no* @ref [link](http://x.y)' in text
    assert "-1+2 <b>passage</b>" in text


def test_only_web_addresses_become_links() -> None:
    assert list_links(read_pdf(make_hostile_summary())) == []
    links = set(list_links(read_pdf(make_sample_summary())))
    assert links == {f"https://tracker.example/tasks/{n}" for n in range(1, 31)}
    relative = make_summary(make_task(url="/dialogues/x/tasks/1"))
    assert list_links(read_pdf(relative)) == []


def test_a_remark_of_five_thousand_words_is_printed_whole() -> None:
    remark = " ".join(f"word{n}" for n in range(5000))
    text = read_text(read_pdf(make_summary(make_task(last_remark=remark))))
    assert "word0 word1" in text
    assert all(f"word{n}" in text for n in range(0, 5000, 97))
    assert "word4999" in text


def test_a_title_longer_than_a_page_is_printed_whole() -> None:
    title = " ".join(f"word{n}" for n in range(2000))
    text = read_text(read_pdf(make_summary(make_task(title=title, status="proposed"))))
    assert "word1999" in text


def test_a_report_without_tasks_is_one_page() -> None:
    reader = read_pdf(make_summary(agenda=()))
    assert len(reader.pages) == 1
    assert "There is nothing to report yet" in read_text(reader)


def test_a_long_banner_does_not_push_anything_off_the_page() -> None:
    caveats = frozenset({"NOFORN", "ORCON", "NOCONTRACT", "LIMDIS", "EXDIS", "NODIS", "PROPIN"})
    summary = make_summary(make_task(), marking=Marking("TS", caveats))
    text = read_text(read_pdf(summary)).replace(" ", "")
    assert text.count(summary.marking.banner.replace(" ", "")) == 2
    assert "Page1of1" in text


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(make_sample_summary(), "pdf") == render(make_sample_summary(), "pdf")


def test_only_the_committed_fonts_are_embedded() -> None:
    reader = read_pdf(make_sample_summary())
    fonts = {
        re.sub(r"^/[A-Z]{6}\+", "", str(font.get_object()["/BaseFont"]))
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all(f.startswith(("NotoSans", "DroidSansFallback")) for f in fonts), fonts


@pytest.mark.parametrize("draw", [draw_status_chart, draw_progress_chart])
def test_a_chart_becomes_a_png(draw: Any) -> None:
    png = render_chart_png(draw(make_sample_summary()))
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") > 900


def test_a_long_report_is_set_in_lines_and_still_tagged_with_every_task() -> None:
    listed = [make_task(n, title=f"Long task {n} of many") for n in range(1, LONG + 2)]
    reader = read_pdf(make_summary(*listed))
    assert "/StructTreeRoot" in reader.root_object
    assert "pdfuaid" in reader.root_object["/Metadata"].get_data().decode()
    text = read_text(reader)
    assert all(f"Long task {n} of many" in text for n in (1, 300, LONG + 1))
    for page in reader.pages:
        assert page.extract_text().count("CONFIDENTIAL") == 2
