"""Named SELECTs about parties, contacts, accounts and who takes part in what.

Session first; no writes.
"""

from __future__ import annotations

from sqlalchemy import Integer, Select, String, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session, selectinload

from tracker.models import Account, Contact, Dialogue, Membership, Party, TaskOwner
from tracker.policy.errors import NotFound
from tracker.policy.visibility import Actor, Scope, scope_of


def find_party(session: Session, name: str) -> Party | None:
    """The party of that name, whatever its case; None where there is none. SQLite folds the case
    of ASCII letters only, so an equal name is looked for as well."""
    is_named = or_(Party.name == name, func.lower(Party.name) == name.lower())
    return session.scalars(select(Party).where(is_named).order_by(Party.name != name)).first()


def list_parties(session: Session) -> list[Party]:
    """All parties by name."""
    return list(session.scalars(select(Party).order_by(Party.name)))


def get_contact(session: Session, contact_id: int) -> Contact:
    """The person or office; raises NotFound."""
    contact = session.get(Contact, contact_id)
    if contact is None:
        raise NotFound("There is no such person or office.")
    return contact


def find_contact_by_address(session: Session, address: str) -> Contact | None:
    """The person or office with that mail address, whatever its case."""
    query = select(Contact).where(func.lower(Contact.email) == address.strip().lower())
    return session.scalars(query.order_by(Contact.id)).first()


def list_contacts(
    session: Session, *, text: str = "", party_id: int | None = None, with_inactive: bool = False
) -> list[Contact]:
    """People and offices by name, filtered by a part of name, title, address or alias."""
    query: Select[Contact] = (
        select(Contact)
        .order_by(func.lower(Contact.name), Contact.id)
        .options(selectinload(Contact.office))
    )
    if not with_inactive:
        query = query.where(Contact.is_active)
    if party_id is not None:
        query = query.where(Contact.party_id == party_id)
    if text:
        fields = (Contact.name, Contact.title, Contact.email, cast(Contact.aliases, String))
        query = query.where(or_(*(field.icontains(text, autoescape=True) for field in fields)))
    return list(session.scalars(query))


def list_offices(session: Session) -> list[Contact]:
    """The active offices by name."""
    query = select(Contact).where(Contact.kind == "office", Contact.is_active)
    return list(session.scalars(query.order_by(func.lower(Contact.name), Contact.id)))


def contacts_to_match(session: Session) -> list[Contact]:
    """The active people and offices that a name in a text may mean."""
    return list(session.scalars(select(Contact).where(Contact.is_active).order_by(Contact.id)))


def find_account(session: Session, login: str) -> Account | None:
    """The account with that mail address, whatever its case."""
    return session.scalar(select(Account).where(Account.login == login.strip().lower()))


def has_administrator(session: Session) -> bool:
    """Whether somebody can administer this installation."""
    query = select(Account.id).where(
        Account.is_administrator, Account.is_active, Account.password_hash.is_not(None)
    )
    return session.scalar(query.limit(1)) is not None


def scope_of_account(session: Session, account: Account) -> Scope:
    """What the account's person may see, from their memberships."""
    return scope_of_contact(session, account.contact, is_administrator=account.is_administrator)


def scope_of_contact(
    session: Session, contact: Contact, *, is_administrator: bool = False
) -> Scope:
    """What a person may see, with an account or without, from their memberships.

    The sample is there to be tried, so whoever has a role in it stands on its own side, whatever
    their country: the first administrator, of any government, leads it and sees all of it.
    """
    own_party_id = case(
        (Dialogue.is_sample, literal(contact.party_id, Integer)),
        else_=Dialogue.own_party_id,
    )
    rows = session.execute(
        select(Membership.dialogue_id, own_party_id, Membership.role)
        .join(Dialogue, Dialogue.id == Membership.dialogue_id)
        .where(Membership.contact_id == contact.id)
    )
    return scope_of(
        contact.id,
        contact.party_id,
        is_administrator,
        [(row[0], row[1], row[2]) for row in rows],
    )


def actor_of_account(session: Session, account: Account) -> Actor:
    """The account's person as one who acts."""
    return Actor(account.contact_id, account.contact.full_name, scope_of_account(session, account))


def leads_of(session: Session, dialogue_id: int) -> list[Contact]:
    """The active leads of a dialogue, who are told of what nobody owns."""
    query = (
        select(Contact)
        .join(Membership, Membership.contact_id == Contact.id)
        .where(Membership.dialogue_id == dialogue_id, Membership.role == "lead", Contact.is_active)
        .order_by(Membership.id)
    )
    return list(session.scalars(query))


def owned_task_count(session: Session, contact_id: int) -> int:
    """How many tasks name this contact as an owner."""
    query = select(func.count()).select_from(TaskOwner).where(TaskOwner.contact_id == contact_id)
    return session.scalar(query) or 0
