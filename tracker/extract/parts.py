"""A part of a sentence as the rules read it: a clause, with the words that lend it a subject.

Only reading and places; where a sentence is cut is decided in `split` and `second_acts`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.cable import Span
from tracker.extract.candidates import Candidate, find_candidate
from tracker.extract.lexicon import Lexicon
from tracker.extract.match import Match
from tracker.extract.mention import OBLIQUE, SUBJECT
from tracker.extract.skeleton import Skeleton

Part = tuple[Span, Candidate]
"""A passage of the source, and what the rules find in it."""

_SUBJECTS = frozenset(SUBJECT.values())
# What lends its actor to a clause lends it as the subject.
_AS_SUBJECT = str.maketrans({OBLIQUE[sort]: SUBJECT[sort] for sort in SUBJECT})
_END = re.compile(r"(?:[,;] ?|,? (?:and|but|while|whereas))*\s*\Z")


class Clause(NamedTuple):
    """A stretch of a skeleton, read behind another stretch (``lead``) that lends it its subject.

    ``is_whole`` tells that it could be a sentence of its own: it begins the sentence or stands
    behind a semicolon; ``is_relative`` that it is one of "at which", "for which";
    ``is_asyndetic`` that a comma alone stands before it.
    """

    start: int
    end: int
    lead: Span = (0, 0)
    is_whole: bool = True
    is_relative: bool = False
    is_asyndetic: bool = False


def read_clause(
    skeleton: Skeleton, clause: Clause, lexicon: Lexicon, *, is_listed: bool = False
) -> Candidate:
    """What the rules find in a clause; places are those of the whole skeleton."""
    first, last = clause.lead
    head = skeleton.text[first:last].rstrip().translate(_AS_SUBJECT)
    head += " " if head else ""
    by = clause.start - len(head)
    mentions = {k - first: m for k, m in skeleton.mentions.items() if first <= k < last}
    mentions |= {k - by: m for k, m in skeleton.mentions.items() if clause.start <= k < clause.end}
    text = head + skeleton.text[clause.start : clause.end].rstrip()
    cut = skeleton.with_text(text, mentions)
    found = find_candidate(cut, lexicon, is_listed=is_listed)
    found.matches = [m for m in found.matches if m.end > len(head) and _acts_in(m, len(head))]
    for match in found.matches:
        give_doer(match, cut)
        _settle(match, len(head), first, by)
    return found


def _acts_in(match: Match, lead: int) -> bool:
    return match.act_at is None or match.act_at >= lead


def give_doer(match: Match, cut: Skeleton) -> None:
    """The subject nearest before a promise whose rule names none, looked for in the clause."""
    if match.doer is not None or match.rule.sort != "commitment":
        return
    for place in range(min(match.start, len(cut.text)) - 1, match.floor - 1, -1):
        if cut.text[place] in _SUBJECTS:
            match.doer, match.doer_at = cut.mentions[place], place
            return


def _settle(match: Match, lead: int, first: int, by: int) -> None:
    """Move the places of a match to the whole skeleton; it begins in the clause itself."""

    def moved(place: int | None) -> int | None:
        return None if place is None else place + (by if place >= lead else first)

    match.floor = lead + by
    match.start = max(match.start, lead) + by
    match.end += by
    match.doer_at, match.done_at = moved(match.doer_at), moved(match.done_at)
    match.act_at = moved(match.act_at)


def source_of(skeleton: Skeleton, start: int, end: int) -> Span:
    """The passage of the source that a clause stands for, without the "and" behind it."""
    text = _END.sub("", skeleton.text[start:end])
    return skeleton.source_span(start, start + max(1, len(text)))
