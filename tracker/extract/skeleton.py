"""Finds the actors that a sentence names, and reduces it to a skeleton that rules can read.

Knows the grammar of actor phrases; what a rule makes of them is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from tracker.cable import Span
from tracker.extract.actors import ActorReader
from tracker.extract.cast import Cast
from tracker.extract.lexicon import Lexicon
from tracker.extract.lexicon.words import DETERMINERS, HEADS, MODALS, MODIFIERS
from tracker.extract.mention import OBLIQUE, SUBJECT, Mention, merge
from tracker.extract.tokens import Token, tokenise


@dataclass(slots=True)
class Skeleton:
    """A sentence in lower case with each actor as one character.

    ``at`` holds where in the skeleton each token begins, ``spans`` that token's place in the
    source; ``mentions`` is by position in the skeleton.
    """

    text: str
    at: list[int]
    spans: list[Span]
    mentions: dict[int, Mention] = field(default_factory=dict)

    def source_start(self, position: int) -> int:
        """The place in the source of a position in the skeleton."""
        n = max(0, bisect_right(self.at, position) - 1)
        start, end = self.spans[n]
        return min(start + max(0, position - self.at[n]), end) if self.text else start

    def source_span(self, start: int, end: int) -> Span:
        """The passage of the source that a stretch of the skeleton stands for."""
        first = max(0, bisect_right(self.at, start) - 1)
        last = max(first, bisect_right(self.at, max(start, end - 1)) - 1)
        return self.spans[first][0], self.spans[last][1]


_JOINT = re.compile(r"(?:,|and|or|&|/|-|,\s?and|as\ well\ as)", re.VERBOSE)


def read_skeleton(masked: str, span: Span, cast: Cast, lexicon: Lexicon) -> Skeleton:
    """Tag the actors of one sentence, and read an installation's phrases as those of the rules."""
    tokens = tokenise(masked, span)
    phrases = [(tuple(phrase.split()), known) for phrase, known in lexicon.phrases.items()]
    reader = ActorReader(tokens, cast)
    mentions: dict[int, Mention] = {}
    parts: list[str] = []
    at: list[int] = []
    spans: list[Span] = []
    length = index = 0
    previous_end = span[0]
    while index < len(tokens):
        start, _, _, _, piece, _, may_start = tokens[index]
        if start > previous_end and parts:
            parts.append(" ")
            length += 1
        stop = index + 1
        if phrases and (known := _phrase(tokens, index, phrases)):
            piece, stop = known
        elif may_start and _may_begin(tokens, index) and (actor := reader.read(index)):
            mentions[length], stop = join_coordinated(reader, actor, tokens)
            piece = _mark(mentions[length], tokens[stop - 1])
        at.append(length)
        previous_end = tokens[stop - 1].end
        spans.append((start, previous_end))
        parts.append(piece)
        length += len(piece)
        index = stop
    if not at:
        at, spans = [0], [span]
    return Skeleton("".join(parts), at, spans, mentions)


# "The Embassy is requested to:", "The parties will": an act must follow.
_OPEN_END = re.compile(r"\b(?:to|should|will|shall|must|would|could|can|may)[ :-]*\Z")


def complete(skeleton: Skeleton) -> Skeleton:
    """A lead-in whose acts follow as a list, with a word in their place, so that rules match."""
    if _OPEN_END.search(skeleton.text) is None:
        return skeleton
    text = skeleton.text.rstrip(" :-") + " provide"
    return Skeleton(text, skeleton.at, skeleton.spans, skeleton.mentions)


def _mark(mention: Mention, last: Token) -> str:
    """The character that stands for an actor, with the ending of a possessive."""
    table = OBLIQUE if mention.is_oblique else SUBJECT
    return table[mention.sort] + ("'s" if last.is_possessive else "")


def _may_begin(tokens: list[Token], index: int) -> bool:
    """Whether an actor could begin here, by the next few words: most phrases name things."""
    token = tokens[index]
    if token.low in DETERMINERS:
        following = tokens[index + 1 : index + 2]
        return bool(following) and (following[0].may_start or following[0].low == "of")
    if token.low in MODIFIERS and token.text[0].islower() and token.low not in HEADS:
        return any(t.low in HEADS or t.text[0].isupper() for t in tokens[index + 1 : index + 5])
    return True


def _phrase(
    tokens: list[Token], index: int, phrases: list[tuple[tuple[str, ...], str]]
) -> tuple[str, int] | None:
    """The known phrase that stands for the words here, and the index past them."""
    for words, known in phrases:
        stop = index + len(words)
        if words and tuple(t.low for t in tokens[index:stop]) == words:
            return known, stop
    return None


def join_coordinated(
    reader: ActorReader, actor: tuple[Mention, int], tokens: list[Token]
) -> tuple[Mention, int]:
    """ "Washington and the GOAJ" as one actor of both sides."""
    mention, stop = _with_apposition(reader, actor, tokens)
    actor = mention, stop
    found = [mention]
    while len(found) < 6:
        n = stop
        while n < len(tokens) and n < stop + 2 and tokens[n].low in {",", "and", "&", "/", "-"}:
            n += 1
        following = reader.read(n) if stop < n < len(tokens) else None
        if following is None or not _may_join(found[-1], following, tokens, stop, n):
            break
        found.append(following[0])
        stop = following[1]
    if len(found) == 1:
        return mention, stop
    if tokens[stop - 1].low in {","}:
        return mention, actor[1]
    return merge(found), stop


def _with_apposition(
    reader: ActorReader, actor: tuple[Mention, int], tokens: list[Token]
) -> tuple[Mention, int]:
    """ "The navy commander, MG Mwathethe, would like": one actor, as its office names it."""
    mention, stop = actor
    if stop + 1 >= len(tokens) or tokens[stop].low != "," or mention.sort == "we":
        return actor
    name = reader.read(stop + 1) if tokens[stop + 1].may_start else None
    if name is None or name[1] + 1 >= len(tokens) or tokens[name[1]].low != ",":
        return actor
    if tokens[name[1] + 1].low not in MODALS or name[0].sort == "we":
        return actor
    return mention, name[1] + 1


def _may_join(
    left: Mention, following: tuple[Mention, int], tokens: list[Token], stop: int, n: int
) -> bool:
    """A comma alone joins only within a list that ends in "and"."""
    right, right_stop = following
    if right.sort in {"we", "you", "who"} and not right.owners:
        return False
    words = [tokens[k].low for k in range(stop, n)]
    if words == ["-"] or words == [","]:
        after = tokens[right_stop].low if right_stop < len(tokens) else ""
        return words == [","] and after in {",", "and", "or"} and left.sort != "we"
    return True
