"""What a body holds twice: headers of later sections, banners between pages, the body itself.

Only what is there a second time is turned into blanks; the first copy stays.
"""

from __future__ import annotations

import re
from array import array

from tracker.cable.header.captions import is_caption_line
from tracker.cable.header.classification import read_classification_line
from tracker.cable.header.fields import is_field, starts_paragraph
from tracker.cable.lines import Line
from tracker.cable.mask import blank_all
from tracker.cable.model import Span

_LEVEL_LINE = re.compile(r"[TSCUL][A-Z /]{3,}")
_PASS_LINE = re.compile(r"(?:DEPT|DEPARTMENT|STATE|PLEASE PASS|PASS TO)\b[^a-z]{0,100}$")
_PROBE = 70
_SHORTEST_BODY = 80


def mask_repeats(masked: str, lines: list[Line], body: int, subject: str | None) -> str:
    """``masked`` at equal length without what the body, which begins at ``body``, repeats."""
    below = [line for line in lines if line.start >= body and line.text]
    masked = blank_all(masked, _headers(below, subject or ""))
    second = _second_body(masked, body)
    return masked if second is None else blank_all(masked, [second])


def _headers(lines: list[Line], subject: str) -> list[Span | None]:
    """Banners, and the first lines of later sections with the fields printed under them."""
    spans: list[Span | None] = []
    is_header = False
    for line in lines:
        if _LEVEL_LINE.match(line.text):
            level = read_classification_line(line.text)
            if level is not None:
                is_header = level.number is not None
                spans.append((line.start, line.end))
                continue
        if is_header and _is_header_line(line.text, subject):
            spans.append((line.start, line.end))
        else:
            is_header = False
    return spans


def _is_header_line(text: str, subject: str) -> bool:
    if starts_paragraph(text):
        return False
    if is_field(text) or is_caption_line(text) or _PASS_LINE.match(text):
        return True
    return " ".join(text.split()) in subject


def _second_body(masked: str, body: int) -> Span | None:
    """The place of a second copy of the body: what begins like it and is like it to the end."""
    head = re.sub(r"\W+", "", masked[body : body + 3 * _PROBE])[:_PROBE]
    if len(head) < 40:
        return None
    first_words = re.match(r"\W*(\w+\W+\w+\W+\w+)", masked[body : body + 200])
    if first_words is None or not _occurs_again(masked, body, first_words[1]):
        return None
    letters, places = _letters(masked, body)
    again = letters.find(head, len(head))
    if again < _SHORTEST_BODY:
        return None
    copy = letters[again:]
    shared = min(len(copy), again)
    if shared < 0.5 * again or not _is_like(letters[:shared], copy[:shared]):
        return None
    return _copy_start(masked, body, _line_start(masked, places[again])), len(masked)


def _occurs_again(masked: str, body: int, words: str) -> bool:
    """A cheap test that keeps the comparison for the few texts that need it."""
    pattern = re.compile(r"\W+".join(map(re.escape, re.findall(r"\w+", words))))
    found = pattern.search(masked, body)
    return found is not None and pattern.search(masked, found.end()) is not None


def _letters(masked: str, body: int) -> tuple[str, array[int]]:
    rest = masked[body:]
    places = [place for place, c in enumerate(rest, start=body) if c.isalnum() or c == "_"]
    return re.sub(r"\W+", "", rest), array("L", places)


def _is_like(first: str, second: str) -> bool:
    """Two texts agree in nearly all of their pieces of forty letters at the same relative place."""
    size, step = 40, max(40, len(first) // 50)
    pieces = [first[place : place + size] for place in range(0, len(first) - size, step)]
    found = sum(
        piece in second[max(0, place - 200) : place + 240]
        for place, piece in zip(range(0, len(first) - size, step), pieces, strict=True)
    )
    return not pieces or found >= 0.7 * len(pieces)


def _copy_start(masked: str, body: int, second: int) -> int:
    """Where the copy begins: with the first line of the header, if that was copied as well."""
    first_line = masked[:body].strip().partition("\n")[0].strip()
    place = masked.find(f"\n{first_line}", body, second) if len(first_line) > 8 else -1
    return second if place < 0 else place + 1


def _line_start(masked: str, place: int) -> int:
    """The beginning of the copy: its number stands before its first letter only in part."""
    return max(masked.rfind("\n", 0, place) + 1, masked.rfind("  ", 0, place) + 1)
