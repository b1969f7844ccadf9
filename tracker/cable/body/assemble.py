"""Lines of the body joined into blocks: paragraphs across pages, bullets, headings on lines.

What stands inside a line (run-in headings, notes) is divided afterwards (divide.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.cable.body.headings import (
    LONGEST,
    dashed_title,
    is_capitals,
    is_mostly_capitals,
    is_title_case,
    is_underline,
)
from tracker.cable.body.numbering import Numbering
from tracker.cable.body.openings import Opening, read_opening
from tracker.cable.body.raw import RawBlock
from tracker.cable.lines import Line
from tracker.cable.model import CableWarning

# "… list. 7.(SBU) Brazil is": a paragraph that begins in mid-line.
_INNER = re.compile(
    r"(?<=[.!?:)\"] )(?=\d{1,3}\s?\.?\s?\((?:C|S|U|SBU|C/NF|S/NF|S//NF|C//NF|LOU)\))"
)
_FINISHED = re.compile(r"[.!?:;][\"')\]]{0,2}$|[.!?][\"')\]]{0,2}\s*\(?[^.]{0,12}\)$")
# A bullet up to this long may end without a full stop.
_SHORT_BULLET = 70
_STARTS = re.compile(r"[a-z]|and\b|or\b")


def assemble(
    lines: Sequence[Line], source: str, masked: str
) -> tuple[list[RawBlock], list[int], list[CableWarning]]:
    """Blocks in order, the true paragraph numbers, and warnings of repaired ones."""
    pieces = [piece for line in lines for piece in _pieces(line)]
    assembler = _Assembler(pieces, source, masked)
    assembler.run()
    return assembler.blocks, assembler.numbering.numbers, assembler.warnings


def _pieces(line: Line) -> Iterator[Line]:
    if "(" not in line.text or len(line.text) < 20:
        yield line
        return
    cuts = [0, *(found.start() for found in _INNER.finditer(line.text)), len(line.text)]
    for begin, end in zip(cuts, cuts[1:], strict=False):
        text = line.text[begin:end].rstrip()
        if text:
            yield Line(line.start + begin, line.start + begin + len(text), text)


class _Assembler:
    """Walks down the lines and keeps the block that is open."""

    def __init__(self, lines: list[Line], source: str, masked: str) -> None:
        self.lines = lines
        self.source = source
        self.masked = masked
        self.blocks: list[RawBlock] = []
        self.warnings: list[CableWarning] = []
        self.openings = [read_opening(line.text) for line in lines]
        marked = [o.number for o in self.openings if o.number is not None and o.portion]
        self.numbering = Numbering(marked)
        self._has_gap = True
        self._following = _following(lines)
        self._is_capitals = is_mostly_capitals(masked[lines[0].start :] if lines else "")

    def run(self) -> None:
        """Take every line."""
        for place, line in enumerate(self.lines):
            if not line.text or is_underline(line.text):
                self._has_gap = True
            else:
                self._take(place, line)
                self._has_gap = False

    def _take(self, place: int, line: Line) -> None:
        opening = self.openings[place]
        if self._take_heading(place, line, opening):
            return
        if opening.number is not None and opening.sign is None and self._take_number(line, opening):
            return
        if opening.sign is not None and self._is_bullet(line, opening):
            self._open("bullet", line, opening, label=_label(opening), sign=opening.sign)
        elif opening.portion is not None and opening.label is None and opening.number is None:
            self._open("paragraph", line, opening)
        elif (
            opening.label is not None and opening.number is None and self._has_gap_or_list(opening)
        ):
            self._open("bullet", line, opening, label=opening.label)
        else:
            self._continue(line, opening)

    def _take_number(self, line: Line, opening: Opening) -> bool:
        assert opening.number is not None
        role, number, repaired = self.numbering.role(
            opening.number if not opening.is_bracketed else -1,
            has_portion=opening.portion is not None,
            has_gap=self._has_gap or not self.blocks,
            before=self._text_before(),
            length=len(line.text),
        )
        if opening.is_bracketed:
            role = "element" if self._has_gap or self._is_finished() else "text"
        if role == "text":
            self._continue(line, None)
        elif role == "element":
            self._open("bullet", line, opening, label=str(opening.number))
        else:
            if repaired:
                self._warn_repaired(line, opening.number, number)
            self._open("paragraph", line, opening, paragraph=number, label=opening.label)
        return True

    def _warn_repaired(self, line: Line, printed: int, number: int) -> None:
        self.warnings.append(
            CableWarning(
                "paragraph_number_repaired",
                f"Paragraph {number} is printed as {printed}; its number was damaged in transmission.",
                (line.start, line.start + len(str(printed))),
            )
        )

    def _is_bullet(self, line: Line, opening: Opening) -> bool:
        """A sign begins a bullet, unless it is the dash of a sentence that goes on."""
        if self._has_gap or not self.blocks:
            return True
        previous = self.blocks[-1]
        if previous.kind == "bullet" and previous.sign == opening.sign:
            return (
                self._is_finished()
                or not line.text[opening.skipped :][:1].islower()
                or len(opening.sign or "") == 2
            )
        return self._is_finished() or self._text_before().endswith((",", "and", "or"))

    def _has_gap_or_list(self, opening: Opening) -> bool:
        return self._has_gap or (self._is_finished() and bool(self.blocks))

    def _take_heading(self, place: int, line: Line, opening: Opening) -> bool:
        content = line.text[opening.skipped :]
        if opening.sign is not None or not content:
            return False
        dashed = dashed_title(content)
        if dashed is not None and opening.number is None:
            self._open_heading(line, opening, opening.skipped, opening.skipped + len(dashed[0]))
            rest = line.text[opening.skipped + dashed[1] :]
            if rest.strip():
                start = line.end - len(rest.lstrip())
                self.blocks.append(self._raw("paragraph", start, line.end))
            return True
        if len(content) > LONGEST or not self._is_heading(place, line, opening, content):
            return False
        if opening.number is not None:
            return self._open_numbered_heading(line, opening)
        self._open_heading(line, opening, opening.skipped, len(line.text))
        return True

    def _is_heading(self, place: int, line: Line, opening: Opening, content: str) -> bool:
        following = self._next(place)
        is_alone = following is None or following > place + 1
        underlined = following is not None and is_underline(self.lines[following].text)
        if underlined and (not is_alone or (self._has_gap and _is_no_sentence(content))):
            has_room = self._has_gap or not self._is_open_sentence() or content.isupper()
            return has_room and (_is_no_sentence(content) or content.isupper())
        if _is_markdown_heading(self.source, line):
            return True
        if opening.number is not None and opening.portion is not None:
            return is_alone and is_capitals(content)
        if opening.number is not None:
            return (
                is_alone
                and is_capitals(content)
                and not content.endswith(".")
                and not self._is_capitals
            )
        before_opening = following is not None and self._opens(following)
        if (
            not self._has_gap
            or not (is_alone or before_opening)
            or content.endswith((".", ",", ";"))
        ):
            return False
        if self._is_open_sentence() and (self._is_capitals or not content.isupper()):
            return False
        if is_capitals(content):
            return True
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

    def _open_numbered_heading(self, line: Line, opening: Opening) -> bool:
        assert opening.number is not None
        role, number, repaired = self.numbering.role(
            opening.number, has_portion=opening.portion is not None, has_gap=True,
            before=self._text_before(), length=len(line.text),
        )  # fmt: skip
        if role != "paragraph":
            self._open("bullet", line, opening, label=str(opening.number))
            return True
        if repaired:
            self._warn_repaired(line, opening.number, number)
        self._open_heading(line, opening, opening.skipped, len(line.text), paragraph=number)
        return True

    def _open_heading(
        self, line: Line, opening: Opening, begin: int, end: int, paragraph: int | None = None
    ) -> None:
        previous = self.blocks[-1] if self.blocks else None
        title_end = line.start + len(line.text[:end].rstrip(" :-"))
        if previous is not None and previous.kind == "heading" and not self._has_gap and begin == 0:
            previous.end = title_end
            return
        if paragraph is None:
            self.numbering.leave_list()
        block = self._raw("heading", line.start + begin, title_end)
        block.portion, block.lookalike = opening.portion, opening.lookalike
        block.label = opening.label
        block.paragraph = paragraph if paragraph is not None else self.numbering.last
        self.blocks.append(block)

    def _open(
        self, kind: str, line: Line, opening: Opening, *, paragraph: int | None = None,
        label: str | None = None, sign: str | None = None,
    ) -> None:  # fmt: skip
        block = self._raw(
            "bullet" if kind == "bullet" else "paragraph", line.start + opening.skipped, line.end
        )
        block.paragraph = paragraph if paragraph is not None else self.numbering.last
        block.portion, block.lookalike = opening.portion, opening.lookalike
        block.label, block.sign = label, sign
        block.start = min(block.start, block.end)
        self.blocks.append(block)

    def _continue(self, line: Line, opening: Opening | None) -> None:
        previous = self.blocks[-1] if self.blocks else None
        if previous is not None and previous.kind != "heading":
            if self._carries_on(previous, line):
                previous.end = line.end
                return
        block = self._raw("paragraph", line.start, line.end)
        if opening is not None and opening.portion:
            block.start += opening.skipped
            block.portion = opening.portion
        if opening is not None:
            block.lookalike = opening.lookalike
        block.continues = previous is not None and (
            previous.kind != "heading" or previous.portion is not None
        )
        self.blocks.append(block)

    def _carries_on(self, previous: RawBlock, line: Line) -> bool:
        """The line goes on with the block before it, across a page if it must."""
        if not self._has_gap or _STARTS.match(line.text):
            return True
        if previous.kind == "bullet" and previous.end - previous.start < _SHORT_BULLET:
            return False
        return self._is_open_sentence()

    def _raw(self, kind: str, start: int, end: int) -> RawBlock:
        made = RawBlock("paragraph", start, end, paragraph=self.numbering.last)
        if kind in ("heading", "bullet"):
            made.kind = "heading" if kind == "heading" else "bullet"
        return made

    def _text_before(self) -> str:
        if not self.blocks:
            return ""
        last = self.blocks[-1]
        return self.masked[max(last.start, last.end - 60) : last.end].rstrip()

    def _is_finished(self) -> bool:
        return _FINISHED.search(self._text_before()) is not None

    def _is_open_sentence(self) -> bool:
        """The block before is a text that breaks off in mid-sentence."""
        last = self.blocks[-1] if self.blocks else None
        return (
            last is not None
            and last.kind != "heading"
            and last.end > last.start
            and not self._is_finished()
        )


def _following(lines: list[Line]) -> list[int]:
    """For each line the index of the next one that holds something, else their number."""
    following = [len(lines)] * len(lines)
    for place in range(len(lines) - 2, -1, -1):
        following[place] = place + 1 if lines[place + 1].text else following[place + 1]
    return following


def _label(opening: Opening) -> str | None:
    return opening.label or (str(opening.number) if opening.number is not None else None)


def _is_markdown_heading(source: str, line: Line) -> bool:
    before = source[max(0, line.start - 10) : line.start]
    return before.rpartition("\n")[2].strip().startswith("#")


def _is_no_sentence(content: str) -> bool:
    return not content.endswith((".", ";", ",", "!", "?"))


def _is_ending(content: str) -> bool:
    return content.lower().startswith(("end ", "begin "))
