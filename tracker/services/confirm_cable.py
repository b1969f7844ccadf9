"""Makes an imported cable part of a dialogue once a person (or a command) has confirmed what
was understood of it: dialogue, parties, meeting dates and follow-up period. Draws the candidates.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.cable import Cable, Span, parse_cable
from tracker.extract import DEFAULT, Extraction, Item, Lexicon, extract, to_json
from tracker.models import (
    AgendaItem,
    CableRecord,
    Candidate,
    Contact,
    Dialogue,
    DialogueParty,
    Meeting,
    Membership,
    Party,
)
from tracker.policy.days import is_plausible
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.policy.markings import Marking, join_markings, parse_marking
from tracker.policy.names import has_control_characters
from tracker.policy.visibility import Actor
from tracker.queries.dialogues import hold_dialogue
from tracker.queries.people import keeps_dialogues
from tracker.services.enter_party import check_party_length, get_or_add_party
from tracker.services.free_address import add_under_free_slug
from tracker.services.understand_cable import Understanding

LONGEST_DIALOGUE = 200


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What was confirmed. ``dialogue`` is an existing one, else ``name`` and ``parties`` (own one
    first) make a new one. ``starts_on`` None means that no date is known yet; ``is_confirmed`` is
    False where nobody has looked at them. ``marking`` can only raise the cable's own."""

    dialogue: Dialogue | None
    name: str
    parties: tuple[str, ...]
    starts_on: dt.date | None
    ends_on: dt.date | None
    follow_up_months: int = 6
    marking: str | None = None
    is_confirmed: bool = True


def confirm_cable(
    session: Session,
    cable: CableRecord,
    confirmation: Confirmation,
    *,
    actor: Actor,
    now: dt.datetime,
    lexicon: Lexicon = DEFAULT,
    drawn: Understanding | None = None,
) -> Meeting:
    """Attaches the cable to its dialogue and meeting and writes its candidates. ``drawn`` is what
    ``draw_candidates`` gave before the transaction began; without it they are drawn within.

    Raises InvalidInput (with the field), NotAllowed for a dialogue the actor does not edit, and
    Conflict where it was confirmed before.
    """
    require_unconfirmed(session, cable)
    _check(confirmation)
    dialogue = confirmation.dialogue or _new_dialogue(session, cable, confirmation, actor, now)
    if confirmation.dialogue and not actor.scope.may_edit(dialogue.id):
        raise NotAllowed("Only a lead or editor of that dialogue can add a cable to it.")
    drawn = drawn or draw_candidates(cable, confirmation, lexicon=lexicon)
    read, extraction = drawn.cable, drawn.extraction
    meeting = _meeting_for(session, dialogue, confirmation)
    floors = floors_of(read, confirmation.marking)
    add_agenda(session, meeting, extraction, read, floors)
    cable.dialogue_id, cable.meeting_id = dialogue.id, meeting.id
    cable.dialogue, cable.meeting = dialogue, meeting
    cable.reading = to_json(extraction)
    raised = [parse_marking(cable.marking), parse_marking(confirmation.marking)]
    cable.marking = join_markings(raised).short
    add_candidates(cable, extraction, floors)
    session.flush()
    return meeting


def draw_candidates(
    cable: CableRecord, confirmation: Confirmation, *, lexicon: Lexicon = DEFAULT
) -> Understanding:
    """What is drawn from the cable once parties, days and follow-up period are confirmed; nothing
    is written, so that it may be done before a transaction. Raises InvalidInput."""
    _check(confirmation)
    read = parse_cable(cable.text)
    extraction = extract(
        read,
        today=cable.imported_at.date(),
        lexicon=lexicon,
        meeting_dates=_dates(confirmation),
        follow_up_months=confirmation.follow_up_months,
        parties=_parties(confirmation),
    )
    return Understanding(read, extraction)


def require_unconfirmed(session: Session, cable: CableRecord) -> None:
    """Raises Conflict for a confirmed cable. Of two people (or clicks) at once, the second waits
    here and then sees the first's."""
    query = select(CableRecord.dialogue_id).where(CableRecord.id == cable.id).with_for_update()
    if session.scalar(query) is not None:
        raise Conflict("This cable has been confirmed already.")


def floors_of(read: Cable, marking: str | None) -> list[tuple[Span, Marking]]:
    """Where the text states no classification and a person gave one, the passages without a mark
    of their own, which take it; elsewhere nothing is added to what the reader resolved."""
    if read.header.classification or not marking:
        return []
    given = parse_marking(marking)
    return [(block.span, given) for block in read.blocks if not block.is_marked]


def _check(given: Confirmation) -> None:
    if given.dialogue is None:
        if not given.name.strip() or has_control_characters(given.name):
            raise InvalidInput("Give the dialogue a name, on one line.", "name")
        names = [name.strip().lower() for name in given.parties if name.strip()]
        if len(names) < 2 or len(set(names)) != len(names):
            raise InvalidInput("Name two parties, your own first.", "parties")
        if any(has_control_characters(name) for name in given.parties):
            raise InvalidInput("A party's name must stand on one line.", "parties")
        if len(given.name.strip()) > LONGEST_DIALOGUE:
            raise InvalidInput(
                f"A dialogue's name has at most {LONGEST_DIALOGUE} characters.", "name"
            )
        for name in given.parties:
            check_party_length(name, "parties")
    if (given.starts_on is None) != (given.ends_on is None):
        raise InvalidInput("Give both days of the meeting, or neither.", "ends_on")
    for field, day in (("starts_on", given.starts_on), ("ends_on", given.ends_on)):
        if not is_plausible(day):
            raise InvalidInput("Give a date between 1900 and 2199.", field)
    if given.starts_on and given.ends_on and given.ends_on < given.starts_on:
        raise InvalidInput("The meeting's last day is before its first.", "ends_on")
    if not 1 <= given.follow_up_months <= 60:
        raise InvalidInput("The follow-up period is 1 to 60 months.", "follow_up_months")


def parties_of(dialogue: Dialogue) -> tuple[str, ...]:
    """The names of a dialogue's parties, the own one first."""
    return tuple(entry.party.name for entry in dialogue.parties)


def _parties(given: Confirmation) -> tuple[str, ...]:
    """Who takes part: in a dialogue that is there already its parties, whatever else was said."""
    if given.dialogue is not None:
        return parties_of(given.dialogue)
    return tuple(name.strip() for name in given.parties if name.strip())


def _dates(given: Confirmation) -> tuple[dt.date, dt.date] | None:
    if given.starts_on is None or given.ends_on is None:
        return None
    return given.starts_on, given.ends_on


def _new_dialogue(
    session: Session, cable: CableRecord, given: Confirmation, actor: Actor, now: dt.datetime
) -> Dialogue:
    parties = [get_or_add_party(session, name) for name in given.parties if name.strip()]
    _require_known_side(session, parties[0], actor)
    dialogue = add_under_free_slug(
        session,
        lambda slug: Dialogue(
            slug=slug,
            name=given.name.strip(),
            own_party_id=parties[0].id,
            follow_up_months=given.follow_up_months,
            is_sample=cable.is_sample,
            last_task_number=0,
            created_at=now,
            parties=[DialogueParty(party_id=p.id, position=n) for n, p in enumerate(parties)],
        ),
        given.name,
    )
    if actor.contact_id is not None:
        _make_lead(session, dialogue, parties[0], actor.contact_id)
    return dialogue


def _require_known_side(session: Session, own: Party, actor: Actor) -> None:
    """Nobody joins a government that keeps dialogues here by naming it as their own."""
    contact = session.get(Contact, actor.contact_id) if actor.contact_id is not None else None
    if contact is None or contact.party_id is not None or actor.scope.is_administrator:
        return
    if keeps_dialogues(session, own.id):
        raise InvalidInput(
            f"{own.name} keeps dialogues here already, and your entry in the directory names no "
            "side. Ask an administrator to enter it.",
            "parties",
        )


def _make_lead(session: Session, dialogue: Dialogue, own: Party, contact_id: int) -> None:
    """Whoever brings a dialogue in leads it; a side that was open is now known."""
    contact = session.get_one(Contact, contact_id)
    if contact.party_id is None:
        contact.party_id = own.id
    if contact.party_id != own.id:
        raise InvalidInput(
            "Your own party stands first, and your entry in the directory says another side.",
            "parties",
        )
    session.add(Membership(dialogue_id=dialogue.id, contact_id=contact_id, role="lead"))


def _meeting_for(session: Session, dialogue: Dialogue, given: Confirmation) -> Meeting:
    """The dialogue's meeting on these days, or a new one. The dialogue is held, so that two cables
    confirmed at once do not number two meetings alike."""
    hold_dialogue(session, dialogue)
    for meeting in dialogue.meetings:
        if (meeting.starts_on, meeting.ends_on) == (given.starts_on, given.ends_on):
            return meeting
    number = max((m.number for m in dialogue.meetings), default=0) + 1
    meeting = Meeting(
        dialogue_id=dialogue.id,
        number=number,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        is_confirmed=given.is_confirmed and given.starts_on is not None,
    )
    dialogue.meetings.append(meeting)
    session.flush()
    return meeting


def add_agenda(
    session: Session,
    meeting: Meeting,
    extraction: Extraction,
    read: Cable,
    floors: list[tuple[Span, Marking]],
) -> None:
    """Adds the topics of a cable that the meeting's agenda does not have yet, each with the
    marking of its heading, and none lower than the ``floors`` that it stands over."""
    known = {item.label for item in meeting.agenda}
    position = max((item.position for item in meeting.agenda), default=-1)
    marked = [*((b.span, parse_marking(b.marking)) for b in read.blocks), *floors]
    for item in extraction.agenda:
        if item.label in known:
            continue
        known.add(item.label)
        position += 1
        meeting.agenda.append(
            AgendaItem(
                label=item.label[:20],
                title=item.title[:300],
                marking=join_markings(_over(item.span, marked)).short,
                position=position,
            )
        )
    session.flush()


def add_candidates(
    cable: CableRecord, extraction: Extraction, floors: list[tuple[Span, Marking]]
) -> None:
    """Writes a candidate for each item, undecided, in the order of the source; none is marked
    lower than the ``floors`` that it stands over."""
    for position, item in enumerate(sorted(extraction.items, key=lambda i: i.span)):
        cable.candidates.append(
            Candidate(
                position=position,
                span_start=item.span[0],
                span_end=item.span[1],
                tier=item.tier,
                agenda=item.agenda,
                kind=item.kind,
                title=item.title[:200],
                text=item.text,
                responsible=list(item.responsible),
                owners=list(item.owners),
                due_on=item.due_on,
                due_basis=item.due_basis,
                marking=_marking_of(item, floors),
                rules=list(item.rules),
                reason=item.reason,
                decision="pending",
                rejection_reason="",
            )
        )


def _marking_of(item: Item, floors: list[tuple[Span, Marking]]) -> str:
    over = _over(item.span, floors)
    return join_markings([parse_marking(item.marking), *over]).short if over else item.marking


def _over(span: Span, marked: list[tuple[Span, Marking]]) -> list[Marking]:
    """The markings of what a span touches."""
    return [mark for place, mark in marked if place[0] < span[1] and span[0] < place[1]]
