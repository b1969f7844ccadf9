"""A person's calendar of due dates, as calendar programs fetch it.

Parse, call a service, answer; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from tracker.services.calendar_feed import read_calendar
from tracker.services.sweep_settings import send_settings
from tracker.web.access import public
from tracker.web.context import now, reading, settings

pages = Blueprint("calendar", __name__)
KEEP_SECONDS = 300


@pages.get("/calendar/<token>.ics")
@public
def show_calendar(token: str) -> ResponseReturnValue:
    """The feed; 304 where the program has it already (RFC 9110, 13.1.2)."""
    with reading() as session:
        feed = read_calendar(session, token, send_settings(settings()), now=now())
    response = Response(feed.content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="due-dates.ics"'
    response.cache_control.private = True
    response.cache_control.max_age = KEEP_SECONDS
    response.set_etag(feed.tag)
    return response.make_conditional(request)
