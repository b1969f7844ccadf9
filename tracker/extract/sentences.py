"""Cuts a block into sentences.

Knows abbreviations and list signs; what a sentence says is not its business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.cable import Span

# An end of sentence with its closing quotes, before a new beginning.
_END = re.compile(
    r"""(?P<sign>[.!?]) (?P<close>["”’')\]]{0,3}) (?P<gap>\s{1,}) (?=["“‘'(\[]{0,2} [A-Z0-9¶])""",
    re.VERBOSE,
)
# A list sign inside running text: "needs: --The agency …", ". -- Both sides".
_DASH = re.compile(r"(?<=[.;:!?])\s{0,200}(?<!-)--?\s{0,3}(?=[A-Za-z\"“])(?<![A-Za-z0-9]-)")

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
        "sen",
        "rep",
        "amb",
        "col",
        "lt",
        "maj",
        "capt",
        "prof",
        "min",
        "st",
        "no",
        "nos",
        "para",
        "paras",
        "ref",
        "refs",
        "vs",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "govt",
        "approx",
        "fig",
        "e.g",
        "i.e",
        "cf",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "adm",
        "vadm",
        "brig",
        "cmdr",
        "sgt",
        "hon",
        "messrs",
        "art",
        "sec",
        "ch",
        "vol",
        "p",
        "pp",
        "u.s",
        "u.n",
        "d.c",
        "a.m",
        "p.m",
        "op",
        "cit",
        "al",
        "viz",
        "ave",
        "e.u",
        "u.k",
        "u.s.g",
        "ph.d",
    ]
)
_LONGEST = 3000
_MONTHS = frozenset(
    {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)
_LAST_WORD = re.compile(r"[\w.]{1,20}\Z")
# After "U.S." only these begin a new sentence.
_OPENERS = frozenset(
    [
        "the",
        "this",
        "that",
        "these",
        "we",
        "it",
        "he",
        "she",
        "they",
        "in",
        "on",
        "at",
        "as",
        "if",
        "when",
        "while",
        "after",
        "there",
        "however",
        "our",
        "a",
        "an",
    ]
)
_NEXT_WORD = re.compile(r"[\"“‘'(\[]{0,2}(\w+)")


def split_sentences(masked: str, span: Span) -> list[Span]:
    """The sentences of a passage, without white space around them."""
    return [
        s
        for part in _parts(masked, span)
        for piece in _pieces(masked, part)
        if (s := strip(masked, piece)) is not None
    ]


def _pieces(masked: str, span: Span) -> Iterator[Span]:
    """A sentence without end (a table, a damaged text) in pieces, so that time stays bounded."""
    start, end = span
    while end - start > _LONGEST:
        cut = masked.rfind(" ", start + _LONGEST // 2, start + _LONGEST) + 1
        cut = cut or start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def strip(masked: str, span: Span) -> Span | None:
    """The passage without white space and list signs at its ends, None where nothing is left."""
    start, end = span
    while start < end and (masked[start].isspace() or masked[start] in "•*"):
        start += 1
    while end > start and masked[end - 1].isspace():
        end -= 1
    while start < end and masked[start] == "-" and not masked[start + 1 : start + 2].isdigit():
        start += 1
        while start < end and masked[start].isspace():
            start += 1
    return (start, end) if end > start else None


def _parts(masked: str, span: Span) -> Iterator[Span]:
    cuts = {m.end() for m in _END.finditer(masked, *span) if _ends_sentence(masked, m)}
    cuts |= {m.start() for m in _DASH.finditer(masked, *span) if m.end() - m.start() > 1}
    start = span[0]
    for cut in sorted(cuts):
        if cut > start:
            yield start, cut
            start = cut
    yield start, span[1]


def _ends_sentence(masked: str, match: re.Match[str]) -> bool:
    if match["sign"] != "." or match["close"]:
        return True
    last = _LAST_WORD.search(masked, max(0, match.start() - 20), match.start())
    if last is None:
        return True
    word = last[0].lower().lstrip(".")
    if word in {"u.s", "u.n", "u.k", "e.u", "d.c", "a.m", "p.m"}:
        following = _NEXT_WORD.match(masked, match.end())
        return following is not None and following[1].lower() in _OPENERS
    if word in _MONTHS:
        return not masked[match.end() : match.end() + 1].isdigit()
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and last[0][0].isupper()):
        return False
    return not (
        word.isdigit()
        and len(word) < 3
        and last.start() == match.start() - len(word)
        and masked[max(0, last.start() - 1) : last.start()] in {"\n", ""}
    )
