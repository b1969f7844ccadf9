"""Takes the step of the reporting cycle that has come, for every dialogue, and sends its mails.

What the scheduler does by itself; each step can be taken by hand through its own service too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.db import Database
from tracker.mail.senders import Sender
from tracker.models import Dialogue
from tracker.policy.errors import TrackerError, Unavailable
from tracker.policy.report_cycle import due_step
from tracker.policy.visibility import SYSTEM
from tracker.queries.status_reports import cycle_for, next_report_of, open_report
from tracker.services.call_for_updates import call_for_updates
from tracker.services.draft_report import draft_report
from tracker.services.limit_rate import Gate
from tracker.services.plan_reminders import PlanSettings
from tracker.services.prepare_reminders import SendSettings
from tracker.services.send_report import reports_to_send, send_report
from tracker.services.send_report_mail import Posted, send_report_mails

log = structlog.get_logger(__name__)
Clock = Callable[[], dt.datetime]


def run_report_cycle(
    database: Database,
    sender: Sender,
    plan_settings: PlanSettings,
    send_settings: SendSettings,
    clock: Clock,
    *,
    is_stopping: Callable[[], bool] = lambda: False,
    gate: Gate | None = None,
) -> Posted:
    """Calls, drafts and sends what is due, and sends the mails. Each dialogue is a transaction of
    its own; what goes wrong in one is logged and holds up no other."""
    with database.reading() as session:
        ids = list(session.scalars(select(Dialogue.id).where(~Dialogue.is_sample)))
        approved = [report.id for report in reports_to_send(session, clock().date())]
    for dialogue_id in ids:
        _guarded(
            database,
            partial(take_step, dialogue_id=dialogue_id, now=clock(), settings=plan_settings),
        )
    for report_id in approved:
        _guarded(database, partial(_send, report_id=report_id, now=clock(), settings=plan_settings))
    return send_report_mails(
        database, sender, send_settings, clock, is_stopping=is_stopping, gate=gate
    )


def take_step(
    session: Session, dialogue_id: int, now: dt.datetime, settings: PlanSettings
) -> str | None:
    """Calls for updates or makes the draft, whichever is due on the day of ``now`` and not done;
    returns what it did. A report of another day that is being written goes first."""
    # One run at a time takes a dialogue's step; on SQLite the transaction alone sees to that.
    held = select(Dialogue).where(Dialogue.id == dialogue_id).with_for_update(of=Dialogue)
    dialogue = session.scalars(held).one()
    as_of = next_report_of(session, dialogue, now.date())
    step = due_step(cycle_for(session, dialogue), as_of, now.date()) if as_of else None
    report = open_report(session, dialogue.id)
    if as_of is None or step is None or (report is not None and report.as_of != as_of):
        return None
    if report is not None and (step == "call" or report.state == "draft"):
        return None
    make = call_for_updates if step == "call" else draft_report
    make(
        session,
        dialogue,
        as_of=as_of,
        actor=SYSTEM,
        now=now,
        host=settings.mail_host,
        is_of_cycle=True,
    )
    return step


def _send(session: Session, report_id: int, now: dt.datetime, settings: PlanSettings) -> None:
    for report in reports_to_send(session, now.date()):
        if report.id == report_id:
            send_report(session, report, actor=SYSTEM, now=now, host=settings.mail_host)


def _guarded(database: Database, act: Callable[[Session], object]) -> None:
    try:
        with database.transaction() as session:
            act(session)
    except Unavailable:
        raise
    except TrackerError as error:
        log.warning("report step not taken", reason=str(error))
    except Exception as error:  # What one dialogue's rows hold must not hold up the others.
        log.error("report step set aside", kind=type(error).__name__)
