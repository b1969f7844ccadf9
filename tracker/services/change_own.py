"""What people change about themselves: their entry and their password.

Others' entries are manage_people, others' passwords manage_accounts.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.models import Account, Contact
from tracker.policy.errors import InvalidInput
from tracker.services.manage_people import change_entry, entry_of
from tracker.services.set_password import is_right_password, set_password


def change_own_entry(
    session: Session,
    account: Account,
    *,
    seen_version: int,
    name: str | None = None,
    title: str | None = None,
    time_zone: str | None = None,
) -> None:
    """Changes one's own name, title and time zone, None leaving each as it is; side and address
    are for others to decide.

    Raises InvalidInput (with the field) or Conflict.
    """
    session.refresh(account.contact, with_for_update={"of": Contact})
    stored = entry_of(account.contact)
    entry = replace(
        stored,
        name=stored.name if name is None else name,
        title=stored.title if title is None else title,
        time_zone=time_zone or stored.time_zone,
    )
    change_entry(session, account.contact, entry, seen_version=seen_version)


def change_own_password(
    session: Session, account: Account, present: str, password: str, *, session_id: int
) -> None:
    """Sets a new password; every session but ``session_id`` ends.

    Raises InvalidInput (field "present" or "password").
    """
    if not is_right_password(account.password_hash, present):
        raise InvalidInput("This is not your present password.", "present")
    if present == password:
        raise InvalidInput("Choose one that differs from the present password.", "password")
    set_password(session, account, password, keep_session_id=session_id)
