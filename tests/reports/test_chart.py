"""The charts: their numbers, their text alternatives, and that they need no colour."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from lxml import etree

from tests.reports.factory import AS_OF, make_sample_summary, make_summary, make_task
from tracker.policy.statuses import STATUS_WORDS, STATUSES
from tracker.reports.chart import caption_status_chart, draw_progress_chart, draw_status_chart
from tracker.reports.summary import Summary, TrendPoint

SVG = "{http://www.w3.org/2000/svg}"


def read_chart(svg: str | None) -> etree._Element:
    assert svg is not None
    return etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False))


def test_a_chart_has_title_description_and_role() -> None:
    for svg in (
        draw_status_chart(make_sample_summary()),
        draw_progress_chart(make_sample_summary()),
    ):
        chart = read_chart(svg)
        assert chart.get("role") == "img"
        ids = [chart.find(f"{SVG}{name}").get("id") for name in ("title", "desc")]
        assert chart.get("aria-labelledby").split() == ids
        assert chart.findtext(f"{SVG}title")
        assert chart.findtext(f"{SVG}desc")


def test_the_legend_gives_the_totals_in_words_and_numbers() -> None:
    summary = make_sample_summary()
    said = [
        " ".join("".join(t.itertext()).split())
        for t in read_chart(draw_status_chart(summary)).iter(f"{SVG}text")
    ]
    for status in STATUSES:
        assert f"{STATUS_WORDS[status]} {summary.totals[status]}" in said


def test_each_bar_is_as_long_as_its_tasks_are_many() -> None:
    tasks = [make_task(n, agenda="A", status="done") for n in range(1, 5)]
    tasks.append(make_task(5, agenda="B", status="agreed"))
    chart = read_chart(draw_status_chart(make_summary(*tasks, agenda=(("A", "x"), ("B", "y")))))
    widths = [float(r.get("width")) for r in chart.findall(f"{SVG}rect") if r.get("height") == "16"]
    assert widths[0] + 1 == 4 * (widths[1] + 1)


def test_a_chart_with_room_for_few_bars_draws_the_items_that_are_late() -> None:
    late = AS_OF - dt.timedelta(days=3)
    tasks = [make_task(n, agenda=label) for n, label in enumerate("ABCD", 1)]
    tasks.append(make_task(5, agenda="C", due_on=late))
    tasks.append(make_task(6, agenda="D", status="done"))
    summary = make_summary(*tasks, agenda=tuple((label, label) for label in "ABCD"))
    text = "".join(read_chart(draw_status_chart(summary, 2)).itertext())
    assert "A. A" in text.split("By agenda item")[1]
    drawn = [t.text for t in read_chart(draw_status_chart(summary, 2)).iter(f"{SVG}text")]
    assert [title for title in drawn if title and ". " in title] == ["A. A", "C. C"]
    assert caption_status_chart(summary, 2).startswith("Status of 2 of 4 agenda items")
    assert caption_status_chart(summary, 4) == "Status by agenda item"


def test_every_status_has_a_look_of_its_own_without_colour() -> None:
    chart = read_chart(draw_status_chart(make_sample_summary()))
    swatches = [r.get("fill") for r in chart.findall(f"{SVG}rect") if r.get("height") == "14"]
    assert len(swatches) == len(set(swatches)) == len(STATUSES)
    patterns = {p.get("id") for p in chart.iter(f"{SVG}pattern")}
    used = {f[5:-1] for f in swatches if f.startswith("url(")}
    assert used == patterns
    assert set(swatches) - {f"url(#{p})" for p in patterns} == {"#162e51", "#fff"}


def test_a_long_or_wide_title_is_cut_so_that_it_stays_in_the_picture() -> None:
    summary = make_summary(make_task(agenda="A"), agenda=(("A", "中" * 100),))
    title = re.search(r"A\. 中+…", draw_status_chart(summary) or "")
    assert title
    assert len(title[0]) < 25


def test_markup_in_a_title_does_not_reach_the_picture() -> None:
    summary = make_summary(make_task(), agenda=(("A", '<image href="http://x.y/z"/>'),))
    assert not list(read_chart(draw_status_chart(summary)).iter(f"{SVG}image"))


def test_without_tasks_there_is_no_chart() -> None:
    assert draw_status_chart(make_summary()) is None


def make_trend(*rows: tuple[int, int, int, int]) -> Summary:
    points = tuple(
        TrendPoint(AS_OF + dt.timedelta(days=day), open_, done, due)
        for day, open_, done, due in rows
    )
    return make_summary(make_task(), trend=points)


def test_progress_needs_two_days() -> None:
    assert draw_progress_chart(make_trend()) is None
    assert draw_progress_chart(make_trend((0, 1, 2, 3))) is None
    assert draw_progress_chart(make_trend((0, 1, 2, 3), (0, 1, 2, 3))) is None
    assert draw_progress_chart(make_trend((0, 1, 2, 3), (1, 1, 2, 3))) is not None


def test_the_curves_end_with_their_number_and_their_labels_do_not_touch() -> None:
    chart = read_chart(draw_progress_chart(make_trend((-30, 9, 0, 0), (0, 4, 4, 4))))
    labels = [t for t in chart.iter(f"{SVG}text") if t.get("font-weight")]
    assert sorted(t.text for t in labels) == ["4 done", "4 due", "4 open"]
    heights = sorted(float(t.get("y")) for t in labels)
    assert all(b - a >= 15 for a, b in pairwise(heights))
    assert heights[0] > 0
    assert heights[-1] < 206
    dashes = [line.get("stroke-dasharray") for line in chart.iter(f"{SVG}polyline")]
    assert len(set(dashes)) == 3


def test_labels_at_the_bottom_stay_in_the_picture() -> None:
    chart = read_chart(draw_progress_chart(make_trend((-30, 0, 0, 0), (0, 0, 0, 0))))
    heights = [float(t.get("y")) for t in chart.iter(f"{SVG}text") if t.get("font-weight")]
    assert max(heights) < 190


def test_the_points_of_a_curve_follow_its_numbers() -> None:
    chart = read_chart(draw_progress_chart(make_trend((-2, 10, 0, 0), (-1, 5, 0, 0), (0, 0, 0, 0))))
    (line,) = [p for p in chart.iter(f"{SVG}polyline") if p.get("stroke-dasharray") == "9 4"]
    points = [tuple(map(float, p.split(","))) for p in line.get("points").split()]
    xs, ys = zip(*points, strict=True)
    assert xs[1] - xs[0] == xs[2] - xs[1] > 0
    assert ys[1] - ys[0] == ys[2] - ys[1] > 0
