"""Makes a task of a passage that no rule picked, with a candidate so that the link to it stays.

Deciding on what the rules did pick is review_candidates.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.cable import Span
from tracker.extract import Sentence
from tracker.models import CableRecord, Candidate, Task
from tracker.policy.deadlines import default_due_on
from tracker.policy.errors import Conflict, InvalidInput
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.visibility import Actor
from tracker.services.add_task import NewTask, check_new_task
from tracker.services.review_candidates import accept_candidate, lock_for_decision
from tracker.services.understand_cable import passage_marking, unpicked_sentences

MAX_TITLE = 90
RULE = "missed"
REASON = "A person picked this passage; no rule did."


def propose_missed(cable: CableRecord, span: Span) -> NewTask:
    """What can be known of a passage that no rule read: its words, agenda item and marking, and
    the deadline that holds where none is stated."""
    text = " ".join(cable.text[span[0] : span[1]].split())
    return NewTask(
        title=short_title(text),
        kind="action",
        text=text,
        responsible=(cable.dialogue.own_party.name,) if cable.dialogue else (),
        agenda=_agenda_at(cable, span),
        due_on=_default_due_on(cable),
        due_basis="default",
        marking=passage_marking(cable, span),
    )


def _agenda_at(cable: CableRecord, span: Span) -> str | None:
    """The topic of the first sentence, picked or not, that the passage has a part of."""
    picked = (Sentence(tuple(i["span"]), i["agenda"]) for i in cable.reading.get("items", []))
    touched = [
        sentence
        for sentence in (*unpicked_sentences(cable), *picked)
        if sentence.span[0] < span[1] and span[0] < sentence.span[1]
    ]
    return min(touched, key=lambda sentence: sentence.span).agenda if touched else None


def short_title(text: str) -> str:
    """A text on one line as a title, cut at a word where it is too long for one."""
    return text if len(text) <= MAX_TITLE else text[: MAX_TITLE - 1].rpartition(" ")[0] + "…"


def _default_due_on(cable: CableRecord) -> dt.date | None:
    ends_on = cable.meeting.ends_on if cable.meeting else None
    sent = cable.reading["document"]["date_time_group"]
    months = cable.reading["meeting"]["follow_up_months"]
    return default_due_on(ends_on, dt.date.fromisoformat(sent[:10]) if sent else None, months)


def add_missed(
    session: Session,
    cable: CableRecord,
    span: Span,
    new: NewTask,
    *,
    actor: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Task:
    """Adds a candidate of tier "possible" over ``span`` of the cable's text and accepts it.

    The task is marked no lower than the passage. Raises InvalidInput, NotAllowed, or Conflict
    where a task was made of the passage meanwhile.
    """
    lock_for_decision(session, cable, actor)
    start, end = span
    if not 0 <= start < end <= len(cable.text) or not cable.text[start:end].strip():
        raise InvalidInput("That passage is not in the cable; open the review again and choose it.")
    check_new_task(new)
    _refuse_second(session, cable, span)
    floor = parse_marking(passage_marking(cable, span))
    new = replace(new, marking=join_markings([parse_marking(new.marking), floor]).short)
    candidate = _candidate(session, cable, span, new)
    session.add(candidate)
    session.flush()
    return accept_candidate(session, candidate, actor=actor, now=now, today=today, edited=new)


def _refuse_second(session: Session, cable: CableRecord, span: Span) -> None:
    query = select(Candidate.id).where(
        Candidate.cable_id == cable.id,
        Candidate.span_start == span[0],
        Candidate.span_end == span[1],
        Candidate.decision == "accepted",
    )
    if session.scalar(query.limit(1)) is not None:
        raise Conflict("Somebody else made a task of this passage meanwhile; it is in the review.")


def _candidate(session: Session, cable: CableRecord, span: Span, new: NewTask) -> Candidate:
    query = select(func.max(Candidate.position)).where(Candidate.cable_id == cable.id)
    last = session.scalar(query)
    return Candidate(
        cable_id=cable.id,
        cable=cable,
        position=0 if last is None else last + 1,
        span_start=span[0],
        span_end=span[1],
        tier="possible",
        agenda=new.agenda,
        kind=new.kind[:20],
        title=new.title.strip()[:200],
        text=new.text.strip() or " ".join(cable.text[span[0] : span[1]].split()),
        responsible=list(new.responsible),
        owners=[owner.name for owner in new.owners],
        due_on=new.due_on,
        due_basis=new.due_basis,
        marking=new.marking,
        rules=[RULE],
        reason=REASON,
        decision="pending",
        rejection_reason="",
    )
