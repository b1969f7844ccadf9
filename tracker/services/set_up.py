"""The first set-up: a link while there is no administrator, and the first administrator behind it.

Everything later about accounts is manage_accounts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Account, Contact, Dialogue, Membership
from tracker.policy.errors import Gone, InvalidInput
from tracker.queries import accounts as account_queries
from tracker.queries import people as queries
from tracker.services.manage_people import Entry, change_entry, enter_contact
from tracker.services.one_time_links import SET_UP, get_link, issue_link, use_link
from tracker.services.set_password import set_password


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the first administrator enters; ``country`` becomes their own side."""

    name: str
    title: str
    email: str
    country: str
    time_zone: str
    password: str


def ensure_link(session: Session, now: dt.datetime) -> str | None:
    """The token of a set-up link while no administrator exists; None as soon as one does.

    Only its hash is stored, so each start makes a new one, which ends the one before.
    """
    if queries.has_administrator(session):
        return None
    token, _ = issue_link(session, SET_UP, None, now=now)
    return token


def open_set_up(session: Session, token: str, *, now: dt.datetime) -> None:
    """Raises NotFound or Gone where the link does not lead to the set-up (any more)."""
    get_link(session, SET_UP, token, now=now)
    if queries.has_administrator(session):
        raise Gone("This installation has its administrator already. Sign in, or ask them.")


def complete_set_up(session: Session, token: str, entry: SetUp, *, now: dt.datetime) -> Account:
    """Makes the first administrator, with a place in the directory and the lead of the sample.

    Raises as ``open_set_up``, and InvalidInput with the field.
    """
    open_set_up(session, token, now=now)
    if not entry.email.strip():
        raise InvalidInput("Give the mail address that you will sign in with.", "email")
    if not entry.country.strip():
        raise InvalidInput("Name the country that you work for.", "country")
    use_link(session, SET_UP, token, now=now)
    contact = _own_entry(session, entry, now)
    account = Account(
        contact_id=contact.id,
        contact=contact,
        login=entry.email.strip().lower(),
        is_administrator=True,
        is_active=True,
        created_at=now,
    )
    session.add(account)
    session.flush()
    set_password(session, account, entry.password)
    _lead_sample(session, contact.id)
    return account


def _own_entry(session: Session, entry: SetUp, now: dt.datetime) -> Contact:
    """Their entry in the directory: what an import put there by that address is theirs."""
    fields = Entry(
        "person",
        entry.name,
        title=entry.title,
        party=entry.country,
        email=entry.email,
        time_zone=entry.time_zone,
    )
    known = queries.find_contact_by_address(session, entry.email)
    if known is None or account_queries.find_account_of(session, known.id) is not None:
        return enter_contact(session, fields, now=now)
    change_entry(session, known, fields, seen_version=known.version)
    return known


def _lead_sample(session: Session, contact_id: int) -> None:
    """It is this that shows them the sample: administering shows no dialogue. Where their country
    is another than the sample's, queries.people.scope_of_account sees to it that they see it."""
    for dialogue_id in session.scalars(select(Dialogue.id).where(Dialogue.is_sample)):
        session.add(Membership(dialogue_id=dialogue_id, contact_id=contact_id, role="lead"))
    session.flush()
