"""The web page and the file: what they say, what they escape, and that they fetch nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from lxml import html as reader

from tests.reports.factory import (
    AS_OF,
    make_hostile_summary,
    make_sample_summary,
    make_summary,
    make_task,
)
from tracker.reports import render, render_html_body
from tracker.reports.summary import Edition

VOID = {"meta", "br", "hr", "img", "input", "link"}


class BalanceChecker(HTMLParser):
    """Every tag that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """SVG's empty elements close themselves."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read_body(text: str) -> reader.HtmlElement:
    return reader.fromstring(text)


def test_the_banner_stands_at_top_and_bottom() -> None:
    body = read_body(render_html_body(make_sample_summary()))
    banners = body.xpath("//*[@class='report-banner']")
    assert [b.text for b in banners] == ["SECRET//NOFORN"] * 2
    assert body[0] is banners[0]
    assert body[-1] is banners[1]


def test_a_page_that_shows_the_marking_itself_leaves_the_banner_out() -> None:
    assert "report-banner" not in render_html_body(make_sample_summary(), with_banner=False)


def test_the_standing_comes_before_what_is_late_and_that_before_the_rest() -> None:
    body = read_body(render_html_body(make_sample_summary()))
    headings = [h.text_content() for h in body.iter("h1", "h2")]
    assert headings == [
        "Tervania–Solmark Security Dialogue",
        "Standing",
        "Overdue (4)",
        "Achievements (10)",
        "Next dates",
        "At a glance",
        "Due within 30 days (5)",
        "Done (10)",
        "By agenda item",
        "Totals by status and agenda item",
        "Passages and long remarks",
    ]


def test_dates_stand_in_words_with_the_delay_beside_them() -> None:
    body = read_body(render_html_body(make_sample_summary()))
    row = body.xpath("//ul[@class='report-late-list']/li[span='15']")[0]
    assert "30 November 2007" in row.text_content()
    assert "41 days late" in row.text_content()
    assert not re.search(r"\b\d{4}-\d\d-\d\d\b", body.text_content())


def test_a_task_that_is_done_is_not_called_late() -> None:
    late = AS_OF.replace(year=2007)
    body = render_html_body(make_summary(make_task(status="done", due_on=late, done_on=AS_OF)))
    assert "late" not in read_body(body).xpath("//table")[0].text_content()
    assert "done 10 January 2008" in body


def test_every_task_stands_under_its_agenda_item() -> None:
    summary = make_sample_summary()
    body = read_body(render_html_body(summary))
    listed = {
        section.find("h3").text: [int(td.text) for td in section.xpath(".//td[@data-label='Task']")]
        for section in body.xpath("//section[@class='report-item']")
    }
    assert listed["A. Security sector reform"] == [1, 2, 3]
    assert listed["Other tasks"] == [30]
    assert sorted(n for numbers in listed.values() for n in numbers) == list(range(1, 31))


def test_the_totals_table_adds_up() -> None:
    summary = make_sample_summary()
    body = read_body(render_html_body(summary))
    rows = [
        [int(td.text) for td in row.xpath("td")]
        for row in body.xpath("//table[contains(@class,'report-matrix')]/tbody/tr")
    ]
    assert rows[-1] == [sum(column) for column in zip(*rows[:-1], strict=True)]
    assert rows[-1][-2:] == [len(summary.tasks), len(summary.overdue)]


@pytest.mark.parametrize("edition", ["internal", "shared"])
def test_markup_in_names_is_shown_and_never_run(edition: Edition) -> None:
    page = render(make_hostile_summary(edition), "html").decode()
    assert "<script" not in page.lower()
    assert "<i>" not in page
    assert 'alert("x")' in reader.fromstring(page.encode()).text_content()
    assert "javascript:" not in page
    assert "\x00" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("make", [make_sample_summary, make_hostile_summary, make_summary])
def test_the_page_is_well_formed_and_its_ids_are_unique(make: object) -> None:
    assert callable(make)
    page = render(make(), "html").decode()
    checker = BalanceChecker()
    checker.feed(page)
    assert checker.open == []
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'(?:aria-labelledby|href)="#?(report-[^"]+)"', page):
        assert set(target.split()) <= set(ids)


def test_the_page_fetches_nothing_and_has_no_inline_style() -> None:
    page = render(make_sample_summary(), "html").decode()
    assert not re.search(r"\b(src|srcset|poster|data)=", page)
    assert not re.search(r"url\((?!#)|@import|<link|<script|<iframe", page)
    assert "style=" not in render_html_body(make_sample_summary()).replace("stroke", "")
    links = re.findall(r'href="([^"#][^"]*)"', page)
    assert all(link.startswith("https://tracker.example/tasks/") for link in links)
    assert links


def test_a_path_on_our_site_is_a_link_on_the_page_and_not_in_the_file() -> None:
    summary = make_summary(make_task(url="/dialogues/x/tasks/1"))
    assert 'href="/dialogues/x/tasks/1"' in render_html_body(summary)
    assert "/dialogues/x" not in render(summary, "html").decode()


def test_sample_data_is_called_so() -> None:
    assert "Sample data." in render_html_body(make_sample_summary(is_sample=True))
    assert "Sample data." not in render_html_body(make_sample_summary())


def test_a_report_without_tasks_says_so_and_shows_no_empty_tables() -> None:
    body = render_html_body(make_summary(agenda=()))
    assert "There is nothing to report yet" in body
    assert "<table" not in body
    assert "<svg" not in body


def test_an_agenda_item_without_tasks_is_still_named() -> None:
    body = render_html_body(make_summary(agenda=(("B", "Energy"),)))
    assert "B. Energy" in body
    assert "No tasks under this item." in body


def test_a_long_remark_is_cut_in_the_table_and_whole_at_the_end() -> None:
    remark = "beginning " + "word " * 5000 + "end"
    body = read_body(render_html_body(make_summary(make_task(last_remark=remark))))
    cell = body.xpath("//td[@data-label='Last remark']")[0].text_content()
    assert cell.endswith("(in full at the end)")
    assert len(cell) < 400
    assert remark in body.xpath("//p[@class='report-remark']")[0].text_content()
