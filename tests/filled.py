"""Fills every column of every table of a database, of whatever version, with something to lose.

Values are made from the column's type; a type that is not known here fails, so that a new one is
noticed.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
    Time,
    inspect,
    select,
)

from tracker.db import Instant
from tracker.services.stored_tables import stored_tables

_VALUES: tuple[tuple[Any, Any], ...] = (
    (Instant, dt.datetime(2008, 2, 29, 23, 59, 58, 123456, tzinfo=dt.UTC)),
    (Date, dt.date(2008, 2, 29)),
    (Time, dt.time(9, 30)),
    (JSON, {"Ævar": [1, None, "“quoted”"]}),
    (Boolean, True),
    (Integer, 1),
    (LargeBinary, b"\x00\xff\r\n"),
)
_ONE_OF = re.compile(
    r"""[("\s] (?P<column> [a-z_]+ ) \W* (?: ::text \W* )? (?: in | = \s any )
    [^']* '(?P<first> [^']* )'""",
    re.VERBOSE | re.IGNORECASE,
)  # kind in ('office', 'person')


def fill_every_column(connection: Connection) -> None:
    """One row in each table, whose keys all point at that first row."""
    for stored in stored_tables(connection):
        table = stored.table
        words = _allowed_words(connection, table)
        row = {c.name: words.get(c.name, _value(c.type)) for c in table.columns}
        if table.name == "reminder_approval" and "report_id" in row:
            row["report_id"] = None  # It asks about a list or about a report, never both.
        connection.execute(table.insert(), [row])


def all_rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """What is in every table, by table and column."""
    return {
        stored.table.name: [
            dict(row) for row in connection.execute(select(stored.table)).mappings()
        ]
        for stored in stored_tables(connection)
    }


def _allowed_words(connection: Connection, table: Table) -> dict[str, str]:
    checks = inspect(connection).get_check_constraints(table.name)
    found = [match for check in checks for match in _ONE_OF.finditer(f"({check['sqltext']}")]
    return {match["column"]: match["first"] for match in found}


def _value(kind: Any) -> Any:
    if isinstance(kind, String):
        return "Ävrá “x”\n2"[: kind.length or 60]
    for known, value in _VALUES:
        if isinstance(kind, known):
            return value
    raise AssertionError(f"a value for {kind!r} is missing here, and perhaps in backups")
