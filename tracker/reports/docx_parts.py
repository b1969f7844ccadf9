"""What python-docx has no call for: repeated header rows, page fields, alternative texts, styles.

Knows the document's looks and nothing of what a report says.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

FONT = "Arial"
"""On every desk; LibreOffice has a twin of the same widths."""
_NAVY, _GREY, _RED = RGBColor(0x16, 0x2E, 0x51), RGBColor(0x56, 0x5C, 0x65), RGBColor(0x8B, 0x0A, 3)


_ROW_LIMIT = 900
_CELL_STYLE = "Reportcell"
_RUN_STYLES = {look: f"Reportcell{look}" for look in ("bold", "aside", "late", "head")}


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a cell. ``look`` is "", "bold", "aside", "late" or "head"."""

    text: str
    look: str = ""
    is_new_line: bool = False

    def on_new_line(self) -> Run:
        """The same words beneath what stands before them."""
        return replace(self, is_new_line=True)


Cell = str | list[Run]


def mark(portion: str, title: str) -> list[Run]:
    """A title in bold behind its portion mark."""
    return [Run(f"{portion} ", "aside"), Run(title, "bold")]


def set_up_styles(document: Any) -> None:
    """Fonts and colours of the built-in headings, and three styles of our own."""
    normal = document.styles["Normal"]
    _set_font(normal, 9.5)
    normal.paragraph_format.space_after = Pt(4)
    for level, size, before in ((1, 19, 0), (2, 12, 8), (3, 10.5, 10)):
        heading = document.styles[f"Heading {level}"]
        _set_font(heading, size, _NAVY, is_bold=True)
        heading.paragraph_format.space_before = Pt(before)
        heading.paragraph_format.space_after = Pt(4)
    _set_font(document.styles["Quote"], 9.5)
    for name, size, colour, is_bold in (
        ("Report lead", 11.5, None, False),
        ("Report figures", 11, _NAVY, True),
        ("Report aside", 8.5, _GREY, False),
        ("Report cell", 8.5, None, False),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _set_font(style, size, colour, is_bold)
    document.styles["Report cell"].paragraph_format.space_after = Pt(2)
    for name, size, colour, is_bold in (
        ("Report cell bold", 8.5, None, True),
        ("Report cell aside", 8, _GREY, False),
        ("Report cell late", 8, _RED, True),
        ("Report cell head", 8, _NAVY, True),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        _set_font(style, size, colour, is_bold)


def _set_font(style: Any, size: float, colour: Any = None, is_bold: bool = False) -> None:
    style.font.name = FONT
    style.font.size = Pt(size)
    style.font.bold = is_bold
    if colour is not None:
        style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FONT)


def set_up_page(document: Any, banner: str, running: str) -> None:
    """A4, the banner in header and footer, and "Page x of y" as fields."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.2)
    _write_banner(section.header.paragraphs[0], banner)
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{running} · Page ").font.size = Pt(8)
    _add_field(footer, "PAGE")
    footer.add_run(" of ").font.size = Pt(8)
    _add_field(footer, "NUMPAGES")
    _write_banner(section.footer.add_paragraph(), banner)


def _write_banner(paragraph: Paragraph, banner: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(banner)
    run.bold = True
    run.font.size = Pt(10.5)


def _add_field(paragraph: Paragraph, name: str) -> None:
    """A field that Word and LibreOffice count themselves."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    run.font.size = Pt(8)
    field.append(run._r)
    paragraph._p.append(field)


def add_picture(line: Paragraph, png: bytes, width: int, title: str, alternative: str) -> None:
    """A picture in a line of text, with its title and its text alternative."""
    shape = line.add_run().add_picture(io.BytesIO(png), width=width)
    properties = shape._inline.docPr
    properties.set("title", title)
    properties.set("descr", alternative)


@contextmanager
def on_a_new_page(document: Any, *, unless: bool = False) -> Iterator[None]:
    """The first paragraph written within begins a page, ``unless`` that is not wanted."""
    body = document.element.body
    # The last element holds the settings of the page; what is written goes before it.
    index = len(body) - 1
    yield
    if len(body) - 1 > index and not unless:
        Paragraph(body[index], document).paragraph_format.page_break_before = True


def add_table(
    document: Any,
    names: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    are_numbers: bool = False,
    has_space_after: bool = True,
) -> None:
    """A table of one header row, which repeats on each page, and rows that stay whole where they
    can. ``widths`` are in centimetres; numbers stand at the right, the first column excepted.
    ``has_space_after`` puts an empty line under it."""
    table = document.add_table(rows=1, cols=len(names))
    table.autofit = False
    _set_borders(table)
    _set_margins(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    head = table.rows[0]
    for cell, width in zip(head.cells, widths, strict=True):
        cell.width = Cm(width)
    blank = deepcopy(head._tr)
    _fill_row(head._tr, [[Run(name, "head")] for name in names], are_numbers)
    _flag_row(head._tr, "w:tblHeader")
    for row in rows:
        # Copying a row's XML is ten times as fast as asking the library for a new one.
        copied = deepcopy(blank)
        table._tbl.append(copied)
        _fill_row(copied, row, are_numbers)
    if has_space_after:
        document.add_paragraph(style="Report aside").paragraph_format.space_after = Pt(0)


def _fill_row(row: Any, contents: Sequence[Cell], are_numbers: bool) -> None:
    """A row stays on one page unless somebody wrote more than a page has room for."""
    length = 0
    for index, (cell, content) in enumerate(zip(row.tc_lst, contents, strict=True)):
        length += _fill_cell(cell, content, at_right=are_numbers and index > 0)
    if length < _ROW_LIMIT:
        _flag_row(row, "w:cantSplit")


def _flag_row(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))


def _fill_cell(cell: Any, content: Cell, at_right: bool) -> int:
    """Writes into the cell's one, empty paragraph; gives the number of characters.

    Styles are set by their id, since looking each up by name takes most of a large report's time.
    """
    paragraph = Paragraph(cell.p_lst[0], cell)
    paragraph._p.style = _CELL_STYLE
    if at_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    runs = [Run(content)] if isinstance(content, str) else content
    for part in runs:
        if part.text:
            run = paragraph.add_run()
            run._r.style = _RUN_STYLES.get(part.look)
            if part.is_new_line:
                run.add_break()
            run.add_text(part.text)
    return sum(len(part.text) for part in runs)


def _set_borders(table: Any) -> None:
    """Thin lines under each row, a heavier one above and below the whole."""
    borders = OxmlElement("w:tblBorders")
    for edge, size, colour in (
        ("top", 8, "162E51"),
        ("bottom", 8, "162E51"),
        ("insideH", 4, "C6CACE"),
    ):
        line = OxmlElement(f"w:{edge}")
        for key, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblLook")


def _set_margins(table: Any) -> None:
    """Nothing at the left of a cell, 2 mm at its right."""
    margins = OxmlElement("w:tblCellMar")
    for edge, width in (("left", "0"), ("right", "110")):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
