"""Writes all that an installation holds into one file, and reads such a file into an empty
database. The file does not depend on the kind of database, so it also moves one to another, and
carries the version it was written at: rows go back into the tables of that version first.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, Integer, Table, Time, bindparam, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from tracker.db import Database, Instant
from tracker.policy.errors import InvalidInput
from tracker.services.stored_tables import StoredTable, stored_tables
from tracker.services.upgrade_database import current_revision, lay_tables, upgrade_database

_FORMAT = "dialogue-tracker-backup-1"
_CHUNK = 1000


def back_up(database: Database, path: Path, now: dt.datetime) -> int:
    """Writes the backup and returns how many rows it holds. The file appears whole or not at
    all, readable by its owner alone; one that is there is never overwritten (InvalidInput)."""
    if path.exists():
        raise InvalidInput(f"{path} is there already; choose another name.")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent or Path(), prefix=".backup-")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with (
            os.fdopen(handle, "wb") as file,
            gzip.GzipFile(fileobj=file, mode="wb") as packed,
            tarfile.open(fileobj=packed, mode="w") as archive,
        ):
            rows = _write(database, archive, now)
        os.replace(name, path)
    except OSError as error:
        raise InvalidInput(
            f"{path} cannot be written: {error.strerror}. No backup was made."
        ) from error
    finally:
        Path(name).unlink(missing_ok=True)
    return rows


def restore(database: Database, path: Path) -> int:
    """Reads a backup into this database, which must be empty; returns the number of rows.
    Raises InvalidInput for a file that is no backup or of a newer version, and for a database
    that holds something; nothing is changed then."""
    try:
        with tarfile.open(path, mode="r:gz") as archive, database.engine.begin() as connection:
            manifest = _manifest(archive, path)
            _require_empty(connection)
            lay_tables(connection, manifest["revision"])
            stored = stored_tables(connection)
            rows = sum(_read_table(connection, archive, each) for each in stored)
            _advance_sequences(connection, stored)
    except (OSError, tarfile.TarError, EOFError, ValueError, zlib.error) as error:
        raise InvalidInput(f"{path} cannot be read as a backup: {error}.") from error
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise InvalidInput(f"{path} cannot be restored: {reason}. Nothing was changed.") from error
    upgrade_database(database)
    return rows


def _write(database: Database, archive: tarfile.TarFile, now: dt.datetime) -> int:
    total = 0
    engine = database.engine
    if not database.is_sqlite:
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    else:
        engine = engine.execution_options(tracker_reads_only=True)
    with engine.connect() as connection, connection.begin():
        manifest = {
            "format": _FORMAT,
            "revision": current_revision(connection),
            "written_at": now.isoformat(),
        }
        _add(archive, "manifest.json", json.dumps(manifest).encode())
        for stored in stored_tables(connection):
            total += _write_table(connection, archive, stored.table)
    return total


def _write_table(connection: Connection, archive: tarfile.TarFile, table: Table) -> int:
    count = 0
    with tempfile.TemporaryFile() as spool:
        query = select(table).order_by(*table.primary_key.columns)
        for row in connection.execute(query.execution_options(yield_per=_CHUNK)):
            values = {c.name: _plain(v) for c, v in zip(table.columns, row, strict=True)}
            spool.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")
            count += 1
        entry = tarfile.TarInfo(f"{table.name}.jsonl")
        entry.size = spool.tell()
        spool.seek(0)
        archive.addfile(entry, spool)
    return count


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    return value


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, BytesIO(content))


def _manifest(archive: tarfile.TarFile, path: Path) -> dict[str, str]:
    try:
        member = archive.extractfile("manifest.json")
        manifest = json.loads(member.read()) if member else {}
    except (KeyError, ValueError):
        manifest = {}
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise InvalidInput(f"{path} is no backup of the tracker.")
    return manifest


def _require_empty(connection: Connection) -> None:
    for stored in stored_tables(connection):
        if connection.scalar(select(func.count()).select_from(stored.table)):
            raise InvalidInput(
                "The database holds data already. Restore into an empty one: set "
                "TRACKER_DATABASE_URL or TRACKER_INSTANCE to a new place, or move the old one away."
            )


def _read_table(connection: Connection, archive: tarfile.TarFile, stored: StoredTable) -> int:
    """Inserts a table's rows; columns that point at rows of the same table are filled in once
    all of those are there."""
    table = stored.table
    count = 0
    for rows in _chunks(archive, table):
        connection.execute(table.insert(), [row | dict.fromkeys(stored.own) for row in rows])
        count += len(rows)
    for name in stored.own:
        statement = table.update().where(table.c.id == bindparam("row_id"))
        statement = statement.values({name: bindparam("target")})
        for rows in _chunks(archive, table):
            pairs = [(row["id"], row[name]) for row in rows if row[name] is not None]
            if pairs:
                connection.execute(statement, [{"row_id": i, "target": t} for i, t in pairs])
    return count


def _chunks(archive: tarfile.TarFile, table: Table) -> Iterator[list[dict[str, Any]]]:
    try:
        member = archive.extractfile(f"{table.name}.jsonl")
    except KeyError:
        return  # A table that the version of the backup did not have yet.
    rows: list[dict[str, Any]] = []
    for line in member or ():
        stored = json.loads(line)
        rows.append({c.name: _typed(c.type, stored.get(c.name)) for c in table.columns})
        if len(rows) == _CHUNK:
            yield rows
            rows = []
    if rows:
        yield rows


def _typed(kind: object, value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"base64"}:
        return base64.b64decode(value["base64"])
    if value is not None and isinstance(kind, Instant):
        return dt.datetime.fromisoformat(value)
    if value is not None and isinstance(kind, Date):
        return dt.date.fromisoformat(value)
    if value is not None and isinstance(kind, Time):
        return dt.time.fromisoformat(value)
    return value


def _advance_sequences(connection: Connection, tables: list[StoredTable]) -> None:
    """PostgreSQL hands out ids from sequences, which rows with given ids do not move; for a key
    that has no sequence, setval of nothing does nothing."""
    if connection.dialect.name != "postgresql":
        return
    for table in (stored.table for stored in tables):
        key = list(table.primary_key.columns)
        if len(key) == 1 and isinstance(key[0].type, Integer):
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key[0].name}'), "  # noqa: S608 - Names of our own tables.
                    f'coalesce((SELECT max({key[0].name}) FROM "{table.name}"), 0) + 1, false)'
                )
            )
