"""What is planned for whom and when, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import event, select, text

from tests.services.reminding import DUE, Post, at, due_task
from tests.world import World
from tracker.models import Membership, Task
from tracker.policy.visibility import SYSTEM
from tracker.services.change_task import Owner, TaskUpdate, change_task


@pytest.fixture
def post(world: World) -> Post:
    return Post(world)


def days_planned(post: Post, first: int, last: int) -> list[str]:
    """The occasions told in sweeps on each of these days of January 2008."""
    for day in range(first, last + 1):
        post.sweep(at(day))
    return [line.occasion for reminder in post.reminders() for line in reminder.lines]


def test_an_owner_is_told_30_14_7_1_and_0_days_before(post: Post) -> None:
    due_task(post.world, post.world.person())
    for day in range(31):
        post.sweep(dt.datetime(2007, 12, 1, 9, tzinfo=dt.UTC) + dt.timedelta(days=day))
    assert len(post.mails) == 2
    assert days_planned(post, 1, 10) == ["30", "14", "7", "1", "0"]
    assert [r.day for r in post.reminders()] == [
        dt.date(2007, 12, 11),
        dt.date(2007, 12, 27),
        dt.date(2008, 1, 3),
        dt.date(2008, 1, 9),
        DUE,
    ]


def test_an_overdue_task_reminds_every_week_until_it_is_closed(post: Post) -> None:
    task = due_task(post.world, post.world.person())
    post.sweep(at(10))
    days_planned(post, 11, 31)
    assert [r.day.day for r in post.reminders()] == [10, 11, 18, 25]
    post.change(task, status="done")
    for day in range(1, 20):
        post.sweep(at(day, month=2))
    assert len(post.mails) == 4


def test_a_person_with_ten_tasks_gets_one_mail_a_day(post: Post) -> None:
    owner, dialogue = post.world.person(), post.world.dialogue()
    for number in range(10):
        due_task(post.world, owner, dialogue=dialogue, title=f"Paper {number}")
    done = post.sweep(at(3))
    assert (done.planned.reminders, done.planned.lines, done.sent) == (1, 10, 1)
    assert all(f"Paper {number}" in post.text() for number in range(10))


def test_a_second_run_adds_nothing(post: Post) -> None:
    due_task(post.world, post.world.person())
    assert post.plan(at(3)).lines == 1
    again = post.plan(at(3))
    assert (again.reminders, again.lines) == (0, 0)
    post.sweep(at(3))
    assert post.sweep(at(3, 10)).sent == 0
    assert len(post.mails) == 1


def test_a_task_that_nobody_owns_reminds_the_lead(post: Post) -> None:
    world = post.world
    dialogue, lead = world.dialogue(), world.person("Lena Marsh")
    world.join(dialogue, lead, "lead")
    world.join(dialogue, world.person("Rolf Ekdal"), "editor")
    due_task(world, dialogue=dialogue)
    post.sweep(at(3))
    assert post.recipients == ["lena.marsh@example.org"]
    assert "Nobody owns it yet, and you lead the dialogue" in post.text()


@pytest.mark.parametrize("values", [{"email": None}, {"is_active": False}])
def test_an_owner_who_cannot_be_written_to_is_stood_in_for_by_the_lead(
    values: dict[str, object], post: Post
) -> None:
    world = post.world
    dialogue, lead, owner = world.dialogue(), world.person("Lena Marsh"), world.person()
    world.join(dialogue, lead, "lead")
    due_task(world, owner, dialogue=dialogue)
    post.set_contact(owner, **values)
    post.sweep(at(3))
    assert post.recipients == ["lena.marsh@example.org"]


def test_an_office_with_an_address_is_told_without_taking_part(post: Post) -> None:
    office = post.world.person("Border Desk", kind="office")
    due_task(post.world, office)
    post.sweep(at(3))
    assert post.recipients == ["border.desk@example.org"]


def test_the_other_side_is_never_told_of_an_internal_task(post: Post) -> None:
    world = post.world
    dialogue = world.dialogue()
    theirs = world.person("Ivo Tamm", party="Sundria")
    their_lead = world.person("Olga Reiss", party="Sundria")
    ours = world.person("Lena Marsh")
    world.join(dialogue, their_lead, "lead")
    due_task(world, theirs, dialogue=dialogue)
    done = post.sweep(at(3))
    assert post.mails == []
    assert done.planned.unreachable == 1
    world.join(dialogue, ours, "lead")
    post.sweep(at(4))
    assert post.recipients == ["lena.marsh@example.org"]


def test_who_no_longer_takes_part_is_not_told(post: Post) -> None:
    world = post.world
    dialogue, owner, lead = world.dialogue(), world.person(), world.person("Lena Marsh")
    world.join(dialogue, lead, "lead")
    due_task(world, owner, dialogue=dialogue)
    with world.database.transaction() as session:
        for entry in session.scalars(select(Membership).where(Membership.contact_id == owner)):
            session.delete(entry)
    post.sweep(at(3))
    assert post.recipients == ["lena.marsh@example.org"]


def test_two_owners_get_a_mail_each(post: Post) -> None:
    first, second = post.world.person(), post.world.person("Nils Brandt")
    due_task(post.world, first, second)
    post.sweep(at(3))
    assert sorted(post.recipients) == ["mira.okonjo@example.org", "nils.brandt@example.org"]


def test_a_moved_date_arms_again(post: Post) -> None:
    task = due_task(post.world, post.world.person())
    post.sweep(at(9))
    post.change(task, due_on=dt.date(2008, 1, 24))
    for day in range(9, 18):
        post.sweep(at(day, 12))
    assert [line.occasion for r in post.reminders() for line in r.lines] == ["1", "14", "7"]
    assert "24 January 2008, in 14 days" in post.text(1)
    assert "the date was moved" in post.text(1)


def test_a_date_moved_back_to_where_it_was_tells_nothing_twice(post: Post) -> None:
    task = due_task(post.world, post.world.person())
    post.sweep(at(9))
    post.change(task, due_on=dt.date(2008, 3, 24))
    post.change(task, due_on=DUE)
    post.sweep(at(9, 12))
    assert len(post.mails) == 1


def test_an_owner_who_comes_later_is_told_at_once(post: Post) -> None:
    task = due_task(post.world, post.world.person())
    post.sweep(at(3))
    post.change(task, owners=(Owner("", post.world.person("Nils Brandt")),))
    post.sweep(at(3, 12))
    assert post.recipients[1:] == ["nils.brandt@example.org"]
    assert "comes late" not in post.text()


def test_a_new_task_of_somebody_told_today_waits_for_tomorrow(post: Post) -> None:
    owner, dialogue = post.world.person(), post.world.dialogue()
    due_task(post.world, owner, dialogue=dialogue)
    post.sweep(at(3))
    second = due_task(post.world, owner, dialogue=dialogue, title="Name a contact", now=at(3, 10))
    post.sweep(at(3, 11))
    assert len(post.mails) == 1
    post.sweep(at(4))
    assert len(post.mails) == 2
    assert (second, "7") in post.told()
    assert "comes late" not in post.text()


def test_a_task_deferred_or_without_a_date_reminds_nobody_of_a_day(post: Post) -> None:
    owner, dialogue = post.world.person(), post.world.dialogue()
    task = due_task(post.world, owner, dialogue=dialogue)
    post.change(task, status="deferred", deferred_until=dt.date(2008, 6, 1))
    due_task(post.world, owner, dialogue=dialogue, due_on=None)
    post.sweep(at(10))
    assert post.mails == []


@pytest.mark.parametrize(
    ("country", "due_on", "told_on"),
    [
        # 3 Jan 2009 is a Saturday, the day before New Year's holiday in neither country.
        ("US", dt.date(2009, 1, 10), dt.date(2009, 1, 2)),
        # 20 January is a public holiday in Azerbaijan and a working day in the United States.
        ("AZ", dt.date(2010, 1, 27), dt.date(2010, 1, 19)),
        ("US", dt.date(2010, 1, 27), dt.date(2010, 1, 20)),
    ],
)
def test_a_reminder_on_a_day_off_of_the_owners_country_comes_the_working_day_before(
    country: str, due_on: dt.date, told_on: dt.date, post: Post
) -> None:
    due_task(post.world, post.world.person(), due_on=due_on)
    post.set_country("Northland", country)
    start = dt.datetime.combine(due_on, dt.time(9), dt.UTC)
    for days in range(14, 2, -1):
        post.sweep(start - dt.timedelta(days=days))
    seven = [r for r in post.reminders() if r.lines[0].occasion == "7"]
    assert [r.day for r in seven] == [told_on]
    assert seven[0].lines[0].due_on == due_on


@pytest.mark.parametrize(
    ("zone", "opens_at"),
    [
        ("Asia/Baku", at(3, 3)),
        ("UTC", at(3, 7)),
        ("America/New_York", at(3, 12)),
        ("Pacific/Kiritimati", at(2, 17)),
    ],
)
def test_mail_goes_out_at_seven_where_the_person_is(
    zone: str, opens_at: dt.datetime, post: Post
) -> None:
    due_task(post.world, post.world.person(time_zone=zone))
    post.sweep(opens_at - dt.timedelta(minutes=5))
    assert post.mails == []
    post.sweep(opens_at)
    assert [r.day for r in post.reminders()] == [dt.date(2008, 1, 3)]
    assert "10 January 2008, in 7 days" in post.text()


def test_a_due_date_is_the_same_day_in_baku_and_in_washington(post: Post) -> None:
    east = post.world.person(time_zone="Asia/Baku")
    west = post.world.person("Nils Brandt", time_zone="America/New_York")
    due_task(post.world, east, west)
    for hour in range(0, 72, 3):
        post.sweep(at(1, 20) + dt.timedelta(hours=hour))
    assert {r.day for r in post.reminders() if r.lines[0].occasion == "7"} == {dt.date(2008, 1, 3)}
    assert len(post.mails) == 4
    assert all("10 January 2008, in 7 days" in post.text(n) for n in (2, 3))


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe"])
def test_a_change_of_clocks_loses_nothing_and_tells_nothing_twice(zone: str, post: Post) -> None:
    owner, dialogue = post.world.person(time_zone=zone), post.world.dialogue()
    changes = [dt.date(2008, *day) for day in ((3, 9), (3, 30), (10, 5), (10, 26), (11, 2))]
    for day in changes:
        post.world.task(dialogue, owners=[owner], due_on=day + dt.timedelta(days=1))
    for day in changes:
        for hours in range(-24, 48, 6):
            post.sweep(dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(hours=hours))
    sent = [r for r in post.reminders() if r.state == "sent"]
    told = [(line.task_id, line.occasion) for r in sent for line in r.lines]
    assert len(sent) == len(post.mails)
    assert len(told) == len(set(told)) == len(post.told())
    assert {(n, o) for n, o in told if o in ("1", "0")} >= {(n, "0") for n in range(1, 6)}


@pytest.mark.parametrize("days_off", [-1, 1])
def test_a_clock_a_day_off_loses_nothing_and_tells_nothing_twice(days_off: int, post: Post) -> None:
    due_task(post.world, post.world.person())
    post.sweep(at(2))
    post.sweep(at(3) + dt.timedelta(days=days_off))
    for day in range(3, 11):
        post.sweep(at(day))
    occasions = [line.occasion for r in post.reminders() for line in r.lines]
    assert sorted(occasions) == sorted(set(occasions))
    assert set(occasions) >= {"7", "1", "0"}


def test_three_days_without_a_scheduler_yield_one_late_message(post: Post) -> None:
    world = post.world
    owner, dialogue = world.person(), world.dialogue()
    post.sweep(at(1))
    for day in (9, 10, 11):
        due_task(world, owner, dialogue=dialogue, due_on=dt.date(2008, 1, day), now=at(1))
    post.sweep(at(1, 10))
    before = len(post.mails)
    post.sweep(at(6))
    post.sweep(at(6, 10))
    assert len(post.mails) == before + 1
    assert "This reminder comes late: it was planned for 2 January 2008." in post.text()
    assert all(f"{day} January 2008" in post.text() for day in (9, 10, 11))


def test_reminders_planned_before_the_outage_go_into_the_same_message(post: Post) -> None:
    world = post.world
    owner, dialogue = world.person(), world.dialogue()
    due_task(world, owner, dialogue=dialogue, title="First paper")
    due_task(world, owner, dialogue=dialogue, title="Second", due_on=dt.date(2008, 1, 12))
    post.sweep(at(2))
    post.plan(at(3, 1))
    post.sweep(at(6))
    assert len(post.mails) == 2
    assert "First paper" in post.text()
    assert "Second" in post.text()
    assert "comes late: it was planned for 3 January 2008" in post.text()
    states = {r.day.day: r.state for r in post.reminders()}
    assert states == {2: "sent", 3: "cancelled", 6: "sent"}


def test_by_hand_a_day_of_the_past_can_be_asked_for(post: Post) -> None:
    """As the command does: imported today, with a due date long ago."""
    today = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    due_task(post.world, post.world.person(), now=today)
    done = post.sweep(today, as_of=dt.date(2008, 1, 3), at_once=True)
    assert done.sent == 1
    assert post.told() == {(1, "7")}
    assert "10 January 2008, in 7 days" in post.text()
    assert "late" not in post.text()
    assert post.sweep(today, as_of=dt.date(2008, 1, 3), at_once=True).sent == 0
    assert post.sweep(today, as_of=dt.date(2008, 1, 9), at_once=True).sent == 1
    assert post.told() == {(1, "7"), (1, "1")}


def test_by_hand_what_waits_for_its_hour_goes_out_now(post: Post) -> None:
    due_task(post.world, post.world.person())
    post.sweep(at(3, 1))
    assert post.mails == []
    assert post.sweep(at(3, 1), at_once=True).sent == 1
    assert post.sweep(at(3, 8)).sent == 0


def test_planning_leaves_the_version_that_edits_compare(post: Post) -> None:
    task_id = due_task(post.world, post.world.person())
    with post.world.database.reading() as session:
        seen = session.get_one(Task, task_id).version
    post.sweep(at(3))
    with post.world.database.transaction() as session:
        task = session.get_one(Task, task_id)
        assert task.remind_on == dt.date(2008, 1, 9)
        update = TaskUpdate(status="in_progress")
        changed = change_task(
            session, task, update, seen_version=seen, actor=SYSTEM, now=at(3), today=at(3).date()
        )
    assert changed == ["status"]


@pytest.mark.parametrize(
    "database_url", ["sqlite"], indirect=True
)  # PostgreSQL stores no such date.
def test_a_task_that_cannot_be_read_is_set_aside_and_the_others_are_planned(post: Post) -> None:
    owner, dialogue = post.world.person(), post.world.dialogue()
    tasks = [due_task(post.world, owner, dialogue=dialogue, title=f"Paper {n}") for n in range(5)]
    with post.world.database.transaction() as session:
        session.execute(
            text("UPDATE task SET updated_at = '2008-13-45 09:00' WHERE id = :id"), {"id": tasks[2]}
        )
    done = post.sweep(at(3))
    assert (done.planned.set_aside, done.planned.lines, done.sent) == (1, 4, 1)


def test_planning_looks_at_what_is_due_and_at_nothing_else(post: Post) -> None:
    """As many statements for thirty tasks that are due as for two."""
    world = post.world
    dialogue = world.dialogue()
    people = [world.person(f"Clerk {n}") for n in range(12)]
    for n in range(12):
        due_task(world, people[n], dialogue=dialogue)
    post.plan(at(3))
    for n in range(2):
        due_task(world, people[n], dialogue=dialogue)
    few = statements(post, at(3, 1))
    for n in range(30):
        due_task(world, people[n % 12], dialogue=dialogue, now=at(3, 1))
    assert statements(post, at(3, 2)) == few
    assert post.plan(at(3, 3)).lines == 0


def statements(post: Post, now: dt.datetime) -> int:
    """How many SELECTs planning takes."""
    seen: list[str] = []
    engine = post.world.database.engine

    def count(_connection, _cursor, statement, *_rest) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    post.plan(now)
    event.remove(engine, "before_cursor_execute", count)
    return len(seen)


def test_planned_in_small_parts_a_person_still_gets_one_mail(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is let go of, so that memory does not grow with the people, is found again."""
    monkeypatch.setattr("tracker.services.plan_reminders.CHUNK", 1)
    monkeypatch.setattr("tracker.services.fill_reminders._MOST_HELD", 0)
    mira, nils = post.world.person(), post.world.person("Nils Brandt")
    dialogue = post.world.dialogue()
    for owner in (mira, nils, mira, nils, mira):
        due_task(post.world, owner, dialogue=dialogue)
    done = post.sweep(at(3))
    assert (done.planned.reminders, done.planned.lines, done.sent) == (2, 5, 2)
    assert sorted(len(reminder.lines) for reminder in post.reminders()) == [2, 3]


# Tasks without a date.


def test_the_owner_of_a_task_without_a_date_is_asked_how_it_stands(post: Post) -> None:
    world = post.world
    due_task(world, world.person(), due_on=None)
    days = [day for day in range(1, 32) if post.sweep(at(day, month=3)).sent]
    days += [day + 100 for day in range(1, 30) if post.sweep(at(day, month=4)).sent]
    assert days == [3]  # Sixty days after it was entered is Saturday, 1 March moved on.
    assert "AN UPDATE IS WANTED" in post.text()
    assert "Due: no date" in post.text()
    assert post.mails[0]["Subject"].startswith("Update wanted: 1 ")


def test_a_task_that_gets_a_date_is_reminded_of_by_it(post: Post) -> None:
    world = post.world
    task = due_task(world, world.person(), due_on=None)
    assert post.sweep(at(3)).sent == 0
    post.change(task, due_on=DUE)
    assert post.sweep(at(3, 10)).sent == 1
    assert "Due: 10 January 2008, in 7 days" in post.text()


def test_a_date_that_comes_before_sending_takes_the_question_back(post: Post) -> None:
    world = post.world
    task = due_task(world, world.person(), due_on=None)
    post.plan(at(3, 5, month=3))
    post.change(task, due_on=dt.date(2008, 9, 1))
    assert post.sweep(at(3, month=3)).sent == 0
