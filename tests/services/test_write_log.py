"""The notetaker's log: every line once, nothing typed lost; on both databases."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

import pytest

from tests.room import Room
from tests.world import NOW, TODAY, World
from tracker.models import Task
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.queries.meetings import get_line, log_of
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.write_log import LineUpdate, NewLine, change_line, write_log


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


def texts(room: Room) -> list[str]:
    with room.database.reading() as session:
        return [entry.text for entry in log_of(session, room.meeting(session))]


def test_a_line_is_read_into_text_owner_date_and_kind(room: Room) -> None:
    [written] = room.write("Send the list @Okonjo !in six months #commitment")
    entry = written.entry
    assert (entry.text, entry.owners, entry.kind) == (
        "Send the list",
        ["Mira Okonjo"],
        "commitment",
    )
    assert entry.due_on == dt.date(2008, 1, 10)
    assert entry.responsible == ["Northland"]
    assert entry.typed == "Send the list @Okonjo !in six months #commitment"
    assert entry.agenda_item is not None
    assert entry.agenda_item.title == "Crossings"


def test_a_line_sent_twice_is_stored_once_and_the_first_stands(room: Room) -> None:
    line = NewLine(str(uuid.uuid4()), "Open the road")
    again = NewLine(line.client_id, "Open the road at once")
    assert [w.is_new for w in room.write(line, line, again)] == [True, False, False]
    assert [w.is_new for w in room.write(line)] == [False]
    assert texts(room) == ["Open the road"]


def test_the_same_line_from_two_browsers_at_once_is_stored_once(room: Room) -> None:
    line = NewLine(str(uuid.uuid4()), "Open the road")
    threads = [threading.Thread(target=room.write, args=(line,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts(room) == ["Open the road"]


def test_a_line_without_agenda_item_owner_or_date_is_fine(room: Room) -> None:
    [written] = room.write(NewLine(str(uuid.uuid4()), "The sides will keep in touch"))
    assert written.entry.agenda_item is None
    assert written.entry.owners == []
    assert written.doubts == ()


def test_what_is_not_understood_stays_in_the_text_and_is_told(room: Room) -> None:
    [written] = room.write("Open the road !whenever #soon")
    assert written.entry.text == "Open the road !whenever #soon"
    assert len(written.doubts) == 2


def test_nothing_but_marks_is_kept_as_it_was_typed(room: Room) -> None:
    [written] = room.write("@Okonjo")
    assert written.entry.text == "@Okonjo"


def test_characters_that_cannot_be_stored_do_not_lose_the_line(room: Room) -> None:
    room.write("Open\x00 the\u2028road <script>alert(1)</script>")
    assert texts(room) == ["Open the road <script>alert(1)</script>"]


@pytest.mark.parametrize("who", ["reader", "approver", "their_lead", "their_approver"])
def test_only_our_notetakers_and_editors_write(room: Room, who: str) -> None:
    with pytest.raises(NotAllowed):
        room.write("Open the road", who=who)


@pytest.mark.parametrize(
    "line",
    [
        NewLine("short", "Open the road"),
        NewLine("'; drop table log_entry; --", "Open the road"),
        NewLine("aaaaaaaa-1", "  "),
        NewLine("aaaaaaaa-1", "x" * 10_001),
        NewLine("aaaaaaaa-1", "Open the road", state="agreed"),
        NewLine("aaaaaaaa-1", "Open the road", state="dropped"),
    ],
)
def test_what_no_page_sends_is_refused(room: Room, line: NewLine) -> None:
    with pytest.raises(InvalidInput):
        room.write(line)
    assert texts(room) == []


def test_an_objective_that_is_dropped_is_declined_with_the_reason(room: Room) -> None:
    task_id = room.world.task(room.dialogue_id, "Press for the road", kind="objective")
    line = NewLine(
        str(uuid.uuid4()), "The road", task_number=1, state="dropped", reason="No money for it"
    )
    [written] = room.write(line)
    assert (written.entry.state, written.entry.reason) == ("dropped", "No money for it")
    with room.database.reading() as session:
        assert session.get_one(Task, task_id).status == "declined"


def test_an_objective_that_is_deferred_to_a_day_and_taken_up_again_follows(room: Room) -> None:
    task_id = room.world.task(room.dialogue_id, "Press for the road", kind="objective")
    line = NewLine(
        str(uuid.uuid4()), "The road !1 March", task_number=1, state="deferred", reason="Not now"
    )
    room.write(line)
    with room.database.transaction() as session:
        task = session.get_one(Task, task_id)
        assert (task.status, task.deferred_until) == ("deferred", dt.date(2008, 3, 1))
        entry = get_line(session, room.meeting(session), 1)
        change_line(
            session,
            entry,
            LineUpdate(state="open"),
            seen_version=entry.version,
            actor=room.actor("notetaker"),
            now=NOW,
            today=TODAY,
        )
        assert task.status == "proposed"


def test_mending_a_typo_leaves_a_task_as_somebody_has_decided_since(room: Room) -> None:
    task_id = room.world.task(room.dialogue_id, "Press for the road", kind="objective")
    room.write(NewLine(str(uuid.uuid4()), "Opne the road", task_number=1))
    options = {"now": NOW, "today": TODAY}
    with room.database.transaction() as session:
        task = session.get_one(Task, task_id)
        decline = TaskUpdate(status="declined", reason="Not ours")
        change_task(session, task, decline, seen_version=None, actor=room.actor("lead"), **options)
        entry = get_line(session, room.meeting(session), 1)
        update = LineUpdate(typed="Open the road", state="open")
        seen = {"seen_version": entry.version, "actor": room.actor("notetaker")}
        change_line(session, entry, update, **seen, **options)
        assert (entry.text, task.status) == ("Open the road", "declined")


def test_two_people_on_one_line_lose_no_text(room: Room) -> None:
    room.write("Open the road")
    with room.database.transaction() as session:
        entry = get_line(session, room.meeting(session), 1)
        seen = entry.version
        for typed in ("Open the road in May", "Open the road in June"):
            update = LineUpdate(typed=typed)
            options = {"actor": room.actor("notetaker"), "now": NOW, "today": TODAY}
            if typed.endswith("May"):
                change_line(session, entry, update, seen_version=seen, **options)
                continue
            with pytest.raises(Conflict) as error:
                change_line(session, entry, update, seen_version=seen, **options)
            assert error.value.current["text"] == "Open the road in May"


def test_lines_keep_their_order(room: Room) -> None:
    with room.database.transaction() as session:
        lines = [NewLine(f"client-{n:04}", f"Point {n}") for n in range(20)]
        write_log(
            session,
            room.meeting(session),
            lines,
            actor=room.actor("lead"),
            now=NOW,
            today=TODAY,
        )
    assert texts(room) == [f"Point {n}" for n in range(20)]


def test_a_second_line_about_one_task_is_kept_without_it_and_says_so(room: Room) -> None:
    room.world.task(room.dialogue_id, "Press for the road", kind="objective")
    lines = [NewLine(str(uuid.uuid4()), text, task_number=1) for text in ("By May", "By June")]
    first, second = room.write(*lines)
    assert first.doubts == ()
    assert "stands in line 1 already" in second.doubts[0]
    with room.database.reading() as session:
        assert [
            (e.text, e.task_id is not None) for e in log_of(session, room.meeting(session))
        ] == [
            ("By May", True),
            ("By June", False),
        ]
