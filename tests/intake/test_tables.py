"""Lists of actions in tables become items with the owner and day of their row."""

from __future__ import annotations

import datetime as dt
import io
import time
from collections.abc import Callable

import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn

from tests.intake.test_read_document import archive, body
from tracker.cable import parse_cable
from tracker.extract import Item, extract
from tracker.intake import read_document

HEAD = "SUBJECT: U.S.-KENYA TRADE DIALOGUE, MAY 4-5, 2026"
ROWS = [
    ["Action", "Owner", "Deadline"],
    ["Send the tariff study to the Ministry", "Ambassador Whitlock", "20 May 2026"],
    ["Review of the customs forms", "Ministry of Trade", "June 2026"],
]


def word(rows: list[list[str]]) -> str:
    """The text of a Word file with this table."""
    document = WordDocument()
    document.add_paragraph(HEAD)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return read_document(out.getvalue(), "actions.docx").text


def page(rows: list[list[str]]) -> str:
    """The text of a web page with this table."""
    lines = "".join(f"<tr>{''.join(f'<td><p>{c}</p></td>' for c in row)}</tr>" for row in rows)
    return markup(f"<p>{HEAD}</p><table>{lines}</table>")


def markup(inner: str) -> str:
    """The text of a web page."""
    return read_document(f"<html><body>{inner}</body></html>".encode(), "actions.html").text


def items(text: str) -> list[Item]:
    """The likely items in a text."""
    found = extract(parse_cable(text), today=dt.date(2026, 5, 10)).items
    return [item for item in found if item.tier == "likely"]


@pytest.mark.parametrize("read", [word, page])
def test_a_row_is_one_item_with_its_owner_and_its_day(
    read: Callable[[list[list[str]]], str],
) -> None:
    first, second = items(read(ROWS))
    assert "Send the tariff study to the Ministry" in first.title
    assert (first.owners, first.due_on) == (("Ambassador Whitlock",), dt.date(2026, 5, 20))
    assert "Review of the customs forms" in second.title
    assert (second.owners, second.due_on) == (("Ministry of Trade",), dt.date(2026, 6, 30))


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (["Send it", "J. Roe", "two weeks"], "J. Roe to send it within two weeks."),
        (["Send it.", "J. Roe; A. Mba", "by June"], "J. Roe and A. Mba to send it by June."),
        (["Send it", "J. Roe", "ongoing"], "J. Roe to send it (Deadline: ongoing)."),
        (["Tariff study", "J. Roe", "TBD"], "Tariff study (Owner: J. Roe; Deadline: TBD)."),
        (["J. Roe to send it", "J. Roe", "ASAP"], "J. Roe to send it ASAP."),
        (["Send it", "", "Q3 2026"], "Send it by Q3 2026."),
        (["Send it", "J. Roe", ""], "J. Roe to send it."),
    ],
)
def test_cells_are_put_into_the_words_of_a_list(row: list[str], line: str) -> None:
    for read in (word, page):
        assert f"- Action: {line}\n" in read([ROWS[0], row])


def test_further_columns_follow_with_their_headings_and_counted_rows_lose_their_number() -> None:
    rows = [["No.", "Task", "Who", "By when", "Status"], ["1", "Send it", "J. Roe", "June", "open"]]
    assert "- Action: J. Roe to send it by June. Status: open.\n" in page(rows)


def test_each_paragraph_of_a_cell_is_an_action_and_a_mark_holds_for_its_row() -> None:
    text = page([ROWS[0], ["(C) Send it<br>Draft a note", "J. Roe", "June"]])
    assert "- (C) Action: J. Roe to send it by June.\n" in text
    assert "- (C) Action: J. Roe to draft a note by June.\n" in text


@pytest.mark.parametrize("read", [word, page])
@pytest.mark.parametrize(
    ("row", "mark"),
    [
        (["(S)", "1", "Send it", "J. Roe"], "S"),
        (["", "(S) 1", "Send it", "J. Roe"], "S"),
        (["", "1", "Send it", "(S) J. Roe"], "S"),
        (["", "1", "(U) Send it", "(S) J. Roe"], "S"),
        (["(C//NF)", "1", "(S) Send it", "J. Roe"], "S//NF"),
        (["(S)", "1", "(S//REL TO USA, GBR) Send it", "J. Roe"], "S"),
        (["(U)", "1", "Send it", "J. Roe"], "U"),
        (["", "(U) 1", "Send it", "J. Roe"], "U"),
    ],
)
def test_a_mark_in_any_cell_stands_before_the_action_of_its_row(
    read: Callable[[list[list[str]]], str], row: list[str], mark: str
) -> None:
    text = read([["Class", "No.", "Action", "Owner"], row])
    assert f"- ({mark}) Action: J. Roe to send it.\n" in text


def test_a_mark_for_unclassified_owners_does_not_lower_their_action() -> None:
    assert "- Action: J. Roe to send it.\n" in page([ROWS[0], ["Send it", "(U) J. Roe", ""]])


def test_rows_of_classified_actions_raise_the_document() -> None:
    rows = [["Class", "Action", "Owner"], ["(S)", "Send it", "J. Roe"], ["(C)", "See it", "A. Mba"]]
    cable = parse_cable(f"UNCLASSIFIED\n\n{page(rows)}")
    assert [block.marking for block in cable.blocks][-2:] == ["S", "C"]


def test_a_mark_in_a_heading_or_in_a_row_without_an_action_is_kept() -> None:
    text = page([["Task", "Who", "(S) Notes"], ["Send it", "J. Roe", "x"], ["", "J. Roe", "(C) y"]])
    assert "- (S) Action: J. Roe to send it. Notes: x.\n" in text
    assert "(C) J. Roe (C) y\n" in text


def test_a_column_without_a_heading_gives_its_words_alone() -> None:
    rows = [["Task", "Who", ""], ["Send it", "J. Roe", "urgent"]]
    assert "- Action: J. Roe to send it. urgent.\n" in page(rows)


def test_an_owner_that_spans_rows_owns_them_all() -> None:
    cells = "<td>Send it<td rowspan=2>J. Roe<td>June<tr><td>Draft it<td>July"
    text = markup(f"<table><tr><td>Action<td>Owner<td>Due<tr>{cells}</table>")
    assert text == "- Action: J. Roe to send it by June.\n- Action: J. Roe to draft it by July.\n"
    document = WordDocument()
    table = document.add_table(rows=3, cols=2)
    words = (("Action", "Owner"), ("Send it", "J. Roe"), ("Draft it", ""))
    for row, line in zip(table.rows, words, strict=True):
        for cell, said in zip(row.cells, line, strict=True):
            cell.text = said
    table.cell(1, 1).merge(table.cell(2, 1))
    out = io.BytesIO()
    document.save(out)
    assert "- Action: J. Roe to draft it.\n" in read_document(out.getvalue()).text


@pytest.mark.parametrize(
    "rows",
    [
        [["Name", "Office"], ["J. Roe", "Trade"]],
        [["Date", "Action"], ["4 May", "Opened the talks"]],
        [["Reference", "Owner", "Date"], ["07X1", "J. Roe", "4 May"]],
    ],
)
def test_other_tables_keep_their_rows(rows: list[list[str]]) -> None:
    for read in (word, markup_of_cells):
        lines = read(rows).splitlines()
        assert [line for line in lines if "\t" in line] == ["\t".join(row) for row in rows]


def markup_of_cells(rows: list[list[str]]) -> str:
    """As ``page``, without paragraphs in the cells."""
    lines = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    return markup(f"<table>{lines}</table>")


def test_tables_deep_within_each_other_are_read_in_proportion() -> None:
    begun = time.perf_counter()
    heads = "<table><tr><td>Action<td>Owner<tr><td>Send it<td>"
    text = markup(heads * 20_000 + "The end")
    assert "The end" in text
    assert time.perf_counter() - begun < 5


def test_a_caption_is_kept_above_the_actions_with_its_mark() -> None:
    rows = "<tr><td>Action<td>Owner</tr><tr><td>Send it<td>J. Roe</tr>"
    text = markup(f"<table><caption>(S) Agreed with the Minister</caption>{rows}</table>")
    assert text == "(S) Agreed with the Minister\n- Action: J. Roe to send it.\n"


def test_a_table_that_is_not_shown_leaves_the_cell_around_it_whole() -> None:
    hidden = "<noscript><table><tr><td>n</td></tr></table></noscript>"
    rows = f"<tr><td>Action<td>Owner</tr><tr><td>{hidden}Send it</td><td>J. Roe</td></tr>"
    assert markup(f"<table>{rows}</table>") == "- Action: J. Roe to send it.\n"


def test_a_span_of_more_digits_than_a_number_may_have_is_none() -> None:
    cells = f"<td colspan={'9' * 5_000} rowspan={'9' * 5_000}>Send it<td>J. Roe"
    text = markup(f"<table><tr><td>Action<td>Owner<tr>{cells}</table>")
    assert text == "- Action: J. Roe to send it.\n"
    document = WordDocument()
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("Action", "Owner", "Send it", "J. Roe"), strict=True):
        cell.text = words
    span = table._cells[2]._tc.get_or_add_tcPr().get_or_add_gridSpan()
    span.set(qn("w:val"), "9" * 5_000)
    out = io.BytesIO()
    document.save(out)
    assert read_document(out.getvalue()).text == "- Action: J. Roe to send it.\n"


def test_a_long_cell_over_many_rows_is_written_once_and_its_mark_in_each() -> None:
    long = "(C) " + "x" * 10_000
    rows = "<tr><td>Draft it</tr>" * 50
    first = f"<tr><td>Action<td>Owner</tr><tr><td>Send it<td rowspan=60>{long}</tr>"
    text = markup(f"<table>{first}{rows}</table>")
    assert text.count("- (C) Action: Draft it.") == 50
    assert len(text) < 20_000
    merged = "<w:tc><w:tcPr><w:vMerge{}/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    single = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    lines = [
        single.format("Action") + single.format("Owner"),
        single.format("Send it") + merged.format(' w:val="restart"', long),
        *[single.format("Draft it") + merged.format("", "")] * 50,
    ]
    table = "".join(f"<w:tr>{line}</w:tr>" for line in lines)
    text = read_document(archive(body(f"<w:tbl>{table}</w:tbl>"))).text
    assert text.count("- (C) Action: Draft it.") == 50
    assert len(text) < 20_000


@pytest.mark.parametrize("read", [word, page])
def test_headings_repeated_on_a_new_page_are_no_action(
    read: Callable[[list[list[str]]], str],
) -> None:
    heads = ["No.", "Action", "Owner"]
    text = read([heads, ["1", "Send it", "J. Roe"], heads, ["2", "See it", "A. Mba"]])
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert lines == ["- Action: J. Roe to send it.", "- Action: A. Mba to see it."]
