"""The links of mails: what they show, what a scanner does, and what each answer changes.

Row 30 on both databases, with the links as they stand in a mail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.web.answering import Answering
from tests.web.browser import post as send
from tests.web.follow_up import TODAY, in_days
from tests.world import World
from tracker.config import Settings
from tracker.db import Database
from tracker.models import Change, Contact, MailAnswer, Remark, Snooze, Task
from tracker.services.mail_links import revoke_links

SignedIn = Callable[[int], FlaskClient]


@pytest.fixture
def post(world: World, settings: Settings) -> Answering:
    return Answering(world, settings)


def counts(database: Database) -> tuple[int, ...]:
    """How many rows there are of all that an answer could add."""
    with database.reading() as session:
        tables = (Change, Remark, MailAnswer, Snooze)
        return tuple(session.scalar(select(func.count()).select_from(t)) or 0 for t in tables)


def answer(client: FlaskClient, path: str, name: str, **fields: object) -> tuple[int, str]:
    data = {f"{name}-{field}": str(value) for field, value in fields.items()}
    answered = client.post(path, data={"answer": name, **data})
    return answered.status_code, answered.get_data(as_text=True)


# Row 30


def test_a_scanner_that_opens_a_link_ten_times_changes_nothing_and_a_post_acts_once(
    post: Answering, client: FlaskClient, database: Database
) -> None:
    path, before = post.link(), counts(database)
    for _ in range(5):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert counts(database) == before
    assert post.stored(post.late).status == "proposed"
    code, page = answer(client, path, "done", remark="Sent on Monday.")
    assert (code, "Task 1 is marked as done" in page) == (200, True)
    stored = post.stored(post.late)
    assert (stored.status, stored.last_remark) == ("done", "Sent on Monday.")
    after = counts(database)
    code, page = answer(client, path, "done", remark="Sent on Monday.")
    assert (code, "This was done already" in page) == (200, True)
    assert counts(database) == after


def test_an_expired_link_is_410_and_a_revoked_one_404(
    post: Answering, client: FlaskClient, database: Database
) -> None:
    good = post.made(post.per, post.late, made_on=TODAY - dt.timedelta(days=59))
    old = post.made(post.per, post.late, made_on=TODAY - dt.timedelta(days=62))
    assert client.get(good).status_code == 200
    posted = {"answer": "done"}
    for ask in (client.get, client.head, lambda path: client.post(path, data=posted)):
        assert ask(old).status_code == 410
    with database.transaction() as session:
        revoke_links(session, post.per)
    assert client.get(good).status_code == 404
    assert client.post(good, data={"answer": "done"}).status_code == 404
    assert client.get(post.made(post.per, post.late, generation=2)).status_code == 200
    assert post.stored(post.late).status == "proposed"


@pytest.mark.parametrize("change", ["first", "last", "short", "long", "capitals", "words"])
def test_a_link_that_was_altered_is_404(post: Answering, client: FlaskClient, change: str) -> None:
    path = post.made(post.per, post.late)
    token = path.removeprefix("/mail/")
    flipped = {"a": "b"}
    altered = {
        "first": flipped.get(token[6], "a").join((token[:6], token[7:])),
        "last": token[:-1] + flipped.get(token[-1], "a"),
        "short": token[:-1],
        "long": token + "a",
        "capitals": token[:-1] + "ÿ",
        "words": "0" * 48,
    }[change]
    assert client.get(f"/mail/{altered}").status_code == 404


# What it shows


def test_it_says_what_the_mail_says_and_above_the_ceiling_the_number_alone(
    post: Answering, client: FlaskClient
) -> None:
    shown = client.get(post.made(post.per, post.late)).get_data(as_text=True)
    assert "Send the list" in shown
    assert "UNCLASSIFIED" in shown
    hidden = client.get(post.made(post.mira, post.later)).get_data(as_text=True)
    assert "task 3" in hidden
    for secret in ("Draft the map", "CONFIDENTIAL", "Sundria", "Proposed", str(in_days(90).year)):
        assert secret not in hidden.split("<main")[1].split("</main")[0]


def test_a_marking_raised_after_the_mail_hides_what_the_mail_had_said(
    post: Answering, client: FlaskClient, database: Database
) -> None:
    path = post.link()
    with database.transaction() as session:
        session.get_one(Task, post.late).marking = "S//NF"
    page = client.get(path).get_data(as_text=True)
    assert "Send the list" not in page
    assert answer(client, path, "on-track", remark="Soon.")[0] == 200


def test_words_of_a_remark_are_shown_and_run_nothing(post: Answering, client: FlaskClient) -> None:
    _, page = answer(client, post.link(), "new-date", remark="<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


# What each answer does


def test_on_track_is_a_remark_of_that_person(
    post: Answering, client: FlaskClient, database: Database
) -> None:
    assert answer(client, post.link(), "on-track")[0] == 200
    with database.reading() as session:
        remark = session.scalars(select(Remark).where(Remark.task_id == post.late)).one()
    assert (remark.author_name, remark.text) == ("Per Lind", "On track.")
    assert post.stored(post.late).status == "proposed"


def test_another_date_is_set_where_the_person_may_set_it(
    post: Answering, client: FlaskClient
) -> None:
    code, page = answer(client, post.link(), "new-date", day=in_days(9), remark="The survey")
    assert (code, "is now due on" in page) == (200, True)
    stored = post.stored(post.late)
    assert (stored.due_on, stored.due_basis) == (in_days(9), "extended")
    assert post.history(post.late)[-1].actor_name == "Per Lind"


def test_another_date_of_what_both_sides_agreed_on_is_asked_of_the_lead(
    post: Answering, client: FlaskClient, database: Database
) -> None:
    with database.transaction() as session:
        session.get_one(Task, post.late).agreed_text = "Northland sends the list."
    code, page = answer(client, post.link(), "new-date", day=in_days(9), remark="The survey")
    assert (code, "the lead of the dialogue decides" in page) == (200, True)
    stored = post.stored(post.late)
    assert stored.due_on == in_days(-5)
    assert str(stored.last_remark).startswith("Asks for ")


def test_not_mine_is_told_to_the_lead_who_settles_it(
    post: Answering, client: FlaskClient, database: Database, signed_in: SignedIn
) -> None:
    assert answer(client, post.link(), "not-mine", remark="Ask Olof.")[0] == 200
    assert post.stored(post.late).owner_names == ["Per Lind"]
    lead = signed_in(post.mira)
    words = "Per Lind</b> says it is not theirs"
    assert words in lead.get("/").get_data(as_text=True)
    assert words not in signed_in(post.per).get("/").get_data(as_text=True)
    with database.reading() as session:
        asked = session.scalars(select(MailAnswer)).one()
    settle = f"/answers/{asked.id}/settle"
    for other in (post.per, post.zoe, post.bela):
        assert send(signed_in(other), settle, page="/me/").status_code == 404
    assert lead.post(settle).status_code == 400
    assert send(lead, settle, page="/").status_code == 302
    assert words not in lead.get("/").get_data(as_text=True)
    assert send(lead, settle, page="/me/").status_code == 409


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("new-date", {"remark": "why"}, "Give the date"),
        ("new-date", {"day": "2008-13-40", "remark": "why"}, "no such day"),
        ("new-date", {"day": str(in_days(-1)), "remark": "why"}, "still to come"),
        ("new-date", {"day": str(in_days(5))}, "Say why"),
        ("pause", {}, "Give a day after today"),
        ("pause", {"day": str(TODAY)}, "Give a day after today"),
        ("pause", {"day": str(in_days(15))}, "at most"),
        ("on-track", {"remark": "x" * 4_001}, "at most 4,000"),
    ],
)
def test_an_answer_that_says_too_little_or_too_much_is_asked_for_again(
    post: Answering,
    client: FlaskClient,
    database: Database,
    name: str,
    fields: dict[str, str],
    words: str,
) -> None:
    path, before = post.made(post.per, post.late), counts(database)
    code, page = answer(client, path, name, **fields)
    assert (code, words in page) == (422, True)
    assert counts(database) == before


def test_what_is_no_answer_is_422(post: Answering, client: FlaskClient) -> None:
    assert answer(client, post.made(post.per, post.late), "delete")[0] == 422


# Pauses


def test_a_pause_keeps_reminders_of_that_task_back_until_its_day(
    post: Answering, client: FlaskClient, database: Database
) -> None:
    path = post.made(post.per, post.late)
    assert answer(client, path, "pause", day=in_days(3))[0] == 200
    post.remind()
    assert post.links("per.lind@example.org") == []
    assert post.stored(post.late).remind_on == in_days(3)


def test_a_pause_that_comes_after_planning_is_seen_at_sending(
    post: Answering, client: FlaskClient
) -> None:
    first = post.link()
    assert first
    assert answer(client, first, "pause", day=in_days(3))[0] == 200
    post.remind()
    assert len(post.links("per.lind@example.org")) == 1


def test_a_pause_ends_at_the_due_date(post: Answering, client: FlaskClient) -> None:
    soon = post.world.task(post.dialogue_id, "Soon", owners=[post.per], due_on=in_days(4))
    path = post.made(post.per, soon)
    assert answer(client, path, "pause", day=in_days(5))[0] == 422
    assert answer(client, path, "pause", day=in_days(4))[0] == 200


# Rights


def test_who_handed_the_task_over_or_left_changes_nothing(
    post: Answering, client: FlaskClient, database: Database, world: World
) -> None:
    path = post.link()
    with database.transaction() as session:
        task = session.get_one(Task, post.late)
        task.owners[0].contact_id = post.mira
    assert "no longer yours" in client.get(path).get_data(as_text=True)
    assert answer(client, path, "done")[0] == 403
    post.world.person("Someone Else")
    stranger = post.made(post.zoe, post.late)
    assert client.get(stranger).status_code == 404
    assert client.get(post.made(post.bela, post.late)).status_code == 404
    assert post.stored(post.late).status == "proposed"


def test_a_person_who_was_deactivated_has_no_links(
    post: Answering, client: FlaskClient, database: Database
) -> None:
    path = post.link()
    with database.transaction() as session:
        session.get_one(Contact, post.per).is_active = False
    assert client.get(path).status_code == 404


def test_an_office_answers_for_what_it_owns(
    post: Answering, client: FlaskClient, world: World
) -> None:
    office = world.person("Office of Customs", kind="office")
    task = world.task(post.dialogue_id, "Count the lorries", owners=[office])
    assert answer(client, post.made(office, task), "done")[0] == 200
    assert post.stored(task).status == "done"
    assert client.get(post.made(office, post.late)).status_code == 404


def test_no_token_of_a_link_reaches_the_logs(
    app: Flask, post: Answering, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    path = post.link()
    client.get(path)
    client.post(path, data={"answer": "done", "role": "lead"})
    client.get(path + "x")
    assert path.removeprefix("/mail/") not in "".join(capsys.readouterr())
