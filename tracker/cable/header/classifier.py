"""Who classified a cable and for what reasons: "Classified By: Ambassador X for reasons 1.4 (b)".

The name is separated from title and office; days of declassification are read elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.cable.header.titles import (
    ALSO_NAMES,
    NAME_PARTICLES,
    PLACE_PREPOSITIONS,
    SUFFIXES,
    TITLE_WORDS,
)
from tracker.cable.posts import MANY_WORDS

_REASON = re.compile(  # "for reasons 1.4 (b) and (d)", "PER E.O. 12958 1.4(B)", "Reason: 1.5 (b/d)"
    r"""[\s,;:.(-]*\b(?:
    (?:(?:for|per|under|with|due\ to|by|based\ (?:up)?on|citing|pursuant\ to|in\ accordance\ with
        |because\ of|on)\s+)?
        (?:the\s+)?(?:following\s+)?(?:reasons?|reaons?|reasosn|reson|resons)\b
    |(?:for|per|under|pursuant\ to|in\ accordance\ with|due\ to)\s+(?:the\s+)?
        (?:e\.?o\.?\b|executive\ order|sections?\b|paras?\b|1\.[4-6])
    |e\.?\s?o\.?\s?1\d{4}
    |(?:sections?|sec\.?)\s+1\.\d
    |1\.[4-6]\s*[(\[]?\s*[a-h]\b
    |(?:1\.[4-6])\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_SECTION = re.compile(r"(?<![\d.])(1[.,]\s?[4-6]|3\.[3-5])(?!\d)")
_LETTERS = re.compile(
    r"(?<![A-Za-z.])[(\[{/]?\s{0,3}([A-Ha-h](?:\s?[,/&-]?\s?[A-Ha-h]){0,7})\s{0,3}(?:[)\]}/,.;:&]|\band\b|\s|$)"
)
_NAME_WORD = re.compile(r"(?:[A-Z][A-Za-z'.-]*|[A-Z]\.?(?:[A-Z]\.)*|[^\W\d_][\w'.-]*)$")
_NICKNAME = re.compile(r"[\"(][A-Z][A-Za-z.]{1,15}[\")]$")
_ON_BEHALF = re.compile(r"(?<=[a-z])\s+for\s+(?=(?:Ambassador|Amb\.?|DCM|Charge|CDA)\s)")
_FILLER = re.compile(r"^(?:\(?(?:U|C|S|SBU)\)\s*|by\b|BY\b|[:;,.\s-])+")


@dataclass(frozen=True, slots=True)
class Classifier:
    """The officer's name without title, the title and office, and reasons as ``1.4(b)``."""

    name: str | None = None
    title: str | None = None
    reasons: tuple[str, ...] = ()


def read_classifier(text: str) -> Classifier:
    """What follows "Classified By", folded to one line, a line of reasons included."""
    found = _REASON.search(text)
    officer = text[: found.start()] if found else text
    tail = text[found.start() :] if found else ""
    if found and not officer.strip(" ,.;:-("):
        officer = _after_reasons(tail)
    officer = _FILLER.sub("", officer, count=1)
    if officer.lower().startswith(("derived", "multiple sources")):
        return Classifier(None, None, read_reasons(tail))
    head = _ON_BEHALF.split(officer, maxsplit=1)[0]
    name, title = _name_and_title(head)
    if not name:
        name, title = _name_and_title(officer)
    if not name:
        name, title = _name_and_title(officer, has_acronyms=False)
    return Classifier(name or None, title or None, read_reasons(tail))


def read_reasons(text: str) -> tuple[str, ...]:
    """``1.4 (b) and (d)`` is ``1.4(b)``, ``1.4(d)``; each once, in order."""
    reasons: list[str] = []
    sections = list(_SECTION.finditer(text))
    for place, section in enumerate(sections):
        end = sections[place + 1].start() if place + 1 < len(sections) else section.end() + 60
        number = re.sub(r"[,\s]+", ".", section[1]).replace("..", ".")
        reasons += [f"{number}({letter})" for letter in _letters(text[section.end() : end])]
    return tuple(dict.fromkeys(reasons))


def _letters(text: str) -> list[str]:
    """The letters that follow a section: "(b, d)", "(B) AND (D)", "b/d", "(b)(d)"."""
    letters: list[str] = []
    place = 0
    text = re.sub(r"\b(?:and|or|&)\b", " ", text, flags=re.IGNORECASE)
    while True:
        step = re.compile(r"[\s(\[{)\]},;/&.:-]*").match(text, place)
        place = step.end() if step else place
        one = re.compile(r"([A-Ha-h])(?![A-Za-z'])|([A-Ha-h]{2,3})(?=[)\]])").match(text, place)
        if one is None:
            return letters
        letters += list((one[1] or one[2]).lower())
        place = one.end()


def _after_reasons(tail: str) -> str:
    """The officer where the reasons come first: "Reasons 1.4 (b), Ambassador Jane Roe"."""
    found = re.search(r"\)\s*[,.;:]?\s*([A-Z][a-zA-Z].*)$", tail)
    return found[1] if found else ""


def _name_and_title(officer: str, *, has_acronyms: bool = True) -> tuple[str, str]:
    """Without ``has_acronyms`` short words in capitals may be names ("Counselor JANE ROE")."""
    pieces = [
        piece.strip(" .;:-") for piece in re.split(r"[,;]|\s-{1,2}\s|(?<=[a-z]{3})\.\s", officer)
    ]
    for place, piece in enumerate(pieces):
        name, title = _split_piece(piece, has_acronyms=has_acronyms)
        if name:
            following = pieces[place + 1 :]
            if following and following[0].upper().strip(".") in SUFFIXES:
                name += ", " + following.pop(0)
            rest = [*pieces[:place], title, *following]
            return name, ", ".join(part for part in rest if part)
    return "", ", ".join(piece for piece in pieces if piece)


def _split_piece(piece: str, *, has_acronyms: bool) -> tuple[str, str]:
    """The name at the end (or head) of a piece, and the title that stands with it."""
    words = piece.split()
    if not words or not any(character.isalpha() for character in piece):
        return "", piece
    flags = _flags(words, has_acronyms=has_acronyms)
    if all(flags):
        return "", piece
    begin = max((place + 1 for place, flag in enumerate(flags) if flag), default=0)
    if begin == len(words):
        return _name_first(words, flags)
    begin = _skip_place(words, begin)
    name = words[begin:]
    return " ".join(name).strip(" .,"), " ".join(words[:begin])


def _name_first(words: list[str], flags: list[bool]) -> tuple[str, str]:
    """ "Jane Roe Deputy Chief of Mission": the run of words before the first title."""
    begin = flags.index(False)
    end = next((place for place in range(begin, len(words)) if flags[place]), len(words))
    return " ".join(words[begin:end]).strip(" .,"), " ".join([*words[:begin], *words[end:]])


def _skip_place(words: list[str], begin: int) -> int:
    """Leave out the place of an office: "Consul General in Rio de Janeiro Jane Roe"."""
    before = [word.upper() for word in words[max(0, begin - 3) : begin]]
    is_second = len(before) == 3 and before[2] == "AND" and before[0] in PLACE_PREPOSITIONS
    if not before or (before[-1] not in PLACE_PREPOSITIONS and not is_second):
        return begin
    for size in (4, 3, 2):
        if (
            " ".join(words[begin : begin + size]).upper() in MANY_WORDS
            and len(words) > begin + size
        ):
            return begin + size
    return begin + 1 if len(words) - begin >= 3 else begin


def _flags(words: list[str], *, has_acronyms: bool) -> list[bool]:
    """Which words belong to a title; a name that is also such a word ("Mary West") stays a name."""
    flags = [
        _is_title(word) or (has_acronyms and _is_acronym(words, place))
        for place, word in enumerate(words)
    ]
    last = len(words) - 1
    if last > 0 and not flags[last - 1] and not _is_title(words[last]):
        flags[last] = False
    for place in range(1, len(words)):
        if _bare(words[place]) in ALSO_NAMES and not flags[place - 1]:
            flags[place] = any(flags[place + 1 :])
    if words and len(_bare(words[0])) == 1 and "." not in words[0]:
        flags[0] = len(flags) > 1 and flags[1]
    return flags


def _bare(word: str) -> str:
    return word.strip(",;:()").upper().rstrip(".")


def _is_title(printed: str) -> bool:
    word = printed.strip(",;:()").upper()
    bare = word.rstrip(".")
    if len(bare) == 1:
        return False
    if bare in NAME_PARTICLES and bare not in TITLE_WORDS:
        return False
    if word in TITLE_WORDS or bare in TITLE_WORDS:
        return True
    return "/" in word or ("-" in bare and all(part in TITLE_WORDS for part in bare.split("-")))


def _is_acronym(words: list[str], place: int) -> bool:
    """A short word in capitals among others that are not: an office ("EAP", "USNATO")."""
    original = words[place].strip(",;:().")
    is_acronym = original.isupper() and 2 <= len(original) <= 5 and original.isalpha()
    return is_acronym and not all(other.isupper() for other in words)
