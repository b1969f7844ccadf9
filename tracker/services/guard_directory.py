"""Who reads and changes the directory, and which fields of which entry are not anybody's to change.

Services ask here before they write; nothing is written.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.models import Contact
from tracker.policy.errors import InvalidInput, NotAllowed
from tracker.policy.visibility import EDITING, Actor
from tracker.queries import accounts
from tracker.queries import people as queries
from tracker.queries.roles import roles_of


def may_edit_directory(actor: Actor) -> bool:
    """Leads and editors of any dialogue, and administrators, keep the directory."""
    scope = actor.scope
    is_editor = any(EDITING & roles for roles in scope.roles.values())
    return scope.is_system or scope.is_administrator or is_editor


def require_reader(actor: Actor) -> None:
    """Whoever works in a dialogue on its own side, and administrators, read the directory; raises
    NotAllowed for others, so that the other side does not learn who works here."""
    scope = actor.scope
    if not (scope.is_system or scope.is_administrator or scope.roles):
        raise NotAllowed(
            "The directory is for those who take part in a dialogue, and you have no role in one "
            "yet. Ask the lead of your dialogue to give you one."
        )


def require_editor(actor: Actor) -> None:
    """Raises NotAllowed for those who may only read."""
    if not may_edit_directory(actor):
        raise NotAllowed(
            "You can read the directory; leads and editors of a dialogue and administrators "
            "change it."
        )


def guard_login(session: Session, contact: Contact, address: str, actor: Actor) -> None:
    """Whoever gets the mail for an account can take it over, so its address is not anybody's to
    change."""
    is_moved = address.strip().lower() != (contact.email or "").lower()
    is_theirs = actor.contact_id == contact.id or actor.scope.is_administrator
    if is_moved and not is_theirs and accounts.find_account_of(session, contact.id):
        raise InvalidInput(
            "This person signs in with this address; they or an administrator change it.", "email"
        )


def guard_mail(session: Session, contact: Contact, address: str, actor: Actor) -> None:
    """Reminders follow the address, so it is not for people outside of a dialogue to move it away
    from somebody who has to do with it."""
    is_moved = address.strip().lower() != (contact.email or "").lower()
    if is_moved and not shares_dialogues(session, contact, actor):
        raise InvalidInput(
            "Reminders of dialogues that you have no part in go to this address; somebody who "
            "keeps them or an administrator changes it.",
            "email",
        )


def shares_dialogues(session: Session, contact: Contact, actor: Actor) -> bool:
    """Whether the actor is of the side that keeps each dialogue which this entry takes part in or
    owns tasks of, or works in it."""
    scope = actor.scope
    if scope.is_system or scope.is_administrator or contact.id == actor.contact_id:
        return True
    own = session.get(Contact, actor.contact_id) if actor.contact_id is not None else None
    return all(
        scope.may_read(dialogue.id) or (own is not None and dialogue.own_party_id == own.party_id)
        for dialogue in queries.dialogues_around(session, contact.id)
    )


def guard_side(session: Session, contact: Contact, party: str, actor: Actor) -> None:
    """A person's side decides what they see in each dialogue that they have a role in, so it is
    for the leads of all of these to say, and nobody's own to choose."""
    side = contact.party.name if contact.party else ""
    if party.strip().lower() == side.lower():
        return
    dialogue_ids = {role.dialogue_id for role in roles_of(session, contact.id)}
    may = all(actor.scope.may_lead(dialogue_id) for dialogue_id in dialogue_ids)
    if dialogue_ids and (not may or contact.id == actor.contact_id):
        raise InvalidInput(
            "Their side decides what they see in their dialogues. Take their roles away first, "
            "or ask a lead of these dialogues.",
            "party",
        )
