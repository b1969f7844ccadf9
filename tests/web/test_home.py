"""The home page: what is late, due, waiting and new, mine before the rest, and the first steps."""

from __future__ import annotations

import datetime as dt

from lxml import html
from sqlalchemy import select

from tests.web.follow_up import BOARD, SIGN_IN, FollowUp, get, in_days, text_of
from tests.web.statements import count_statements
from tests.world import World
from tracker.models import Account, CableRecord, Dialogue, Membership
from tracker.policy.visibility import SYSTEM
from tracker.services.import_cable import import_cable


def section(page: str, name: str) -> str:
    """What one of the four lists says."""
    (found,) = html.fromstring(page).xpath(f"//section[@aria-labelledby='{name}']")
    return " ".join(found.text_content().split())


def visited(world: World, contact_id: int, when: dt.datetime) -> None:
    """Lets a person's last visit have been then."""
    with world.database.transaction() as session:
        account = session.scalars(select(Account).where(Account.contact_id == contact_id)).one()
        account.last_visit_at = when


def test_the_four_lists_have_their_counts(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    page = get(signed_in(follow_up.mira), "/")
    assert section(page, "late").startswith("Late 1")
    assert "Send the list" in section(page, "late")
    assert section(page, "soon").startswith("Due in 30 days 1")
    assert "Name the points" in section(page, "soon")
    assert "1 open task has no owner" in section(page, "waiting")
    assert "Draft the map" in section(page, "waiting")


def test_counts_lead_to_lists_of_as_many(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    tree = html.fromstring(get(client, "/"))
    for name in ("late", "soon"):
        (link,) = tree.xpath(f"//section[@aria-labelledby='{name}']//a[contains(@href, '/tasks?')]")
        assert "1 task" in text_of(get(client, link.get("href")))
    (link,) = tree.xpath("//section[@aria-labelledby='waiting']//h3/a")
    assert "1 task" in text_of(get(client, link.get("href")))


def test_ones_own_tasks_stand_before_those_of_ones_dialogues(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    follow_up.world.task(
        follow_up.dialogue_id, "My later one", owners=[follow_up.mira], due_on=in_days(-1)
    )
    said = section(get(signed_in(follow_up.mira), "/"), "late")
    assert said.index("Mine") < said.index("My later one") < said.index("In my dialogues")
    assert said.index("In my dialogues") < said.index("Send the list")


def test_only_a_lead_is_told_of_tasks_that_nobody_owns(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    assert "Nothing waits for you" in section(get(signed_in(follow_up.ivo), "/"), "waiting")


def test_other_peoples_dialogues_show_in_no_list_and_no_count(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    page = get(signed_in(follow_up.zoe), "/")
    for name in ("late", "soon", "waiting"):
        assert "Nothing" in section(page, name)
    assert "Send the list" not in page


def test_the_other_side_is_led_to_what_is_shared(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.bela)
    assert client.get("/").headers["Location"] == "/shared/"
    page = get(client, "/shared/")
    assert "No list is shared yet" in page
    assert "Send the list" not in page


def test_cables_to_confirm_and_candidates_to_review_wait(world: World, signed_in: SIGN_IN) -> None:
    lead = world.person("Anne Moss", party="United States")
    cable_id = world.baku()
    with world.database.transaction() as session:
        cable = session.get_one(CableRecord, cable_id)
        assert cable.dialogue_id is not None
        session.add(Membership(dialogue_id=cable.dialogue_id, contact_id=lead, role="lead"))
        draft = b"SUBJECT: FISHING TALKS, JULY 9-10\n\n1. (U) Nothing to do.\n"
        other = import_cable(
            session,
            draft,
            "draft.txt",
            actor=SYSTEM,
            now=dt.datetime.now(dt.UTC),
            max_bytes=10_000,
        ).cable
        other.imported_by_id = lead
        session.flush()
        other_id = other.id
    page = get(signed_in(lead), "/")
    assert "candidates of 07BAKU832" in section(page, "waiting")
    assert f"/cables/{cable_id}/review" in page
    assert f"/cables/{other_id}/confirm" in page
    assert "CONFIDENTIAL" in page


def test_what_others_did_since_the_last_visit_is_told_in_words(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    before = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    visited(follow_up.world, follow_up.mira, before)
    follow_up.change(follow_up.late, by=follow_up.per, status="done", remark="They said yes.")
    follow_up.change(follow_up.soon, by=follow_up.mira, status="agreed")
    said = section(get(client, "/"), "changed")
    assert "Per Lind changed the status from Proposed to Done; They said yes." in said
    assert "Name the points" not in said
    assert "1 task" in text_of(get(client, "/tasks?changed=visit&order=updated"))


def test_a_first_visit_shows_three_steps_and_ticks_what_is_done(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    tree = html.fromstring(get(signed_in(follow_up.mira), "/"))
    steps = tree.xpath("//ol[@class='steps']/li")
    assert [step.get("class") for step in steps] == ["is-done", None, None]
    stranger = follow_up.world.person("Nia New")
    page = get(signed_in(stranger), "/")
    assert "Three steps to begin with" in page
    assert html.fromstring(page).xpath("//ol[@class='steps']//a[@href='/cables/import']")


def test_readers_and_owners_are_not_asked_to_set_up(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    assert "steps" not in get(signed_in(follow_up.ivo), "/")


def test_the_page_takes_a_bounded_number_of_statements(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    visited(follow_up.world, follow_up.mira, dt.datetime.now(dt.UTC) - dt.timedelta(hours=1))
    with count_statements() as few:
        get(client, "/")
    for n in range(12):
        follow_up.world.task(
            follow_up.dialogue_id, f"Task {n}", owners=[follow_up.per], due_on=in_days(n - 6)
        )
    with count_statements() as many:
        page = get(client, "/")
    assert len(many) <= len(few) + 4
    assert "All 7 in the list" in text_of(page)
    assert BOARD.rstrip("/") in page


def test_the_sample_is_shown_but_waits_for_nobody(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    world = follow_up.world
    sample = world.dialogue("Northland-Sample Talks")
    with world.database.transaction() as session:
        session.get_one(Dialogue, sample).is_sample = True
    world.join(sample, follow_up.mira, "lead")
    world.task(sample, "Try this one")
    said = section(get(signed_in(follow_up.mira), "/"), "waiting")
    assert said.startswith("Waiting for me 1")
    assert "2 open tasks have no owner, 1 of them in the sample" in said
