"""Finds the actors that a sentence names, and reduces it to a skeleton that rules can read.

Knows the grammar of actor phrases; what a rule makes of them is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from tracker.cable import Span
from tracker.extract.actors import ActorReader
from tracker.extract.cast import Cast
from tracker.extract.coordination import join_before, join_coordinated, named_by
from tracker.extract.lexicon import Lexicon
from tracker.extract.lexicon.words import DETERMINERS, HEADS, MODALS
from tracker.extract.mention import OBLIQUE, SUBJECT, Mention, merge
from tracker.extract.tokens import Tokens, Word, tokenise


@dataclass(slots=True)
class Skeleton:
    """A sentence in lower case with each actor as one character.

    It consists of parts, each a word or an actor of one or more words: ``at`` holds where each
    begins in the skeleton, ``firsts`` which word it begins with. ``mentions`` is by position in
    the skeleton.
    """

    text: str
    at: list[int]
    firsts: list[int]
    tokens: Tokens
    mentions: dict[int, Mention] = field(default_factory=dict)

    def with_text(self, text: str, mentions: dict[int, Mention]) -> Skeleton:
        """Another text for the same words."""
        return Skeleton(text, self.at, self.firsts, self.tokens, mentions)

    def source_start(self, position: int) -> int:
        """The place in the source of a position in the skeleton."""
        n = bisect_right(self.at, position) - 1
        start = self.tokens.starts[self.firsts[n]]
        return min(start + position - self.at[n], self._end(n)) if self.text else start

    def source_span(self, start: int, end: int) -> Span:
        """The passage of the source that a stretch of the skeleton stands for."""
        first = bisect_right(self.at, start) - 1
        last = bisect_right(self.at, end - 1) - 1 if end - 1 > start else first
        return self.tokens.starts[self.firsts[first]], self._end(last)

    def range_of(self, span: Span) -> Span:
        """The stretch of the skeleton that stands for a passage of the source."""
        starts, parts = self.tokens.starts, len(self.at)
        first = bisect_right(self.firsts, max(0, bisect_right(starts, span[0]) - 1)) - 1
        last = bisect_right(self.firsts, bisect_right(starts, span[1] - 1) - 1)
        return self.at[min(first, parts - 1)], self.at[last] if last < parts else len(self.text)

    def _end(self, part: int) -> int:
        """Where in the source a part ends."""
        return self.tokens.end(self.firsts[part + 1] - 1)


_Known = tuple[int, int, str, Mention | None]
"""What stands for several words, or for an actor: from which word on and up to which, how it is
shown, and the actor."""


def read_skeletons(masked: str, spans: list[Span], cast: Cast, lexicon: Lexicon) -> list[Skeleton]:
    """Tag the actors of sentences, and read an installation's phrases as those of the rules."""
    phrases = [(tuple(phrase.split()), known) for phrase, known in lexicon.phrases.items()]
    sentences = [tokenise(masked, span) for span in spans]
    found = [_find_known(tokens, cast, phrases) for tokens in sentences]
    return list(map(_assemble, sentences, found))


def _assemble(tokens: Tokens, found: list[_Known]) -> Skeleton:
    """The skeleton of a sentence in which these stand for some of the words."""
    shown = [word.shown for word in tokens.words]
    parts: list[str] = []
    firsts: list[int] = []
    named: list[tuple[int, Mention]] = []
    index = 0
    for first, stop, instead, mention in found:
        parts += shown[index:first]
        firsts += range(index, first + 1)
        if mention is not None:
            named.append((len(parts), mention))
        parts.append(f"{instead} " if shown[stop - 1].endswith(" ") else instead)
        index = stop
    parts += shown[index:]
    firsts += range(index, len(shown) + 1)
    at = list(accumulate(map(len, parts), initial=0))
    text = "".join(parts).removesuffix(" ")
    return Skeleton(text, at[:-1] or at, firsts, tokens, {at[n]: m for n, m in named})


def _find_known(
    tokens: Tokens, cast: Cast, phrases: list[tuple[tuple[str, ...], str]]
) -> list[_Known]:
    """The known phrases and the actors of a sentence, in order."""
    words = tokens.words
    reader = ActorReader(tokens, cast)
    found: list[_Known] = []
    stop = 0
    for index in range(len(words)) if phrases else [n for n, w in enumerate(words) if w.opens]:
        if index < stop:
            continue
        if phrases and (known := _phrase(words, index, phrases)):
            shown, stop = known
            found.append((index, stop, shown, None))
        elif (words[index].opens_alone or _may_begin(words, index)) and (
            actor := reader.read(index)
        ):
            mention, end = join_coordinated(reader, index, actor, words)
            first = join_before(reader, index, (mention, end), words, stop)
            if first < index:
                name = named_by(words, first, index - 1, tokens.starts[first])
                mention, index = merge([name, mention]), first
            stop = end
            found.append((index, stop, _mark(mention, words[stop - 1]), mention))
    return found


# "The Embassy is requested to:", "The parties will": an act must follow.
_OPEN_END = re.compile(r"\b(?:to|should|will|shall|must|would|could|can|may)[ :-]*\Z")


# "Post requests that the Department, in coordination with Justice:"
_OPEN_DOER = re.compile(
    rf"\bthat (?P<doer>[{''.join(SUBJECT.values())}])(?:, [^:;]{{1,80}})?[ :,-]*\Z"
)


def complete(skeleton: Skeleton) -> Skeleton:
    """A lead-in whose acts follow as a list, with a word in their place, so that rules match."""
    doer = _OPEN_DOER.search(skeleton.text)
    if doer is not None:
        before = {at: m for at, m in skeleton.mentions.items() if at < doer.end("doer")}
        return skeleton.with_text(skeleton.text[: doer.end("doer")] + " provide", before)
    if _OPEN_END.search(skeleton.text) is None:
        return skeleton
    return skeleton.with_text(skeleton.text.rstrip(" :-") + " provide", skeleton.mentions)


def _mark(mention: Mention, last: Word) -> str:
    """The character that stands for an actor, with the ending of a possessive."""
    table = OBLIQUE if mention.is_oblique else SUBJECT
    return table[mention.sort] + ("'s" if last.is_possessive else "")


_BEHIND_BOTH = frozenset({":", "to", "have", "of"})


def _may_begin(words: list[Word], index: int) -> bool:
    """Whether an actor could begin here, by the next few words: most phrases name things."""
    word = words[index]
    if not word.opens:
        return False
    if word.low in DETERMINERS and word.low != "both":
        if index + 1 == len(words):
            return False
        following = words[index + 1]
        if following.low == "head" and index + 2 < len(words) and words[index + 2].low == "of":
            return True
        if following.is_plain and words[index].low not in {"each", "all", "both"}:
            return _leads_on(words, index + 1)
        if word.low == "both" and (following.low in _BEHIND_BOTH or following.low in MODALS):
            return True
        is_named = len(words) > index + 3 and words[index + 3].low in MODALS
        if word.low == "the" and is_named and words[index + 2].low in HEADS:
            return True
        return following.may_start or following.low == "of"
    return not word.is_plain or _leads_on(words, index)


def _leads_on(words: list[Word], index: int) -> bool:
    """Whether a word that could be part of an actor's name follows those that tell its sort."""
    following = next((word for word in words[index : index + 6] if not word.is_plain), None)
    return following is not None and following.belongs


def _phrase(
    words: list[Word], index: int, phrases: list[tuple[tuple[str, ...], str]]
) -> tuple[str, int] | None:
    """The known phrase that stands for the words here, and the index past them."""
    for phrase, known in phrases:
        stop = index + len(phrase)
        if phrase and tuple(w.low for w in words[index:stop]) == phrase:
            return known, stop
    return None
