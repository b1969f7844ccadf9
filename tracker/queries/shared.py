"""Named SELECTs of what both sides see of a dialogue: shared lists, their items, shared remarks.

Session first; no writes. Nothing internal passes here: content is what was approved, and of the
tasks behind it only status and shared remarks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import AgreedList, Dialogue, ListItem, Meeting, OwnerQuestion, Remark, Task
from tracker.policy.agreed_list import AgreedItem, from_json
from tracker.policy.errors import NotFound
from tracker.policy.listed import Listed
from tracker.policy.visibility import Scope
from tracker.queries.agreed_lists import dialogue_shared_with, find_in_state, standing_list
from tracker.queries.dialogues import newest_first


@dataclass(frozen=True, slots=True)
class SharedRemark:
    """What somebody said for both sides to read."""

    at: dt.datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class SharedQuestion:
    """What somebody of the other side asked; ``answer`` is "" while there is none."""

    at: dt.datetime
    author: str
    text: str
    answer: str
    answered_by: str
    answered_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SharedItem:
    """An item of a list with how its task stands; ``status`` None while the list is on offer."""

    agreed: AgreedItem
    status: str | None
    deferred_until: dt.date | None
    done_on: dt.date | None
    remarks: Sequence[SharedRemark] = ()
    questions: Sequence[SharedQuestion] = ()


@dataclass(frozen=True, slots=True)
class SharedMeeting:
    """A meeting with the version of its list that holds, or is on offer."""

    meeting: Meeting
    version: AgreedList
    items: Sequence[SharedItem]

    @property
    def is_agreed(self) -> bool:
        """Whether both sides have approved it."""
        return self.version.state == "frozen"


def shared_dialogues(session: Session, scope: Scope) -> list[Dialogue]:
    """The dialogues of which this person sees the shared list from the other side, by name."""
    query = select(Dialogue).where(Dialogue.id.in_(list(scope.shared)))
    return list(session.scalars(query.order_by(func.lower(Dialogue.name))))


def get_shared_dialogue(session: Session, scope: Scope, slug: str) -> Dialogue:
    """The dialogue, from whichever side; raises NotFound, alike for what does not exist."""
    query = select(Dialogue).where(Dialogue.slug == slug, dialogue_shared_with(scope))
    dialogue = session.scalar(query)
    if dialogue is None:
        raise NotFound("There is no such dialogue, or nothing of it is shared with you.")
    return dialogue


def shared_meetings(session: Session, dialogue: Dialogue) -> list[SharedMeeting]:
    """The meetings that have a list to show, newest first, each with its items."""
    query = select(Meeting).where(Meeting.dialogue_id == dialogue.id)
    found = []
    for meeting in session.scalars(query.order_by(*newest_first())):
        version = standing_list(session, meeting.id)
        if version is not None:
            found.append(SharedMeeting(meeting, version, _items(session, version)))
    return found


def get_shared_meeting(session: Session, dialogue: Dialogue, number: int) -> SharedMeeting:
    """One of them; raises NotFound, alike for a meeting that does not exist and one without a
    shared list."""
    query = select(Meeting).where(Meeting.dialogue_id == dialogue.id, Meeting.number == number)
    meeting = session.scalar(query)
    version = standing_list(session, meeting.id) if meeting else None
    if meeting is None or version is None:
        raise NotFound("There is no such meeting, or its list is not shared yet.")
    return SharedMeeting(meeting, version, _items(session, version, with_remarks=True))


def find_task_behind(
    session: Session, meeting: Meeting, number: int, *, to_change: bool = False
) -> Task | None:
    """The task behind an item of a frozen list; for services, since it is internal. None where
    the list is not frozen or has no such item. ``to_change`` holds it, as it then stands, until
    the transaction ends."""
    frozen = find_in_state(session, meeting.id, "frozen")
    if frozen is None or from_json(frozen.content).find_item(number) is None:
        return None
    query = (
        select(Task)
        .join(ListItem, ListItem.task_id == Task.id)
        .where(ListItem.meeting_id == meeting.id, ListItem.number == number, ListItem.is_shared)
    )
    if to_change:
        query = query.with_for_update(of=Task).execution_options(populate_existing=True)
    return session.scalar(query)


def listed_until(session: Session, dialogue_id: int, until: dt.date) -> dict[int, list[Listed]]:
    """What the lists frozen by the end of a day say of each task, by the task's id, oldest version
    first. A task that several meetings agreed on stands on the list that came last; one
    that the last version of its list no longer has is left out."""
    query = (
        select(AgreedList, Meeting.number, AgreedList.frozen_on)
        .join(Meeting, Meeting.id == AgreedList.meeting_id)
        .where(Meeting.dialogue_id == dialogue_id, AgreedList.frozen_on <= until)
        .order_by(AgreedList.frozen_at, AgreedList.id)
    )
    behind = _tasks_behind(session, dialogue_id)
    found: dict[int, list[Listed]] = {}
    newest: dict[int, int] = {}
    for version, meeting, on in session.execute(query):
        if on is None:  # The query finds none of these, but its type allows it.
            continue
        newest[meeting] = version.number
        for item in from_json(version.content).items:
            task_id = behind.get((version.meeting_id, item.number))
            if task_id is not None:
                entry = Listed(on, meeting, version.number, version.marking, version.reason, item)
                found.setdefault(task_id, []).append(entry)
    return {
        task_id: listed
        for task_id, listed in found.items()
        if listed[-1].version == newest[listed[-1].meeting]
    }


def _tasks_behind(session: Session, dialogue_id: int) -> dict[tuple[int, int], int]:
    """The task behind each shared number, by meeting and number."""
    query = (
        select(ListItem.meeting_id, ListItem.number, ListItem.task_id)
        .join(Meeting, Meeting.id == ListItem.meeting_id)
        .where(Meeting.dialogue_id == dialogue_id, ListItem.is_shared)
    )
    rows = session.execute(query)
    return {(meeting, number): task_id for meeting, number, task_id in rows if task_id is not None}


def _items(
    session: Session, version: AgreedList, *, with_remarks: bool = False
) -> list[SharedItem]:
    agreed = from_json(version.content).items
    if version.state != "frozen":
        return [SharedItem(item, None, None, None) for item in agreed]
    query = (
        select(ListItem.number, Task)
        .join(Task, Task.id == ListItem.task_id)
        .where(ListItem.meeting_id == version.meeting_id, ListItem.is_shared)
    )
    tasks = {row[0]: row[1] for row in session.execute(query)}
    ids = [task.id for task in tasks.values()] if with_remarks else []
    remarks, questions = _remarks(session, ids), _questions(session, ids)
    return [_item(item, tasks.get(item.number), remarks, questions) for item in agreed]


def _item(
    agreed: AgreedItem,
    task: Task | None,
    remarks: dict[int, list[SharedRemark]],
    questions: dict[int, list[SharedQuestion]],
) -> SharedItem:
    if task is None:
        return SharedItem(agreed, None, None, None)
    return SharedItem(
        agreed,
        task.status,
        task.deferred_until,
        task.done_on,
        remarks.get(task.id, []),
        questions.get(task.id, []),
    )


def _questions(session: Session, task_ids: Sequence[int]) -> dict[int, list[SharedQuestion]]:
    query = (
        select(OwnerQuestion)
        .where(OwnerQuestion.task_id.in_(task_ids), OwnerQuestion.is_shared)
        .order_by(OwnerQuestion.id)
    )
    found: dict[int, list[SharedQuestion]] = {}
    for asked in session.scalars(query) if task_ids else ():
        found.setdefault(asked.task_id, []).append(
            SharedQuestion(
                asked.asked_at,
                asked.asked_by.full_name,
                asked.text,
                asked.answer,
                asked.answered_by,
                asked.answered_at,
            )
        )
    return found


def _remarks(session: Session, task_ids: Sequence[int]) -> dict[int, list[SharedRemark]]:
    query = (
        select(Remark)
        .where(Remark.task_id.in_(task_ids), Remark.is_shared)
        .order_by(Remark.at, Remark.id)
    )
    found: dict[int, list[SharedRemark]] = {}
    for remark in session.scalars(query) if task_ids else ():
        found.setdefault(remark.task_id, []).append(
            SharedRemark(remark.at, remark.author_name, remark.text)
        )
    return found
