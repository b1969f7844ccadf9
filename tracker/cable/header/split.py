"""The header cut into its fields, and the place where the body begins.

What stands in a field is read by the modules beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from tracker.cable.header.captions import is_caption_line
from tracker.cable.header.classification import (
    is_classification_line,
    is_numbered_classification,
)
from tracker.cable.header.fields import LABEL, Field, starts_paragraph, virtual_lines
from tracker.cable.lines import Line

# What a recipient is like where a fragment starts without its label: "RUEHAK/AMEMBASSY ANKARA".
_ROUTED = re.compile(r"(?:R[A-Z0-9]{3,8}|ZEN)\s?/\s?[A-Z]")
_PASS = re.compile(  # "DEPT FOR EUR/CARC", "PLEASE PASS TO USTR", "FOR AMBASSADOR FROM …"
    r"(?:[^a-z]{1,80}\s)?(?:FOR|PASS|PLEASE PASS|PLS PASS|FROM)\b(?:[\s:]|$)"
    r"|(?:Department|Dept|State|STATE|DEPT|DEPARTMENT)\b.{0,60}?\b(?:for|pass|FOR|PASS)\b"
)
_REFERENCE_ITEM = re.compile(  # "B. BAKU 00280", "(C) STATE 123", "AND BAKU 12"
    r"(?:AND\b|[(\[]?[A-Z][)\].:]{1,2}\s|[A-Z]\s+(?=[A-Z0-9])|\(?[A-Z]\))?.{0,80}?\d"
)
_TAG_LINE = re.compile(r"(?:[A-Z]{2,5}[,;/]?\s*)+$")
_REASON_TAIL = re.compile(r"^\(?[A-Ha-h]\)|^1\.\d|^\(?[a-h]\b|^(?:and|AND)\b")
_MANY = {
    "action", "info", "tags", "subject", "reference", "classified", "derived", "reason", "order",
    "declassify", "pass_to", "origin", "exempt",
}  # fmt: skip
_STRONG = {
    "order", "tags", "subject", "reference", "classified", "info", "action", "dtg", "derived",
    "declassify", "reason", "classification",
}  # fmt: skip
_WHOLE_LINE = {
    "transmission", "routing", "relay", "security", "dtg", "distribution", "noise",
    "classification",
    "captions", "pass_to", "row",
}  # fmt: skip
_HARD_START = re.compile(  # with these no covering note has a line of its own
    r"VZCZC\w{3,}$|ZCZC\w*$|DE R[A-Z]{4,6} \#\d|ZN[RY] [A-Z]{5} ZZ|[ZOPR] \d{6}Z [A-Z]{3} \d\d"
    r"|E\.O\. 1\d{4}:"
)
_LOOK_AHEAD = 400
_PROSE = 250
_BANNER = 80


@dataclass(slots=True)
class HeaderParts:
    """The fields in order, the lines that none of them claims, those of a covering note above,
    and where the body begins."""

    fields: list[Field] = field(default_factory=list)
    unknown: list[Line] = field(default_factory=list)
    preface: list[Line] = field(default_factory=list)
    body: int = 0

    def named(self, name: str) -> list[Field]:
        """All fields of one name that have content."""
        return [part for part in self.fields if part.name == name and part.lines]

    def first(self, name: str) -> Field | None:
        """The first field of that name that has content, None where there is none."""
        return next(iter(self.named(name)), None)


def split_header(lines: Sequence[Line], *, has_preface: bool = True) -> HeaderParts:
    """Cut the header off ``lines`` and into fields; ``body`` is the place of the first line below.

    With ``has_preface`` a covering note may stand above it."""
    head, names, limit = _collect(lines)
    if has_preface and not _STRONG & set(names[:limit]):
        start = _start_below_preface(lines)
        if start is not None:
            preface = [line for line in lines[:start] if line.text]
            parts = split_header(lines[start:], has_preface=False)
            parts.preface = preface
            return parts
    last = _last_label(head[:limit], names)
    splitter = _Splitter(last=last, is_double_spaced=_is_double_spaced(head[: last + 1]))
    for place in range(limit):
        if not splitter.take(place, head[place], names[place]):
            limit = place
            break
    parts = splitter.parts
    parts.body = head[limit].start if limit < len(head) else lines[-1].end
    if not parts.named("classification"):
        parts.fields += [Field("classification", [line]) for line in _banners(lines, parts.body)]
    return parts


def _last_label(head: list[Line], names: list[str | None]) -> int:
    """The index of the last line that must be of the header. A level alone on a line, as pages have
    it at their foot, makes no header of the text above it."""
    last = -1
    is_text_above = False
    for place, line in enumerate(head):
        name = names[place]
        is_banner = name == "classification" and not is_numbered_classification(line.text)
        if name in _STRONG and not (is_banner and is_text_above):
            last = place
        is_text_above = is_text_above or (name is None and bool(line.text))
    return last


def _banners(lines: Sequence[Line], body: int) -> Iterator[Line]:
    """Lines of the body that state a level and nothing else, which is how a text without a
    classification line is marked at the head or foot of its pages."""
    for line in lines:
        if line.start < body or len(line.text) >= _BANNER or not line.text.isupper():
            continue
        if is_classification_line(line.text) and not is_numbered_classification(line.text):
            yield line


def _start_below_preface(lines: Sequence[Line]) -> int | None:
    """The line with which a cable begins below a covering note, None where none does."""
    for place, line in enumerate(lines[:_LOOK_AHEAD]):
        is_short = place > 0 and line.text[:1].isupper() and len(line.text) < 120
        if is_short and (is_numbered_classification(line.text) or _HARD_START.match(line.text)):
            return place
    return None


def _name_of(text: str) -> str | None:
    found = LABEL.match(text)
    if found is not None:
        return found.lastgroup
    if is_classification_line(text):
        return "classification"
    return "captions" if is_caption_line(text) else None


def _collect(lines: Sequence[Line]) -> tuple[list[Line], list[str | None], int]:
    """The lines down to the first paragraph, their labels, and the index of the body."""
    head: list[Line] = []
    names: list[str | None] = []
    current = None
    for line in islice(virtual_lines(lines), _LOOK_AHEAD):
        name = _name_of(line.text) if line.text else None
        head.append(line)
        names.append(name)
        current = name or current
        if name is None and line.text:
            limit = _limit(head, names, current)
            if limit is not None:
                return head, names, limit
    return head, names, len(head)


def _limit(head: list[Line], names: list[str | None], current: str | None) -> int | None:
    """The index at which the body begins if the last line of ``head`` tells, else None."""
    text = head[-1].text
    if current == "reference" and len(text) < 60 and _is_numeric_reference(text):
        return None
    if starts_paragraph(text) or len(text) > _PROSE:
        return len(head) - 1
    if current not in ("subject", None) and re.match(r"[-=_]{4,}\s*$", text):
        return _line_before(head, names, len(head) - 1)
    return None


def _is_numeric_reference(text: str) -> bool:
    return re.match(r"\(?[A-Z1-9][.)]{1,2}\s*[A-Z0-9 ]{3,40}\d{2,7}\b", text) is not None


def _line_before(head: list[Line], names: list[str | None], place: int) -> int:
    """The heading over an underline, else the underline itself."""
    for before in range(place - 1, -1, -1):
        if head[before].text:
            return before if names[before] is None else place
    return place


def _is_double_spaced(head: list[Line]) -> bool:
    """Every line of the header is followed by a blank one, as copies from the web have it."""
    printed = [n for n, line in enumerate(head) if line.text]
    pairs = sum(after - before > 1 for before, after in pairwise(printed))
    return len(printed) > 5 and pairs >= 0.8 * (len(printed) - 1)


class _Splitter:
    """Walks down the header and gives each line to a field."""

    def __init__(self, last: int, is_double_spaced: bool) -> None:
        self.parts = HeaderParts()
        self._last = last
        self._is_double_spaced = is_double_spaced
        self._current: Field | None = None
        self._has_blank = False

    def take(self, place: int, line: Line, name: str | None) -> bool:
        """Give the line to a field; False where the body begins with it."""
        if not line.text:
            self._has_blank = True
            return True
        if name is not None:
            self._open(name, line)
        elif self._current is not None and self._continues(self._current, line, place):
            self._current.lines.append(line)
        elif not self._take_unlabelled(line, place):
            return False
        self._has_blank = False
        return True

    def _open(self, name: str, line: Line) -> None:
        self._current = Field(name)
        self.parts.fields.append(self._current)
        found = LABEL.match(line.text)
        skipped = found.end() if found is not None and name not in _WHOLE_LINE else 0
        text = line.text[skipped:].lstrip()
        if text:
            self._current.lines.append(Line(line.end - len(text), line.end, text))

    def _take_unlabelled(self, line: Line, place: int) -> bool:
        in_header = place < self._last or (bool(self.parts.fields) and line.text.isupper())
        if _ROUTED.match(line.text):
            self._open_as("action", line)
        elif in_header and len(line.text) < 200 and _PASS.match(line.text):
            self._open_as("pass_to", line)
        elif place < self._last:
            self.parts.unknown.append(line)
            self._current = None
        else:
            return False
        return True

    def _open_as(self, name: str, line: Line) -> None:
        self._current = Field(name, [line])
        self.parts.fields.append(self._current)

    def _continues(self, current: Field, line: Line, place: int) -> bool:
        if current.name not in _MANY:
            return False
        if not current.lines:
            return place < self._last or not self._has_blank or len(line.text) < _PROSE
        if not self._has_blank:
            return True
        if self._is_double_spaced and len(current.lines[-1].text) > 50 and len(line.text) < 100:
            return True
        return self._continues_after_blank(current, line, place)

    def _continues_after_blank(self, current: Field, line: Line, place: int) -> bool:
        text = line.text
        if current.name in ("action", "info"):
            return _ROUTED.match(text) is not None
        if current.name == "reference":
            return len(text) < 160 and _REFERENCE_ITEM.match(text) is not None
        if current.name in ("classified", "reason"):
            return _is_open(current.text) or _REASON_TAIL.match(text) is not None
        if current.name == "subject":
            return place < self._last and text.isupper() and not _PASS.match(text)
        return current.name == "tags" and _TAG_LINE.match(text) is not None


def _is_open(text: str) -> bool:
    """A bracket is not closed, or the last word wants another."""
    return text.count("(") > text.count(")") or text.lower().endswith(
        ("reason", "reasons", "and", ",", "for", "e.o.", "1.4", "1.5", "of")
    )
