"""Markings that stand outside a cable's own text: in the header or footer of a page, in the
subject of a mail. How a line of the text itself is read stands in ``classification``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.cable.header.classification import (
    ClassificationLine,
    highest_classification,
    read_classification_line,
)
from tracker.cable.markings import FULL_NAMES, level_of, read_portion

_NAMES = {short: name for name, short in FULL_NAMES.items()}
_LEVEL_WORDS = (
    "TOP SECRET|SECRET|CONFIDENTIAL|SENSITIVE BUT UNCLASSIFIED|LIMITED OFFICIAL USE|UNCLASSIFIED"
)
_ONE_LEVEL = rf"\b(?:{_LEVEL_WORDS.replace(' ', '[ ]')})\b"
_IN_A_LINE = re.compile(  # "Embassy of Norvale  Confidential//SI//NOFORN  page 2"
    rf"""(?P<level>{_ONE_LEVEL})(?P<controls>(?:\s?//?\s?(?!{_ONE_LEVEL})
    (?>REL[ ]TO[ ][A-Z]{{3,4}}\b(?:,[ ]?[A-Z]{{3,4}}\b)*    # "REL TO USA, GBR"
    |[A-Z](?:(?!{_ONE_LEVEL})[A-Z0-9 -]){{0,40}}?(?=\s?/)|[A-Z][A-Z0-9-]{{0,20}}))*)""",
    re.VERBOSE | re.IGNORECASE,
)
_PIECES = re.compile(r"\s*(?:[|·•:;,()\[\]]|\s[-–—]{1,2}\s)\s*")
_ANSWER = re.compile(r"^\s*(?:(?:RE|FW|FWD|AW|WG|TR)\s*:\s*)+", re.IGNORECASE)  # "RE: FW: "
_AT_THE_HEAD = re.compile(  # "[SECRET//NOFORN] Talks", "(C) Talks", "CONFIDENTIAL: Talks"
    rf"""(?:[(\[{{](?P<mark>[^()\[\]{{}}]{{1,60}})[)\]}}]\s*[:–—-]?\s*
    |(?P<words>[A-Z][A-Za-z/, ]{{2,60}}?)\s*(?::|\||\s[-–—]{{1,2}}\s)\s*
    |(?P<bare>{_ONE_LEVEL}(?://?[A-Z-]{{2,10}})*)\s+(?=[A-Z]?[a-z]))""",
    re.VERBOSE,
)
_AT_THE_END = re.compile(  # "Talks (C)", "Talks [SECRET]", "Talks - CONFIDENTIAL"
    r"""\s*(?:[(\[{](?P<mark>[^()\[\]{}]{1,60})[)\]}]
    |(?:\||\s[-–—]{1,2}\s)\s*(?P<words>[A-Z][A-Za-z/, ]{2,60}))\s*$""",
    re.VERBOSE,
)


def marking_of_page(lines: Iterable[str]) -> str | None:
    """The marking in the lines of page headers and footers, as a classification line says it:
    the highest level with the caveats of all. None where no line has one."""
    return highest_classification(found for line in lines for found in _marks_in(line))


def split_subject(subject: str) -> tuple[str | None, str]:
    """The marking that the subject of a mail carries, as a classification line says it, and the
    subject without it and without "RE:". None where it has none: a "(U)" counts as none, since a
    portion mark speaks for the subject alone and must not lower the text below it."""
    found, kept, rest = _marks_at_the_head(" ".join(subject.split()))
    end = _AT_THE_END.search(rest)
    mark = _read(end) if end is not None else None
    if end is not None and mark is not None:
        found.append(mark)
        rest = rest[: end.start()]
    whole = read_classification_line(rest)
    if whole is not None and whole.number is None:
        found.append(_printed(whole))
        rest = ""
    return highest_classification(filter(None, found)), " ".join([*kept, rest]).strip()


def _marks_at_the_head(subject: str) -> tuple[list[str], list[str], str]:
    """The marks that a subject begins with, other brackets among them ("[EXTERNAL]"), the rest."""
    found: list[str] = []
    kept: list[str] = []
    rest = _ANSWER.sub("", subject, count=1)
    while place := _AT_THE_HEAD.match(rest):
        mark = _read(place)
        if mark is not None:
            found.append(mark)
        elif place["mark"]:
            kept.append(place[0].strip())
        else:
            break
        rest = _ANSWER.sub("", rest[place.end() :], count=1)
    return found, kept, rest


def _marks_in(line: str) -> list[str]:
    whole = read_classification_line(" ".join(line.split()))
    if whole is not None:
        return [_printed(whole)]
    line = " ".join(line.replace("\t", " | ").split())  # Long runs of blanks would take long.
    pieces = [*_PIECES.split(line), *map(_known_part, _IN_A_LINE.finditer(line))]
    read = [read_classification_line(piece.strip().upper()) for piece in pieces]
    return [_printed(found) for found in read if found is not None]


def _known_part(place: re.Match[str]) -> str:
    """A marking without the controls that no line has ("SI"), which must not hide the others."""
    level = place["level"].upper()
    controls = [" ".join(one.split()).upper() for one in place["controls"].split("/")]
    known = [one for one in controls if one and read_classification_line(f"{level}//{one}")]
    return "//".join([level, *known])


def _read(place: re.Match[str]) -> str | None:
    """The mark at one end of a subject: "" for a "(U)", None for words that are no mark."""
    groups = place.groupdict()
    content = groups["mark"]
    if content is None:
        words = (groups["words"] or groups.get("bare") or "").strip()
        within = _IN_A_LINE.fullmatch(words) if "//" in words else None
        line = read_classification_line(_known_part(within) if within is not None else words)
        return None if line is None or line.number else _printed(line)
    line = read_classification_line(content.strip())
    if line is not None and not line.number:
        return _printed(line)
    portion = read_portion(content) if content.isupper() else None
    if portion is None:
        return None
    return _long_form(portion) if level_of(portion) else ""


def _long_form(portion: str) -> str:
    """A portion mark as a line; one with a control that no line has is said to be releasable to
    nobody."""
    level, *caveats = portion.split("//")
    line = "//".join([_NAMES.get(level, "UNCLASSIFIED"), *caveats])
    read = read_classification_line(line)
    return _printed(read) if read is not None else f"{_NAMES.get(level, 'UNCLASSIFIED')}//NOFORN"


def _printed(line: ClassificationLine) -> str:
    """As a line that reads as the same again."""
    if "SENSITIVE" in line.captions and line.classification == "UNCLASSIFIED":
        return "SENSITIVE BUT UNCLASSIFIED"
    return line.classification
