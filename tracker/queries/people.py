"""Named SELECTs about parties, contacts, accounts and who takes part in what.

Session first; no writes.
"""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, selectinload

from tracker.models import (
    Account,
    Contact,
    Dialogue,
    DialogueParty,
    Membership,
    Party,
    Task,
    TaskOwner,
)
from tracker.policy.errors import NotFound
from tracker.policy.names import Known
from tracker.policy.visibility import Actor, Scope, scope_of


def find_party(session: Session, name: str) -> Party | None:
    """The party of that name, whatever its case; None where there is none. SQLite folds the case
    of ASCII letters only, so an equal name is looked for as well."""
    is_named = or_(Party.name == name, func.lower(Party.name) == name.lower())
    return session.scalars(select(Party).where(is_named).order_by(Party.name != name)).first()


def list_parties(session: Session) -> list[Party]:
    """All parties by name."""
    return list(session.scalars(select(Party).order_by(Party.name)))


def shown_contacts(scope: Scope) -> ColumnElement[bool]:
    """Which entries of the directory a person sees; administrators and the machine's owner see
    all.

    Others see their own side, whoever takes part in a dialogue whose internal side they see or
    owns a task of it, and the further entries of that dialogue's parties – but not those of a
    government that keeps dialogues of its own here: who works there is not for others to read.
    """
    if scope.is_system or scope.is_administrator:
        return true()
    own = select(Contact.party_id).where(Contact.id == scope.contact_id).scalar_subquery()
    mine = tuple(scope.roles)
    partners = select(DialogueParty.party_id).where(DialogueParty.dialogue_id.in_(mine))
    at_home = select(Dialogue.own_party_id).where(~Dialogue.is_sample)
    members = select(Membership.contact_id).where(Membership.dialogue_id.in_(mine))
    holders = (
        select(TaskOwner.contact_id)
        .join(Task, Task.id == TaskOwner.task_id)
        .where(Task.dialogue_id.in_(mine), TaskOwner.contact_id.is_not(None))
    )
    return or_(
        Contact.party_id.is_(None),
        Contact.party_id == own,
        Contact.id == scope.contact_id,
        Contact.party_id.in_(partners) & Contact.party_id.not_in(at_home),
        Contact.id.in_(members),
        Contact.id.in_(holders),
    )


def get_contact(session: Session, contact_id: int) -> Contact:
    """The person or office, for services that have asked who may; raises NotFound."""
    contact = session.get(Contact, contact_id)
    if contact is None:
        raise NotFound("There is no such person or office.")
    return contact


def get_shown_contact(
    session: Session, scope: Scope, contact_id: int, *, to_change: bool = False
) -> Contact:
    """The entry if this person sees it; held until the end of the transaction where it is going
    to be changed. Raises NotFound."""
    query = select(Contact).where(Contact.id == contact_id, shown_contacts(scope))
    if to_change:
        query = query.with_for_update(of=Contact).execution_options(populate_existing=True)
    contact = session.scalar(query)
    if contact is None:
        raise NotFound("There is no such person or office.")
    return contact


def find_contact_by_address(session: Session, address: str) -> Contact | None:
    """The person or office with that mail address, whatever its case."""
    return session.scalar(select(Contact).where(Contact.email == address.strip().lower()))


def list_contacts(
    session: Session,
    scope: Scope,
    *,
    text: str = "",
    party_id: int | None = None,
    with_inactive: bool = False,
) -> list[Contact]:
    """People and offices that this person sees, by name, filtered by a part of name, title,
    address or alias."""
    query: Select[Contact] = (
        select(Contact)
        .where(shown_contacts(scope))
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


def list_offices(session: Session, scope: Scope) -> list[Contact]:
    """The active offices that this person sees, by name."""
    query = select(Contact).where(
        Contact.kind == "office", Contact.is_active, shown_contacts(scope)
    )
    return list(session.scalars(query.order_by(func.lower(Contact.name), Contact.id)))


def contacts_to_match(session: Session, dialogue_id: int) -> list[Contact]:
    """The active people and offices that a name in a text of this dialogue may mean: those of
    its parties, those of no known side, and whoever takes part in it."""
    parties = select(DialogueParty.party_id).where(DialogueParty.dialogue_id == dialogue_id)
    members = select(Membership.contact_id).where(Membership.dialogue_id == dialogue_id)
    is_near = or_(
        Contact.party_id.is_(None), Contact.party_id.in_(parties), Contact.id.in_(members)
    )
    query = select(Contact).where(Contact.is_active, is_near)
    return list(session.scalars(query.order_by(Contact.id)))


def known_names(session: Session, dialogue_id: int) -> list[Known[Contact]]:
    """``contacts_to_match`` with the names that each goes by."""
    return [
        Known(
            contact, (contact.name, contact.full_name, *contact.aliases), contact.kind == "person"
        )
        for contact in contacts_to_match(session, dialogue_id)
    ]


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


def dialogues_around(session: Session, contact_id: int) -> list[Dialogue]:
    """The dialogues in which this person or office has a role or owns a task."""
    members = select(Membership.dialogue_id).where(Membership.contact_id == contact_id)
    owned = (
        select(Task.dialogue_id)
        .join(TaskOwner, TaskOwner.task_id == Task.id)
        .where(TaskOwner.contact_id == contact_id)
    )
    around = Dialogue.id.in_(members) | Dialogue.id.in_(owned)
    return list(session.scalars(select(Dialogue).where(around)))


def keeps_dialogues(session: Session, party_id: int) -> bool:
    """Whether the party is the own side of a dialogue here; the sample does not count."""
    query = select(Dialogue.id).where(Dialogue.own_party_id == party_id, ~Dialogue.is_sample)
    return session.scalar(query.limit(1)) is not None


def stands_opposite(session: Session, contact_id: int | None) -> bool:
    """Whether this person's government is a party to dialogues here and keeps none itself."""
    contact = session.get(Contact, contact_id) if contact_id is not None else None
    if contact is None or contact.party_id is None or keeps_dialogues(session, contact.party_id):
        return False
    query = (
        select(Dialogue.id)
        .join(DialogueParty, DialogueParty.dialogue_id == Dialogue.id)
        .where(DialogueParty.party_id == contact.party_id, ~Dialogue.is_sample)
    )
    return session.scalar(query.limit(1)) is not None
