"""To whom a dialogue's overdue tasks are raised, and who there cannot be told: for its page.

Session first; no writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Contact, Dialogue, Task
from tracker.policy.reminder_words import FAULTS
from tracker.queries.recipients import Room


@dataclass(frozen=True, slots=True)
class Station:
    """Somebody on the way: ``fault`` says why they cannot be told, "" where they can. Of an
    office without a head, ``contact`` is None."""

    contact: Contact | None
    fault: str = ""
    office: Contact | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """The heads of the offices whose people own open tasks, the co-chairs of our side, and the
    leads, who stand in for whoever is missing."""

    heads: Sequence[Station]
    chairs: Sequence[Station]
    leads: Sequence[Station]


def steps_of(session: Session, dialogue: Dialogue, tasks: Sequence[Task]) -> Steps:
    """The steps of a dialogue with these open tasks."""
    room = Room(session, tasks)
    owners = {o.contact.id: o.contact for t in tasks for o in t.owners if o.contact}
    office_ids = {c.office_id or (c.id if c.kind == "office" else 0) for c in owners.values()}
    query = select(Contact).where(Contact.id.in_(office_ids), Contact.kind == "office")

    def station(contact: Contact, office: Contact | None = None) -> Station:
        return Station(contact, FAULTS.get(room.fault(contact, dialogue), ""), office)

    heads = []
    for office in session.scalars(query.order_by(Contact.name)):
        head = room.contacts.get(room.heads.get(office.id, 0))
        heads.append(station(head, office) if head else Station(None, "", office))
    ours = dialogue.own_party_id
    chairs = [c for c in room.holders[(dialogue.id, "co-chair")] if c.party_id == ours]
    return Steps(
        heads,
        [station(contact) for contact in chairs],
        [station(contact) for contact in room.holders[(dialogue.id, "lead")]],
    )
