"""Whether an act is an aim of the author's side or a step that somebody carries out.

The word of the act alone; whose it is and what the sentence makes of it is `resolve`'s.
"""

from __future__ import annotations

from tracker.extract.lexicon.words import DELIVER, STATES, TALK
from tracker.extract.match import Match
from tracker.extract.mention import Mention
from tracker.extract.model import Kind


def is_role(match: Match) -> bool:
    """ "Be the point of contact" is a task, "be as open as possible" is not."""
    return match.act == "be" and match.leads_to_noun


_AIMS = frozenset(
    "say avoid seek obtain secure pursue achieve use explore consider gain win insist focus".split()
)
_STEPS_OF_OFFICES = frozenset({"identify", "offer", "tell"})
_REPLIES = frozenset("advise confirm inform notify reply respond tell".split())


def kind_of_act(act: str | None, side: str) -> Kind:
    """Our own talking is an objective; producing something, and what others do, an action."""
    if side in {"them", "both", "third"}:
        return "action"
    if act is None or act in TALK or act not in DELIVER:
        return "objective"
    return "action"


def is_order_to_office(match: Match, doer: Mention | None) -> bool:
    """ "Please confirm", "Commerce should pouch these": what an office at home is to carry out,
    by a verb of reply or one that no list knows."""
    if match.rule.id == "please":
        return match.act in _REPLIES or match.act not in TALK
    if doer is None or not doer.owners or doer.is_person or match.act is None:
        return False
    if doer.owners[-1].split()[-1] in {"delegation", "DELEGATION", "Washington", "WASHINGTON"}:
        return False
    if match.act in _STEPS_OF_OFFICES:
        return True
    return match.act not in TALK and match.act not in STATES and match.act not in _AIMS
