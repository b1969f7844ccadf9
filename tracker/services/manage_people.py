"""Adds and changes persons and offices of the directory; who is deactivated keeps all history.

Roles are given in manage_roles, names of texts linked in link_names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import available_timezones

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.models import Contact
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.names import fold_name, has_control_characters
from tracker.policy.visibility import EDITING, Actor
from tracker.queries import accounts
from tracker.queries import people as queries
from tracker.queries.roles import roles_of
from tracker.services.confirm_cable import get_or_add_party
from tracker.services.look_again import look_again_for
from tracker.services.sign_in import end_all_sessions
from tracker.services.take_bounce import forget_fault

_WEIGHTY = frozenset({"lead", "approver", "co-chair"})
"""Whoever has such a role is taken out of the directory by a lead of that dialogue only."""

LONGEST_NAME, LONGEST_ADDRESS, MOST_ALIASES = 200, 254, 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A person or office as entered. ``party`` is the side's name, "" where it is not known;
    ``office_id`` is the office that a person belongs to."""

    kind: str
    name: str
    title: str = ""
    party: str = ""
    office_id: int | None = None
    email: str = ""
    time_zone: str = "UTC"
    aliases: Sequence[str] = ()


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


def add_contact(session: Session, entry: Entry, *, actor: Actor, now: dt.datetime) -> Contact:
    """A new entry. Raises NotAllowed or InvalidInput (with the field)."""
    require_editor(actor)
    return enter_contact(session, entry, now=now)


def enter_contact(session: Session, entry: Entry, *, now: dt.datetime) -> Contact:
    """A new entry, for other services that have asked who may; raises InvalidInput."""
    contact = Contact(
        kind=entry.kind,
        name="",
        title="",
        time_zone="UTC",
        aliases=[],
        is_active=True,
        created_at=now,
    )
    _check(session, contact, entry)
    with _one_address():
        _fill(session, contact, entry)
        session.add(contact)
        session.flush()
    return contact


def change_contact(
    session: Session, contact: Contact, entry: Entry, *, seen_version: int, actor: Actor
) -> None:
    """Changes an entry.

    Raises NotAllowed, InvalidInput (with the field), or Conflict where somebody else changed it
    since ``seen_version``.
    """
    require_editor(actor)
    _guard_login(session, contact, entry, actor)
    _guard_mail(session, contact, entry, actor)
    _guard_side(session, contact, entry, actor)
    change_entry(session, contact, entry, seen_version=seen_version)


def _guard_login(session: Session, contact: Contact, entry: Entry, actor: Actor) -> None:
    """Whoever gets the mail for an account can take it over, so its address is not anybody's to
    change."""
    is_moved = entry.email.strip().lower() != (contact.email or "").lower()
    is_theirs = actor.contact_id == contact.id or actor.scope.is_administrator
    if is_moved and not is_theirs and accounts.find_account_of(session, contact.id):
        raise InvalidInput(
            "This person signs in with this address; they or an administrator change it.", "email"
        )


def _guard_mail(session: Session, contact: Contact, entry: Entry, actor: Actor) -> None:
    """Reminders follow the address, so it is not for people outside of a dialogue to move it away
    from somebody who has to do with it."""
    is_moved = entry.email.strip().lower() != (contact.email or "").lower()
    if is_moved and not _shares_dialogues(session, contact, actor):
        raise InvalidInput(
            "Reminders of dialogues that you have no part in go to this address; somebody who "
            "keeps them or an administrator changes it.",
            "email",
        )


def _shares_dialogues(session: Session, contact: Contact, actor: Actor) -> bool:
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


def _guard_side(session: Session, contact: Contact, entry: Entry, actor: Actor) -> None:
    """A person's side decides what they see in each dialogue that they have a role in, so it is
    for the leads of all of these to say, and nobody's own to choose."""
    side = contact.party.name if contact.party else ""
    if entry.party.strip().lower() == side.lower():
        return
    dialogue_ids = {role.dialogue_id for role in roles_of(session, contact.id)}
    may = all(actor.scope.may_lead(dialogue_id) for dialogue_id in dialogue_ids)
    if dialogue_ids and (not may or contact.id == actor.contact_id):
        raise InvalidInput(
            "Their side decides what they see in their dialogues. Take their roles away first, "
            "or ask a lead of these dialogues.",
            "party",
        )


def change_entry(session: Session, contact: Contact, entry: Entry, *, seen_version: int) -> None:
    """As ``change_contact``, for other services that have asked who may."""
    _check(session, contact, entry)
    if seen_version != contact.version:
        raise Conflict(
            f"Somebody else changed the entry of {contact.full_name} while you were writing.",
            entry_in_words(contact),
        )
    with _one_address():
        _fill(session, contact, entry)
        session.flush()
    look_again_for(session, contact.id)


@contextmanager
def _one_address() -> Iterator[None]:
    """Says what it means where somebody else enters the same address at the same time."""
    try:
        yield
    except IntegrityError as error:
        raise InvalidInput("Somebody else has this mail address already.", "email") from error


def entry_of(contact: Contact) -> Entry:
    """The entry as it is stored."""
    return Entry(
        kind=contact.kind,
        name=contact.name,
        title=contact.title,
        party=contact.party.name if contact.party else "",
        office_id=contact.office_id,
        email=contact.email or "",
        time_zone=contact.time_zone,
        aliases=tuple(contact.aliases),
    )


def entry_in_words(contact: Contact) -> dict[str, str]:
    """The entry's fields as a page of conflict shows them."""
    return {
        "kind": contact.kind,
        "name": contact.name,
        "title": contact.title,
        "party": contact.party.name if contact.party else "",
        "office": contact.office.full_name if contact.office else "",
        "email": contact.email or "",
        "time_zone": contact.time_zone,
        "aliases": "\n".join(contact.aliases),
    }


def set_active(session: Session, contact: Contact, is_active: bool, *, actor: Actor) -> None:
    """Deactivates a person or office, who then gets no mail and cannot sign in, or takes them
    back. What they own stays theirs until it is handed over. Raises NotAllowed."""
    require_editor(actor)
    weighty = [role for role in roles_of(session, contact.id) if role.role in _WEIGHTY]
    led = all(actor.scope.may_lead(role.dialogue_id) for role in weighty)
    if not ((led and _shares_dialogues(session, contact, actor)) or actor.scope.is_administrator):
        raise NotAllowed(
            f"{contact.full_name} takes part in dialogues that you do not lead. Ask their lead or "
            "an administrator."
        )
    if not is_active and contact.id == actor.contact_id:
        raise InvalidInput("You cannot deactivate yourself; ask another editor or administrator.")
    if not is_active and accounts.is_last_administrator(session, contact.id):
        raise InvalidInput(
            f"{contact.full_name} is the only administrator. Name another one first."
        )
    account = accounts.find_account_of(session, contact.id)
    if account and account.is_administrator and not actor.scope.is_administrator:
        raise NotAllowed("Only an administrator deactivates an administrator.")
    contact.is_active = is_active
    if not is_active:
        end_all_sessions(session, contact.id)
    look_again_for(session, contact.id)


def require_editor(actor: Actor) -> None:
    """Raises NotAllowed for those who may only read."""
    if not may_edit_directory(actor):
        raise NotAllowed(
            "You can read the directory; leads and editors of a dialogue and administrators "
            "change it."
        )


def _check(session: Session, contact: Contact, entry: Entry) -> None:
    if entry.kind not in ("person", "office"):
        raise InvalidInput("Choose whether this is a person or an office.", "kind")
    if not entry.name.strip():
        raise InvalidInput("Give a name.", "name")
    lines = [("name", entry.name), ("title", entry.title), ("party", entry.party)]
    lines += [("email", entry.email), *(("aliases", alias) for alias in entry.aliases)]
    for field, text in lines:
        if has_control_characters(text):
            raise InvalidInput("Write this on one line, without control characters.", field)
        if len(text) > (LONGEST_ADDRESS if field == "email" else LONGEST_NAME):
            raise InvalidInput(f"Use at most {LONGEST_NAME} characters.", field)
    if len(entry.aliases) > MOST_ALIASES:
        raise InvalidInput(f"Give at most {MOST_ALIASES} other names.", "aliases")
    if entry.time_zone not in available_timezones():
        raise InvalidInput("Choose a time zone such as Europe/Berlin.", "time_zone")
    _check_office(session, contact, entry)
    _check_address(session, contact, entry)


def _check_office(session: Session, contact: Contact, entry: Entry) -> None:
    if entry.office_id is None:
        return
    office = session.get(Contact, entry.office_id)
    if office is None or office.kind != "office" or office.id == contact.id:
        raise InvalidInput("Choose one of the offices of the directory.", "office_id")


def _check_address(session: Session, contact: Contact, entry: Entry) -> None:
    """One address, one entry: a reminder must not reach the wrong one, and it is the login."""
    address = entry.email.strip()
    other = queries.find_contact_by_address(session, address) if address else None
    if other is not None and other.id != contact.id:
        raise InvalidInput(f"{other.full_name} has this mail address already.", "email")
    if not address and contact.id is not None and accounts.find_account_of(session, contact.id):
        raise InvalidInput("This person signs in with a mail address; give one.", "email")


def _fill(session: Session, contact: Contact, entry: Entry) -> None:
    party = get_or_add_party(session, entry.party) if entry.party.strip() else None
    contact.kind = entry.kind
    contact.name, contact.title = entry.name.strip(), entry.title.strip()
    contact.party, contact.party_id = party, party.id if party else None
    contact.office_id = entry.office_id if entry.kind == "person" else None
    if contact.id is not None and (contact.email or "") != entry.email.strip().lower():
        forget_fault(session, contact.id)
    contact.email = entry.email.strip().lower() or None
    contact.time_zone = entry.time_zone
    contact.aliases = _distinct(entry.aliases, contact.name)
    _follow_address(session, contact)


def _distinct(aliases: Sequence[str], name: str) -> list[str]:
    """Without repetitions and without the name itself, in the order given."""
    unique: dict[tuple[str, ...], str] = {}
    for alias in filter(None, (alias.strip() for alias in aliases)):
        unique.setdefault(fold_name(alias), alias)
    unique.pop(fold_name(name), None)
    return list(unique.values())


def _follow_address(session: Session, contact: Contact) -> None:
    """The mail address is what people sign in with, so a new one moves the login too."""
    account = accounts.find_account_of(session, contact.id) if contact.id is not None else None
    if account is not None and contact.email:
        account.login = contact.email
