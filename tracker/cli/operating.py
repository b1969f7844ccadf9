"""Commands for whoever runs an installation: migrations, audit, check, backup and restore."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tracker.cli.installation import open_installation
from tracker.config import read_settings
from tracker.db import Database


@click.group("db")
def db_group() -> None:
    """The database's version."""


@db_group.command("upgrade")
def db_upgrade_command() -> None:
    """Bring the database to the version this program needs."""
    from tracker.services.upgrade_database import upgrade_database

    database = Database(read_settings().database_url)
    try:
        changed = upgrade_database(database)
    finally:
        database.close()
    click.echo("The database has been upgraded." if changed else "The database is up to date.")


@click.group("audit")
def audit_group() -> None:
    """The history of changes."""


@audit_group.command("verify")
def audit_verify_command() -> None:
    """Check that the history is whole; exit 1 naming what is not."""
    from tracker.services.record_history import find_broken_history

    with open_installation() as (_, database), database.reading() as session:
        faults = list(find_broken_history(session))
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.exceptions.Exit(1)
    click.echo("The history is whole.")


@click.command("check")
def check_command() -> None:
    """Say what is wrong with this installation, and how to mend it."""
    from tracker.services.check_installation import check_installation

    settings = read_settings()
    database = Database(settings.database_url)
    try:
        findings = check_installation(database, settings, dt.datetime.now(dt.UTC))
    finally:
        database.close()
    for finding in findings:
        mark = "ok" if finding.is_ok else "!!"
        remedy = f" {finding.remedy}" if not finding.is_ok and finding.remedy else ""
        click.echo(f"{mark}  {finding.words}{remedy}")
    if not all(finding.is_ok for finding in findings):
        raise click.exceptions.Exit(1)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def backup_command(file: Path) -> None:
    """Write all data into FILE, which must not be there yet. Keep it as safe as the database."""
    from tracker.services.back_up import back_up

    with open_installation(any_version=True) as (_, database):
        rows = back_up(database, file, dt.datetime.now(dt.UTC))
    click.echo(f"{rows} rows written to {file}.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore_command(file: Path) -> None:
    """Read the backup in FILE into an empty database."""
    from tracker.services.back_up import restore

    database = Database(read_settings().database_url)
    try:
        rows = restore(database, file)
    finally:
        database.close()
    click.echo(f"{rows} rows restored from {file}.")
