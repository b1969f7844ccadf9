"""Sends the mails of the reporting cycle: claim, check again, send, record, each on its own.

As in send_reminders, no transaction is open while a mail server is spoken to, so that a crash
loses nothing and at most repeats a mail with the same Message-ID.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.message import EmailMessage

import structlog

from tracker.db import Database
from tracker.mail import Link, render_notice
from tracker.mail.attach import attach
from tracker.mail.outcomes import PermanentFailure, TemporaryFailure
from tracker.mail.senders import Sender
from tracker.models import ReportMail
from tracker.policy.errors import Unavailable
from tracker.reports.formats import FORMATS, name_file, render
from tracker.reports.summary import Summary
from tracker.services.chart_for_mail import charts_for_mail
from tracker.services.claim_report_mail import (
    MailClaim,
    claim_next,
    give_back_mail,
    put_off_mail,
    settle_mail,
)
from tracker.services.limit_rate import Gate
from tracker.services.prepare_reminders import SendSettings
from tracker.services.prepare_report_mail import Words, prepare_report_mail

MOST_TRIES = 12
"""A mail whose sending ends its process again and again is set aside."""
log = structlog.get_logger(__name__)
Clock = Callable[[], dt.datetime]


@dataclass(slots=True)
class Posted:
    """What one run did; ``reasons`` are the words of what went wrong."""

    sent: int = 0
    cancelled: int = 0
    failed: int = 0
    postponed: int = 0
    reasons: list[str] = field(default_factory=list)


def send_report_mails(
    database: Database,
    sender: Sender,
    settings: SendSettings,
    clock: Clock,
    *,
    is_stopping: Callable[[], bool] = lambda: False,
    gate: Gate | None = None,
) -> Posted:
    """Sends all that is due, as far as the ``gate`` lets it. One that fails holds up no other; a
    server that does not answer at all ends the run, and the next one tries again."""
    posted, gate = Posted(), gate or Gate(database, clock=clock)
    with sender:
        while not is_stopping() and (claim := claim_next(database, clock())):
            if not gate.pass_one(is_stopping):
                give_back_mail(database, claim)
                break
            if not _send_one(database, sender, settings, clock, claim, posted):
                break
    return posted


def _send_one(
    database: Database,
    sender: Sender,
    settings: SendSettings,
    clock: Clock,
    claim: MailClaim,
    posted: Posted,
) -> bool:
    """False where the next mail would fare no better."""
    try:
        words, message = _prepare(database, claim, settings, clock())
        if message is None:
            settle_mail(database, claim, "cancelled", words.objection, now=clock())
            posted.cancelled += 1
            return True
        sender.send(message)
    except TemporaryFailure as failure:
        state = put_off_mail(database, claim, failure.reply, now=clock())
        posted.postponed += state == "planned"
        posted.failed += state == "failed"
        posted.reasons.append(failure.reply)
        return not failure.is_server_wide
    except PermanentFailure as failure:
        _fail(database, claim, failure.reply, clock(), posted)
        return not failure.is_server_wide
    except Unavailable:
        raise  # The database's fault and not the mail's, which waits for the next sweep.
    except Exception as error:  # One bad row must not hold up the others.
        log.error("report mail set aside", mail=claim.mail_id, kind=type(error).__name__)
        words_of = f"The mail could not be made: {type(error).__name__}"
        _fail(database, claim, words_of, clock(), posted)
        return True
    settle_mail(database, claim, "sent", "Accepted by the mail server.", now=clock())
    posted.sent += 1
    return True


def _fail(
    database: Database, claim: MailClaim, words: str, now: dt.datetime, posted: Posted
) -> None:
    settle_mail(database, claim, "failed", words, now=now)
    posted.failed += 1
    posted.reasons.append(words)


def _prepare(
    database: Database, claim: MailClaim, settings: SendSettings, now: dt.datetime
) -> tuple[Words, EmailMessage | None]:
    """The message, rendered after the reading has ended; None where it is not wanted any more."""
    if claim.attempts > MOST_TRIES:
        raise ValueError("tried too often")
    with database.reading() as session:
        mail = session.get_one(ReportMail, claim.mail_id)
        words = prepare_report_mail(session, mail, settings, now=now)
        name, address = mail.contact.full_name, mail.contact.email or ""
        message_id = mail.message_id
    if words.objection:
        return words, None
    message = render_notice(
        recipient_name=name,
        recipient_address=address,
        sender=settings.mail_from,
        subject=words.subject,
        paragraphs=words.paragraphs,
        message_id=message_id,
        sent_at=now,
        link=Link(words.link_words, words.url),
        marking=words.marking,
        templates=settings.templates,
        unsubscribe_url=words.unsubscribe_url,
        charts=charts_for_mail(words.summary) if words.summary is not None else (),
    )
    if words.summary is not None:
        _attach_report(message, words.summary, settings)
    return words, message


def _attach_report(message: EmailMessage, summary: Summary, settings: SendSettings) -> None:
    whole = with_addresses(summary, settings.base_url)
    attach(message, render(whole, "pdf"), name_file(whole, "pdf"), FORMATS["pdf"].media_type)


def with_addresses(summary: Summary, base_url: str) -> Summary:
    """The report with whole addresses, for what is read outside the browser."""
    tasks = tuple(
        replace(task, url=f"{base_url}{task.url}") if task.url and task.url[0] == "/" else task
        for task in summary.tasks
    )
    return replace(summary, tasks=tasks)
