"""Makes two candidates of one at a point of its passage, and brings the one back.

Deciding whether a candidate becomes a task is review_candidates.
"""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy.orm import Session

from tracker.cable import Span
from tracker.models import CableRecord, Candidate
from tracker.policy.errors import Conflict, InvalidInput
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.visibility import Actor
from tracker.queries.candidates import candidates_split_from
from tracker.services.add_missed import short_title
from tracker.services.review_candidates import (
    lock_for_decision,
    note_decision,
    require_pending,
    set_aside,
    show_again,
)
from tracker.services.understand_cable import passage_marking, readable_text

_LOOSE = re.compile(
    r"""^(?: (?:and|but|or|while|as\ well\ as) \s+ (?:(?:also|then|to)\s+)* | to\s+ )""",
    re.VERBOSE | re.IGNORECASE,
)
"""What a second part begins with and its title does not: "and to share …" is "Share …"."""
_WORD = re.compile(r"\w{4,}")


def words_of(cable: CableRecord, candidate: Candidate) -> list[Span]:
    """Where the words of the passage stand in the source; page lines and mark-up are left out.
    Each but the first is a point to split at."""
    text = readable_text(cable)
    found = re.compile(r"\S+").finditer(text, candidate.span_start, candidate.span_end)
    return [word.span() for word in found]


def split_candidate(
    session: Session, candidate: Candidate, at: int, *, actor: Actor, now: dt.datetime
) -> tuple[Candidate, Candidate]:
    """Two undecided candidates: the passage before the offset ``at`` in the source, and that from
    it on. Each keeps what the one said, of its names those that stand in its own words.

    Raises InvalidInput (field "at") where that leaves a part without words, NotAllowed, or
    Conflict where the candidate has been decided already.
    """
    cable = lock_for_decision(session, candidate.cable, actor)
    require_pending(session, candidate)
    spans = _cut(cable, candidate, at)
    first, second = (_part(cable, candidate, span) for span in spans)
    session.add_all([first, second])
    set_aside(session, candidate, "split", actor, now)
    for part in (first, second):
        note_decision(session, part)
    session.flush()
    return first, second


def take_split_back(
    session: Session, part: Candidate, *, actor: Actor, now: dt.datetime
) -> Candidate:
    """Brings back, undecided, what was split; both parts are withdrawn. Raises NotAllowed, or
    Conflict where it was not split or one of the parts has been decided meanwhile."""
    lock_for_decision(session, part.cable, actor)
    require_pending(session, part)
    if part.split_from_id is None:
        raise Conflict("This candidate was not made by splitting.")
    parts = candidates_split_from(session, part.split_from_id)
    for one in parts:  # All of them before any is set aside, so that a refusal changes nothing.
        session.refresh(one)
        if one.aside or one.decision != "pending":
            raise Conflict(
                f"The other part, “{one.title}”, has been decided or changed; undo that first."
            )
    for one in parts:
        set_aside(session, one, "withdrawn", actor, now)
    original = session.get_one(Candidate, part.split_from_id)
    show_again(session, original)
    session.flush()
    return original


def _cut(cable: CableRecord, candidate: Candidate, at: int) -> tuple[Span, Span]:
    words = words_of(cable, candidate)
    before = [word for word in words if word[0] < at]
    after = [word for word in words if word[0] >= at]
    if not before or not after:
        raise InvalidInput(
            "Choose a word inside the passage; the second part begins with it.", "at"
        )
    return (candidate.span_start, before[-1][1]), (after[0][0], candidate.span_end)


def _part(cable: CableRecord, whole: Candidate, span: Span) -> Candidate:
    text = " ".join(readable_text(cable)[span[0] : span[1]].split())
    # The whole may have been merged over a paragraph that neither of its passages stands in.
    marks = [parse_marking(whole.marking), parse_marking(passage_marking(cable, span))]
    return Candidate(
        cable_id=cable.id,
        cable=cable,
        split_from_id=whole.id,
        position=whole.position,
        span_start=span[0],
        span_end=span[1],
        tier=whole.tier,
        agenda=whole.agenda,
        kind=whole.kind,
        title=_title(whole.title, text),
        text=text,
        responsible=list(whole.responsible),
        owners=_owners(whole, text),
        due_on=whole.due_on,
        due_basis=whole.due_basis,
        marking=join_markings(marks).short,
        rules=list(whole.rules),
        reason=whole.reason,
        decision="pending",
        rejection_reason="",
    )


def _title(title: str, text: str) -> str:
    """The title of the whole for the part that says it; for the other its own words."""
    wanted = set(_WORD.findall(title.lower()))
    said = wanted & set(_WORD.findall(text.lower()))
    if wanted and len(said) >= 0.75 * len(wanted):
        return title
    own = _LOOSE.sub("", text)
    return short_title(own[:1].upper() + own[1:])


def _owners(whole: Candidate, text: str) -> list[str]:
    """Those named in these words; all of them where neither part names one."""
    if not any(name.lower() in whole.text.lower() for name in whole.owners):
        return list(whole.owners)
    return [name for name in whole.owners if name.lower() in text.lower()]
