"""Brings a database to the version this program needs, or says why it cannot.

The only place that knows of Alembic.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from tracker.db import Database
from tracker.policy.errors import InvalidInput, Unavailable

_MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_LOCK = 7_205_759  # Any number: PostgreSQL's advisory lock that one upgrade at a time holds.


def upgrade_database(database: Database, revision: str = "head") -> bool:
    """Runs the missing migrations in one transaction; True where there were any.

    Raises InvalidInput for a database that a newer version of the program has written, or
    that is not a database, and Unavailable for one that does not answer.
    """
    try:
        with database.engine.begin() as connection:
            if not database.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            current = current_revision(connection)
            _refuse_newer(current)
            if revision == "head" and current == _scripts().get_current_head():
                return False
            command.upgrade(_config(connection), revision)
            return True
    except DatabaseError as error:
        raise InvalidInput(_explain(database, error)) from error
    except SQLAlchemyError as error:
        raise Unavailable(_explain(database, error)) from error


def downgrade_database(database: Database, revision: str) -> None:
    """Takes migrations back down to ``revision`` ("base" for all)."""
    with database.engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def lay_tables(connection: Connection, revision: str | None) -> None:
    """Gives an empty database the tables of ``revision``, whichever it has now, within the
    transaction of ``connection``. Raises InvalidInput for a revision of a newer program."""
    if revision not in _known():
        raise InvalidInput(
            f"The backup was written by a newer version of the tracker (it is at {revision}). "
            "Nothing was changed. Restore it with that newer version."
        )
    current = current_revision(connection)
    _refuse_newer(current)
    if current not in (None, revision):
        command.downgrade(_config(connection), "base")
    command.upgrade(_config(connection), revision)


def current_revision(connection: Connection) -> str | None:
    """The revision the database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def is_current(connection: Connection) -> bool:
    """Whether the database is at the version this program needs."""
    return current_revision(connection) == _scripts().get_current_head()


def revision_of(database: Database) -> str | None:
    """The revision of a database, None for an empty one; nothing is changed. Raises InvalidInput
    for what is no database, and Unavailable for one that does not answer."""
    try:
        with database.reading() as session:
            return current_revision(session.connection())
    except SQLAlchemyError as error:
        raise InvalidInput(_explain(database, error)) from error


def require_current(database: Database) -> None:
    """Raises InvalidInput for a database of another version than this program's, and what
    ``revision_of`` raises; nothing is changed."""
    current = revision_of(database)
    _refuse_newer(current)
    if current != _scripts().get_current_head():
        raise InvalidInput(
            "The database is of an older version than this program. Take a backup, then run "
            "`python -m tracker db upgrade`; nothing was changed."
        )


def _refuse_newer(current: str | None) -> None:
    if current is not None and current not in _known():
        raise InvalidInput(
            f"The database was written by a newer version of the tracker (it is at {current}). "
            "Nothing was changed. Start that newer version, or restore an older backup."
        )


def _known() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _explain(database: Database, error: SQLAlchemyError) -> str:
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    where = database.engine.url.render_as_string(hide_password=True)
    return (
        f"The database {where} cannot be used ({reason}). "
        "Nothing was changed; check TRACKER_DATABASE_URL and that the server or file is there."
    )
