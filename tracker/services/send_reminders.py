"""Sends what plan_reminders has planned: claim, check again, send, record, each on its own.

Here alone several transactions make one act: none is open while a mail server is spoken to, so
that a crash at any point loses nothing and at most repeats a mail with the same Message-ID.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import structlog
from sqlalchemy.orm import Session

from tracker.db import Database
from tracker.mail import Digest, write_digest
from tracker.mail.outcomes import DeliveryFailure, PermanentFailure, TemporaryFailure
from tracker.mail.senders import Sender
from tracker.mail.wire import Envelope
from tracker.queries.reminders import LAST_SWEEP
from tracker.services.claim_reminders import (
    BATCH,
    Claim,
    claim_reminders,
    give_back,
    put_off,
    settle,
)
from tracker.services.limit_rate import Gate
from tracker.services.plan_reminders import Plan, PlanSettings, plan_reminders
from tracker.services.prepare_reminders import (
    Prepared,
    SendSettings,
    prepare_reminders,
    words_for,
)
from tracker.services.remember_fact import remember_fact

FRESH = dt.timedelta(seconds=30)
"""How long what was checked again holds; a server that slow has it checked once more."""
_COLLECT_AFTER = (20_000, 20, 20)
log = structlog.get_logger(__name__)
Clock = Callable[[], dt.datetime]


@dataclass(slots=True)
class Sweep:
    """What one run did, for the log and for the command's last line. ``reasons`` are the words
    of what went wrong, each once; ``is_cut_short`` where the next mails would fare no better."""

    planned: Plan = field(default_factory=Plan)
    sent: int = 0
    cancelled: int = 0
    failed: int = 0
    postponed: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    is_cut_short: bool = False


def sweep(
    database: Database,
    sender: Sender,
    plan_settings: PlanSettings,
    send_settings: SendSettings,
    clock: Clock,
    *,
    as_of: dt.date | None = None,
    at_once: bool = False,
    is_stopping: Callable[[], bool] = lambda: False,
    gate: Gate | None = None,
) -> Sweep:
    """Plans and sends all that is due; ``as_of`` and ``at_once`` as plan_reminders has them.

    Notes that it ran, so that a scheduler which stopped shows. ``is_stopping`` is asked between
    mails; what is left then, or once the ``gate`` is shut, waits for the next sweep.
    """
    gate = gate or Gate(database, clock=clock)
    run = _Run(database, sender, send_settings, clock, as_of, is_stopping, gate)
    with _few_collections():
        with database.transaction() as session:
            run.sweep.planned = plan_reminders(
                session, now=clock(), settings=plan_settings, as_of=as_of, at_once=at_once
            )
        with sender:
            batch = gate.batch(BATCH)
            while (claims := claim_reminders(database, clock(), batch)) and run.send_batch(claims):
                pass
    if as_of is None:
        with database.transaction() as session:
            _remember_sweep(session, clock())
    return run.sweep


@contextmanager
def _few_collections() -> Iterator[None]:
    """Thousands of rows are alive at once here and few are garbage: looking through all of them
    as often as Python does by itself takes a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _remember_sweep(session: Session, now: dt.datetime) -> None:
    remember_fact(session, LAST_SWEEP, now.isoformat(), at=now)


@dataclass(slots=True)
class _Run:
    """One sender's way through what it claims."""

    database: Database
    sender: Sender
    settings: SendSettings
    clock: Clock
    as_of: dt.date | None
    is_stopping: Callable[[], bool]
    gate: Gate
    sweep: Sweep = field(default_factory=Sweep)
    ahead: tuple[Digest | None, Envelope | None] = (None, None)

    def send_batch(self, claims: Sequence[Claim]) -> bool:
        """Sends what was claimed; False where nothing more should be claimed now."""
        prepared, checked_at = self.prepare(claims), self.clock()
        for n, one in enumerate(prepared):
            if self.is_stopping() or self.sweep.is_cut_short:
                give_back(self.database, claims[n:])
                return False
            if one.digest is not None and not self.gate.pass_one(self.is_stopping):
                give_back(self.database, claims[n:])
                return False
            if not one.claim.is_worth_a_try(self.clock()):
                give_back(self.database, claims[n:])
                return True
            if self.clock() - checked_at > FRESH:
                one = self.prepare([one.claim])[0]
            self.send_one(one, next(iter(prepared[n + 1 : n + 2]), None))
        return not self.sweep.is_cut_short

    def prepare(self, claims: Sequence[Claim]) -> list[Prepared]:
        """What each claimed reminder comes to now, read from one snapshot."""
        with self.database.reading() as session:
            return prepare_reminders(
                session, claims, self.settings, now=self.clock(), as_of=self.as_of
            )

    def send_one(self, one: Prepared, following: Prepared | None) -> None:
        """One mail, and what became of it. A mail that cannot be made is set aside. The following
        one is written while the server answers, and sent once this one's outcome is recorded."""
        if one.digest is None:
            self.settle(one, one.state, one.words)
            return
        try:
            message = self.write(one.digest)
            self.sender.send(message, lambda: self.write_ahead(following))
            self.begin_ahead()
        except TemporaryFailure as failure:
            self.put_off(one, failure)
        except PermanentFailure as failure:
            self.sweep.is_cut_short = failure.is_server_wide
            self.settle(one, "failed", failure.reply)
        except Exception as error:  # One bad row must not hold up the others.
            self.settle(one, "failed", words_for(error, one.claim))
        else:
            self.settle(one, "sent", "Accepted by the mail server.")

    def write(self, digest: Digest) -> Envelope:
        """The mail; the one that was written ahead where it is of the same digest."""
        (of, written), self.ahead = self.ahead, (None, None)
        if written is not None and of is digest:
            return written
        return write_digest(digest, self.settings.templates)

    def write_ahead(self, following: Prepared | None) -> None:
        """Raises nothing: what goes wrong is met again in its turn."""
        if following is None or following.digest is None:
            return
        with suppress(Exception):
            self.ahead = (following.digest, write_digest(following.digest, self.settings.templates))

    def begin_ahead(self) -> None:
        """Names the following mail to the server, which thinks about it while this one's outcome is
        recorded. Nothing of it is handed over before that: a crash still repeats one mail at most.
        """
        if self.ahead[1] is not None and self.gate.is_open and not self.is_stopping():
            self.sender.begin(self.ahead[1])

    def settle(self, one: Prepared, state: str, words: str) -> None:
        """Records the outcome, unless another worker took the reminder over meanwhile."""
        if not settle(self.database, one.claim, state, words, now=self.clock(), told=one.told):
            log.warning("lease lost before the outcome", reminder=one.claim.reminder_id)
            return
        self.count(state, words)

    def put_off(self, one: Prepared, failure: DeliveryFailure) -> None:
        """Plans another attempt, and ends the sweep where the server takes no mail at all."""
        self.sweep.is_cut_short = failure.is_server_wide
        state = put_off(self.database, one.claim, failure.reply, now=self.clock())
        self.count("postponed" if state == "planned" else state, failure.reply)

    def count(self, state: str, words: str) -> None:
        """Adds to the sweep's figures; "" is an outcome that was no longer ours to write."""
        if state == "":
            return
        setattr(self.sweep, state, getattr(self.sweep, state) + 1)
        if state in ("failed", "postponed"):
            self.sweep.reasons[words] = self.sweep.reasons.get(words, 0) + 1
