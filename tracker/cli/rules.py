"""The command `rules`: what each rule of extraction has done, and reviews as annotations.

Works without a database, then without counts; what a decision means stands in the services.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.config import instance_folder
from tracker.policy.errors import InvalidInput, TrackerError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tracker.models import CableRecord
    from tracker.queries.reviews import RuleCount
    from tracker.services.judge_rules import RuleRecord


@click.command("rules")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--export-gold",
    "cable",
    metavar="CABLE",
    help="Its review as annotations: reference, file name or number.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file; else the screen.")
@click.option(
    "--text", "text_file", type=click.Path(path_type=Path), help="With --export-gold: its text too."
)
def rules_command(
    as_json: bool, cable: str | None, output: Path | None, text_file: Path | None
) -> None:
    """Show what each extraction rule has done: picked what people accepted, or rejected."""
    if cable is not None:
        _export(cable, output, text_file)
        return
    if text_file is not None:
        raise click.UsageError("--text goes with --export-gold.")
    from tracker.services.installation_lexicon import read_installation_lexicon
    from tracker.services.judge_rules import judge_rules, missed_passages

    words = read_installation_lexicon(instance_folder())
    if words.error is not None:
        click.echo(f"tracker: {words.error} All rules are shown as switched on.", err=True)
    counts = _counts()
    records = judge_rules(words.lexicon, counts)
    missed = None if counts is None else missed_passages(counts)
    if as_json or output is not None:
        found = {"rules": [_as_json(record) for record in records], "missed": missed}
        _write(json.dumps(found, ensure_ascii=False, indent=1) + "\n", output)
    else:
        from tracker.cli.rules_table import print_rules

        print_rules(records, missed)


def _counts() -> dict[str, RuleCount] | None:
    """What was decided, by rule; None where there is no database, which is not made either."""
    from tracker.cli.installation import open_installation
    from tracker.policy.visibility import SYSTEM_SCOPE
    from tracker.queries.reviews import count_by_rule

    has_url = bool(os.environ.get("TRACKER_DATABASE_URL"))
    if not has_url and not (instance_folder() / "tracker.sqlite3").is_file():
        return None
    try:
        with open_installation() as (_, database), database.reading() as session:
            return count_by_rule(session, SYSTEM_SCOPE)
    except TrackerError as error:
        click.echo(f"tracker: Without counts. {error}", err=True)
        return None


def _as_json(record: RuleRecord) -> dict[str, Any]:
    count = record.count
    return {
        "id": record.rule.id,
        "reason": record.rule.reason,
        "weight": record.rule.weight,
        "example": record.rule.example,
        "counter_example": record.rule.counter,
        "enabled": record.is_enabled,
        "accepted": count.accepted if count else None,
        "rejected": count.rejected if count else None,
        "undecided": count.pending if count else None,
        "share": None if record.share is None else round(record.share, 4),
    }


def _export(wanted: str, output: Path | None, text_file: Path | None) -> None:
    from tracker.cli.installation import open_installation
    from tracker.services.export_gold import export_gold
    from tracker.services.installation_lexicon import read_installation_lexicon

    with open_installation() as (settings, database), database.reading() as session:
        cable = _find_cable(session, wanted)
        gold = export_gold(
            session,
            cable,
            today=dt.datetime.now(dt.UTC).date(),
            lexicon=read_installation_lexicon(settings.instance).lexicon,
        )
        text = cable.text
    _write(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", output)
    if text_file is not None:
        _write(text, text_file)


def _find_cable(session: Session, wanted: str) -> CableRecord:
    from tracker.policy.visibility import SYSTEM_SCOPE
    from tracker.queries.cables import get_cable
    from tracker.queries.reviews import cable_ids_of_name

    if wanted.isascii() and wanted.isdigit() and len(wanted) < 10:
        return get_cable(session, SYSTEM_SCOPE, int(wanted))
    found = cable_ids_of_name(session, SYSTEM_SCOPE, wanted)
    if len(found) > 1:
        numbers = ", ".join(map(str, found))
        raise InvalidInput(
            f"Several cables are called {wanted}; name one by its number: {numbers}."
        )
    if not found:
        raise InvalidInput(
            f"There is no confirmed cable {wanted!r}; name it by its reference, by its file's name "
            "where it has none, or by the number in the address of its review."
        )
    return get_cable(session, SYSTEM_SCOPE, found[0])


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InvalidInput(f"{output} cannot be written: {error.strerror}.") from error
