"""The command `report`: a dialogue's status report in any format, as of any day."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tracker.cli.files import write_whole
from tracker.cli.installation import open_installation
from tracker.policy.errors import NotFound

if TYPE_CHECKING:  # Imported for real only by the command, so that others start fast.
    from tracker.models import Dialogue

FORMATS = ("html", "pdf", "docx", "xlsx", "csv", "json", "cable")


@click.command("report")
@click.argument("dialogue")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="html", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file; else the screen.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As it stood on this day.")
@click.option(
    "--edition", type=click.Choice(["internal", "shared"]), default="internal", show_default=True
)
def report_command(
    dialogue: str, format_: str, output: Path | None, as_of: dt.datetime | None, edition: str
) -> None:
    """Write the status report of DIALOGUE (its name or the last part of its address)."""
    from tracker.policy.visibility import SYSTEM_SCOPE
    from tracker.queries.dialogues import find_dialogue, list_dialogues
    from tracker.reports import render
    from tracker.reports.summary import Edition
    from tracker.services.build_report import build_report

    now = dt.datetime.now(dt.UTC)
    with open_installation() as (settings, database), database.reading() as session:
        found = find_dialogue(session, SYSTEM_SCOPE, dialogue)
        if found is None:
            raise NotFound(_no_dialogue(dialogue, list_dialogues(session, SYSTEM_SCOPE)))
        summary = build_report(
            session,
            SYSTEM_SCOPE,
            found,
            as_of=as_of.date() if as_of else now.date(),
            now=now,
            edition=cast(Edition, edition),
            base_url=settings.base_url,
        )
    content = render(summary, format_)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    write_whole(output, content)


def _no_dialogue(wanted: str, there: list[Dialogue]) -> str:
    """That there is none of that name, and which there are, at most ten of them."""
    names = ", ".join(f"“{each.name}”" for each in there[:10])
    if not names:
        return f"There is no dialogue called {wanted!r}, nor any other. Import a cable first."
    more = f" and {len(there) - 10} more" if len(there) > 10 else ""
    return f"There is no dialogue called {wanted!r}. There are {names}{more}."
