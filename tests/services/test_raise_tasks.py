"""To whom overdue tasks are raised, when, and with what words, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.services.mission import Mission
from tests.services.reminding import DUE, Post, at, due_task
from tests.services.test_plan_reminders import statements
from tests.world import World
from tracker.models import Contact, Dialogue
from tracker.policy.reminder_rules import DEFAULT_RULES
from tracker.policy.visibility import SYSTEM
from tracker.services.manage_roles import set_roles
from tracker.services.name_head import name_head


@pytest.fixture
def mission(world: World) -> Mission:
    return Mission(Post(world))


def test_an_overdue_task_is_raised_to_the_head_of_the_office_and_then_to_the_co_chair(
    mission: Mission,
) -> None:
    told = mission.told(DUE, 60)
    assert [entry for entry in told if entry[1] != "mira.okonjo"] == [
        ("24 Jan", "anna.keel"),
        ("07 Feb", "ursula.brandt"),
    ]
    assert len([who for _, who in told if who == "mira.okonjo"]) == 10


def test_the_mail_says_in_a_section_of_its_own_why_it_was_raised(mission: Mission) -> None:
    mission.told(DUE, 15)
    number = mission.post.recipients.index("anna.keel@example.org")
    assert mission.post.mails[number]["Subject"] == (
        "Raised to you: 1 Send the list of crossing points"
    )
    text = mission.post.text(number)
    assert "Anna Keel, 1 task long overdue was raised to you." in text
    assert "LONG OVERDUE, AND RAISED TO YOU 1. Send the list" in text
    assert "Why you got this: It was raised to you as head of its owner's office" in text
    assert "Owner: Mira Okonjo" in text


def test_the_other_side_is_never_told_even_as_co_chair(mission: Mission) -> None:
    mission.told(DUE, 60)
    assert "ivo.tamm@example.org" not in mission.post.recipients


def test_above_the_ceiling_a_raised_task_gives_its_number_and_no_reason(mission: Mission) -> None:
    with mission.post.world.database.transaction() as session:
        session.execute(Dialogue.__table__.metadata.tables["task"].update().values(marking="C//NF"))
    mission.told(DUE, 15)
    number = mission.post.recipients.index("anna.keel@example.org")
    assert mission.post.mails[number]["Subject"] == "Task 1 in the Dialogue Tracker"
    text = mission.post.text(number)
    for word in ("Send the list", "raised", "overdue", "January", "Border Talks"):
        assert word not in text


def test_one_mail_a_day_holds_ones_own_tasks_and_what_was_raised(mission: Mission) -> None:
    due_task(
        mission.post.world, mission.head, dialogue=mission.dialogue, title="Read the draft",
        due_on=dt.date(2008, 1, 31),
    )  # fmt: skip
    told = [entry for entry in mission.told(DUE, 15) if entry[1] == "anna.keel"]
    assert told.count(("24 Jan", "anna.keel")) == 1
    text = mission.post.text(mission.post.recipients.index("anna.keel@example.org", -2))
    assert text.index("DUE 2.") < text.index("LONG OVERDUE, AND RAISED TO YOU 1.")


def test_a_head_without_a_part_in_the_dialogue_is_stood_in_for_by_the_lead(
    mission: Mission,
) -> None:
    with mission.post.world.database.transaction() as session:
        dialogue = session.get_one(Dialogue, mission.dialogue)
        head = session.get_one(Contact, mission.head)
        set_roles(session, dialogue, head, (), actor=SYSTEM)
    told = mission.told(DUE, 16)
    assert ("24 Jan", "lena.marsh") in told
    assert "anna.keel" not in {who for _, who in told}
    text = mission.post.text(mission.post.recipients.index("lena.marsh@example.org"))
    assert "It would go to the head of its owner's office, but none can be told" in text


def test_a_head_named_later_is_told_with_the_next_sweep(mission: Mission) -> None:
    mission.post.set_contact(mission.desk, head_id=None)
    mission.told(DUE, 17)
    with mission.post.world.database.transaction() as session:
        desk = session.get_one(Contact, mission.desk)
        name_head(session, desk, session.get_one(Contact, mission.head), actor=SYSTEM)
    assert ("28 Jan", "anna.keel") in mission.told(dt.date(2008, 1, 28), 1)


def test_a_moved_date_arms_the_steps_again_and_closing_ends_them(mission: Mission) -> None:
    mission.told(DUE, 16)
    mission.post.change(mission.task, due_on=dt.date(2008, 2, 8))
    again = mission.told(dt.date(2008, 1, 26), 30)
    assert [entry for entry in again if entry[1] == "anna.keel"] == [("22 Feb", "anna.keel")]
    mission.post.change(mission.task, status="done")
    assert mission.told(dt.date(2008, 2, 26), 30) == []


def test_what_was_raised_and_then_closed_is_cancelled_before_sending(mission: Mission) -> None:
    mission.told(DUE, 14)
    mission.post.plan(at(24, 5))
    mission.post.change(mission.task, status="done")
    assert mission.told(dt.date(2008, 1, 24), 3) == []


def test_a_rule_of_the_dialogue_sets_the_days_or_switches_a_step_off(mission: Mission) -> None:
    mission.rule(head_after=5, chair_after=None)
    told = [entry for entry in mission.told(DUE, 60) if entry[1] != "mira.okonjo"]
    assert told == [("15 Jan", "anna.keel")]


def test_lead_days_and_the_weekly_reminder_are_the_dialogues(mission: Mission) -> None:
    mission.rule(lead_days=(3,), overdue_every=10, head_after=None, chair_after=None)
    assert mission.told(dt.date(2007, 12, 3), 60) == [
        ("07 Jan", "mira.okonjo"),
        ("11 Jan", "mira.okonjo"),
        ("21 Jan", "mira.okonjo"),
        ("31 Jan", "mira.okonjo"),
    ]
    assert "this comes every 10 days until it is closed" in mission.post.text()


def test_everything_can_be_switched_off(mission: Mission) -> None:
    mission.rule(
        lead_days=(), overdue_every=None, head_after=None, chair_after=None, stale_after=None
    )
    assert mission.told(dt.date(2007, 12, 3), 90) == []


def test_many_raised_and_stale_tasks_take_as_many_statements_as_few(mission: Mission) -> None:
    post, world = mission.post, mission.post.world

    def fill(count: int) -> None:
        for n in range(count):
            clerk = world.person(f"Clerk {n} {world.task(mission.dialogue)}")
            post.set_contact(clerk, office_id=mission.desk)
            for due_on in (dt.date(2007, 12, 10), dt.date(2008, 6, 1)):
                world.task(mission.dialogue, owners=[clerk], due_on=due_on)

    fill(1)
    post.plan(at(24))
    fill(2)
    few = statements(post, at(24, 11))
    fill(12)
    assert statements(post, at(24, 12)) == few
    assert {line.occasion for r in post.reminders() for line in r.lines} >= {
        "raised:head",
        "raised:chair",
    }


def test_tasks_of_an_old_cable_stand_together_under_a_calm_heading(mission: Mission) -> None:
    post, number = mission.post, 12
    for _ in range(number):
        due_task(
            post.world, mission.clerk, dialogue=mission.dialogue, due_on=dt.date(2001, 5, 4),
            now=at(3, 8),
        )  # fmt: skip
    mission.told(dt.date(2008, 1, 3), 1)
    text = post.text()
    assert "TO LOOK THROUGH: ENTERED AFTER THEIR DATE" in text
    assert "OVERDUE" not in text
    assert text.count("Open task") == number + 1


def test_what_was_late_when_it_was_entered_is_raised_by_the_day_of_its_entry(
    mission: Mission,
) -> None:
    post = mission.post
    post.change(mission.task, status="done")
    due_task(
        post.world,
        mission.clerk,
        dialogue=mission.dialogue,
        due_on=dt.date(2001, 5, 4),
        now=at(3, 8),
    )
    first, after = dt.date(2008, 1, 3), DEFAULT_RULES.head_after or 0
    heads = {"anna.keel", "ursula.brandt"}
    assert heads.isdisjoint(who for _, who in mission.told(first, after))
    told = mission.told(first + dt.timedelta(days=after), 14)
    assert "anna.keel" in {who for _, who in told}


def test_a_new_date_makes_a_task_of_an_old_cable_one_like_others(mission: Mission) -> None:
    post = mission.post
    post.change(mission.task, status="done")
    old = due_task(
        post.world,
        mission.clerk,
        dialogue=mission.dialogue,
        due_on=dt.date(2001, 5, 4),
        now=at(3, 8),
    )
    mission.told(dt.date(2008, 1, 3), 1)
    post.change(old, due_on=DUE)
    assert "anna.keel" in {who for _, who in mission.told(DUE, 20)}
