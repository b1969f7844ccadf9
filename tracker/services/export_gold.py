"""Turns the finished review of a cable into annotations: what is an item, and what holds of it.

The form is that of the annotated cables which measure the extraction (docs/extraction.md says
what becomes of a decision); nothing is written here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.extract import DEFAULT, Lexicon
from tracker.models import CableRecord, Candidate
from tracker.policy.errors import Conflict
from tracker.policy.markings import parse_marking
from tracker.queries import reviews
from tracker.queries.cables import candidates_of
from tracker.services.add_missed import RULE as MISSED
from tracker.services.understand_cable import Understanding, understand

_HEADER = (
    "reference_id", "origin", "date_time_group", "precedence", "classification", "sections",
    "captions", "declassify_on", "tags", "subject", "references", "classified_by", "reasons",
    "addressees_action", "addressees_info", "signed_by", "paragraphs",
)  # fmt: skip
_CODES = ("conflicting_meeting_dates", "unmarked_portion", "paragraph_number_repaired")
_PASSED = "declassification_date_passed"
_EDITABLE = ("title", "text", "kind", "agenda", "due_on", "marking")
_ENDS = 40


def export_gold(
    session: Session, cable: CableRecord, *, today: dt.date, lexicon: Lexicon = DEFAULT
) -> dict[str, Any]:
    """The annotations as one object that can be written as JSON. Raises Conflict while a
    candidate is undecided: what nobody judged is neither an item nor none."""
    candidates = candidates_of(session, cable.id)
    waiting = sum(candidate.decision == "pending" for candidate in candidates)
    if cable.dialogue_id is None or waiting:
        left = f"{waiting} of {len(candidates)} candidates" if waiting else "This cable"
        raise Conflict(
            f"{left} must be reviewed first: an annotation says of every one whether it is an item."
        )
    first = reviews.first_values(session, cable.id)
    names = reviews.names_in_text(session, cable.id)
    return {
        **_document(cable, understand(cable, lexicon=lexicon), today),
        "items": [
            _item(cable, c, first.get(c.id), names.get(c.id))
            for c in candidates
            if c.decision == "accepted"
        ],
        "rejected": [_rejected(c) for c in candidates if c.decision == "rejected"],
    }


def name_of_gold(cable: CableRecord) -> str:
    """The name of its file, without ending: the reference id, or else the number here."""
    kept = "".join(c for c in cable.reference_id or "" if c.isascii() and c.isalnum())
    return kept or f"cable-{cable.id}"


def _document(cable: CableRecord, understood: Understanding, today: dt.date) -> dict[str, Any]:
    read = cable.reading["document"]
    return {
        "document": f"cables/{name_of_gold(cable)}.txt",
        "sha256": hashlib.sha256(cable.text.encode("utf-8")).hexdigest(),
        "header": {key: read[key] for key in _HEADER if read.get(key)},
        "meeting": _meeting(cable),
        "agenda": [{"label": a["label"], "title": a["title"]} for a in cable.reading["agenda"]],
        "warnings": _warnings(understood, today),
    }


def _meeting(cable: CableRecord) -> dict[str, Any]:
    meeting, months = cable.meeting, cable.reading["meeting"]["follow_up_months"]
    days = (meeting.starts_on, meeting.ends_on) if meeting else (None, None)
    known = {"starts_on": days[0], "ends_on": days[1]}
    return {
        **{key: day.isoformat() for key, day in known.items() if day},
        "follow_up": f"{months} months",
    }


def _warnings(understood: Understanding, today: dt.date) -> list[str]:
    """The codes that a reading on that day must give; one of them comes with the years."""
    found = {warning.code for warning in understood.extraction.warnings}
    ends_on = understood.cable.header.declassify_on
    passed = [_PASSED] if ends_on is not None and ends_on < today else []
    return [code for code in _CODES if code in found] + passed


def _item(
    cable: CableRecord,
    candidate: Candidate,
    first: Mapping[str, Any] | None,
    names: list[str] | None,
) -> dict[str, Any]:
    start, end = candidate.span_start, candidate.span_end
    values = first or _proposed(candidate)
    owners = names if names is not None else list(values["owners"])
    is_edited = _is_edited(candidate, values, owners)
    words = " ".join(cable.text[start:end].split())
    item = {
        "id": f"{candidate.position + 1}",
        "agenda": values["agenda"],
        "level": "required" if is_edited or candidate.tier == "likely" else "optional",
        "kind": values["kind"],
        "responsible": list(values["responsible"]),
        "owners": _owners_in_text(candidate, owners, words),
        "due_on": values["due_on"],
        "due_basis": values["due_basis"],
        "span": [start, end],
        "marking": values["marking"],
        "opens_with": words[:_ENDS],
        "closes_with": words[-_ENDS:],
        "rules": list(candidate.rules),
    }
    proposed = candidate.due_on.isoformat() if candidate.due_on else None
    if item["due_on"] != proposed and MISSED not in candidate.rules:
        item["due_on_any"] = [item["due_on"], proposed]
    return item


def _proposed(candidate: Candidate) -> dict[str, Any]:
    """The values of a candidate whose task is gone."""
    return {
        "title": candidate.title.strip(),
        "text": candidate.text.strip(),
        "kind": candidate.kind,
        "agenda": candidate.agenda,
        "due_on": candidate.due_on.isoformat() if candidate.due_on else None,
        "due_basis": candidate.due_basis,
        "marking": parse_marking(candidate.marking).short,
        "responsible": candidate.responsible,
        "owners": candidate.owners,
    }


def _is_edited(candidate: Candidate, values: Mapping[str, Any], owners: list[str]) -> bool:
    """Whether a person set something right, or picked the passage in the first place."""
    proposed = _proposed(candidate)
    is_changed = any(values[field] != proposed[field] for field in _EDITABLE)
    others = set(values["responsible"]) != set(candidate.responsible)
    return is_changed or others or owners != candidate.owners or MISSED in candidate.rules


def _owners_in_text(candidate: Candidate, owners: list[str], words: str) -> list[str]:
    """Owners as the text names them: an owner whom a person chose beyond the text says nothing
    about the reading, so that then the proposed ones stay."""
    if not owners or owners == candidate.owners:
        return owners
    named = [name for name in owners if name.casefold() in words.casefold()]
    return named or list(candidate.owners)


def _rejected(candidate: Candidate) -> dict[str, Any]:
    return {
        "span": [candidate.span_start, candidate.span_end],
        "rules": list(candidate.rules),
        "reason": candidate.rejection_reason,
    }
