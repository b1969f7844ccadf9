"""The pages of the reporting cycle, as each person meets them."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.services.reporting import DUE, HOST, Reporting, at
from tests.web.browser import post
from tests.web.follow_up import SIGN_IN
from tests.world import World
from tracker.models import Dialogue
from tracker.services.call_for_updates import call_for_updates

LIST = "/dialogues/northland-sundria-border-talks/reports/"
PASSWORD = "a long walk to the border"
ONE = f"{LIST}{DUE.isoformat()}/version/1"


@pytest.fixture
def reporting(world: World) -> Reporting:
    return Reporting(world)


def call(reporting: Reporting) -> None:
    with reporting.world.database.transaction() as session:
        call_for_updates(
            session,
            session.get_one(Dialogue, reporting.dialogue_id),
            as_of=DUE,
            actor=reporting.actor(reporting.mira),
            now=at(2007, 12, 13),
            host=HOST,
        )


def page(client: FlaskClient, path: str, code: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == code, response.get_data(as_text=True)[:500]
    return " ".join(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)).split())


def test_a_lead_takes_a_report_from_call_to_sending(
    reporting: Reporting, signed_in: SIGN_IN
) -> None:
    lead = signed_in(reporting.mira)
    assert "No report has been made yet" in page(lead, LIST)
    made = post(lead, f"{LIST}call", {"as_of": "2008-01-10"}, page=LIST)
    assert made.headers["Location"].endswith(ONE)
    assert "0 of 2 have answered" in page(lead, ONE)
    post(lead, f"{ONE}/make-draft", page=ONE)
    assert "Write on the draft" in page(lead, ONE)
    fields = {
        "seen": "3",
        "shared-0": "The talks go well.",
        "internal-0": "canary",
        "level-0": "at_risk",
        "reason-0": "A ministry stays away.",
        "decisions_shared": "Who hosts?\nWho pays?",
        "decisions_own": "",
        "remarks": "Thanks.",
        "shared_marking": "U",
        "internal_marking": "U",
        "send_on": "",
    }
    stale = post(lead, f"{ONE}/edit", fields | {"seen": "1"}, page=ONE)
    assert stale.status_code == 409
    assert "The talks go well." in stale.get_data(as_text=True)
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', lead.get(ONE).get_data(as_text=True))
    assert seen
    saved = post(lead, f"{ONE}/edit", fields | {"seen": seen[1]}, page=ONE)
    assert saved.status_code == 303
    shown = page(lead, ONE)
    for words in ("The talks go well.", "canary", "At risk. A ministry stays away.", "Who pays?"):
        assert words in re.sub(r" ([.,])", r"\1", shown)
    post(lead, f"{ONE}/freeze", page=ONE)
    assert "Northland and Sundria have not approved yet" in page(lead, ONE)
    assert post(lead, f"{ONE}/approve", {"seen": ""}, page=ONE).status_code == 403
    for approver in (reporting.ana, reporting.bo):
        reporting.world.account(approver, password=PASSWORD)
        signed = signed_in(approver)
        body = signed.get(ONE).get_data(as_text=True)
        assert "You approve the shared edition below" in body
        assert "canary" not in body
        own = signed.get(f"{ONE}?edition=internal").get_data(as_text=True)
        assert ("canary" in own) == (approver == reporting.ana)
        assert ("You approve the shared edition below" in own) == (approver == reporting.bo)
        found = re.search(r'name="seen"[^>]*value="(\w{64})"', body)
        assert found
        for wrong in ({}, {"password": ""}, {"password": "not mine"}):
            refused = post(signed, f"{ONE}/approve", {"seen": found[1], **wrong}, page=ONE)
            assert refused.status_code == 422
            assert "password" in refused.get_data(as_text=True)
        sent = {"seen": found[1], "password": PASSWORD}
        assert post(signed, f"{ONE}/approve", sent, page=ONE).status_code == 303
    assert "Approved by both sides" in page(lead, ONE)
    post(lead, f"{ONE}/send", page=ONE)
    assert "Sent to the co-chairs" in page(lead, ONE)
    assert "Sent to the co-chairs" in page(signed_in(reporting.carla), LIST)
    history = page(lead, ONE).split("History: ")[1]
    said = (
        "sent to the co-chairs by Mira Okonjo (to Carla Holm, Dan Sand)",
        "approved by Bo Sund (for Sundria)",
        "approved by Ana Verane (for Northland)",
        "frozen by Mira Okonjo (SHA-256 ",
        "draft made by Mira Okonjo",
        "owners called for updates by Mira Okonjo (2 asked)",
    )
    places = [history.index(words) for words in said]
    assert places == sorted(places)
    assert "History: " not in page(signed_in(reporting.dan), ONE)
    chair = signed_in(reporting.dan)
    assert "canary" not in chair.get(ONE).get_data(as_text=True)
    assert b"canary" not in chair.get(f"{ONE}/report.json?edition=internal").data


def test_an_owner_answers_from_the_mail_with_their_tasks_only(
    reporting: Reporting, signed_in: SIGN_IN
) -> None:
    call(reporting)
    owner = signed_in(reporting.per)
    found = owner.get("/reports/mail/1")
    if found.status_code == 404:
        found = owner.get("/reports/mail/2")
    assert found.headers["Location"] == f"{ONE}/update"
    shown = page(owner, f"{ONE}/update")
    assert "Send the list" in shown
    assert "Draft the map" not in shown
    answer = {"status-1": "in_progress", "remark-1": "Half is typed.", "status-2": "done"}
    post(owner, f"{ONE}/update", answer)
    assert "You answered on" in page(owner, f"{ONE}/update")
    lead = page(signed_in(reporting.mira), ONE)
    assert "1 of 2 have answered" in lead
    assert "Per Lind: answered on" in lead


def test_a_link_for_somebody_else_leads_nowhere(reporting: Reporting, signed_in: SIGN_IN) -> None:
    call(reporting)
    client = signed_in(reporting.carla)
    assert {client.get(f"/reports/mail/{n}").status_code for n in (1, 2, 99)} == {404}
    assert client.get(f"{ONE}/update").status_code == 404


def test_the_other_side_sees_no_draft_that_was_not_shown(
    reporting: Reporting, signed_in: SIGN_IN
) -> None:
    reporting.draft()
    other = signed_in(reporting.bo)
    assert other.get(ONE).status_code == 404
    assert other.get(f"{ONE}/report.pdf").status_code == 404
    lead = signed_in(reporting.mira)
    post(lead, f"{ONE}/show", page=ONE)
    assert "Remarks of your side" in page(other, ONE)
    post(other, f"{ONE}/remarks", {"remarks": "So do we."}, page=ONE)
    assert "Remarks of Sundria So do we." in page(lead, ONE)


def test_who_takes_no_part_finds_nothing(
    reporting: Reporting, world: World, signed_in: SIGN_IN
) -> None:
    reporting.draft()
    stranger = signed_in(world.person("Zoe Away"))
    for path in (LIST, ONE, f"{ONE}/report.xlsx", f"{ONE}/update"):
        assert stranger.get(path).status_code == 404
    assert signed_in(reporting.carla).get(f"{LIST}nonsense/version/1").status_code == 404


def test_readers_see_no_buttons_and_cannot_press_them(
    reporting: Reporting, signed_in: SIGN_IN
) -> None:
    reporting.draft()
    reader = signed_in(reporting.carla)
    assert "Write on the draft" not in page(reader, ONE)
    for step in ("freeze", "discard", "send", "show"):
        assert post(reader, f"{ONE}/{step}", page=ONE).status_code in (403, 409)


def test_the_period_is_set_on_the_page(reporting: Reporting, signed_in: SIGN_IN) -> None:
    lead = signed_in(reporting.mira)
    fields = {"is_on": "y", "months": "3", "first_due_on": "", "call_days": "14", "draft_days": "5"}
    assert post(lead, f"{LIST}period", fields, page=LIST).status_code == 303
    wrong = post(lead, f"{LIST}period", fields | {"draft_days": "20"}, page=LIST)
    assert wrong.status_code == 422
    assert "Owners are called before the draft" in wrong.get_data(as_text=True)


def test_a_report_of_any_day_tells_changes_since_any_other(
    reporting: Reporting, signed_in: SIGN_IN
) -> None:
    lead = signed_in(reporting.mira)
    shown = page(lead, f"{LIST}2008-01-10?since=2007-07-10")
    assert "Since 10 July 2007, two are new." in shown
    assert "What changed since" not in page(lead, f"{LIST}2008-01-10")
