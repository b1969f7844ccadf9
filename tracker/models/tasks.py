"""Tables of tasks, who is to do them, what was said about them, and every change ever made.

No queries, mail or Flask; changes and remarks are only ever added.
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
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Instant
from tracker.models.cables import CableRecord
from tracker.models.dialogues import AgendaItem, Dialogue, Meeting
from tracker.models.directory import Contact, Party
from tracker.policy.statuses import KINDS, STATUSES


class Task(Base):
    """What is followed up. Numbered within its dialogue and never renumbered.

    ``text`` is the internal wording, ``agreed_text`` the shared one once there is one.
    ``remind_on`` is the next day on which a reminder falls (None while none does): set by every
    change that calls for it, so that planning reads only what is due. ``history_length`` and
    ``history_hash`` are the end of its chain of changes, so that a missing row shows.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "number"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint(f"status in {STATUSES}", name="status"),
        CheckConstraint("due_basis in ('stated', 'default', 'extended')", name="due_basis"),
        Index("ix_task_dialogue_status_due", "dialogue_id", "status", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    number: Mapped[int]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", ondelete="SET NULL"))
    agenda_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    agreed_text: Mapped[str | None] = mapped_column(Text)
    agreed_marking: Mapped[str | None] = mapped_column(String(120))
    """The marking that a person gave the agreed text when it was shared."""
    status: Mapped[str] = mapped_column(String(20), default="proposed")
    due_on: Mapped[dt.date | None]
    due_basis: Mapped[str] = mapped_column(String(10), default="default")
    first_due_on: Mapped[dt.date | None]
    deferred_until: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    marking: Mapped[str] = mapped_column(String(120), default="U")
    cable_id: Mapped[int | None] = mapped_column(
        ForeignKey("cable.id", ondelete="CASCADE"), index=True
    )
    candidate_id: Mapped[int | None] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), unique=True
    )
    span_start: Mapped[int | None]
    span_end: Mapped[int | None]
    remind_on: Mapped[dt.date | None] = mapped_column(index=True)
    history_length: Mapped[int] = mapped_column(default=0)
    history_hash: Mapped[str] = mapped_column(String(64), default="")
    last_remark: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    updated_at: Mapped[dt.datetime] = mapped_column(Instant, index=True)
    version: Mapped[int] = mapped_column(default=1)

    dialogue: Mapped[Dialogue] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    agenda_item: Mapped[AgendaItem | None] = relationship()
    cable: Mapped[CableRecord | None] = relationship()
    responsible: Mapped[list[TaskParty]] = relationship(
        order_by="TaskParty.position", cascade="all, delete-orphan", passive_deletes=True
    )
    owners: Mapped[list[TaskOwner]] = relationship(
        order_by="TaskOwner.position", cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once.

    @property
    def owner_names(self) -> list[str]:
        """As people read them: the linked person or office, else the name in the text."""
        return [owner.label for owner in self.owners]

    @property
    def responsible_names(self) -> list[str]:
        """The parties that must act, by name."""
        return [entry.party.name for entry in self.responsible]


class TaskParty(Base):
    """A party that must act on a task."""

    __tablename__ = "task_party"

    task_id: Mapped[int] = mapped_column(
        ForeignKey("task.id", ondelete="CASCADE"), primary_key=True
    )
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True, index=True)
    position: Mapped[int]

    party: Mapped[Party] = relationship(lazy="joined")


class TaskOwner(Base):
    """Who does it: the name as the text gave it and, once matched or linked, the contact."""

    __tablename__ = "task_owner"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]

    contact: Mapped[Contact | None] = relationship(lazy="joined")

    @property
    def label(self) -> str:
        """The contact's full name, or the text's where nobody is linked."""
        return self.contact.full_name if self.contact else self.name


class Remark(Base):
    """Something said about a task; shared ones reach the other side. ``said_on`` is the day it was
    where its author was."""

    __tablename__ = "remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    author_name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    is_shared: Mapped[bool] = mapped_column(default=False)
    at: Mapped[dt.datetime] = mapped_column(Instant)
    said_on: Mapped[dt.date]


class Change(Base):
    """One change of one field. ``before`` and ``after`` are JSON values; the first row of a task
    has the field "created" and all its first values as ``after``. ``effective_on`` is the day it
    counts from: that of its author, or the meeting's last day for what an import creates.
    ``hash`` chains the rows of a task."""

    __tablename__ = "change"
    __table_args__ = (UniqueConstraint("task_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"))
    sequence: Mapped[int]
    field: Mapped[str] = mapped_column(String(30))
    before: Mapped[Any] = mapped_column(JSON)
    after: Mapped[Any] = mapped_column(JSON)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    actor_name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[dt.datetime] = mapped_column(Instant, index=True)
    effective_on: Mapped[dt.date]
    hash: Mapped[str] = mapped_column(String(64))
