"""Invites people to sign in, gives them new passwords, closes accounts, names administrators.

Signing in itself is sign_in; who sees which dialogue is decided by roles, never here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.models import Account, Contact
from tracker.policy.errors import Gone, InvalidInput, NotAllowed
from tracker.policy.visibility import Actor
from tracker.queries import accounts as queries
from tracker.queries.people import find_account
from tracker.services.one_time_links import INVITATION, RESET, get_link, issue_link, use_link
from tracker.services.set_password import set_password
from tracker.services.sign_in import end_all_sessions


@dataclass(frozen=True, slots=True)
class IssuedLink:
    """A link to hand over: its purpose, the token that is shown once, and until when it works."""

    account: Account
    purpose: str
    token: str
    expires_at: dt.datetime


def invite(
    session: Session,
    contact: Contact,
    *,
    is_administrator: bool = False,
    actor: Actor,
    now: dt.datetime,
) -> IssuedLink:
    """An account for a person of the directory, and the link with which they choose a password.

    A second invitation ends the first link. Raises NotAllowed, or InvalidInput for somebody who
    cannot sign in: an office, a person without address, or no longer active.
    """
    _require_administrator(actor)
    _check_invitable(session, contact)
    account = queries.find_account_of(session, contact.id)
    if account is None:
        account = Account(
            contact_id=contact.id,
            contact=contact,
            login=str(contact.email).lower(),
            is_administrator=is_administrator,
            is_active=True,
            created_at=now,
        )
        session.add(account)
        session.flush()
    return give_link(session, account, actor=actor, now=now)


def give_link(session: Session, account: Account, *, actor: Actor, now: dt.datetime) -> IssuedLink:
    """A link with which the account's person chooses a password: the first or a new one."""
    _require_administrator(actor)
    if not account.is_active or not account.contact.is_active:
        raise InvalidInput("This account is closed; open it again first.")
    purpose = INVITATION if account.password_hash is None else RESET
    token, expires_at = issue_link(session, purpose, account.id, now=now)
    return IssuedLink(account, purpose, token, expires_at)


def request_reset(session: Session, login: str, *, now: dt.datetime) -> IssuedLink | None:
    """A link for somebody who forgot their password; None where there is no such open account,
    which must not show in the answer."""
    account = find_account(session, login)
    if account is None or account.password_hash is None:
        return None
    if not account.is_active or not account.contact.is_active:
        return None
    token, expires_at = issue_link(session, RESET, account.id, now=now)
    return IssuedLink(account, RESET, token, expires_at)


def account_behind(session: Session, purpose: str, token: str, *, now: dt.datetime) -> Account:
    """The account that a link is for; the link stays as it is. Raises NotFound or Gone."""
    return _open_account(session, get_link(session, purpose, token, now=now).account_id)


def choose_password(
    session: Session, purpose: str, token: str, password: str, *, now: dt.datetime
) -> Account:
    """Takes up an invitation or reset: the password is theirs, older sessions end.

    Raises NotFound, Gone, or InvalidInput (field "password"), which leaves the link usable.
    """
    account = account_behind(session, purpose, token, now=now)
    set_password(session, account, password)
    use_link(session, purpose, token, now=now)
    return account


def set_account_open(session: Session, account: Account, is_open: bool, *, actor: Actor) -> None:
    """Closes an account, which ends its sessions, or opens it again. The person stays in the
    directory. Raises NotAllowed, or InvalidInput for one's own and the last administrator's."""
    _require_administrator(actor)
    if not is_open:
        _keep_one_administrator(session, account, actor, "close")
        end_all_sessions(session, account.contact_id)
    account.is_active = is_open
    session.flush()


def set_administrator(
    session: Session, account: Account, is_administrator: bool, *, actor: Actor
) -> None:
    """Makes somebody an administrator, or no longer one. Raises as ``set_account_open``."""
    _require_administrator(actor)
    if not is_administrator:
        _keep_one_administrator(session, account, actor, "give up")
    account.is_administrator = is_administrator
    session.flush()


def _require_administrator(actor: Actor) -> None:
    if not (actor.scope.is_administrator or actor.scope.is_system):
        raise NotAllowed("Only an administrator sees to accounts.")


def _check_invitable(session: Session, contact: Contact) -> None:
    if contact.kind != "person":
        raise InvalidInput("An office cannot sign in; invite the people who work there.")
    if not contact.is_active:
        raise InvalidInput(f"{contact.full_name} is no longer active; take them back first.")
    if not contact.email:
        raise InvalidInput(f"{contact.full_name} has no mail address; add one first.")
    other = find_account(session, contact.email)
    if other is not None and other.contact_id != contact.id:
        raise InvalidInput("Another account has this mail address.")


def _keep_one_administrator(session: Session, account: Account, actor: Actor, what: str) -> None:
    if account.contact_id == actor.contact_id:
        raise InvalidInput(f"You cannot {what} your own; ask another administrator.")
    if queries.is_last_administrator(session, account.contact_id):
        raise InvalidInput("This is the only administrator. Name another one first.")


def _open_account(session: Session, account_id: int | None) -> Account:
    account = session.get(Account, account_id) if account_id is not None else None
    if account is None or not account.is_active or not account.contact.is_active:
        raise Gone("The account of this link is closed. Ask your administrator.")
    return account
