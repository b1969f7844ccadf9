"""One task on the lists of two meetings: what was agreed last holds."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.room import BOTH, Room
from tests.world import NOW, TODAY, World, get_task
from tracker.models import AgreedList, Dialogue
from tracker.services.amend_list import ItemChange, amend_list
from tracker.services.draft_list import draft_list, offer_list
from tracker.services.prepare_meeting import add_meeting
from tracker.services.write_log import NewLine, write_log


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


def approve(room: Room, version: AgreedList | int) -> None:
    version_id = version if isinstance(version, int) else version.id
    room.approve(version_id, "approver")
    room.approve(version_id, "their_approver")


def test_amending_the_older_list_leaves_what_was_agreed_since(room: Room) -> None:
    task_id = room.world.task(room.dialogue_id, "Open the road", kind="objective")
    first = (
        NewLine(
            "line-number-one", "Open the road @Mira Okonjo !15 Dec", task_number=1, responsible=BOTH
        ),
        "Send the maps",
    )
    approve(room, room.offer(first))
    lead = room.actor("lead")
    with room.database.transaction() as session:
        meeting = add_meeting(session, session.get_one(Dialogue, room.dialogue_id), actor=lead)
        later = NewLine(
            "line-number-two",
            "Open the road in spring !1 May 2008",
            task_number=1,
            responsible=BOTH,
        )
        write_log(session, meeting, [later], actor=lead, now=NOW, today=TODAY)
        version = draft_list(session, meeting, actor=lead, now=NOW)
        offer_list(session, version, "U", actor=lead, now=NOW)
    approve(room, version)
    change = ItemChange(2, text="Send the new maps")
    with room.database.transaction() as session:
        amended = amend_list(
            session, room.meeting(session), change, "newer ones exist", actor=lead, now=NOW
        )
    approve(room, amended)
    with room.database.reading() as session:
        task = get_task(session, task_id)
        assert task.agreed_text == "Open the road in spring"
        assert task.due_on == dt.date(2008, 5, 1)
