"""The page of a dialogue's reminders: its rules, set by editors, and who hears what next."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.room import Room
from tests.web.browser import post
from tests.web.follow_up import BOARD, SLUG, FollowUp, get, in_days, text_of
from tests.world import World
from tracker.models import Contact, Dialogue, StoredRules
from tracker.policy.statuses import date_in_words
from tracker.services.set_period import Period, set_period

Browse = Callable[[int], FlaskClient]
PAGE = f"{BOARD}reminders"
RULES = {
    "lead_days": "20, 5",
    "overdue_every": "10",
    "head_after": "12",
    "chair_after": "",
    "stale_after": "45",
    "approval_every": "3",
    "version": "0",
}


def send(client: FlaskClient, **changes: Any) -> tuple[int, str]:
    response = post(client, PAGE, RULES | changes)
    return response.status_code, response.get_data(as_text=True)


def stored(follow_up: FollowUp) -> StoredRules | None:
    with follow_up.world.database.reading() as session:
        return session.get(StoredRules, follow_up.dialogue_id)


def test_the_page_says_the_usual_rules_in_words(follow_up: FollowUp, signed_in: Browse) -> None:
    page = text_of(get(signed_in(follow_up.ivo), PAGE))
    assert "Owners are reminded 30, 14, 7 and 1 days before a task is due and on the day" in page
    assert "These are the usual rules." in page
    assert "Change the rules" not in page
    assert "Nobody of our side is co-chair" in page


def test_a_lead_sets_the_rules_and_reads_them_back(follow_up: FollowUp, signed_in: Browse) -> None:
    client = signed_in(follow_up.mira)
    assert send(client)[0] == 303
    page = text_of(get(client, PAGE))
    assert "Owners are reminded 20 and 5 days before a task is due." in page
    assert "and then every 10 days." in page
    assert "overdue for 12 days, the head of its owner's office is told" in page
    assert "Overdue tasks are not raised to the co-chairs" in page
    assert "nothing was heard of an open task for 45 days" in page
    assert "reminded of it every 3 days" in page
    kept = stored(follow_up)
    assert kept is not None
    assert (kept.lead_days, kept.chair_after) == ([20, 5], None)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("lead_days", "soon", "Write whole days with commas between them"),
        ("lead_days", "400", "Give days from 0 to 180."),
        ("lead_days", "1" * 200, "100 characters"),
        ("overdue_every", "-1", "Write a whole number of days, or nothing to switch it off."),
        ("overdue_every", "1", "Give 2 to 366 days"),
        ("head_after", "two", "Write a whole number of days"),
        ("chair_after", "12", "give more than 12 days"),
        ("stale_after", "3", "Give 14 to 366 days, or nothing to switch it off."),
        ("approval_every", "99999999", "Write a whole number of days"),
    ],
)
def test_what_cannot_be_set_is_said_at_its_field_and_changes_nothing(
    field: str, value: str, words: str, follow_up: FollowUp, signed_in: Browse
) -> None:
    code, page = send(signed_in(follow_up.mira), **{field: value})
    assert code == 422
    assert words in text_of(page)
    assert f'value="{value[:20]}' in page
    assert stored(follow_up) is None


@pytest.mark.parametrize("who", ["per", "ivo"])
def test_who_does_not_edit_the_dialogue_sets_nothing(
    who: str, follow_up: FollowUp, signed_in: Browse
) -> None:
    client = signed_in(getattr(follow_up, who))
    for path, data in ((PAGE, RULES), (f"{PAGE}/defaults", {})):
        assert post(client, path, data, page="/me/").status_code == 403
    assert stored(follow_up) is None


@pytest.mark.parametrize("who", ["zoe", "bela"])
def test_outsiders_and_the_other_side_find_no_such_page(
    who: str, follow_up: FollowUp, signed_in: Browse
) -> None:
    client = signed_in(getattr(follow_up, who))
    assert get(client, PAGE, 404) == get(client, "/dialogues/none-such/reminders", 404)
    assert post(client, PAGE, RULES, page="/me/").status_code == 404


def test_of_two_who_set_the_rules_at_once_the_second_is_asked_again(
    follow_up: FollowUp, signed_in: Browse
) -> None:
    client = signed_in(follow_up.mira)
    assert send(client)[0] == 303
    code, page = send(client, lead_days="9")
    assert code == 409
    assert "Somebody else has set these rules" in page
    assert 'value="9"' in page
    assert send(client, lead_days="9", version="1")[0] == 303


def test_the_usual_rules_can_be_had_again(follow_up: FollowUp, signed_in: Browse) -> None:
    client = signed_in(follow_up.mira)
    send(client)
    assert post(client, f"{PAGE}/defaults", page=PAGE).status_code == 303
    assert "These are the usual rules." in get(client, PAGE)


def test_a_lead_sees_who_would_get_what_when_and_why(
    follow_up: FollowUp, signed_in: Browse
) -> None:
    page = text_of(get(signed_in(follow_up.mira), PAGE))
    assert "Who would get what" in page
    per = page.index("Per Lind", page.index("Who would get what"))
    assert page[per:].startswith("Per Lind (U)marked UNCLASSIFIED 1. Send the list They own it")
    assert "2. Name the points You own it; this is the reminder for" in page
    assert "3. Draft the map Nobody owns it yet, and you lead the dialogue" in page
    assert "CONFIDENTIAL" in page


def test_an_owner_sees_what_they_themselves_would_get(
    follow_up: FollowUp, signed_in: Browse
) -> None:
    page = text_of(get(signed_in(follow_up.per), PAGE))
    assert "What you would get" in page
    assert "1. Send the list You own it" in page
    assert "Name the points" not in page
    assert "Draft the map" not in page


def test_a_day_shows_what_would_go_out_on_it(follow_up: FollowUp, signed_in: Browse) -> None:
    client = signed_in(follow_up.mira)
    day = in_days(12)
    page = text_of(get(client, f"{PAGE}?on={day.isoformat()}"))
    assert f"On {date_in_words(day)}, if nothing goes out before:" in page
    assert "2. Name the points" in page
    empty = text_of(get(client, f"{PAGE}?on=2007-07-13"))
    assert "Nobody would be told anything" in empty
    assert "There is no such day" in text_of(get(client, f"{PAGE}?on=2008-02-30"))


def test_the_page_names_heads_and_says_who_is_missing(
    follow_up: FollowUp, world: World, signed_in: Browse
) -> None:
    desk = world.person("Border Desk", kind="office")
    head = world.person("Anna Keel")
    with world.database.transaction() as session:
        session.get_one(Contact, follow_up.per).office_id = desk
    client = signed_in(follow_up.mira)
    page = get(client, PAGE)
    assert "Border Desk: nobody heads it yet" in text_of(page)
    assert f'href="/people/{desk}/head"' in page
    assert post(client, f"/people/{desk}/head", {"head_id": str(head)}).status_code == 302
    page = text_of(get(client, PAGE))
    assert "Border Desk: Anna Keel takes no part in the dialogue" in page
    assert "HeadAnna Keel" in text_of(get(client, f"/people/{desk}"))


@pytest.mark.parametrize(
    ("chosen", "words"),
    [("bela", "Not a valid choice"), ("desk", "Not a valid choice"), (999, "Not a valid choice")],
)
def test_a_head_is_a_person_of_the_offices_own_side(
    chosen: str | int, words: str, follow_up: FollowUp, world: World, signed_in: Browse
) -> None:
    desk = world.person("Border Desk", kind="office")
    value = {"desk": desk, "bela": follow_up.bela}.get(str(chosen), chosen)
    client = signed_in(follow_up.mira)
    response = post(client, f"/people/{desk}/head", {"head_id": str(value)})
    assert response.status_code == 422
    assert words in response.get_data(as_text=True)
    assert get(client, f"/people/{follow_up.per}/head", 404)
    assert signed_in(follow_up.ivo).get(f"/people/{desk}/head").status_code == 403


# When you next hear from us.


def test_settings_say_when_the_person_next_hears_and_why(
    follow_up: FollowUp, signed_in: Browse
) -> None:
    page = text_of(get(signed_in(follow_up.mira), "/me/"))
    assert "When you next hear from us" in page
    assert "2. Name the points" in page
    assert "You own it; this is the reminder for" in page
    assert "no reminder is to come" in text_of(get(signed_in(follow_up.ivo), "/me/"))


def test_the_next_call_for_updates_is_among_what_comes(
    follow_up: FollowUp, signed_in: Browse
) -> None:
    with follow_up.world.database.transaction() as session:
        dialogue = session.get_one(Dialogue, follow_up.dialogue_id)
        period = Period(6, in_days(60), call_days=28, draft_days=7, is_on=True)
        set_period(session, dialogue, period, actor=follow_up.world.actor(follow_up.mira))
    page = text_of(get(signed_in(follow_up.mira), PAGE))
    calls = re.findall(r"A call for an update before the status report of \d+ \w+ \d{4}", page)
    assert len(calls) == 2
    assert "They answer for open tasks" in page
    own = text_of(get(signed_in(follow_up.per), PAGE))
    assert len(re.findall("A call for an update", own)) == 1


def test_an_approver_of_the_other_side_sees_their_approval_and_gets_there(
    world: World, signed_in: Browse
) -> None:
    room = Room(world)
    version = room.offer()
    client = signed_in(room.people["their_approver"])
    page = text_of(get(client, "/me/"))
    assert "Version 1 of the agreed list, meeting 1" in page
    assert "Your side has not approved it yet, and you may" in page
    response = client.get(f"/go/list/{version}")
    assert response.headers["Location"] == f"/dialogues/{SLUG}/meetings/1/list/1"
    outsider = signed_in(world.person("Zoe Away"))
    assert get(outsider, f"/go/list/{version}", 404) == get(outsider, "/go/list/999", 404)
    assert get(outsider, "/go/report/999", 404)
