"""The way from units to items: each stage goes over a stretch of them before the next begins.

Only the order of the stages lives here; each stage has a module of its own. What a sentence says
depends on those before it in one thing alone, whom "they" and a lead-in stand for.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import islice

from tracker.cable import Cable, Span
from tracker.extract.agenda import Agenda, is_list_of_asks, is_list_of_steps
from tracker.extract.candidates import Candidate, find_candidates, has_cue
from tracker.extract.cast import Cast
from tracker.extract.dates import Anchor
from tracker.extract.doers import Context, Resolved
from tracker.extract.due import Due, find_due
from tracker.extract.lexicon import Lexicon
from tracker.extract.mention import Mention
from tracker.extract.model import Item, Sentence
from tracker.extract.narrowing import narrowed
from tracker.extract.parts import Part
from tracker.extract.past import is_past
from tracker.extract.resolve import resolve
from tracker.extract.rules import LIKELY
from tracker.extract.skeleton import Skeleton, complete, read_skeletons
from tracker.extract.split import split_unit
from tracker.extract.tiers import is_among_them, score, weigh
from tracker.extract.titles import make_title
from tracker.extract.units import Unit, read_units

# So much must speak for a lead-in before its doer and mood hold for its elements.
_LENDS = 0.45
_WORD = re.compile(r"[A-Za-z]{2,}")
_FEWEST_WORDS = 4
# Classes of actors that "they" may stand for.
_NAMED = frozenset({"own", "them", "both", "third", "who"})
_SCHEDULED = frozenset({"will-happen", "will-be-done", "session-will", "meets-next", "will-other"})
_JOINT = re.compile(r"\A(?:and|but|that|which)\s", re.IGNORECASE)
# So many units go through a stage together. Taking each through all stages is slower by a sixth,
# since a processor has at hand only what it used last; with all units of a long text at once too
# much would be kept in memory.
_STRETCH = 64


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a cable before its sentences are read. ``default`` is the day on which an
    item falls due that names none; ``acronyms`` is what the meeting is called."""

    cable: Cable
    cast: Cast
    agenda: Agenda
    anchor: Anchor
    default: dt.date | None
    acronyms: tuple[str, ...]
    lexicon: Lexicon
    meeting_at: tuple[Span, ...] = ()
    """Where the text says when the meeting is."""


@dataclass(slots=True)
class _Draft:
    """What becomes an item: a passage, what picked it and what it asks for."""

    unit: Unit
    span: Span
    whole: Span
    """The passage with what the sentence says beside the act."""
    skeleton: Skeleton
    candidate: Candidate
    resolved: Resolved


class Work:
    """One extraction under way: what was found so far."""

    def __init__(self, known: Known) -> None:
        self._known, self._cable, self._lexicon = known, known.cable, known.lexicon
        self._is_report = known.cast.is_report
        self._earliest = known.anchor.earliest
        self._leads: dict[int, Resolved] = {}
        self._lead_dues: dict[Span, Due | None] = {}
        self._announced: dict[tuple[int | None, Span | None], tuple[bool, bool]] = {}
        self._antecedent: Mention | None = None
        self._person: Mention | None = None
        self._unread: list[Span] = []
        self._block = -1

    def run(self) -> tuple[list[Item], list[Sentence]]:
        """Go through all units: items, and the sentences that nothing picked."""
        items: list[Item] = []
        unpicked: list[Sentence] = []
        units = read_units(self._cable)
        introducing = {id(u.lead) for u in units if u.lead is not None}
        for start in range(0, len(units), _STRETCH):
            drafts: list[_Draft] = []
            for unit, skeleton, parts in self._read(units[start : start + _STRETCH], introducing):
                found = self._judge_all(unit, skeleton, parts, id(unit) in introducing)
                drafts += found
                if not found and _has_words(self._cable.masked, unit.span):
                    label = self._known.agenda.label_of(unit.block)
                    unpicked.append(Sentence(unit.span, label))
            items += self._items(drafts)
        return items, unpicked

    def _read(
        self, units: list[Unit], introducing: set[int]
    ) -> list[tuple[Unit, Skeleton | None, list[Part]]]:
        """Units with their skeletons and parts; none where no rule could pick anything."""
        masked, lexicon = self._cable.masked, self._lexicon
        told = [u for u in units if u.is_element or has_cue(masked[slice(*u.span)], lexicon)]
        spans = [unit.span for unit in told]
        skeletons = read_skeletons(masked, spans, self._known.cast, lexicon)
        for n, unit in enumerate(told):
            if id(unit) in introducing:
                skeletons[n] = complete(skeletons[n])
        listed = [unit.is_element for unit in told]
        candidates = find_candidates(list(zip(skeletons, listed, strict=True)), lexicon)
        found = {
            id(unit): (skeleton, split_unit(skeleton, candidate, unit, lexicon))
            for unit, skeleton, candidate in zip(told, skeletons, candidates, strict=True)
        }
        return [(unit, *found.get(id(unit), (None, []))) for unit in units]

    def _judge_all(
        self, unit: Unit, skeleton: Skeleton | None, parts: list[Part], introduces: bool
    ) -> list[_Draft]:
        if unit.index != self._block:
            self._block, self._antecedent, self._person = unit.index, None, None
            self._unread.clear()
        if skeleton is None:
            self._unread.append(unit.span)
            return []
        if self._unread and any(m.sort == "who" and not m.owners
                                for m in skeleton.mentions.values()):  # fmt: skip
            self._read_subjects()
        found = [self._judge(unit, part, skeleton, introduces) for part in parts]
        self._remember(skeleton)
        return [draft for draft in found if draft is not None]

    def _judge(self, unit: Unit, part: Part, skeleton: Skeleton, introduces: bool) -> _Draft | None:
        span, candidate = part
        if not candidate.matches:
            return None
        lead = self._leads.get(id(unit.lead)) if unit.lead is not None else None
        is_steps, is_asks = self._announced_by(unit)
        if not weigh(candidate, unit, lead is not None or is_steps or is_asks):
            return None
        context = Context(
            self._known.cast,
            self._is_report,
            is_spoken=unit.block.kind == "talking_point",
            is_steps=is_steps,
            is_asks=is_asks,
            antecedent=self._antecedent,
            person=self._person,
            lead=lead,
        )
        resolved = resolve(candidate, skeleton, context)
        if introduces:
            if candidate.best.weight >= _LENDS:
                self._leads[id(unit)] = resolved
            masked = self._cable.masked
            ends = masked[span[0] : span[1]].rstrip()
            if ends.endswith((":", "following.")) or _has_inner_list(masked, unit):
                return None
        return _Draft(
            unit, narrowed(skeleton, span, candidate), span, skeleton, candidate, resolved
        )

    def _items(self, drafts: list[_Draft]) -> list[Item]:
        known, masked = self._known, self._cable.masked
        dues = [self._due(draft) for draft in drafts]
        titles = [
            make_title(
                masked, d.span, d.candidate.best, d.skeleton, d.resolved.kind, known.cast.names
            )
            for d in drafts
        ]
        weighed = [self._weigh(draft) for draft in drafts]
        return list(map(self._item, drafts, dues, titles, weighed))

    def _due(self, draft: _Draft) -> Due | None:
        """The time that a passage states, or else its sentence, or the lead-in of its list."""
        words, lead = draft.candidate.words, draft.unit.lead
        due = self._find_due(draft.span, words)
        if due is None and draft.whole != draft.span:
            due = self._find_due(draft.whole, words)
        if due is None and lead is not None:
            if lead.span not in self._lead_dues:
                self._lead_dues[lead.span] = self._find_due(lead.span, None)
            due = self._lead_dues[lead.span]
        return due

    def _find_due(self, span: Span, words: frozenset[str] | None) -> Due | None:
        known = self._known
        return find_due(
            self._cable.masked, span, known.anchor,
            is_report=self._is_report, acronyms=known.acronyms, words=words,
        )  # fmt: skip

    def _weigh(self, draft: _Draft) -> tuple[float, str]:
        """The weight of an item and its reason in words."""
        return score(
            draft.candidate,
            draft.resolved,
            draft.unit,
            is_past=is_past(self._cable.masked, draft.span, self._earliest),
            is_report=self._is_report,
            is_date_of_talks=self._tells_when(draft),
            is_among_them=is_among_them(draft.candidate.best, draft.skeleton),
            words=self._words(draft.skeleton, draft.candidate),
        )

    def _tells_when(self, draft: _Draft) -> bool:
        """Whether a passage only says when the meeting is that the cable prepares."""
        if self._is_report or draft.candidate.best.rule.id not in _SCHEDULED:
            return False
        start, end = draft.span
        return any(start <= at[0] and at[1] <= end for at in self._known.meeting_at)

    def _item(self, draft: _Draft, due: Due | None, title: str, weighed: tuple[float, str]) -> Item:
        unit, resolved, matches = draft.unit, draft.resolved, draft.candidate.matches
        triggers = [draft.skeleton.source_span(m.start, m.end) for m in matches[:3]]
        return Item(
            span=draft.span,
            tier="likely" if weighed[0] >= LIKELY else "possible",
            agenda=self._known.agenda.label_of(unit.block),
            kind=resolved.kind,
            responsible=resolved.responsible,
            owners=resolved.owners,
            due_on=due.on if due else self._known.default,
            due_basis="stated" if due else "default",
            marking=unit.block.marking,
            title=title,
            text=self._cable.text_of(draft.span),
            rules=tuple([m.rule.id for m in matches]),
            reason=weighed[1],
            triggers=tuple(triggers),
            evidence={
                "kind": triggers[0],
                "responsible": resolved.doer_span,
                "owners": resolved.doer_span if resolved.owners else None,
                "due_on": due.span if due else None,
                "agenda": self._heading_span(unit),
            },
        )

    def _words(self, skeleton: Skeleton, candidate: Candidate) -> str:
        """The words that picked a passage, at most some sixty characters of them."""
        best = candidate.best
        words = self._cable.text_of(skeleton.source_span(best.start, best.end)).strip(" ,;:")
        words = _JOINT.sub("", words, count=1)
        return words if len(words) <= 60 else f"{words[:58].rsplit(' ', 1)[0]} …"

    def _announced_by(self, unit: Unit) -> tuple[bool, bool]:
        """Whether the heading of a unit, or the lead-in of its list, announces steps; and asks."""
        heading, lead = unit.block.heading, unit.lead.span if unit.lead is not None else None
        if (heading, lead) not in self._announced:
            spans = [lead, None if heading is None else self._cable.blocks[heading].span]
            texts = [self._cable.text_of(span) for span in spans if span is not None]
            self._announced[heading, lead] = (
                any(map(is_list_of_steps, texts)), any(map(is_list_of_asks, texts))
            )  # fmt: skip
        return self._announced[heading, lead]

    def _heading_span(self, unit: Unit) -> Span | None:
        if self._known.agenda.label_of(unit.block) is None or unit.block.heading is None:
            return None
        return self._cable.blocks[unit.block.heading].span

    def _read_subjects(self) -> None:
        """Catch up on the sentences before that held nothing, now that a pronoun asks for them."""
        unread, self._unread = self._unread, []
        for skeleton in read_skeletons(self._cable.masked, unread, self._known.cast, self._lexicon):
            self._remember(skeleton)

    def _remember(self, skeleton: Skeleton) -> None:
        """The subjects that "they" and "he" of the next sentence may stand for."""
        named = [m for m in skeleton.mentions.values()
                 if not m.is_oblique and m.owners and m.sort in _NAMED]  # fmt: skip
        if named:
            self._unread.clear()
            self._antecedent = named[0]
            self._person = next((m for m in named if m.is_person), self._person)


def _has_words(masked: str, span: Span) -> bool:
    """Whether a passage has words enough to be looked at."""
    return sum(1 for _ in islice(_WORD.finditer(masked, *span), _FEWEST_WORDS)) == _FEWEST_WORDS


def _has_inner_list(masked: str, unit: Unit) -> bool:
    after = masked[unit.span[1] : unit.span[1] + 8].lstrip()
    return after[:1] == "(" or after[1:2] == ")"
