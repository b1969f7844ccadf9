"""The report as HTML: the part that the web page shows, and the file that stands alone.

Both are styled by tracker/static/report.css; no script, no inline style, nothing from outside.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from markupsafe import Markup

from tracker.reports.chart import draw_progress_chart, draw_status_chart
from tracker.reports.guard import guard
from tracker.reports.summary import Summary
from tracker.reports.templating import fill_template
from tracker.reports.view import build_view
from tracker.reports.view_front import build_front

STYLESHEET = Path(__file__).resolve().parents[1] / "static" / "report.css"


def render_html_body(summary: Summary, *, with_banner: bool = True) -> Markup:
    """An ``<article class="report">`` with the page's h1 in it, safe to be put into a page as it
    is. A page that shows the marking itself leaves the banner out."""
    guarded = guard(summary)
    return fill_template(
        "body.html",
        view=build_view(guarded),
        front=build_front(guarded),
        status_chart=draw_status_chart(guarded),
        progress_chart=draw_progress_chart(guarded),
        with_banner=with_banner,
    )


def render_html(summary: Summary) -> bytes:
    """A whole page in UTF-8 with its stylesheet in it. A content security policy of its own
    keeps a reader's browser from fetching anything; links that work only on our site are left
    out."""
    tasks = tuple(replace(task, url=_whole_address(task.url)) for task in summary.tasks)
    page = fill_template(
        "page.html",
        view=build_view(guard(summary)),
        body=render_html_body(replace(summary, tasks=tasks)),
        # The stylesheet is ours and holds no end tag.
        stylesheet=Markup(_read_stylesheet()),  # noqa: S704
    )
    return f"{page}\n".encode()


def _whole_address(url: str | None) -> str | None:
    return url if url and not url.startswith("/") else None


@cache
def _read_stylesheet() -> str:
    return STYLESHEET.read_text("utf-8")
