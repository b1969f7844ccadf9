"""The command `remind`: plans and sends by hand what the scheduler does by itself.

Run twice, it sends nothing twice.
"""

from __future__ import annotations

import datetime as dt

import click

from tracker.cli.installation import open_installation
from tracker.db import Database
from tracker.policy.statuses import date_in_words
from tracker.queries.reminders import list_reminders
from tracker.services.plan_reminders import PlanSettings, plan_reminders


@click.command("remind")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As if it were this day.")
@click.option("--dry-run", is_flag=True, help="Show who would get what; send and keep nothing.")
def remind_command(as_of: dt.datetime | None, dry_run: bool) -> None:
    """Plan and send the reminders that are due."""
    from tracker.mail.senders import sender_from
    from tracker.services.send_reminders import sweep
    from tracker.services.sweep_settings import plan_settings, send_settings

    day = as_of.date() if as_of else dt.datetime.now(dt.UTC).date()
    with open_installation() as (settings, database):
        if dry_run:
            _show_plan(database, plan_settings(settings), day)
            return
        sender = sender_from(settings.smtp_url, settings.outbox)
        done = sweep(
            database,
            sender,
            plan_settings(settings),
            send_settings(settings),
            lambda: dt.datetime.now(dt.UTC),
            as_of=day,
        )
        where = "over SMTP" if settings.smtp_url else f"to {settings.outbox}"
        click.echo(f"{done.sent} sent {where}, {done.cancelled} cancelled, {done.failed} failed.")
        if done.postponed:
            click.echo(f"{done.postponed} will be tried again; see the outbox page for the reason.")
        _tell_unreachable(len(done.planned.unreachable))
    if done.failed or done.postponed:
        raise click.exceptions.Exit(1)


def _show_plan(database: Database, settings: PlanSettings, day: dt.date) -> None:
    from tracker.policy.visibility import SYSTEM_SCOPE

    with database.reading() as session:
        now = dt.datetime.now(dt.UTC)
        plan = plan_reminders(session, now=now, settings=settings, as_of=day)
        for reminder in list_reminders(session, SYSTEM_SCOPE, state="planned"):
            click.echo(f"{reminder.contact.full_name} <{reminder.contact.email}>:")
            for line in reminder.lines:
                click.echo(
                    f"  {line.task.dialogue.name}, task {line.task.number}, due "
                    f"{date_in_words(line.due_on)}: {_occasion_in_words(line.occasion)}, "
                    f"{'owner' if line.why == 'owner' else 'lead, since nobody owns it'}"
                )
        click.echo(f"{plan.reminders} mails would go out. Nothing was sent or kept.")
        _tell_unreachable(len(plan.unreachable))


def _occasion_in_words(key: str) -> str:
    if key.startswith("overdue+"):
        return f"{key.removeprefix('overdue+')} days late"
    return "due today" if key == "0" else f"{key} days before"


def _tell_unreachable(count: int) -> None:
    if count:
        click.echo(
            f"{count} open tasks have neither an owner with a mail address nor a lead with one; "
            "nobody was told of them."
        )
