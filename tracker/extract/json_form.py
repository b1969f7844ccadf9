"""The JSON form of an extraction: what others script against, and what is kept with a cable.

A plain conversion, there and back; nothing is decided here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from tracker.cable import CableWarning, Header, Span
from tracker.extract.model import (
    AgendaItem,
    Extraction,
    Item,
    Meeting,
    MeetingDates,
    Party,
    Sentence,
)


def to_json(extraction: Extraction) -> dict[str, Any]:
    """One object with document, meeting, agenda, items, parties, unpicked and warnings.

    Spans are lists of two; days ISO dates; an instant ends in Z.
    """
    meeting = extraction.meeting
    return {
        "document": _document(extraction.header),
        "meeting": {
            "starts_on": _day(meeting.starts_on),
            "ends_on": _day(meeting.ends_on),
            "follow_up_months": meeting.follow_up_months,
            "follow_up_span": _span(meeting.follow_up_span),
            "statements": [
                {"starts_on": _day(s.starts_on), "ends_on": _day(s.ends_on), "span": list(s.span)}
                for s in meeting.statements
            ],
        },
        "agenda": [
            {"label": a.label, "title": a.title, "span": list(a.span)} for a in extraction.agenda
        ],
        "items": [_item(item) for item in extraction.items],
        "parties": [
            {"name": p.name, "is_own": p.is_own, "code": p.code} for p in extraction.parties
        ],
        "unpicked": [{"span": list(s.span), "agenda": s.agenda} for s in extraction.unpicked],
        "warnings": [_warning(w) for w in extraction.warnings],
    }


def from_json(stored: Mapping[str, Any], header: Header) -> Extraction:
    """The extraction again, from what ``to_json`` gave (of this version or an older one) and the
    header of the cable that it was drawn from."""
    meeting = stored["meeting"]
    return Extraction(
        header=header,
        meeting=Meeting(
            starts_on=_read_day(meeting["starts_on"]),
            ends_on=_read_day(meeting["ends_on"]),
            statements=tuple(
                MeetingDates(
                    dt.date.fromisoformat(s["starts_on"]),
                    dt.date.fromisoformat(s["ends_on"]),
                    _read_span(s["span"]),
                )
                for s in meeting["statements"]
            ),
            follow_up_months=meeting["follow_up_months"],
            follow_up_span=_read_place(meeting.get("follow_up_span")),
        ),
        agenda=tuple(
            AgendaItem(a["label"], a["title"], _read_span(a["span"])) for a in stored["agenda"]
        ),
        items=tuple(_read_item(item) for item in stored["items"]),
        parties=tuple(Party(p["name"], p["is_own"], p["code"]) for p in stored["parties"]),
        unpicked=tuple(Sentence(_read_span(s["span"]), s["agenda"]) for s in stored["unpicked"]),
        warnings=tuple(
            CableWarning(code=w["code"], message=w["message"], span=_read_place(w["span"]))
            for w in stored["warnings"]
        ),
    )


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _span(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def _read_day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _read_span(pair: Sequence[int]) -> Span:
    return pair[0], pair[1]


def _read_place(pair: Sequence[int] | None) -> Span | None:
    return _read_span(pair) if pair else None


def _document(header: Header) -> dict[str, Any]:
    group = header.date_time_group
    return {
        "transmission_id": header.transmission_id,
        "reference_id": header.reference_id,
        "origin": header.origin,
        "date_time_group": group.strftime("%Y-%m-%dT%H:%M:%SZ") if group else None,
        "precedence": header.precedence,
        "classification": header.classification,
        "sections": header.sections,
        "captions": list(header.captions),
        "pass_to": list(header.pass_to),
        "declassify_on": _day(header.declassify_on),
        "declassify_event": header.declassify_event,
        "tags": list(header.tags),
        "subject": header.subject,
        "references": dict(header.references),
        "classified_by": header.classified_by,
        "classified_by_title": header.classified_by_title,
        "reasons": list(header.reasons),
        "addressees_action": list(header.addressees_action),
        "addressees_info": list(header.addressees_info),
        "signed_by": header.signed_by,
        "paragraphs": list(header.paragraphs),
        "summary": header.summary,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "span": list(item.span),
        "tier": item.tier,
        "agenda": item.agenda,
        "kind": item.kind,
        "responsible": list(item.responsible),
        "owners": list(item.owners),
        "due_on": _day(item.due_on),
        "due_basis": item.due_basis,
        "marking": item.marking,
        "title": item.title,
        "text": item.text,
        "rules": list(item.rules),
        "reason": item.reason,
        "triggers": [list(span) for span in item.triggers],
        "evidence": {
            name: _span(span) if span else "default" for name, span in item.evidence.items()
        },
    }


def _warning(warning: CableWarning) -> dict[str, Any]:
    return {"code": warning.code, "message": warning.message, "span": _span(warning.span)}


def _read_item(stored: Mapping[str, Any]) -> Item:
    lists = ("responsible", "owners", "rules")
    return Item(
        **{
            **stored,
            **{name: tuple(stored[name]) for name in lists},
            "span": _read_span(stored["span"]),
            "due_on": _read_day(stored["due_on"]),
            "triggers": tuple(_read_span(span) for span in stored["triggers"]),
            "evidence": {
                name: None if span == "default" else _read_span(span)
                for name, span in stored["evidence"].items()
            },
        }
    )
