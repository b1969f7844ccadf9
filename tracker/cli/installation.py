"""What every command that uses the database begins with: settings, and a database that is
up to date. No command lives here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tracker.config import Settings, read_settings
from tracker.db import Database
from tracker.policy.errors import InvalidInput

SUPERVISED = "TRACKER_SUPERVISED"
"""Set by `serve` for its parts, whose database it has just brought up to date."""


@contextmanager
def open_installation(*, upgrade: bool = False) -> Iterator[tuple[Settings, Database]]:
    """Settings and database of this installation. A new SQLite file is made ready by itself;
    any other database that is behind raises InvalidInput unless ``upgrade``."""
    settings = read_settings()
    database = Database(settings.database_url)
    try:
        if not os.environ.get(SUPERVISED):
            _bring_up_to_date(database, upgrade or settings.is_sqlite)
        yield settings, database
    finally:
        database.close()


def _bring_up_to_date(database: Database, upgrade: bool) -> None:
    from tracker.services.upgrade_database import is_current, upgrade_database

    if upgrade:
        upgrade_database(database)
        return
    with database.reading() as session:
        if not is_current(session.connection()):
            raise InvalidInput(
                "The database is not at the version this program needs. "
                "Run `python -m tracker db upgrade` first."
            )
