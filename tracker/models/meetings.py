"""Tables of who comes to a meeting, what is carried into it, and the notetaker's log.

No queries, mail or Flask; the list that both sides approve is agreed_lists.py.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Instant
from tracker.models.dialogues import AgendaItem, Meeting
from tracker.models.directory import Contact, Party
from tracker.models.tasks import Task
from tracker.policy.statuses import KINDS

DELEGATE_ROLES = ("co-chair", "head", "notetaker", "expert")
LINE_STATES = ("open", "deferred", "dropped")


class Delegate(Base):
    """A person of a party's delegation to a meeting. ``contact_id`` is None for whoever is not in
    the directory; being here gives no right to see anything."""

    __tablename__ = "delegate"
    __table_args__ = (CheckConstraint(f"role in {DELEGATE_ROLES}", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]

    party: Mapped[Party] = relationship(lazy="joined")
    contact: Mapped[Contact | None] = relationship(lazy="joined")


class CarriedTask(Base):
    """A task of an earlier meeting that was still open when this one was prepared, and the agenda
    item it comes up under."""

    __tablename__ = "carried_task"

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    task_id: Mapped[int] = mapped_column(
        ForeignKey("task.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    agenda_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="SET NULL")
    )

    task: Mapped[Task] = relationship()


class LogEntry(Base):
    """A line of the notetaker's log. ``client_id`` is made where it is typed, so that a line sent
    twice is stored once; ``typed`` is what was typed, ``text`` what is agreed, without its marks.
    ``task_id`` is the objective it came from, or the task that it became.
    """

    __tablename__ = "log_entry"
    __table_args__ = (
        UniqueConstraint("meeting_id", "client_id"),
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint(f"state in {LINE_STATES}", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    client_id: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    agenda_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="SET NULL")
    )
    kind: Mapped[str] = mapped_column(String(20))
    typed: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    responsible: Mapped[list[str]] = mapped_column(JSON)
    owners: Mapped[list[str]] = mapped_column(JSON)
    due_on: Mapped[dt.date | None]
    due_words: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(10), default="open")
    reason: Mapped[str] = mapped_column(Text, default="")
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    author_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    meeting: Mapped[Meeting] = relationship()
    agenda_item: Mapped[AgendaItem | None] = relationship(lazy="joined")
    task: Mapped[Task | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once.
