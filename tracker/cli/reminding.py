"""The command `remind`: plans and sends by hand what the scheduler does by itself.

Run twice, it sends nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import click

from tracker.cli.installation import open_installation
from tracker.config import Settings
from tracker.db import Database
from tracker.policy.errors import Unavailable
from tracker.services.plan_reminders import Plan
from tracker.services.preview_sweep import PlannedMail, preview_sweep
from tracker.services.send_reminders import Sweep
from tracker.services.sweep_settings import gate_for, plan_settings, send_settings

_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@click.command("remind")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As if it were this day.")
@click.option("--dry-run", is_flag=True, help="Show who would get what; send and keep nothing.")
def remind_command(as_of: dt.datetime | None, dry_run: bool) -> None:
    """Plan and send the reminders that are due."""
    day = _day(as_of)
    with open_installation() as (settings, database):
        if dry_run:
            _show_plan(settings, database, day)
            return
        done = _sweep(settings, database, day)
        where = "over SMTP" if settings.smtp_url else f"to {settings.outbox}"
        click.echo(
            f"{_mails(done.sent)} sent {where}, {done.cancelled} cancelled, "
            f"{done.postponed} to be tried again, {done.failed} failed."
        )
        _tell_of(done.planned)
    _complain(done)


def _day(as_of: dt.datetime | None) -> dt.date | None:
    if as_of is not None and not _FIRST_YEAR <= as_of.year <= _LAST_YEAR:
        raise click.BadParameter(f"choose a day from {_FIRST_YEAR} to {_LAST_YEAR}.")
    return as_of.date() if as_of else None


def _sweep(settings: Settings, database: Database, day: dt.date | None) -> Sweep:
    from tracker.mail.senders import sender_from
    from tracker.services.send_reminders import sweep

    def clock() -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    return sweep(
        database,
        sender_from(settings.smtp_url, settings.outbox),
        plan_settings(settings),
        send_settings(settings),
        clock,
        as_of=day,
        at_once=True,
        gate=gate_for(settings, database, clock),
    )


def _complain(done: Sweep) -> None:
    """One line on what went wrong, and exit code 1. Nothing is lost: reminders stay planned."""
    if not done.reasons:
        return
    first, *others = sorted(done.reasons, key=lambda words: -done.reasons[words])
    more = f" (and {len(others)} other reasons)" if others else ""
    reason = first.rstrip(".") + more
    if done.is_cut_short:
        words = (
            f"The mail server did not take the mail: {reason}. Every reminder stays planned and "
            "is tried again. Check TRACKER_SMTP_URL."
        )
    else:
        words = f"Not every mail was taken: {reason}. The outbox page shows which."
    raise Unavailable(words)


def _show_plan(settings: Settings, database: Database, day: dt.date | None) -> None:
    now = dt.datetime.now(dt.UTC)
    preview = preview_sweep(database, now=now, settings=plan_settings(settings), as_of=day)
    _show_mails(preview.reminders)
    click.echo(f"{_mails(len(preview.reminders))} would go out. Nothing was sent or kept.")
    if preview.reports:
        click.echo("For status reports, the scheduler would also send:")
        _show_mails(preview.reports)
    _tell_of(preview.plan)


def _show_mails(mails: Sequence[PlannedMail]) -> None:
    for mail in mails:
        click.echo(f"{mail.recipient}:")
        for line in mail.lines:
            click.echo(f"  {line}")


def _mails(count: int) -> str:
    return "1 mail" if count == 1 else f"{count} mails"


def _tell_of(plan: Plan) -> None:
    if plan.unreachable:
        have = "1 open task has" if plan.unreachable == 1 else f"{plan.unreachable} open tasks have"
        click.echo(
            f"{have} neither an owner who can be written to nor a lead who can; nobody is told."
        )
    if plan.set_aside:
        click.echo(f"Set aside, since it cannot be read: {plan.set_aside}. See the log.")
