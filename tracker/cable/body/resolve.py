"""Raw blocks made final: markings resolved, parents, headings and sections set.

No text is cut any more, except that a block without content is left out.
"""

from __future__ import annotations

import re

from tracker.cable.body.raw import RawBlock
from tracker.cable.markings import join, level_of
from tracker.cable.model import Block, BlockKind, CableWarning, Span

_SUMMARY = re.compile(r"\bsummary\b|^key points$", re.IGNORECASE)
_COMMENT = re.compile(r"\bcomments?\b", re.IGNORECASE)
_INTRODUCTION = re.compile(r"^introduction\b", re.IGNORECASE)
_END = re.compile(r"\bend\s+(?:of\s+)?(summary|comment|introduction)", re.IGNORECASE)
_END_SUMMARY = re.compile(r"\bend\s+(?:of\s+)?summary\b", re.IGNORECASE)
_POINTS = re.compile(r"\btalking\s+points\b", re.IGNORECASE)
_BEGIN_POINTS = re.compile(
    r"\bbegin\s+(?:text\s+of\s+)?(?:the\s+)?talking\s+points\b|\bbegin\s+(?:talking\s+)?points\b",
    re.IGNORECASE,
)
_END_POINTS = re.compile(
    r"\bend\s+(?:text\s+of\s+)?(?:the\s+)?(?:talking\s+)?points\b", re.IGNORECASE
)
_CLASSIFIED_LEVEL = 2


class Resolver:
    """Carries what holds from one block to the next: portion, heading, section, bullet levels."""

    def __init__(self, masked: str, document: str, end: int) -> None:
        self.masked = masked
        self.document = document
        self.end = end
        self.blocks: list[Block] = []
        self.warnings: list[CableWarning] = []
        self._portion: str | None = None
        self._heading: int | None = None
        self._section = "body"
        self._heading_above: int | None = None
        self._run_in_paragraph: int | None = None
        self._summary_end = 0
        self._is_points = False
        self._lead: int | None = None
        self._bullets: list[tuple[str, int]] = []
        self._unmarked: list[Span] = []
        self._marked = 0

    def run(self, raws: list[RawBlock]) -> None:
        """Make every block final."""
        for place, raw in enumerate(raws):
            following = raws[place + 1].start if place + 1 < len(raws) else self.end
            self._take(raw, following)
        self._warn_of_unmarked()

    def _take(self, raw: RawBlock, following: int) -> None:
        text = self.masked[raw.start : raw.end]
        if self._is_past_summary(raw):
            self._section, self._heading = "body", self._heading_above
        if raw.kind == "heading":
            self._take_heading(raw, text)
        else:
            self._take_text(raw, text)
        tail = self.masked[raw.start : following]
        if _BEGIN_POINTS.search(tail):
            self._is_points = True
        if self._is_points and _END_POINTS.search(tail):
            self._is_points = False
        ended = _END.search(tail)
        if ended is not None and self._section == ended[1].lower():
            self._section = "body"
            if ended[1].lower() == "summary" and self._run_in_paragraph is not None:
                self._heading = self._heading_above

    def _is_past_summary(self, raw: RawBlock) -> bool:
        """A summary that begins in a paragraph ends with it, unless its end is marked further on."""
        return (
            self._section == "summary"
            and self._run_in_paragraph is not None
            and raw.paragraph != self._run_in_paragraph
            and raw.start >= self._summary_end
        )

    def _take_heading(self, raw: RawBlock, text: str) -> None:
        if raw.portion is not None:
            self._portion = raw.portion
        elif not raw.continues and not raw.is_comment:
            self._portion = None
        self._section = (
            "summary" if _SUMMARY.search(text) and len(text) < 60
            else "comment" if _COMMENT.search(text) and len(text) < 60
            else "introduction" if _INTRODUCTION.search(text)
            else "body"
        )  # fmt: skip
        if self._section == "summary":
            self._run_in_paragraph = raw.paragraph if raw.is_run_in else None
            found = _END_SUMMARY.search(self.masked, raw.end, self.end)
            self._summary_end = found.end() if found else raw.end
        if not raw.is_run_in or self._section != "summary":
            self._heading_above = len(self.blocks)
        self._heading = len(self.blocks)
        self._lead, self._bullets = None, []
        self._append(raw, "heading", self._marking(raw), heading=None, parent=None)

    def _take_text(self, raw: RawBlock, text: str) -> None:
        if raw.portion is not None:
            self._portion = raw.portion
            self._marked += 1
        elif (
            raw.kind == "paragraph"
            and not raw.continues
            and raw.paragraph is not None
            and self._is_new(raw)
        ):
            self._portion = None
        marking = self._marking(raw)
        kind: BlockKind = raw.kind
        if kind != "note" and self._is_points:
            kind = "talking_point"
        parent = self._parent(raw)
        self._note_unmarked(raw, text)
        self._append(raw, kind, marking, heading=self._heading, parent=parent)
        if raw.kind == "bullet":
            self._bullets.append((raw.sign or raw.label or "", len(self.blocks) - 1))
        elif raw.kind == "paragraph":
            self._lead, self._bullets = len(self.blocks) - 1, []

    def _is_new(self, raw: RawBlock) -> bool:
        last = next((block for block in reversed(self.blocks)), None)
        return last is None or last.paragraph != raw.paragraph

    def _marking(self, raw: RawBlock) -> str:
        if raw.portion is not None:
            return raw.portion
        if raw.lookalike is not None:
            self.warnings.append(
                CableWarning("lookalike_marking",
                             "A portion mark is written with letters of another script; the higher level holds.",
                             (raw.start, min(raw.end, raw.start + 8)))
            )  # fmt: skip
            return join(self.document, raw.lookalike)
        return self._portion if self._portion is not None else self.document

    def _parent(self, raw: RawBlock) -> int | None:
        if raw.kind != "bullet":
            return None
        signs = [sign for sign, _ in self._bullets]
        mine = raw.sign or raw.label or ""
        if self._bullets and raw.sign is not None and mine not in signs:
            return self._bullets[-1][1]
        while self._bullets and raw.sign is not None and self._bullets[-1][0] != mine:
            self._bullets.pop()
        if self._bullets:
            return self.blocks[self._bullets[-1][1]].parent
        return self._lead

    def _note_unmarked(self, raw: RawBlock, text: str) -> None:
        is_text = raw.kind == "paragraph" and not raw.continues and not self._is_points
        if (
            is_text
            and self._portion is None
            and len(text) > 60
            and text.rstrip("\"') ")[-1:] in ".:!?"
        ):
            self._unmarked.append((raw.start, raw.end))

    def _warn_of_unmarked(self) -> None:
        if level_of(self.document) < _CLASSIFIED_LEVEL or self.document.startswith("SBU"):
            return
        spans = self._unmarked if self._marked else self._unmarked[:1]
        self.warnings += [
            CableWarning("unmarked_portion",
                         f"This paragraph has no portion mark; it counts as {self.document}.", span)
            for span in spans
        ]  # fmt: skip

    def _append(
        self,
        raw: RawBlock,
        kind: BlockKind,
        marking: str,
        *,
        heading: int | None,
        parent: int | None,
    ) -> None:
        section = "comment" if raw.is_comment else self._section
        self.blocks.append(
            Block(
                kind=kind, span=(raw.start, raw.end), paragraph=raw.paragraph, marking=marking,
                is_marked=self._portion is not None, heading=heading, parent=parent, label=raw.label,
                section=section,  # type: ignore[arg-type]  # One of the four by construction.
            )
        )  # fmt: skip
