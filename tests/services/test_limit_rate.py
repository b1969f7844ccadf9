"""A mail server's rate holds for all senders together, and nothing is lost by waiting."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.services.reminding import Post, at, due_task
from tests.world import World
from tracker.config import Settings, read_settings
from tracker.mail.outcomes import PermanentFailure
from tracker.mail.senders import MemorySender
from tracker.policy.errors import InvalidInput
from tracker.policy.mail_rate import Rate, parse_rate
from tracker.services.check_installation import check_installation
from tracker.services.limit_rate import Gate
from tracker.services.sweep_settings import mail_server

MINUTE = dt.timedelta(minutes=1)
SMTP = "smtp://mail.example.org:25"


@pytest.fixture
def post(world: World) -> Post:
    post = Post(world)
    dialogue = world.dialogue()
    for n in range(5):
        due_task(world, world.person(f"Clerk {chr(65 + n)}"), dialogue=dialogue)
    post.now = at(3)
    return post


class Watch(MemorySender):
    """Notes when each mail went out."""

    def __init__(self, post: Post) -> None:
        super().__init__()
        self.times: list[dt.datetime] = []
        self.post = post

    def send(self, message, *rest) -> None:
        super().send(message, *rest)
        self.times.append(self.post.now)


def gate_of(post: Post, rate: Rate | None, patience: dt.timedelta = 10 * MINUTE) -> Gate:
    """A gate before mail.example.org whose waiting moves the clock."""

    def pause(seconds: float) -> None:
        post.now += dt.timedelta(seconds=seconds)

    clock, server = (lambda: post.now), "mail.example.org:25"
    return Gate(post.world.database, server, rate, clock=clock, patience=patience, pause=pause)


def test_mails_are_spread_over_the_minute(post: Post) -> None:
    watch = Watch(post)
    assert post.sweep(sender=watch, gate=gate_of(post, Rate(2, "minute"))).sent == 5
    assert [(time - at(3)).seconds for time in watch.times] == [0, 30, 60, 90, 120]


def test_senders_at_once_share_one_rate(post: Post) -> None:
    rate, times = Rate(30, "minute"), []
    gates = [gate_of(post, rate), gate_of(post, rate)]
    for turn in range(12):
        assert gates[turn % 2].pass_one(lambda: False)
        times.append(post.now)
    apart = {later - earlier for earlier, later in pairwise(times)}
    assert apart == {dt.timedelta(seconds=2)}


def test_two_who_ask_at_the_same_moment_get_two_moments(world: World) -> None:
    """Real threads: the moment is taken in one transaction."""
    post, moments = Post(world), []
    post.now = at(3)

    def ask() -> None:
        gate = gate_of(post, Rate(60, "minute"))
        for _ in range(5):
            moment = gate._reserve(Rate(60, "minute"))
            moments.append(moment)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(moments) == [at(3) + dt.timedelta(seconds=n) for n in range(15)]


def test_what_does_not_fit_waits_for_the_next_sweep_and_check_says_so(
    post: Post, settings: Settings
) -> None:
    rate = Rate(1, "minute")
    done = post.sweep(gate=gate_of(post, rate, patience=2 * MINUTE))
    assert (done.sent, done.postponed, done.failed) == (2, 0, 0)
    assert [r.attempts for r in post.reminders() if r.state == "planned"] == [0, 0, 0]
    limited = replace(settings, smtp_url=SMTP, mail_rate=rate)
    assert mail_server(limited) == "mail.example.org:25"
    findings = {f.part: f for f in check_installation(post.world.database, limited, post.now)}
    assert findings["Queue"].is_ok
    assert findings["Queue"].words == "3 mails wait: the server is handed 1 a minute at most."
    later = post.now + 3 * MINUTE
    post.now = later
    assert post.sweep(gate=gate_of(post, rate)).sent == 3
    assert sorted(set(post.recipients)) == sorted(post.recipients)


def test_without_a_rate_nothing_waits(post: Post, settings: Settings) -> None:
    assert post.sweep(gate=gate_of(post, None)).sent == 5
    assert post.now == at(3)
    findings = {f.part: f for f in check_installation(post.world.database, settings, post.now)}
    assert findings["Queue"].words == "No reminder that is due waits to be sent."


def test_told_to_end_it_waits_no_longer(post: Post) -> None:
    gate = gate_of(post, Rate(1, "hour"), patience=2 * dt.timedelta(hours=1))
    done = post.sweep(gate=gate, is_stopping=lambda: bool(post.mails) and post.now > at(3))
    assert done.sent == 1
    assert post.now < at(3, 9, 1)
    assert sorted(r.state for r in post.reminders()) == ["planned"] * 4 + ["sent"]


def test_a_failure_takes_its_moment_too(post: Post) -> None:
    refused = PermanentFailure("550 5.1.1 No such mailbox here")
    sender = MemorySender({"clerk.a@example.org": refused})
    done = post.sweep(sender=sender, gate=gate_of(post, Rate(2, "minute")))
    assert (done.sent, done.failed) == (4, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("30/minute", "30 a minute"),
        (" 1 / hour ", "1 an hour"),
        ("2000/Day", "2,000 a day"),
        ("5/second", "5 a second"),
    ],
)
def test_a_rate_is_a_number_in_a_time(text: str, words: str) -> None:
    rate = parse_rate(text)
    assert rate is not None
    assert rate.words == words


@pytest.mark.parametrize(
    "text", ["30", "0/minute", "-1/minute", "30/fortnight", "a/minute", "1e3/s"]
)
def test_anything_else_is_refused_with_an_example(text: str, tmp_path) -> None:
    with pytest.raises(InvalidInput, match="such as 30/minute"):
        read_settings({"TRACKER_INSTANCE": str(tmp_path), "TRACKER_MAIL_RATE": text})
