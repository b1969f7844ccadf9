"""Tables of the reporting cycle: its period, each report with its approvals, and its mails.

No queries, mail or Flask; what a report says is composed in services and frozen here as JSON.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from tracker.db import Base, Instant
from tracker.models.dialogues import Dialogue
from tracker.models.directory import Contact, Party
from tracker.models.tasks import Task

REPORT_STATES = ("called", "draft", "frozen", "approved", "sent")
REPORT_STEPS = ("called", "drafted", "shown", "frozen", "approved", "sent")
MAIL_KINDS = ("call", "draft", "remark", "approve", "report", "question", "answer")
MAIL_STATES = ("planned", "claimed", "sent", "cancelled", "failed")


class ReportingPeriod(Base):
    """When a dialogue reports: every ``months``, first on ``first_due_on``, or that long after
    the last day of its meeting where that is None. Owners are called ``call_days`` before, the
    draft is made ``draft_days`` before."""

    __tablename__ = "reporting_period"
    __table_args__ = (CheckConstraint("months between 1 and 36", name="months"),)

    dialogue_id: Mapped[int] = mapped_column(
        ForeignKey("dialogue.id", ondelete="CASCADE"), primary_key=True
    )
    months: Mapped[int] = mapped_column(default=6)
    first_due_on: Mapped[dt.date | None]
    call_days: Mapped[int] = mapped_column(default=28)
    draft_days: Mapped[int] = mapped_column(default=7)
    is_on: Mapped[bool] = mapped_column(default=True)


class StatusReport(Base):
    """One report: ``called`` for updates, a ``draft`` that people write on, then ``frozen`` and
    never changed again. ``texts`` and ``ratings`` are by place ("overall", "item:A"), ``remarks``
    by the id of the party. ``internal`` and ``shared`` are the two editions as frozen, ``stood``
    how each task stood by its id; ``sha256`` covers the shared edition, which both sides approve.
    """

    __tablename__ = "status_report"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "as_of", "version"),
        CheckConstraint(f"state in {REPORT_STATES}", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    as_of: Mapped[dt.date]
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10))
    is_of_cycle: Mapped[bool] = mapped_column(default=False)
    since: Mapped[dt.date | None]
    """The day that changes are told from, where no report came before."""
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    ratings: Mapped[dict[str, Any]] = mapped_column(JSON)
    decisions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    remarks: Mapped[dict[str, str]] = mapped_column(JSON)
    internal_marking: Mapped[str] = mapped_column(String(120), default="U")
    """Of what people wrote for their own side."""
    shared_marking: Mapped[str] = mapped_column(String(120), default="U")
    """Of what they wrote for both."""
    made_at: Mapped[dt.datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(200))
    drafted_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    offered_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    """When the other side was shown the draft, for its remarks."""
    frozen_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    frozen_by: Mapped[str] = mapped_column(String(200), default="")
    internal: Mapped[dict[str, Any] | None] = deferred(mapped_column(JSON))
    shared: Mapped[dict[str, Any] | None] = deferred(mapped_column(JSON))
    stood: Mapped[dict[str, Any] | None] = deferred(mapped_column(JSON))
    sha256: Mapped[str] = mapped_column(String(64), default="")
    internal_sha256: Mapped[str] = mapped_column(String(64), default="")
    approved_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    send_on: Mapped[dt.date | None]
    """The day on which it goes out by itself once approved; None for by hand."""
    sent_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    edits: Mapped[int] = mapped_column(default=1)

    dialogue: Mapped[Dialogue] = relationship()
    approvals: Mapped[list[ReportApproval]] = relationship(
        order_by="ReportApproval.id", cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": edits}  # noqa: RUF012 - SQLAlchemy reads it once.

    @property
    def is_open(self) -> bool:
        """Whether it can still be written on."""
        return self.state in ("called", "draft")


class ReportApproval(Base):
    """One side's approval of a frozen report, and of the hash that it had."""

    __tablename__ = "report_approval"
    __table_args__ = (UniqueConstraint("report_id", "party_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("status_report.id", ondelete="CASCADE"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    approver_name: Mapped[str] = mapped_column(String(200))
    on_behalf_of: Mapped[str] = mapped_column(String(200), default="")
    recorded_by: Mapped[str] = mapped_column(String(200), default="")
    """Who recorded an approval that was given on paper; "" for one given here."""
    given_at: Mapped[dt.datetime] = mapped_column(Instant)

    party: Mapped[Party] = relationship(lazy="joined")


class ReportStep(Base):
    """A step that was taken with a report, by whom and when; only ever added."""

    __tablename__ = "report_step"
    __table_args__ = (CheckConstraint(f"step in {REPORT_STEPS}", name="step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(
        ForeignKey("status_report.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    actor_name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[dt.datetime] = mapped_column(Instant)


class OwnerQuestion(Base):
    """What somebody asked the owners of a task; the answer is a remark too. One that came from the
    other side ``is_shared``, and so is its answer."""

    __tablename__ = "owner_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[dt.datetime] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    is_shared: Mapped[bool] = mapped_column(default=False, server_default=false())

    task: Mapped[Task] = relationship()
    asked_by: Mapped[Contact] = relationship(lazy="joined")


class ReportMail(Base):
    """A mail of the cycle to one person, recorded before it is sent; ``occasion`` is what it is
    about ("report 7", "question 3"), so that nobody is told the same twice. States and claims are
    those of reminders. ``answered_at`` is when the person answered a call, ``answered_on`` the
    day of that in their own zone."""

    __tablename__ = "report_mail"
    __table_args__ = (
        UniqueConstraint("contact_id", "kind", "occasion"),
        CheckConstraint(f"kind in {MAIL_KINDS}", name="kind"),
        CheckConstraint(f"state in {MAIL_STATES}", name="state"),
        Index("ix_report_mail_state_try_at", "state", "try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    kind: Mapped[str] = mapped_column(String(10))
    occasion: Mapped[str] = mapped_column(String(40))
    report_id: Mapped[int | None] = mapped_column(
        ForeignKey("status_report.id", ondelete="CASCADE"), index=True
    )
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("owner_question.id", ondelete="CASCADE")
    )
    state: Mapped[str] = mapped_column(String(10), default="planned")
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    planned_at: Mapped[dt.datetime] = mapped_column(Instant)
    try_at: Mapped[dt.datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[dt.datetime | None] = mapped_column(Instant)
    finished_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    answered_on: Mapped[dt.date | None]

    contact: Mapped[Contact] = relationship(lazy="joined")
    report: Mapped[StatusReport | None] = relationship()
    question: Mapped[OwnerQuestion | None] = relationship()
