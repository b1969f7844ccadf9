"""An actor as a sentence names it, and the classes that rules tell apart.

Data only; finding actors is the business of ActorReader.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.cable import Span

# One private character a class, so that a rule's regex reads "an actor of that class". The
# second row is for actors behind a preposition, which are not the subject of what follows.
CLASSES = ("we", "own", "them", "both", "third", "who", "you")
SUBJECT = {name: chr(0xE001 + n) for n, name in enumerate(CLASSES)}
OBLIQUE = {name: chr(0xE011 + n) for n, name in enumerate(CLASSES)}

MARKS = re.compile(f"[{''.join([*SUBJECT.values(), *OBLIQUE.values()])}]")


class Mention(NamedTuple):
    """An actor in a sentence. ``sort`` is one of CLASSES; ``parties`` are names; ``owners`` are
    persons or offices as the text names them, empty for a pronoun."""

    span: Span
    sort: str
    parties: tuple[str, ...]
    owners: tuple[str, ...]
    is_oblique: bool = False
    is_person: bool = False
    """Whether it is one person, for whom "he" or "she" may stand."""


def merge(found: list[Mention]) -> Mention:
    """Several actors as one: of both sides where they are of more than one party."""
    parties = tuple(dict.fromkeys(p for m in found for p in m.parties))
    owners = tuple(dict.fromkeys(o for m in found for o in m.owners))
    sorts = {"own" if m.sort == "we" else m.sort for m in found}
    if len(sorts) == 1:
        sort = sorts.pop()
    elif "own" in sorts:
        sort = "both"
    else:
        sort = "them" if "them" in sorts else "third"
    span = (found[0].span[0], found[-1].span[1])
    return Mention(span, sort, parties, owners, found[0].is_oblique)
