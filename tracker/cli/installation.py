"""What every command that uses the database begins with: settings, and a database that is
up to date. No command lives here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tracker.config import Settings, read_settings
from tracker.db import PATIENT_SECONDS, Database

SUPERVISED = "TRACKER_SUPERVISED"
"""Set by `serve` for its parts, whose database it has just brought up to date."""


@contextmanager
def open_installation(
    *, upgrade: bool = False, any_version: bool = False
) -> Iterator[tuple[Settings, Database]]:
    """Settings and database of this installation. An empty SQLite file is made ready by itself;
    any other database that is behind raises InvalidInput, unless it is to be brought up to date
    (``upgrade``) or taken as it is (``any_version``)."""
    settings = read_settings()
    database = Database(settings.database_url, PATIENT_SECONDS)
    try:
        if not os.environ.get(SUPERVISED):
            _bring_up_to_date(database, upgrade=upgrade, any_version=any_version)
        yield settings, database
    finally:
        database.close()


def _bring_up_to_date(database: Database, *, upgrade: bool, any_version: bool) -> None:
    from tracker.services.upgrade_database import require_current, revision_of, upgrade_database

    if upgrade or (database.is_sqlite and revision_of(database) is None):
        upgrade_database(database)
    elif not any_version:
        require_current(database)
