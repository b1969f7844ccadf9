"""The engine, the base of all tables, and transaction(); nothing here knows what is stored.

Entry points open ``with database.transaction() as session``; services flush and never commit.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from tracker.policy.errors import InvalidInput, Unavailable

BUSY_SECONDS = 15
"""How long a writer on SQLite waits for another to end, where somebody looks on."""
PATIENT_SECONDS = 120
"""The same for schedulers and commands: planning many thousand reminders is one transaction."""


class Base(DeclarativeBase):
    """Base of all tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[dt.datetime]):
    """An aware instant, kept in UTC; SQLite, which forgets zones, gives it back aware too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """To UTC; refuses an instant without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Database:
    """One database, and the only way to a session of it; ``busy_seconds`` is how long it waits for
    another writer on SQLite."""

    def __init__(self, url: str, busy_seconds: float = BUSY_SECONDS) -> None:
        self.url = url
        self.engine = _make_engine(url, busy_seconds)
        self._reader = self.engine.execution_options(tracker_reads_only=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of ours (and SKIP LOCKED does not exist)."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end and rolled back on any error.

        On SQLite it begins IMMEDIATE, so that it waits for other writers at once rather than
        fail half-way. Raises Unavailable where the database is locked, full or gone.
        """
        with _explained(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading; whatever it changed is rolled back."""
        with _explained(), Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def statements(self) -> Iterator[Connection]:
        """As transaction(), for a few statements that run very often: a session, with what it
        remembers of rows, takes longer than they do."""
        with _explained(), self.engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()


def _make_engine(url: str, busy_seconds: float) -> Engine:
    try:
        return _engine_of(url, busy_seconds)
    except (ArgumentError, ValueError) as error:
        raise InvalidInput(
            "TRACKER_DATABASE_URL is no address of a database; set it to one such as "
            "postgresql://user:password@host:5432/name, with % for special characters written %25."
        ) from error


def _engine_of(url: str, busy_seconds: float) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(
            url, pool_pre_ping=True, json_serializer=_dump_json, hide_parameters=True
        )
    engine = create_engine(
        url,
        connect_args={"timeout": busy_seconds},
        json_serializer=_dump_json,
        hide_parameters=True,  # An error's words reach logs, and values may be cable text.
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _dump_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # The driver begins nothing by itself; _begin_sqlite does.
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get("tracker_reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig).splitlines()[0] if error.orig else "no reason given"
        raise Unavailable(
            f"The database does not answer ({reason}). Nothing was changed; try again in a "
            "minute, and tell your administrator if it stays so."
        ) from error
