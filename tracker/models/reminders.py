"""Tables of reminders: one row a person and day, its lines, and the memory of what was sent.

No queries, mail or Flask.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Instant
from tracker.models.directory import Contact
from tracker.models.tasks import Task

STATES = ("planned", "claimed", "sent", "cancelled", "failed")


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


class ReminderLine(Base):
    """A task in a reminder, and why it is there: days before ("30" … "0"), weeks overdue, and
    whether the person owns it or leads the dialogue of a task that nobody owns."""

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
