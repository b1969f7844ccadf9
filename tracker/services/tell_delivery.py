"""Says what holds up mail, out or in, to those who look at the outbox; without numbers of mails
that are not theirs.

Reads only; administrators get more from check_installation.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.services.limit_rate import mails_that_wait
from tracker.services.poll_mailbox import last_polls
from tracker.services.sweep_settings import mail_server

_SHOWN = dt.timedelta(days=14)
_MANY = 3


def delivery_notes(session: Session, settings: Settings, now: dt.datetime) -> list[str]:
    """Sentences; none where all goes its way."""
    notes, rate = [], settings.mail_rate
    if rate is not None and mails_that_wait(session, mail_server(settings), rate, now):
        notes.append(f"Mails that are due wait: the mail server is handed {rate.words} at most.")
    polls = last_polls(session)
    if polls.failures >= _MANY and settings.imap_url is not None:
        notes.append("Replies to reminders cannot be read at the moment; they are kept.")
    if polls.set_aside and now - dt.datetime.fromisoformat(polls.set_aside_at) < _SHOWN:
        one = polls.set_aside == 1
        mails = "1 mail that came in" if one else f"{polls.set_aside} mails that came in"
        notes.append(
            f"{mails} could not be read and {'is' if one else 'are'} flagged in the mailbox."
        )
    return notes
