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
        click.echo(_visible(fault), err=True)
    if faults:
        raise click.exceptions.Exit(1)
    parties = parties_of(exported)
    click.echo(f"The list is whole: {exported['sha256']}")
    click.echo(f"Approved by, as the file says: {_visible(', '.join(parties)) or 'nobody yet'}")
    click.echo("Compare the hash with the one on the list that you have signed or printed.")


def _visible(text: str) -> str:
    """What a file says, with nothing in it that a terminal would obey."""
    return "".join(char if char.isprintable() else "�" for char in text)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """RFC 8785 rests on I-JSON, which has each name once: of two, readers choose differently."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _read(file: Path) -> Any:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InvalidInput(f"{file} is too large for an agreed list.")
        return json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_each_once)
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{file} is no JSON file.") from error
