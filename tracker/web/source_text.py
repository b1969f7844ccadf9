"""Cuts a cable's text where passages begin and end, for showing them lit in their place.

Pure functions over text and spans; escaping is the templates' business.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.cable import Span

_CONTEXT = 90


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text. ``of`` holds the keys of all passages that cover it, the shortest
    first; ``begins`` those that begin with it, so that a page can put their anchors here."""

    text: str
    of: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


def cut(text: str, passages: Sequence[tuple[int, Span]]) -> list[Piece]:
    """The whole text in order; passages, given as (key, span), may overlap and nest. Spans past
    the end are cut short, empty ones left out."""
    inside = [(key, max(0, s), min(len(text), e)) for key, (s, e) in passages]
    inside = [passage for passage in inside if passage[1] < passage[2]]
    inside.sort(key=lambda passage: passage[2] - passage[1])
    edges = sorted({0, len(text), *(s for _, s, _ in inside), *(e for _, _, e in inside)})
    pieces = []
    for start, end in pairwise(edges):
        of = tuple(key for key, s, e in inside if s <= start and end <= e)
        begins = tuple(key for key, s, _ in inside if s == start)
        pieces.append(Piece(text[start:end], of, begins))
    return pieces


def place_of_shown(text: str, shown: Span) -> Span:
    """The span in the text of a selection in a browser, which takes each line end for one
    character whatever it is; without white space at either end. Empty past the end."""
    places = [n for n, c in enumerate(text) if not (c == "\n" and text[n - 1 : n] == "\r")]
    places.append(len(text))
    last = len(places) - 1
    return without_space(text, (places[min(shown[0], last)], places[min(shown[1], last)]))


def shown_places(text: str) -> Callable[[Span], Span]:
    """From spans in the text to those that a browser counts; the way back of ``place_of_shown``."""
    pairs = [n for n, c in enumerate(text) if c == "\n" and text[n - 1 : n] == "\r"]
    return lambda span: (
        span[0] - bisect_left(pairs, span[0]),
        span[1] - bisect_left(pairs, span[1]),
    )


def without_space(text: str, span: Span) -> Span:
    """The span without white space at either end; empty where there is nothing else."""
    passage = text[span[0] : span[1]]
    start = span[0] + len(passage) - len(passage.lstrip())
    return start, max(start, start + len(passage.strip()))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage on one line with a few words around it."""

    before: str
    passage: str
    after: str
    span: Span


def excerpt(text: str, span: Span, context: int = _CONTEXT) -> Excerpt:
    """The passage with up to ``context`` characters on each side, cut at words."""
    start, end = max(0, span[0]), min(len(text), span[1])
    before = " ".join(text[max(0, start - context) : start].split())
    after = " ".join(text[end : end + context].split())
    if start > context:
        before = "… " + before.partition(" ")[2]
    if end + context < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Excerpt(before, " ".join(text[start:end].split()), after, (start, end))
