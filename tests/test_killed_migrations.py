"""A process killed inside a migration: the database stays as it was, and a second run completes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect

from tests.filled import all_rows, fill_every_column
from tests.postgres import fresh_database_url
from tracker.db import Base, Database
from tracker.services.upgrade_database import revision_of, upgrade_database

_OLD = "0003"
_UPGRADE_AND_DIE = """
import os, signal, sys
from sqlalchemy import event
from tracker.db import Database
from tracker.services.upgrade_database import upgrade_database

database, left = Database(sys.argv[1]), [int(sys.argv[2])]

@event.listens_for(database.engine, "after_cursor_execute")
def count(*_):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)

upgrade_database(database)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path):
    """A database of an older version with a row in each table."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}" if is_sqlite else fresh_database_url()
    database = Database(url)
    upgrade_database(database, _OLD)
    with database.engine.begin() as connection:
        fill_every_column(connection)
    yield database
    database.close()


def test_a_kill_at_any_statement_changes_nothing_and_the_next_run_completes(old: Database) -> None:
    with old.engine.begin() as connection:
        before = all_rows(connection)
    old.close()
    for statement in (5, 20, 40):
        killed = subprocess.run(
            [sys.executable, "-c", _UPGRADE_AND_DIE, old.url, str(statement)],
            cwd=Path(__file__).resolve().parents[1],
            timeout=120,
            check=False,
        )
        assert killed.returncode == -signal.SIGKILL
        assert revision_of(old) == _OLD
        with old.engine.begin() as connection:
            assert all_rows(connection) == before
        old.close()
    assert upgrade_database(old) is True
    with old.engine.begin() as connection:
        assert set(inspect(connection).get_table_names()) >= set(Base.metadata.tables)
