"""What people choose about their mail, and the links that end mails they can do without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.services.reporting import SENDS, Reporting
from tests.web.answering import Answering
from tests.web.browser import post as send
from tests.web.follow_up import TODAY, in_days
from tests.world import World
from tracker.config import Settings
from tracker.db import Database
from tracker.models import Correspondence, Reminder
from tracker.policy.statuses import date_in_words
from tracker.services.choose_notices import decline, decline_url
from tracker.services.plan_reminders import PlanSettings, plan_reminders

SignedIn = Callable[[int], FlaskClient]
ALL: dict[str, Any] = {"lead_days": ["30", "14", "7", "1"], "hour": "", "away_until": ""} | {
    "wanted": ["call", "draft", "answer"]
}


@pytest.fixture
def post(world: World, settings: Settings) -> Answering:
    return Answering(world, settings)


def choose(client: FlaskClient, **changes: Any) -> int:
    return send(client, "/me/notices", ALL | changes, page="/me/").status_code


def kept(database: Database, contact_id: int) -> Correspondence:
    with database.reading() as session:
        return session.get_one(Correspondence, contact_id)


def test_lead_times_are_ones_own_and_the_day_itself_always_reminds(
    post: Answering, signed_in: SignedIn, database: Database
) -> None:
    task = post.world.task(post.dialogue_id, "Soon", owners=[post.per], due_on=in_days(10))
    assert choose(signed_in(post.per), lead_days=["7"]) == 302
    assert kept(database, post.per).lead_days == [7, 0]
    post.remind()
    assert f"{post.stored(task).number}. Soon" not in str(post.sender.messages[0])
    assert choose(signed_in(post.per), lead_days=["14"]) == 302
    planned = post.stored(task).remind_on
    assert planned is not None
    assert planned <= TODAY


def test_an_absence_holds_reminders_back_and_lets_them_up_after_it(
    post: Answering, signed_in: SignedIn, database: Database
) -> None:
    assert choose(signed_in(post.per), away_until=in_days(5).isoformat()) == 302
    post.remind()
    assert post.links("per.lind@example.org") == []
    stood_in = [str(mail) for mail in post.sender.messages if "mira.okonjo" in str(mail["To"])]
    assert f"is away until {date_in_words(in_days(5))}" in " ".join(stood_in[0].split())
    assert choose(signed_in(post.per)) == 302
    post.remind()
    assert len(post.links("per.lind@example.org")) == 1


def test_mail_goes_out_at_the_hour_that_was_chosen(
    post: Answering, signed_in: SignedIn, database: Database
) -> None:
    assert choose(signed_in(post.per), hour="18") == 302
    now = dt.datetime.combine(TODAY, dt.time(9), dt.UTC)
    with database.transaction() as session:
        plan_reminders(session, now=now, settings=PlanSettings(7, "x.example"))
        waiting = {r.contact_id: r.try_at for r in session.query(Reminder)}
    assert waiting[post.per] == now.replace(hour=18)
    assert waiting[post.mira] == now


@pytest.mark.parametrize(
    "change",
    [
        {"lead_days": ["3"]},
        {"hour": "24"},
        {"away_until": in_days(-1).isoformat()},
        {"away_until": in_days(61).isoformat()},
        {"away_until": "soon"},
        {"wanted": ["reminders"]},
    ],
)
def test_what_cannot_be_chosen_is_asked_for_again(
    post: Answering, signed_in: SignedIn, change: dict[str, Any]
) -> None:
    assert choose(signed_in(post.per), **change) == 422


def test_without_a_token_nothing_is_chosen(post: Answering, signed_in: SignedIn) -> None:
    per = signed_in(post.per)
    for path in ("/me/notices", "/me/calendar", "/me/calendar/end", "/me/links/end"):
        assert per.post(path, data=ALL).status_code == 400


def test_links_of_mails_are_ended_on_ones_own_page(
    post: Answering, signed_in: SignedIn, client: FlaskClient
) -> None:
    path = post.link()
    assert client.get(path).status_code == 200
    assert send(signed_in(post.per), "/me/links/end", page="/me/").status_code == 302
    assert client.get(path).status_code == 404


# Mail that one can do without (RFC 8058)


def unsubscribe_path(post: Answering, kind: str = "call") -> str:
    with post.world.database.reading() as session:
        url = decline_url(session, post.settings.secret_key, "", post.per, kind, TODAY)
    assert url is not None
    return url


def test_one_click_ends_a_kind_of_mail_and_opening_the_link_does_not(
    post: Answering, client: FlaskClient, database: Database
) -> None:
    path = unsubscribe_path(post)
    for _ in range(10):
        assert client.get(path).status_code == client.head(path).status_code == 200
    with database.reading() as session:
        assert session.get(Correspondence, post.per) is None
    for _ in range(2):
        answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    assert kept(database, post.per).declined == ["call"]
    assert client.post(path + "a").status_code == 404


def test_obligatory_mail_has_no_such_link(post: Answering) -> None:
    post.remind()
    assert all("List-Unsubscribe" not in mail for mail in post.sender.messages)
    with post.world.database.reading() as session:
        assert decline_url(session, "key", "", post.per, "approve", TODAY) is None


def test_a_call_carries_the_headers_and_is_not_sent_to_who_declined(world: World) -> None:
    reporting = Reporting(world, settings=replace(SENDS, secret_key="a key"))
    with world.database.transaction() as session:
        decline(session, reporting.mira, "call")
    reporting.run(reporting.now)
    (mail,) = reporting.sender.messages
    assert mail["To"].addresses[0].addr_spec == "per.lind@example.org"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    lines = mail.as_bytes().decode().splitlines()
    (line,) = [line for line in lines if "/mail/unsubscribe/" in line]
    assert line.split()[-1].startswith("<https://tracker.example.org/mail/unsubscribe/")
