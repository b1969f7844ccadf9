"""What is set down before a meeting and what is carried on after it; on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.room import LINES, Room
from tests.world import NOW, TODAY, World, get_task
from tracker.models import Meeting
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tracker.queries.meetings import carried_into, delegates_of
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.close_meeting import close_meeting, find_open_ends, reopen_meeting
from tracker.services.prepare_meeting import (
    AgendaEntry,
    NewDelegate,
    add_delegate,
    add_meeting,
    change_days,
    place_carried,
    remove_delegate,
    save_agenda,
)


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


def agenda(meeting: Meeting) -> list[tuple[str, str]]:
    return [(item.label, item.title) for item in meeting.agenda]


def test_days_and_place_are_set_and_confirmed(room: Room) -> None:
    with room.database.transaction() as session:
        meeting = room.meeting(session)
        days = (dt.date(2007, 8, 1), dt.date(2007, 8, 2))
        change_days(session, meeting, *days, "Old Town Hall", actor=room.actor("editor"))
        assert (meeting.starts_on, meeting.ends_on, meeting.place) == (*days, "Old Town Hall")
        with pytest.raises(InvalidInput):
            change_days(session, meeting, days[1], days[0], "", actor=room.actor("editor"))
        with pytest.raises(InvalidInput):
            change_days(session, meeting, days[1], None, "", actor=room.actor("editor"))
        with pytest.raises(InvalidInput):
            change_days(session, meeting, *days, "a\nb", actor=room.actor("editor"))


def test_delegations_hold_people_of_the_directory_and_names(room: Room) -> None:
    with room.database.transaction() as session:
        meeting = room.meeting(session)
        ours, theirs = (entry.party_id for entry in meeting.dialogue.parties)
        actor = room.actor("editor")
        new = NewDelegate(theirs, "head", "Minister Ana Brell")
        add_delegate(session, meeting, new, actor=actor)
        known = NewDelegate(ours, "notetaker", contact_id=room.people["notetaker"])
        added = add_delegate(session, meeting, known, actor=actor)
        assert [d.name for d in delegates_of(session, meeting)] == [
            "Ilse Brand",
            "Minister Ana Brell",
        ]
        for bad in (
            NewDelegate(theirs, "notetaker", contact_id=room.people["notetaker"]),
            NewDelegate(ours, "minister", "A"),
            NewDelegate(99_999, "head", "A"),
            NewDelegate(ours, "head", " "),
            NewDelegate(ours, "head", "A\r\nBcc: b"),
        ):
            with pytest.raises(InvalidInput):
                add_delegate(session, meeting, bad, actor=actor)
        assert remove_delegate(session, meeting, added.id, actor=actor) == "Ilse Brand"
        with pytest.raises(NotFound):
            remove_delegate(session, meeting, added.id, actor=actor)


def test_an_agenda_is_reordered_relabelled_and_cut_with_its_tasks_kept(room: Room) -> None:
    task_id = room.world.task(room.dialogue_id)
    with room.database.transaction() as session:
        meeting = room.meeting(session)
        first, second = meeting.agenda
        get_task(session, task_id).agenda_item_id = second.id
        session.flush()
        entries = [
            AgendaEntry(second.id, "1", "Exercises", None, dt.time(9), dt.time(10, 30)),
            AgendaEntry(first.id, "2", "Crossings and posts"),
            AgendaEntry(None, "3", "Press statement"),
            AgendaEntry(None, "", " "),
        ]
        save_agenda(session, meeting, entries, actor=room.actor("editor"))
        assert agenda(meeting) == [
            ("1", "Exercises"),
            ("2", "Crossings and posts"),
            ("3", "Press statement"),
        ]
        assert get_task(session, task_id).agenda_item is meeting.agenda[0]
    with room.database.transaction() as session:
        meeting = room.meeting(session)
        kept = [AgendaEntry(meeting.agenda[1].id, "1", "Crossings and posts")]
        save_agenda(session, meeting, kept, actor=room.actor("editor"))
    with room.database.reading() as session:
        assert agenda(room.meeting(session)) == [("1", "Crossings and posts")]
        assert get_task(session, task_id).agenda_item is None


@pytest.mark.parametrize(
    "entries",
    [
        [AgendaEntry(None, "1", "A"), AgendaEntry(None, "1", "B")],
        [AgendaEntry(None, "", "A")],
        [AgendaEntry(None, "1", "A\u202eB")],
        [AgendaEntry(None, "1", "A", None, dt.time(10), dt.time(9))],
        [AgendaEntry(None, "1", "x" * 301)],
        [AgendaEntry(None, str(n), "A") for n in range(61)],
    ],
)
def test_an_agenda_that_cannot_be_held_is_refused(room: Room, entries: list[AgendaEntry]) -> None:
    with room.database.transaction() as session:
        with pytest.raises(InvalidInput):
            save_agenda(session, room.meeting(session), entries, actor=room.actor("editor"))
        assert agenda(room.meeting(session)) == [("1", "Crossings"), ("2", "Exercises")]


def test_agenda_items_of_another_meeting_are_not_there(room: Room) -> None:
    with room.database.transaction() as session:
        entries = [AgendaEntry(99_999, "1", "A")]
        with pytest.raises(NotFound):
            save_agenda(session, room.meeting(session), entries, actor=room.actor("editor"))


def test_the_next_meeting_takes_over_agenda_and_open_tasks(room: Room) -> None:
    open_id = room.world.task(room.dialogue_id, "Open the road")
    done_id = room.world.task(room.dialogue_id, "Close the road")
    with room.database.transaction() as session:
        get_task(session, open_id).agenda_item_id = room.meeting(session).agenda[1].id
        options = {"seen_version": None, "actor": room.actor("lead"), "now": NOW, "today": TODAY}
        change_task(session, get_task(session, done_id), TaskUpdate(status="done"), **options)
        session.flush()
        meeting = add_meeting(session, room.meeting(session).dialogue, actor=room.actor("editor"))
        assert (meeting.number, agenda(meeting)) == (
            2,
            [("1", "Crossings"), ("2", "Exercises")],
        )
        [carried] = carried_into(session, meeting)
        assert carried.task.title == "Open the road"
        assert carried.agenda_item_id == meeting.agenda[1].id
        place_carried(session, meeting, carried.task.number, "1", actor=room.actor("editor"))
        assert carried.agenda_item_id == meeting.agenda[0].id
        with pytest.raises(NotFound):
            place_carried(session, meeting, 99, "1", actor=room.actor("editor"))


def test_closing_says_what_is_still_open_and_starts_the_next_meeting(room: Room) -> None:
    room.offer(LINES[:1])
    room.write("One more point")
    room.world.task(room.dialogue_id, "Press statement", owners=[room.people["editor"]])
    with room.database.transaction() as session:
        meeting = room.meeting(session)
        ends = find_open_ends(session, meeting)
        assert [t.title for t in ends.tasks] == ["Press statement"]
        assert [e.text for e in ends.unlisted] == ["One more point"]
        assert [p.name for p in ends.missing] == ["Northland", "Sundria"]
        assert not ends.is_nothing
        following = close_meeting(
            session, meeting, with_next=True, actor=room.actor("lead"), now=NOW
        )
        assert following is not None
        assert len(carried_into(session, following)) == 1
        with pytest.raises(Conflict):
            close_meeting(session, meeting, with_next=False, actor=room.actor("lead"), now=NOW)
        reopen_meeting(session, meeting, actor=room.actor("lead"))
        assert meeting.closed_at is None


def test_a_meeting_with_all_done_leaves_nothing_open(room: Room) -> None:
    with room.database.reading() as session:
        assert find_open_ends(session, room.meeting(session)).is_nothing


Act = Callable[[Session, Meeting, Room, str], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda s, m, r, w: change_days(s, m, None, None, "", actor=r.actor(w)),
        lambda s, m, r, w: save_agenda(s, m, [], actor=r.actor(w)),
        lambda s, m, r, w: add_meeting(s, m.dialogue, actor=r.actor(w)),
        lambda s, m, r, w: close_meeting(s, m, with_next=True, actor=r.actor(w), now=NOW),
        lambda s, m, r, w: add_delegate(s, m, NewDelegate(1, "head", "A"), actor=r.actor(w)),
    ],
)
@pytest.mark.parametrize("who", ["notetaker", "reader", "approver", "their_lead"])
def test_only_editors_and_leads_prepare_and_close(room: Room, act: Act, who: str) -> None:
    with room.database.transaction() as session, pytest.raises(NotAllowed):
        act(session, room.meeting(session), room, who)
