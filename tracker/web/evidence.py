"""Why a candidate was picked and its fields are as they are, for its card and for its task's page.

Built from rows that are passed in; no request, no session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tracker.cable import Span
from tracker.extract.explanation import FieldReason, explain_fields, triggers_of
from tracker.models import CableRecord, Candidate
from tracker.policy.markings import Marking, join_markings, parse_marking
from tracker.services.understand_cable import passages_marking
from tracker.web.source_text import shown_places


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that picked a candidate, and where each field was read from. ``shown`` are the
    places of those fields' words as a browser counts them."""

    words: list[str]
    fields: list[FieldReason]
    shown: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Why:
    """What a task's page says of the candidate that it was made of. ``evidence`` is None for what
    a person picked or reshaped; ``marking`` is that of all words it shows."""

    candidate: Candidate
    evidence: Evidence | None
    marking: Marking


def evidence_by_span(cable: CableRecord) -> dict[Span, Evidence]:
    """What the reading kept with the cable says of each item, by its span."""
    shown = shown_places(cable.text)
    return {
        (item["span"][0], item["span"][1]): _evidence(
            triggers_of(item, cable.text), explain_fields(item, cable.reading, cable.text), shown
        )
        for item in cable.reading.get("items", [])
    }


def _evidence(
    words: list[str], fields: list[FieldReason], shown: Callable[[Span], Span]
) -> Evidence:
    return Evidence(words, fields, {one.field: shown(one.span) for one in fields if one.span})


def why_of(candidate: Candidate) -> Why:
    """Why a candidate was picked."""
    cable = candidate.cable
    evidence = evidence_by_span(cable).get((candidate.span_start, candidate.span_end))
    spans = [(candidate.span_start, candidate.span_end)]
    spans += [one.span for one in evidence.fields if one.span] if evidence else []
    spans += [
        (topic["span"][0], topic["span"][1])
        for topic in cable.reading.get("agenda", [])
        if topic["label"] == candidate.agenda
    ]
    marks = [parse_marking(candidate.marking), parse_marking(passages_marking(cable, spans))]
    return Why(candidate, evidence, join_markings(marks))
