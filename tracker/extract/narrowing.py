"""Leaves out of a passage what the sentence says beside its act, so that a reader sees the act.

Only clauses that go on behind the act, or stand before it as a sentence of their own; a passage
keeps near to half of its length, so that it still tells what it is about.
"""

from __future__ import annotations

import re

from tracker.cable import Span
from tracker.extract.candidates import Candidate
from tracker.extract.mention import OBLIQUE, SUBJECT
from tracker.extract.skeleton import Skeleton

_LEAST = 0.42
"""So much of a passage is kept."""

_ANY = f"[{''.join([*SUBJECT.values(), *OBLIQUE.values()])}]"
_BEHIND = re.compile(
    rf"""(?:
      ;[ ] | [ ]--[ ] | [ ]\(
    | ,[ ](?:(?:to|of|in|for|about)[ ]which|who|whom|whose|which|where|when|since|because|although|
        though|whereas|minus|given|noting|adding|having|even[ ]if|even[ ]though|lest|unless)\b
    | ,[ ]as[ ]{_ANY}
    | ,[ ](?:and|but|while|whereas|for|yet|nor|so)[ ](?={_ANY}[ ]|(?:it|there|this|that|nobody|
        none|some|most|few|many)[ ])
    )""",
    re.VERBOSE,
)
_BEFORE = re.compile(r"; | -- ")


def narrowed(skeleton: Skeleton, span: Span, candidate: Candidate) -> Span:
    """The passage without the clauses beside its act; the passage itself where none can go."""
    best = candidate.best
    text = skeleton.text
    bounds = skeleton.range_of(span)
    length = span[1] - span[0]
    kernel = max(best.end, best.act_at or 0, best.done_at or 0)
    start, end = span
    for cut in _BEFORE.finditer(text, bounds[0], best.start):
        begun = skeleton.source_start(cut.end())
        if end - begun >= _LEAST * length:
            start = begun
    for cut in _BEHIND.finditer(text, kernel, bounds[1]):
        ends = skeleton.source_span(bounds[0], cut.start())[1]
        if ends - start >= _LEAST * length:
            return start, ends
    return start, end
