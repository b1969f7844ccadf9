"""Two people at once, in an order that no machine can change: the second begins before the first
has committed. Knows of databases, nothing of what the two do.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from tracker.db import Database

_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def at_once(
    database: Database, first: Callable[[Session], Any], second: Callable[[Session], Any]
) -> Exception | None:
    """Does ``first``, and while its transaction is still open ``second`` in another; the first is
    committed once the second waits for it or has ended. Returns the error that the second met."""
    errors: list[Exception] = []

    def follow() -> None:
        try:
            with database.transaction() as session:
                second(session)
        except Exception as error:
            errors.append(error)

    follower = threading.Thread(target=follow)
    with database.transaction() as session:
        first(session)
        session.flush()
        follower.start()
        while follower.is_alive() and not _waits(database):
            time.sleep(0.005)
    follower.join()
    return errors[0] if errors else None


def _waits(database: Database) -> bool:
    """Whether somebody waits for another's rows; on SQLite the second cannot but wait."""
    if database.is_sqlite:
        return True
    with database.reading() as session:
        return bool(session.scalar(_WAITING))
