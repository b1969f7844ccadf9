"""How much speaks for an item: its rules' weights, less what speaks against it.

A veto lowers the tier and drops nothing.
"""

from __future__ import annotations

import re

from tracker.extract.candidates import LISTED_IDS, Candidate
from tracker.extract.doers import Resolved
from tracker.extract.lexicon.load import code_of_country
from tracker.extract.match import Match
from tracker.extract.mention import Mention
from tracker.extract.rules import LIKELY
from tracker.extract.rules.vetoes import PREDICTED, PREDICTIONS
from tracker.extract.skeleton import Skeleton
from tracker.extract.units import Unit

# What somebody else promised, asked for or wants is background, unless it is what was said at the
# talks themselves.
_OF_OTHERS = frozenset({"commitment", "request", "want", "reported"})
# Requests of the author that say themselves what they are, in a list as elsewhere.
_OF_AUTHOR = frozenset({"request-elliptic", "recommend-elliptic", "please", "author-requests"})


def weigh(candidate: Candidate, unit: Unit, has_lead: bool) -> list[Match]:
    """Drop what a list rule picked outside a list with a lead-in; what remains, in order."""
    kept = []
    for match in candidate.matches:
        if match.rule.id in LISTED_IDS and not has_lead:
            if match.rule.id in {"listed-thing", "listed-doing"}:
                continue
            match.weight = min(match.weight, 0.55)
        kept.append(match)
    listed = [m for m in kept if m.rule.id in LISTED_IDS]
    others = [m for m in kept if m.rule.id not in LISTED_IDS]
    if others and others[0].rule.id in _OF_AUTHOR:
        kept = others + listed
    elif listed and has_lead and (not others or others[0].weight <= listed[0].weight + 0.05):
        kept = listed + others
    candidate.matches = kept
    return kept


def _is_country(doer: Mention | None) -> bool:
    """Whether another country acts: an organisation may take part in talks, it does not."""
    parties = doer.parties if doer is not None else ()
    return bool(parties) and parties[0] in code_of_country()


_OURS = frozenset({"we", "own", "both", "you"})
_US = re.compile(r"\b(?:u\.s\.|usg|american|our|us|washington)(?=\W)")
_REACH = 30


def is_among_them(best: Match, skeleton: Skeleton) -> bool:
    """Whether somebody asks or tells one of their own: "the president asked the prosecutor"."""
    if best.rule.sort != "request" and best.rule.id != "instructed":
        return False
    mentions = skeleton.mentions
    if any(m.sort in _OURS for m in mentions.values()) or _US.search(skeleton.text):
        return False
    return any(best.start < k < best.end + _REACH and k != best.doer_at for k in mentions)


def _is_arrangement(best: Match) -> bool:
    """ "The attache and the colonel would go over it every quarter": what the author proposes."""
    doer = best.doer
    return doer is not None and doer.sort in {"both", "own"} and len(doer.owners) > 1


def score(
    candidate: Candidate,
    resolved: Resolved,
    unit: Unit,
    *,
    is_past: bool,
    is_report: bool,
    is_date_of_talks: bool,
    is_among_them: bool,
    words: str,
) -> tuple[float, str]:
    """The weight of an item and the sentence that explains it."""
    best = candidate.best
    others = sum(m.weight >= LIKELY for m in candidate.matches[1:])
    weight = best.weight + min(0.1, 0.05 * others)
    against: list[str] = []
    for veto in candidate.vetoes:
        weight -= veto.weight
        against.append(veto.reason)
    if best.act in PREDICTED and best.rule.id in PREDICTIONS:
        against.append("it predicts what they will say")
    is_of_others = best.doer is not None and best.doer.sort == "third"
    if (resolved.doer_sort == "third" or is_of_others) and best.rule.id != "listed-act":
        is_apart = not is_report or _is_country(best.doer or resolved.doer)
        weight -= 0.55 if best.rule.sort in _OF_OTHERS and is_apart else 0.25
        against.append("it is what others do")
    if is_among_them and not is_report:
        weight -= 0.3
        against.append("it asks nothing of our side")
    if is_past and best.rule.sort in {"commitment", "request", "want", "joint_commitment"}:
        weight -= 0.25
        against.append("its date is past")
    if best.rule.sort == "reported" and not is_report and not _is_arrangement(best):
        weight -= 0.25
        against.append("it is no report of talks")
    if is_date_of_talks:
        weight -= 0.3
        against.append("it tells when the talks are")
    if unit.block.kind == "note":
        weight -= 0.2
        against.append("it stands in a note")
    if unit.block.section == "comment":
        weight -= 0.1
    reason = f"Picked for “{words}”: {best.rule.reason}." if words else f"{best.rule.reason}."
    if against:
        reason += f" Less certain because {' and '.join(dict.fromkeys(against))}."
    return weight, reason
