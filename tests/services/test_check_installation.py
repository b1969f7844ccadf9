"""What an installation's check finds, and that it says how to mend it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.world import World
from tracker.config import Settings, read_settings
from tracker.db import Database
from tracker.models import Change, Fact
from tracker.services.check_installation import Finding, check_installation
from tracker.services.upgrade_database import downgrade_database

NOW = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)


def found(database: Database, settings: Settings, **options: bool) -> dict[str, Finding]:
    findings = check_installation(database, settings, NOW, **options)
    assert all(finding.is_ok or finding.remedy for finding in findings)
    return {finding.part: finding for finding in findings}


def swept(world: World, ago: dt.timedelta) -> None:
    with world.database.transaction() as session:
        session.merge(Fact(name="last_sweep", value="", at=NOW - ago))


def test_a_new_installation_lacks_an_administrator_and_a_sweep(
    database: Database, settings: Settings
) -> None:
    parts = found(database, settings)
    assert {part for part, finding in parts.items() if not finding.is_ok} == {
        "Administrator",
        "Reminders",
    }


def test_the_first_start_makes_a_folder_that_is_closed_to_others(tmp_path: Path) -> None:
    read_settings({"TRACKER_INSTANCE": str(tmp_path / "parent" / "instance")})
    assert (tmp_path / "parent" / "instance").stat().st_mode & 0o077 == 0


def test_the_folder_that_comes_with_a_checkout_is_closed_at_the_first_start(tmp_path: Path) -> None:
    (tmp_path / ".gitkeep").touch()
    tmp_path.chmod(0o755)
    read_settings({"TRACKER_INSTANCE": str(tmp_path)})
    assert tmp_path.stat().st_mode & 0o077 == 0


def test_a_working_one_is_well(world: World, settings: Settings) -> None:
    world.account(world.person(), is_administrator=True)
    world.task(world.dialogue())
    swept(world, dt.timedelta(minutes=2))
    parts = found(world.database, settings, with_history=True)
    assert all(finding.is_ok for finding in parts.values()), parts
    assert parts["Reminders"].words.endswith("2 minutes ago.")


def test_a_scheduler_that_is_down_shows(world: World, settings: Settings) -> None:
    swept(world, dt.timedelta(days=3))
    finding = found(world.database, settings)["Reminders"]
    assert not finding.is_ok
    assert "3 days ago" in finding.words


def test_a_changed_history_shows(world: World, settings: Settings) -> None:
    world.task(world.dialogue())
    with world.database.transaction() as session:
        session.execute(update(Change).values(reason="never happened"))
    assert "History" not in found(world.database, settings)
    assert not found(world.database, settings, with_history=True)["History"].is_ok


@pytest.mark.parametrize("change", [{"smtp_url": "ftp://mail"}, {"mail_from": "nobody at all"}])
def test_wrong_mail_settings_show(
    database: Database, settings: Settings, change: dict[str, str]
) -> None:
    assert not found(database, dataclasses.replace(settings, **change))["Mail"].is_ok  # type: ignore[arg-type]


def test_a_full_disk_shows(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 1000))
    assert not found(database, settings)["Disk"].is_ok


def test_a_database_of_another_version_shows(database: Database, settings: Settings) -> None:
    downgrade_database(database, "base")
    parts = found(database, settings)
    assert not parts["Database"].is_ok
    assert "db upgrade" in parts["Database"].remedy


def test_a_database_that_does_not_answer_shows(tmp_path: Path, settings: Settings) -> None:
    database = Database(f"sqlite:///{tmp_path / 'nowhere' / 'x.sqlite3'}")
    finding = found(database, settings)["Database"]
    database.close()
    assert not finding.is_ok
    assert "does not answer" in finding.words
