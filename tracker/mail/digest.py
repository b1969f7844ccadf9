"""What a reminder says, as plain data; the renderer and the tests share it.

No database: services/fill_digest fills these from what was planned.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.policy.markings import Marking
from tracker.policy.reminder_rules import OVERDUE_EVERY_DAYS
from tracker.policy.reminder_words import OWNER


@dataclass(frozen=True, slots=True)
class DigestTask:
    """One task in a digest; ``due_on`` is UNDATED where it has no date. ``occasion`` is what is
    remembered of it: "30", "14", "7", "1", "0" (days before), "overdue+1", "overdue+8" … (after),
    one that raised it, or one that asks for an update; ``why`` is a reason of
    policy/reminder_words, ``faults`` are the owners who cannot be told, each with what is the
    matter, and ``overdue_every`` is how often it comes while overdue.
    ``url`` is absolute, and is shown even where the task is above the ceiling, so it must not
    name the dialogue there; so is ``act_url``, the signed link by which the person answers
    without signing in (None where they may not). ``task_id``, ``revision`` and ``changed_at`` are
    for its entry in the calendar file; without the last it has none. ``entered_on`` tells whether
    its date had passed by then."""

    dialogue: str
    number: int
    title: str
    status: str
    owners: tuple[str, ...]
    due_on: dt.date
    due_basis: str
    occasion: str
    marking: Marking
    url: str
    why: str = OWNER
    faults: Sequence[tuple[str, str]] = ()
    overdue_every: int | None = OVERDUE_EVERY_DAYS
    last_remark: str | None = None
    act_url: str | None = None
    task_id: int = 0
    revision: int = 0
    changed_at: dt.datetime | None = None
    entered_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DigestApproval:
    """An agreed list or a report that waits for the person's approval: what it is in words, since
    when it waits, and for whom they are asked ("" where for themselves). ``url`` names no
    dialogue, since it is shown even above the ceiling. ``is_proposal`` where it is a change of a
    list that waits for an answer."""

    dialogue: str
    words: str
    since: dt.date
    marking: Marking
    url: str
    on_behalf_of: str = ""
    is_proposal: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one person is told on one day. ``is_late`` where the day it was planned for has
    passed by the time it goes out. ``thread_id`` is the Message-ID all of a person's digests
    answer to, so that they stand in one thread. ``sent_at`` is the moment of sending, in the
    recipient's time zone: what "in 7 days" counts from; None for the middle of ``day``.
    ``reply_to`` is the address at which an answer is bound to this digest, None where replies
    are not taken in."""

    recipient_name: str
    recipient_address: str
    day: dt.date
    tasks: tuple[DigestTask, ...]
    message_id: str
    thread_id: str
    ceiling: Marking
    sender: str
    home_url: str
    preferences_url: str
    approvals: tuple[DigestApproval, ...] = ()
    is_late: bool = False
    is_sample: bool = False
    sent_at: dt.datetime | None = None
    reply_to: str | None = None

    @property
    def today(self) -> dt.date:
        """The day on which the mail goes out, where its recipient is."""
        return self.sent_at.date() if self.sent_at else self.day
