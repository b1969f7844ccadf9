"""Cuts a block into sentences.

Knows abbreviations and list signs; what a sentence says is not its business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.cable import Span
from tracker.extract.date_forms import MONTH
from tracker.extract.lexicon.words import HEADS, MODALS, MODIFIERS

# An end of sentence with its closing quotes, before a new beginning.
_END = re.compile(
    r"""(?P<sign>[.!?]) (?P<close>["”’')\]]{0,3}) (?P<gap>\s{1,}) (?=["“‘'(\[]{0,2} [A-Z0-9¶])""",
    re.VERBOSE,
)
# "by December\n31. For its part": a day, and no number of a list.
_MONTH_BEFORE = re.compile(rf"\b{MONTH}\s*\Z", re.IGNORECASE)
# A list sign inside running text: "needs: --The agency …", ". -- Both sides".
_DASH = re.compile(r"[.;:!?](?P<dash>\s{0,200}(?<!-)--?\s{0,3})(?=[A-Za-z\"“])(?<![A-Za-z0-9]-)")

_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr gen sen rep amb col lt maj capt prof min st no nos para paras ref refs vs etc
    inc ltd co corp dept govt approx fig e.g i.e cf jan feb mar apr jun jul aug sep sept oct nov
    dec adm vadm brig cmdr sgt hon messrs art sec ch vol p pp u.s u.n d.c a.m p.m op cit al viz pres
    ave e.u u.k u.s.g ph.d c.o.b
    """.split()
)
_LONGEST = 3000
_MONTHS = frozenset(
    {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)
_LAST_WORD = re.compile(r"[\w.]{1,20}\Z")
# After "U.S." these begin a new sentence: "The U.S." is more often followed by a name.
_OPENERS = frozenset(
    """
    the this that these those we it he she they his her its their in on at as if when while after
    before there however our a an both such since although for with under
    """.split()
)
_OFFICES = (HEADS | MODIFIERS) - {"minister", "prime"}
# "Brazil will", "Minister Silva said": the words that tell whether a sentence begins.
_NEXT_WORDS = re.compile(r"[\"“‘'(\[]{0,2}(\w[\w'’-]*)(?:\s{1,3}([\w'’-]+))?(?:\s{1,3}([\w'’-]+))?")
# "to the U.S. Brazil": behind these "the U.S." is mostly whole.
_TO_US = re.compile(
    r"\b(?:to|with|from|in|of|by|and|for|between|against) (?:the )?\Z", re.IGNORECASE
)


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
    if masked.find("-", *span) >= 0:
        cuts |= {m.start("dash") for m in _DASH.finditer(masked, *span) if len(m["dash"]) > 1}
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
        return _begins_sentence(masked, match.end(), last.start())
    if word in _MONTHS:
        return not masked[match.end() : match.end() + 1].isdigit()
    is_office = masked[last.start() - 1 : last.start()] == "/"  # "for INL/AAE and AF/W."
    is_initial = len(word) == 1 and word.isalpha() and last[0][0].isupper() and not is_office
    if word in _ABBREVIATIONS or is_initial:
        return False
    return not (
        word.isdigit()
        and len(word) < 3
        and last.start() == match.start() - len(word)
        and masked[max(0, last.start() - 1) : last.start()] in {"\n", ""}
        and _MONTH_BEFORE.search(masked, max(0, last.start() - 14), last.start()) is None
    )


def _begins_sentence(masked: str, position: int, before: int) -> bool:
    """Whether a sentence begins behind "U.S.": "U.S. Brazil will", but not "U.S. Navy will"."""
    following = _NEXT_WORDS.match(masked, position)
    if following is None:
        return False
    first, *others = (word.lower() for word in following.groups("") if word)
    if first in _OPENERS:
        return True
    if following[1].isupper() or not _OFFICES.isdisjoint([first, *others[:1]]):
        return False
    lead = " ".join(masked[max(0, before - 20) : before].split()) + " "
    return _TO_US.search(lead) is not None and not MODALS.isdisjoint(others)
