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
from jinja2 import FileSystemBytecodeCache

from tests.world import World
from tracker import create_app
from tracker.config import Settings, read_settings
from tracker.db import Database
from tracker.services.upgrade_database import upgrade_database

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


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database, once of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "tracker.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    from tests.postgres import lend_database_url, take_back

    url = lend_database_url()
    yield url
    take_back(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The fresh database, closed at the end."""
    database = Database(database_url)
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
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates as compiled for an earlier test: they are most of what a page test costs."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(settings: Settings, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The web application over that database."""
    app = create_app(settings)
    app.config["TESTING"] = True
    app.jinja_env.bytecode_cache = compiled_templates
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
