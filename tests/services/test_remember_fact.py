"""What is remembered by name, by two at once."""

from __future__ import annotations

import datetime as dt
import threading

from tracker.db import Database
from tracker.models import Fact
from tracker.services.remember_fact import remember_fact

NOON = dt.datetime(2008, 1, 3, 12, tzinfo=dt.UTC)


def test_two_who_remember_the_same_for_the_first_time_both_succeed(database: Database) -> None:
    faults: list[Exception] = []

    def second() -> None:
        try:
            with database.transaction() as session:
                remember_fact(session, "last_sweep", "second", at=NOON)
        except Exception as error:
            faults.append(error)

    with database.transaction() as session:
        remember_fact(session, "last_sweep", "first", at=NOON)
        other = threading.Thread(target=second)
        other.start()
        other.join(0.3)  # It waits for this transaction, which it cannot see yet.
    other.join()
    assert faults == []
    with database.reading() as session:
        assert session.get_one(Fact, "last_sweep").value == "second"
