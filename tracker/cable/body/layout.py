"""The lines of a body as they are laid out: how each begins, and which are headings.

It looks at lines and their surroundings; blocks are built elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from tracker.cable.body.headings import (
    is_capitals,
    is_clause,
    is_mostly_capitals,
    is_title_case,
    is_underline,
)
from tracker.cable.body.openings import Opening, read_opening
from tracker.cable.lines import Line

# "… list. 7.(SBU) Brazil is": a paragraph that begins in mid-line.
_INNER = re.compile(r"[.!?:)\"] (?=\d{1,3}\s?\.?\s?\((?:C|S|U|SBU|C/NF|S/NF|S//NF|C//NF|LOU)\))")

# "2. (S//REL TO USA, GBR," and nothing behind it: a mark that goes on in the next line.
_BROKEN_MARK = re.compile(r"[^(\[{]{0,20}[(\[{]\s?(?:TS|S|C|SBU)/[^()\[\]{}]*$")

_FURTHEST_MARK = 21


def _opening(lines: Sequence[Line], place: int) -> Opening:
    """What a line opens; a mark that is broken at its end is read to the end of the mark."""
    text = lines[place].text
    head = text[:_FURTHEST_MARK]
    has_bracket = "(" in head or "[" in head or "{" in head
    if not has_bracket or not _BROKEN_MARK.match(text) or place + 1 == len(lines):
        return read_opening(text)
    whole = read_opening(f"{text} {lines[place + 1].text}")
    return whole._replace(skipped=min(whole.skipped, len(text)))


class Layout:
    """The lines, cut where a paragraph begins in mid-line, with what each opens."""

    def __init__(self, lines: Sequence[Line], source: str, masked: str) -> None:
        self.source = source
        self._has_markdown = "#" in source
        self.lines = [
            piece for line in lines for piece in (_pieces(line) if "(" in line.text else (line,))
        ]
        self.openings = [_opening(self.lines, place) for place in range(len(self.lines))]
        self._following = _following(self.lines)
        self._is_capitals = is_mostly_capitals(masked[lines[0].start :] if lines else "")

    def is_heading(
        self, place: int, content: str, *, has_gap: bool, is_open: Callable[[], bool]
    ) -> bool:
        """The line at ``place`` is a heading by its looks and by the lines around it.

        ``content`` is the line without number and mark; ``has_gap`` says that a blank line stands
        above, ``is_open`` that the text above breaks off in mid-sentence."""
        line, opening = self.lines[place], self.openings[place]
        following = self._next(place)
        is_alone = following is None or following > place + 1
        underlined = following is not None and is_underline(self.lines[following].text)
        if underlined and (not is_alone or (has_gap and _is_no_sentence(content))):
            has_room = has_gap or content.isupper() or not is_open()
            return has_room and (_is_no_sentence(content) or content.isupper())
        if self._has_markdown and _is_markdown_heading(self.source, line):
            return True
        if opening.number is not None and opening.portion is not None:
            return is_alone and (
                is_title_case(content) or (is_capitals(content) and not _is_order(content))
            )
        if opening.number is not None:
            return (
                is_alone
                and is_capitals(content)
                and not content.endswith(".")
                and not self._is_capitals
            )
        before_opening = following is not None and self._opens(following)
        if not (is_alone or before_opening) or content.endswith((".", ",", ";")):
            return False
        if not has_gap:
            is_apart = is_alone and not self._is_capitals and not is_open()
            return is_apart and is_capitals(content) and len(content) > 2
        if (self._is_capitals or not content.isupper()) and is_open():
            return False
        if is_capitals(content):
            return not (self._is_capitals and is_clause(content))
        return (
            is_alone
            and opening.portion is None
            and is_title_case(content)
            and not _is_ending(content)
        )

    def _opens(self, place: int) -> bool:
        opening = self.openings[place]
        return opening.portion is not None or opening.sign is not None

    def _next(self, place: int) -> int | None:
        """The index of the next line that holds something."""
        following = self._following[place]
        return following if following < len(self.lines) else None


def _pieces(line: Line) -> Iterator[Line]:
    if len(line.text) < 20:
        yield line
        return
    cuts = [0, *(found.end() for found in _INNER.finditer(line.text)), len(line.text)]
    for begin, end in pairwise(cuts):
        text = line.text[begin:end].rstrip()
        if text:
            yield Line(line.start + begin, line.start + begin + len(text), text)


def _following(lines: list[Line]) -> list[int]:
    """For each line the index of the next one that holds something, else their number."""
    following = [len(lines)] * len(lines)
    for place in range(len(lines) - 2, -1, -1):
        following[place] = place + 1 if lines[place + 1].text else following[place + 1]
    return following


def _is_markdown_heading(source: str, line: Line) -> bool:
    before = source[max(0, line.start - 10) : line.start]
    return before.rpartition("\n")[2].strip().startswith("#")


def _is_no_sentence(content: str) -> bool:
    return not content.endswith((".", ";", ",", "!", "?"))


def _is_order(content: str) -> bool:
    """A whole sentence in capitals on one line: "PLEASE ADVISE NAMES BY MAY 3."."""
    return content.endswith(".") and content.count(" ") > 3


def _is_ending(content: str) -> bool:
    return content.lower().startswith(("end ", "begin "))
