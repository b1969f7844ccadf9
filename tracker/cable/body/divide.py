"""Blocks divided at what stands inside them: run-in headings, bullets and notes in a line.

Each piece keeps the paragraph and the mark of the whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tracker.cable.body.headings import is_mostly_capitals, is_title_case, run_in_title
from tracker.cable.body.openings import read_opening
from tracker.cable.body.raw import RawBlock

_NOTE = re.compile(  # "(NOTE: ", "COMMENT: "
    r"[(\[]?\s?\b(?P<kind>BEGIN NOTE|NOTE|Note|Begin note|BEGIN COMMENT|COMMENT|Comment)\s?[:.]\s"
)
_NOTE_END = re.compile(  # "END NOTE.)", "End comment."
    r"\b(?:END|End|end)\s{1,4}(?:OF\s{1,4})?(?:NOTE|Note|note|COMMENT|Comment|comment)\b\s?\.?[)\]]?\.?"
)
_END_INSIDE = re.compile(  # "End Summary. Three"
    r"[(]?\b(?:END|End|end)\s{1,4}(?:OF\s|of\s)?(?:SUMMARY|Summary|summary)"
    r"(?:\s{1,4}(?:AND|and)\s{1,4}\w+)?\s?[.)]{1,2}\s+(?=\S)"
)
_DOUBLE_DASH = re.compile(r"(?<=[:;.!?,])\s{1,4}(?:and\s{1,3}|or\s{1,3})?(?=--\s?[A-Za-z\"(])")
_SINGLE_DASH = re.compile(r"(?<=[.!?;])\s{1,4}(?=-\s[A-Z\"(])")
_SIGN = re.compile(r"(?:and\s{1,3}|or\s{1,3})?(-{1,2})\s*")
_INNER_TITLE = re.compile(r"[.!?] (?=[A-Z]{3,}(?:[ /&-][A-Z]{2,}){0,6}:\s)")
_LAST_WORDS = re.compile(r"(?<=[.!?)][ \n])(?P<title>[A-Z][^.!?:;\n]{3,80})$")
_END_MARK = re.compile(  # "End Summary.", "(END COMMENT)", "END TEXT OF TALKING POINTS."
    r"""\s*[(\[]?\bend\s{1,4}(?:of\s{1,4})?
    (?:summary|comment|introduction|note|text|quote|(?:talking\s)?points)
    (?:\s{1,4}(?:and|of)\s{1,4}\w+(?:\s\w+)?)?\s*[.)\]]{0,2}\s*$""",
    re.VERBOSE | re.IGNORECASE,
)


def divide(blocks: list[RawBlock], masked: str) -> list[RawBlock]:
    """All blocks in order, divided."""
    divided: list[RawBlock] = []
    has_titles = not is_mostly_capitals(masked[blocks[0].start :]) if blocks else False
    for block in blocks:
        if block.kind == "heading":
            divided.append(block)
            continue
        for piece in _at_run_in(block, masked, has_titles):
            if piece.kind == "heading":
                divided.append(piece)
                continue
            for part in (
                part for half in _at_end(piece, masked) for part in _at_notes(half, masked)
            ):
                divided += _at_bullets(part, masked) if part.kind != "note" else [part]
    return [block for block in _with_trailing_titles(divided, masked) if block.end > block.start]


def _at_run_in(block: RawBlock, masked: str, has_titles: bool) -> Iterator[RawBlock]:
    text = masked[block.start : block.end]
    if block.kind == "bullet" and not (block.label or "").isupper():
        yield block
        return
    inner = [found.end() for found in _INNER_TITLE.finditer(text)] if has_titles else []
    cuts = [0, *inner, len(text)]
    for begin, end in pairwise(cuts):
        yield from _split_title(
            _piece(block, masked, block.start + begin, block.start + end, begin > 0), masked
        )


def _split_title(block: RawBlock, masked: str) -> Iterator[RawBlock]:
    text = masked[block.start : block.end]
    found = run_in_title(" ".join(text[:140].split("\n")))
    if found is None:
        yield block
        return
    title, end, begin = found
    start = block.start + text.find(title[:1])
    heading = replace(block, kind="heading", start=block.start, end=block.start + end)
    heading.is_run_in = True
    heading.start = start if start < heading.end else block.start
    yield heading
    rest = replace(block, kind="paragraph", start=min(block.start + begin, block.end), label=None)
    rest.continues = block.portion is None and block.continues
    if rest.portion is None:
        opening = read_opening(masked[rest.start : rest.start + 60])
        if opening.portion is not None and opening.number is None and opening.sign is None:
            rest.portion, rest.start = opening.portion, rest.start + opening.skipped
    yield rest


def _at_end(block: RawBlock, masked: str) -> Iterator[RawBlock]:
    """Two pieces where a summary ends in mid-paragraph."""
    span = block.start, block.end
    is_named = masked.find("ummary", *span) >= 0 or masked.find("UMMARY", *span) >= 0
    found = _END_INSIDE.search(masked, *span) if is_named else None
    if found is None:
        yield block
        return
    yield _piece(block, masked, block.start, found.start(), False)
    yield _piece(block, masked, found.end(), block.end, True)


def _at_notes(block: RawBlock, masked: str) -> Iterator[RawBlock]:
    place = block.start
    for begin, content, close, end, kind in _notes(block, masked):
        if begin > place:
            yield _piece(block, masked, place, begin, place > block.start)
        note = _piece(block, masked, content, close, True)
        note.is_comment = kind.upper().endswith("COMMENT")
        if not note.is_comment:
            note.kind = "note"
        yield note
        place = end
    if place < block.end:
        yield _piece(block, masked, place, block.end, place > block.start)


def _notes(block: RawBlock, masked: str) -> Iterator[tuple[int, int, int, int, str]]:
    """Notes that are closed inside the block: begin, content, end of content, end, kind."""
    span = block.start, block.end
    if not any(masked.find(stem, *span) >= 0 for stem in ("ote", "OTE", "omment", "OMMENT")):
        return
    ends = [found.span() for found in _NOTE_END.finditer(masked, *span)]
    if not ends:
        return
    starts = [found[0] for found in ends]
    last = block.start
    for found in _NOTE.finditer(masked, block.start, block.end):
        place = bisect_left(starts, found.end())
        if found.start() >= last and place < len(ends):
            last = ends[place][1]
            yield found.start(), found.end(), ends[place][0], last, found["kind"]


def _at_bullets(block: RawBlock, masked: str) -> Iterator[RawBlock]:
    text = masked[block.start : block.end]
    if "-" not in text or ("--" not in text and block.sign != "-"):
        yield block
        return
    cuts = [found.end() for found in _DOUBLE_DASH.finditer(text)]
    if len(cuts) < 2 and not (
        block.kind == "bullet" or (cuts and text[: cuts[0]].rstrip().endswith(":"))
    ):
        cuts = []
    if block.kind == "bullet" and block.sign == "-":
        cuts += [found.end() for found in _SINGLE_DASH.finditer(text)]
    edges = [0, *sorted(set(cuts)), len(text)]
    for place, (begin, end) in enumerate(pairwise(edges)):
        if place == 0:
            yield _piece(block, masked, block.start, block.start + end, False)
            continue
        sign = _SIGN.match(text, begin)
        skipped = sign.end() if sign else begin
        bullet = _piece(block, masked, block.start + skipped, block.start + end, True)
        bullet.kind, bullet.sign, bullet.label = "bullet", sign[1] if sign else "-", None
        yield bullet


def _with_trailing_titles(blocks: list[RawBlock], masked: str) -> Iterator[RawBlock]:
    """A heading that a copy ran onto the end of the block before it."""
    for place, block in enumerate(blocks):
        if block.kind == "heading":
            yield block
            continue
        tail = max(block.start, block.end - 80)
        if "end" in masked[tail : block.end].lower():
            end = _END_MARK.search(masked, tail, block.end)
            block.end = block.end if end is None else max(end.start(), block.start)
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if following is None or following.kind != "bullet":
            yield block
            continue
        found = _LAST_WORDS.search(masked, max(block.start, block.end - 90), block.end)
        if found is None or found.start() <= block.start or not is_title_case(found["title"]):
            yield block
            continue
        heading = replace(
            block,
            kind="heading",
            start=found.start(),
            end=block.end,
            label=None,
            portion=None,
            continues=True,
            is_run_in=False,
        )
        block.end = found.start()
        yield _trimmed(block, masked)
        yield heading


def _piece(block: RawBlock, masked: str, start: int, end: int, continues: bool) -> RawBlock:
    piece = block.part(start, end)
    piece.continues = continues or block.continues
    if continues:
        piece.portion = None
        piece.kind = "bullet" if block.kind == "bullet" else "paragraph"
    return _trimmed(piece, masked)


def _trimmed(block: RawBlock, masked: str) -> RawBlock:
    text = masked[block.start : block.end]
    block.start += len(text) - len(text.lstrip())
    block.end = max(block.start, block.end - (len(text) - len(text.rstrip())))
    return block
