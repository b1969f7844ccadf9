"""Commands about agreed lists: whether an exported one is what both sides approved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from tracker.policy.agreed_list import parties_of, verify_export
from tracker.policy.errors import InvalidInput

_MOST_BYTES = 20 * 1024 * 1024


@click.group("list")
def list_group() -> None:
    """Agreed lists, as both sides have approved them."""


@list_group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def list_verify_command(file: Path) -> None:
    """Recompute the hash of an agreed list exported as JSON; exit 1 where it differs."""
    exported = _read(file)
    faults = verify_export(exported)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.exceptions.Exit(1)
    parties = parties_of(exported)
    click.echo(f"The list is whole: {exported['sha256']}")
    click.echo(f"Approved by: {', '.join(parties) or 'nobody yet'}")


def _read(file: Path) -> Any:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InvalidInput(f"{file} is too large for an agreed list.")
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{file} is no JSON file.") from error
