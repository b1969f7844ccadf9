"""Pages of status reports: as the web shows them, and as files to download.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from tracker.policy.errors import InvalidInput, NotFound
from tracker.queries.dialogues import get_dialogue
from tracker.reports import FORMATS, Summary, render_html_body
from tracker.reports.summary import Edition
from tracker.services.build_report import build_report
from tracker.services.compose_report import since_day
from tracker.web.context import now, reading, scope, settings, today
from tracker.web.report_files import file_response

pages = Blueprint("reports", __name__)
EDITIONS = ("internal", "shared")


@pages.get("/dialogues/<slug>/report")
def show_latest(slug: str) -> AnyResponse:
    """The report of today, or of the day in ``as_of`` as the form sends it."""
    day = _day(request.args.get("as_of") or today().isoformat())
    edition = _edition()
    shown = None if edition == "internal" else edition
    since = request.args.get("since") or None
    address = url_for("reports.show", slug=slug, day=day.isoformat(), edition=shown, since=since)
    return redirect(address)


@pages.get("/dialogues/<slug>/reports/<day>")
def show(slug: str, day: str) -> str:
    """The report as of a day."""
    as_of = _day(day)
    with reading() as session:
        summary = _summary(session, slug, as_of)
    return render_template(
        "web/reports/report.html",
        summary=summary,
        body=render_html_body(summary, with_banner=False),
        marking=summary.marking,
        formats=FORMATS.values(),
        editions=EDITIONS,
        today=today(),
        since=request.args.get("since", ""),
    )


@pages.get("/dialogues/<slug>/reports/<day>/<name>")
def download(slug: str, day: str, name: str) -> ResponseReturnValue:
    """The report as a file: "report.pdf", "report.xlsx" and so on."""
    stem, _, format_ = name.partition(".")
    if stem != "report" or format_ not in FORMATS:
        raise NotFound("There is no such report format.")
    with reading() as session:
        summary = _summary(session, slug, _day(day))
    return file_response(summary, format_)


def _summary(session: Session, slug: str, as_of: dt.date) -> Summary:
    dialogue = get_dialogue(session, scope(), slug)
    return build_report(
        session,
        scope(),
        dialogue,
        as_of=as_of,
        now=now(),
        edition=_edition(),
        base_url=settings().base_url,
        since=since_day(session, dialogue, as_of, _since()),
    )


def _since() -> dt.date | None:
    """The day that changes are told from, where one was asked for."""
    text = request.args.get("since", "")
    return _day(text) if text else None


def _edition() -> Edition:
    edition = request.args.get("edition", "internal")
    if edition not in EDITIONS:
        raise InvalidInput("A report has an internal and a shared edition.", "edition")
    return cast(Edition, edition)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no day; write it as 2008-01-10.", "as_of") from error
