"""Tables of reminders: their rules, one row a person and day, its lines, the memory of what was
sent.

No queries, mail or Flask.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Instant
from tracker.models.agreed_lists import AgreedList
from tracker.models.directory import Contact
from tracker.models.status_reports import StatusReport
from tracker.models.tasks import Task

STATES = ("planned", "claimed", "sent", "cancelled", "failed")


class StoredRules(Base):
    """What a dialogue has set about its reminders, in days; None is off. A dialogue without a row
    has the defaults of policy/reminder_rules, which says what each means."""

    __tablename__ = "reminder_rules"

    dialogue_id: Mapped[int] = mapped_column(
        ForeignKey("dialogue.id", ondelete="CASCADE"), primary_key=True
    )
    lead_days: Mapped[list[int]] = mapped_column(JSON)
    overdue_every: Mapped[int | None]
    head_after: Mapped[int | None]
    chair_after: Mapped[int | None]
    stale_after: Mapped[int | None]
    approval_every: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once.


class Reminder(Base):
    """What one person is told on one day. ``planned`` waits for ``try_at``; a ``claimed`` one
    belongs to ``claimed_by`` until ``lease_until``; ``failed`` waits for a person."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("contact_id", "day"),
        CheckConstraint(f"state in {STATES}", name="state"),
        Index("ix_reminder_state_try_at", "state", "try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    day: Mapped[dt.date]
    state: Mapped[str] = mapped_column(String(10), default="planned")
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    planned_at: Mapped[dt.datetime] = mapped_column(Instant)
    try_at: Mapped[dt.datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[dt.datetime | None] = mapped_column(Instant)
    finished_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(Text, default="")
    """In words: why it was cancelled, or what the mail server said."""
    late_since: Mapped[dt.date | None]
    """The first day on which any of it should have gone out; None while it is in time."""

    contact: Mapped[Contact] = relationship(lazy="joined")
    lines: Mapped[list[ReminderLine]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )
    approvals: Mapped[list[ReminderApproval]] = relationship(
        order_by="ReminderApproval.id", cascade="all, delete-orphan", passive_deletes=True
    )


class ReminderLine(Base):
    """A task in a reminder, and why it is there: an occasion of policy/reminders, and a reason of
    policy/reminder_words (the person owns it, stands in for its owner, or it was raised to
    them)."""

    __tablename__ = "reminder_line"
    __table_args__ = (UniqueConstraint("reminder_id", "task_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminder.id", ondelete="CASCADE"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    occasion: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[dt.date]
    why: Mapped[str] = mapped_column(String(20))
    left_out: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """In words: why the mail did not say it after all; "" where it did or will."""

    task: Mapped[Task] = relationship()


class ReminderApproval(Base):
    """An agreed list or a report that waits for the person's approval, in a reminder. What was
    sent stays, so that the next asking keeps its distance."""

    __tablename__ = "reminder_approval"
    __table_args__ = (
        UniqueConstraint("reminder_id", "list_id", "report_id"),
        CheckConstraint("(list_id is null) <> (report_id is null)", name="one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminder.id", ondelete="CASCADE"))
    list_id: Mapped[int | None] = mapped_column(
        ForeignKey("agreed_list.id", ondelete="CASCADE"), index=True
    )
    report_id: Mapped[int | None] = mapped_column(
        ForeignKey("status_report.id", ondelete="CASCADE"), index=True
    )
    left_out: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """In words: why the mail did not say it after all; "" where it did or will."""

    agreed_list: Mapped[AgreedList | None] = relationship()
    report: Mapped[StatusReport | None] = relationship()


class SentOccasion(Base):
    """That a person was told of a task's occasion for a due date. A moved date has none yet, so
    it arms again; nothing else does."""

    __tablename__ = "sent_occasion"

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(
        ForeignKey("task.id", ondelete="CASCADE"), primary_key=True
    )
    occasion: Mapped[str] = mapped_column(String(20), primary_key=True)
    due_on: Mapped[dt.date] = mapped_column(primary_key=True)
    sent_at: Mapped[dt.datetime] = mapped_column(Instant)
