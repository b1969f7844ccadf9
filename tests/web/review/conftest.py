"""A cable that Mira reviews, for the tests of this folder."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.invented import confirmed
from tests.web.importing import SignedIn
from tests.world import World
from tracker.db import Database
from tracker.queries.cables import candidates_of


@pytest.fixture
def mira(world: World) -> int:
    """A person of Northland; returns the contact's id."""
    return world.person()


@pytest.fixture
def cable(database: Database, world: World, mira: int) -> str:
    """The address of a cable that Mira leads, without /review."""
    return f"/cables/{confirmed(database, world.actor(mira))}"


@pytest.fixture
def browser(signed_in: SignedIn, cable: str, mira: int) -> FlaskClient:
    """Mira's browser."""
    return signed_in(mira)


@pytest.fixture
def ids(database: Database, cable: str) -> list[int]:
    """The candidates in the order of the source."""
    with database.reading() as session:
        return [c.id for c in candidates_of(session, int(cable.rpartition("/")[2]))]
