"""The classification line: level, caveats, number of sections, post and number.

Other ways to say the level (banners, portion marks) are read elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.cable.markings import FULL_NAMES, LEVELS
from tracker.cable.posts import post_code

_LEVEL = re.compile(
    r"""
    (?P<ts>T\s?O\s?P\s{0,3}S\s?E\s?C\s?R\s?E\s?T)
    |(?P<s>S\s?E\s?C\s?R\s?E\s?T)
    |(?P<c>C\s?O\s?N\s?F\s?I\s?D\s?E\s?N\s?T\s?I\s?A\s?L)
    |(?P<lou>L\s?I\s?M\s?I\s?T\s?E\s?D\s{0,3}O\s?F\s?F\s?I\s?C\s?I\s?A\s?L\s{0,3}U\s?S\s?E)
    |(?P<sbu>SENSITIVE\ BUT\ UNCLASSIFIED|SBU)
    |(?P<u>U\s?N\s?C\s?L\s?A\s?S(?:\s?S\s?I\s?F\s?I\s?E\s?D)?)
    """,
    re.VERBOSE,
)
_LEVELS = {
    "ts": "TOP SECRET", "s": "SECRET", "c": "CONFIDENTIAL", "lou": "LIMITED OFFICIAL USE",
    "sbu": "UNCLASSIFIED", "u": "UNCLASSIFIED",
}  # fmt: skip
_CAVEAT = re.compile(
    r"""[\s/,;-]{0,6}(?:
    (?P<noforn>N\s?O\s?F\s?O\s?R\s?N|NF\b)
    |(?P<fouo>F\s?O\s?R\s{0,3}O\s?F\s?F\s?I\s?C\s?I\s?A\s?L\s{0,3}U\s?S\s?E\s{0,3}O\s?N\s?L\s?Y|FOUO)
    |(?P<release>REL(?:\s+TO)?\s+[A-Z]{3,4}(?:\s?[,/&]\s?[A-Z]{3,4}\b){0,40})
    |(?P<orcon>ORCON)|(?P<propin>PROPIN)
    |(?P<caption>SIPDIS|SENSITIVE|EXDIS|NODIS|LIMDIS|STADIS|ROGER\ CHANNEL|TERREP
        |S\ I\ P\ D\ I\ S)\b
    |(?P<efto>E\ ?F\ ?T\ ?O\b)
    |(?P<section>(?:FINAL\s+)?SECTION\s{0,4}(?:\d{1,3}(?:\.\d{1,2})?)?\s{0,3}OF\s{0,3}(?P<count>\d{1,3}))
    |//
    )""",
    re.VERBOSE,
)
_NUMBER = re.compile(  # "BAKU 000832", "BAKU 000832 - CORRECTED COPY (…)", "USUN NEW YORK 00012"
    r"""[\s/-]{0,6}(?P<post>[A-Z][A-Z.'/ -]{1,40}?)\s{0,8}(?P<number>\d{2,8})
    (?:\s*[-/(]{0,2}\s*(?:C\s?O\s?R\s?R\s?E\s?C\s?T\s?E\s?D|CORRECTED|FINAL|RETRANSMI|FOR|SIPDIS|SENSITIVE|NOFORN).*)?$""",
    re.VERBOSE,
)
_LONG_NUMBER = re.compile(r"\d{5}")  # "Secret 12" and "Secret talks in 2007" are prose.
_TIMED = re.compile(r"\s+\d{6}Z\b.*$")


# Letters of other scripts that look like those of a level.
_LOOKALIKES = str.maketrans("АВЕІКМНОРСЅТХҮΑΒΕΙΚΜΝΟΡΤΧΥ", "ABEIKMHOPCSTXYABEIKMNOPTXY")


@dataclass(frozen=True, slots=True)
class ClassificationLine:
    """What a classification line says. ``number`` is without leading zeros."""

    classification: str
    captions: tuple[str, ...]
    sections: int | None
    post: str | None
    number: str | None


def read_classification_line(text: str) -> ClassificationLine | None:
    """The line read, None where it is none or says something else besides. Letters that only look
    like those of a level count as them, and so do small ones where the line has nothing but the
    level and the post's number: a marking is never lost by how it was typed."""
    found = _read_line(text)
    if found is not None or len(text) >= 200:
        return found
    plain = text if text.isascii() else _plain_letters(text)
    found = _read_line(plain) if plain != text else None
    if found is not None or plain.isupper():
        return found
    found = _read_line(plain.upper().translate(_LOOKALIKES))
    is_whole = found is not None and (found.number is None or _LONG_NUMBER.search(plain))
    return found if is_whole else None


def _plain_letters(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)


def _read_line(text: str) -> ClassificationLine | None:
    level = _LEVEL.match(text) if len(text) < 200 else None
    if level is None:
        return None
    caveats, captions, sections, place = _read_caveats(text, level.end())
    if level.lastgroup == "sbu":
        captions.insert(0, "SENSITIVE")
    rest = _TIMED.sub("", text[place:]).strip(" /-.")
    number = _NUMBER.match(rest) if rest else None
    if rest and number is None and not rest.startswith(("CORRECTED", "C O R R E C T E D")):
        return None
    if place == level.end() and rest and text[place : place + 1].isalpha():
        return None
    return ClassificationLine(
        classification="//".join([_LEVELS[level.lastgroup or "u"], *dict.fromkeys(caveats)]),
        captions=tuple(dict.fromkeys(captions)),
        sections=sections,
        post=post_code(number["post"]) if number else None,
        number=number["number"].lstrip("0") or None if number else None,
    )


def _read_caveats(text: str, place: int) -> tuple[list[str], list[str], int | None, int]:
    caveats: list[str] = []
    captions: list[str] = []
    sections = None
    while True:
        found = _CAVEAT.match(text, place)
        if found is None:
            return caveats, captions, sections, place
        place = found.end()
        if found["noforn"]:
            caveats.append("NOFORN")
        elif found["fouo"]:
            caveats.append("FOR OFFICIAL USE ONLY")
        elif found["release"]:
            caveats.append(" ".join(found["release"].split()))
        elif found["orcon"] or found["propin"]:
            caveats.append(found["orcon"] or found["propin"])
        elif found["caption"]:
            captions.append(found["caption"].replace("S I P D I S", "SIPDIS"))
        elif found["count"]:
            sections = int(found["count"])


def is_classification_line(text: str) -> bool:
    """A line states the level of the document and nothing foreign to that."""
    return read_classification_line(text) is not None


def is_numbered_classification(text: str) -> bool:
    """A line states the level with post and number, as only the head of a cable does."""
    line = read_classification_line(text)
    return line is not None and line.number is not None


def highest_classification(stated: Iterable[str]) -> str | None:
    """The highest level among classifications ("SECRET//NOFORN"), with the caveats of all. A
    release ("REL TO …") holds only where each of them has it; None where nothing is stated."""
    every = list(dict.fromkeys(stated))
    if not every:
        return None
    level = max((one.partition("//")[0] for one in every), key=_rank)
    caveats = dict.fromkeys(caveat for one in every for caveat in one.split("//")[1:])
    kept = [
        caveat
        for caveat in caveats
        if not caveat.startswith("REL") or all(caveat in one.split("//") for one in every)
    ]
    return "//".join([level, *kept])


def _rank(level: str) -> int:
    return LEVELS.get(FULL_NAMES.get(level, "U"), 0)
