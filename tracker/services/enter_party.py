"""Enters parties by the name that people use for them.

Which of them takes part in a dialogue, confirm_cable says.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.models import Party
from tracker.policy.errors import InvalidInput
from tracker.policy.workdays import country_code
from tracker.queries.people import find_party

LONGEST_PARTY = 120


def get_or_add_party(session: Session, name: str) -> Party:
    """The party of that name, added where it is new, with its country code where it is one.

    Where somebody else adds the same at the same time, theirs is taken. Raises InvalidInput for a
    name that is too long.
    """
    name = name.strip()
    check_party_length(name)
    party = find_party(session, name)
    if party is not None:
        return party
    party = Party(name=name, code=country_code(name))
    try:
        with session.begin_nested():
            session.add(party)
    except IntegrityError:
        return session.scalars(select(Party).where(Party.name == name)).one()
    return party


def check_party_length(party: str, field: str | None = None) -> None:
    """Raises InvalidInput: cut, two long names that begin alike would become one party."""
    if len(party.strip()) > LONGEST_PARTY:
        raise InvalidInput(f"A party's name has at most {LONGEST_PARTY} characters.", field)
