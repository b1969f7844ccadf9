"""What the review page shows: candidates by agenda item, what was decided, and what comes next.

Built from rows that are passed in; no request, no session.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tracker.extract import Sentence
from tracker.models import CableRecord, Candidate, Task
from tracker.policy.markings import Marking, parse_marking
from tracker.services.add_missed import RULE as MISSED
from tracker.services.understand_cable import agenda_titles, unpicked_sentences
from tracker.web.evidence import Evidence, evidence_by_span
from tracker.web.forms.review import KIND_WORDS
from tracker.web.source_text import Piece, cut


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate as the page shows it, with its task once it is accepted and who decided."""

    candidate: Candidate
    task: Task | None = None
    decided_by: str = ""
    basis: str = ""
    """Where its due date comes from, in words."""
    evidence: Evidence | None = None
    """What each of its fields was read from; None for what a person picked."""
    made_by: str = ""
    """ "merge" or "split" where a person made it of others, by which it can be undone."""

    @property
    def is_pending(self) -> bool:
        """Whether nobody has decided yet."""
        return self.candidate.decision == "pending"

    @property
    def stands_first(self) -> bool:
        """Whether it stands among the likely ones, as what a person picked does; a rule is less
        certain of the others."""
        return self.candidate.tier == "likely" or MISSED in self.candidate.rules

    @property
    def title(self) -> str:
        """What it is called now: as edited, once it is a task."""
        return self.task.title if self.task else self.candidate.title

    @property
    def kind(self) -> str:
        """Its kind in words."""
        return KIND_WORDS[self.task.kind if self.task else self.candidate.kind]

    @property
    def marking(self) -> Marking:
        """The marking of its passage."""
        return parse_marking(self.candidate.marking)


@dataclass(frozen=True, slots=True)
class Unpicked:
    """A sentence that no rule picked, on one line."""

    text: str
    span: tuple[int, int]


@dataclass(slots=True)
class Group:
    """An agenda item with its candidates; ``label`` is "" for what stands under none."""

    label: str
    title: str
    likely: list[Row] = field(default_factory=list)
    possible: list[Row] = field(default_factory=list)
    unpicked: list[Unpicked] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """All candidates in the order of the page."""
        return [*self.likely, *self.possible]

    @property
    def anchor(self) -> str:
        """Its address within the page."""
        return f"agenda-{self.label}" if self.label else "agenda-none"

    @property
    def pending(self) -> int:
        """How many nobody has decided yet."""
        return sum(row.is_pending for row in self.rows)

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to show."""
        return not (self.likely or self.possible or self.unpicked)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review is."""

    total: int
    decided: int
    accepted: int
    likely_pending: int

    @property
    def is_done(self) -> bool:
        """Whether everything has been decided."""
        return self.decided == self.total


def make_rows(
    cable: CableRecord,
    candidates: Sequence[Candidate],
    tasks: Mapping[int, Task],
    names: Mapping[int, str],
    merged: Collection[int] = (),
) -> list[Row]:
    """A row for each candidate, in the order given; ``merged`` are those made by merging."""
    words = {"stated": "stated in the text", "default": default_in_words(cable)}
    evidence = evidence_by_span(cable)
    return [
        Row(
            candidate,
            tasks.get(candidate.id),
            names.get(candidate.decided_by_id or 0, ""),
            words[candidate.due_basis],
            evidence.get((candidate.span_start, candidate.span_end)),
            "merge" if candidate.id in merged else "split" if candidate.split_from_id else "",
        )
        for candidate in candidates
    ]


def default_in_words(cable: CableRecord) -> str:
    """ "default: 6 months after the meeting"; without a date of one they count from the cable's."""
    months = cable.reading["meeting"]["follow_up_months"]
    is_dated = cable.meeting is not None and cable.meeting.ends_on is not None
    start = "the meeting" if is_dated else "the cable's date"
    return f"default: {months} {'month' if months == 1 else 'months'} after {start}"


def make_groups(cable: CableRecord, rows: Sequence[Row]) -> list[Group]:
    """The agenda in the cable's order, what stands under no item first; empty ones are left out."""
    groups = {"": Group("", "Outside the agenda items")}
    for label, title in agenda_titles(cable).items():
        groups[label] = Group(label, title)
    for row in rows:
        label = row.candidate.agenda or ""
        group = groups.setdefault(label, Group(label, ""))
        (group.likely if row.stands_first else group.possible).append(row)
    picked = {(row.candidate.span_start, row.candidate.span_end) for row in rows}
    for sentence in unpicked_sentences(cable):
        if sentence.span not in picked:
            label = sentence.agenda or ""
            groups.setdefault(label, Group(label, "")).unpicked.append(_line(cable, sentence))
    return [group for group in groups.values() if not group.is_empty]


def _line(cable: CableRecord, sentence: Sentence) -> Unpicked:
    start, end = sentence.span
    return Unpicked(" ".join(cable.text[start:end].split()), sentence.span)


def progress_of(rows: Sequence[Row]) -> Progress:
    """Counts over all candidates of a cable."""
    return Progress(
        total=len(rows),
        decided=sum(not row.is_pending for row in rows),
        accepted=sum(row.candidate.decision == "accepted" for row in rows),
        likely_pending=sum(row.is_pending and row.candidate.tier == "likely" for row in rows),
    )


def make_pieces(cable: CableRecord, rows: Sequence[Row]) -> list[Piece]:
    """The cable's text, cut where candidates begin and end."""
    spans = [(row.candidate.id, (row.candidate.span_start, row.candidate.span_end)) for row in rows]
    return cut(cable.text, spans)


def next_pending(groups: Sequence[Group], after: int) -> int | None:
    """The id of the candidate to decide next: of the same list from ``after`` on in the order of
    the page, else any; None once all are decided."""
    rows = [row for group in groups for row in group.rows]
    position = next((n for n, row in enumerate(rows) if row.candidate.id == after), -1)
    turned = [*rows[position + 1 :], *rows[: position + 1]]
    waiting = [row for row in turned if row.is_pending]
    is_first = rows[position].stands_first if position >= 0 else True
    same = [row for row in waiting if row.stands_first == is_first]
    return next((row.candidate.id for row in [*same, *waiting]), None)


def next_beside(groups: Sequence[Group], candidate_id: int) -> Row | None:
    """The undecided row that follows one in its list on the page, which is what it merges with;
    None where none does."""
    for group in groups:
        for rows in (group.likely, group.possible):
            at = next((n for n, row in enumerate(rows) if row.candidate.id == candidate_id), None)
            if at is not None:
                return next((row for row in rows[at + 1 :] if row.is_pending), None)
    return None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands on the page: in the list of its tier in its group, after another."""

    group: str
    tier: str
    after: int | None


def places_of(groups: Sequence[Group]) -> dict[int, Place]:
    """The place of each row, by the candidate's id."""
    places = {}
    for group in groups:
        for tier, rows in (("likely", group.likely), ("possible", group.possible)):
            before = None
            for row in rows:
                places[row.candidate.id] = Place(group.anchor, tier, before)
                before = row.candidate.id
    return places


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a passage and where it begins in the source; ``is_likely`` is the one that a
    second part would most likely begin with."""

    text: str
    at: int
    is_likely: bool


_JOINS = frozenset({"and", "while", "but", "or", "then"})


def points_of(text: str, spans: Sequence[tuple[int, int]]) -> list[Word]:
    """The words of a passage as points to split at. The likely one begins a sentence or clause
    and lies nearest the middle."""
    words = [text[start:end] for start, end in spans]
    weights = [
        (3 if before.endswith((".", ";", ":")) else 2 * before.endswith(",") or word in _JOINS, n)
        for n, (before, word) in enumerate(pairwise(words), 1)
    ]
    middle = len(words) / 2
    best = max(weights, key=lambda w: (int(w[0]), -abs(w[1] - middle)), default=(0, 0))[1]
    return [Word(word, spans[n][0], n == best) for n, word in enumerate(words)]
