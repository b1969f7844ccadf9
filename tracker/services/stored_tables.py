"""The tables of a database as they stand in it, whatever version of the program made them.

Backups need them: the models know today's columns only. No row is read or written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Connection, DateTime, MetaData, Table, inspect

from tracker.db import Instant

_OF_ALEMBIC = "alembic_version"


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table with the columns that it has; ``own`` names those that point at its own rows."""

    table: Table
    own: tuple[str, ...]


def stored_tables(connection: Connection) -> list[StoredTable]:
    """All tables of ours, each after those that it points at."""
    look = inspect(connection)
    metadata = MetaData()
    found = []
    for name, _ in look.get_sorted_table_and_fkc_names():
        if name is None or name == _OF_ALEMBIC:
            continue
        keys = set(look.get_pk_constraint(name)["constrained_columns"])
        columns = [
            Column(c["name"], _type_of(c), primary_key=c["name"] in keys)
            for c in look.get_columns(name)
        ]
        own = [
            column
            for key in look.get_foreign_keys(name)
            if key["referred_table"] == name
            for column in key["constrained_columns"]
        ]
        found.append(StoredTable(Table(name, metadata, *columns), tuple(own)))
    return found


def _type_of(column: Any) -> Any:
    """The type that the database names, save where ours says more: instants are aware, and a
    JSON column without a value is empty rather than the word null."""
    if isinstance(column["type"], DateTime):
        return Instant()
    if isinstance(column["type"], JSON):
        return JSON(none_as_null=column["nullable"])
    return column["type"]
