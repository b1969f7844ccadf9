"""HTML as lines of text. Nothing is fetched, no script or style is read."""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]  # It ships no types.

from tracker.intake.decode import decode
from tracker.intake.html_table import HtmlTable

_SPACED = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "ul", "ol", "blockquote", "hr",
})  # fmt: skip
_BLOCKS = _SPACED | {
    "address", "article", "aside", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "header", "li", "main", "nav", "section", "tbody", "thead", "tr",
}  # fmt: skip
_SKIPPED = frozenset({
    "script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "select",
})  # fmt: skip
_DEEPEST = 20
"""So many tables within each other may be lists of actions: each is read anew with those in it."""

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE
)


def read_html(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Text, encoding and warnings of a page; its declared charset is tried first."""
    declared = _CHARSET.search(data[:4096])
    if declared is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = declared[1].decode("ascii").lower()
        if encoding in ("iso-8859-1", "latin1", "us-ascii"):
            encoding = "cp1252"  # What browsers take these names for (WHATWG Encoding, 4.2).
        try:
            if b"\0" not in data:
                return html_to_text(data.decode(encoding)), encoding, ()
        except (LookupError, UnicodeDecodeError):
            pass
    text, encoding, warnings = decode(data)
    return html_to_text(text), encoding, warnings


def html_to_text(markup: str) -> str:
    """The text of ``markup``: a line for each block, a blank line around paragraphs."""
    target = _Lines()
    parser = etree.HTMLParser(target=target, no_network=True, huge_tree=True, remove_pis=True)
    if not markup.strip():
        return ""
    parser.feed(markup)
    lines: str = parser.close()
    return lines


class _Lines:
    """Receives the events of the parser and keeps lines."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._skipped = 0
        self._preformatted = 0
        self._tables: list[HtmlTable] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in _SKIPPED:
            self._skipped += 1
        elif self._skipped:
            return  # A table within "noscript" has no cells in the one around it.
        elif tag == "br":
            self._break(1)
        elif tag in ("td", "th"):
            self.parts.append("\t")
            if self._tables:
                self._tables[-1].begin_cell(len(self.parts), attributes)
        elif tag in _BLOCKS:
            self._break(2 if tag in _SPACED else 1)
            if tag == "li":
                self.parts.append("- ")
            elif tag == "table":
                self._tables.append(HtmlTable(len(self.parts)))
            elif tag == "tr" and self._tables:
                self._tables[-1].begin_row(len(self.parts))
        self._preformatted += tag == "pre"

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif self._skipped:
            return
        elif tag in ("td", "th", "tr") and self._tables:
            self._tables[-1].end_cell(len(self.parts))
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            if len(self._tables) < _DEEPEST:
                table.rewrite(self.parts)
        if tag in _BLOCKS:
            self._break(2 if tag in _SPACED else 1)
        self._preformatted = max(0, self._preformatted - (tag == "pre"))

    def data(self, text: str) -> None:
        """Text between tags."""
        if self._skipped:
            return
        self.parts.append(text if self._preformatted else re.sub(r"[ \t\r\n\f]+", " ", text))

    def comment(self, text: str) -> None:
        """Comments are no text."""

    def close(self) -> str:
        """The lines without blanks at their ends and without more than one blank line."""
        lines = [
            line.strip(" \t\r") if "\t" in line else line.rstrip(" \r").removeprefix(" ")
            for line in "".join(self.parts).split("\n")
        ]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"

    def _break(self, count: int) -> None:
        self.parts.append("\n" * count)
