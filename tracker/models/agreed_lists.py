"""Tables of the list that both sides approve: its versions, items, approvals and amendments.

No queries, mail or Flask; what is hashed is built in policy/agreed_list.py.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from tracker.db import Base, Instant
from tracker.models.dialogues import Meeting
from tracker.models.directory import Contact, Party
from tracker.models.tasks import Task

LIST_STATES = ("draft", "offered", "frozen", "superseded")
APPROVAL_WAYS = ("signed in", "delegate", "on paper")
AMENDMENT_STATES = ("proposed", "accepted", "declined")


class AgreedList(Base):
    """One version of a meeting's agreed list. A ``draft`` is one side's own and may still change;
    ``offered`` to both it never changes again, and once both have approved it is ``frozen``.
    ``content`` is the shared edition, whose canonical form ``sha256`` covers.
    """

    __tablename__ = "agreed_list"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint(f"state in {LIST_STATES}", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    marking: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it amends the version before; "" for a first list."""
    drafted_at: Mapped[dt.datetime] = mapped_column(Instant)
    drafted_by: Mapped[str] = mapped_column(String(200))
    offered_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    frozen_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    frozen_on: Mapped[dt.date | None]
    """The day it was where the last approval was given."""

    meeting: Mapped[Meeting] = relationship()
    approvals: Mapped[list[Approval]] = relationship(
        order_by="Approval.id", cascade="all, delete-orphan", passive_deletes=True
    )


class ListItem(Base):
    """A number of a meeting's list, and our task and log line behind it. Once ``is_shared`` the
    number stays with it in every version and is never given again."""

    __tablename__ = "list_item"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    number: Mapped[int]
    is_shared: Mapped[bool] = mapped_column(default=False)
    log_entry_id: Mapped[int | None] = mapped_column(
        ForeignKey("log_entry.id", ondelete="SET NULL")
    )
    task_id: Mapped[int | None] = mapped_column(
        ForeignKey("task.id", ondelete="SET NULL"), index=True
    )

    meeting: Mapped[Meeting] = relationship()
    task: Mapped[Task | None] = relationship()


class Approval(Base):
    """One party's consent to one version, and to the hash that it had. Given ``on paper`` it was
    recorded by an editor, with who consented, when, and the paper itself."""

    __tablename__ = "approval"
    __table_args__ = (
        UniqueConstraint("list_id", "party_id"),
        CheckConstraint(f"how in {APPROVAL_WAYS}", name="how"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("agreed_list.id", ondelete="CASCADE"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    how: Mapped[str] = mapped_column(String(12))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    approver_name: Mapped[str] = mapped_column(String(200))
    on_behalf_of: Mapped[str] = mapped_column(String(200), default="")
    """Whose delegate the approver was; "" for an approver of their own right."""
    given_on: Mapped[dt.date]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    recorded_by: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[dt.datetime] = mapped_column(Instant)
    attachment: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    attachment_name: Mapped[str] = mapped_column(String(255), default="")

    party: Mapped[Party] = relationship(lazy="joined")


class ApprovalDelegation(Base):
    """That an approver's delegate may approve in their place, from a first to a last day."""

    __tablename__ = "approval_delegation"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(
        ForeignKey("dialogue.id", ondelete="CASCADE"), index=True
    )
    approver_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    made_at: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    approver: Mapped[Contact] = relationship(foreign_keys=[approver_id], lazy="joined")
    delegate: Mapped[Contact] = relationship(foreign_keys=[delegate_id], lazy="joined")


class Amendment(Base):
    """A change of an agreed item that one side proposes. ``changes`` holds the new values by
    field (text, owners, due_on); both sides see all of it, the answer included."""

    __tablename__ = "amendment"
    __table_args__ = (CheckConstraint(f"state in {AMENDMENT_STATES}", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    item_number: Mapped[int]
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    proposed_by: Mapped[str] = mapped_column(String(200))
    proposed_at: Mapped[dt.datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    meeting: Mapped[Meeting] = relationship()
    party: Mapped[Party] = relationship(lazy="joined")

    @property
    def new_due_on(self) -> dt.date | None:
        """The day that ``changes`` proposes, None where the date stays."""
        day = self.changes.get("due_on")
        return dt.date.fromisoformat(day) if day else None
