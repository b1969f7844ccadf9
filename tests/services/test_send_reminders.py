"""What becomes of a planned reminder when things change or go wrong, on both databases."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
from pathlib import Path

import pytest

from tests.services.reminding import Post, at, due_task
from tests.smtp import SmtpServer
from tests.world import World
from tracker.db import Database
from tracker.mail.outcomes import PermanentFailure, TemporaryFailure
from tracker.mail.senders import MemorySender
from tracker.mail.smtp import SmtpSender
from tracker.mail.wire import do_nothing
from tracker.models import Dialogue, Reminder, Task
from tracker.policy.markings import parse_marking
from tracker.policy.reminders import PAUSES
from tracker.services.change_task import Owner
from tracker.services.claim_reminders import LEASE, claim_reminders, give_back, settle

MIRA = "mira.okonjo@example.org"
BUSY = TemporaryFailure("450 4.2.1 Mailbox busy")
AWAY = TemporaryFailure("mail.example.org:25 refused the connection.", is_server_wide=True)
UNKNOWN = PermanentFailure("550 5.1.1 No such mailbox here")


@pytest.fixture
def post(world: World) -> Post:
    return Post(world)


def several(post: Post, count: int = 3) -> list[int]:
    """A task each for that many people, all due; returns the people."""
    dialogue = post.world.dialogue()
    letters = [chr(65 + n % 26) * (1 + n // 26) for n in range(count)]
    people = [post.world.person(f"Clerk {letter}") for letter in letters]
    for person in people:
        due_task(post.world, person, dialogue=dialogue)
    return people


def only(post: Post) -> Reminder:
    (reminder,) = post.reminders()
    return reminder


def test_a_task_closed_after_planning_is_cancelled_with_the_reason(post: Post) -> None:
    task = due_task(post.world, post.world.person())
    post.plan(at(3))
    post.change(task, status="done")
    assert post.sweep(at(3)).cancelled == 1
    assert post.mails == []
    assert only(post).state == "cancelled"
    assert only(post).lines[0].left_out == "it is no longer open: done"


def test_a_task_handed_over_after_planning_goes_to_the_new_owner(post: Post) -> None:
    task = due_task(post.world, post.world.person())
    post.plan(at(3))
    post.change(task, owners=(Owner("", post.world.person("Nils Brandt")),))
    post.sweep(at(3))
    assert post.recipients == ["nils.brandt@example.org"]
    assert {r.lines[0].left_out for r in post.reminders()} == {"it has been handed over", ""}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"is_active": False}, "The person is no longer active."),
        ({"email": None}, "The person has no mail address any more."),
    ],
)
def test_who_is_deactivated_after_planning_gets_nothing_and_the_lead_is_told(
    values: dict[str, object], reason: str, post: Post
) -> None:
    world = post.world
    dialogue, owner, lead = world.dialogue(), world.person(), world.person("Lena Marsh")
    world.join(dialogue, lead, "lead")
    due_task(world, owner, dialogue=dialogue)
    post.plan(at(3))
    post.set_contact(owner, **values)
    post.sweep(at(3))
    post.sweep(at(3, 10))
    assert post.recipients == ["lena.marsh@example.org"]
    assert {r.state: r.outcome for r in post.reminders()}["cancelled"] == reason
    assert "late" not in post.text()


def test_a_date_moved_after_planning_is_not_told(post: Post) -> None:
    task = due_task(post.world, post.world.person())
    post.plan(at(3))
    post.change(task, due_on=dt.date(2008, 9, 1))
    post.sweep(at(3))
    assert post.mails == []
    assert only(post).lines[0].left_out == "its due date has moved to 1 September 2008"


def test_one_line_that_no_longer_holds_leaves_the_others_in_the_mail(post: Post) -> None:
    owner, dialogue = post.world.person(), post.world.dialogue()
    due_task(post.world, owner, dialogue=dialogue, title="Stays")
    closed = due_task(post.world, owner, dialogue=dialogue, title="Goes")
    post.plan(at(3))
    post.change(closed, status="declined")
    post.sweep(at(3))
    assert "Stays" in post.text()
    assert "Goes" not in post.text()
    assert post.told() == {(1, "7")}


def test_what_was_cancelled_and_is_true_again_is_told(post: Post) -> None:
    task = due_task(post.world, post.world.person())
    post.plan(at(3))
    post.change(task, status="done")
    post.sweep(at(3))
    post.change(task, status="in_progress")
    post.sweep(at(3, 10))
    assert post.recipients == [MIRA]
    assert only(post).state == "sent"


def test_a_marking_raised_after_planning_is_kept_under_the_ceiling(post: Post) -> None:
    task_id = due_task(post.world, post.world.person(), title="Name the four crossings")
    post.plan(at(3))
    with post.world.database.transaction() as session:
        session.get_one(Task, task_id).marking = "C"
    post.sweep(at(3))
    whole = post.mails[0].as_string().lower()
    assert "crossings" not in whole
    assert "sundria" not in whole
    assert f"https://tracker.example.org/go/{task_id}" in post.text()
    assert post.mails[0]["Subject"] == "Task 1 in the Dialogue Tracker"


def test_a_higher_ceiling_lets_more_be_said(post: Post) -> None:
    due_task(post.world, post.world.person(), title="Name the four crossings", marking="C")
    post.settings = dataclasses.replace(post.settings, ceiling=parse_marking("C"))
    post.sweep(at(3))
    assert "(C) Name the four crossings" in post.text()
    assert post.text().startswith("CONFIDENTIAL")


def test_4xx_is_tried_again_with_growing_pauses_and_fails_visibly_in_the_end(post: Post) -> None:
    due_task(post.world, post.world.person())
    post.sender.failures[MIRA] = BUSY
    now, pauses = at(3), []
    message_id = ""
    while post.sweep(now).postponed:
        reminder = only(post)
        assert reminder.outcome == "450 4.2.1 Mailbox busy"
        message_id = message_id or reminder.message_id
        assert reminder.message_id == message_id
        assert post.sweep(reminder.try_at - dt.timedelta(seconds=1)).postponed == 0
        pauses.append(reminder.try_at - now)
        now = reminder.try_at
    assert tuple(pauses) == PAUSES
    assert sorted(pauses) == pauses
    assert only(post).state == "failed"
    assert only(post).outcome == "Given up after 10 tries: 450 4.2.1 Mailbox busy"
    assert post.told() == set()


def test_a_later_try_that_is_taken_has_the_same_message_id(post: Post) -> None:
    due_task(post.world, post.world.person())
    post.sender.failures[MIRA] = BUSY
    post.sweep(at(3))
    planned = only(post).message_id
    post.sender.failures.clear()
    assert post.sweep(at(3, 9, 2)).sent == 1
    assert post.mails[0]["Message-ID"] == planned


def test_5xx_for_one_recipient_fails_it_and_the_others_get_theirs(post: Post) -> None:
    several(post)
    post.sender.failures["clerk.b@example.org"] = UNKNOWN
    done = post.sweep(at(3))
    assert (done.sent, done.failed) == (2, 1)
    assert sorted(post.recipients) == ["clerk.a@example.org", "clerk.c@example.org"]
    failed = next(r for r in post.reminders() if r.state == "failed")
    assert failed.outcome == "550 5.1.1 No such mailbox here"
    post.sender.failures.clear()
    assert post.sweep(at(4)).sent == 0, "what failed for good is not tried again by itself"


def test_a_row_that_always_raises_is_set_aside_and_the_batch_goes_on(post: Post) -> None:
    people = several(post)
    post.set_contact(people[0], email="no address at all")
    done = post.sweep(at(3))
    assert (done.sent, done.failed) == (2, 1)
    failed = next(r for r in post.reminders() if r.state == "failed")
    assert failed.contact_id == people[0]
    assert failed.outcome.startswith("The mail could not be made: “no address at all” is no mail")


def test_a_template_that_is_broken_fails_visibly_and_loses_nothing(
    post: Post, tmp_path: Path
) -> None:
    several(post, 2)
    (tmp_path / "digest.txt").write_text("{{ nothing.of.the.kind }}")
    post.settings = dataclasses.replace(post.settings, templates=tmp_path)
    assert post.sweep(at(3)).failed == 2
    assert {r.outcome for r in post.reminders()} == {"The mail could not be made: UndefinedError"}


def test_a_reminder_that_ends_its_sender_every_time_is_set_aside(post: Post) -> None:
    due_task(post.world, post.world.person())
    post.plan(at(3))
    now = at(3)
    for _ in range(len(PAUSES) + 1):
        assert len(claim_reminders(post.world.database, now)) == 1
        now += LEASE + dt.timedelta(seconds=1)
    assert post.sweep(now).failed == 1
    assert only(post).outcome == "Given up: sending it ended 10 times without an answer."


def test_a_server_that_is_away_is_asked_once_and_the_rest_waits_untouched(post: Post) -> None:
    several(post)
    for letter in "abc":
        post.sender.failures[f"clerk.{letter}@example.org"] = AWAY
    done = post.sweep(at(3))
    assert (done.postponed, done.is_cut_short) == (1, True)
    assert sorted((r.state, r.attempts) for r in post.reminders()) == [
        ("planned", 0),
        ("planned", 0),
        ("planned", 1),
    ]
    post.sender.failures.clear()
    assert post.sweep(at(3, 9, 5)).sent == 3


def test_told_to_stop_it_finishes_one_mail_and_leaves_the_rest(post: Post) -> None:
    several(post)
    done = post.sweep(at(3), is_stopping=lambda: bool(post.mails))
    assert done.sent == 1
    assert sorted(r.state for r in post.reminders()) == ["planned", "planned", "sent"]
    assert post.sweep(at(3)).sent == 2


def test_a_sender_past_its_lease_cannot_record_an_outcome(post: Post) -> None:
    """Stopped after it sent, while another takes over: one mail more, one outcome."""
    due_task(post.world, post.world.person())
    other = Post(post.world)

    class Sleeper(MemorySender):
        def send(self, message, meanwhile=do_nothing) -> None:
            super().send(message)
            other.sweep(at(3, 9, 16))

    sleeper = Sleeper()
    assert post.sweep(at(3), sender=sleeper).sent == 0
    assert len(sleeper.messages) == len(other.mails) == 1
    assert sleeper.messages[0]["Message-ID"] == other.mails[0]["Message-ID"]
    assert only(post).state == "sent"
    assert only(post).finished_at == at(3, 9, 16)


def test_a_claim_that_was_taken_over_can_neither_settle_nor_give_back(post: Post) -> None:
    due_task(post.world, post.world.person())
    post.plan(at(3))
    database = post.world.database
    (first,) = claim_reminders(database, at(3))
    assert claim_reminders(database, at(3)) == []
    (second,) = claim_reminders(database, at(3) + LEASE + dt.timedelta(seconds=1))
    assert settle(database, first, "failed", "never seen", now=at(3)) is False
    give_back(database, [first])
    assert only(post).claimed_by == second.holder
    assert settle(database, second, "sent", "taken", now=at(3)) is True


def test_several_senders_at_once_win_each_row_once(post: Post) -> None:
    several(post, 60)
    post.plan(at(3))
    won: list[int] = []

    def take() -> None:
        own = Database(post.world.database.url)
        while claims := claim_reminders(own, at(3), limit=4):
            won.extend(claim.reminder_id for claim in claims)
        own.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == len(set(won)) == 60


def test_a_line_is_never_added_to_a_mail_that_is_on_its_way(post: Post) -> None:
    owner, dialogue = post.world.person(), post.world.dialogue()
    due_task(post.world, owner, dialogue=dialogue)
    post.plan(at(3))
    (claim,) = claim_reminders(post.world.database, at(3))
    second = due_task(post.world, owner, dialogue=dialogue, now=at(3))
    assert post.plan(at(3)).lines == 0
    assert [len(r.lines) for r in post.reminders()] == [1]
    give_back(post.world.database, [claim])
    post.sweep(at(3))
    post.sweep(at(4))
    assert {(1, "7"), (second, "7")} == post.told()


@pytest.mark.parametrize(
    ("behaviour", "reply"),
    [
        ("temporary", "450 4.2.1 Mailbox busy, try again later"),
        ("temporary_after_data", "451 4.3.0 Local error in processing"),
        ("drop_after_accept", "closed the connection"),
        ("stall_after_accept", "did not answer within"),
    ],
)
def test_a_real_server_that_fails_after_all_gets_the_same_message_again(
    behaviour: str, reply: str, post: Post
) -> None:
    due_task(post.world, post.world.person())
    with SmtpServer() as server:
        server.behaviour = behaviour  # type: ignore[assignment]
        done = post.sweep(at(3), sender=SmtpSender(server.url, 0.5))
        assert done.postponed == 1
        assert reply in only(post).outcome
        server.behaviour = "accept"
        assert post.sweep(at(3, 9, 2), sender=SmtpSender(server.url)).sent == 1
        assert {m.message_id for m in server.messages} == {only(post).message_id}
        assert len(server.messages) == (2 if "accept" in behaviour else 1)


def test_mails_go_over_one_connection(post: Post) -> None:
    several(post, 5)
    with SmtpServer() as server:
        assert post.sweep(at(3), sender=SmtpSender(server.url)).sent == 5
        assert server.connections == 1
        assert all(len(m.recipients) == 1 for m in server.messages)


def test_the_mail_names_its_reader_and_says_why(post: Post) -> None:
    due_task(post.world, post.world.person(time_zone="Asia/Baku"))
    post.sweep(at(3))
    mail = post.mails[0]
    assert mail["Subject"] == "Due 10 January: 1 Send the list of crossing points"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].endswith("+0400")
    assert "You own it; this is the reminder for 7 days before it is due" in post.text()
    link = "https://tracker.example.org/dialogues/northland-sundria-border-talks/tasks/1"
    assert link in post.text()


def test_a_day_passed_since_planning_makes_it_late_and_the_words_are_of_today(post: Post) -> None:
    due_task(post.world, post.world.person())
    post.sweep(at(2))
    post.sweep(at(3, 1))
    post.sender.failures[MIRA] = BUSY
    post.sweep(at(3, 23, 30))
    post.sender.failures.clear()
    post.sweep(at(4, 1))
    assert "planned for 3 January 2008" in post.text()
    assert "10 January 2008, in 6 days" in post.text()


def test_the_sample_stands_in_no_mail_about_real_tasks(post: Post) -> None:
    world = post.world
    mira = world.person()
    due_task(world, mira, title="Send the real list")
    sample = world.dialogue("Westmark-Sundria Sample Talks")
    due_task(world, mira, dialogue=sample, title="Send the other list")
    with world.database.transaction() as session:
        session.get_one(Dialogue, sample).is_sample = True
    assert post.sweep(at(3)).sent == 1
    assert "Send the real list" in post.text()
    assert "Send the other list" not in post.text()
    assert post.sweep(at(4)).sent == 0
