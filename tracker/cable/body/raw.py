"""Blocks while they are being found: mutable, without resolved markings. Nothing decides here."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.cable.model import BlockKind


@dataclass(slots=True)
class RawBlock:
    """A stretch of the body. ``portion`` is the short form of its own mark, None where it has none.

    ``continues`` says that it carries on the paragraph before it, so that the mark of that holds.
    """

    kind: BlockKind
    start: int
    end: int
    paragraph: int | None = None
    portion: str | None = None
    label: str | None = None
    sign: str | None = None
    continues: bool = False
    lookalike: str | None = None
    is_comment: bool = False
    is_run_in: bool = False

    def part(self, start: int, end: int) -> RawBlock:
        """A block like this one over another stretch (four times as fast as ``replace``)."""
        return RawBlock(
            self.kind, start, end, self.paragraph, self.portion, self.label, self.sign,
            self.continues, self.lookalike, self.is_comment, self.is_run_in,
        )  # fmt: skip
