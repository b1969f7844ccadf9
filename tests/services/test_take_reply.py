"""Replies to reminders: acted on once, from their person only, answered where they are unclear."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.mail.test_replies import make_reply
from tests.web.answering import Answering
from tests.web.follow_up import TODAY, in_days
from tests.world import World
from tracker.config import Settings
from tracker.mail.senders import MemorySender
from tracker.services.mail_links import revoke_links
from tracker.services.sweep_settings import send_settings
from tracker.services.take_mail import take_mail

NOW = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)


class Inbound(Answering):
    """Reminders that can be answered, and the tracker's answers to replies."""

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world, replace(settings, reply_address="reply@tracker.example.org"))
        self.answers = MemorySender()

    def reply(self, text: str, **headers: str) -> str:
        """Per answers the mail that he got; what it was taken for."""
        if not self.sender.messages:
            self.remind()
        (mail,) = [m for m in self.sender.messages if "per.lind" in str(m["To"])]
        content = make_reply(text, **{"To": str(mail["Reply-To"]), **headers})
        sends = send_settings(self.settings)
        return take_mail(self.world.database, content, (), self.answers, sends, now=NOW)

    def said(self) -> str:
        (mail,) = self.answers.messages
        part = mail.get_body(("plain",))
        assert part is not None
        return " ".join(part.get_content().split())


@pytest.fixture
def inbound(world: World, settings: Settings) -> Inbound:
    return Inbound(world, settings)


def test_done_without_a_number_ends_the_one_task_and_a_second_time_changes_nothing(
    inbound: Inbound,
) -> None:
    assert inbound.reply("done\nSent on Monday.\n\n> 1. Send the list") == "reply"
    stored = inbound.stored(inbound.late)
    assert (stored.status, stored.last_remark) == ("done", "Sent on Monday.")
    length = stored.history_length
    assert inbound.reply("done\nSent on Monday.\n\n> 1. Send the list") == "reply"
    assert inbound.stored(inbound.late).history_length == length
    assert inbound.answers.messages == []


def test_plus_days_moves_the_date_from_today_where_it_has_passed(inbound: Inbound) -> None:
    assert inbound.reply("1 +7 days the survey is missing") == "reply"
    assert inbound.stored(inbound.late).due_on == in_days(7)


def test_plain_words_are_a_remark_on_the_one_task(inbound: Inbound) -> None:
    assert inbound.reply("We wait for the survey.\n-- \nPer") == "reply"
    assert inbound.stored(inbound.late).last_remark == "We wait for the survey."


def test_several_tasks_take_a_line_each(inbound: Inbound, world: World) -> None:
    other = world.task(inbound.dialogue_id, "Count", owners=[inbound.per], due_on=in_days(-1))
    number = inbound.stored(other).number
    assert inbound.reply(f"1 done\n{number} not mine") == "reply"
    assert inbound.stored(inbound.late).status == "done"
    assert inbound.stored(other).last_remark == "This task is not mine."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("99 done", "the mail had no task 99"),
        ("> nothing", "Nothing stands above"),
        ("1 due 2001-01-01", "still to come"),
    ],
)
def test_what_is_unclear_is_answered_with_what_was_understood(
    inbound: Inbound, text: str, words: str
) -> None:
    assert inbound.reply(text) == "unclear"
    assert words in inbound.said()
    assert "Nothing was changed" in inbound.said()
    assert inbound.answers.messages[0]["Auto-Submitted"] == "auto-generated"
    assert inbound.stored(inbound.late).status == "proposed"


def test_words_without_a_number_are_not_guessed_among_several_tasks(
    inbound: Inbound, world: World
) -> None:
    world.task(inbound.dialogue_id, "Count", owners=[inbound.per], due_on=in_days(-1))
    assert inbound.reply("All is well.") == "unclear"
    assert "about 2 tasks" in inbound.said()


@pytest.mark.parametrize(
    "headers",
    [
        {"From": "mira.okonjo@example.org"},
        {"From": "stranger@example.org"},
        {"To": "reply+" + "a" * 48 + "@tracker.example.org"},
        {"To": "reply@tracker.example.org", "In_Reply_To": "<x@y.example>", "References": "<z@y>"},
        {"Auto_Submitted": "auto-replied"},
        {"List_Id": "<talks.example.org>"},
    ],
)
def test_strangers_forgers_machines_and_lists_change_nothing_and_get_no_answer(
    inbound: Inbound, headers: dict[str, str]
) -> None:
    assert inbound.reply("done", **headers) == "ignored"
    assert inbound.stored(inbound.late).status == "proposed"
    assert inbound.answers.messages == []


def test_a_reply_that_lost_its_token_is_bound_by_the_message_it_answers(inbound: Inbound) -> None:
    inbound.remind()
    (mail,) = [m for m in inbound.sender.messages if "per.lind" in str(m["To"])]
    plain = {"To": "reply@tracker.example.org", "In_Reply_To": str(mail["Message-ID"])}
    assert inbound.reply("done", **plain) == "reply"
    assert inbound.stored(inbound.late).status == "done"


def test_revoked_links_end_replies_too(inbound: Inbound) -> None:
    inbound.remind()
    with inbound.world.database.transaction() as session:
        revoke_links(session, inbound.per)
    assert inbound.reply("done") == "ignored"
    assert inbound.stored(inbound.late).status == "proposed"


def test_our_own_answer_is_never_answered(inbound: Inbound) -> None:
    inbound.reply("99 done")
    content = inbound.answers.messages[0].as_bytes()
    sends = send_settings(inbound.settings)
    taken = take_mail(inbound.world.database, content, (), inbound.answers, sends, now=NOW)
    assert taken == "ignored"
    assert len(inbound.answers.messages) == 1


def test_a_reply_that_comes_again_moves_the_date_once(inbound: Inbound, world: World) -> None:
    """A mail server that got no answer hands it in again, whatever the date is by then."""
    assert inbound.reply("1 +7 days") == inbound.reply("1 +7 days") == "reply"
    assert inbound.stored(inbound.late).due_on == in_days(7)
    other = {"Message-ID": "<another@per.example>"}
    assert inbound.reply("1 +7 days", **other) == "reply"
    assert inbound.stored(inbound.late).due_on == in_days(14)


def test_an_unclear_reply_that_comes_again_is_answered_once(inbound: Inbound) -> None:
    assert inbound.reply("9 done") == "unclear"
    assert inbound.reply("9 done") == "reply"
    assert "the mail had no task 9" in inbound.said()


def test_an_answer_that_a_crash_cut_off_is_sent_when_the_reply_comes_again(
    inbound: Inbound,
) -> None:
    class Crash(BaseException):
        """Nothing catches it, as nothing catches a kill."""

    class Crashing(MemorySender):
        def __enter__(self):
            raise Crash

    patient, inbound.answers = inbound.answers, Crashing()
    with pytest.raises(Crash):
        inbound.reply("1 +7 days\n9 done")
    inbound.answers = patient
    assert inbound.reply("1 +7 days\n9 done") == "unclear"
    assert "Done: Task 1 is now due on" in inbound.said()
    assert inbound.stored(inbound.late).due_on == in_days(7)
