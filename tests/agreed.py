"""An agreed list around tasks that a test already has, without the log and the approvals.

Built through the services that draw up and freeze lists.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.world import NOW, World
from tracker.models import ListItem, Meeting, Task
from tracker.policy.agreed_list import AgreedItem, from_json
from tracker.policy.visibility import SYSTEM
from tracker.queries.agreed_lists import find_in_state
from tracker.services.draft_list import offer_list, store_version
from tracker.services.freeze_list import freeze_list


def agree_on(
    world: World,
    task_id: int,
    text: str,
    *,
    meeting: int | None = None,
    marking: str = "U",
    now: dt.datetime = NOW,
    today: dt.date | None = None,
    reason: str = "",
    **changes: object,
) -> None:
    """Both sides agree on the task in these words, as the next item of its meeting's list (or of
    that of the meeting with that id), or as its amended item; ``changes`` are fields of an
    AgreedItem."""
    with world.database.transaction() as session:
        task = session.get_one(Task, task_id)
        held = session.get_one(Meeting, meeting or task.meeting_id)
        frozen = find_in_state(session, held.id, "frozen")
        kept = from_json(frozen.content).items if frozen else ()
        entry = session.query(ListItem).filter_by(meeting_id=held.id, task_id=task.id).one_or_none()
        if entry is None:
            entry = ListItem(
                meeting_id=held.id, number=len(kept) + 1, is_shared=True, task_id=task.id
            )
            session.add(entry)
            session.flush()
        item = next((one for one in kept if one.number == entry.number), None) or AgreedItem(
            entry.number,
            text,
            tuple(task.responsible_names),
            tuple(task.owner_names),
            task.due_on,
        )
        item = replace(item, text=text, **changes)
        items = [*(one for one in kept if one.number != entry.number), item]
        version = store_version(session, held, items, marking, actor=SYSTEM, now=now, reason=reason)
        offer_list(session, version, marking, actor=SYSTEM, now=now)
        freeze_list(session, version, actor=SYSTEM, now=now, today=today or now.date())
