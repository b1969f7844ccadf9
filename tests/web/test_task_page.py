"""The page of a task: what it shows to whom, and what people change on it."""

from __future__ import annotations

import pytest
from lxml import html

from tests.web.browser import post
from tests.web.follow_up import (
    BOARD,
    LIST,
    SIGN_IN,
    FollowUp,
    fields_of,
    get,
    in_days,
    text_of,
    without_tokens,
)
from tests.world import NOW, World
from tracker.models import Candidate
from tracker.policy.statuses import date_in_words
from tracker.services.review_candidates import accept_candidate

LATE = f"{LIST}/1"
EVIL = "<script>alert(1)</script>"


def test_it_says_what_is_due_by_whom_and_how_late(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    said = text_of(get(signed_in(follow_up.mira), LATE))
    for words in ("Send the list", "5 days late", date_in_words(in_days(-5)), "Per Lind"):
        assert words in said


def test_an_update_saves_status_date_and_remark_in_one_go(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.per)
    form = fields_of(get(client, LATE), f"{LATE}/update")
    form |= {
        "status": "in_progress",
        "due_on": in_days(20).isoformat(),
        "reason": "the ministry's reply is outstanding",
        "remark": "I called twice.",
    }
    answer = client.post(f"{LATE}/update", data=form, follow_redirects=True)
    said = text_of(answer.get_data(as_text=True))
    assert "Task 1 was saved" in said
    assert "Per Lind changed the status from Proposed to In progress" in said
    assert "I called twice." in said
    task = follow_up.stored(follow_up.late)
    assert (task.status, task.due_on, task.due_basis) == ("in_progress", in_days(20), "extended")
    assert [c.field for c in follow_up.history(follow_up.late)] == ["created", "status", "due_on"]


def test_a_form_sent_as_it_stood_changes_nothing_and_says_so(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, LATE), f"{LATE}/update")
    answer = client.post(f"{LATE}/update", data=form, follow_redirects=True)
    assert "nothing in the form was changed" in text_of(answer.get_data(as_text=True))
    assert len(follow_up.history(follow_up.late)) == 1


def test_a_date_without_a_reason_is_asked_for_it_and_nothing_typed_is_lost(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, LATE), f"{LATE}/update")
    form |= {"due_on": in_days(20).isoformat(), "remark": "Typed with care."}
    answer = client.post(f"{LATE}/update", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Say why the due date moves" in page
    assert fields_of(page, f"{LATE}/update")["remark"].strip() == "Typed with care."
    assert follow_up.stored(follow_up.late).due_on == in_days(-5)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("status", "finished", "Not a valid choice"),
        ("status", "deferred", "Say until when it is deferred"),
        ("due_on", "2008-02-31", "There is no such day"),
        ("due_on", "", "can be moved, not taken away"),
        ("reason", "a\u2028b", "on one line"),
        ("remark", "x" * 50_001, "at most 50,000"),
    ],
)
def test_bad_input_is_told_at_its_field_and_changes_nothing(
    follow_up: FollowUp, signed_in: SIGN_IN, field: str, value: str, words: str
) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, LATE), f"{LATE}/update") | {field: value}
    answer = client.post(f"{LATE}/update", data=form)
    assert answer.status_code == 422
    assert words in text_of(answer.get_data(as_text=True))
    assert len(follow_up.history(follow_up.late)) == 1


def test_a_null_byte_in_a_remark_is_dropped(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, LATE), f"{LATE}/update") | {"remark": "a\x00b"}
    assert client.post(f"{LATE}/update", data=form).status_code == 303
    assert follow_up.stored(follow_up.late).last_remark == "ab"


def test_a_task_is_deferred_until_a_day(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, LATE), f"{LATE}/update")
    form |= {"status": "deferred", "deferred_until": in_days(100).isoformat()}
    client.post(f"{LATE}/update", data=form)
    assert follow_up.stored(follow_up.late).deferred_until == in_days(100)
    assert f"until {date_in_words(in_days(100))}" in text_of(get(client, LATE))


@pytest.mark.parametrize("day", ["", "1990-01-01"])
def test_a_deferred_task_keeps_a_day_to_come(
    follow_up: FollowUp, signed_in: SIGN_IN, day: str
) -> None:
    client = signed_in(follow_up.mira)
    follow_up.change(follow_up.late, status="deferred", deferred_until=in_days(100))
    form = fields_of(get(client, LATE), f"{LATE}/update") | {"deferred_until": day}
    answer = client.post(f"{LATE}/update", data=form)
    assert answer.status_code == 422
    words = "a day that is still to come" if day else "until when it is deferred"
    assert words in text_of(answer.get_data(as_text=True))
    assert follow_up.stored(follow_up.late).deferred_until == in_days(100)


def test_an_owner_changes_their_own_task_only(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.per)
    assert "/update" in get(client, LATE)
    assert "/update" not in get(client, f"{LIST}/2")
    answer = post(client, f"{LIST}/2/update", {"status": "done"}, page=LATE)
    assert answer.status_code == 403
    assert follow_up.stored(follow_up.soon).status == "proposed"


def test_a_reader_sees_the_task_and_no_form(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.ivo)
    tree = html.fromstring(get(client, LATE))
    assert tree.xpath("//main//form") == []
    assert "You can read this task" in tree.text_content()
    for path in ("update", "owners", "edit"):
        answer = post(client, f"{LATE}/{path}", {"status": "done"}, page="/")
        assert answer.status_code == 403
    assert client.get(f"{LATE}/edit").status_code == 403


@pytest.mark.parametrize("who", ["zoe", "bela"])
@pytest.mark.parametrize("path", ["", "/update", "/owners", "/edit"])
def test_what_is_not_ones_own_looks_like_what_does_not_exist(
    follow_up: FollowUp, signed_in: SIGN_IN, who: str, path: str
) -> None:
    client = signed_in(getattr(follow_up, who))
    theirs, none = f"{LATE}{path}", f"{LIST}/999{path}"
    if path in ("", "/edit"):
        assert get(client, theirs, 404) == get(client, none, 404)
    if path:
        bodies = [without_tokens(post(client, one, {}, page="/me/").text) for one in (theirs, none)]
        assert bodies[0] == bodies[1]
        assert post(client, theirs, {}, page="/me/").status_code == 404


@pytest.mark.parametrize("number", ["0", "999999999999999999999", "-1", "x"])
def test_odd_numbers_are_pages_that_do_not_exist(
    follow_up: FollowUp, signed_in: SIGN_IN, number: str
) -> None:
    get(signed_in(follow_up.mira), f"{LIST}/{number}", 404)


def test_without_a_token_nothing_changes(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    answer = signed_in(follow_up.mira).post(f"{LATE}/update", data={"status": "done"})
    assert answer.status_code == 400
    assert follow_up.stored(follow_up.late).status == "proposed"


def test_a_task_is_handed_over_to_somebody_of_the_directory(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.per)
    form = fields_of(get(client, LATE), f"{LATE}/owners")
    form |= {"owners-contact": str(follow_up.mira), "owners-reason": "I rotate in May"}
    client.post(f"{LATE}/owners", data=form)
    task = follow_up.stored(follow_up.late)
    assert [owner.contact_id for owner in task.owners] == [follow_up.mira]
    said = text_of(get(client, LATE))
    assert "Per Lind handed the task over from Per Lind to Mira Okonjo: I rotate in May" in said


def test_an_owner_may_stay_beside_a_new_one_who_is_only_a_name(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, LATE), f"{LATE}/owners")
    form |= {"owners-name": "Bureau of Borders", "owners-keep": f"{follow_up.per}|Per Lind"}
    client.post(f"{LATE}/owners", data=form)
    assert follow_up.stored(follow_up.late).owner_names == ["Per Lind", "Bureau of Borders"]
    assert "not in the directory" in get(client, LATE)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"owners-contact": "999999"}, "Not a valid choice"),
        ({"owners-name": "Per\r\nBcc: x@example.org"}, "on one line"),
        ({"owners-keep": "{per}|Per Lind"}, "Choose who takes the task over"),
    ],
)
def test_a_bad_hand_over_opens_its_form_again(
    follow_up: FollowUp, signed_in: SIGN_IN, data: dict[str, str], words: str
) -> None:
    filled = {name: value.format(per=follow_up.per) for name, value in data.items()}
    answer = post(signed_in(follow_up.mira), f"{LATE}/owners", filled, page=LATE)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in text_of(page)
    assert html.fromstring(page).xpath("//details[@id='hand-over'][@open]")
    assert follow_up.stored(follow_up.late).owner_names == ["Per Lind"]


def test_an_editor_changes_the_wording(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, f"{LATE}/edit"), f"{LATE}/edit")
    form |= {"title": "Send the full list", "text": "All points.", "kind": "request"}
    answer = client.post(f"{LATE}/edit", data=form, follow_redirects=True)
    said = text_of(answer.get_data(as_text=True))
    assert "changed the title from “Send the list” to “Send the full list”" in said
    task = follow_up.stored(follow_up.late)
    assert (task.title, task.text, task.kind) == ("Send the full list", "All points.", "request")
    assert task.responsible_names == ["Northland"]


@pytest.mark.parametrize(
    ("title", "words"),
    [("", "Give the task a title"), ("x" * 201, "at most 200"), ("a\nb", "on one line")],
)
def test_a_bad_title_is_refused_with_the_text_kept(
    follow_up: FollowUp, signed_in: SIGN_IN, title: str, words: str
) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, f"{LATE}/edit"), f"{LATE}/edit")
    form |= {"title": title, "text": "A long text, typed with care."}
    answer = client.post(f"{LATE}/edit", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in text_of(page)
    assert "A long text, typed with care." in page


def test_a_hidden_marking_is_ignored(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, f"{LIST}/3/edit"), f"{LIST}/3/edit") | {"marking": "U"}
    client.post(f"{LIST}/3/edit", data={**form, "title": "Draft a map"})
    task = follow_up.stored(follow_up.later)
    assert (task.title, task.marking) == ("Draft a map", "C")


def test_the_banner_is_that_of_what_is_shown(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    banners = "//*[contains(@class, 'marking-banner')]/text()"
    assert html.fromstring(get(client, f"{LIST}/3")).xpath(banners) == ["CONFIDENTIAL"] * 2
    assert html.fromstring(get(client, f"{LIST}/1")).xpath(banners) == ["UNCLASSIFIED"] * 2


def test_markup_in_titles_remarks_and_names_is_text(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    follow_up.change(follow_up.late, title=EVIL, remark=EVIL, reason=EVIL)
    follow_up.rename(f"Talks {EVIL}")
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, LATE), f"{LATE}/owners") | {"owners-name": EVIL}
    client.post(f"{LATE}/owners", data=form)
    for path in (LATE, f"{LATE}/edit", LIST, BOARD, f"{BOARD}?by=owner", "/", "/dialogues/"):
        page = get(client, path)
        assert EVIL not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_task_added_by_hand_has_the_default_date_until_somebody_changes_it(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, f"{LIST}/new"), f"{LIST}/new")
    assert form["due_on"] == "2008-01-10"
    form |= {"title": "Count the gates", "contact": str(follow_up.per)}
    answer = client.post(f"{LIST}/new", data=form)
    assert answer.location == f"{LIST}/5"
    said = text_of(get(client, f"{LIST}/5"))
    assert "Task 5 was added" in said
    assert "Mira Okonjo added this task: proposed, due 10 January 2008 (by default" in said
    assert "Per Lind" in said


def test_a_task_without_a_title_is_asked_for_one(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, f"{LIST}/new"), f"{LIST}/new") | {"text": "Kept words"}
    answer = client.post(f"{LIST}/new", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Give the task a title" in page
    assert "Kept words" in page


def test_only_editors_add_tasks(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    for who, code in ((follow_up.per, 403), (follow_up.ivo, 403), (follow_up.zoe, 404)):
        client = signed_in(who)
        get(client, f"{LIST}/new", code)
        assert post(client, f"{LIST}/new", {"title": "No"}, page="/").status_code == code


def test_the_passage_stands_lit_in_its_paragraph_with_a_way_into_the_source(
    world: World, signed_in: SIGN_IN
) -> None:
    cable_id = world.baku()
    lead = world.person("Anne Moss", party="United States")
    with world.database.reading() as session:
        candidate = session.query(Candidate).filter_by(cable_id=cable_id).first()
        assert candidate is not None
        dialogue_id = candidate.cable.dialogue_id
        candidate_id = candidate.id
    assert dialogue_id is not None
    world.join(dialogue_id, lead, "lead")
    actor = world.actor(lead)
    with world.database.transaction() as session:
        candidate = session.get_one(Candidate, candidate_id)
        task = accept_candidate(session, candidate, actor=actor, now=NOW, today=NOW.date())
        start, end, text = task.span_start, task.span_end, candidate.cable.text
        address = f"/dialogues/{task.dialogue.slug}/tasks/{task.number}"
    tree = html.fromstring(get(signed_in(lead), address))
    (lit,) = tree.xpath("//div[@class='passage']/mark")
    assert lit.text_content() == text[start:end]
    link = f"/cables/{cable_id}/source?from={start}&to={end}#passage"
    assert tree.xpath(f"//a[@href='{link}']")
    assert "counts from 10 July 2007" in " ".join(tree.text_content().split())


def test_a_remark_by_somebody_else_is_no_conflict(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, LATE), f"{LATE}/update") | {"status": "done"}
    follow_up.change(follow_up.late, by=follow_up.per, remark="Nearly there.")
    assert client.post(f"{LATE}/update", data=form).status_code == 303
    assert follow_up.stored(follow_up.late).status == "done"
