"""Answers a request for a report's file: the file, or for a long one the page that waits for it.

Parse, call a service, answer; what a report says and who may see it was decided before.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from tracker.reports import FORMATS, Summary, name_file, render
from tracker.services.make_report_file import is_long, make_report_file
from tracker.web import context


def file_response(summary: Summary, format: str) -> ResponseReturnValue:
    """The file at once where that takes no time. Else a page (202) that looks again by itself and
    can be left; asked again at the same address, it gives the file once it is there."""
    if not is_long(summary, format):
        return _file(render(summary, format), summary, format)
    folder = context.settings().instance / "report-files"
    found = make_report_file(summary, format, folder, context.now())
    if found.state == "ready" and "progress" not in request.args:
        return _file(found.path.read_bytes(), summary, format)
    return (
        render_template(
            "web/reports/making.html",
            state=found.state,
            summary=summary,
            title=FORMATS[format].title,
            address=_address(),
            progress=_address(progress="1"),
            marking=None,
        ),
        200 if found.state == "ready" else 202,
    )


def _address(**more: str) -> str:
    query = {name: value for name, value in request.args.items() if name != "progress"} | more
    return f"{request.path}?{urlencode(query)}" if query else request.path


def _file(content: bytes, summary: Summary, format: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name_file(summary, format)}"'}
    return Response(content, content_type=FORMATS[format].media_type, headers=headers)
