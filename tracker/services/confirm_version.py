"""Makes a corrected copy the next version of a cable: what it leaves alone stays decided, what is
new goes to the review, and what it changes in tasks becomes questions. No task is touched here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.cable import Span, parse_cable
from tracker.extract import DEFAULT, Lexicon, extract, to_json
from tracker.models import CableRecord, Candidate, Meeting, Task, VersionQuestion
from tracker.policy.errors import Conflict, NotAllowed
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.versions import Comparison, Followed
from tracker.policy.visibility import Actor
from tracker.queries.cables import candidates_of
from tracker.queries.versions import find_version_before, versions_before
from tracker.services.confirm_cable import (
    add_agenda,
    add_candidates,
    floors_of,
    parties_of,
    require_unconfirmed,
)
from tracker.services.review_candidates import note_decision, set_aside
from tracker.services.understand_cable import passage_marking, readable_text


@dataclass(slots=True)
class Outcome:
    """What a corrected copy brought: how many candidates are to be reviewed, and the tasks whose
    passage it changed or no longer has."""

    to_review: int = 0
    changed: list[Task] = field(default_factory=list)
    gone: list[Task] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Old:
    """A candidate of a version before, with its task, and where its passage stands now."""

    candidate: Candidate
    task: Task | None
    place: Followed | None


def confirm_version(
    session: Session,
    cable: CableRecord,
    *,
    actor: Actor,
    now: dt.datetime,
    lexicon: Lexicon = DEFAULT,
    marking: str | None = None,
) -> Outcome:
    """Attaches an imported cable to the dialogue and meeting of the version that it corrects;
    ``marking`` is what a person says of it, and can only raise its own.

    Raises Conflict where it was confirmed before or corrects nothing, NotAllowed.
    """
    require_unconfirmed(session, cable)
    before = find_version_before(session, actor.scope, cable)
    if before is None or before.meeting is None or before.dialogue_id is None:
        raise Conflict("There is no confirmed cable with this reference that it could correct.")
    if not actor.scope.may_edit(before.dialogue_id):
        raise NotAllowed("Only a lead or editor of that dialogue can add a cable to it.")
    # One decision or version at a time, as in a review.
    session.execute(select(CableRecord.id).where(CableRecord.id == before.id).with_for_update())
    # What a person gave the version before as its marking holds for a copy of it as well.
    given = join_markings([parse_marking(before.marking), parse_marking(marking)]).short
    _attach(session, cable, before, before.meeting, lexicon, given)
    old = _decided_before(session, cable)
    outcome = _carry_over(session, cable, old, actor, now)
    for entry in old:
        if entry.candidate.decision == "pending":
            set_aside(session, entry.candidate, "carried", actor, now)
    session.flush()
    outcome.to_review = sum(one.decision == "pending" for one in candidates_of(session, cable.id))
    return outcome


def _attach(
    session: Session,
    cable: CableRecord,
    before: CableRecord,
    meeting: Meeting,
    lexicon: Lexicon,
    given: str,
) -> None:
    days = (meeting.starts_on, meeting.ends_on)
    read = parse_cable(cable.text)
    extraction = extract(
        read,
        today=cable.imported_at.date(),
        lexicon=lexicon,
        meeting_dates=(days[0], days[1]) if days[0] and days[1] else None,
        follow_up_months=before.reading["meeting"]["follow_up_months"],
        parties=parties_of(before.dialogue) if before.dialogue else (),
    )
    floors = floors_of(read, given)
    add_agenda(session, meeting, extraction, read, floors)
    cable.dialogue_id, cable.meeting_id = before.dialogue_id, meeting.id
    cable.dialogue, cable.meeting = before.dialogue, meeting
    cable.replaces_id = before.id
    cable.reading = to_json(extraction)
    cable.marking = join_markings([parse_marking(cable.marking), parse_marking(given)]).short
    add_candidates(cable, extraction, floors)
    session.flush()


def _decided_before(session: Session, cable: CableRecord) -> list[_Old]:
    found = []
    new_text = readable_text(cable)
    for version in versions_before(session, cable):
        comparison = Comparison(readable_text(version), new_text)
        query = select(Task).where(Task.cable_id == version.id, Task.candidate_id.is_not(None))
        tasks = {task.candidate_id: task for task in session.scalars(query)}
        for one in candidates_of(session, version.id):
            place = comparison.follow((one.span_start, one.span_end))
            found.append(_Old(one, tasks.get(one.id), place))
        session.execute(
            delete(VersionQuestion).where(
                VersionQuestion.cable_id == version.id, VersionQuestion.answer == ""
            )
        )
    return found


def _carry_over(
    session: Session, cable: CableRecord, old: list[_Old], actor: Actor, now: dt.datetime
) -> Outcome:
    outcome, met = Outcome(), dict[int, Candidate]()
    for new in list(cable.candidates):
        entry = _counterpart((new.span_start, new.span_end), old)
        if entry is None:
            continue
        if entry.task is not None:
            met.setdefault(entry.candidate.id, new)
            set_aside(session, new, "carried", actor, now)
        elif entry.candidate.decision == "rejected" and entry.place and entry.place.is_same:
            _reject_again(session, new, entry.candidate)
    for entry in old:
        if entry.task is not None:
            _ask(session, cable, entry, met.get(entry.candidate.id), outcome, (actor, now))
    return outcome


def _counterpart(span: Span, old: list[_Old]) -> _Old | None:
    """The old candidate whose passage is mostly this one, tasks first."""
    best: tuple[bool, float] = (False, 0.0)
    found = None
    for entry in old:
        if entry.place is None:
            continue
        start, end = entry.place.span
        common = min(end, span[1]) - max(start, span[0])
        share = common / max(1, min(end - start, span[1] - span[0]))
        rank = (entry.task is not None, share)
        if share >= 0.5 and rank > best:
            best, found = rank, entry
    return found


def _reject_again(session: Session, new: Candidate, old: Candidate) -> None:
    new.decision, new.rejection_reason = "rejected", old.rejection_reason
    new.decided_at, new.decided_by_id = old.decided_at, old.decided_by_id
    note_decision(session, new)


def _ask(
    session: Session,
    cable: CableRecord,
    entry: _Old,
    new: Candidate | None,
    outcome: Outcome,
    by: tuple[Actor, dt.datetime],
) -> None:
    old, task, place = entry.candidate, entry.task, entry.place
    if task is None:
        return
    if place is None:
        outcome.gone.append(task)
        session.add(VersionQuestion(cable_id=cable.id, task_id=task.id, answer="", reason=""))
        return
    new = new or _moved(session, cable, old, place.span, by)
    is_marked_alike = parse_marking(new.marking) == parse_marking(old.marking)
    if (place.is_same or new.text == task.text) and is_marked_alike:
        return
    outcome.changed.append(task)
    question = VersionQuestion(cable_id=cable.id, task_id=task.id, answer="", reason="")
    question.candidate_id = new.id
    session.add(question)


def _moved(
    session: Session,
    cable: CableRecord,
    old: Candidate,
    span: Span,
    by: tuple[Actor, dt.datetime],
) -> Candidate:
    """A candidate over a passage that no rule picks any more, but a task stands for."""
    values = {
        name: getattr(old, name)
        for name in ("position", "tier", "agenda", "kind", "title", "due_on", "due_basis", "reason")
    }
    moved = Candidate(
        **values,
        cable_id=cable.id,
        cable=cable,
        span_start=span[0],
        span_end=span[1],
        text=" ".join(readable_text(cable)[span[0] : span[1]].split()),
        responsible=list(old.responsible),
        owners=list(old.owners),
        rules=list(old.rules),
        marking=passage_marking(cable, span),
        decision="pending",
        rejection_reason="",
    )
    session.add(moved)
    session.flush()
    set_aside(session, moved, "carried", *by)
    return moved
