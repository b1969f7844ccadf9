"""Backups: everything comes back, in either kind of database, or nothing is changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, text

from tests.filled import all_rows, fill_every_column
from tests.postgres import fresh_database_url
from tests.world import NOW, World, shipped_cable
from tracker.db import Base, Database
from tracker.models import CableRecord, Contact, Task
from tracker.policy.errors import InvalidInput
from tracker.services.back_up import back_up, restore
from tracker.services.record_history import find_broken_history
from tracker.services.upgrade_database import upgrade_database

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"
VERSIONS = sorted(path.stem[:4] for path in MIGRATIONS.glob("0*.py"))


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path):
    """A second, empty database to restore into."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'other.sqlite3'}" if is_sqlite else fresh_database_url()
    database = Database(url)
    yield database
    database.close()


def counts(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def fill(world: World) -> int:
    cable_id = world.baku()
    dialogue_id = world.dialogue()
    person = world.person("Mira Okonjo")
    office = world.person("Border Office", kind="office")
    with world.database.transaction() as session:
        session.get_one(Contact, person).office_id = office
    return world.task(dialogue_id, owners=[person]) and cable_id


def test_what_was_backed_up_comes_back_in_either_kind_of_database(
    world: World, other: Database, tmp_path: Path
) -> None:
    cable_id = fill(world)
    written = back_up(world.database, tmp_path / "all.backup", NOW)
    assert restore(other, tmp_path / "all.backup") == written
    assert counts(other) == counts(world.database)
    with other.reading() as session:
        assert session.get_one(CableRecord, cable_id).original == shipped_cable()
        assert list(find_broken_history(session)) == []


def test_new_tasks_can_be_added_after_a_restore(
    world: World, other: Database, tmp_path: Path
) -> None:
    fill(world)
    back_up(world.database, tmp_path / "all.backup", NOW)
    restore(other, tmp_path / "all.backup")
    with other.reading() as session:
        dialogue_id = session.scalars(select(Task.dialogue_id)).first()
    assert World(other).task(dialogue_id or 0, "Agree a date for the next round")


def test_a_database_with_data_is_not_restored_over(
    world: World, other: Database, tmp_path: Path
) -> None:
    fill(world)
    back_up(world.database, tmp_path / "all.backup", NOW)
    before = counts(world.database)
    with pytest.raises(InvalidInput, match="holds data already"):
        restore(world.database, tmp_path / "all.backup")
    assert counts(world.database) == before


def test_no_kind_of_column_is_lost_times_of_day_included(
    database: Database, other: Database, tmp_path: Path
) -> None:
    with database.engine.begin() as connection:
        fill_every_column(connection)
        before = all_rows(connection)
    assert set(before) == set(Base.metadata.tables)
    assert back_up(database, tmp_path / "all.backup", NOW) == len(before)
    restore(other, tmp_path / "all.backup")
    with other.engine.begin() as connection:
        assert all_rows(connection) == before


@pytest.mark.parametrize("version", VERSIONS)
def test_a_backup_of_an_older_version_gives_what_upgrading_it_in_place_gives(
    version: str, tmp_path: Path
) -> None:
    old = Database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    upgrade_database(old, version)
    with old.engine.begin() as connection:
        fill_every_column(connection)
    back_up(old, tmp_path / "old.backup", NOW)
    upgrade_database(old)
    with old.engine.begin() as connection:
        upgraded = all_rows(connection)
    old.close()
    new = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    restore(new, tmp_path / "old.backup")
    with new.engine.begin() as connection:
        assert all_rows(connection) == upgraded
    new.close()


def test_an_older_backup_goes_into_a_database_that_has_tables_but_no_rows(
    other: Database, tmp_path: Path
) -> None:
    old = Database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    upgrade_database(old, "0001")
    with old.engine.begin() as connection:
        fill_every_column(connection)
    written = back_up(old, tmp_path / "old.backup", NOW)
    old.close()
    upgrade_database(other)
    assert restore(other, tmp_path / "old.backup") == written


def test_a_backup_of_a_newer_version_is_refused_and_leaves_nothing(
    database: Database, other: Database, tmp_path: Path
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    back_up(database, tmp_path / "new.backup", NOW)
    with database.engine.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{VERSIONS[-1]}'"))
    with pytest.raises(InvalidInput, match="newer version of the tracker"):
        restore(other, tmp_path / "new.backup")
    with other.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []


def test_rows_that_do_not_fit_are_refused_in_one_line_and_leave_nothing(
    other: Database, tmp_path: Path
) -> None:
    old = Database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    upgrade_database(old)
    with closing(sqlite3.connect(tmp_path / "old.sqlite3")) as careless:
        careless.execute("INSERT INTO task_owner (task_id, name, position) VALUES (77, 'X', 0)")
        careless.commit()
    back_up(old, tmp_path / "torn.backup", NOW)
    old.close()
    with pytest.raises(InvalidInput, match="cannot be restored"):
        restore(other, tmp_path / "torn.backup")
    with other.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []


@pytest.mark.parametrize("content", [b"", b"not a backup", b"\x1f\x8b\x08\x00 broken"])
def test_a_file_that_is_no_backup_is_refused(
    content: bytes, other: Database, tmp_path: Path
) -> None:
    path = tmp_path / "some.file"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match="backup"):
        restore(other, path)


def test_a_backup_never_overwrites_a_file(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "all.backup"
    path.write_text("precious")
    with pytest.raises(InvalidInput, match="there already"):
        back_up(database, path, NOW)
    assert path.read_text() == "precious"
