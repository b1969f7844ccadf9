"""A chart that mail programs draw without pictures: rows of words with a bar of table cells.

Facts and their shares only; the layout is the template's affair.
"""

from __future__ import annotations

from dataclasses import dataclass

COLOURS = {
    "done": "#162e51",
    "in_progress": "#4a77b4",
    "open": "#cfdcee",
    "agreed": "#cfdcee",
    "proposed": "#f0f4f9",
    "deferred": "#dfe1e2",
    "declined": "#f7f7f7",
}
"""By key, dark to light, so that a print in black and white keeps them apart."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar: a key of COLOURS, and its share of the width in per cent."""

    key: str
    share: int

    @property
    def colour(self) -> str:
        """What fills it."""
        return COLOURS[self.key]


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: what it is about, the numbers in words, and the pieces in the same order from left
    to right, so that no legend is needed."""

    title: str
    words: str
    pieces: tuple[Piece, ...]

    @property
    def rest(self) -> int:
        """What is left of the width, in per cent."""
        return 100 - sum(piece.share for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of at least one bar; ``more`` says what was left out, "" where nothing was."""

    heading: str
    bars: tuple[Bar, ...]
    more: str = ""


def make_pieces(counts: list[tuple[str, int]], most: int) -> tuple[Piece, ...]:
    """The pieces of a bar where a count of ``most`` fills the width; none is too thin to see."""
    found = [Piece(key, max(100 * count // most, 2)) for key, count in counts if count]
    excess = sum(piece.share for piece in found) - 100
    if excess > 0:
        widest = max(range(len(found)), key=lambda n: found[n].share)
        found[widest] = Piece(found[widest].key, found[widest].share - excess)
    return tuple(found)
