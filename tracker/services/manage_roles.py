"""Gives and takes roles in a dialogue; a dialogue always keeps a lead.

Who may see what follows from these roles in policy/visibility.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from tracker.models import ROLES, Contact, Dialogue, Membership
from tracker.policy.errors import InvalidInput, NotAllowed
from tracker.policy.visibility import Actor
from tracker.queries.dialogues import hold_dialogue
from tracker.queries.roles import roles_in
from tracker.services.look_again import look_again_at_dialogue

ROLE_WORDS = {
    "lead": "Leads the dialogue: decides who takes part, and is told of what nobody owns",
    "editor": "Imports and reviews cables, and changes every task",
    "notetaker": "Keeps the log of a meeting",
    "approver": "Approves the agreed list for their side",
    "owner": "Updates the tasks that they own",
    "co-chair": "Receives the status reports",
    "reader": "Reads everything and changes nothing",
}
"""What each role lets a person do, in words."""


def set_roles(
    session: Session, dialogue: Dialogue, contact: Contact, roles: Collection[str], *, actor: Actor
) -> tuple[str, ...]:
    """Makes ``roles`` the person's roles in the dialogue; none of them ends their part in it.

    Returns the roles as they now are. Raises NotAllowed for anybody but a lead, InvalidInput
    (field "roles") for an unknown role, for a person who is an office, inactive or on no side,
    and where no active lead of the dialogue's own side would be left.
    """
    if not actor.scope.may_lead(dialogue.id):
        raise NotAllowed("Only a lead of the dialogue decides who takes part in it.")
    wanted = [role for role in ROLES if role in set(roles)]
    if len(wanted) != len(set(roles)):
        raise InvalidInput("Choose from the listed roles.", "roles")
    hold_dialogue(session, dialogue)
    held = {entry.role: entry for entry in roles_in(session, dialogue.id, contact.id)}
    if set(wanted) - set(held):
        _check_person(dialogue, contact, wanted)
    for role in set(held) - set(wanted):
        session.delete(held[role])
    for role in wanted:
        if role not in held:
            session.add(Membership(dialogue_id=dialogue.id, contact_id=contact.id, role=role))
    session.flush()
    session.expire(dialogue, ["members"])
    if "lead" in set(held) - set(wanted) and not _has_lead(dialogue):
        raise InvalidInput("A dialogue needs a lead. Make somebody else a lead first.", "roles")
    look_again_at_dialogue(session, dialogue.id)
    return tuple(wanted)


def name_first_lead(
    session: Session, dialogue: Dialogue, contact: Contact, *, actor: Actor
) -> None:
    """Gives a dialogue that no active lead is left in a lead, so that it is not lost to all: one
    that a command imported, or whose lead was deactivated. Administrators do it; they see its
    name and nothing else.

    Raises NotAllowed where it has a lead or the actor is no administrator, InvalidInput for a
    person who cannot lead it.
    """
    hold_dialogue(session, dialogue)
    if not (actor.scope.is_administrator or actor.scope.is_system) or _has_lead(dialogue):
        raise NotAllowed("An administrator names a lead only where a dialogue has none.")
    _check_person(dialogue, contact, ["lead"])
    held = {entry.role for entry in roles_in(session, dialogue.id, contact.id)}
    if "lead" not in held:
        session.add(Membership(dialogue_id=dialogue.id, contact_id=contact.id, role="lead"))
    session.flush()
    session.expire(dialogue, ["members"])
    look_again_at_dialogue(session, dialogue.id)


def _check_person(dialogue: Dialogue, contact: Contact, wanted: Collection[str]) -> None:
    if contact.kind != "person":
        raise InvalidInput("Roles are for people; an office owns tasks without one.", "roles")
    if not contact.is_active:
        raise InvalidInput(f"{contact.full_name} is no longer active.", "roles")
    sides = {entry.party_id for entry in dialogue.parties}
    if contact.party_id not in sides and not dialogue.is_sample:
        raise InvalidInput(
            f"{contact.full_name} is on neither side of this dialogue. "
            "Set their side in the directory first.",
            "roles",
        )
    if contact.party_id != dialogue.own_party_id and "lead" in wanted and not dialogue.is_sample:
        raise InvalidInput("A lead is of the dialogue's own side.", "roles")


def _has_lead(dialogue: Dialogue) -> bool:
    return any(
        member.role == "lead"
        and member.contact.is_active
        and (dialogue.is_sample or member.contact.party_id == dialogue.own_party_id)
        for member in dialogue.members
    )
