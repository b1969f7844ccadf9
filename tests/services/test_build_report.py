"""The Summary of a dialogue, as of any day, from the history alone; on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.agreed import agree_on
from tests.world import NOW, TODAY, World
from tracker.models import AgendaItem, Dialogue, Meeting, Task
from tracker.policy.visibility import SYSTEM, SYSTEM_SCOPE, Scope
from tracker.reports import Summary
from tracker.services.build_report import build_report
from tracker.services.change_task import TaskUpdate, change_task
from tracker.services.tell_changes import Since

LATER = NOW + dt.timedelta(days=60)


def report(world: World, dialogue_id: int, as_of: dt.date, **options) -> Summary:
    with world.database.reading() as session:
        dialogue = session.get_one(Dialogue, dialogue_id)
        scope = options.pop("scope", SYSTEM_SCOPE)
        return build_report(session, scope, dialogue, as_of=as_of, now=NOW, **options)


def change(
    world: World,
    task_id: int,
    update: TaskUpdate,
    now: dt.datetime = NOW,
    today: dt.date | None = None,
) -> None:
    today = today or now.date()
    with world.database.transaction() as session:
        task = session.get_one(Task, task_id)
        change_task(session, task, update, seen_version=None, actor=SYSTEM, now=now, today=today)


def test_a_past_day_shows_the_status_of_that_day(world: World) -> None:
    dialogue = world.dialogue()
    task = world.task(dialogue)
    change(world, task, TaskUpdate(status="done", remark="Sent by courier."), LATER)
    before = report(world, dialogue, TODAY)
    after = report(world, dialogue, LATER.date())
    assert (before.totals["proposed"], before.totals["done"]) == (1, 0)
    assert (after.totals["proposed"], after.totals["done"]) == (0, 1)
    assert before.tasks[0].last_remark is None
    assert after.tasks[0].last_remark == "Sent by courier."
    assert after.tasks[0].done_on == LATER.date()


def test_what_is_done_in_the_evening_counts_on_the_day_it_was_for_who_did_it(world: World) -> None:
    """Nine in the evening of 12 July in New York is 13 July in London."""
    dialogue = world.dialogue()
    task = world.task(dialogue)
    evening = dt.datetime(2007, 7, 13, 1, 0, tzinfo=dt.UTC)
    update = TaskUpdate(status="done", remark="Sent by courier.")
    change(world, task, update, evening, today=TODAY)
    [row] = report(world, dialogue, TODAY).tasks
    assert (row.status, row.done_on) == ("done", TODAY)
    assert (row.last_remark, row.last_remark_on) == ("Sent by courier.", TODAY)


def test_what_is_made_and_done_in_the_morning_is_made_before_it_is_done(world: World) -> None:
    """Eight in the morning of 13 July in Tokyo is still 12 July in London, and in New York."""
    dialogue, morning = world.dialogue(), dt.datetime(2007, 7, 12, 23, 0, tzinfo=dt.UTC)
    next_day = TODAY + dt.timedelta(days=1)
    task = world.task(dialogue, now=morning, today=next_day)
    change(world, task, TaskUpdate(status="in_progress"), morning, today=next_day)
    change(world, task, TaskUpdate(status="done"), morning, today=TODAY)
    assert report(world, dialogue, TODAY).tasks == ()
    [row] = report(world, dialogue, next_day).tasks
    assert (row.status, row.done_on) == ("done", next_day)


def test_a_list_that_is_agreed_in_the_evening_is_in_the_shared_report_of_that_day(
    world: World,
) -> None:
    dialogue = world.dialogue()
    evening = dt.datetime(2007, 7, 13, 1, 0, tzinfo=dt.UTC)
    agree_on(world, world.task(dialogue), "Send the list", now=evening, today=TODAY)
    assert [t.title for t in report(world, dialogue, TODAY, edition="shared").tasks] == [
        "Send the list"
    ]


def test_what_an_import_creates_counts_from_its_meetings_last_day(world: World) -> None:
    cable_id = world.baku(now=NOW + dt.timedelta(days=300))
    from tracker.models import CableRecord
    from tracker.services.review_candidates import accept_likely

    with world.database.transaction() as session:
        cable = session.get_one(CableRecord, cable_id)
        late = NOW + dt.timedelta(days=300)
        tasks = accept_likely(session, cable, actor=SYSTEM, now=late, today=late.date())
        dialogue_id, count = cable.dialogue_id or 0, len(tasks)
    assert count > 10
    assert len(report(world, dialogue_id, dt.date(2007, 7, 10)).tasks) == count
    assert report(world, dialogue_id, dt.date(2007, 7, 9)).tasks == ()


def test_a_moved_date_is_late_against_the_date_of_that_day(world: World) -> None:
    dialogue = world.dialogue()
    task = world.task(dialogue, due_on=TODAY + dt.timedelta(days=10))
    update = TaskUpdate(due_on=TODAY + dt.timedelta(days=90), reason="reply outstanding")
    change(world, task, update, LATER)
    assert [t.number for t in report(world, dialogue, TODAY + dt.timedelta(days=20)).overdue] == [1]
    assert report(world, dialogue, LATER.date()).overdue == ()


def test_the_marking_is_the_join_of_what_is_shown(world: World) -> None:
    dialogue = world.dialogue()
    world.task(dialogue, marking="C")
    world.task(dialogue, marking="S//NF")
    assert report(world, dialogue, TODAY).marking.banner == "SECRET//NOFORN"


def test_the_shared_edition_says_nothing_of_what_is_internal(world: World) -> None:
    dialogue = world.dialogue()
    world.task(dialogue, "Internal canary", text="canary passage", marking="C")
    shared = world.task(
        dialogue, "Internal wording", text="canary passage", marking="C", kind="objective"
    )
    change(world, shared, TaskUpdate(due_on=dt.date(2008, 2, 1), reason="canary", remark="canary"))
    agree_on(world, shared, "Both sides exchange lists.", marking="SBU")
    summary = report(world, dialogue, TODAY, edition="shared")
    assert [(t.number, t.title) for t in summary.tasks] == [(1, "Both sides exchange lists.")]
    assert sum(summary.totals.values()) == 1
    assert "canary" not in repr(summary)
    assert "objective" not in repr(summary)
    assert summary.marking.short == "SBU"


@pytest.mark.parametrize(
    ("marking", "shared", "internal"), [("S", "Agenda item", "S"), ("U", "Hidden harbour", "U")]
)
def test_the_shared_edition_tells_no_topic_that_is_marked_above_it(
    world: World, marking: str, shared: str, internal: str
) -> None:
    dialogue_id = world.dialogue()
    task_id = world.task(dialogue_id, "Send the list")
    with world.database.transaction() as session:
        task = session.get_one(Task, task_id)
        item = AgendaItem(
            meeting_id=task.meeting_id, label="B", title="Hidden harbour", marking=marking
        )
        item.position = 2
        session.add(item)
        task.agenda_item = item
    agree_on(world, task_id, "Send the list", agenda="B")
    both = report(world, dialogue_id, TODAY, edition="shared")
    ours = report(world, dialogue_id, TODAY, edition="internal")
    assert [(item.label, item.title) for item in both.agenda] == [("B", shared)]
    assert (both.marking.short, ours.marking.short) == ("U", internal)
    assert [item.title for item in ours.agenda] == ["Hidden harbour"]


def test_the_shared_edition_names_no_meeting_that_one_side_alone_plans(world: World) -> None:
    dialogue = world.dialogue()
    agree_on(world, world.task(dialogue, "One"), "Both sides exchange lists.")
    with world.database.transaction() as session:
        session.add(
            Meeting(
                dialogue_id=dialogue,
                number=2,
                starts_on=dt.date(2009, 3, 4),
                ends_on=dt.date(2009, 3, 5),
                is_confirmed=True,
            )
        )
    assert "2009" in report(world, dialogue, TODAY).meeting
    assert report(world, dialogue, TODAY, edition="shared").meeting == "Meeting of 9–10 July 2007"


def test_the_shared_edition_says_that_nothing_is_agreed_yet_and_not_that_a_date_is_missing(
    world: World,
) -> None:
    dialogue = world.dialogue()
    world.task(dialogue, "Ours alone")
    assert report(world, dialogue, TODAY).meeting == "Meeting of 9–10 July 2007"
    shared = report(world, dialogue, TODAY, edition="shared").meeting
    assert shared == "No meeting's list is agreed yet"


def test_the_shared_edition_has_the_lists_numbers_owners_and_dates(world: World) -> None:
    dialogue = world.dialogue()
    world.task(dialogue, "Ours alone")
    first, second = world.task(dialogue, "One"), world.task(dialogue, "Two")
    agree_on(world, second, "The second comes first", owners=("Sundria's customs",))
    agree_on(world, first, "The first comes second", due_on=dt.date(2007, 12, 1))
    with world.database.transaction() as session:
        session.get_one(Task, second).due_on = dt.date(1999, 1, 1)
    rows = report(world, dialogue, TODAY, edition="shared").tasks
    assert [(t.label, t.title, t.owners, t.due_on) for t in rows] == [
        ("1", "The second comes first", ("Sundria's customs",), dt.date(2008, 1, 10)),
        ("2", "The first comes second", (), dt.date(2007, 12, 1)),
    ]


def test_the_shared_edition_of_a_past_day_is_what_was_agreed_by_then(world: World) -> None:
    dialogue = world.dialogue()
    task = world.task(dialogue, due_on=dt.date(2007, 12, 1))
    agree_on(world, task, "Send the list", now=NOW)
    agree_on(
        world,
        task,
        "Send the full list",
        now=LATER,
        reason="the printer closed",
        due_on=dt.date(2008, 3, 1),
    )
    before = report(world, dialogue, TODAY, edition="shared").tasks[0]
    after = report(world, dialogue, LATER.date(), edition="shared", since=Since(TODAY))
    yesterday = TODAY - dt.timedelta(days=1)
    assert report(world, dialogue, yesterday, edition="shared").tasks == ()
    assert (before.title, before.due_on) == ("Send the list", dt.date(2007, 12, 1))
    row = after.tasks[0]
    assert (row.title, row.due_basis) == ("Send the full list", "extended")
    assert (row.first_due_on, row.extension_reason) == (before.due_on, "the printer closed")
    assert after.changes is not None
    (slip,) = after.changes.tasks
    assert (slip.kind, slip.due_before, slip.reason) == (
        "slipped",
        before.due_on,
        "the printer closed",
    )


def test_how_a_task_stood_before_it_was_shared_is_not_told(world: World) -> None:
    dialogue = world.dialogue()
    task = world.task(dialogue)
    change(world, task, TaskUpdate(status="done"), NOW)
    change(world, task, TaskUpdate(status="in_progress", reason="not so"), LATER)
    agree_on(world, task, "Send the list", now=LATER)
    later = LATER.date() + dt.timedelta(days=30)
    summary = report(world, dialogue, later, edition="shared", since=Since(TODAY))
    assert {point.done for point in summary.trend} == {0}
    assert min(point.on for point in summary.trend) >= LATER.date()
    assert summary.changes is not None
    assert [change.kind for change in summary.changes.tasks] == ["new"]


def test_items_of_several_meetings_are_told_apart_by_the_meeting(world: World) -> None:
    dialogue = world.dialogue()
    first, second = world.task(dialogue, "One"), world.task(dialogue, "Two")
    with world.database.transaction() as session:
        meeting = Meeting(dialogue_id=dialogue, number=2, is_confirmed=True)
        session.add(meeting)
        session.flush()
        meeting_id = meeting.id
    agree_on(world, first, "Of the first meeting")
    agree_on(world, second, "Of the second meeting", meeting=meeting_id)
    summary = report(world, dialogue, TODAY, edition="shared", since=Since(dt.date(2007, 7, 1)))
    assert [(t.label, t.number) for t in summary.tasks] == [("1.1", 1), ("2.1", 1)]
    assert summary.changes is not None
    assert [change.label for change in summary.changes.tasks] == ["1.1", "2.1"]


def test_somebody_elses_dialogue_gives_an_empty_report(world: World) -> None:
    dialogue = world.dialogue()
    world.task(dialogue)
    assert report(world, dialogue, TODAY, scope=Scope(contact_id=1)).tasks == ()


def test_changes_between_two_days_come_from_the_history(world: World) -> None:
    dialogue = world.dialogue()
    moved, done = world.task(dialogue, "Move"), world.task(dialogue, "Do")
    new_due = dt.date(2008, 3, 1)
    change(world, moved, TaskUpdate(due_on=new_due, reason="reply outstanding"), LATER)
    change(world, done, TaskUpdate(status="done"), LATER)
    world.task(dialogue, "Added", now=LATER)
    found = report(world, dialogue, LATER.date(), since=Since(TODAY)).changes
    assert found is not None
    assert [(c.kind, c.number) for c in found.tasks] == [("new", 3), ("done", 2), ("slipped", 1)]
    slip = found.tasks[2]
    assert (slip.due_before, slip.due_after) == (dt.date(2008, 1, 10), new_due)
    assert slip.reason == "reply outstanding"


def test_what_an_earlier_report_did_not_list_is_new_whatever_day_it_counts_from(
    world: World,
) -> None:
    dialogue = world.dialogue()
    world.task(dialogue)
    since = Since(LATER.date(), stood={}, reference="the report of that day")
    found = report(world, dialogue, LATER.date(), since=since).changes
    assert found is not None
    assert [c.kind for c in found.tasks] == ["new"]


def test_what_changed_of_tasks_that_are_not_shared_is_not_told_to_both(world: World) -> None:
    dialogue = world.dialogue()
    world.task(dialogue, "Internal canary")
    shared = world.task(dialogue, "Internal wording")
    agree_on(world, shared, "Both sides exchange lists.")
    change(world, shared, TaskUpdate(status="done", remark="canary", reason="canary"), LATER)
    summary = report(world, dialogue, LATER.date(), edition="shared", since=Since(TODAY))
    assert summary.changes is not None
    (done,) = summary.changes.tasks
    assert (done.kind, done.number, done.title) == ("done", 1, "Both sides exchange lists.")
    assert "canary" not in repr(summary)


@pytest.mark.parametrize("as_of", [dt.date(1999, 1, 1), dt.date(2099, 1, 1)])
def test_a_report_without_tasks_is_made_all_the_same(world: World, as_of: dt.date) -> None:
    summary = report(world, world.dialogue(), as_of)
    assert sum(summary.totals.values()) == 0
    assert summary.trend == ()
