"""Composes a report: what the history says, and what people wrote on it, as one Summary.

Nothing is written; a draft is composed anew each time, freeze_report keeps what comes out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from tracker.models import Dialogue, StatusReport
from tracker.policy.errors import InvalidInput
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.ratings import Rating, override
from tracker.policy.statuses import date_in_words
from tracker.policy.visibility import SYSTEM_SCOPE
from tracker.queries.dialogues import latest_meeting
from tracker.queries.status_reports import frozen_before, late_answers, next_report_of
from tracker.reports.guard import guard
from tracker.reports.summary import Edition, SideRemark, Summary
from tracker.reports.summary_json import from_stored
from tracker.services.build_report import build_report
from tracker.services.tell_changes import Since

OVERALL = "overall"


def place_of(label: str | None) -> str:
    """Where texts and ratings on an agenda item are kept: "item:A", "item:" for no item."""
    return f"item:{label or ''}"


def compose_report(
    session: Session, report: StatusReport, edition: Edition, *, now: dt.datetime
) -> Summary:
    """An open report as it would be frozen now, guarded. Addresses in it begin with a slash."""
    summary = build_report(
        session,
        SYSTEM_SCOPE,
        report.dialogue,
        as_of=report.as_of,
        now=now,
        edition=edition,
        since=since_of(session, report),
    )
    written = report.internal_marking if edition == "internal" else "U"
    marked = replace(
        summary,
        marking=join_markings(
            (summary.marking, parse_marking(report.shared_marking), parse_marking(written))
        ),
        narrative=_text(report.texts, OVERALL, edition),
        decisions=tuple(
            entry["text"]
            for entry in report.decisions
            if edition == "internal" or entry["is_shared"]
        ),
        remarks=_remarks(report),
        next_dates=_next_dates(session, report),
        extra={"stamp": _late_words(session, report)} if edition == "internal" else {},
        agenda=tuple(
            replace(item, narrative=_text(report.texts, place_of(item.label), edition))
            for item in summary.agenda
        ),
    )
    return _override(guard(marked), report.ratings)


def edition_of(
    session: Session, report: StatusReport, edition: Edition, *, now: dt.datetime
) -> Summary:
    """The report as it is shown: what was frozen, or an open one as it stands."""
    stored = report.internal if edition == "internal" else report.shared
    if stored is None:
        return compose_report(session, report, edition, now=now)
    return replace(from_stored(stored), extra={"stamp": stamp_of(report)})


def since_of(session: Session, report: StatusReport) -> Since | None:
    """What the report tells changes from: the last frozen report, else the day that was chosen,
    else the last day of the meeting."""
    before = frozen_before(session, report.dialogue_id, report.as_of)
    if before is not None:
        return Since(before.as_of, _stood_of(before), "the day of the last report")
    meeting = latest_meeting(session, report.dialogue_id)
    day = report.since or (meeting.ends_on if meeting else None)
    return Since(day) if day is not None and day < report.as_of else None


def stamp_of(report: StatusReport) -> str:
    """Which version this is, when it was frozen, who approved it, and its hash."""
    if report.frozen_at is None:
        return ""
    parts = [f"Version {report.version}, frozen on {date_in_words(report.frozen_at.date())}"]
    parts += [
        f"approved for {approval.party.name} by {approval.approver_name} on "
        f"{date_in_words(approval.given_at.date())}"
        for approval in report.approvals
    ]
    return f"{'; '.join(parts)}. SHA-256 of the shared edition: {report.sha256}."


def _text(texts: Mapping[str, Any], place: str, edition: Edition) -> str:
    found = texts.get(place, {})
    names = ("shared", "internal") if edition == "internal" else ("shared",)
    return "\n".join(found[name] for name in names if found.get(name))


def _remarks(report: StatusReport) -> tuple[SideRemark, ...]:
    return tuple(
        SideRemark(entry.party.name, text)
        for entry in report.dialogue.parties
        if (text := report.remarks.get(str(entry.party_id), ""))
    )


def _next_dates(session: Session, report: StatusReport) -> tuple[tuple[dt.date, str], ...]:
    after = next_report_of(session, report.dialogue, report.as_of)
    if after is None or after <= report.as_of:
        return ()
    return ((after, "next status report"),)


def _late_words(session: Session, report: StatusReport) -> str:
    names = [mail.contact.full_name for mail in late_answers(session, report)]
    if not names:
        return ""
    return f"Answered too late for the last report, and counted here: {', '.join(names)}."


def _override(summary: Summary, ratings: Mapping[str, Any]) -> Summary:
    """The ratings that people set. One that the rules have come to give by now falls away."""
    return replace(
        summary,
        rating=_set(summary.rating, ratings.get(OVERALL)),
        agenda=tuple(
            replace(item, rating=_set(item.rating, ratings.get(place_of(item.label))))
            for item in summary.agenda
        ),
    )


def _set(computed: Rating | None, wanted: Mapping[str, str] | None) -> Rating | None:
    if computed is None or not wanted:
        return computed
    try:
        return override(computed, wanted["level"], wanted["reason"])
    except InvalidInput:  # It was checked when it was set.
        return computed


def since_day(
    session: Session, dialogue: Dialogue, as_of: dt.date, asked: dt.date | None
) -> Since | None:
    """What a report of any day tells changes from: the day asked for, as its frozen report had
    it where there is one, else the last frozen report before; None where there is neither."""
    if asked is not None and asked >= as_of:
        return None
    before = frozen_before(session, dialogue.id, asked + dt.timedelta(days=1) if asked else as_of)
    if before is not None and asked in (None, before.as_of):
        return Since(before.as_of, _stood_of(before), "the day of a report")
    return Since(asked) if asked is not None else None


def _stood_of(report: StatusReport) -> dict[int, Any]:
    return {int(key): entry for key, entry in (report.stood or {}).items()}
