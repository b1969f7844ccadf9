"""Cuts sentences into units, each of which may be one item, with what its lead-in lends it.

Lists in sentences and bullets are taken apart here; what a unit says is for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.cable import Block, Cable, Span
from tracker.extract.lexicon.words import ACTS
from tracker.extract.sentences import split_sentences, strip

# "(a)", "(2)", "1)", "b.", "(ii)" before an element of a list.
_MARK = re.compile(
    r"""(?:(?<=\s)|(?<=^)|(?<=[:;,]))
    (?: (?<! ref\ ) (?<! refs\ ) (?<! para\ )
        \( (?P<a> [a-h] | [1-9]\d? | i{1,3} | iv | vi{0,3} | ix ) \)
      | (?P<b> [1-9] | [a-h] ) \) ) \s{0,4}""",
    re.VERBOSE | re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_WORDS = re.compile(r"[\w'’.-]+")


_ENDING = 12


@dataclass(slots=True)
class Unit:
    """A passage that may be one item. ``lead`` is the unit that introduces it (a line ending in
    a colon); ``is_element`` whether it is an element of a list."""

    span: Span
    block: Block
    index: int
    lead: Unit | None = None
    is_element: bool = False


def read_units(cable: Cable) -> list[Unit]:
    """The units of every block that may hold items, in order."""
    found: list[Unit] = []
    leads: dict[int, Unit] = {}
    for index, block in enumerate(cable.blocks):
        if block.kind in {"heading", "signature"}:
            continue
        lead = leads.get(block.parent) if block.parent is not None else None
        units = list(_units_of_block(cable, block, index, lead))
        found.extend(units)
        if units:
            leads[index] = units[-1] if block.parent is None else (lead or units[-1])
    return found


def _units_of_block(cable: Cable, block: Block, index: int, lead: Unit | None) -> Iterator[Unit]:
    is_bullet = block.kind == "bullet"
    current = lead if lead is not None and _announces(cable, lead) else None
    sentences = split_sentences(cable.masked, block.span)
    is_labelled = is_bullet and len(sentences) > 1 and _is_label(cable.masked, sentences[0])
    for n, sentence in enumerate(sentences):
        units = list(_split_list(cable.masked, sentence, block, index))
        if (
            units[0].lead is None
            and current is not None
            and (is_bullet or _is_dashed(cable, sentence))
        ):
            for unit in units:
                unit.lead = unit.lead or current
                unit.is_element = True
            if is_bullet and n > 0 and not is_labelled:
                for unit in units:
                    unit.is_element = False
        elif is_bullet and n == is_labelled:
            units[0].is_element = True
        if is_labelled and n == 0:
            units[0].is_element = False
        yield from units
        last = units[-1]
        if not is_bullet and not last.is_element and _announces(cable, last):
            current = last


def _is_label(masked: str, span: Span) -> bool:
    """ "Wildlife trafficking." before what is to be done about it."""
    words = masked[span[0] : span[1]].split()
    return len(words) < 5 and words[-1].endswith(".") and words[0][:1].isupper() and (
        words[0].lower() not in ACTS
    )  # fmt: skip


def _is_dashed(cable: Cable, span: Span) -> bool:
    before = cable.masked[max(0, span[0] - 6) : span[0]].rstrip()
    return before.endswith("-")


def _announces(cable: Cable, unit: Unit) -> bool:
    text = cable.masked[max(unit.span[0], unit.span[1] - _ENDING) : unit.span[1]]
    return text.endswith((":", "following", "following.")) or ":" in text[-3:]


def _split_list(masked: str, span: Span, block: Block, index: int) -> Iterator[Unit]:
    """An enumeration in a sentence as a lead-in and its elements."""
    if (aims := _infinitives(masked, span)) is not None:
        announced = Unit(aims[0], block, index)
        yield announced
        for element in aims[1:]:
            yield Unit(element, block, index, announced, True)
        return
    marks = _sequence(masked, span) if masked.find(")", *span) >= 0 else []
    if len(marks) < 2:
        yield Unit(span, block, index)
        return
    ends = [m.start() for m in marks[1:]] + [span[1]]
    elements = [
        s
        for mark, end in zip(marks, ends, strict=True)
        if (s := _trim(masked, (mark.start(), end))) is not None
    ]
    if any(len(_WORDS.findall(masked, *e)) < 4 for e in elements):
        yield Unit(span, block, index)
        return
    lead_span = strip(masked, (span[0], marks[0].start()))
    lead = Unit(lead_span, block, index) if lead_span else None
    if lead is not None:
        yield lead
    for element in elements:
        yield Unit(element, block, index, lead, True)


_FIRST_AIM = re.compile(r":\s+(?=to\s[a-z])")
_NEXT_AIM = re.compile(r";\s+(?:and\s+)?(?=to\s[a-z])")


def _infinitives(masked: str, span: Span) -> list[Span] | None:
    """ "Our aims are modest: to obtain …; to see …; and to persuade …": what stands before the
    colon and each of the acts behind it; None where a sentence is no such list."""
    first = _FIRST_AIM.search(masked, *span) if masked.find(";", *span) >= 0 else None
    if first is None:
        return None
    cuts = [*_NEXT_AIM.finditer(masked, first.end(), span[1])]
    if not cuts:
        return None
    starts = [first.end(), *(cut.end() for cut in cuts)]
    ends = [*(cut.start() + 1 for cut in cuts), span[1]]
    return [(span[0], first.start() + 1), *zip(starts, ends, strict=True)]


def _trim(masked: str, span: Span) -> Span | None:
    """An element without the "and" that belongs to the next."""
    found = strip(masked, span)
    if found is None:
        return None
    text = masked[found[0] : found[1]]
    cut = re.search(r"[;,]?\s+(?:and|or)\Z", text)
    if cut is not None:
        keep = cut.start() + (text[cut.start()] in ";,")
        return strip(masked, (found[0], found[0] + keep))
    return found


def _sequence(masked: str, span: Span) -> list[re.Match[str]]:
    """Marks that count up from the first: (a), (b), … or 1), 2), …"""
    found: list[re.Match[str]] = []
    expected = 1
    for match in _MARK.finditer(masked, *span):
        name = (match["a"] or match["b"]).lower()
        if expected in _values(name):
            found.append(match)
            expected += 1
    return found


def _values(name: str) -> set[int]:
    values = {int(name)} if name.isdigit() else set()
    if len(name) == 1 and name.isalpha():
        values.add(ord(name) - 96)
    if name in _ROMAN:
        values.add(_ROMAN[name])
    return values
