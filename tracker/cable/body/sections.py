"""Which part of a cable a block stands in: summary, comment, introduction, talking points.

Told by headings and by marks such as "END SUMMARY"; markings are no concern here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

from tracker.cable.body.raw import RawBlock

Section = Literal["body", "summary", "comment", "introduction"]

_SUMMARY = re.compile(r"\bsummary\b|^key points$|^bluf$|^bottom line up front$", re.IGNORECASE)
_COMMENT = re.compile(r"\bcomments?\b", re.IGNORECASE)
_INTRODUCTION = re.compile(r"^introduction\b", re.IGNORECASE)
_MARK = re.compile(  # "END SUMMARY", "BEGIN TEXT OF TALKING POINTS", "End of comment"
    r"(?P<edge>BEGIN|END|Begin|End|begin|end)\s{1,4}"
    r"(?i:(?:of\s{1,4}|the\s{1,4}|text\s{1,4}){0,3}"
    r"(?P<what>summary|comment|introduction|(?:talking\s{1,4})?points)\b)"
)
_EDGES = ("BEGIN", "END", "Begin", "End", "begin", "end")
_WORD_CHARACTER = re.compile(r"\w")
_LONGEST_TITLE = 60


class Sections:
    """Follows the blocks in order; ``section`` and ``is_points`` hold for the one entered last."""

    def __init__(self, masked: str, start: int, end: int) -> None:
        self.section: Section = "body"
        self.is_points = False
        self._marks = [
            (found.start(), found["edge"].lower(), found["what"].lower())
            for found in _marks(masked, start, end)
            if not _WORD_CHARACTER.match(masked[max(0, found.start() - 1) : found.start()])
        ]
        self._starts = [mark[0] for mark in self._marks]
        self._summary_ends = [mark[0] for mark in self._marks if mark[1:] == ("end", "summary")]
        self._paragraph: int | None = None
        self._is_run_in = False
        self._summary_end = 0

    def enter_heading(self, raw: RawBlock, title: str) -> None:
        """A heading opens the section that it names, or the body."""
        self.section = _named(title)
        self._is_run_in, self._paragraph = raw.is_run_in, raw.paragraph
        if self.section == "summary":
            place = bisect_left(self._summary_ends, raw.end)
            self._summary_end = (
                self._summary_ends[place] if place < len(self._summary_ends) else raw.end
            )

    def leave_paragraph(self, raw: RawBlock) -> bool:
        """A summary that begins in a paragraph ends with it unless its end is marked further on.

        True where that happens before ``raw``, so that its heading no longer holds."""
        is_past = (
            self.section == "summary"
            and self._is_run_in
            and raw.paragraph != self._paragraph
            and raw.start >= self._summary_end
        )
        if is_past:
            self.section = "body"
        return is_past

    def leave_block(self, start: int, following: int) -> bool:
        """Take the marks down to the next block; True where a run-in section ended."""
        has_ended = False
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, following)
        for _, edge, what in self._marks[first:last]:
            if what.endswith("points"):
                self.is_points = edge == "begin"
            elif edge == "end" and what == self.section:
                has_ended = has_ended or (what == "summary" and self._is_run_in)
                self.section = "body"
        return has_ended


def _marks(masked: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The marks in order, looked for only where one of their first words stands."""
    places = []
    for edge in _EDGES:
        place = masked.find(edge, start, end)
        while place >= 0:
            places.append(place)
            place = masked.find(edge, place + 1, end)
    last = start
    for place in sorted(places):
        if place >= last and (found := _MARK.match(masked, place, end)) is not None:
            last = found.end()
            yield found


def _named(title: str) -> Section:
    if len(title) < _LONGEST_TITLE:
        if _SUMMARY.search(title):
            return "summary"
        if _COMMENT.search(title):
            return "comment"
        if _INTRODUCTION.search(title):
            return "introduction"
    return "body"
