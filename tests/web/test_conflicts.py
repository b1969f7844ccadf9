"""Two people change one task at once: both versions are shown, and nobody's text is lost."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.web.follow_up import BOARD, LIST, SIGN_IN, FollowUp, fields_of, get, in_days, text_of

LATE = f"{LIST}/1"
EVIL = "<script>alert(1)</script>"


def open_form(client: FlaskClient, what: str, page: str = LATE) -> dict[str, Any]:
    """The form as it stands when its page is opened."""
    return fields_of(get(client, page), f"{LATE}/{what}")


def page_of(answer: TestResponse) -> str:
    """The page of a conflict; fails where it is none."""
    assert answer.status_code == 409
    return answer.get_data(as_text=True)


def test_both_versions_stand_side_by_side_with_what_changed_meanwhile(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    form = open_form(client, "update") | {"status": "agreed", "remark": "My long remark."}
    follow_up.change(follow_up.late, by=follow_up.per, status="done")
    page = page_of(client.post(f"{LATE}/update", data=form))
    (row,) = html.fromstring(page).xpath("//tbody/tr")
    assert [cell.text_content() for cell in row] == ["Status", "Done", "Agreed"]
    assert "Per Lind changed the status from Proposed to Done." in text_of(page)
    assert follow_up.stored(follow_up.late).status == "done"


def test_what_was_typed_can_be_sent_again_as_it_stands(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    form = open_form(client, "update") | {"status": "agreed", "remark": "My long remark."}
    follow_up.change(follow_up.late, by=follow_up.per, status="done")
    again = fields_of(page_of(client.post(f"{LATE}/update", data=form)), f"{LATE}/update")
    assert again["remark"].strip() == "My long remark."
    assert client.post(f"{LATE}/update", data=again).status_code == 303
    task = follow_up.stored(follow_up.late)
    assert (task.status, task.last_remark) == ("agreed", "My long remark.")


def test_what_one_did_not_touch_is_never_put_back(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    form = open_form(client, "update") | {"status": "agreed"}
    follow_up.change(follow_up.late, by=follow_up.per, due_on=in_days(50), reason="later")
    again = fields_of(page_of(client.post(f"{LATE}/update", data=form)), f"{LATE}/update")
    assert again["due_on"] == in_days(50).isoformat()
    client.post(f"{LATE}/update", data=again)
    task = follow_up.stored(follow_up.late)
    assert (task.status, task.due_on) == ("agreed", in_days(50))


def test_a_third_change_meanwhile_is_a_conflict_again(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    form = open_form(client, "update") | {"status": "agreed"}
    follow_up.change(follow_up.late, by=follow_up.per, status="done")
    again = fields_of(page_of(client.post(f"{LATE}/update", data=form)), f"{LATE}/update")
    follow_up.change(follow_up.late, by=follow_up.per, status="declined")
    page_of(client.post(f"{LATE}/update", data=again))
    assert follow_up.stored(follow_up.late).status == "declined"


def test_a_long_wording_survives_a_conflict_whole(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    typed = "First line.\nSecond line with “quotes” & <tags>.\n" + "More. " * 500
    form = open_form(client, "edit", f"{LATE}/edit") | {"text": typed}
    follow_up.change(follow_up.late, title="Send the whole list")
    page = page_of(client.post(f"{LATE}/edit", data=form))
    again = fields_of(page, f"{LATE}/edit")
    assert again["text"].strip() == typed.strip()
    assert again["title"] == "Send the whole list"
    client.post(f"{LATE}/edit", data=again)
    task = follow_up.stored(follow_up.late)
    assert (task.text, task.title) == (typed.strip(), "Send the whole list")


def test_a_hand_over_meets_one_made_meanwhile(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    form = open_form(client, "owners") | {"owners-name": "Bureau of Borders"}
    follow_up.change(follow_up.late, owners=())
    page = page_of(client.post(f"{LATE}/owners", data=form))
    assert "Bureau of Borders" in text_of(page)
    again = fields_of(page, f"{LATE}/owners")
    assert again["owners-name"] == "Bureau of Borders"
    client.post(f"{LATE}/owners", data=again)
    assert follow_up.stored(follow_up.late).owner_names == ["Bureau of Borders"]


def test_a_status_set_on_the_board_meets_the_same_page(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    form = open_form(client, "update", BOARD) | {"status": "agreed"}
    follow_up.change(follow_up.late, by=follow_up.per, status="done")
    answer = client.post(f"{LATE}/update", data=form, headers={"HX-Request": "true"})
    again = fields_of(page_of(answer), f"{LATE}/update")
    assert answer.headers["HX-Retarget"] == "#main"
    assert again["status"] == "agreed"
    saved = client.post(f"{LATE}/update", data=again)
    assert saved.location.startswith(BOARD)


@pytest.mark.parametrize("what", ["update", "edit"])
def test_markup_is_text_on_the_page_of_a_conflict_too(
    follow_up: FollowUp, signed_in: SIGN_IN, what: str
) -> None:
    client = signed_in(follow_up.mira)
    form = open_form(client, what, LATE if what == "update" else f"{LATE}/edit")
    form |= {"status": "done", "remark": EVIL} if what == "update" else {"text": EVIL}
    follow_up.change(follow_up.late, title=EVIL, status="agreed", reason=EVIL)
    page = page_of(client.post(f"{LATE}/{what}", data=form))
    assert EVIL not in page
    assert page.count("&lt;script&gt;") >= 3


def test_a_forged_or_missing_version_is_a_conflict_and_no_error(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    for seen, version in (("", ""), ("x y=z", "x"), ("-5", "-5"), ("99 status", "9" * 30)):
        form = open_form(client, "update") | {"status": "done", "seen": seen, "version": version}
        page_of(client.post(f"{LATE}/update", data=form))
    assert follow_up.stored(follow_up.late).status == "proposed"
