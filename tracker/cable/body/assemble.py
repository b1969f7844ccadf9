"""Lines of the body joined into blocks: paragraphs across pages, bullets, headings on lines.

What stands inside a line (run-in headings, notes) is divided afterwards (divide.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.cable.body.headings import LONGEST, dashed_title, is_underline
from tracker.cable.body.layout import Layout
from tracker.cable.body.numbering import Numbering
from tracker.cable.body.openings import Opening
from tracker.cable.body.raw import RawBlock
from tracker.cable.lines import Line
from tracker.cable.model import CableWarning

_FINISHED = re.compile(r"[.!?:;][\"')\]]{0,2}$|[.!?][\"')\]]{0,2}\s*\(?[^.]{0,12}\)$")
# A bullet up to this long may end without a full stop.
_SHORT_BULLET = 70
_STARTS = re.compile(r"[a-z]|and\b|or\b")


def assemble(
    lines: Sequence[Line], source: str, masked: str
) -> tuple[list[RawBlock], list[int], list[CableWarning]]:
    """Blocks in order, the true paragraph numbers, and warnings of repaired ones."""
    assembler = _Assembler(Layout(lines, source, masked), masked)
    assembler.run()
    return assembler.blocks, assembler.numbering.numbers, assembler.warnings


class _Assembler:
    """Walks down the lines and keeps the block that is open."""

    def __init__(self, layout: Layout, masked: str) -> None:
        self.layout = layout
        self.masked = masked
        self.blocks: list[RawBlock] = []
        self.warnings: list[CableWarning] = []
        marked = [o.number for o in layout.openings if o.number is not None and o.portion]
        self.numbering = Numbering(marked)
        self._has_gap = True

    def run(self) -> None:
        """Take every line."""
        for place, line in enumerate(self.layout.lines):
            if not line.text or is_underline(line.text):
                self._has_gap = True
            else:
                self._take(place, line)
                self._has_gap = False

    def _take(self, place: int, line: Line) -> None:
        opening = self.layout.openings[place]
        if self._take_heading(place, line, opening):
            return
        if opening.number is not None and opening.sign is None:
            self._take_number(line, opening, opening.number)
            return
        if opening.sign is not None and self._is_bullet(line, opening):
            self._open("bullet", line, opening, label=_label(opening), sign=opening.sign)
        elif self._is_third(line):
            self._continue(line, None)
        elif opening.portion is not None and opening.label is None and opening.number is None:
            self._open("paragraph", line, opening)
        elif (
            opening.label is not None
            and opening.number is None
            and (self._has_gap or (bool(self.blocks) and self._is_finished()))
        ):
            self._open("bullet", line, opening, label=opening.label)
        else:
            self._continue(line, opening)

    def _take_number(self, line: Line, opening: Opening, printed: int) -> None:
        if opening.is_bracketed:
            is_element = self._has_gap or self._is_finished()
            role, number, repaired = ("element" if is_element else "text"), printed, False
        else:
            role, number, repaired = self._role(line, opening, printed, has_gap=self._has_gap)
        if role == "text":
            self._continue(line, None)
        elif role == "element":
            self._open("bullet", line, opening, label=str(printed))
        else:
            if repaired:
                self._warn_repaired(line, printed, number)
            self._open("paragraph", line, opening, paragraph=number, label=opening.label)

    def _role(
        self, line: Line, opening: Opening, printed: int, *, has_gap: bool
    ) -> tuple[str, int, bool]:
        return self.numbering.role(
            printed,
            has_portion=opening.portion is not None,
            has_gap=has_gap or not self.blocks,
            before=self._text_before(),
            length=len(line.text),
        )

    def _warn_repaired(self, line: Line, printed: int, number: int) -> None:
        self.warnings.append(
            CableWarning(
                "paragraph_number_repaired",
                f"Paragraph {number} is printed as {printed}: its number was damaged on the way.",
                (line.start, line.start + len(str(printed))),
            )
        )

    def _is_third(self, line: Line) -> bool:
        """ "(C)" behind "(A) …; (B) …" in running text is the third element, no mark."""
        if self._has_gap or not line.text.startswith("(C)") or not self.blocks:
            return False
        text = self.masked[self.blocks[-1].start : self.blocks[-1].end]
        return 0 <= text.rfind("(A)") < text.rfind("(B)")

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
        if len(content) > LONGEST or not self.layout.is_heading(
            place, content, has_gap=self._has_gap, is_open=self._is_open_sentence
        ):
            return False
        if opening.number is not None:
            return self._open_numbered_heading(line, opening, opening.number)
        self._open_heading(line, opening, opening.skipped, len(line.text))
        return True

    def _open_numbered_heading(self, line: Line, opening: Opening, printed: int) -> bool:
        role, number, repaired = self._role(line, opening, printed, has_gap=True)
        if role != "paragraph":
            self._open("bullet", line, opening, label=str(printed))
            return True
        if repaired:
            self._warn_repaired(line, printed, number)
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
        block.is_run_in = paragraph is not None
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
        is_text = previous is not None and previous.kind != "heading"
        if previous is not None and is_text and self._carries_on(previous, line):
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


def _label(opening: Opening) -> str | None:
    return opening.label or (str(opening.number) if opening.number is not None else None)
