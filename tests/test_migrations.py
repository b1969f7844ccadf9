"""The migrations, on both databases: up, down, and against the models."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from tests.postgres import fresh_database_url
from tracker.db import Base, Database
from tracker.policy.errors import InvalidInput
from tracker.services.upgrade_database import downgrade_database, upgrade_database


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path):
    """An empty database without tables."""
    is_sqlite = request.param == "sqlite"
    database = Database(
        f"sqlite:///{tmp_path / 'new.sqlite3'}" if is_sqlite else fresh_database_url()
    )
    yield database
    database.close()


def test_going_up_gives_exactly_the_tables_of_the_models(empty: Database) -> None:
    assert upgrade_database(empty) is True
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_going_up_twice_changes_nothing(empty: Database) -> None:
    upgrade_database(empty)
    assert upgrade_database(empty) is False


def test_going_down_leaves_nothing_and_up_again_works(empty: Database) -> None:
    upgrade_database(empty)
    downgrade_database(empty, "base")
    with empty.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    assert upgrade_database(empty) is True


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(empty: Database) -> None:
    upgrade_database(empty)
    with empty.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(InvalidInput, match="newer version of the tracker"):
        upgrade_database(empty)
    with empty.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
        assert connection.scalar(text("SELECT count(*) FROM task")) == 0


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tracker.sqlite3"
    path.write_bytes(b"this is a text, and has never been a database" * 100)
    database = Database(f"sqlite:///{path}")
    with pytest.raises(InvalidInput, match="cannot be used"):
        upgrade_database(database)
    database.close()
    assert path.read_bytes().startswith(b"this is a text")


def test_what_is_stored_outlives_the_columns_of_merging_and_versions(empty: Database) -> None:
    upgrade_database(empty, "0005")
    with empty.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO cable (sha256, original, filename, media_type, encoding, text, "
                "reading, marking, is_sample, imported_at) VALUES ('', '', 'talks.txt', '', '', "
                "'', '{}', 'U', false, '2008-02-10 09:00:00')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO candidate (cable_id, position, span_start, span_end, tier, kind, "
                "title, text, responsible, owners, due_basis, marking, rules, reason, decision, "
                "rejection_reason, version) SELECT id, 0, 0, 1, 'likely', 'action', 'Send it', "
                "'', '[]', '[]', 'default', 'U', '[]', '', 'pending', '', 1 FROM cable"
            )
        )
    upgrade_database(empty)
    downgrade_database(empty, "0005")
    with empty.engine.connect() as connection:
        assert connection.scalar(text("SELECT title FROM candidate")) == "Send it"


def test_an_address_that_two_entries_have_stays_with_who_signs_in_with_it(empty: Database) -> None:
    upgrade_database(empty, "0009")
    with empty.engine.begin() as connection:
        for values in ("1, 'mira@north.example'", "2, 'Mira@North.example'", "3, NULL", "4, NULL"):
            connection.execute(
                text(
                    "INSERT INTO contact (id, email, kind, name, title, time_zone, aliases, "
                    f"is_active, created_at, version) VALUES ({values}, 'person', 'Mira', '', "
                    "'UTC', '[]', true, '2008-02-10 09:00:00', 1)"
                )
            )
        connection.execute(
            text(
                "INSERT INTO account (contact_id, login, is_administrator, is_active, created_at) "
                "VALUES (2, 'mira@north.example', false, true, '2008-02-10 09:00:00')"
            )
        )
    upgrade_database(empty)
    with empty.engine.connect() as connection:
        found = connection.execute(text("SELECT id, email FROM contact WHERE email IS NOT NULL"))
        assert [tuple(row) for row in found] == [(2, "mira@north.example")]


def test_people_outlive_the_column_of_who_heads_an_office(empty: Database) -> None:
    upgrade_database(empty, "0006")
    with empty.engine.begin() as connection:
        for values in ("1, 'office', 'Border Desk', NULL", "2, 'person', 'Anna Keel', 1"):
            connection.execute(
                text(
                    "INSERT INTO contact (id, kind, name, office_id, title, time_zone, aliases, "
                    f"is_active, created_at, version) VALUES ({values}, '', 'UTC', '[]', true, "
                    "'2008-02-10 09:00:00', 1)"
                )
            )
    upgrade_database(empty)
    with empty.engine.begin() as connection:
        connection.execute(text("UPDATE contact SET head_id = 2 WHERE id = 1"))
    downgrade_database(empty, "0006")
    with empty.engine.connect() as connection:
        found = connection.execute(text("SELECT name, office_id FROM contact ORDER BY id"))
        assert [tuple(row) for row in found] == [("Border Desk", None), ("Anna Keel", 1)]
