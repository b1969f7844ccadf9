"""Says who heads an office: whom its people's overdue tasks are raised to.

The only writer of heads; other fields of an entry are manage_people's.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.models import Contact
from tracker.policy.errors import InvalidInput
from tracker.policy.visibility import Actor
from tracker.services.guard_directory import require_editor
from tracker.services.look_again import look_again_for


def name_head(session: Session, office: Contact, head: Contact | None, *, actor: Actor) -> None:
    """Makes the person the head of the office; None leaves it without one. What was overdue for
    long enough is told to a new head with the next sweep, where they take part in the dialogue.

    Raises NotAllowed as change_contact, and InvalidInput (field "head_id") for what is no office,
    or for somebody who cannot head it.
    """
    require_editor(actor)
    if office.kind != "office":
        raise InvalidInput("Only an office has a head.", "head_id")
    if head is not None and (head.kind != "person" or not head.is_active):
        raise InvalidInput("Choose a person who is active.", "head_id")
    if head is not None and head.party_id != office.party_id:
        raise InvalidInput("Choose somebody of the office\u2019s own side.", "head_id")
    office.head_id = head.id if head is not None else None
    look_again_for(session, office.id)
