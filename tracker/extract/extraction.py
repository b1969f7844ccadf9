"""The way from a cable to its items, stage by stage.

Only the order of the stages lives here; each stage has a module of its own.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from tracker.cable import Cable, CableWarning, Span
from tracker.extract.agenda import (
    Agenda,
    is_list_of_asks,
    is_list_of_steps,
    read_agenda,
    without_preliminaries,
)
from tracker.extract.candidates import Candidate, find_candidate, has_cue
from tracker.extract.cast import Cast, read_cast
from tracker.extract.dates import MONTH, Anchor, month_of
from tracker.extract.doers import Context, Resolved
from tracker.extract.due import find_due
from tracker.extract.duplicates import lower_repeats
from tracker.extract.lexicon import DEFAULT, Lexicon
from tracker.extract.meeting import day_of_writing, meeting_names, read_meeting
from tracker.extract.mention import MARKS, Mention
from tracker.extract.model import Extraction, Item, Meeting, Sentence
from tracker.extract.resolve import resolve
from tracker.extract.rules import LIKELY
from tracker.extract.skeleton import Skeleton, complete, read_skeleton
from tracker.extract.split import split_unit
from tracker.extract.tiers import is_among_them, score, weigh
from tracker.extract.titles import make_title
from tracker.extract.units import Unit, read_units
from tracker.policy.deadlines import default_due_on

_CENTURY = re.compile(r"(?:19|20)\d\d")
# So much must speak for a lead-in before its doer and mood hold for its elements.
_LENDS = 0.45
# "In November 2009", "in 2005", "since May 2007": when something was done.
_DATED = re.compile(
    rf"\b(?:In|in|On|on|since|Since|during|During) (?:the )?(?:(?P<month>{MONTH}) "
    rf")?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]{2,}")
# Classes of actors that "they" may stand for.
_NAMED = frozenset({"own", "them", "both", "third", "who"})
_JOINT = re.compile(r"\A(?:and|but|that|which)\s", re.IGNORECASE)


def extract(
    cable: Cable,
    *,
    today: dt.date,
    lexicon: Lexicon = DEFAULT,
    meeting_dates: tuple[dt.date, dt.date] | None = None,
    follow_up_months: int | None = None,
) -> Extraction:
    """Draw agenda, meeting, items and warnings from a cable.

    ``today`` is the day of extraction: years that a text leaves out are counted from it where
    the cable has no date of its own. ``meeting_dates`` (first and last day) and
    ``follow_up_months`` are what a person confirmed; they take the place of what the text says,
    and deadlines count from them. Never raises for any text.
    """
    cable = _without_marks(cable)
    meeting, warnings = read_meeting(cable, today)
    meeting = _confirmed(meeting, meeting_dates, follow_up_months)
    cast = read_cast(cable, lexicon)
    agenda = read_agenda(cable)
    work = _Work(cable, cast, agenda, meeting, today, lexicon)
    items, unpicked = work.run()
    busy = {item.agenda for item in items if item.agenda is not None and not _is_weak(item)}
    agenda, anew = without_preliminaries(agenda, busy)
    if anew:
        items = [replace(i, agenda=anew[i.agenda]) if i.agenda else i for i in items]
        unpicked = [replace(s, agenda=anew[s.agenda]) if s.agenda else s for s in unpicked]
    return Extraction(
        header=cable.header,
        meeting=meeting,
        agenda=agenda.items,
        items=tuple(lower_repeats(items, cable)),
        parties=cast.parties(),
        unpicked=tuple(unpicked),
        warnings=(*cable.warnings, *warnings, *_declassified(cable, today)),
    )


def _confirmed(
    meeting: Meeting, dates: tuple[dt.date, dt.date] | None, months: int | None
) -> Meeting:
    """The meeting with what a person confirmed in place of what was read."""
    if dates is not None:
        meeting = replace(meeting, starts_on=dates[0], ends_on=dates[1])
    return replace(meeting, follow_up_months=months) if months else meeting


def _without_marks(cable: Cable) -> Cable:
    """The same cable with our own marks for actors, should they stand in it, taken out."""
    if not MARKS.search(cable.masked):
        return cable
    return replace(cable, masked=MARKS.sub("?", cable.masked))


def _declassified(cable: Cable, today: dt.date) -> tuple[CableWarning, ...]:
    day = cable.header.declassify_on
    code = "declassification_date_passed"
    if day is None or day >= today or any(w.code == code for w in cable.warnings):
        return ()
    message = f"The declassification date, {day.day} {day:%B %Y}, has passed."
    return (CableWarning(code, message, cable.header.spans.get("declassify_on")),)


class _Work:
    """One extraction under way: what is known of the cable, and what was found so far."""

    def __init__(
        self,
        cable: Cable,
        cast: Cast,
        agenda: Agenda,
        meeting: Meeting,
        today: dt.date,
        lexicon: Lexicon,
    ) -> None:
        self._cable, self._cast, self._agenda = cable, cast, agenda
        self._meeting, self._lexicon = meeting, lexicon
        group = cable.header.date_time_group
        written = group.date() if group else None
        self._anchor = Anchor(day_of_writing(cable, today), meeting.starts_on, meeting.ends_on)
        self._default = default_due_on(meeting.ends_on, written, meeting.follow_up_months)
        self._is_report = _is_report(cable, self._anchor, meeting)
        cast.is_report = self._is_report
        self._acronyms = meeting_names(cable)
        self._leads: dict[int, Resolved] = {}
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
        introduced = {id(u.lead) for u in units if u.lead is not None}
        for unit in units:
            found = self._read(unit, introduces=id(unit) in introduced)
            items.extend(found)
            if not found and len(_WORD.findall(self._cable.masked, *unit.span)) > 3:
                unpicked.append(Sentence(unit.span, self._agenda.label_of(unit.block)))
        return items, unpicked

    def _read(self, unit: Unit, *, introduces: bool) -> list[Item]:
        if unit.index != self._block:
            self._block, self._antecedent, self._person = unit.index, None, None
            self._unread.clear()
        span = unit.span
        text = self._cable.masked[span[0] : span[1]]
        lead = self._leads.get(id(unit.lead)) if unit.lead is not None else None
        if not unit.is_element and not has_cue(text, self._lexicon):
            self._unread.append(span)
            return []
        skeleton = read_skeleton(self._cable.masked, span, self._cast, self._lexicon)
        if introduces:
            skeleton = complete(skeleton)
        if self._unread and any(m.sort == "who" and not m.owners
                                for m in skeleton.mentions.values()):  # fmt: skip
            self._read_subjects()
        found: list[Item] = []
        for part, candidate in split_unit(
            skeleton,
            find_candidate(skeleton, self._lexicon, is_listed=unit.is_element),
            unit,
            self._lexicon,
        ):
            item = self._judge(unit, part, skeleton, candidate, lead, introduces)
            if item is not None:
                found.append(item)
        self._remember(skeleton)
        return found

    def _judge(
        self, unit: Unit, span: Span, skeleton: Skeleton, candidate: Candidate,
        lead: Resolved | None, introduces: bool,
    ) -> Item | None:  # fmt: skip
        if not candidate.matches:
            return None
        is_steps, is_asks = self._announced_by(unit)
        context = Context(
            self._cast,
            self._is_report,
            is_spoken=unit.block.kind == "talking_point",
            is_steps=is_steps,
            is_asks=is_asks,
            antecedent=self._antecedent,
            person=self._person,
            lead=lead,
        )
        matches = weigh(candidate, unit, lead is not None or context.is_steps or context.is_asks)
        if not matches:
            return None
        resolved = resolve(candidate, skeleton, context)
        if introduces:
            if candidate.best.weight >= _LENDS:
                self._leads[id(unit)] = resolved
            if self._cable.masked[span[0] : span[1]].rstrip().endswith(
                (":", "following.")
            ) or _has_inner_list(self._cable.masked, unit):
                return None
        return self._item(unit, span, skeleton, candidate, resolved)

    def _item(
        self, unit: Unit, span: Span, skeleton: Skeleton, candidate: Candidate, resolved: Resolved
    ) -> Item:
        weight, reason = score(
            candidate,
            resolved,
            unit,
            is_past=self._is_past(span),
            is_report=self._is_report,
            is_among_them=is_among_them(candidate.best, skeleton),
            words=self._words(skeleton, candidate),
        )
        best = candidate.best
        due = find_due(
            self._cable.masked, span, self._anchor,
            is_report=self._is_report, acronyms=self._acronyms, words=candidate.words,
        )  # fmt: skip
        if due is None and unit.lead is not None:
            due = find_due(
                self._cable.masked, unit.lead.span, self._anchor,
                is_report=self._is_report, acronyms=self._acronyms,
            )  # fmt: skip
        triggers = [skeleton.source_span(m.start, m.end) for m in candidate.matches[:3]]
        return Item(
            span=span,
            tier="likely" if weight >= LIKELY else "possible",
            agenda=self._agenda.label_of(unit.block),
            kind=resolved.kind,
            responsible=resolved.responsible,
            owners=resolved.owners,
            due_on=due.on if due else self._default,
            due_basis="stated" if due else "default",
            marking=unit.block.marking,
            title=make_title(
                self._cable.masked, span, best, skeleton, resolved.kind, self._cast.names
            ),
            text=self._cable.text_of(span),
            rules=tuple(m.rule.id for m in candidate.matches),
            reason=reason,
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

    def _is_past(self, span: Span) -> bool:
        """Whether a passage is dated, year and all, well before the meeting."""
        earliest = self._anchor.earliest
        if earliest is None or not _CENTURY.search(self._cable.masked, *span):
            return False
        return any(
            (int(m["year"]), month_of(m["month"]) if m["month"] else 12)
            < ((earliest.year, earliest.month - 1))
            for m in _DATED.finditer(self._cable.masked, *span)
        )

    def _heading_span(self, unit: Unit) -> Span | None:
        if self._agenda.label_of(unit.block) is None or unit.block.heading is None:
            return None
        return self._cable.blocks[unit.block.heading].span

    def _read_subjects(self) -> None:
        """Catch up on the sentences before that held nothing, now that a pronoun asks for them."""
        unread, self._unread = self._unread, []
        for span in unread:
            self._remember(read_skeleton(self._cable.masked, span, self._cast, self._lexicon))

    def _remember(self, skeleton: Skeleton) -> None:
        """The subjects that "they" and "he" of the next sentence may stand for."""
        named = [m for m in skeleton.mentions.values()
                 if not m.is_oblique and m.owners and m.sort in _NAMED]  # fmt: skip
        if named:
            self._unread.clear()
            self._antecedent = named[0]
            self._person = next((m for m in named if m.is_person), self._person)


def _is_weak(item: Item) -> bool:
    """Whether a passage is only worth a glance."""
    return item.tier == "possible" and item.rules[0].startswith("weak-")


def _is_report(cable: Cable, anchor: Anchor, meeting: Meeting) -> bool:
    """Whether the cable reports a meeting that is over."""
    if meeting.ends_on is not None and anchor.written_on is not None:
        return meeting.ends_on <= anchor.written_on
    past = len(re.findall(r"\b(?:said|told|agreed|noted|replied|stressed)\b", cable.masked))
    ahead = len(
        re.findall(r"\b(?:should|suggest|recommend|propose|objective|will)\b", cable.masked)
    )
    return past > ahead


def _has_inner_list(masked: str, unit: Unit) -> bool:
    after = masked[unit.span[1] : unit.span[1] + 8].lstrip()
    return after[:1] == "(" or after[1:2] == ")"
