"""Named SELECTs about accounts, their sessions and who administers the installation.

Session first; no writes.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import Account, Contact, SignInSession
from tracker.policy.errors import NotFound


def get_account(session: Session, account_id: int) -> Account:
    """The account; raises NotFound."""
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    return account


def find_account_of(session: Session, contact_id: int) -> Account | None:
    """The account of a person; None where they have none."""
    return session.scalar(select(Account).where(Account.contact_id == contact_id))


def list_accounts(session: Session) -> list[Account]:
    """All accounts by name."""
    query = select(Account).join(Contact, Contact.id == Account.contact_id)
    return list(session.scalars(query.order_by(func.lower(Contact.name), Account.id)))


def list_invitable(session: Session) -> list[Contact]:
    """The active people with a mail address who have no account yet, by name."""
    query = (
        select(Contact)
        .outerjoin(Account, Account.contact_id == Contact.id)
        .where(
            Contact.kind == "person",
            Contact.is_active,
            Contact.email.is_not(None),
            Account.id.is_(None),
        )
        .order_by(func.lower(Contact.name), Contact.id)
    )
    return list(session.scalars(query))


def is_last_administrator(session: Session, contact_id: int) -> bool:
    """Whether this person administers the installation and nobody else could. Held until the
    transaction ends, so that two administrators cannot take each other's place away at once."""
    session.execute(select(Account.id).where(Account.is_administrator).with_for_update())
    query = (
        select(Account.contact_id)
        .join(Contact, Contact.id == Account.contact_id)
        .where(
            Account.is_administrator,
            Account.is_active,
            Account.password_hash.is_not(None),
            Contact.is_active,
        )
    )
    return set(session.scalars(query)) == {contact_id}


def list_sessions(session: Session, account_id: int, *, now: dt.datetime) -> list[SignInSession]:
    """The account's live sessions, the one used last first."""
    query = (
        select(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.expires_at > now)
        .order_by(SignInSession.seen_at.desc(), SignInSession.id.desc())
    )
    return list(session.scalars(query))
