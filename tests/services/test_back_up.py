"""Backups: everything comes back, in either kind of database, or nothing is changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.postgres import fresh_database_url
from tests.world import NOW, World, shipped_cable
from tracker.db import Base, Database
from tracker.models import CableRecord, Contact, Task
from tracker.policy.errors import InvalidInput
from tracker.services.back_up import back_up, restore
from tracker.services.record_history import find_broken_history


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
