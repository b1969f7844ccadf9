"""Mail fetched by IMAP: each taken in once, put away only then, and what cannot be read shown."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.imap import ImapServer
from tests.mail.test_replies import make_reply
from tests.smtp import CERTIFICATE
from tests.web.answering import Answering
from tests.web.follow_up import TODAY, in_days
from tests.world import World
from tracker.config import Settings
from tracker.db import Database
from tracker.mail.imap import ImapFolder, parse_imap_url
from tracker.mail.senders import MemorySender
from tracker.policy.errors import InvalidInput, Unavailable
from tracker.services.check_installation import Finding, check_installation
from tracker.services.poll_mailbox import last_polls, poll_mailbox
from tracker.services.sweep_settings import send_settings
from tracker.services.take_mail import MOST_BYTES

NOW = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
MINUTE = dt.timedelta(minutes=1)
SEEN, ASIDE = {"\\Seen"}, {"\\Seen", "\\Flagged"}


def poll_once(database_url: str, settings: Settings, now: dt.datetime) -> None:
    """What a process does that is killed."""
    database = Database(database_url)
    mailbox = ImapFolder(parse_imap_url(settings.imap_url or ""))
    sends = send_settings(settings)
    poll_mailbox(database, mailbox, MemorySender(), sends, lambda: now, every=MINUTE)


class Post(Answering):
    """Reminders, a mailbox that answers come to, and a clock."""

    def __init__(self, world: World, settings: Settings, server: ImapServer) -> None:
        set_up = {"reply_address": "reply@tracker.example.org", "imap_url": server.url}
        super().__init__(world, replace(settings, **set_up))
        self.server, self.answers, self.now = server, MemorySender(), NOW
        self.remind()
        (self.mail,) = [m for m in self.sender.messages if "per.lind" in str(m["To"])]

    def put(self, text: str, **headers: str) -> int:
        """Per's answer in the mailbox; its UID."""
        return self.server.put(make_reply(text, **{"To": str(self.mail["Reply-To"]), **headers}))

    def poll(self, *, timeout: float = 20) -> int:
        """One look into the mailbox, a minute after the last."""
        self.now += MINUTE
        mailbox = ImapFolder(parse_imap_url(self.server.url), timeout)
        database, sends = self.world.database, send_settings(self.settings)
        return poll_mailbox(database, mailbox, self.answers, sends, lambda: self.now, every=MINUTE)

    def finding(self) -> Finding:
        found = check_installation(self.world.database, self.settings, self.now)
        return next(f for f in found if f.part == "Mailbox")


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with ImapServer() as server:
        yield server


@pytest.fixture
def post(world: World, settings: Settings, server: ImapServer) -> Post:
    return Post(world, settings, server)


def test_a_reply_in_the_mailbox_acts_and_is_put_away(post: Post, server: ImapServer) -> None:
    uid = post.put("1 +7 days")
    assert post.poll() == 1
    assert post.stored(post.late).due_on == in_days(7)
    assert server.flags(uid) == SEEN
    assert server.logins == ["tracker@example.org"]
    assert post.poll() == 0
    assert post.finding() == Finding(
        "Mailbox", True, "The mailbox was last read less than a minute ago."
    )


def test_a_mail_that_asks_for_nothing_is_put_away_too(post: Post, server: ImapServer) -> None:
    uid = server.put(b"From: a@example.com\r\nTo: b@example.com\r\n\r\nHello\r\n")
    assert post.poll() == 1
    assert server.flags(uid) == SEEN
    assert post.answers.messages == []


def test_an_unclear_reply_is_answered(post: Post) -> None:
    post.put("9 done")
    assert post.poll() == 1
    assert len(post.answers.messages) == 1


def test_killed_between_commit_and_putting_away_it_acts_once(
    post: Post, server: ImapServer
) -> None:
    uid = post.put("1 +7 days")
    server.stalls_at = "STORE"
    arguments = (post.world.database.url, post.settings, post.now + MINUTE)
    process = multiprocessing.get_context("spawn").Process(target=poll_once, args=arguments)
    process.start()
    while process.is_alive() and not any("STORE" in said for said in server.said):
        time.sleep(0.01)
    process.kill()
    process.join()
    assert post.stored(post.late).due_on == in_days(7)
    assert server.flags(uid) == set()
    server.stalls_at = ""
    post.now += 5 * MINUTE
    assert post.poll() == 1
    assert post.stored(post.late).due_on == in_days(7)
    assert server.flags(uid) == SEEN


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "SEARCH", "FETCH", "STORE"])
def test_a_server_that_hangs_up_anywhere_is_asked_again_later(
    post: Post, server: ImapServer, command: str
) -> None:
    uid = post.put("1 +7 days")
    server.drops_at = command
    assert post.poll() == 0
    assert not post.finding().is_ok
    assert "closed the connection" in post.finding().words
    server.drops_at = ""
    post.now += 2 * MINUTE
    assert post.poll() == 1
    assert post.stored(post.late).due_on == in_days(7)
    assert server.flags(uid) == SEEN
    assert post.finding().is_ok


def test_pauses_grow_while_the_server_is_away(post: Post, server: ImapServer) -> None:
    server.drops_at = "LOGIN"
    for _ in range(120):
        post.poll()
    asked = sum("LOGIN" in said.upper() for said in server.said)
    assert asked == 8  # After 1, 2, 4, 8, 16 minutes, then every half hour.
    with post.world.database.reading() as session:
        assert last_polls(session).failures == asked


def test_of_several_processes_one_looks(post: Post, server: ImapServer) -> None:
    post.put("1 done")
    assert post.poll() == 1
    post.now -= MINUTE
    said = len(server.said)
    assert post.poll() == 0
    assert len(server.said) == said


def test_what_cannot_be_read_is_flagged_said_and_holds_up_nobody(
    post: Post, server: ImapServer, signed_in: Callable[[int], FlaskClient]
) -> None:
    bad = server.put(b"Subject: x\r\n\r\n" + b"x" * MOST_BYTES)
    good = post.put("1 done")
    assert post.poll() == 1
    assert (server.flags(bad), server.flags(good)) == (ASIDE, SEEN)
    assert post.stored(post.late).status == "done"
    page = signed_in(post.mira).get("/outbox/").get_data(as_text=True)
    assert "1 mail that came in could not be read" in page
    assert "flagged in the mailbox" in page


def test_a_server_that_says_nothing_is_left_at_the_time_limit(
    post: Post, server: ImapServer
) -> None:
    server.stalls_at = "SELECT"
    assert post.poll(timeout=0.5) == 0
    assert "did not answer within 0.5 seconds" in post.finding().words


def test_words_of_a_refusal_are_shown_without_the_password(post: Post, server: ImapServer) -> None:
    server.refuses = "LOGIN"
    post.poll()
    assert "not today" in post.finding().words
    assert "p@ss" not in str(post.finding())


def test_in_clear_nothing_is_said_before_starttls() -> None:
    with ImapServer(tls="starttls") as server:
        with ImapFolder(parse_imap_url(server.url)) as mailbox:
            assert mailbox.new_mails(10) == []
        names = [said.split()[0].upper() for said in server.said]
        assert names.index("STARTTLS") < names.index("LOGIN")
    with ImapServer(tls=None) as server:
        with pytest.raises(Unavailable), ImapFolder(parse_imap_url(server.url)):
            pass
        assert not any("LOGIN" in said.upper() for said in server.said)


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(server: ImapServer) -> None:
    url = server.url.partition("?")[0]
    with (
        pytest.raises(Unavailable, match="cannot be trusted"),
        ImapFolder(parse_imap_url(url)),
    ):
        pass
    assert server.logins == []


def test_an_address_is_read_with_its_parts() -> None:
    found = parse_imap_url(f"imap://a%40b:p%3A%2F@mail.example.org/Re%2Fplies?cafile={CERTIFICATE}")
    assert (found.user, found.password, found.folder) == ("a@b", "p:/", "Re/plies")
    assert (found.where, found.is_tls, found.cafile) == ("mail.example.org:143", False, CERTIFICATE)
    assert parse_imap_url("imaps://a:b@mail.example.org").where == "mail.example.org:993"
    assert "p:/" not in repr(found)


@pytest.mark.parametrize(
    "url",
    [
        "https://a:b@mail.example.org",
        "imaps://mail.example.org",
        "imaps://a@mail.example.org",
        "imaps://a:b@mail.example.org:99999",
        "imaps://a:b@mail.example.org?tls=never",
        "imaps://a:b@mail.example.org?cafile=/nowhere",
        "imaps://a:b%0d%0a@mail.example.org",
    ],
)
def test_a_wrong_address_is_refused_with_an_example_and_without_its_password(url: str) -> None:
    with pytest.raises(InvalidInput, match="Write it as imaps://user:password@") as caught:
        parse_imap_url(url)
    assert "b@mail" not in str(caught.value)
