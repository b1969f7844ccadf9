"""The link of a call for updates: what it shows without signing in, and what an answer changes."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.services.reporting import DUE, HOST, Reporting
from tests.world import World
from tracker.config import Settings
from tracker.db import Database
from tracker.models import Change, Contact, Dialogue, Remark, ReportMail, StatusReport, Task
from tracker.services.call_for_updates import call_for_updates
from tracker.services.draft_report import discard_report
from tracker.services.mail_links import make_token, revoke_links
from tracker.services.prepare_report_mail import prepare_report_mail
from tracker.services.sweep_settings import send_settings


class Called(Reporting):
    """The dialogue of Reporting whose owners were called today."""

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world)
        self.installation = settings
        with world.database.transaction() as session:
            call_for_updates(
                session,
                session.get_one(Dialogue, self.dialogue_id),
                as_of=DUE,
                actor=self.actor(self.mira),
                now=dt.datetime.now(dt.UTC),
                host=HOST,
            )

    def mail_id(self, contact_id: int) -> int:
        with self.world.database.reading() as session:
            query = select(ReportMail.id).where(ReportMail.contact_id == contact_id)
            return session.scalars(query).one()

    def link(self, contact_id: int) -> str:
        """The path of the link as it stands in the person's mail."""
        with self.world.database.reading() as session:
            mail = session.get_one(ReportMail, self.mail_id(contact_id))
            settings = send_settings(self.installation)
            words = prepare_report_mail(session, mail, settings, now=mail.planned_at)
            return "/mail/update/" + words.url.split("/mail/update/")[1]

    def made(self, contact_id: int, days_ago: int = 0) -> str:
        """A link made some days ago."""
        day = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=days_ago)
        key = self.installation.secret_key
        token = make_token(key, "update", contact_id, self.mail_id(contact_id), 1, day)
        return f"/mail/update/{token}"

    def task(self, task_id: int) -> tuple[str, str | None]:
        """Status and last remark."""
        with self.world.database.reading() as session:
            task = session.get_one(Task, task_id)
            return task.status, task.last_remark


@pytest.fixture
def called(world: World, settings: Settings) -> Called:
    return Called(world, settings)


def counts(database: Database) -> list[int]:
    with database.reading() as session:
        tables = (Change, Remark)
        found = [session.scalar(select(func.count()).select_from(t)) or 0 for t in tables]
        answered = select(func.count()).where(ReportMail.answered_at.is_not(None))
        return [*found, session.scalar(answered) or 0]


def main_of(page: str) -> str:
    found = re.search(r"<main.*</main", page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_an_owner_answers_by_the_link_and_a_scanner_changes_nothing(
    called: Called, client: FlaskClient, database: Database
) -> None:
    path, before = called.link(called.per), counts(database)
    for _ in range(5):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert counts(database) == before
    shown = main_of(client.get(path).get_data(as_text=True))
    assert "Send the list" in shown
    assert "Draft the map" not in shown
    sent = {"status-1": "in_progress", "remark-1": "Half is typed.", "status-2": "done"}
    done = client.post(path, data=sent)
    assert "1 task updated" in done.get_data(as_text=True)
    assert called.task(called.list_task) == ("in_progress", "Half is typed.")
    assert called.task(called.map_task)[0] == "proposed"
    after = counts(database)
    assert client.post(path, data=sent).status_code == 200
    assert counts(database) == after


def test_nothing_new_is_an_answer_too(
    called: Called, client: FlaskClient, database: Database
) -> None:
    before = counts(database)
    answered = client.post(called.link(called.per))
    assert "Nothing new, as you said." in answered.get_data(as_text=True)
    assert counts(database) == [before[0], before[1], 1]


def test_above_the_ceiling_the_number_alone_is_said_and_an_answer_is_taken(
    called: Called, client: FlaskClient, database: Database
) -> None:
    with database.transaction() as session:
        task = session.get_one(Task, called.list_task)
        task.marking, task.status = "C", "in_progress"
    path = called.link(called.per)
    page = client.get(path).get_data(as_text=True)
    for secret in ("Send the list", "CONFIDENTIAL", "Border", "2008", "selected"):
        assert secret not in main_of(page)
        assert secret not in page.split("<main")[1].split("</main")[0]
    assert "Task 1" in main_of(page)
    client.post(path, data={"status-1": "", "remark-1": "Half is typed."})
    assert called.task(called.list_task) == ("in_progress", "Half is typed.")


def test_an_expired_link_is_410_and_a_revoked_or_altered_one_404(
    called: Called, client: FlaskClient, database: Database
) -> None:
    good, old = called.made(called.per, 59), called.made(called.per, 62)
    assert client.get(good).status_code == 200
    for ask in (client.get, client.head, client.post):
        assert ask(old).status_code == 410
        assert ask(good[:-1] + ("a" if good[-1] != "a" else "b")).status_code == 404
    with database.transaction() as session:
        revoke_links(session, called.per)
    assert client.get(good).status_code == 404
    assert client.post(good, data={"status-1": "done"}).status_code == 404
    assert called.task(called.list_task)[0] == "proposed"


def test_a_link_ends_with_the_persons_part_and_with_the_report(
    called: Called, client: FlaskClient, database: Database
) -> None:
    mira, per = called.link(called.mira), called.link(called.per)
    with database.transaction() as session:
        session.get_one(Contact, called.per).is_active = False
    assert client.get(per).status_code == 404
    with database.transaction() as session:
        report = session.scalars(select(StatusReport)).one()
        discard_report(session, report, actor=called.actor(called.mira))
    assert client.get(mira).status_code == 404


def test_a_task_that_was_handed_over_is_asked_about_no_more(
    called: Called, client: FlaskClient, database: Database
) -> None:
    path = called.link(called.per)
    with database.transaction() as session:
        owner = session.get_one(Task, called.list_task).owners[0]
        owner.contact_id = owner.contact = None  # type: ignore[assignment]
    assert "There is nothing left to say" in main_of(client.get(path).get_data(as_text=True))
    client.post(path, data={"status-1": "done"})
    assert called.task(called.list_task)[0] == "proposed"


def test_where_one_answer_cannot_be_saved_none_is_and_what_was_typed_stays(
    called: Called, world: World, client: FlaskClient
) -> None:
    other = world.task(called.dialogue_id, "Count the posts", owners=[called.per])
    sent = {"status-1": "done", "remark-1": "Sent.", "status-3": "done", "remark-3": "x" * 60_000}
    refused = client.post(called.link(called.per), data=sent)
    page = refused.get_data(as_text=True)
    assert (refused.status_code, ">Sent.</textarea>" in page) == (422, True)
    assert called.task(called.list_task) == ("proposed", None)
    assert called.task(other) == ("proposed", None)


def test_after_signing_in_the_whole_form_stands_behind_the_link(
    called: Called, signed_in: object, client: FlaskClient
) -> None:
    page = client.get(called.link(called.per)).get_data(as_text=True)
    assert f'href="/reports/mail/{called.mail_id(called.per)}"' in page
    assert "Sign in to see all of it" in page
    assert client.get(f"/reports/mail/{called.mail_id(called.per)}").status_code == 302
