"""Adds and changes persons and offices of the directory; who is deactivated keeps all history.

Roles are given in manage_roles, names of texts linked in link_names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.models import Contact
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.names import fold_name, has_control_characters
from tracker.policy.visibility import Actor
from tracker.policy.zones import zone_names
from tracker.queries import accounts
from tracker.queries import people as queries
from tracker.queries.roles import roles_of
from tracker.services.enter_party import LONGEST_PARTY, get_or_add_party
from tracker.services.guard_directory import (
    guard_login,
    guard_mail,
    guard_side,
    require_editor,
    shares_dialogues,
)
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
    guard_login(session, contact, entry.email, actor)
    guard_mail(session, contact, entry.email, actor)
    guard_side(session, contact, entry.party, actor)
    change_entry(session, contact, entry, seen_version=seen_version)


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
    if not ((led and shares_dialogues(session, contact, actor)) or actor.scope.is_administrator):
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


def _check(session: Session, contact: Contact, entry: Entry) -> None:
    if entry.kind not in ("person", "office"):
        raise InvalidInput("Choose whether this is a person or an office.", "kind")
    if not entry.name.strip():
        raise InvalidInput("Give a name.", "name")
    lines = [("name", entry.name), ("title", entry.title), ("party", entry.party)]
    lines += [("email", entry.email), *(("aliases", alias) for alias in entry.aliases)]
    for field, text in lines:
        if has_control_characters(text):
            words = "Write this on one line, without control or invisible characters."
            raise InvalidInput(words, field)
        longest = {"email": LONGEST_ADDRESS, "party": LONGEST_PARTY}.get(field, LONGEST_NAME)
        if len(text) > longest:
            raise InvalidInput(f"Use at most {longest} characters.", field)
    if len(entry.aliases) > MOST_ALIASES:
        raise InvalidInput(f"Give at most {MOST_ALIASES} other names.", "aliases")
    if entry.time_zone not in zone_names():
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
