"""Decides what a candidate means: kind, parties, owners.

Works on one candidate and its context; deadlines and tiers are decided elsewhere.
"""

from __future__ import annotations

import re

from tracker.extract.candidates import Candidate
from tracker.extract.cast import Cast, meaning_of
from tracker.extract.doers import Context, Resolved, find_agent, find_doer, side_of
from tracker.extract.kinds import is_order_to_office, is_role, kind_of_act
from tracker.extract.lexicon.words import TALK
from tracker.extract.match import Match
from tracker.extract.mention import Mention
from tracker.extract.model import Kind
from tracker.extract.skeleton import Skeleton
from tracker.extract.tokens import is_government

# What only the other side can grant, as a list names it before a meeting: "release of the two
# editors", "full access to the port".
_GRANTED = re.compile(
    r"(?:\(?\w{1,3}\) )?(?:(?:an?|the|and|full|early|prompt|regular|continued|unhindered|family|"
    r"public|formal|written|immediate|unconditional) )*"
    r"(?:releases?|registration|access|freedom|ban|repeal|lifting|removal|return|ratification|"
    r"accession|permission|recognition|visits|abolition|enactment|legalization|amnesty|"
    r"extradition|relaxation|reopening)(?: (?:of|to|on|for|by|from|once) |,)"
)


def _is_to_be_granted(match: Match, skeleton: Skeleton, context: Context) -> bool:
    """Whether an element names what we are to obtain, and its lead-in nobody who is to act."""
    if context.is_report or (context.lead is not None and context.lead.doer is not None):
        return False
    return _GRANTED.match(skeleton.text, match.start) is not None


def resolve(candidate: Candidate, skeleton: Skeleton, context: Context) -> Resolved:
    """Kind, responsible parties and owners by the match that governs."""
    match = candidate.best
    sort = match.rule.sort
    if sort == "inherit" and _is_to_be_granted(match, skeleton, context):
        return _plain("action", None, "them", context)
    if sort == "inherit" and context.lead is not None:
        named = find_agent(match, skeleton, context)
        inherited = _inherit(match, context.lead, context)
        if named is None:
            return inherited
        return _plain(inherited.kind, named, side_of(named, context), context)
    doer = find_doer(match, skeleton, context)
    if sort in {
        "objective",
        "action",
        "by_act",
        "step",
        "inherit",
        "joint_commitment",
        "commitment",
        "joint",
        "author_request",
    }:
        doer = find_agent(match, skeleton, context) or doer
    doer_sort = side_of(doer, context)
    return _by_sort(match, sort, doer, doer_sort, context)


def _inherit(match: Match, lead: Resolved, context: Context) -> Resolved:
    """An element of a list: kind by its own act where the lead-in's mood leaves it open."""
    kind = lead.kind
    if lead.sort in {"by_act", "objective", "session"} and match.act and kind != "request":
        kind = kind_of_act(match.act, lead.doer_sort)
    return Resolved(kind, lead.responsible, lead.owners, lead.doer, lead.doer_sort,
                    sort=lead.sort, doer_span=lead.doer_span)  # fmt: skip


def _by_sort(
    match: Match, sort: str, doer: Mention | None, side: str, context: Context
) -> Resolved:
    if sort == "want":
        return _want(doer, side, context)
    if sort == "interest":
        return (
            _want(doer, side, context)
            if side in {"them", "third"}
            else _plain("objective", doer, side if side != "none" else "own", context)
        )
    if sort in {"request", "request_to"}:
        return _request(match, doer, side, context)
    if sort == "author_request":
        return _author_request(match, doer, context)
    if sort == "by_act":
        if context.is_spoken and side in {"them", "third", "who"}:
            return _request(match, doer, side, context)
        if side == "who" and not context.is_report and doer is not None and not doer.parties:
            side = "own" if match.rule.id.startswith("should") else side
        is_step = side == "who" or is_role(match) or is_order_to_office(match, doer)
        kind = "action" if is_step else kind_of_act(match.act, side)
        resolved = _plain(kind, doer, "own" if side in {"none", "who"} else side, context)
        resolved.sort = "by_act"
        return resolved
    if sort == "action":
        return _action(match, doer, side, context)
    if sort == "inherit":
        return _unled(match, doer, side, context)
    if sort == "step":
        return _step(match, context)
    if sort in {"joint", "joint_commitment"}:
        kind = "action" if sort == "joint" or not context.is_report else "commitment"
        known = side if side in {"own", "them", "third", "who"} and doer is not None else "both"
        return _plain(kind, doer if known != "both" or side == "both" else None, known, context)
    return _by_other_sort(match, sort, doer, side, context)


_AGREED_BY_ALL = frozenset({"agreed-that", "agreed-on", "reached-agreement", "agreed-list"})
"""Rules of which a match without a doer tells what both agreed: "it was agreed that"."""


def _by_other_sort(
    match: Match, sort: str, doer: Mention | None, side: str, context: Context
) -> Resolved:
    if sort == "session":
        return _plain("objective", None, "both", context)
    if sort == "opportunity":
        return _plain("objective", None, "own", context)
    if sort == "ongoing":
        kind: Kind = "action" if side == "both" else "commitment"
        if side in {"own", "none"}:
            kind = "objective" if match.act in TALK or match.act is None else "commitment"
        return _plain(kind, doer, "own" if side == "none" else side, context)
    if sort == "weak":
        return _weak(match, doer, side, context)
    if sort == "objective":
        side = {"none": "own", "who": "own"}.get(side, side)
        return _plain("objective", doer, side, context, sort="objective")
    if sort == "reported" and not context.is_report and side == "both":
        return _plain("action", doer, side, context)
    is_promise = sort in {"commitment", "reported"}
    if match.rule.id == "propose" and match.act is None:
        return _plain("action", doer, "own" if side in {"none", "who"} else side, context)
    default = "them" if is_promise else "own"
    if doer is None and match.rule.id in _AGREED_BY_ALL:
        default = "both"
    side = {"none": default, "who": default}.get(side, side)
    return _plain("commitment" if is_promise else "objective", doer, side, context)


def _plain(
    kind: Kind, doer: Mention | None, side: str, context: Context, sort: str = ""
) -> Resolved:
    return Resolved(kind, _parties(doer, side, context), _owners(doer), doer, side,
                    sort=sort or kind, doer_span=doer.span if doer else None)  # fmt: skip


def _parties(doer: Mention | None, side: str, context: Context) -> tuple[str, ...]:
    cast = context.cast
    if doer is not None and doer.parties and side in {doer.sort, "third"} and side != "both":
        return doer.parties
    if side == "both":
        return doer.parties if doer and len(doer.parties) > 1 else cast.everyone
    if side == "them":
        if doer is not None and doer.parties and doer.sort in {"them", "third"}:
            return doer.parties
        return cast.others[:1] or (cast.own,)
    if side == "who":
        return cast.others[:1] or (cast.own,)
    return (cast.own,)


def _owners(doer: Mention | None) -> tuple[str, ...]:
    return doer.owners if doer is not None else ()


def _want(doer: Mention | None, side: str, context: Context) -> Resolved:
    """What we want is our objective; what the other side wants is a request to us."""
    if context.is_spoken and side in {"own"}:
        return _plain("objective", doer, "own", context)
    if side in {"own", "both"}:
        return _plain("objective", doer, side, context)
    if side == "third":
        return _plain("objective", doer, side, context)
    resolved = _plain("request", None, "own", context)
    resolved.doer_span = doer.span if doer else None
    return resolved


def _request(match: Match, doer: Mention | None, side: str, context: Context) -> Resolved:
    """A request is the task of the side that is asked."""
    asked = match.asked
    if match.speaker is not None:
        side = "own" if match.speaker.sort == "we" else match.speaker.sort
    if match.rule.sort == "by_act" or match.rule.sort == "action":
        return _plain("request", doer, "them" if side == "who" else side, context)
    asked_side = side_of(asked, context) if asked is not None else "none"
    owners: tuple[str, ...] = ()
    if asked is not None and (
        match.rule.asked_is_doer
        or asked_side in {"both", "third"}
        or not _is_whole_side(asked, context.cast)
    ):
        owners = _owners(asked)
    if asked_side in {"none", "who"}:
        opposite = (
            "them"
            if side in {"own", "none"} and not (side == "none" and not context.is_report)
            else "own"
        )
        if side == "both":
            opposite = "both"
        return _with_owners(_plain("request", None, opposite, context), owners, doer)
    return _with_owners(_plain("request", asked, asked_side, context), owners, doer)


_SIDE_WORDS = frozenset({"side", "delegation", "government", "administration", "authorities"})


def _is_whole_side(mention: Mention, cast: Cast) -> bool:
    """Whether an actor is a country, people, government or delegation, which is nobody's name."""
    last = mention.owners[-1].split()[-1] if mention.owners else ""
    meaning = meaning_of(last, last, cast)
    return (
        last.lower() in _SIDE_WORDS
        or is_government(last)
        or (meaning is not None and meaning.sort in {"country", "adjective"})
    )


def _with_owners(resolved: Resolved, owners: tuple[str, ...], doer: Mention | None) -> Resolved:
    resolved.owners = owners
    resolved.doer_span = doer.span if doer else None
    return resolved


def _author_request(match: Match, doer: Mention | None, context: Context) -> Resolved:
    """What the author asks for, mostly without saying whom: our own side's action, or, spoken,
    theirs."""
    if context.is_spoken:
        return _plain("request", None, "them", context)
    asked = match.asked or doer
    if asked is not None and asked.sort not in {"we", "own"}:
        asked = None
    return _plain("action", asked, "own", context)


def _unled(match: Match, doer: Mention | None, side: str, context: Context) -> Resolved:
    """An element of a list that no rule introduces."""
    if side in {"own", "them", "third"}:
        return _plain("action", doer, side, context)
    if context.is_asks and not context.is_steps and side != "both":
        return _plain("objective", None, "own", context)
    if context.is_steps or context.is_report or side == "both":
        return _plain("action", doer if side == "both" else None, "both", context)
    return _plain(kind_of_act(match.act, "own"), None, "own", context)


def _step(match: Match, context: Context) -> Resolved:
    """A step that is named without a doer is for both; "is for both sides to …" names one."""
    doer = match.doer
    if doer is None:
        return _plain("action", None, "both", context, sort="step")
    return _plain("action", doer, side_of(doer, context), context, sort="step")


def _action(match: Match, doer: Mention | None, side: str, context: Context) -> Resolved:
    if context.is_spoken and side in {"them", "who"}:
        return _plain("request", doer, "them", context)
    if side in {"none"}:
        side = "both" if context.is_report else "own"
        doer = None
    if side == "who":
        side = "own" if not context.is_report and doer and not doer.parties else "them"
    return _plain("action", doer, side, context)


def _weak(match: Match, doer: Mention | None, side: str, context: Context) -> Resolved:
    if match.rule.id == "weak-wish" and side in {"them", "who"}:
        return _want(doer, "them", context)
    if side in {"them", "who"}:
        return _plain("commitment", doer, "them", context)
    if side == "both":
        return _plain("action", doer, side, context)
    return _plain("objective", doer, "own" if side == "none" else side, context)
