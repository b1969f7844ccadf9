"""What an extraction gives: agenda, meeting and items, each with its place and its reason.

Plain frozen data, and its JSON form.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from tracker.cable import CableWarning, Header, Span

Kind = Literal["objective", "action", "commitment", "request"]
Tier = Literal["likely", "possible"]
DueBasis = Literal["stated", "default"]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A topic of the meeting: its label ("A", "1"), its title, and where its heading stands."""

    label: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class MeetingDates:
    """One statement of when the meeting is, with its passage."""

    starts_on: dt.date
    ends_on: dt.date
    span: Span


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting a cable is about. ``statements`` holds every date given for it, the chosen one
    first; two that differ are for a person to decide. ``follow_up_months`` is six unless the
    cable states another period (then ``follow_up_span`` tells where)."""

    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    statements: tuple[MeetingDates, ...] = ()
    follow_up_months: int = 6
    follow_up_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A government (or organisation) taking part, by country name.

    ``is_own`` marks the author's."""

    name: str
    is_own: bool
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A passage to be followed up.

    ``title`` is an imperative line of at most 90 characters. ``rules`` names the rules that
    picked it, strongest first, and ``reason`` says why in a sentence. ``evidence`` maps each
    inferred field to the span it came from, or None where it is a default.
    """

    span: Span
    tier: Tier
    agenda: str | None
    kind: Kind
    responsible: tuple[str, ...]
    owners: tuple[str, ...]
    due_on: dt.date | None
    due_basis: DueBasis
    marking: str
    title: str
    text: str
    rules: tuple[str, ...]
    reason: str
    triggers: tuple[Span, ...] = ()
    evidence: dict[str, Span | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that nothing picked, with the label of the topic it stands under."""

    span: Span
    agenda: str | None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was drawn from one cable."""

    header: Header
    meeting: Meeting
    agenda: tuple[AgendaItem, ...]
    items: tuple[Item, ...]
    parties: tuple[Party, ...]
    unpicked: tuple[Sentence, ...]
    warnings: tuple[CableWarning, ...]
