"""The table of questions that a corrected copy of a cable puts about tasks of the version before.

No queries, mail or Flask.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Instant
from tracker.models.cables import CableRecord, Candidate
from tracker.models.directory import Contact
from tracker.models.tasks import Task


class VersionQuestion(Base):
    """What becomes of a task whose passage a corrected copy has changed, or does not have any
    more. ``candidate`` is the passage as it reads now; None where it is gone. Nothing happens to
    the task before a person has answered."""

    __tablename__ = "version_question"
    __table_args__ = (
        UniqueConstraint("cable_id", "task_id"),
        CheckConstraint("answer in ('', 'taken', 'kept', 'declined')", name="answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cable_id: Mapped[int] = mapped_column(ForeignKey("cable.id", ondelete="CASCADE"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    candidate_id: Mapped[int | None] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), index=True
    )
    answer: Mapped[str] = mapped_column(String(10), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))

    cable: Mapped[CableRecord] = relationship()
    task: Mapped[Task] = relationship()
    candidate: Mapped[Candidate | None] = relationship()
    answered_by: Mapped[Contact | None] = relationship()
