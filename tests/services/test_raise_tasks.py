"""To whom overdue tasks are raised, when, and with what words, on both databases."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.services.reminding import DUE, Post, at, due_task
from tests.services.test_plan_reminders import statements
from tests.world import World
from tracker.mail.bounces import Bounce
from tracker.models import Contact, Dialogue
from tracker.policy.reminder_rules import DEFAULT_RULES, ReminderRules
from tracker.policy.visibility import SYSTEM
from tracker.services.mail_links import keep
from tracker.services.manage_people import change_contact, entry_of, set_active
from tracker.services.manage_roles import set_roles
from tracker.services.name_head import name_head
from tracker.services.set_rules import set_rules
from tracker.services.settle_reminders import retry_reminder
from tracker.services.take_bounce import take_bounces


class Mission:
    """A desk with a clerk and its head, an ambassador who is co-chair, and a lead; the clerk owns
    a task due on 10 January 2008."""

    def __init__(self, post: Post) -> None:
        self.post, world = post, post.world
        self.dialogue = world.dialogue()
        self.desk = world.person("Border Desk", kind="office", email=None)
        self.clerk = world.person("Mira Okonjo")
        self.head = world.person("Anna Keel")
        self.chair = world.person("Ursula Brandt")
        self.lead = world.person("Lena Marsh")
        self.theirs = world.person("Ivo Tamm", party="Sundria")
        for person, role in (
            (self.head, "reader"),
            (self.chair, "co-chair"),
            (self.lead, "lead"),
            (self.theirs, "co-chair"),
        ):
            world.join(self.dialogue, person, role)
        post.set_contact(self.clerk, office_id=self.desk)
        post.set_contact(self.desk, head_id=self.head)
        self.task = due_task(world, self.clerk, dialogue=self.dialogue)

    def told(self, first: dt.date, days: int) -> list[tuple[str, str]]:
        """Sweeps on each of so many days; whom mails went to, with the day."""
        before = len(self.post.mails)
        found = []
        for n in range(days):
            day = first + dt.timedelta(days=n)
            self.post.sweep(dt.datetime.combine(day, dt.time(9), dt.UTC))
            new = self.post.recipients[before:]
            before += len(new)
            found += [(f"{day:%d %b}", address.partition("@")[0]) for address in new]
        return found

    def rule(self, **changes: object) -> None:
        """Sets the dialogue's rules, which were the defaults."""
        values = {name: getattr(DEFAULT_RULES, name) for name in DEFAULT_RULES.__slots__}
        with self.post.world.database.transaction() as session:
            dialogue = session.get_one(Dialogue, self.dialogue)
            rules = ReminderRules(**{**values, **changes})
            set_rules(session, dialogue, rules, seen_version=0, actor=SYSTEM)


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


# Owners who cannot be told.


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": None}, "Its owner Mira Okonjo has no mail address, and you lead the dialogue"),
        ({"is_active": False}, "Its owner Mira Okonjo is no longer active, and you lead"),
        ({"party_id": None}, "Its owner Mira Okonjo is not of our side, and you lead"),
    ],
)
def test_the_lead_is_told_what_is_the_matter_with_the_owner(
    values: dict[str, object], words: str, mission: Mission
) -> None:
    mission.post.set_contact(mission.clerk, **values)
    mission.post.sweep(at(3))
    assert mission.post.recipients == ["lena.marsh@example.org"]
    assert words in mission.post.text()


def test_an_owner_deactivated_between_reminders_is_stood_in_for_at_once(mission: Mission) -> None:
    mission.told(dt.date(2008, 1, 3), 1)
    with mission.post.world.database.transaction() as session:
        set_active(session, session.get_one(Contact, mission.clerk), False, actor=SYSTEM)
    assert mission.told(dt.date(2008, 1, 4), 1) == [("04 Jan", "lena.marsh")]
    assert "is no longer active" in mission.post.text()


def test_a_lead_who_joins_after_planning_is_told_at_once_of_what_is_due(world: World) -> None:
    post = Post(world)
    dialogue, lead = world.dialogue(), world.person("Lena Marsh")
    due_task(world, dialogue=dialogue)
    assert post.sweep(at(3)).planned.unreachable == 1
    with world.database.transaction() as session:
        contact = session.get_one(Contact, lead)
        set_roles(session, session.get_one(Dialogue, dialogue), contact, ["lead"], actor=SYSTEM)
    post.sweep(at(3, 10))
    assert post.recipients == ["lena.marsh@example.org"]
    assert "10 January 2008, in 7 days" in post.text()
    assert "comes late" not in post.text()


# Asking for an update.


def test_an_owner_is_asked_for_an_update_where_nothing_was_heard_for_sixty_days(
    mission: Mission,
) -> None:
    mission.rule(lead_days=(0,), overdue_every=None, head_after=None, chair_after=None)
    mission.post.change(mission.task, due_on=dt.date(2008, 7, 10))
    told = mission.told(dt.date(2008, 1, 4), 180)
    assert told == [("03 Mar", "mira.okonjo"), ("02 May", "mira.okonjo"), ("01 Jul", "mira.okonjo")]
    assert mission.post.mails[0]["Subject"] == ("Update wanted: 1 Send the list of crossing points")
    text = mission.post.text(0)
    assert "an update of 1 task is wanted" in text
    assert "AN UPDATE IS WANTED 1. Send the list" in text
    assert "You own it; nothing was heard of it for a while, so please say how it stands" in text


def test_whoever_says_how_it_stands_is_not_asked(mission: Mission) -> None:
    mission.rule(lead_days=(0,), head_after=None, chair_after=None)
    mission.post.change(mission.task, due_on=dt.date(2008, 7, 10))
    mission.told(dt.date(2008, 1, 4), 50)
    mission.post.change(mission.task, remark="The ministry has answered.")
    assert mission.told(dt.date(2008, 2, 23), 55) == []


def test_an_update_between_planning_and_sending_cancels_the_asking(mission: Mission) -> None:
    mission.rule(lead_days=(0,), head_after=None, chair_after=None)
    mission.post.change(mission.task, due_on=dt.date(2008, 7, 10))
    mission.told(dt.date(2008, 1, 4), 59)
    mission.post.plan(at(3, 5, month=3))
    mission.post.now = at(3, 6, month=3)
    mission.post.change(mission.task, remark="The ministry has answered.")
    assert mission.told(dt.date(2008, 3, 3), 1) == []
    (reminder,) = mission.post.reminders()
    assert reminder.lines[0].left_out == "somebody has said how it stands"


def test_nobody_is_asked_for_an_update_days_before_they_are_reminded_anyway(
    mission: Mission,
) -> None:
    """Due on 4 February, reminded 30 days before; nothing was heard since 1 December."""
    mission.rule(lead_days=(2,), stale_after=60, head_after=None, chair_after=None)
    with mission.post.world.database.transaction() as session:
        session.execute(
            Dialogue.__table__.metadata.tables["task"].update().values(due_on=dt.date(2008, 2, 4))
        )
    assert mission.told(dt.date(2008, 1, 4), 30) == [("01 Feb", "mira.okonjo")]
    assert "reminder for 2 days before it is due" in mission.post.text()


def bounce(mission: Mission) -> None:
    """The owner's last mail came back: there is no such mailbox."""
    reminder = next(r for r in mission.post.reminders() if r.contact_id == mission.clerk)
    words = "550 5.1.1 No such mailbox"
    found = Bounce(reminder.message_id, "mira.okonjo@example.org", "5.1.1", words, True)
    with mission.post.world.database.transaction() as session:
        assert take_bounces(session, [found], now=mission.post.now) == 1


def test_after_a_mail_came_back_the_lead_hears_with_the_next_sweep(mission: Mission) -> None:
    mission.told(dt.date(2008, 1, 3), 1)
    bounce(mission)
    assert mission.told(dt.date(2008, 1, 4), 1) == [("04 Jan", "lena.marsh")]
    assert "Its owner Mira Okonjo has an address that sends mail back" in mission.post.text()


def test_a_corrected_address_has_the_owner_told_again_and_not_the_lead(mission: Mission) -> None:
    mission.told(dt.date(2008, 1, 3), 1)
    bounce(mission)
    with mission.post.world.database.transaction() as session:
        contact = session.get_one(Contact, mission.clerk)
        entry = replace(entry_of(contact), email="mira@example.org")
        change_contact(session, contact, entry, seen_version=contact.version, actor=SYSTEM)
    told = mission.told(dt.date(2008, 1, 4), 6)
    assert told == [("09 Jan", "mira")]


def test_a_reminder_tried_again_by_button_is_sent_though_mail_came_back(mission: Mission) -> None:
    mission.told(dt.date(2008, 1, 3), 1)
    bounce(mission)
    (failed,) = mission.post.reminders()
    with mission.post.world.database.transaction() as session:
        retry_reminder(session, failed.id, actor=SYSTEM, now=mission.post.now)
    mission.post.sweep(at(3, 15))
    assert mission.post.recipients == ["mira.okonjo@example.org"] * 2


def test_where_mail_to_every_lead_came_back_they_are_tried_all_the_same(world: World) -> None:
    post = Post(world)
    dialogue, lead = world.dialogue(), world.person("Lena Marsh")
    world.join(dialogue, lead, "lead")
    due_task(world, dialogue=dialogue)
    with world.database.transaction() as session:
        keep(session, lead).address_fault = "550 5.1.1"
    post.sweep(at(3))
    assert post.recipients == ["lena.marsh@example.org"]


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
