"""What the tests of the review share: deciding, and what is stored then."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.invented import TALKS, UNPICKED
from tests.web.browser import post
from tracker.db import Database
from tracker.models import Candidate, Task

START = TALKS.index("The\nweather")
MISSED = f"/missed?from={START}&to={START + len(UNPICKED)}"


def candidate(database: Database, candidate_id: int) -> Candidate:
    """A candidate as stored."""
    with database.reading() as session:
        return session.get_one(Candidate, candidate_id)


def tasks(database: Database) -> list[Task]:
    """All tasks by number."""
    with database.reading() as session:
        return list(session.scalars(select(Task).order_by(Task.number)))


def decide(
    browser: FlaskClient, cable: str, candidate_id: int, decision: str, **more: str
) -> TestResponse:
    """Presses a button of a candidate."""
    data = {"decision": decision, **more}
    return post(browser, f"{cable}/candidates/{candidate_id}", data, page=f"{cable}/review")
