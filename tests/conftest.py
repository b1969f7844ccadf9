"""Fixtures that most tests share: a migrated database of either kind, an application, a world.

What only one folder needs stands in that folder's conftest.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.world import World
from tracker import create_app
from tracker.config import Settings, read_settings
from tracker.db import Database
from tracker.services.upgrade_database import upgrade_database
from tracker.web.application import bind

# A slow machine is no fault, and the same commit gives the same examples everywhere; to look for
# new ones, run with --hypothesis-profile=search.
hypothesis_settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("search", deadline=None, max_examples=1000)
hypothesis_settings.load_profile("steady")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite3"
    database = Database(f"sqlite:///{path}")
    upgrade_database(database)
    database.close()  # The last connection takes the write-ahead log into the file.
    return path


class KeptDatabases:
    """Two databases an address, one for the test and one for its application, as earlier tests
    used them: the statements that they have compiled are a good part of what a test would cost."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "tracker.sqlite3"
        self._kept: dict[str, tuple[Database, Database]] = {}

    def of(self, url: str) -> tuple[Database, Database]:
        """Those of an address; whoever uses one closes it, which ends its connections alone."""
        if url not in self._kept:
            self._kept[url] = (Database(url), Database(url))
        return self._kept[url]


@pytest.fixture(scope="session")
def kept_databases(tmp_path_factory: pytest.TempPathFactory) -> KeptDatabases:
    """See KeptDatabases."""
    return KeptDatabases(tmp_path_factory.mktemp("kept"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, kept_databases: KeptDatabases) -> Iterator[str]:
    """The address of an empty, migrated database, once of each kind."""
    if request.param == "sqlite":
        file = kept_databases.file
        for ending in ("", "-wal", "-shm"):
            file.with_name(file.name + ending).unlink(missing_ok=True)
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    from tests.postgres import lend_database_url, take_back

    url = lend_database_url()
    yield url
    take_back(url)


@pytest.fixture
def database(database_url: str, kept_databases: KeptDatabases) -> Iterator[Database]:
    """The fresh database, closed at the end."""
    database, _ = kept_databases.of(database_url)
    yield database
    database.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of an installation over that database, without mail server or sample."""
    return read_settings(
        {
            "TRACKER_INSTANCE": str(tmp_path / "instance"),
            "TRACKER_DATABASE_URL": database_url,
            "TRACKER_SECRET_KEY": "a key for tests only, long enough to be one",
            "TRACKER_SAMPLE": "0",
        }
    )


@pytest.fixture
def world(database: Database) -> World:
    """People, dialogues and tasks to order."""
    return World(database)


@pytest.fixture(scope="session")
def kept_apps() -> dict[tuple[str, int], Flask]:
    """Applications as earlier tests used them: making one and loading its templates is most of
    what a page test would cost."""
    return {}


@pytest.fixture
def app(
    settings: Settings, kept_apps: dict[tuple[str, int], Flask], kept_databases: KeptDatabases
) -> Iterator[Flask]:
    """The web application over that database. Whoever adds pages to it makes one of their own."""
    key = (settings.base_url, settings.proxies)
    if key in kept_apps:
        bind(kept_apps[key], settings)
    else:
        kept_apps[key] = create_app(settings)
    app = kept_apps[key]
    _, app.extensions["tracker_database"] = kept_databases.of(settings.database_url)
    app.config["TESTING"] = True
    yield app
    app.extensions["tracker_database"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody is signed in on."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask, world: World) -> Callable[[int], FlaskClient]:
    """``signed_in(contact_id)``: a browser on which that person is signed in. CSRF is on, as for
    people; send forms with tests.web.browser.post."""

    def open_browser(contact_id: int) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = world.session_token(contact_id)
            cookie["_fresh"] = True
        return client

    return open_browser
