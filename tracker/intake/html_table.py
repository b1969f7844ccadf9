"""A table of an HTML page while its parts arrive: where its cells begin and end. No tags here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.intake.tables import Cell, action_lines, has_headings, spanning

_MOST_COLUMNS = 60
_MOST_PARTS = 40
_LONGEST_COUNT = 4
"""Digits of a number of columns or rows; what has more of them is no such number."""


@dataclass(slots=True)
class _HtmlCell:
    """A cell by the places of its parts; ``rows`` counts the rows below that it spans too."""

    begin: int
    columns: int
    rows: int
    end: int | None = None


class HtmlTable:
    """The cells of a table as places in the list of parts that the page is gathered in."""

    def __init__(self, begin: int) -> None:
        self._begin = begin
        self._rows: list[list[_HtmlCell]] = []

    def begin_row(self, place: int) -> None:
        """A row begins with the part at ``place``."""
        self.end_cell(place)
        self._rows.append([])

    def begin_cell(self, place: int, attributes: Mapping[str, str]) -> None:
        """A cell begins with the part at ``place``."""
        self.end_cell(place - 1)
        if not self._rows:
            self._rows.append([])
        columns, rows = (_count(attributes.get(name)) for name in ("colspan", "rowspan"))
        self._rows[-1].append(_HtmlCell(place, columns, rows))

    def end_cell(self, place: int) -> None:
        """The last cell, if it is open, ends before the part at ``place``."""
        if self._rows and self._rows[-1] and self._rows[-1][-1].end is None:
            self._rows[-1][-1].end = place

    def rewrite(self, parts: list[str]) -> None:
        """At the end of the table: a list of actions becomes sentences; others stay as they are."""
        self.end_cell(len(parts))
        if not any(has_headings(self._short(parts, row)) for row in self._rows[:3]):
            return
        lines = action_lines(self._grid(parts))
        if lines is not None:
            parts[self._begin :] = ["\n".join([*self._outside(parts), *lines])]

    def _outside(self, parts: list[str]) -> Cell:
        """What stands outside the cells: a caption, and what was put between them by mistake."""
        found: list[str] = []
        place = self._begin
        for cell in (cell for row in self._rows for cell in row):
            found += [*parts[place : cell.begin], "\n"]
            place = cell.end or cell.begin
        return _paragraphs([*found, *parts[place:]])

    def _short(self, parts: list[str], row: list[_HtmlCell]) -> list[Cell]:
        """The cells of a row that may be headings, so that tables within tables within tables are
        not read over and over."""
        return [
            _text(parts, cell) if (cell.end or 0) - cell.begin < _MOST_PARTS else () for cell in row
        ]

    def _grid(self, parts: list[str]) -> list[list[Cell]]:
        """The text of the cells by rows and columns; one that spans rows stands in each of them,
        unless it is long."""
        grid: list[list[Cell]] = []
        above: dict[int, tuple[int, Cell]] = {}
        for row in self._rows:
            cells: list[Cell] = []
            waiting, below = iter(row), dict[int, tuple[int, Cell]]()
            while True:
                if len(cells) in above:
                    left, text = above.pop(len(cells))
                    columns = 1
                elif (cell := next(waiting, None)) is not None:
                    left, text, columns = cell.rows, _text(parts, cell), cell.columns
                else:
                    break
                if left > 1:
                    below[len(cells)] = (left - 1, spanning(text))
                cells += [text, *[()] * (columns - 1)]
            above = below
            grid.append(cells)
        return grid


def _text(parts: list[str], cell: _HtmlCell) -> Cell:
    return _paragraphs(parts[cell.begin : cell.end])


def _paragraphs(parts: list[str]) -> Cell:
    lines = "".join(parts).split("\n")
    return tuple(filter(None, (" ".join(line.split()) for line in lines)))


def _count(value: str | None) -> int:
    if not value or not (value.isascii() and value.isdigit()) or len(value) > _LONGEST_COUNT:
        return 1
    return max(1, min(int(value), _MOST_COLUMNS))
