"""The pages of the room: preparing a meeting, its log, its agreed list, what both sides share."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.datastructures import MultiDict

from tests.room import BOTH, LINES, PASSWORD, Room
from tests.web.browser import csrf_token, post
from tests.web.follow_up import fields_of, get, in_days, text_of
from tests.world import World
from tracker.models import Account, AgreedList
from tracker.policy.agreed_list import verify_export
from tracker.queries.accounts import find_account_of
from tracker.queries.meetings import get_line, log_of
from tracker.services.set_password import set_password
from tracker.services.write_log import NewLine

SLUG = "northland-sundria-border-talks"
MEETING = f"/dialogues/{SLUG}/meetings/1"
LOG = f"{MEETING}/log"
LIST = f"{MEETING}/list/1"
SHARED = f"/dialogues/{SLUG}/shared"
SignedIn = Callable[[int], FlaskClient]


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


@pytest.fixture
def sign_in(room: Room, signed_in: SignedIn) -> Callable[[str], FlaskClient]:
    """A browser of somebody of the room, whose password is PASSWORD."""

    def open_browser(who: str) -> FlaskClient:
        client = signed_in(room.people[who])
        with room.database.transaction() as session:
            account = find_account_of(session, room.people[who])
            assert account is not None
            kept = _session_of(session, account)
            set_password(session, account, PASSWORD, keep_session_id=kept)
        return client

    return open_browser


def _session_of(session, account: Account) -> int:
    from sqlalchemy import select

    from tracker.models import SignInSession

    return session.scalars(
        select(SignInSession.id).where(SignInSession.account_id == account.id)
    ).one()


Browser = Callable[[str], FlaskClient]


def test_the_lines_alone_are_asked_for_and_answered_only_where_they_changed(
    room: Room, sign_in: Callable[[str], FlaskClient]
) -> None:
    client = sign_in("notetaker")
    known = re.search(r'data-known="(\w+)"', client.get(LOG).get_data(as_text=True))
    assert known
    assert client.get(f"{LOG}/lines?known={known[1]}").status_code == 204
    room.write("Open the road")
    answer = client.get(f"{LOG}/lines?known={known[1]}")
    assert "Open the road" in answer.get_data(as_text=True)
    same = client.get(f"{LOG}/lines?known={answer.headers['X-Log-Known']}")
    assert same.status_code == 204
    assert sign_in("their_lead").get(f"{LOG}/lines").status_code == 404


def test_every_page_of_the_room_opens_for_an_editor(room: Room, sign_in: Browser) -> None:
    room.world.task(room.dialogue_id, "Press for the road", kind="objective")
    room.agree()
    editor = sign_in("editor")
    for path in (
        MEETING,
        LOG,
        f"{LOG}/1",
        f"{MEETING}/prepare",
        f"{MEETING}/agenda",
        f"{MEETING}/close",
        LIST,
        f"{SHARED}/",
        f"{SHARED}/meetings/1",
        f"{SHARED}/meetings/1/items/1",
        f"{SHARED}/meetings/1/list/1",
        "/shared/",
    ):
        get(editor, path)
    assert editor.get(f"{MEETING}/list").status_code == 302


def test_a_line_is_written_without_script(room: Room, sign_in: Browser) -> None:
    client = sign_in("notetaker")
    answer = post(
        client,
        LOG,
        {"client_id": "client-0001", "typed": "Open the road !whenever", "agenda": "2"},
    )
    assert answer.status_code == 303
    page = text_of(get(client, answer.headers["Location"]))
    assert "Open the road !whenever" in page
    assert "is no date that the tracker can read" in page


def test_going_back_to_the_form_loses_no_line_and_doubles_none(
    room: Room, sign_in: Browser
) -> None:
    """The page that the browser keeps has the id of the line that was sent from it."""
    client = sign_in("notetaker")
    form = fields_of(get(client, LOG), LOG)
    for typed in ("First", "Second", "Second", "First"):
        assert post(client, LOG, {**form, "typed": typed}).status_code == 303
    with room.database.reading() as session:
        lines = [entry.text for entry in log_of(session, room.meeting(session))]
    assert lines == ["First", "Second"]


def test_a_line_that_one_kept_is_not_sent_under_anothers_name(room: Room, sign_in: Browser) -> None:
    kept = fields_of(get(sign_in("notetaker"), LOG), LOG)
    other = sign_in("editor")
    data = {**kept, "typed": "Said by Ilse", "csrf_token": csrf_token(other, LOG)}
    assert other.post(LOG, data=data, headers={"X-Log": "1"}).status_code == 409
    with room.database.reading() as session:
        assert log_of(session, room.meeting(session)) == []


def test_an_agenda_item_that_is_none_leaves_the_line_without(room: Room, sign_in: Browser) -> None:
    client = sign_in("notetaker")
    form = {**fields_of(get(client, LOG), LOG), "typed": "Open the road"}
    for agenda in ("99", "1\r\nSet-Cookie: x=y", "&task=1#x"):
        answer = post(client, LOG, {**form, "agenda": agenda})
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"{LOG}?agenda=#line"


def test_the_script_gets_the_lines_and_which_one_is_stored(room: Room, sign_in: Browser) -> None:
    client = sign_in("notetaker")
    data = {"client_id": "client-0001", "typed": "Open the road", "agenda": ""}
    for _ in range(2):
        answer = post(client, LOG, data, headers={"X-Log": "1"})
        assert (answer.status_code, answer.headers["X-Log-Stored"]) == (200, "client-0001")
        assert answer.get_data(as_text=True).count('class="log-line ') == 1
    refused = post(client, LOG, {**data, "client_id": "x"}, headers={"X-Log": "1"})
    assert refused.status_code == 422
    assert "without its mark" in refused.get_data(as_text=True)


def test_what_is_written_is_shown_and_not_run(room: Room, sign_in: Browser) -> None:
    text = "<script>alert(1)</script> @<b>x</b>"
    room.write(NewLine("client-01", text, responsible=BOTH))
    room.agree([])
    editor = sign_in("editor")
    for path in (LOG, LIST, f"{SHARED}/", f"{SHARED}/meetings/1/items/1", f"{LOG}/1"):
        page = get(editor, path)
        assert "<script>alert" not in page
        assert "<b>x</b>" not in page
        assert "&lt;script&gt;" in page


def test_two_people_changing_a_line_see_both_texts(room: Room, sign_in: Browser) -> None:
    room.write("Open the road")
    client = sign_in("notetaker")
    data = {"typed": "Open the road in May", "agenda": "1", "state": "open", "version": "1"}
    assert post(client, f"{LOG}/1", data).status_code == 303
    answer = post(client, f"{LOG}/1", {**data, "typed": "Open the road in June"})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "Open the road in May" in page
    assert "Open the road in June" in page


def test_an_objective_is_turned_into_a_line_with_its_link(room: Room, sign_in: Browser) -> None:
    room.world.task(room.dialogue_id, "Press for the road", kind="objective")
    client = sign_in("notetaker")
    page = get(client, f"{LOG}?task=1&state=dropped")
    assert 'value="Press for the road"' in page
    data = {"client_id": "client-0001", "typed": "The road", "task": "1", "state": "dropped"}
    assert post(client, LOG, data).status_code == 422
    assert post(client, LOG, {**data, "reason": "No money"}).status_code == 303
    with room.database.reading() as session:
        [entry] = log_of(session, room.meeting(session))
        assert (entry.task.number, entry.state) == (1, "dropped")


def test_from_log_to_agreed_list_over_the_pages(room: Room, sign_in: Browser) -> None:
    room.write(*LINES)
    editor = sign_in("editor")
    drawn = post(editor, f"{MEETING}/list", page=LOG)
    assert drawn.headers["Location"] == LIST
    sha256 = field_of(get(editor, LIST), "sha256")
    offered = post(editor, f"{LIST}/offer", {"sha256": sha256, "marking": "SBU"}, page=LIST)
    assert offered.status_code == 303
    for who in ("approver", "their_approver"):
        client = sign_in(who)
        sha256 = field_of(get(client, LIST), "sha256")
        wrong = post(client, f"{LIST}/approve", {"sha256": sha256, "password": "no"}, page=LIST)
        assert wrong.status_code == 422
        assert "not your password" in wrong.get_data(as_text=True)
        done = post(client, f"{LIST}/approve", {"sha256": sha256, "password": PASSWORD}, page=LIST)
        assert done.status_code == 303
    page = text_of(get(editor, LIST))
    assert "Agreed. Approved by both sides" in page
    assert "Approved by Jonas Kirr" in page
    exported = json.loads(get(editor, f"{LIST}/agreed-list.json"))
    assert verify_export(exported) == []


def field_of(page: str, name: str) -> str:
    """The value of a hidden field."""
    from lxml import html

    return str(html.fromstring(page).xpath(f"//input[@name='{name}']/@value")[0])


def test_what_the_log_leaves_open_is_asked_before_a_list_is_drawn_up(
    room: Room, sign_in: Browser
) -> None:
    room.write(
        NewLine("client-01", "Open the road"),
        NewLine("client-02", "Send the maps !31 February", responsible=BOTH),
        NewLine("client-03", "Keep in touch", responsible=BOTH),
    )
    editor = sign_in("editor")
    asked = post(editor, f"{MEETING}/list", page=MEETING)
    assert asked.headers["Location"] == f"{LOG}/questions"
    page = text_of(get(editor, f"{LOG}/questions"))
    assert "Line 1" in page
    assert "“31 February” was not understood" in page
    assert "Keep in touch" not in page
    answers = {"line-1-version": "1", "line-2-version": "1", "act": "draw"}
    left = post(editor, f"{LOG}/questions", answers, page=f"{LOG}/questions")
    assert left.status_code == 422
    assert "Choose who must act." in text_of(left.get_data(as_text=True))
    answers |= {"line-1-who": "Sundria", "line-2-typed": "Send the maps !28 February"}
    drawn = post(editor, f"{LOG}/questions", answers, page=f"{LOG}/questions")
    assert drawn.headers["Location"] == LIST
    listed = text_of(get(editor, LIST))
    assert "Open the road Agenda" not in listed
    assert "28 February 2008" in listed
    assert "31 February" not in listed


def test_an_answer_does_not_write_over_what_somebody_else_has_changed(
    room: Room, sign_in: Browser
) -> None:
    room.write(NewLine("client-01", "Open the road"))
    editor, notetaker = sign_in("editor"), sign_in("notetaker")
    change = {"typed": "Open the bridge", "version": "1", "state": "open"}
    assert post(editor, f"{LOG}/1", change, page=f"{LOG}/1").status_code == 303
    late = {"line-1-version": "1", "line-1-who": "Sundria"}
    answered = post(notetaker, f"{LOG}/questions", late, page=f"{LOG}/questions")
    assert answered.status_code == 422
    assert "Somebody else changed this line" in answered.get_data(as_text=True)
    late["line-1-version"] = "2"
    answered = post(notetaker, f"{LOG}/questions", late, page=f"{LOG}/questions")
    assert answered.headers["Location"] == LOG


def test_a_date_that_was_not_understood_stays_marked_until_it_is_mended(
    room: Room, sign_in: Browser
) -> None:
    room.write("Open the road !31 February", "Send the maps !15 Dec 2350")
    editor = sign_in("editor")
    for _ in range(2):
        page = text_of(get(editor, LOG))
        assert "Date not understood: “31 February”" in page
        assert "Date not understood: “15 Dec 2350”" in page
        assert "2 lines leave open" in page
    change = {"typed": "Open the road !28 February", "version": "1", "state": "open"}
    post(editor, f"{LOG}/1", {**change, "who": "*"}, page=f"{LOG}/1")
    assert "31 February" not in text_of(get(editor, LOG))


def test_a_draft_drawn_anew_meanwhile_is_not_offered_unseen(room: Room, sign_in: Browser) -> None:
    room.write(LINES[0])
    editor = sign_in("editor")
    post(editor, f"{MEETING}/list", page=LOG)
    seen = field_of(get(editor, LIST), "sha256")
    room.write(LINES[1])
    post(editor, f"{MEETING}/list", page=LOG)
    answer = post(editor, f"{LIST}/offer", {"sha256": seen, "marking": "U"}, page=LIST)
    assert answer.status_code == 409


def test_guessing_the_password_at_approval_is_slowed_down(room: Room, sign_in: Browser) -> None:
    room.offer()
    client = sign_in("approver")
    token = csrf_token(client, LIST)
    data = {"csrf_token": token, "sha256": "x", "password": "wrong"}
    codes = [client.post(f"{LIST}/approve", data=data).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]


def test_consent_on_paper_is_recorded_and_the_paper_given_back(
    room: Room, sign_in: Browser
) -> None:
    version_id = room.offer()
    editor = sign_in("editor")
    page = get(editor, LIST)
    with room.database.reading() as session:
        version = session.get_one(AgreedList, version_id)
        parties = {e.party.name: e.party_id for e in version.meeting.dialogue.parties}
    data = {
        "sha256": field_of(page, "sha256"),
        "party_id": str(parties["Sundria"]),
        "given_by": "Minister Ana Brell",
        "given_on": "2007-07-11",
    }
    kind = {"content_type": "multipart/form-data", "page": LIST}
    assert post(editor, f"{LIST}/consent", data, **kind).status_code == 422
    data["paper"] = (io.BytesIO(b"%PDF-1.4 <script>"), "scan <x>.pdf")
    assert post(editor, f"{LIST}/consent", data, **kind).status_code == 303
    paper = editor.get(f"{LIST}/papers/{parties['Sundria']}")
    assert paper.data == b"%PDF-1.4 <script>"
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert paper.content_type == "application/octet-stream"
    theirs = sign_in("their_lead")
    assert theirs.get(f"{LIST}/papers/{parties['Sundria']}").status_code == 404


def test_the_other_side_works_on_the_shared_pages(room: Room, sign_in: Browser) -> None:
    room.agree()
    client = sign_in("their_lead")
    item = f"{SHARED}/meetings/1/items/2"
    seen = fields_of(get(client, item), item)
    done = post(client, item, {**seen, "status": "done", "remark": "Named yesterday."})
    assert done.status_code == 303
    assert "Named yesterday." in get(client, item)
    theirs = post(
        client,
        f"{item}/amend",
        {
            "text": "Name two points of contact",
            "owners": "Ruta Velm",
            "due_on": "2009-03-31",
            "reason": "One is ill",
        },
        page=item,
    )
    assert theirs.status_code == 303
    assert "31 March 2009" in text_of(get(client, item))
    editor = sign_in("editor")
    page = get(editor, LIST)
    assert "Name two points of contact" in page
    assert "31 March 2009" in text_of(page)
    assert post(editor, f"{MEETING}/amendments/1/accept", page=LIST).status_code == 303
    second = text_of(get(editor, f"{MEETING}/list/2"))
    assert "What changed since version 1" in second


def test_a_remark_alone_leaves_the_status_that_somebody_else_has_set(
    room: Room, sign_in: Browser
) -> None:
    room.agree()
    item = f"{SHARED}/meetings/1/items/2"
    first, second = sign_in("their_lead"), sign_in("their_approver")
    seen = fields_of(get(first, item), item)
    done = {**fields_of(get(second, item), item), "status": "done"}
    assert post(second, item, done).status_code == 303
    assert post(first, item, {**seen, "remark": "We ask for a week."}).status_code == 303
    page = get(first, item)
    assert "We ask for a week." in page
    assert fields_of(page, item)["status"] == "done"


def test_two_who_set_a_status_at_once_are_shown_both(room: Room, sign_in: Browser) -> None:
    room.agree()
    item = f"{SHARED}/meetings/1/items/2"
    first, second = sign_in("their_lead"), sign_in("their_approver")
    seen = fields_of(get(first, item), item)
    done = {**fields_of(get(second, item), item), "status": "done"}
    assert post(second, item, done).status_code == 303
    answer = post(first, item, {**seen, "status": "in_progress", "remark": "We began."})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "Somebody else set another status" in page
    kept = fields_of(page, item)
    assert (kept["status"], kept["remark"].strip()) == ("in_progress", "We began.")
    assert "StatusDone" in text_of(page)
    assert post(first, item, kept).status_code == 303
    assert fields_of(get(second, item), item)["status"] == "in_progress"


def test_who_does_not_act_for_an_item_adds_a_remark_only(room: Room, sign_in: Browser) -> None:
    room.agree()
    item = f"{SHARED}/meetings/1/items/1"
    for who in ("their_lead", "notetaker"):
        client = sign_in(who)
        form = fields_of(get(client, item), item)
        assert "status" not in form
        assert post(client, item, {**form, "remark": f"Said by {who}."}).status_code == 303
        assert post(client, item, {**form, "status": "done"}).status_code == 422
        page = get(client, item)
        assert f"Said by {who}." in page
        assert "StatusAgreed" in text_of(page)


def test_an_item_is_deferred_until_a_day(room: Room, sign_in: Browser) -> None:
    room.agree()
    client = sign_in("their_lead")
    item = f"{SHARED}/meetings/1/items/2"
    until = {"status": "deferred", "deferred_until": in_days(90).isoformat()}
    assert post(client, item, {**fields_of(get(client, item), item), **until}).status_code == 303
    form = fields_of(get(client, item), item)
    answer = post(client, item, {**form, "deferred_until": ""})
    assert answer.status_code == 422
    assert "Say until when" in answer.get_data(as_text=True)


def test_a_page_that_shows_what_stood_before_carries_that_marking_too(
    room: Room, sign_in: Browser
) -> None:
    room.offer(marking="S")
    room.offer(["One more point"], marking="U")
    with room.database.transaction() as session:
        entry = get_line(session, room.meeting(session), 1)
        entry.text = "Send another list"
    room.offer([], marking="U")
    for who in ("editor", "their_lead"):
        client = sign_in(who)
        assert "SECRET" in get(client, f"{MEETING}/list/2")
        assert "SECRET" not in get(client, f"{MEETING}/list/3")


def test_an_offer_is_taken_back_with_a_reason(room: Room, sign_in: Browser) -> None:
    room.offer()
    editor = sign_in("editor")
    form = fields_of(get(editor, LIST), f"{LIST}/withdraw")
    assert post(editor, f"{LIST}/withdraw", {**form, "reason": " "}, page=LIST).status_code == 422
    theirs = sign_in("their_lead")
    assert "Take this offer back" not in get(theirs, LIST)
    assert post(theirs, f"{LIST}/withdraw", {"reason": "No"}, page=LIST).status_code == 404
    done = post(editor, f"{LIST}/withdraw", {**form, "reason": "Too early"}, page=LIST)
    assert done.status_code == 303
    assert "Withdrawn." in text_of(get(editor, LIST))


def test_two_editors_of_one_agenda_delete_nothing_of_each_other(
    room: Room, sign_in: Browser
) -> None:
    page, agenda = f"{MEETING}/prepare", f"{MEETING}/agenda"
    one, other = sign_in("editor"), sign_in("lead")
    row = {"label": "3", "title": "Customs", "held_on": "", "from_time": "", "to_time": ""}
    seen = get(one, page)

    def with_row(row: dict[str, str], shown: str) -> dict[str, list[str]]:
        form = html.fromstring(shown).xpath(f"//form[@action='{agenda}']")[0]
        data = MultiDict(form.form_values())
        for name, value in {"item": "", "order": "9", **row}.items():
            if row:
                data.add(name, value)
        return dict(data.lists())

    added = with_row(row, get(other, page))
    assert post(other, agenda, added, page=page).status_code == 303
    late = with_row({**row, "label": "4", "title": "Fishing"}, seen)
    answer = post(one, agenda, late, page=page)
    assert answer.status_code == 409
    shown = answer.get_data(as_text=True)
    assert "Customs" in shown
    assert "Fishing" in shown
    assert post(one, agenda, with_row({}, shown), page=page).status_code == 303
    with room.database.reading() as session:
        titles = [item.title for item in room.meeting(session).agenda]
    assert sorted(titles) == ["Crossings", "Customs", "Exercises", "Fishing"]


def test_days_that_somebody_else_has_set_meanwhile_are_told(room: Room, sign_in: Browser) -> None:
    page, days = f"{MEETING}/prepare", f"{MEETING}/days"
    one, other = sign_in("editor"), sign_in("lead")
    seen = fields_of(get(one, page), days)
    theirs = {**fields_of(get(other, page), days), "place": "Old Town Hall"}
    assert post(other, days, theirs, page=page).status_code == 303
    answer = post(one, days, {**seen, "place": "Castle"}, page=page)
    assert answer.status_code == 409
    shown = answer.get_data(as_text=True)
    assert "Old Town Hall" in shown
    assert fields_of(shown, days)["place"] == "Castle"


def test_the_log_carries_the_marking_of_what_its_lines_come_from(
    room: Room, sign_in: Browser
) -> None:
    room.world.task(room.dialogue_id, "Press for the road", kind="objective", marking="S//NF")
    room.write(NewLine("client-01", "Press for the road", task_number=1))
    client = sign_in("notetaker")
    for path in (LOG, f"{LOG}/1"):
        assert "SECRET//NOFORN" in get(client, path)


def test_what_is_agreed_is_not_changed_on_the_tasks_page(room: Room, sign_in: Browser) -> None:
    room.agree()
    lead = sign_in("lead")
    page = f"/dialogues/{SLUG}/tasks/1"
    data = fields_of(get(lead, page), f"{page}/update")
    data |= {"due_on": "2009-01-01", "reason": "later"}
    answer = post(lead, f"{page}/update", data, page=page)
    assert answer.status_code == 422
    assert "Propose an amendment" in answer.get_data(as_text=True)
    choices = html.fromstring(get(lead, page)).xpath("//select[@name='status']/option/@value")
    assert "in_progress" in choices
    assert "proposed" not in choices


def test_an_approver_names_a_delegate_and_takes_it_back(room: Room, sign_in: Browser) -> None:
    client = sign_in("their_approver")
    page = f"/dialogues/{SLUG}/approval"
    today = dt.datetime.now(dt.UTC).date()
    data = {
        "delegate_id": str(room.people["their_deputy"]),
        "starts_on": today.isoformat(),
        "ends_on": (today + dt.timedelta(days=7)).isoformat(),
    }
    assert post(client, page, data).status_code == 303
    assert "Lena Sorm" in get(client, page)
    assert post(client, f"{page}/1/end", page=page).status_code == 303
    assert "You have named nobody" in get(client, page)
    assert sign_in("their_lead").get(page).status_code == 403


def test_a_meeting_is_prepared_over_its_page(room: Room, sign_in: Browser) -> None:
    editor = sign_in("editor")
    page = f"{MEETING}/prepare"
    days = {"starts_on": "2007-08-01", "ends_on": "2007-08-02", "place": "Old Town Hall"}
    assert post(editor, f"{MEETING}/days", days, page=page).status_code == 303
    bad = post(editor, f"{MEETING}/days", {**days, "ends_on": "2007-07-01"}, page=page)
    assert bad.status_code == 422
    rows = {
        "order": ["2", "1", "3"],
        "item": ["", "", ""],
        "label": ["1", "2", ""],
        "title": ["Second", "First", ""],
        "held_on": ["2007-08-01", "", ""],
        "from_time": ["09:30", "", ""],
        "to_time": ["10:15", "", ""],
    }
    assert post(editor, f"{MEETING}/agenda", rows, page=page).status_code == 303
    shown = text_of(get(editor, f"{MEETING}/agenda"))
    assert shown.index("2. First") < shown.index("1. Second")
    assert "09:30–10:15" in shown
    broken = post(
        editor, f"{MEETING}/agenda", {**rows, "from_time": ["9 o'clock", "", ""]}, page=page
    )
    assert broken.status_code == 422
    assert "Second" in broken.get_data(as_text=True)


def test_closing_offers_the_next_meeting_with_what_is_open(room: Room, sign_in: Browser) -> None:
    room.write(NewLine("client-01", "Open the road"))
    room.world.task(room.dialogue_id, "Press statement")
    editor = sign_in("editor")
    page = text_of(get(editor, f"{MEETING}/close"))
    assert "1 agreed line of the log stands on no list" in page
    assert "Press statement" in page
    answer = post(editor, f"{MEETING}/close", {"next_meeting": "1"}, page=f"{MEETING}/close")
    assert answer.headers["Location"] == f"/dialogues/{SLUG}/meetings/2/prepare"
    assert "Press statement" in get(editor, f"/dialogues/{SLUG}/meetings/2/agenda")
    assert post(editor, f"{MEETING}/reopen", page=MEETING).status_code == 303
