"""The way from text to ``Cable``: mask, header, blocks. Each step is a module of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from tracker.cable.body.assemble import assemble
from tracker.cable.body.divide import divide
from tracker.cable.body.resolve import Resolver
from tracker.cable.characters import hidden_characters
from tracker.cable.header.read import read_header
from tracker.cable.header.signer import find_signer
from tracker.cable.header.split import split_header
from tracker.cable.lines import split_lines
from tracker.cable.markings import short_form
from tracker.cable.mask import mask
from tracker.cable.model import Block, Cable, Header
from tracker.cable.repeats import mask_repeats


def parse_cable(text: str) -> Cable:
    """Read ``text`` as a cable, whole or a fragment of one; never raises on any text.

    Spans count code points of ``text``. What is not understood becomes a warning with its place.
    """
    masked = mask(text)
    hidden, warnings = hidden_characters(text)
    lines = split_lines(masked)
    parts = split_header(lines)
    reading = read_header(parts, text)
    header = reading.header
    masked = mask_repeats(masked, lines, parts.body, header.subject)
    signer = find_signer(masked, parts.body)
    end = signer[1][0] if signer else len(masked)
    document = short_form(header.classification, header.captions)
    raws, numbers, repaired = assemble(split_lines(masked, parts.body, end), text, masked)
    resolver = Resolver(masked, document, parts.body, end, hidden)
    resolver.run(divide(raws, masked))
    blocks = resolver.blocks
    if signer:
        blocks.append(Block("signature", signer[1], None, document, False))
        header.spans["signed_by"] = signer[1]
    if numbers[:1] == [2] and _opens_with_classifier(masked, header):
        numbers = [1, *numbers]
    summary = _summary(blocks, masked)
    header = replace(
        header, signed_by=signer[0] if signer else None, paragraphs=tuple(numbers), summary=summary
    )
    warnings += [*reading.warnings, *repaired, *resolver.warnings]
    return Cable(text, masked, header, tuple(blocks), tuple(warnings))


# "1. (C) CLASSIFIED BY DCM …": a paragraph that is read with the header.
_FIRST = re.compile(r"[^\S\n]*1\s?\.\s")


def _opens_with_classifier(masked: str, header: Header) -> bool:
    """Whether the line that says who classified the cable is its first paragraph."""
    span = header.spans.get("classified_by")
    return span is not None and _FIRST.match(masked, masked.rfind("\n", 0, span[0]) + 1) is not None


def _summary(blocks: list[Block], masked: str) -> str | None:
    texts = [
        " ".join(masked[block.span[0] : block.span[1]].split())
        for block in blocks
        if block.section == "summary" and block.kind != "heading"
    ]
    return " ".join(texts) or None
