"""The outbox's page of mails about reports: who sees which, how they ended, and failed ones."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.services.reporting import DUE, HOST, Reporting
from tests.web.browser import post
from tests.web.follow_up import SIGN_IN, text_of
from tests.world import World
from tracker.config import Settings
from tracker.db import Database
from tracker.mail.outcomes import PermanentFailure
from tracker.mail.senders import FolderSender, MemorySender
from tracker.models import Dialogue, ReportMail
from tracker.services.call_for_updates import call_for_updates

PAGE = "/outbox/reports/"


@pytest.fixture
def reporting(world: World) -> Reporting:
    found = Reporting(world)
    found.draft()
    return found


class Refusing(MemorySender):
    """A mail server that takes nothing for good."""

    def send(self, message: object) -> None:
        raise PermanentFailure("550 no such person")


def shown(client: FlaskClient, path: str = PAGE) -> str:
    return text_of(client.get(path).get_data(as_text=True))


def test_mails_about_reports_are_shown_to_whom_they_go_and_to_editors(
    reporting: Reporting, world: World, signed_in: SIGN_IN
) -> None:
    lead = shown(signed_in(reporting.mira))
    assert "to you Waits" in lead
    assert "The draft, report of 10 January 2008" in lead
    assert "Northland-Sundria Border Talks" in lead
    for other in (reporting.per, reporting.dan, world.person("Zoe Fremd")):
        assert "The draft" not in shown(signed_in(other))
    assert f'href="{PAGE}"' in signed_in(reporting.mira).get("/outbox/").get_data(as_text=True)


def test_a_failed_mail_says_why_and_is_tried_again_or_given_up(
    reporting: Reporting, signed_in: SIGN_IN, database: Database
) -> None:
    reporting.sender = Refusing()
    reporting.run(reporting.now)
    lead = signed_in(reporting.mira)
    assert "550 no such person" in shown(lead, f"{PAGE}?state=failed")
    with database.reading() as session:
        mail_id = session.scalars(select(ReportMail.id)).first()
    assert post(signed_in(reporting.per), f"{PAGE}{mail_id}/retry", page="/me/").status_code == 404
    assert post(lead, f"{PAGE}{mail_id}/retry", page=PAGE).status_code == 303
    assert "Goes out with the next sweep." in shown(lead)
    assert post(lead, f"{PAGE}{mail_id}/give-up", page="/me/").status_code == 409
    reporting.run(reporting.now.replace(year=2040))
    assert post(lead, f"{PAGE}{mail_id}/give-up", page=PAGE).status_code == 303
    assert "Given up by Mira Okonjo" in shown(lead, f"{PAGE}?state=cancelled")


def test_a_call_in_the_folder_is_read_by_its_person_alone(
    reporting: Reporting, signed_in: SIGN_IN, database: Database, settings: Settings
) -> None:
    with database.transaction() as session:
        call_for_updates(
            session,
            session.get_one(Dialogue, reporting.dialogue_id),
            as_of=DUE,
            actor=reporting.actor(reporting.mira),
            now=reporting.now,
            host=HOST,
        )
    reporting.sender = FolderSender(settings.outbox)
    reporting.run(reporting.now)
    with database.reading() as session:
        query = select(ReportMail.id).where(ReportMail.contact_id == reporting.per)
        mail_id = session.scalars(query).one()
    lead, owner = signed_in(reporting.mira), signed_in(reporting.per)
    path = f"{PAGE}{mail_id}/mail"
    assert "1. Send the list" in shown(owner, path)
    assert owner.get(f"{path}.eml").content_type == "message/rfc822"
    assert "to Per Lind Sent" in shown(lead)
    assert lead.get(path).status_code == 404
    assert lead.get(f"{PAGE}?state=nonsense").status_code == 404
