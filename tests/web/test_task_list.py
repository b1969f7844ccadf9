"""The task list: filters anyone can read, chips, paging, order, and changing many at once."""

from __future__ import annotations

import pytest
from lxml import html

from tests.bench.pages import fill
from tests.web.browser import post
from tests.web.follow_up import LIST, SIGN_IN, FollowUp, get, in_days, text_of
from tests.web.statements import count_statements

OPEN = ["Send the list", "Name the points", "Draft the map"]


def titles(page: str) -> list[str]:
    """The titles on the page, in their order."""
    found = html.fromstring(page).xpath("//span[@class='task-line__title']/a")
    return [link.text_content() for link in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [*OPEN, "Open the gate"]),
        ("status=open", OPEN),
        ("status=closed", ["Open the gate"]),
        ("status=done", ["Open the gate"]),
        ("due=overdue", ["Send the list"]),
        ("due=soon", ["Name the points"]),
        ("due=later", ["Draft the map"]),
        ("owner=per", ["Send the list"]),
        ("owner=me", ["Name the points"]),
        ("owner=nobody", ["Draft the map"]),
        ("owner=EUR/SUN", ["Open the gate"]),
        ("responsible=northland&status=open", OPEN),
        ("text=MAP", ["Draft the map"]),
        ("text=100%25", []),
        ("agenda=none&kind=action&due=soon", ["Name the points"]),
        ("order=number&status=open", OPEN),
        ("status=open&owner=per&due=overdue", ["Send the list"]),
        ("meeting=1&owner=nobody", ["Draft the map"]),
        ("meeting=99999999999", []),
    ],
)
def test_a_filter_is_an_address_anyone_can_read(
    follow_up: FollowUp, signed_in: SIGN_IN, query: str, expected: list[str]
) -> None:
    assert titles(get(signed_in(follow_up.mira), f"{LIST}?{query}")) == expected


def test_an_owner_named_in_full_is_not_mixed_up_with_one_whose_name_holds_it(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    follow_up.world.task(follow_up.dialogue_id, "Of another Per", owners=["Per Lindqvist"])
    client = signed_in(follow_up.mira)
    assert titles(get(client, f"{LIST}?owner=%22per lind%22")) == ["Send the list"]
    assert len(titles(get(client, f"{LIST}?owner=per lind"))) == 2


def test_active_filters_are_chips_that_can_be_taken_away(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    page = get(signed_in(follow_up.mira), f"{LIST}?status=open&owner=me&order=number")
    links = html.fromstring(page).xpath("//ul[@class='filter-chips']//a")
    found = {" ".join(link.text_content().split()): link.get("href") for link in links}
    assert found["Status: OpenTake this filter away"] == (f"{LIST}?owner=me&order=number")
    assert found["Take all away"] == f"{LIST}?order=number"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("status=finished", "The filter “Status” does not know “finished”"),
        ("due=yesterday", "Write one of overdue, soon, later, none"),
        ("kind=<script>", "does not know “<script>”"),
        ("agenda=Z", "The filter “Agenda item” does not know “Z”"),
        ("responsible=Atlantis", "does not know “Atlantis”"),
        ("order=colour", "does not know “colour”"),
        ("meeting=x", "does not know “x”"),
    ],
)
def test_a_value_that_means_nothing_is_told_and_left_out(
    follow_up: FollowUp, signed_in: SIGN_IN, query: str, words: str
) -> None:
    page = get(signed_in(follow_up.mira), f"{LIST}?{query}")
    assert words in text_of(page)
    assert len(titles(page)) == 4


def test_a_list_that_finds_nothing_says_why(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    said = text_of(get(signed_in(follow_up.mira), f"{LIST}?text=unicorn"))
    assert "No task fits these filters" in said
    assert "Show all tasks" in said


def test_the_list_of_all_dialogues_holds_only_ones_own(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    follow_up.world.task(follow_up.elsewhere, "Count the fish")
    assert "Count the fish" not in titles(get(signed_in(follow_up.mira), "/tasks"))
    assert titles(get(signed_in(follow_up.zoe), "/tasks")) == ["Count the fish"]
    assert titles(get(signed_in(follow_up.bela), "/tasks")) == []


def test_long_lists_have_pages_and_odd_page_numbers_a_page(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    fill(follow_up.world, follow_up.elsewhere, tasks=120, owners=2)
    client = signed_in(follow_up.zoe)
    address = "/dialogues/northland-eastmark-fishing-talks/tasks?order=number"
    first, third = titles(get(client, address)), titles(get(client, f"{address}&page=3"))
    assert (len(first), len(third)) == (50, 20)
    assert "101–120 of 120 tasks" in text_of(get(client, f"{address}&page=3"))
    assert titles(get(client, f"{address}&page=999")) == third
    for odd in ("0", "-4", "x", "9" * 40, "²"):
        assert titles(get(client, f"{address}&page={odd}")) == first


def test_a_page_takes_the_same_number_of_statements_for_any_number_of_tasks(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.zoe)
    address = "/dialogues/northland-eastmark-fishing-talks/tasks"
    follow_up.world.task(follow_up.elsewhere, "Count the fish", owners=[follow_up.zoe])
    with count_statements() as one:
        get(client, address)
    for n in range(30):
        follow_up.world.task(follow_up.elsewhere, f"Task {n}", owners=[follow_up.per, f"X {n}"])
    with count_statements() as many:
        get(client, address)
    assert len(many) == len(one)


def bulk(page: str, *numbers: int, **values: str) -> dict[str, object]:
    """The form that changes many, with the boxes of these tasks ticked."""
    tree = html.fromstring(page)
    boxes = tree.xpath("//input[@name='pick']/@value")
    (form,) = tree.xpath("//form[@id='bulk']")
    picked = [box for box in boxes if int(box.split(":")[0]) in numbers]
    return {**dict(form.form_values()), "pick": picked, **values}


def test_many_tasks_change_at_once_with_a_remark_on_each(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    address = f"{LIST}?status=open"
    form = bulk(get(client, address), 1, 2, status="agreed", remark="Agreed in the plenary.")
    answer = client.post(address, data=form)
    assert answer.location == address
    assert "2 tasks (1 and 2) were changed." in text_of(get(client, answer.location))
    for task_id in (follow_up.late, follow_up.soon):
        task = follow_up.stored(task_id)
        assert (task.status, task.last_remark) == ("agreed", "Agreed in the plenary.")
    assert follow_up.stored(follow_up.later).status == "proposed"


def test_many_tasks_are_handed_over_and_moved(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    form = bulk(
        get(client, LIST),
        1,
        3,
        contact=str(follow_up.ivo),
        due_on=in_days(60).isoformat(),
        reason="the round was put off",
    )
    client.post(LIST, data=form)
    for task_id in (follow_up.late, follow_up.later):
        task = follow_up.stored(task_id)
        assert [o.contact_id for o in task.owners] == [follow_up.ivo]
        assert (task.due_on, task.due_basis) == (in_days(60), "extended")
    assert {c.reason for c in follow_up.history(follow_up.late)[1:]} == {"the round was put off"}


@pytest.mark.parametrize(
    ("numbers", "values", "words"),
    [
        ((), {"status": "done"}, "Tick the tasks to change"),
        ((1,), {}, "Say what to change"),
        ((1,), {"due_on": "2030-01-01"}, "Say why the due date moves"),
        ((1,), {"status": "deferred"}, "Say until when it is deferred"),
        ((1,), {"status": "finished"}, "Not a valid choice"),
        ((1,), {"contact": "99999"}, "Not a valid choice"),
        ((1,), {"name": "a\u2028b"}, "on one line"),
        ((1,), {"due_on": "2030-02-31"}, "There is no such day"),
    ],
)
def test_a_bad_bulk_change_changes_nothing_and_keeps_what_was_typed(
    follow_up: FollowUp,
    signed_in: SIGN_IN,
    numbers: tuple[int, ...],
    values: dict[str, str],
    words: str,
) -> None:
    client = signed_in(follow_up.mira)
    answer = client.post(LIST, data=bulk(get(client, LIST), *numbers, **values))
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    ticked = html.fromstring(answer.text).xpath("//input[@name='pick'][@checked]")
    assert len(ticked) == len(numbers)
    assert len(follow_up.history(follow_up.late)) == 1


def test_a_task_changed_meanwhile_is_left_and_named(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    form = bulk(get(client, LIST), 1, 2, status="agreed")
    follow_up.change(follow_up.late, by=follow_up.per, status="done")
    said = text_of(client.post(LIST, data=form, follow_redirects=True).text)
    assert "Task 2 was changed." in said
    assert "Task 1 was left as it stands: somebody else changed it meanwhile." in said
    assert follow_up.stored(follow_up.late).status == "done"


def test_an_owner_ticks_only_what_is_theirs(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.per)
    page = get(client, LIST)
    assert len(html.fromstring(page).xpath("//input[@name='pick']")) == 1
    form = bulk(page, 1, status="done") | {"pick": ["2:1:1"]}
    said = text_of(client.post(LIST, data=form, follow_redirects=True).text)
    assert "it is not yours to change" in said
    assert follow_up.stored(follow_up.soon).status == "proposed"


def test_a_reader_has_no_boxes_and_may_not_send_any(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.ivo)
    assert html.fromstring(get(client, LIST)).xpath("//input[@name='pick']") == []
    answer = post(client, LIST, {"pick": "1:1:1", "status": "done"}, page="/")
    assert answer.status_code == 403
    answer = post(signed_in(follow_up.zoe), LIST, {"pick": "1:1:1", "status": "done"}, page="/")
    assert answer.status_code == 404
    assert follow_up.stored(follow_up.late).status == "proposed"


@pytest.mark.parametrize(
    "pick", ["x", "1", "1:2", "1:2:3:4", "-1:1:1", "999:1:1", "1:1:" + "9" * 40]
)
def test_forged_boxes_pick_nothing(follow_up: FollowUp, signed_in: SIGN_IN, pick: str) -> None:
    client = signed_in(follow_up.mira)
    form = bulk(get(client, LIST), status="done")
    assert client.post(LIST, data={**form, "pick": pick}).status_code == 422


def test_the_banner_joins_what_the_page_shows(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    banner = "//*[contains(@class, 'marking-banner--top')]/text()"
    assert html.fromstring(get(client, LIST)).xpath(banner) == ["CONFIDENTIAL"]
    low = html.fromstring(get(client, f"{LIST}?due=soon"))
    assert low.xpath(banner) == ["UNCLASSIFIED"]
    assert html.fromstring(get(client, f"{LIST}?text=unicorn")).xpath(banner) == []
