"""What co-chairs see: their own edition, what is late, the portfolio, and questions to owners."""

from __future__ import annotations

import re

import pytest

from tests.services.reporting import Reporting, text_of
from tests.web.browser import post
from tests.web.follow_up import SIGN_IN, FollowUp, in_days
from tests.world import World

SLUG = "/dialogues/northland-sundria-border-talks"
STANDING = f"{SLUG}/standing"
ITEM = f"{SLUG}/shared/meetings/1/items/1"


@pytest.fixture
def reporting(world: World) -> Reporting:
    return Reporting(world)


def said(body: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_a_co_chair_sees_rating_figures_what_is_late_and_each_task(
    reporting: Reporting, world: World, signed_in: SIGN_IN
) -> None:
    world.task(reporting.dialogue_id, "Name the points", due_on=in_days(90))
    shown = said(signed_in(reporting.carla).get(STANDING).get_data(as_text=True))
    assert "Off track. Two of three tasks are overdue" in re.sub(r" ([.,])", r"\1", shown)
    assert "Late (2)" in shown
    assert "Ask the owner of task 1" in shown


def test_the_other_side_sees_shared_items_only_under_the_lists_numbers(
    reporting: Reporting, signed_in: SIGN_IN
) -> None:
    reporting.share(reporting.map_task, "Both sides draw a map.")
    client = signed_in(reporting.dan)
    body = client.get(STANDING).get_data(as_text=True)
    assert f'href="{ITEM}">Both sides draw a map.' in body
    for internal in ("Send the list", "Draft the map", "/standing/ask/", "/tasks/"):
        assert internal not in body
    assert client.get(f"{STANDING}/ask/1").status_code == 404
    assert "Both sides draw a map." in client.get(ITEM).get_data(as_text=True)


def test_the_other_side_finds_its_way_between_list_standing_and_reports(
    reporting: Reporting, signed_in: SIGN_IN
) -> None:
    reporting.share(reporting.list_task, "Both sides exchange lists.")
    client = signed_in(reporting.dan)
    for path in (f"{SLUG}/shared/", STANDING, f"{SLUG}/reports/"):
        body = client.get(path).get_data(as_text=True)
        for target in (f"{SLUG}/shared/", STANDING, f"{SLUG}/reports/"):
            assert f'href="{target}"' in body
    own = signed_in(reporting.mira).get(STANDING).get_data(as_text=True)
    assert "Meeting and cables" in own


def test_a_question_of_the_other_side_is_answered_by_mail_and_tells_nothing_internal(
    reporting: Reporting, world: World, signed_in: SIGN_IN
) -> None:
    world.task(reporting.dialogue_id, "Canary")
    reporting.share(reporting.map_task, "Both sides draw a map.")
    chair, owner = signed_in(reporting.dan), signed_in(reporting.mira)
    asked = post(chair, f"{ITEM}/ask", {"question": "Who draws\nit?"}, page=ITEM)
    assert asked.status_code == 303
    reporting.run(reporting.now.replace(year=2030))
    (mail,) = [m for m in reporting.mails() if "Who draws it?" in m.as_string()]
    assert "mira.okonjo" in str(mail["To"])
    assert "Dan Sand of Sundria asks about task 2, Draft the map" in text_of(mail)
    assert "Both sides will read your answer." in text_of(mail)
    page = said(owner.get(f"{SLUG}/questions/1").get_data(as_text=True))
    assert "a remark that both sides read" in page
    post(owner, f"{SLUG}/questions/1", {"text": "The survey does."})
    reporting.run(reporting.now.replace(year=2031))
    (back,) = [m for m in reporting.mails() if "The survey does." in m.as_string()]
    assert "dan.sand" in str(back["To"])
    assert "You asked about item 1 of meeting 1, Both sides draw a map." in text_of(back)
    for internal in ("Draft the map", "task 2", "Task 2", "Canary"):
        assert internal not in back.as_string()
    found = re.search(r"/reports/mail/\d+", text_of(back))
    assert found
    assert chair.get(found[0]).headers["Location"] == f"{ITEM}#questions"
    shown = said(chair.get(ITEM).get_data(as_text=True))
    assert "Dan Sand: Who draws it?" in shown
    assert "The survey does." in shown
    assert chair.get(f"{SLUG}/questions/1").status_code == 404


def test_who_may_not_ask_across_or_has_asked_already_is_refused(
    reporting: Reporting, world: World, signed_in: SIGN_IN
) -> None:
    reporting.share(reporting.list_task, "Both sides exchange lists.")
    chair = signed_in(reporting.dan)
    assert post(chair, f"{ITEM}/ask", {"question": " "}, page=ITEM).status_code == 422
    assert post(chair, f"{ITEM}/ask", {"question": "When?"}, page=ITEM).status_code == 303
    again = post(chair, f"{ITEM}/ask", {"question": "When?"}, page=ITEM)
    assert again.status_code == 422
    assert "has no answer yet" in again.get_data(as_text=True)
    own = signed_in(reporting.mira)
    assert post(own, f"{ITEM}/ask", {"question": "When?"}, page="/me/").status_code == 403
    stranger = signed_in(world.person("Zoe Fremd", party="Sundria"))
    assert post(stranger, f"{ITEM}/ask", {"question": "When?"}, page="/me/").status_code == 404


def test_our_own_questions_stay_with_our_side(reporting: Reporting, signed_in: SIGN_IN) -> None:
    reporting.share(reporting.list_task, "Both sides exchange lists.")
    post(signed_in(reporting.carla), f"{STANDING}/ask/1", {"text": "Who types it?"})
    post(signed_in(reporting.per), f"{SLUG}/questions/1", {"text": "The archive."})
    other = signed_in(reporting.dan)
    for path in (ITEM, STANDING, f"{SLUG}/shared/"):
        body = other.get(path).get_data(as_text=True)
        assert "Who types it?" not in body
        assert "The archive." not in body


def test_a_question_goes_to_the_owner_and_the_answer_comes_back(
    reporting: Reporting, signed_in: SIGN_IN
) -> None:
    chair, owner = signed_in(reporting.carla), signed_in(reporting.per)
    asked = post(chair, f"{STANDING}/ask/1", {"text": "Who types it?"})
    assert asked.status_code == 303
    reporting.run(reporting.now.replace(year=2030))
    (mail,) = [m for m in reporting.mails() if "Who types it?" in m.as_string()]
    assert "per.lind" in str(mail["To"])
    assert "Carla Holm asks about task 1, Send the list" in text_of(mail)
    post(owner, f"{SLUG}/questions/1", {"text": "The archive."})
    reporting.run(reporting.now.replace(year=2031))
    (back,) = [m for m in reporting.mails() if "The archive." in m.as_string()]
    assert "carla.holm" in str(back["To"])
    assert "Per Lind answers: The archive." in said(
        chair.get(f"{SLUG}/questions/1").get_data(as_text=True)
    ).replace("answers ", "answers: ")
    assert "The archive." in chair.get(f"{SLUG}/tasks/1").get_data(as_text=True)


def test_an_empty_question_is_asked_for_again(reporting: Reporting, signed_in: SIGN_IN) -> None:
    again = post(signed_in(reporting.carla), f"{STANDING}/ask/1", {"text": "  "})
    assert again.status_code == 422
    assert "Write your question." in again.get_data(as_text=True)


def test_readers_who_do_not_own_the_task_cannot_answer(
    reporting: Reporting, signed_in: SIGN_IN
) -> None:
    chair = signed_in(reporting.carla)
    post(chair, f"{STANDING}/ask/1", {"text": "Who types it?"})
    path = f"{SLUG}/questions/1"
    assert "<textarea" not in chair.get(path).get_data(as_text=True)
    refused = post(chair, path, {"text": "I do."}, page=f"{STANDING}/ask/1")
    assert refused.status_code == 403


def test_the_portfolio_shows_own_dialogues_with_their_worst_items(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    shown = said(signed_in(follow_up.mira).get("/standing/").get_data(as_text=True))
    assert "Northland-Sundria Border Talks" in shown
    assert "Fishing" not in shown
    assert "1 of 4 done" in shown
    assert "Send the list" in shown
    assert "no dialogue on our own side" in said(
        signed_in(follow_up.bela).get("/standing/").get_data(as_text=True)
    )


def test_strangers_find_no_standing(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    stranger = signed_in(follow_up.zoe)
    for path in (STANDING, f"{STANDING}/ask/1", f"{SLUG}/questions/1"):
        assert stranger.get(path).status_code == 404
