"""Named SELECTs about dialogues, their meetings and agendas, each within a person's scope.

Session first; no writes.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session, selectinload

from tracker.models import AgendaItem, Dialogue, Meeting
from tracker.policy.errors import NotFound
from tracker.policy.visibility import Scope


def within(scope: Scope) -> ColumnElement[bool]:
    """The condition that a dialogue's internal side is shown to this person."""
    return true() if scope.is_system else Dialogue.id.in_(scope.dialogue_ids)


def list_dialogues(session: Session, scope: Scope) -> list[Dialogue]:
    """The dialogues this person works in, by name."""
    query = select(Dialogue).where(within(scope)).order_by(func.lower(Dialogue.name))
    return list(session.scalars(query.options(selectinload(Dialogue.parties))))


def get_dialogue(session: Session, scope: Scope, slug: str) -> Dialogue:
    """The dialogue; raises NotFound, alike for what does not exist and what is not theirs."""
    dialogue = session.scalar(select(Dialogue).where(Dialogue.slug == slug, within(scope)))
    if dialogue is None:
        raise NotFound("There is no such dialogue, or it is not one of yours.")
    return dialogue


def hold_dialogue(session: Session, dialogue: Dialogue) -> None:
    """Waits for whoever is changing who takes part in the dialogue, or its meetings, and keeps
    others from it until the transaction ends. What was read before is read again."""
    session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    session.expire(dialogue, ["members", "meetings"])


def find_dialogue(session: Session, scope: Scope, name: str) -> Dialogue | None:
    """The dialogue of that name or slug, whatever its case; a real one before the sample."""
    query = (
        select(Dialogue)
        .where(
            within(scope),
            (func.lower(Dialogue.name) == name.strip().lower()) | (Dialogue.slug == name.strip()),
        )
        .order_by(Dialogue.is_sample, Dialogue.id)
    )
    return session.scalars(query).first()


def is_slug_taken(session: Session, slug: str) -> bool:
    """Whether any dialogue, seen or not, has this address."""
    return session.scalar(select(Dialogue.id).where(Dialogue.slug == slug)) is not None


def get_meeting(session: Session, dialogue: Dialogue, number: int) -> Meeting:
    """The meeting of that number; raises NotFound."""
    query = (
        select(Meeting)
        .where(Meeting.dialogue_id == dialogue.id, Meeting.number == number)
        .options(selectinload(Meeting.agenda))
    )
    meeting = session.scalar(query)
    if meeting is None:
        raise NotFound("There is no such meeting.")
    return meeting


def newest_first() -> tuple[ColumnElement[Any], ...]:
    """The order of meetings by their last day, those whose days are still open first; numbers say
    in which order they were entered, and older rounds may be entered later."""
    return Meeting.ends_on.is_(None).desc(), Meeting.ends_on.desc(), Meeting.number.desc()


def latest_meeting(session: Session, dialogue_id: int) -> Meeting | None:
    """The newest meeting by its days; None before the first."""
    query = select(Meeting).where(Meeting.dialogue_id == dialogue_id)
    return session.scalars(query.order_by(*newest_first()).limit(1)).first()


def agenda_of(session: Session, dialogue_id: int) -> list[AgendaItem]:
    """The agenda items of all meetings of a dialogue, newest meeting first."""
    query = (
        select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Meeting.dialogue_id == dialogue_id)
        .order_by(*newest_first(), AgendaItem.position)
    )
    return list(session.scalars(query))
