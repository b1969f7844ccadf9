"""Named SELECTs about who has which role in a dialogue.

Session first; no writes.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import Contact, Dialogue, Membership
from tracker.policy.errors import NotFound
from tracker.policy.visibility import Scope
from tracker.queries.dialogues import within


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a dialogue with all their roles there, in the order of ROLES as stored."""

    contact: Contact
    roles: tuple[str, ...]


def roles_of(session: Session, contact_id: int) -> list[Membership]:
    """All roles of a person, in whatever dialogue: for decisions, not for show."""
    return list(session.scalars(select(Membership).where(Membership.contact_id == contact_id)))


def shown_roles_of(
    session: Session, scope: Scope, contact_id: int
) -> list[tuple[Dialogue, list[str]]]:
    """A person's roles in the dialogues that the reader works in, by dialogue."""
    query = (
        select(Dialogue, Membership.role)
        .join(Membership, Membership.dialogue_id == Dialogue.id)
        .where(Membership.contact_id == contact_id, within(scope))
        .order_by(func.lower(Dialogue.name), Membership.id)
    )
    found: dict[int, tuple[Dialogue, list[str]]] = {}
    for dialogue, role in session.execute(query):
        found.setdefault(dialogue.id, (dialogue, []))[1].append(role)
    return list(found.values())


def members_of(session: Session, dialogue_id: int) -> list[Member]:
    """Who takes part in a dialogue, by name."""
    query = (
        select(Membership)
        .join(Contact, Contact.id == Membership.contact_id)
        .where(Membership.dialogue_id == dialogue_id)
        .order_by(func.lower(Contact.name), Contact.id, Membership.id)
    )
    found: dict[int, tuple[Contact, list[str]]] = {}
    for entry in session.scalars(query):
        found.setdefault(entry.contact_id, (entry.contact, []))[1].append(entry.role)
    return [Member(contact, tuple(roles)) for contact, roles in found.values()]


def roles_in(session: Session, dialogue_id: int, contact_id: int) -> list[Membership]:
    """A person's roles in one dialogue."""
    query = select(Membership).where(
        Membership.dialogue_id == dialogue_id, Membership.contact_id == contact_id
    )
    return list(session.scalars(query))


def dialogues_without_lead(session: Session) -> list[Dialogue]:
    """The dialogues that no active lead is left in, by name: for administrators, who see their
    names only."""
    led = (
        select(Membership.dialogue_id)
        .join(Contact, Contact.id == Membership.contact_id)
        .where(Membership.role == "lead", Contact.is_active)
    )
    query = select(Dialogue).where(Dialogue.id.not_in(led))
    return list(session.scalars(query.order_by(func.lower(Dialogue.name))))


def get_dialogue_without_lead(session: Session, dialogue_id: int) -> Dialogue:
    """One of them; raises NotFound for all others."""
    for dialogue in dialogues_without_lead(session):
        if dialogue.id == dialogue_id:
            return dialogue
    raise NotFound("There is no such dialogue without a lead.")
