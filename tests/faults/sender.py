"""What is killed: one process that runs one sweep with the real services and a real server.

The clock is the machine's, moved by an offset, so that leases end without waiting for them.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import structlog
from sqlalchemy.orm import configure_mappers

from tests.many import START
from tracker.db import PATIENT_SECONDS, Database
from tracker.mail.senders import sender_from
from tracker.policy.markings import parse_marking
from tracker.services.plan_reminders import PlanSettings
from tracker.services.prepare_reminders import SendSettings
from tracker.services.send_reminders import sweep

PLANS = PlanSettings(remind_hour=7, mail_host="tracker.example.org")
SENDS = SendSettings(
    base_url="https://tracker.example.org",
    mail_from="Dialogue Tracker <tracker@example.org>",
    ceiling=parse_marking("U"),
)
configure_mappers()  # Once for all senders, which are forked from here.


def send_all(database_url: str, smtp_url: str, offset: dt.timedelta) -> None:
    """One sweep at START plus ``offset``; ends the process with an error where it raises."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    began = dt.datetime.now(dt.UTC)

    def clock() -> dt.datetime:
        return START + offset + (dt.datetime.now(dt.UTC) - began)

    database = Database(database_url, PATIENT_SECONDS)
    sweep(database, sender_from(smtp_url, Path("nowhere")), PLANS, SENDS, clock)
    database.close()
