"""The lines of a meeting's log as they stand now, for people who keep one log together.

Parse, query, answer; no SQL here, and nothing is written.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue

from tracker.web import context
from tracker.web.log import LOG, find_meeting, fingerprint, render_lines

pages = Blueprint("log_live", __name__)


@pages.get(f"{LOG}/lines")
def lines(slug: str, number: int) -> ResponseReturnValue:
    """The lines; 204 where they are those that the page has, by the fingerprint ``known``."""
    with context.reading() as session:
        html = render_lines(session, find_meeting(session, slug, number))
    known = fingerprint(html)
    if request.args.get("known") == known:
        return Response(status=204)
    response = make_response(html)
    response.headers["X-Log-Known"] = known
    return response
