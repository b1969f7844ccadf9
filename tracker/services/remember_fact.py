"""Remembers one value by its name; of two processes that do so at once, both succeed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.models import Fact


def remember_fact(session: Session, name: str, value: str, *, at: dt.datetime) -> None:
    """Writes the value over what was remembered under that name."""
    made = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    fresh = {"value": value, "at": at}
    statement = made.insert(Fact).values(name=name, **fresh)
    session.execute(statement.on_conflict_do_update(index_elements=["name"], set_=fresh))
