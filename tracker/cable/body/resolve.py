"""Raw blocks made final: markings resolved, parents, headings and sections set.

No text is cut any more.
"""

from __future__ import annotations

from bisect import bisect_left

from tracker.cable.body.raw import RawBlock
from tracker.cable.body.sections import Sections
from tracker.cable.markings import CLASSIFIED, join, level_of
from tracker.cable.model import Block, BlockKind, CableWarning, Span

_SHORTEST_PARAGRAPH = 60


class Resolver:
    """Carries what holds from one block to the next: portion, heading, levels of bullets.

    ``document`` is the short form that holds for unmarked portions.
    """

    def __init__(self, masked: str, document: str, start: int, end: int, hidden: list[int]) -> None:
        self.masked = masked
        self.document = document
        self.blocks: list[Block] = []
        self.warnings: list[CableWarning] = []
        self._end = end
        self._hidden = hidden
        self._sections = Sections(masked, start, end)
        self._portion: str | None = None
        self._numbered_portion: str | None = None
        self._heading: int | None = None
        self._heading_above: int | None = None
        self._lead: int | None = None
        self._levels: list[tuple[str, int]] = []
        self._unmarked: list[Span] = []
        self._has_marked = False

    def run(self, raws: list[RawBlock]) -> None:
        """Make every block final."""
        for place, raw in enumerate(raws):
            following = raws[place + 1].start if place + 1 < len(raws) else self._end
            if self._sections.leave_paragraph(raw):
                self._heading = self._heading_above
            if raw.kind == "heading":
                self._take_heading(raw)
            else:
                self._take_text(raw)
            if self._sections.leave_block(raw.start, following):
                self._heading = self._heading_above
        self._warn_of_unmarked()

    def _take_heading(self, raw: RawBlock) -> None:
        if raw.portion is not None:
            self._portion = self._numbered_portion = raw.portion
        elif not raw.continues:
            self._portion = self._numbered_portion = None
        self._sections.enter_heading(raw, self.masked[raw.start : raw.end])
        if not raw.is_run_in or self._sections.section != "summary":
            self._heading_above = len(self.blocks)
        self._heading = len(self.blocks)
        self._lead, self._levels = None, []
        self._append(raw, "heading", self._marking(raw), parent=None)

    def _take_text(self, raw: RawBlock) -> None:
        if raw.kind == "paragraph":
            self._enter_paragraph(raw)
        marking = self._marking(raw)
        self._has_marked = self._has_marked or raw.portion is not None
        kind: BlockKind = raw.kind
        if kind != "note" and self._sections.is_points:
            kind = "talking_point"
        self._note_unmarked(raw)
        self._append(raw, kind, marking, parent=self._parent(raw))
        if raw.kind == "paragraph":
            self._lead, self._levels = len(self.blocks) - 1, []

    def _enter_paragraph(self, raw: RawBlock) -> None:
        """Set what holds for the paragraph, and for what carries it on without a mark.

        The mark of a bullet is its own; that of a part never lowers the paragraph's."""
        is_new = not self.blocks or self.blocks[-1].paragraph != raw.paragraph
        if raw.portion is not None:
            self._portion = raw.portion
            if is_new or self._numbered_portion is None:
                self._numbered_portion = raw.portion
        elif is_new and not raw.continues:
            self._portion = self._numbered_portion = None
        elif self._portion is not None and self._numbered_portion is not None:
            self._portion = join(self._portion, self._numbered_portion)

    def _marking(self, raw: RawBlock) -> str:
        if raw.portion is not None:
            return join(self.document, raw.portion) if self._is_tampered(raw) else raw.portion
        if raw.lookalike is not None:
            self.warnings.append(
                CableWarning(
                    "lookalike_marking",
                    "A portion mark is written with letters of another script; "
                    "the higher of it and the document's level holds.",
                    (raw.start, min(raw.end, raw.start + 8)),
                )
            )
            return join(self.document, raw.lookalike)
        return self._portion if self._portion is not None else self.document

    def _is_tampered(self, raw: RawBlock) -> bool:
        """A character that cannot be seen stands in or before the mark, which may deceive."""
        if not self._hidden:
            return False
        place = bisect_left(self._hidden, raw.start - 24)
        return place < len(self._hidden) and self._hidden[place] < raw.start

    def _parent(self, raw: RawBlock) -> int | None:
        """The block that introduces a bullet: one of another sign above it, or the lead-in."""
        if raw.kind != "bullet":
            return None
        sign = raw.sign or ("label" if raw.label else "")
        place = next((n for n, level in enumerate(self._levels) if level[0] == sign), None)
        if place is not None:
            del self._levels[place:]
        parent = self._levels[-1][1] if self._levels else self._lead
        self._levels.append((sign, len(self.blocks)))
        return parent

    def _note_unmarked(self, raw: RawBlock) -> None:
        if raw.kind != "paragraph" or raw.continues or self._sections.is_points:
            return
        tail = self.masked[max(raw.start, raw.end - 4) : raw.end].rstrip("\"') ")
        if (
            self._portion is None
            and raw.end - raw.start > _SHORTEST_PARAGRAPH
            and tail[-1:] in ".:!?"
        ):
            self._unmarked.append((raw.start, raw.end))

    def _warn_of_unmarked(self) -> None:
        """One warning for each unmarked portion of a classified document; a single one where the
        document has no portion marks at all, as was the custom until 1978."""
        if level_of(self.document) < CLASSIFIED:
            return
        self.warnings += [
            CableWarning(
                "unmarked_portion",
                f"This paragraph has no portion mark; it counts as {self.document}.",
                span,
            )
            for span in (self._unmarked if self._has_marked else self._unmarked[:1])
        ]

    def _append(self, raw: RawBlock, kind: BlockKind, marking: str, *, parent: int | None) -> None:
        self.blocks.append(
            Block(
                kind=kind,
                span=(raw.start, raw.end),
                paragraph=raw.paragraph,
                marking=marking,
                is_marked=raw.portion is not None or self._portion is not None,
                heading=None if kind == "heading" else self._heading,
                parent=parent,
                label=raw.label,
                section="comment" if raw.is_comment else self._sections.section,
            )
        )
