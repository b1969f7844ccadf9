"""What the macros write: words beside every colour, names tied to inputs, numbers that add up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, get_template_attribute
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.web.gallery import TODAY, SampleForm, make_gallery, person
from tracker.policy.markings import parse_marking
from tracker.policy.statuses import STATUS_WORDS, STATUSES
from tracker.web.presentation import page_numbers, progress_in_words, progress_segments


@pytest.fixture
def gallery() -> Iterator[Flask]:
    app = make_gallery(person())
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context("/dialogues/baku/tasks?status=open&owner=derse&page=2"):
        yield app


def macro(name: str, /, *arguments: Any, **keywords: Any) -> html.HtmlElement:
    """What a macro writes, as a tree."""
    written = get_template_attribute("web/macros.html", name)(*arguments, **keywords)
    return html.fragment_fromstring(written, create_parent="div")


def words(element: html.HtmlElement) -> str:
    """The text people read, spaces made one."""
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.usefixtures("gallery")
def test_a_status_is_an_icon_and_a_word(status: str) -> None:
    tag = macro("status_tag", status)
    assert words(tag) == STATUS_WORDS[status]
    assert tag.xpath(".//use/@href")


@pytest.mark.parametrize(
    ("days", "status", "expected"),
    [
        (-41, "agreed", "30 November 2007 41 days late"),
        (-1, "in_progress", "9 January 2008 1 day late"),
        (0, "agreed", "10 January 2008 today"),
        (12, "proposed", "22 January 2008 in 12 days"),
        (-41, "done", "30 November 2007"),
    ],
)
@pytest.mark.usefixtures("gallery")
def test_a_due_date_stands_in_words_with_its_distance_while_open(
    days: int, status: str, expected: str
) -> None:
    day = TODAY + dt.timedelta(days=days)
    shown = macro("due", day, TODAY, status)
    assert words(shown) == expected
    assert shown.xpath(".//time/@datetime") == [day.isoformat()]


@pytest.mark.usefixtures("gallery")
def test_a_missing_date_says_so() -> None:
    assert words(macro("due", None, TODAY)) == "no date"


@pytest.mark.usefixtures("gallery")
def test_a_marking_is_read_out_in_full_and_seen_short() -> None:
    tag = macro("marking_tag", parse_marking("S//NF"))
    assert words(tag) == "(S//NF)marked SECRET//NOFORN"


@pytest.mark.usefixtures("gallery")
def test_the_progress_bar_says_its_numbers_and_each_leads_to_its_tasks() -> None:
    bar = macro("progress_bar", {"done": 3, "agreed": 1, "declined": 0}, "/tasks?due=overdue")
    assert bar.xpath(".//*[@role='img']/@aria-label") == ["Progress: 3 done, 1 agreed, of 4 tasks"]
    assert bar.xpath(".//a/@href") == [
        "/tasks?due=overdue&status=done",
        "/tasks?due=overdue&status=agreed",
    ]
    assert bar.xpath(".//svg[@role='img']/rect/@width") == ["75.0", "25.0"]


def test_no_tasks_are_no_segments() -> None:
    assert progress_segments({}) == ()
    assert progress_in_words(dict.fromkeys(STATUSES, 0)) == "no tasks"


@given(st.fixed_dictionaries({status: st.integers(0, 10_000) for status in STATUSES}))
def test_segments_follow_one_another_and_fill_the_bar(totals: dict[str, int]) -> None:
    end = 0.0
    for segment in progress_segments(totals):
        assert segment.start == pytest.approx(end, abs=0.01)
        end = segment.start + segment.width
    assert end == pytest.approx(100 if sum(totals.values()) else 0, abs=0.01)


@pytest.mark.parametrize(
    ("current", "last", "expected"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (3, 12, (1, 2, 3, 4, None, 12)),
        (6, 12, (1, None, 5, 6, 7, None, 12)),
        (12, 12, (1, None, 11, 12)),
        (4, 6, (1, 2, 3, 4, 5, 6)),
    ],
)
def test_a_pager_names_the_ends_and_the_neighbours(
    current: int, last: int, expected: tuple[int | None, ...]
) -> None:
    assert page_numbers(current, last) == expected


@dataclass
class Page:
    number: int
    pages: int
    total: int
    first: int
    last: int


@pytest.mark.usefixtures("gallery")
def test_the_pager_keeps_the_filters_in_the_address() -> None:
    pager = macro("pager", Page(2, 3, 250, 101, 200))
    assert words(pager).startswith("101–200 of 250 tasks")
    assert pager.xpath(".//a[@rel='next']/@href") == [
        "/dialogues/baku/tasks?status=open&owner=derse&page=3"
    ]
    assert pager.xpath(".//a[@aria-current='page']/@aria-label") == ["Page 2"]


@pytest.mark.usefixtures("gallery")
def test_one_page_of_results_has_no_page_links() -> None:
    assert not macro("pager", Page(1, 1, 3, 1, 3)).xpath(".//a")


@pytest.mark.usefixtures("gallery")
def test_a_count_is_a_link_unless_there_is_nothing_behind_it() -> None:
    assert macro("count_link", 1234, "late", "/tasks?due=overdue").xpath(".//a/@href")
    assert words(macro("count_link", 1234, "late", "/x")) == "1,234 late"
    assert not macro("count_link", 0, "late", "/tasks?due=overdue").xpath(".//a")


@pytest.mark.usefixtures("gallery")
def test_a_task_that_nobody_owns_says_so() -> None:
    assert words(macro("owner_chips", [])) == "No owner"
    assert words(macro("owner_chips", ["Anne Derse"])) == "Anne Derse"


@pytest.mark.usefixtures("gallery")
def test_an_error_and_a_hint_are_tied_to_their_input() -> None:
    form = SampleForm()
    form.title.description = "A short line"
    form.title.errors = ["Say what is to be done."]
    shown = macro("field", form.title)
    box = shown.xpath(".//input")[0]
    assert box.get("aria-describedby") == "title-hint title-error"
    assert box.get("aria-invalid") == "true"
    assert words(shown.xpath(".//*[@id='title-error']")[0]) == "Error: Say what is to be done."
    assert shown.xpath(".//label/@for") == ["title"]


@pytest.mark.usefixtures("gallery")
def test_radio_buttons_and_ticks_stand_in_a_fieldset_with_a_legend() -> None:
    form = SampleForm()
    for one, kind in ((form.kind, "radio"), (form.owners, "checkbox")):
        shown = macro("field", one)
        assert len(shown.xpath(".//fieldset/legend")) == 1
        assert shown.xpath(".//input/@type") == [kind, kind]
        assert shown.xpath(".//input/@id") == shown.xpath(".//label/@for")


@pytest.mark.usefixtures("gallery")
def test_attributes_are_passed_on_to_the_input_and_the_button() -> None:
    box = macro("field", SampleForm().remark, rows=3, hx_post="/x").xpath(".//textarea")[0]
    assert (box.get("rows"), box.get("hx-post")) == ("3", "/x")
    button = macro("button", "Save", hx_target="#t", name="action", value="save").xpath(".//button")
    assert button[0].get("hx-target") == "#t"
    assert (button[0].get("type"), button[0].get("value")) == ("submit", "save")


@pytest.mark.usefixtures("gallery")
def test_a_summary_of_errors_links_to_each_field_and_is_absent_without_any() -> None:
    form = SampleForm()
    assert not macro("error_summary", form).xpath("./*")
    form.title.errors = ["Say what is to be done."]
    form.form_errors = ["Nothing was chosen."]
    shown = macro("error_summary", form)
    assert shown.xpath(".//a/@href") == ["#title"]
    assert "Nothing was chosen." in words(shown)


@pytest.mark.usefixtures("gallery")
def test_names_and_titles_are_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    for shown in (
        macro("person_chip", evil),
        macro("empty_state", evil, evil, "/x", evil),
        macro("count_link", 1, evil, "/x"),
        macro("alert", "info", evil),
        macro("breadcrumbs", [(evil, "/"), (evil, None)]),
    ):
        assert not shown.xpath(".//script")
        assert "alert(1)" in words(shown)
