"""Who is told of which task, and why: asked when reminders are planned and again when sent.

Session first; no writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.models import Contact, Dialogue, Membership, Task

OWNER, UNOWNED = "owner", "unowned"
Recipients = dict[int, list[tuple[Contact, str]]]
_Roles = Mapping[tuple[int, int], set[str]]
"""(dialogue, contact) → roles, of owners and leads."""


def recipients_of(session: Session, tasks: Sequence[Task]) -> Recipients:
    """By task id: the owners who can be reached, else the dialogue's leads who can.

    Reached are active people and offices with an address, of the dialogue's own side, since what
    is not shared yet is never told to another; people only while they take part in the dialogue.
    An empty list means that nobody can be told. Three SELECTs, however many tasks.
    """
    owner_ids = {o.contact_id for task in tasks for o in task.owners if o.contact_id is not None}
    roles = _roles(session, {task.dialogue_id for task in tasks}, owner_ids)
    leads = _leads(session, roles)
    return {task.id: _recipients(task, roles, leads[task.dialogue_id]) for task in tasks}


def _recipients(task: Task, roles: _Roles, leads: list[Contact]) -> list[tuple[Contact, str]]:
    owners = [owner.contact for owner in task.owners if owner.contact is not None]
    reached = [c for c in owners if _can_be_told(c, task.dialogue, roles)]
    if reached:
        return [(contact, OWNER) for contact in dict.fromkeys(reached)]
    return [(c, UNOWNED) for c in leads if _can_be_told(c, task.dialogue, roles)]


def _can_be_told(contact: Contact, dialogue: Dialogue, roles: _Roles) -> bool:
    """In the sample, whoever has a role stands on its own side, whatever their country."""
    if not contact.is_active or not contact.email:
        return False
    is_own_side = contact.party_id == dialogue.own_party_id
    takes_part = (dialogue.id, contact.id) in roles
    if contact.kind == "office":
        return is_own_side
    return takes_part and (is_own_side or dialogue.is_sample)


def _roles(
    session: Session, dialogue_ids: Collection[int], owner_ids: Collection[int]
) -> dict[tuple[int, int], set[str]]:
    query = select(Membership.dialogue_id, Membership.contact_id, Membership.role).where(
        Membership.dialogue_id.in_(dialogue_ids),
        or_(Membership.role == "lead", Membership.contact_id.in_(owner_ids)),
    )
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for dialogue_id, contact_id, role in session.execute(query.order_by(Membership.id)):
        found[(dialogue_id, contact_id)].add(role)
    return found


def _leads(session: Session, roles: _Roles) -> dict[int, list[Contact]]:
    leading = [pair for pair, held in roles.items() if "lead" in held]
    ids = {contact_id for _, contact_id in leading}
    contacts = {c.id: c for c in session.scalars(select(Contact).where(Contact.id.in_(ids)))}
    found: dict[int, list[Contact]] = defaultdict(list)
    for dialogue_id, contact_id in leading:
        found[dialogue_id].append(contacts[contact_id])
    return found
