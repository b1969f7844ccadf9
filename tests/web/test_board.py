"""The board of a dialogue, the portfolio and a meeting: sections, counts, status in place."""

from __future__ import annotations

import pytest
from lxml import html

from tests.bench.pages import fill
from tests.web.browser import post
from tests.web.follow_up import (
    BOARD,
    LIST,
    SIGN_IN,
    SLUG,
    FollowUp,
    fields_of,
    get,
    in_days,
    text_of,
)
from tests.web.statements import count_statements
from tracker.models import AgendaItem, Dialogue, Task

LATE = f"{LIST}/1"


def headings(page: str) -> list[str]:
    """The heads of the board's sections."""
    return [
        " ".join(h.text_content().split())
        for h in html.fromstring(page).xpath("//section[contains(@class,'board-section')]//h2")
    ]


def test_the_standing_says_what_is_late_due_and_unowned(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    said = text_of(get(signed_in(follow_up.ivo), BOARD))
    for words in ("1 late", "1 due in 30 days", "1 open with no owner", "3 open of 4"):
        assert words in said
    assert "in 12 days" in said
    assert "1 done" in said


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("agenda", ["Under no agenda item"]),
        ("status", ["Proposed", "Done"]),
        ("owner", ["Nobody", "EUR/SUN", "Mira Okonjo", "Per Lind"]),
        (
            "date",
            ["Late", "Due in the next 30 days", "Due later", "Done, deferred or declined"],
        ),
    ],
)
def test_it_can_be_arranged_four_ways(
    follow_up: FollowUp, signed_in: SIGN_IN, by: str, expected: list[str]
) -> None:
    assert headings(get(signed_in(follow_up.mira), f"{BOARD}?by={by}")) == expected


def test_each_sections_count_leads_to_a_list_of_as_many(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    for by in ("agenda", "status", "owner", "date"):
        tree = html.fromstring(get(client, f"{BOARD}?by={by}"))
        links = tree.xpath("//*[@class='section__figures']/a")
        assert links
        for link in links:
            found = html.fromstring(get(client, link.get("href")))
            (total,) = found.xpath("//*[@class='list-head__total']")
            assert total.text_content() == link.text_content()


def test_agenda_items_are_sections_and_those_without_tasks_are_named(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    with follow_up.world.database.transaction() as session:
        dialogue = session.get_one(Dialogue, follow_up.dialogue_id)
        crossing = AgendaItem(label="A", title="Crossing points", position=0)
        dialogue.meetings[-1].agenda += [
            crossing,
            AgendaItem(label="B", title="Fish", position=1),
        ]
        session.flush()
        session.get_one(Task, follow_up.late).agenda_item_id = crossing.id
    client = signed_in(follow_up.mira)
    page = get(client, BOARD)
    assert headings(page) == ["A. Crossing points", "Under no agenda item"]
    assert "No tasks yet under B. Fish." in text_of(page)
    assert "1 task" in text_of(get(client, f"{LIST}?agenda=A"))
    meeting = text_of(get(client, f"/dialogues/{SLUG}/meetings/1"))
    assert "A. Crossing points" in meeting
    assert "9–10 July 2007" in meeting


def test_a_status_is_saved_in_place_and_one_comes_back_to_the_section(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, f"{BOARD}?by=status"), f"{LATE}/update") | {"status": "agreed"}
    answer = client.post(f"{LATE}/update", data=form)
    assert answer.status_code == 303
    assert answer.location == f"{BOARD}?by=status#section-1"
    assert "its status is now agreed" in text_of(get(client, answer.location))


def test_deferring_in_place_asks_until_when(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, BOARD), f"{LATE}/update") | {"status": "deferred"}
    answer = client.post(f"{LATE}/update", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Say until when it is deferred" in page
    again = fields_of(page, f"{LATE}/update")
    assert again["status"] == "deferred"
    assert again["due_on"] == in_days(-5).isoformat()
    client.post(f"{LATE}/update", data=again | {"deferred_until": in_days(90).isoformat()})
    assert follow_up.stored(follow_up.late).deferred_until == in_days(90)


def test_one_never_comes_back_to_a_foreign_address(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    form = fields_of(get(client, BOARD), f"{LATE}/update")
    form |= {"status": "agreed", "next": "//evil.example"}
    assert client.post(f"{LATE}/update", data=form).location == LATE


def test_only_what_one_may_change_has_a_form(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    def forms(who: int) -> list[str]:
        tree = html.fromstring(get(signed_in(who), BOARD))
        return sorted(tree.xpath("//form[@class='status-form']/@action"))

    assert len(forms(follow_up.mira)) == 4
    assert forms(follow_up.per) == [f"{LATE}/update"]
    assert forms(follow_up.ivo) == []


@pytest.mark.parametrize("path", [BOARD, LIST, f"/dialogues/{SLUG}/meetings/1"])
def test_those_of_other_dialogues_or_sides_find_nothing(
    follow_up: FollowUp, signed_in: SIGN_IN, path: str
) -> None:
    for who in (follow_up.zoe, follow_up.bela):
        client = signed_in(who)
        none = path.replace(SLUG, "no-such-talks")
        assert get(client, path, 404) == get(client, none, 404)


def test_the_portfolio_shows_each_of_ones_own_dialogues_and_no_other(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    said = text_of(get(signed_in(follow_up.mira), "/dialogues/"))
    assert "Northland-Sundria Border Talks" in said
    assert "1 late" in said
    assert "Fishing" not in said
    assert "You take part in no dialogue yet" in text_of(
        get(signed_in(follow_up.bela), "/dialogues/")
    )


def test_the_sample_is_marked_and_says_what_removing_it_takes_away(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    with follow_up.world.database.transaction() as session:
        session.get_one(Dialogue, follow_up.dialogue_id).is_sample = True
    page = get(signed_in(follow_up.mira), "/dialogues/")
    assert "Takes away its 4 tasks, its cable and its meeting" in text_of(page)
    assert html.fromstring(page).xpath("//form[@action='/system/sample/remove'][@method='post']")


def test_an_unknown_arrangement_is_told(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    said = text_of(get(signed_in(follow_up.mira), f"{BOARD}?by=colour"))
    assert "cannot be arranged by “colour”" in said


def test_an_empty_board_says_why_and_what_to_do(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    page = get(signed_in(follow_up.zoe), "/dialogues/northland-eastmark-fishing-talks/")
    assert "There are no tasks yet" in page
    assert "/cables/import" in page


def test_many_tasks_take_as_many_statements_as_few_and_bounded_lines(
    follow_up: FollowUp, signed_in: SIGN_IN
) -> None:
    client = signed_in(follow_up.zoe)
    address = "/dialogues/northland-eastmark-fishing-talks/"
    fill(follow_up.world, follow_up.elsewhere, tasks=40, owners=3)
    for by in ("agenda", "status", "owner", "date"):
        with count_statements() as few:
            get(client, f"{address}?by={by}")
        assert len(few) < 20
    with count_statements() as few:
        get(client, address)
    with follow_up.world.database.transaction() as session:
        session.query(Task).filter_by(dialogue_id=follow_up.elsewhere).delete()
        session.query(AgendaItem).delete()
    fill(follow_up.world, follow_up.elsewhere, tasks=900, owners=30)
    with count_statements() as many:
        page = get(client, address)
    assert len(many) == len(few)
    assert page.count('class="task-line ') <= 160
    assert "tasks of this section in the list" in page


def test_a_null_byte_in_an_address_is_no_error(follow_up: FollowUp, signed_in: SIGN_IN) -> None:
    client = signed_in(follow_up.mira)
    for path in ("/dialogues/a%00b/", "/dialogues/a%00b/tasks", "/dialogues/a%00b/tasks/1"):
        assert client.get(path).status_code == 404
    assert post(client, "/dialogues/a%00b/tasks/1/update", {}, page="/").status_code == 404
    assert client.get(f"{LIST}?text=a%00b&owner=a%00b").status_code == 404
