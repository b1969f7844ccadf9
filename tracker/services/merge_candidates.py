"""Makes one candidate of two, and brings the two back.

Deciding whether a candidate becomes a task is review_candidates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy.orm import Session

from tracker.models import CableRecord, Candidate
from tracker.policy.errors import Conflict, InvalidInput
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.visibility import Actor
from tracker.queries.candidates import candidates_merged_into
from tracker.services.review_candidates import (
    lock_for_decision,
    note_decision,
    require_pending,
    set_aside,
    show_again,
)
from tracker.services.understand_cable import readable_text


def merge_candidates(
    session: Session, first: Candidate, second: Candidate, *, actor: Actor, now: dt.datetime
) -> Candidate:
    """One undecided candidate whose span covers both: markings joined, parties and owners united,
    the earlier deadline of those that the text states. Both stand aside for it.

    Raises InvalidInput (the same twice, or of different cables), NotAllowed, or Conflict where
    one has been decided already.
    """
    if first.id == second.id or first.cable_id != second.cable_id:
        raise InvalidInput("Choose two different candidates of the same cable to merge.")
    cable = lock_for_decision(session, first.cable, actor)
    for one in (first, second):
        require_pending(session, one)
    merged = _join(cable, *sorted((first, second), key=lambda one: one.span_start))
    session.add(merged)
    session.flush()
    for one in (first, second):
        one.merged_into_id = merged.id
        set_aside(session, one, "merged", actor, now)
    note_decision(session, merged)
    session.flush()
    return merged


def take_merge_back(
    session: Session, merged: Candidate, *, actor: Actor, now: dt.datetime
) -> list[Candidate]:
    """Brings back what was merged, undecided, in the order of the source. Raises NotAllowed, or
    Conflict where the candidate was not merged or has been decided meanwhile."""
    lock_for_decision(session, merged.cable, actor)
    require_pending(session, merged)
    originals = candidates_merged_into(session, merged)
    if not originals:
        raise Conflict("This candidate was not made by merging.")
    set_aside(session, merged, "withdrawn", actor, now)
    for original in originals:
        original.merged_into_id = None
        show_again(session, original)
    session.flush()
    return originals


def _join(cable: CableRecord, first: Candidate, second: Candidate) -> Candidate:
    start, end = first.span_start, max(first.span_end, second.span_end)
    marks = [parse_marking(first.marking), parse_marking(second.marking)]
    due_on, due_basis = _earlier_due(first, second)
    return Candidate(
        cable_id=cable.id,
        cable=cable,
        position=first.position,
        span_start=start,
        span_end=end,
        tier="likely" if "likely" in (first.tier, second.tier) else "possible",
        agenda=first.agenda or second.agenda,
        kind=first.kind,
        title=first.title,
        text=_text(cable, first, second),
        responsible=_united(first.responsible, second.responsible),
        owners=_united(first.owners, second.owners),
        due_on=due_on,
        due_basis=due_basis,
        marking=join_markings(marks).short,
        rules=_united(first.rules, second.rules),
        reason=" ".join(_united([first.reason], [second.reason])),
        decision="pending",
        rejection_reason="",
    )


def _text(cable: CableRecord, first: Candidate, second: Candidate) -> str:
    """Both passages on one line; what stands between them only where they overlap or touch."""
    text = readable_text(cable)
    if not text[first.span_end : second.span_start].strip():
        end = max(first.span_end, second.span_end)
        return " ".join(text[first.span_start : end].split())
    return f"{first.text} … {second.text}"


def _earlier_due(first: Candidate, second: Candidate) -> tuple[dt.date | None, str]:
    """A deadline that the text states counts before one that is only filled in."""
    dated = [(one.due_on, one.due_basis) for one in (first, second) if one.due_on is not None]
    stated = [entry for entry in dated if entry[1] == "stated"]
    return min(stated or dated, default=(None, first.due_basis))


def _united(first: Iterable[str], second: Iterable[str]) -> list[str]:
    return list(dict.fromkeys((*first, *second)))
