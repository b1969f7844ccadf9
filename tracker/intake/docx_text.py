"""Word documents (DOCX) as lines of text. Archives are weighed before they are inflated.

Macros, pictures, comments and footnotes are not read, page headers and footers for their marking
alone.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]  # It ships no types.

from tracker.cable.header.outside import marking_of_page
from tracker.intake.docx_numbering import Numbering
from tracker.intake.errors import DamagedFile, EmptyFile, FileTooLarge, NotText, UnsafeFile
from tracker.intake.tables import Cell, action_lines, spanning

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError,
    OSError, KeyError, ValueError, struct.error,
)  # fmt: skip
_MOST_ENTRIES = 5_000
_HIGHEST_RATIO = 200
_SMALL = 1_000_000
_SKIPPED = {_FALLBACK, W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "pict"}
_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag")}
_MOST_COLUMNS = 60
_LONGEST_COUNT = 4
"""Digits of a number of columns; what has more of them is no such number."""
_BREAKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


_AROUND = re.compile(r"word/(?:header|footer)\d*\.xml")
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"


def read_docx(data: bytes, max_bytes: int) -> tuple[str, str, tuple[str, ...]]:
    """The line with the marking of its pages ("" where they have none), the text and the warnings
    of a Word document; ``max_bytes`` also bounds what is inflated."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_archive(archive, max_bytes)
    except _DAMAGE as error:
        raise DamagedFile(
            "This Word file is damaged or protected by a password. "
            "Open it in Word and save it again."
        ) from error


def _read_archive(archive: zipfile.ZipFile, max_bytes: int) -> tuple[str, str, tuple[str, ...]]:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if "word/document.xml" not in names:
        raise NotText(
            "This archive is no Word document. Save the text as DOCX, plain text or HTML."
        )
    _weigh(entries, max_bytes)
    body = _parse(_inflate(archive, "word/document.xml", max_bytes)).find(W + "body")
    if body is None:
        raise DamagedFile("This Word file has no text part. Open it in Word and save it again.")
    numbering = Numbering(
        _parse(_inflate(archive, "word/numbering.xml", max_bytes))
        if "word/numbering.xml" in names
        else None,
        _parse(_inflate(archive, "word/styles.xml", max_bytes))
        if "word/styles.xml" in names
        else None,
    )
    text = "\n".join(_lines(body, numbering)).strip("\n") + "\n"
    if not text.strip():
        raise EmptyFile(
            "This Word file holds no text. Pictures of text cannot be read: hand in the text."
        )
    around, unread = _lines_around(archive, names, max_bytes)
    marking = marking_of_page(around)
    head = f"{marking}\n\n" if marking and text.split("\n", 1)[0].strip() != marking else ""
    return head, text, (*unread, *_warnings(body, names))


def _lines_around(
    archive: zipfile.ZipFile, names: set[str], max_bytes: int
) -> tuple[list[str], tuple[str, ...]]:
    """The lines of page headers and footers, and what is written across the pages; and a warning
    where one of them is damaged, which Word itself passes over."""
    lines: list[str] = []
    unread: tuple[str, ...] = ()
    for name in sorted(filter(_AROUND.fullmatch, names)):
        try:
            part = _parse(_inflate(archive, name, max_bytes))
        except (DamagedFile, *_DAMAGE):
            unread = ("A page header or footer could not be read; check the marking.",)
            continue
        for paragraph in part.iter(W + "p"):
            lines += _text(paragraph).split("\n")
        lines += (watermark.get("string") or "" for watermark in part.iter(_WATERMARK))
    return lines, unread


def _weigh(entries: list[zipfile.ZipInfo], max_bytes: int) -> None:
    """Refuse an archive that grows out of proportion, by what its directory says."""
    total = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or total > 20 * max_bytes:
        raise UnsafeFile(
            "This Word file would inflate to far more than it may. Copy its text into a new file."
        )
    for entry in entries:
        is_text = entry.filename.endswith((".xml", ".rels"))
        if entry.file_size > _SMALL and entry.file_size > _HIGHEST_RATIO * max(
            entry.compress_size, 1
        ):
            raise UnsafeFile(
                "This Word file is packed like a zip bomb. Copy its text into a new file."
            )
        if is_text and entry.file_size > 4 * max_bytes:
            raise FileTooLarge(
                "This Word file is too large once unpacked. Hand in the part with the cable."
            )


def _inflate(archive: zipfile.ZipFile, name: str, max_bytes: int) -> bytes:
    """One part, bounded by what really comes out, since a directory can lie."""
    with archive.open(name) as part:
        data = part.read(4 * max_bytes + 1)
    if len(data) > 4 * max_bytes:
        raise UnsafeFile(
            "This Word file would inflate to more than it says. Copy its text into a new file."
        )
    return data


def _parse(data: bytes) -> etree._Element:
    """A part as a tree; a document type is refused, for no Word file has one."""
    head = data[:2048].replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<!ENTITY" in data:
        raise UnsafeFile(
            "This Word file declares entities, as no Word file does. Copy its text into a new file."
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(
            "This Word file is damaged. Open it in Word and save it again."
        ) from error
    if root.getroottree().docinfo.doctype:
        raise UnsafeFile("This Word file declares a document type. Copy its text into a new file.")
    return root


def _lines(parent: etree._Element, numbering: Numbering) -> Iterator[str]:
    """Paragraphs, each with a blank line after it, and tables."""
    for element in parent:
        if element.tag == W + "p":
            yield from (numbering.label(element) + _text(element)).split("\n")
            yield ""
        elif element.tag == W + "tbl":
            yield from _table(element, numbering)
        elif element.tag in _WRAPPERS:
            yield from _lines(element, numbering)


def _table(table: etree._Element, numbering: Numbering) -> Iterator[str]:
    """The lines of a table: a list of actions as sentences, others as rows with tabs between their
    cells; a blank line after it."""
    plain: list[str] = []
    grid: list[list[Cell]] = []
    for row in _within(table, "tr"):
        above, cells, texts = grid[-1] if grid else [], list[Cell](), list[str]()
        for cell in _within(row, "tc"):
            lines = (" ".join(line.split()) for line in _lines(cell, numbering))
            text = tuple(filter(None, lines))
            texts.append(" ".join(text))
            if _goes_on(cell) and not text and len(cells) < len(above):
                text = spanning(above[len(cells)])
            cells += [text, *[()] * (_width(cell) - 1)]
        plain.append("\t".join(texts))
        grid.append(cells)
    actions = action_lines(grid)
    yield from plain if actions is None else actions
    yield ""


def _within(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, not those of tables inside it."""
    for element in parent:
        if element.tag == W + name:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _within(element, name)


def _goes_on(cell: etree._Element) -> bool:
    """Whether a cell is the lower part of one that spans several rows."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(W + "val") != "restart"


def _width(cell: etree._Element) -> int:
    """How many columns a cell spans."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = "" if span is None else span.get(W + "val") or ""
    is_count = value.isascii() and value.isdigit() and len(value) <= _LONGEST_COUNT
    return max(1, min(int(value), _MOST_COLUMNS)) if is_count else 1


def _text(paragraph: etree._Element) -> str:
    parts: list[str] = []
    stack = [paragraph]
    while stack:
        element = stack.pop()
        if element.tag in _SKIPPED:
            continue
        if element.tag == W + "t":
            parts.append(element.text or "")
        elif element.tag in _BREAKS:
            parts.append(_BREAKS[element.tag])
        else:
            stack.extend(reversed(element))
    return "".join(parts)


def _warnings(body: etree._Element, names: set[str]) -> Iterator[str]:
    if body.find(f".//{W}ins") is not None or body.find(f".//{W}del") is not None:
        yield "The file holds tracked changes; it was read with all of them accepted."
    if body.find(f".//{W}footnoteReference") is not None:
        yield "The footnotes of the file were not read."
    if "word/vbaProject.bin" in names:
        yield "The file holds macros; they were not read."
