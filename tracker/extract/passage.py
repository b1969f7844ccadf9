"""A passage that a title is made from, and how a passive in it becomes an order.

Helps `titles` and `request_titles`; what a title says is decided there.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.cable import Span
from tracker.extract.mention import OBLIQUE, SUBJECT
from tracker.extract.shortening import clean
from tracker.extract.skeleton import Skeleton

ANYONE = f"[{''.join([*SUBJECT.values(), *OBLIQUE.values()])}]"
ADVERBS = r"(?:(?:also|again|further|next|now|then|jointly|not yet|still|once more|\w+ly) )*"


class Passage(NamedTuple):
    """What a title is made from: the text, the passage in it, and its skeleton."""

    masked: str
    span: Span
    skeleton: Skeleton

    def rest(self, position: int) -> str:
        """The passage from a position in the skeleton on, on one line."""
        return clean(self.masked[self.skeleton.source_start(position) : self.span[1]])

    def between(self, start: int, end: int) -> str:
        """The words that a stretch of the skeleton stands for."""
        first, last = self.skeleton.source_span(start, end)
        return clean(self.masked[first:last])


# Words in -ing that are mostly things.
THINGS = frozenset(
    """training meeting building funding planning engineering monitoring understanding lending
    financing shipping beginning hearing processing licensing briefing offering listing opening
    finding feeling wording reading banking fishing mining farming housing manufacturing
    trafficking smuggling laundering spending pricing marketing warning setting standing mapping
    testing including according regarding concerning following during""".split()
)

_SMALL = frozenset("the a an this these more further both all each our its".split())
VERB = re.compile(
    r"[,;:]|\b(?:is|are|was|were|has|have|that|which|said|will)\b|\A(?:this|that)\Z", re.I
)
_NO_SUBJECT = frozenset(
    """it they there he she we that which in on at to as while although though if because since
    given despite when after before""".split()
)
_BY = re.compile(rf" by {ANYONE}")


def after(passage: Passage, participle: int) -> str:
    """What follows a participle, without the one by whom it is done."""
    text = passage.skeleton.text
    end = participle + len(text[participle:].split(" ", 1)[0])
    agent = _BY.match(text, end)
    if agent is not None:
        end = agent.end() + text.startswith(" ", agent.end())
    return passage.rest(end)


def active(passage: Passage, act: str, subject_at: Span, participle: int) -> str | None:
    """A passive turned round: "lists were exchanged" as "Exchange lists". None without a subject
    that can be made the object."""
    subject = passage.between(*subject_at)
    if act == "give" and subject.lower() == "consideration":
        return f"Consider {after(passage, participle).removeprefix('to ')}"
    words = subject.lower().split()
    if not words or words[0] in _NO_SUBJECT or VERB.search(subject):
        return None
    if len(subject) > 70:
        subject = re.split(r" (?:for|of|on|in|to|with|from) ", subject, maxsplit=1)[0]
    if words[0] in _SMALL:
        subject = subject[:1].lower() + subject[1:]
    return f"{act.capitalize()} {subject} {after(passage, participle)}"
