"""The report as PDF/UA-1, set by typst from templates/reports/report.typ.

All words go in as data, none as markup; only the committed fonts are used and nothing is fetched.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from typing import Any

import typst

from tracker.reports.chart import (
    caption_status_chart,
    describe_progress_chart,
    describe_status_chart,
    draw_progress_chart,
    draw_status_chart,
    has_more_bars,
)
from tracker.reports.fonts import FAMILIES, load_fonts, make_drawable, replace_missing
from tracker.reports.guard import guard
from tracker.reports.summary import Summary
from tracker.reports.templating import TEMPLATE_DIRECTORY
from tracker.reports.view import build_view
from tracker.reports.view_front import BARS, SHORT, build_front

LONG = 600
"""Tasks above which a report is long. Below, a child process would cost more than it saves."""
_LEAN = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "65536"}
"""For glibc: one heap, and large pieces given back at once; a seventh less memory."""
_KEPT_COMPILATIONS = 11
_STANDARDS: list[typst.PDFStandard] = ["ua-1"]


def render_pdf(summary: Summary) -> bytes:
    """Tagged, with bookmarks, title and language. The same Summary gives the same bytes.

    Where the shaping of a text still needs a glyph that no font has, the file is tagged but does
    not claim PDF/UA: a report with one odd sign is better than none. A long report is set in lines
    rather than tables, and in a process of its own, which takes its memory with it.
    """
    data = json.dumps(_collect(guard(summary)), ensure_ascii=False)
    timestamp = int(summary.generated_at.timestamp())
    if len(summary.tasks) > LONG:
        return _set_elsewhere(data, timestamp)
    try:
        return set_report(data, timestamp)
    finally:
        _forget()


def set_report(data: str, timestamp: int) -> bytes:
    """The PDF of what ``_collect`` gave, as JSON, in this process."""
    inputs = {"data": data}
    try:
        return _compile("report.typ", inputs, "pdf", timestamp, _STANDARDS)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _compile("report.typ", inputs, "pdf", timestamp, [])


def _set_elsewhere(data: str, timestamp: int) -> bytes:
    """The same by a child process. Raises RuntimeError where it fails, without a word of the
    report."""
    child = subprocess.run(  # noqa: S603 - Our own module; what is printed goes in as data.
        [sys.executable, "-m", "tracker.reports.set_pdf", str(timestamp)],
        input=data.encode(),
        capture_output=True,
        cwd=TEMPLATE_DIRECTORY.parents[1],
        env=os.environ | _LEAN,
        check=False,
    )
    if child.returncode != 0:
        raise RuntimeError(f"setting the PDF ended with {child.returncode}")
    return child.stdout


def render_chart_png(svg: str) -> bytes:
    """A chart as a PNG 12 cm wide, for DOCX and mail."""
    return _compile("picture.typ", {"svg": replace_missing(svg)}, "png", None, [])


def _compile(
    template: str,
    inputs: dict[str, str],
    kind: typst.OutputFormat,
    timestamp: int | None,
    standards: list[typst.PDFStandard],
) -> bytes:
    compiler = typst.Compiler(root=TEMPLATE_DIRECTORY, font_paths=load_fonts())
    made = compiler.compile(
        input=str(TEMPLATE_DIRECTORY / template),
        format=kind,
        ppi=200,
        sys_inputs=inputs,
        pdf_standards=standards,
        timestamp=timestamp,
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} made {type(made).__name__}, not one file")
    return made


def _forget() -> None:
    """Lets go of what typst keeps of a report: it drops what ten compilations have not used, and
    a server that made a few large ones would otherwise hold 600 MB instead of 140."""
    compiler = typst.Compiler(font_paths=load_fonts())
    for _ in range(_KEPT_COMPILATIONS):
        compiler.compile(input=b"", format="svg")


def _collect(summary: Summary) -> dict[str, Any]:
    """What report.typ reads from ``sys.inputs``."""
    view = build_view(summary)
    front = build_front(summary)
    first, progress = draw_status_chart(summary, BARS), draw_progress_chart(summary)
    status = draw_status_chart(summary) if has_more_bars(summary, BARS) else None
    words = {
        "view": dataclasses.asdict(view),
        "front": dataclasses.asdict(front),
        "left_out": sorted(front.left_out),
        "front_caption": caption_status_chart(summary, BARS),
        "is_short": len(summary.tasks) <= SHORT,
        "is_long": len(summary.tasks) > LONG,
        "title": f"{view.title}, {view.as_of}",
        "subtitle": " · ".join(part for part in (view.meeting, view.parties) if part),
        "running": f"{view.dialogue} · status as of {view.as_of} · {view.edition.lower()}",
        "description": " ".join(view.standing),
        "keywords": [view.banner, view.edition, *summary.tags],
        "status_alt": describe_status_chart(summary),
        "progress_alt": describe_progress_chart(summary),
    }
    drawn = {
        "front_chart": replace_missing(first) if first else None,
        "status_chart": replace_missing(status) if status else None,
        "progress_chart": replace_missing(progress) if progress else None,
        "fonts": FAMILIES,
    }
    made_drawable: dict[str, Any] = _make_all_drawable(words)
    made_drawable["view"]["banner"] = _make_breakable(view.banner)
    return made_drawable | drawn


def _make_breakable(banner: str) -> str:
    """A marking of many caveats breaks between them and nowhere else."""
    drawable = replace_missing(banner)
    return drawable if len(drawable) < 60 else drawable.replace("//", "//\u200b")


def _make_all_drawable(value: Any) -> Any:
    """Every text in the data made drawable, addresses excepted: they are not printed."""
    if isinstance(value, str):
        return make_drawable(value)
    if isinstance(value, dict):
        return {k: _link(v) if k == "url" else _make_all_drawable(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_make_all_drawable(item) for item in value]
    return value


def _link(url: str | None) -> str | None:
    """On paper only a whole address leads anywhere."""
    return url if url and url.startswith("http") else None
