"""The command `import`: a cable into the database, without questions.

What the cable leaves open is given by options, and otherwise noted as unconfirmed.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.installation import open_installation
from tracker.policy.errors import InvalidInput
from tracker.policy.markings import LEVELS
from tracker.policy.statuses import date_in_words

if TYPE_CHECKING:  # Imported for real only by the command, so that others start fast.
    from tracker.services.import_from_command import CommandResult


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dialogue", "name", help="Its name; one that is not there yet is made.")
@click.option("--accept", type=click.Choice(["likely", "all"]), help="Make tasks of these at once.")
@click.option("--party", "parties", multiple=True, help="A party; your own first. Twice or more.")
@click.option("--starts-on", type=click.DateTime(["%Y-%m-%d"]), help="The meeting's first day.")
@click.option("--ends-on", type=click.DateTime(["%Y-%m-%d"]), help="The meeting's last day.")
@click.option("--follow-up-months", type=int, help="Months until what has no date is due.")
@click.option(
    "--marking",
    type=click.Choice(LEVELS, case_sensitive=False),
    help="How a text is marked that does not say so itself. Not given, it counts as C or higher.",
)
@click.option(
    "--lead",
    "lead",
    help="Mail address of the account that leads it; without a lead nobody sees it in the browser.",
)
def import_command(
    file: Path,
    name: str | None,
    accept: str | None,
    parties: tuple[str, ...],
    starts_on: dt.datetime | None,
    ends_on: dt.datetime | None,
    follow_up_months: int | None,
    marking: str | None,
    lead: str | None,
) -> None:
    """Import the cable in FILE, as part of a dialogue."""
    from tracker.services.import_cable import read_cable
    from tracker.services.import_from_command import CommandImport, import_from_command
    from tracker.services.installation_lexicon import read_installation_lexicon

    try:
        data = file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}.") from error
    name_of_file = os.fsencode(file.name).decode("utf-8", "replace")
    wanted = CommandImport(
        data=data,
        filename=name_of_file,
        name=name,
        parties=parties,
        starts_on=starts_on.date() if starts_on else None,
        ends_on=ends_on.date() if ends_on else None,
        follow_up_months=follow_up_months,
        accept=accept,
        lead=lead,
        marking=marking,
    )
    now = dt.datetime.now(dt.UTC)
    with open_installation() as (settings, database):
        added = read_installation_lexicon(settings.instance)
        if added.error is not None:
            click.echo(f"tracker: {added.error} Going on without it.", err=True)
        limit, lexicon = settings.max_upload_bytes, added.lexicon
        # Before the transaction, since everybody else's work would wait for it.
        read = read_cable(data, name_of_file, today=now.date(), max_bytes=limit, lexicon=lexicon)
        with database.transaction() as session:
            done = import_from_command(
                session, wanted, now=now, max_bytes=limit, lexicon=lexicon, read=read
            )
    _tell(done, read.document.warnings, name)


def _tell(done: CommandResult, noticed: tuple[str, ...], wanted: str | None) -> None:
    """Prints what became of the import, and what was ``noticed`` about the file; ``wanted`` is the
    dialogue that was asked for."""
    if done.is_known:
        _tell_known(done, wanted)
        if not done.tasks:
            return
    else:
        click.echo(f"Imported {done.cable.name} into “{done.dialogue.name}”.")
        for sentence in done.said:
            click.echo(sentence)
        for sentence in noticed:
            click.echo(f"Note: {sentence}")
        for note in done.notes:
            click.echo(f"Unconfirmed: {note}")
        _tell_lead(done)
    days = (done.meeting.starts_on, done.meeting.ends_on)
    words = " to ".join(dict.fromkeys(date_in_words(d) for d in days)) if days[0] else "no date"
    click.echo(
        f"Meeting: {words}. Candidates: {done.likely} likely, {done.possible} possible. "
        f"Tasks made: {len(done.tasks)}."
    )


def _tell_known(done: CommandResult, wanted: str | None) -> None:
    name = done.dialogue.name
    is_changed = bool(done.tasks or done.new_lead)
    click.echo(
        f"{done.cable.name} is there already, with the same bytes, in “{name}”"
        f"{'.' if is_changed else '; nothing changed.'}"
    )
    if wanted and wanted.strip().casefold() not in (name.casefold(), done.dialogue.slug):
        click.echo(f"It stays there; “{wanted}” was left aside.")
    for sentence in done.said:
        click.echo(sentence)
    _tell_lead(done)


def _tell_lead(done: CommandResult) -> None:
    name = done.dialogue.name
    if done.new_lead:
        click.echo(f"{done.new_lead} leads “{name}” now.")
    elif not done.has_lead:
        click.echo(
            f"Note: nobody leads “{name}”, so nobody sees it in the browser. Import the file again "
            "with --lead and the mail address of an account."
        )
