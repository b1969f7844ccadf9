"""Tables of what a person and the tracker have settled about mail, and what they answered by it.

No queries, mail or Flask; a feed's token is stored as a hash only.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Instant
from tracker.models.directory import Contact
from tracker.models.tasks import Task

ANSWERS = ("done", "on_track", "new_date", "not_mine", "snooze", "remark")


class Correspondence(Base):
    """One row a person, made when there is first something to keep. ``generation`` goes into each
    link of their mails: raising it revokes all of them. None in ``lead_days`` and ``hour`` means
    the installation's own."""

    __tablename__ = "correspondence"

    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True
    )
    generation: Mapped[int] = mapped_column(default=1)
    calendar_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    calendar_made_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    lead_days: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    hour: Mapped[int | None]
    away_until: Mapped[dt.date | None]
    """The last day on which they get no reminders."""
    declined: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Kinds of mail that they could do without and do not want."""
    address_fault: Mapped[str] = mapped_column(Text, default="")
    """What a mail server said when it sent a mail back; "" while the address works."""
    address_failed_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class Snooze(Base):
    """That a person wants to hear nothing of a task before a day."""

    __tablename__ = "snooze"

    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True
    )
    task_id: Mapped[int] = mapped_column(
        ForeignKey("task.id", ondelete="CASCADE"), primary_key=True
    )
    until: Mapped[dt.date]


class MailAnswer(Base):
    """What a person did about a task from a mail. ``key`` is a hash of the link and of all that
    was sent with it, so that the same is never done twice. Where ``is_for_lead``, a lead of the
    dialogue has to decide, and has while ``settled_at`` is set."""

    __tablename__ = "mail_answer"
    __table_args__ = (
        CheckConstraint(f"kind in {ANSWERS}", name="kind"),
        Index("ix_mail_answer_task_settled", "task_id", "settled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    """What was done, in a sentence to the person who did it."""
    at: Mapped[dt.datetime] = mapped_column(Instant)
    is_for_lead: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    settled_by: Mapped[str] = mapped_column(String(200), default="")

    contact: Mapped[Contact] = relationship()
    task: Mapped[Task] = relationship()


class TakenMail(Base):
    """A reply that was taken in, so that the same one does nothing when it comes again. ``key`` is
    a hash of its id and of what was typed; ``unclear`` what there is to be answered, and
    ``answered_at`` when that was done."""

    __tablename__ = "taken_mail"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Instant, index=True)
    unclear: Mapped[dict[str, list[str] | str] | None] = mapped_column(JSON(none_as_null=True))
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)
