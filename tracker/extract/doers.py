"""Who carries out an act: the subject, what a pronoun stands for, the agent of a passive.

Only persons and sides are found here; what follows from them is decided in `resolve`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.cable import Span
from tracker.extract.cast import Cast
from tracker.extract.match import Match
from tracker.extract.mention import CLASSES, OBLIQUE, SUBJECT, Mention, merge
from tracker.extract.model import Kind
from tracker.extract.skeleton import Skeleton

_ACTORS = frozenset(SUBJECT.values())


_AGENT = re.compile(
    r"\b(?:be|to be|is|are) (?:\w+ly )?"
    r"(?!(?:represented|accompanied|headed|followed|joined|led) by)"
    r"\w{2,20}(?:ed|en|t|up|out|un|ne|ld)(?: up| out| off| over| in| back| down)? "
    r"(?:(?!\w+ed )[^ .;:,]+ ){0,8}?(?:jointly )?by "
    rf"(?P<agent>[{''.join(OBLIQUE[c] for c in CLASSES)}])"
)


# "(both sides, by November 30)", "Action: Embassy"
_INPUT = re.compile(rf"\bwith (?:input|help|support) from (?P<agent>[{''.join(OBLIQUE.values())}])")


_ANYONE = f"(?P<agent>[{''.join([*SUBJECT.values(), *OBLIQUE.values()])}])"


_PARTS_PLAYED = (
    "participation|attendance|membership|involvement|presence|contribution|ratification|signature|"
    "adoption|trips?|visits?|briefings?|surveys?|assessments?|presentations?|reviews?|training|"
    "inspections?|tours?|demonstrations?|workshops?|courses?|seminars?|stud(?:y|ies)|reports?"
)
# "a joint trip by both agencies", "attendance by nine officers"; "MOJ participation"
_PLAYS_PART = re.compile(
    rf"^(?:\(?\w{{1,3}}\) ?)?(?:(?:[a-z0-9'-]+ ){{0,4}}?(?:{_PARTS_PLAYED}) by "
    rf"(?P<agent>[{''.join(OBLIQUE.values())}])|"
    rf"(?:further |joint )?(?P<other>[{''.join(SUBJECT.values())}]) (?:{_PARTS_PLAYED})\b)"
)
# "For Embassy Oslo: please follow up"
_ADDRESSED = re.compile(rf"(?:action )?(?:requests? )?for {_ANYONE} ?[:,-] ")
# "(State, Foreign Ministry)"
_SEVERAL = re.compile(rf"\({_ANYONE}(?:, {_ANYONE.replace('?P<agent>', '')})+\)")
_NAMED = re.compile(
    rf"\({_ANYONE}(?:,|;| by)[^()]*\)\W*\Z|"
    rf"(?:\(|\b)(?:action|lead|poc|owner|responsible): ?{_ANYONE.replace('agent', 'other')}"
)


@dataclass(slots=True)
class Context:
    """What is known around a unit: the cast, whether the meeting is over, whether this is text
    to be spoken to the other side, and the actor last spoken of."""

    cast: Cast
    is_report: bool
    is_spoken: bool = False
    is_steps: bool = False
    """Whether the heading or lead-in announces steps to be taken."""
    is_asks: bool = False
    """Whether it announces what our side is to pursue."""
    antecedent: Mention | None = None
    person: Mention | None = None
    """The person last spoken of, for whom "he" and "she" stand."""
    lead: Resolved | None = None


@dataclass(slots=True)
class Resolved:
    """What a passage asks for."""

    kind: Kind
    responsible: tuple[str, ...]
    owners: tuple[str, ...]
    doer: Mention | None
    doer_sort: str
    sort: str = ""
    doer_span: Span | None = None


_IMPERSONAL = ("propose", "objective-is", "step-is", "important", "please", "author-")
"""Rules whose doer is named in the match or not at all."""


def find_doer(match: Match, skeleton: Skeleton, context: Context) -> Mention | None:
    """Who does what the rule matched: the doer it names, or the nearest mention before its verb."""
    if match.doer is not None:
        return antecedent_of(match.doer, context, skeleton, match.doer_at or 0)
    if match.rule.sort in {"author_request", "session", "opportunity"}:
        return None
    if match.rule.id.startswith(_IMPERSONAL):
        return None
    last = min(match.start + 1, len(skeleton.text)) - 1
    if _GOES_ON.search(skeleton.text, max(0, match.start - 20), match.start):
        first = _first_subject(skeleton, match)
        if first is not None:
            return antecedent_of(first, context)
    for position in range(last, match.floor - 1, -1):
        if skeleton.text[position] in _ACTORS:
            return antecedent_of(skeleton.mentions[position], context)
    return None


# "could not respond, its agency not being there, but promised to": the subject stands first.
_GOES_ON = re.compile(r",? (?:and|but) (?:also |then )?\Z")


def _first_subject(skeleton: Skeleton, match: Match) -> Mention | None:
    """The first actor of the clause that could be the subject of a verb behind "and"."""
    begun = max(match.floor, skeleton.text.rfind(";", 0, match.start) + 1)
    places = [k for k, m in skeleton.mentions.items() if begun <= k < match.start]
    named = [skeleton.mentions[k] for k in sorted(places)]
    return next((m for m in named if not m.is_oblique), None)


def antecedent_of(
    mention: Mention, context: Context, skeleton: Skeleton | None = None, at: int = 0
) -> Mention:
    """ "They" and "he" stand for the actor last spoken of; unknown names for the other side."""
    if mention.sort != "who":
        return mention
    if mention.owners:
        return mention
    inside = [m for k, m in (skeleton.mentions if skeleton else {}).items()
              if k < at and m.owners and not m.is_oblique]  # fmt: skip
    if mention.is_person:
        before = _person_before(skeleton, at) or context.person
    else:
        before = inside[-1] if inside else context.antecedent
    if before is not None:
        return Mention(mention.span, before.sort, before.parties, before.owners)
    if context.antecedent is not None:
        known = context.antecedent
        return Mention(mention.span, known.sort, known.parties, ())
    return mention


_CLAUSE = re.compile(r";|, (?:and|but|while) ")


def _person_before(skeleton: Skeleton | None, at: int) -> Mention | None:
    """The person for whom "he" stands: the first of its own clause, else the nearest before."""
    if skeleton is None:
        return None
    begun = max((m.end() for m in _CLAUSE.finditer(skeleton.text, 0, at)), default=0)
    persons = [(k, m) for k, m in skeleton.mentions.items()
               if k < at and m.owners and m.is_person and not m.is_oblique]  # fmt: skip
    near = [m for k, m in persons if k >= begun]
    if near:
        return near[0]
    return persons[-1][1] if persons else None


def find_agent(match: Match, skeleton: Skeleton, context: Context) -> Mention | None:
    """Who a passive says is to do it: "to be approved by both parties"; or a label, or a bracket.

    A passive that only depends on the act of the match has no part in it.
    """
    text = skeleton.text
    addressed = _ADDRESSED.match(text)
    if addressed is not None and match.doer is None:
        return skeleton.mentions.get(addressed.start("agent"))
    agent = _AGENT.search(text) if " by " in text else None
    if agent is not None and match.rule.sort == "commitment" and match.done_at is None:
        agent = agent if agent.start() < match.end else None
    if agent is not None and match.doer is not None and match.done_at is None:
        agent = agent if match.act_at is None or agent.start() <= match.act_at else None
    return _agent_of(agent, skeleton, context, is_thing=match.rule.id == "listed-thing")


def _agent_of(
    agent: re.Match[str] | None, skeleton: Skeleton, context: Context, *, is_thing: bool
) -> Mention | None:
    text = skeleton.text
    match = (
        agent
        or (_PLAYS_PART.match(text) if is_thing else None)
        or (_INPUT.search(text) if " from " in text else None)
        or (_NAMED.search(text) if "(" in text or ":" in text else None)
    )
    if match is None:
        return None
    groups = match.groupdict()
    place = match.start("agent" if groups["agent"] else "other")
    found = skeleton.mentions.get(place)
    if found is None:
        return None
    if several := _SEVERAL.match(text, place - 1):
        named = [m for k, m in skeleton.mentions.items() if place <= k < several.end()]
        return merge(named)
    return antecedent_of(found, context)


def side_of(doer: Mention | None, context: Context) -> str:
    """On which side the doer stands: "own" and "them" also for "we" and "you", "none" without a
    doer, "who" where the text leaves it open, else the sort of the mention."""
    if doer is None:
        return "none"
    if doer.sort == "you":
        return "them" if context.is_spoken else "own"
    if doer.sort == "who":
        return "who"
    return "own" if doer.sort == "we" else doer.sort
