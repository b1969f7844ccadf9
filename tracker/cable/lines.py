"""The masked text cut into lines that know their place. Nothing here interprets a line."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """One line without the blanks around it; ``start`` and ``end`` are places in the source."""

    start: int
    end: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Nothing stands on it."""
        return not self.text


def split_lines(masked: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of ``masked[start:end]`` in order, blank ones included."""
    lines = []
    place = start
    for raw in masked[start:end].split("\n"):
        text = raw.strip()
        left = place + (raw.find(text) if text else 0)
        lines.append(Line(left, left + len(text), text))
        place += len(raw) + 1
    return lines
